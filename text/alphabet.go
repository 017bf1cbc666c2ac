package text

import (
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
	for r := rune(0); r < rune(len(t)); r++ {
		t[r] = describe(r)
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
)

func describe(r rune) uint32 {
	if ignorable(r) {
		return invisibleRole
	}
	mark := unicode.IsMark(r)
	if !mark && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		return 0
	}
	form := uint32(folded[r])
	utf := utf8.AppendRune(make([]byte, 0, utf8.UTFMax), r)
	p := norm.NFKC.Properties(utf)
	switch {
	case alone(r), plain(r) != r, r == 'ß', r == 'ẞ', !norm.NFKC.IsNormal(utf),
		r >= 0x0653 && r <= 0x0655,              // compose with the alefs
		r >= 0x1950 && r <= 0x1AAF, r == 0x0EC6: // not letters to UAX 29
		return 0
	case form == 0:
		return droppedRole
	case mark && form == uint32(r) && (p.BoundaryBefore() || p.CCC() == 9): // 9: virama
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

// parts reports whether r, which is not ASCII, parts words always and stays
// apart from what follows. A test asks the folder about each.
func parts(r rune) bool {
	switch {
	case r >= 0x2010 && r <= 0x2015, r >= 0x201C && r <= 0x201E, // dashes, quotation marks
		r >= 0x3000 && r <= 0x3002, r >= 0x3008 && r <= 0x3011, // CJK punctuation
		r >= 0x1361 && r <= 0x1368: // Ethiopic punctuation
		return true
	}
	switch r {
	case 0xA0, '«', '»', '•', '…', '‹', '›', '؟', '؛', '۔', '।', '॥', '！', '？', '（', '）', '：', '；':
		return true
	}
	return false
}

// partsLetters is parts for commas that part all but digits.
func partsLetters(r rune) bool { return r == '،' || r == '，' }

// stirrer hashes a normal form byte by byte; see Hash.
type stirrer struct {
	h, block uint64
	bits     uint
}

func (s *stirrer) put(b byte) {
	s.block |= uint64(b) << s.bits
	if s.bits += 8; s.bits == 64 {
		s.h, s.block, s.bits = mix(s.h^s.block), 0, 0
	}
}

// putRune stirs in a rune of one to three bytes.
func (s *stirrer) putRune(r uint32) {
	switch {
	case r < 0x80:
		s.put(byte(r))
	case r < 0x800:
		s.put(0xC0 | byte(r>>6))
		s.put(0x80 | byte(r&0x3F))
	default:
		s.put(0xE0 | byte(r>>12))
		s.put(0x80 | byte(r>>6&0x3F))
		s.put(0x80 | byte(r&0x3F))
	}
}

func (s *stirrer) sum() uint64 {
	if s.bits == 0 {
		return s.h
	}
	return mix(s.h ^ s.block)
}

// word appends the word at src[i] and returns its length, or returns 0 if it
// is for the folder.
func (c *context) word(i int) int {
	s := c.src
	hash := stirrer{h: hashSeed}
	first, last, kind := uint32(0), uint32(0), Kind(0)
	j, end := i, i
	for j < len(s) {
		r, n := rune(s[j]), 1
		if r >= utf8.RuneSelf {
			r, n = decode(s[j:])
		} else if class[r] != letter {
			if !joinsLetters(s[j:], last) {
				break
			}
			hash.put('\'')
			j++
			continue
		}
		e := lookup(r)
		switch e & roles {
		case letterRole, vowelRole:
			hash.putRune(e & 0xFFFF)
		case digitRole:
			hash.put(byte(e))
			kind |= Number
		case droppedRole, invisibleRole:
		default:
			if r != '’' || !joinsLetters(s[j:], last) {
				goto ended
			}
			hash.put('\'')
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
	if role := first & roles; role != letterRole && role != digitRole || !c.ends(j, last) {
		return 0
	}
	if first&upperCase != 0 {
		kind |= Capital
	}
	c.add(hash.sum(), i, end, kind, first&lowerCase != 0)
	return j - i
}

// joinsLetters reports whether s begins with an apostrophe between letters,
// last being what stands before it.
func joinsLetters(s string, last uint32) bool {
	n := 1
	switch {
	case last&roles != letterRole:
		return false
	case s[0] == '\'', s[0] == '`':
	case len(s) >= 3 && s[:3] == "’":
		n = 3
	default:
		return false
	}
	r, _ := decode(s[n:])
	return lookup(r)&roles == letterRole
}

// ends reports whether a word whose last letter or digit is last surely ends
// at src[j].
func (c *context) ends(j int, last uint32) bool {
	s := c.src[j:]
	if s == "" {
		return true
	}
	if b := s[0]; b < utf8.RuneSelf {
		switch {
		case b == '"':
			return len(s) == 1 || s[1] < utf8.RuneSelf && s[1] != '&' // Hebrew joins by it
		case joins(b):
			if len(s) == 1 || class[s[1]] < letter {
				return true
			}
			r, _ := decode(s[1:])
			return parts(r)
		}
		return class[b] < letter
	}
	r, _ := decode(s)
	return parts(r) || partsLetters(r) && last&roles == letterRole || ideograph(r)
}

// ideograph reports whether r is a Chinese or Japanese character that is a
// word of its own and needs no folding.
func ideograph(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF ||
		r >= 0x3041 && r <= 0x3096 || r >= 0x30A1 && r <= 0x30FA || r >= 0x3005 && r <= 0x3007 || r == 'ー'
}

// standsAlone reports whether no mark follows the ideograph before src[j].
func (c *context) standsAlone(j int) bool {
	s := c.src[j:]
	if s == "" || s[0] < utf8.RuneSelf {
		return s == "" || s[0] != '&'
	}
	r, _ := decode(s)
	if ideograph(r) || parts(r) || partsLetters(r) {
		return true
	}
	role := lookup(r) & roles
	return role == letterRole || role == digitRole
}

// decode is utf8.DecodeRuneInString with short ways for two and three bytes.
func decode(s string) (rune, int) {
	if len(s) >= 2 && s[0] >= 0xC2 && s[0] < 0xE0 && s[1]&0xC0 == 0x80 {
		return rune(s[0]&0x1F)<<6 | rune(s[1]&0x3F), 2
	}
	if len(s) >= 3 && s[0] > 0xE0 && s[0] < 0xED && s[1]&0xC0 == 0x80 && s[2]&0xC0 == 0x80 {
		return rune(s[0]&0x0F)<<12 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	return utf8.DecodeRuneInString(s)
}
