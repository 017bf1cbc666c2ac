package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The middle way between plain ASCII and the folder: words of runes that NFKC
// leaves alone wherever they stand, folded by one look into a table and hashed
// on the way. The folder is the truth; a word goes there when one of its
// runes, or its end, is not surely plain.

// letters describes the runes of the alphabets: the folded rune in the lower
// 16 bits, a role and the case above.
var letters = func() (t [0x2000]uint32) {
	var utf [utf8.UTFMax]byte
	for r := range rune(len(t)) {
		t[r] = describe(r, utf[:0])
		if t[r] != 0 && romanised(rune(folded[r])) != "" {
			t[r] |= serbianLetter
		}
		switch {
		case t[r]&roles != letterRole:
		case unicode.Is(unicode.Latin, r):
			t[r] |= latinLetter
		case unicode.Is(unicode.Cyrillic, r):
			t[r] |= cyrillic
		}
		if nasals[r] != "" {
			t[r] |= nasalLetter
		}
		if t[r] != 0 && (in(&firsts, r) || strings.ContainsRune("ե"+toned['o']+toned['u'], rune(folded[r]))) {
			t[r] |= firstOfTwo
		}
		if t[r] != 0 && (in(&seconds, r) || strings.ContainsRune("վaey", rune(folded[r]))) {
			t[r] |= secondOfTwo
		}
	}
	return t
}()

// Roles of runes in a word.
const (
	letterRole = (iota + 1) << 16
	digitRole
	vowelRole     // a mark that stays and combines with nothing
	droppedRole   // a mark left out
	invisibleRole // left out, and in no word if it stands at the end
	roles         = 7 << 16
	upperCase     = 1 << 19
	lowerCase     = 1 << 20
	firstOfTwo    = 1 << 21 // with a secondOfTwo behind it one letter by two characters, or a tone on either, see spelling.go
	secondOfTwo   = 1 << 22
	serbianLetter = 1 << 23 // a letter that Serbian writes in Latin as well
	latinLetter   = 1 << 24
	cyrillic      = 1 << 25
	nasalLetter   = 1 << 26 // may be a dot before the letter that follows, see reorder
)

func describe(r rune, buf []byte) uint32 {
	if filler(r) {
		return 0
	}
	if ignorable(r) {
		return invisibleRole
	}
	mark := unicode.IsMark(r)
	if !mark && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		return 0
	}
	form := uint32(folded[r])
	utf := utf8.AppendRune(buf, r)
	p := norm.NFKC.Properties(utf)
	switch {
	case alone(r), plain(r) != r, twofold(rune(form)) != "", r == 'ஶ', r == 'ൌ', r == 'ෙ', r == 'ො', !norm.NFKC.IsNormal(utf),
		r >= 0x0653 && r <= 0x0655,              // compose with the alefs
		r >= 0x1950 && r <= 0x1AAF, r == 0x0EC6: // not letters to UAX 29
		return 0
	case form == 0:
		return droppedRole
	case mark && (form == uint32(r) || r == 'ँ') && (p.BoundaryBefore() || p.CCC() == 9): // 9: virama
		return form | vowelRole
	case mark, !p.BoundaryBefore():
		return 0
	case unicode.IsDigit(r):
		return form | digitRole
	case unicode.IsUpper(r), unicode.IsTitle(r):
		return form | letterRole | upperCase
	case unicode.IsLower(r):
		return form | letterRole | lowerCase
	}
	return form | letterRole
}

func lookup(r rune) uint32 {
	switch {
	case r < rune(len(letters)):
		return letters[r]
	case r >= 0xAC00 && r <= 0xD7A3: // Hangul syllables
		return uint32(r) | letterRole
	}
	return 0
}

// word appends the word at src[i] and returns its length, or returns 0 if it
// is for the folder.
func (c *context) word(i int) int {
	s := c.src
	hash := stirrer{h: hashSeed}
	var z size
	first, last, seen, kind := uint32(0), uint32(0), uint32(0), Kind(0)
	j, end := i, i
	for j < len(s) && j-i < maxChunk {
		r, n := rune(s[j]), 1
		if r >= utf8.RuneSelf {
			r, n = decode(s[j:])
		} else if class[r] != letter {
			if !joinsLetters(s[j:], last) {
				break
			}
			hash.put('\'')
			z.add('\'')
			j++
			continue
		}
		e := lookup(r)
		if e&nasalLetter != 0 {
			switch size, sure := nasalBefore(r, s[j+n:]); {
			case !sure:
				return 0
			case size > 0:
				r, n = 'ं', n+size
				e = lookup(r)
			}
		}
		if e&secondOfTwo != 0 && last&firstOfTwo != 0 {
			return 0
		}
		seen |= e
		switch e & roles {
		case letterRole, vowelRole:
			hash.putRune(e & 0xFFFF)
			z.add(rune(e & 0xFFFF))
		case digitRole:
			hash.put(byte(e))
			z.add(rune(byte(e)))
			kind |= Number
		case droppedRole, invisibleRole:
		default:
			if r != '’' || !joinsLetters(s[j:], last) {
				goto ended
			}
			hash.put('\'')
			z.add('\'')
			j += n
			continue
		}
		if first == 0 {
			first = e
		}
		if role := e & roles; role == letterRole || role == digitRole {
			last = e
		}
		j += n
		if e&roles != invisibleRole {
			end = j
		}
	}
ended:
	if role := first & roles; role != letterRole && role != digitRole || j-i < maxChunk && !c.ends(j, last) {
		return 0
	}
	if seen&serbianLetter != 0 && c.latin() || seen&latinLetter != 0 && seen&cyrillic != 0 {
		return 0
	}
	if first&upperCase != 0 {
		kind |= Capital
	}
	c.add(hash.sum(), z, i, end, kind, first&lowerCase != 0)
	c.next = j
	return j - i
}
