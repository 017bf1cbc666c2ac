package text

import (
	"bytes"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Where a script writes one letter by several characters, and Unicode leaves the
// spellings apart although they look the same, the folder joins them before it
// normalises. The pairs are those that the core specification of Unicode says
// not to write ("Do Not Use" in its chapters on the scripts of India), and what
// sites are found to write in their place.

// spelled is a letter by two characters, and by what it should be.
type spelled struct {
	first, second rune
	want          string
}

// spellings are read by pair; none is a part of another's.
var spellings = []spelled{
	// Devanagari: a vowel that stands alone, built of another and a sign.
	{'अ', 'ा', "आ"}, {'अ', 'ॅ', "ॲ"}, {'अ', 'ॉ', "ऑ"}, {'अ', 'ॊ', "ऒ"}, {'अ', 'ो', "ओ"}, {'अ', 'ौ', "औ"}, {'अ', 'ॆ', "ऄ"},
	{'अ', 'ऺ', "ॳ"}, {'अ', 'ऻ', "ॴ"}, {'अ', 'ॏ', "ॵ"}, {'अ', 'ॖ', "ॶ"}, {'अ', 'ॗ', "ॷ"},
	{'आ', 'ॅ', "ऑ"}, {'आ', 'ॆ', "ऒ"}, {'आ', 'े', "ओ"}, {'आ', 'ै', "औ"},
	{'उ', 'ु', "ऊ"}, {'ए', 'ॅ', "ऍ"}, {'ए', 'ॆ', "ऎ"}, {'ए', 'े', "ऐ"},
	// Bengali, Gurmukhi, Gujarati, Odia.
	{'অ', 'া', "আ"}, {'ঋ', 'ৃ', "ৠ"}, {'ঌ', 'ৢ', "ৡ"},
	{'ਅ', 'ਾ', "ਆ"}, {'ਅ', 'ੈ', "ਐ"}, {'ਅ', 'ੌ', "ਔ"}, {'ੲ', 'ਿ', "ਇ"}, {'ੲ', 'ੀ', "ਈ"}, {'ੲ', 'ੇ', "ਏ"}, {'ੳ', 'ੁ', "ਉ"}, {'ੳ', 'ੂ', "ਊ"}, {'ੳ', 'ੋ', "ਓ"},
	{'અ', 'ા', "આ"}, {'અ', 'ૅ', "ઍ"}, {'અ', 'ે', "એ"}, {'અ', 'ૈ', "ઐ"}, {'અ', 'ૉ', "ઑ"}, {'અ', 'ો', "ઓ"}, {'અ', 'ૌ', "ઔ"},
	{'આ', 'ૅ', "ઑ"}, {'આ', 'ે', "ઓ"}, {'આ', 'ૈ', "ઔ"},
	{'ଅ', 'ା', "ଆ"}, {'ଏ', 'ୗ', "ଐ"}, {'ଓ', 'ୗ', "ଔ"},
	// Telugu, Kannada, Malayalam, Sinhala, Tamil.
	{'ఒ', 'ౌ', "ఔ"}, {'ఒ', 'ౕ', "ఓ"}, {'ి', 'ౕ', "ీ"}, {'ె', 'ౕ', "ే"}, {'ొ', 'ౕ', "ో"}, {'ై', 'ౕ', "ేౖ"},
	{'ಉ', 'ಾ', "ಊ"}, {'ಒ', 'ೌ', "ಔ"}, {'ಋ', 'ಾ', "ೠ"},
	{'ഇ', 'ൗ', "ഈ"}, {'ഉ', 'ൗ', "ഊ"}, {'എ', 'െ', "ഐ"}, {'ഒ', 'ാ', "ഓ"}, {'ഒ', 'ൗ', "ഔ"},
	{'අ', 'ා', "ආ"}, {'අ', 'ැ', "ඇ"}, {'අ', 'ෑ', "ඈ"}, {'උ', 'ෟ', "ඌ"}, {'ඔ', 'ෟ', "ඖ"}, {'එ', '්', "ඒ"}, {'ඔ', '්', "ඕ"},
	{'ஒ', 'ள', "ஔ"}, {'ஶ', '்', "ஸ்"}, // shri
	// Malayalam: what follows a chillu shows that it was meant as the consonant.
	{'ൻ', 'റ', "ന്റ"}, {'ൻ', '്', "ന്"}, {'ർ', '്', "ര്"}, {'ൽ', '്', "ല്"}, {'ൾ', '്', "ള്"}, {'ൺ', '്', "ണ്"},
	// Thai, Lao, Khmer and Burmese vowels that are typed by two keys.
	{'เ', 'เ', "แ"}, {'ເ', 'ເ', "ແ"}, {'ຫ', 'ນ', hno}, {'ຫ', 'ມ', hmo}, {'េ', 'ី', "ើ"}, {'េ', 'ា', "ោ"},
	{0x17D2, 'ដ', "\u17D2ត"}, // below another letter the two look the same
	{'သ', 'ြ', "ဩ"},
	// Arabic: a yeh of any kind with hamza.
	{'ى', 0x0654, "ئ"}, {'ی', 0x0654, "ئ"}, {'ے', 0x0654, "ئ"},
}

// The two Lao letters ໜ and ໝ, which are two letters to NFKC, in the form of two
// that Lao does not use (they are of Khmu): a letter is one word.
const (
	hno = "ໞ"
	hmo = "ໟ"
)

// joiners are what a consonant is with a virama and a zero width joiner behind it: a
// letter that older texts have no character for.
var joiners = map[rune]rune{
	'ണ': 'ൺ', 'ന': 'ൻ', 'ര': 'ർ', 'ല': 'ൽ', 'ള': 'ൾ', 'ക': 'ൿ', 'മ': 'ൔ', 'യ': 'ൕ', 'ഴ': 'ൖ', // Malayalam chillu
	'ত': 'ৎ', // Bengali khanda ta
}

// nasals are the letters of Devanagari that may be a dot before some others: हिन्दी is हिंदी.
var nasals = map[rune]string{'ङ': "कखगघ", 'ञ': "चछजझ", 'ण': "टठडढ", 'न': "तथदध", 'म': "पफबभ"}

const virama = '्' // of Devanagari: no vowel follows

// nasalBefore returns the length of the virama at the start of s if nasal, which stands before
// it, is a dot there; not sure where something invisible stands between them.
func nasalBefore(nasal rune, s string) (size int, sure bool) {
	r, n := decode(s)
	if r != virama {
		return 0, !ignorable(r) && r != '&' && r != '%'
	}
	switch r, _ := decode(s[n:]); {
	case ignorable(r), r == '&', r == '%':
		return 0, false
	case strings.ContainsRune(nasals[nasal], r):
		return n, true
	}
	return 0, true
}

// reorder takes r, which is a letter or mark of a script of the table of spellings, behind two
// characters that it may make others of.
//
//	हिन्द     हिंद     a nasal before a letter of its kind is a dot
//	ស្រ្តី     ស្ត្រី     what hangs below in either order
//	၀န်       ဝန်      the Burmese zero for the letter that looks the same, and
//	၂ဝ၂၆     ၂၀၂၆     the other way
//
// It returns the character that r is.
func (f *folder) reorder(r rune, from int) rune {
	n := len(f.units)
	if n == 0 {
		return r
	}
	last, before := &f.units[n-1], rune(0)
	if n > 1 {
		before = f.units[n-2].r
	}
	switch {
	case last.r == virama && nasals[before] != "" && strings.ContainsRune(nasals[before], r):
		f.replace(2, "ं", from)
	case last.r == coeng && before == 'រ' && n > 2 && f.units[n-3].r == coeng && r >= 0x1780 && r <= 0x17A2:
		f.change(n-2, r)
		return 'រ'
	case last.r == burmeseZero && (unicode.IsMark(r) || unicode.IsLetter(r) && !burmeseDigit(before)) && r >= 0x1000 && r <= 0x109F:
		f.change(n-1, 'ဝ')
	case last.r == '၄' && r == 'င' && !burmeseDigit(before):
		f.change(n-1, '၎')
	case r == 'ဝ' && burmeseDigit(last.r):
		return burmeseZero
	}
	return r
}

const (
	coeng       = 0x17D2 // of Khmer: what follows hangs below
	burmeseZero = '၀'
)

func burmeseDigit(r rune) bool { return r >= '၀' && r <= '၉' }

// change puts r in the place of the character of unit n, which is as long.
func (f *folder) change(n int, r rune) {
	f.units[n].r = r
	utf8.EncodeRune(f.buf[f.units[n].at:], r)
}

const (
	halfSpace = 0x200C // zero width non-joiner
	joiner    = 0x200D // zero width joiner
)

// seconds and firsts have a bit for every second and first character of a spelling.
var firsts, seconds = func() (a, b [0x2000 / 64]uint64) {
	for _, s := range spellings {
		a[s.first>>6] |= 1 << (s.first & 63)
		b[s.second>>6] |= 1 << (s.second & 63)
	}
	return a, b
}()

func in(set *[0x2000 / 64]uint64, r rune) bool { return r < 0x2000 && set[r>>6]&(1<<(r&63)) != 0 }

// respell reports whether r, which ends at src[to], and the character before it
// are one letter by two characters; the folder then has the one.
func (f *folder) respell(r rune, to int) bool {
	if !in(&seconds, r) || len(f.units) == 0 {
		return false
	}
	last := &f.units[len(f.units)-1]
	if !in(&firsts, last.r) {
		return false
	}
	if n := len(f.units); last.r == coeng && (n < 2 || f.units[n-2].r&^0x7F != 0x1780) { // not below a letter of Khmer
		return false
	}
	for _, s := range spellings {
		if s.first == last.r && s.second == r {
			f.replace(1, s.want, to)
			return true
		}
	}
	return false
}

// replace puts want in the place of the last n characters and of what stands before
// src[to]: its first character in that of the first of them, the rest in that of all others.
func (f *folder) replace(n int, want string, to int) {
	first := f.units[len(f.units)-n]
	f.units = f.units[:len(f.units)-n]
	f.buf = f.buf[:first.at]
	from, until := first.from, first.to
	if utf8.RuneCountInString(want) == 1 {
		until = to
	}
	for _, r := range want {
		f.units = append(f.units, unit{len(f.buf), from, until, r})
		f.buf = utf8.AppendRune(f.buf, r)
		from, until = first.to, to
	}
}

// unseen takes an invisible character, which may tell what the ones beside it are.
func (f *folder) unseen(c *context, r rune, from, to int) {
	n := len(f.units)
	switch {
	case n == 0:
	case r == halfSpace:
		f.half = to
	case r == joiner && n >= 2:
		switch base, virama := f.units[n-2].r, f.units[n-1].r; {
		case joiners[base] != 0 && (virama == 0x0D4D || virama == 0x09CD):
			f.replace(2, string(joiners[base]), to)
		case base == 'र' && virama == 0x094D: // the eyelash of Marathi and Nepali
			f.replace(2, "ऱ्", to)
		}
	}
	if filler(r) && c.unspaced() {
		f.units = append(f.units, unit{len(f.buf), from, to, ' '})
		f.buf = append(f.buf, ' ')
	}
}

// partHalf puts a space where a half-space stood between two Arabic letters: a
// word ends there, as Persian has it.
func (f *folder) partHalf(r rune, from int) {
	last := f.units[len(f.units)-1]
	if arabic(last.r) && arabic(r) && unicode.IsLetter(r) {
		f.units = append(f.units, unit{len(f.buf), from, from, halfSpace})
		f.buf = append(f.buf, ' ')
	}
}

// arabic reports whether r is a letter or a mark of the Arabic script.
func arabic(r rune) bool {
	switch {
	case r >= 0x0610 && r <= 0x06FF, r >= 0x0750 && r <= 0x077F, r >= 0x0870 && r <= 0x08FF, r >= 0xFB50 && r <= 0xFDFF, r >= 0xFE70 && r <= 0xFEFC:
		return unicode.IsLetter(r) || unicode.IsMark(r)
	}
	return false
}

// hebrew reports whether r is a letter or a point of Hebrew: some sites set the mark
// within its acronyms as a quotation mark.
func hebrew(r rune) bool { return r >= 0x0591 && r <= 0x05F2 }

// isolated reports whether r is an Arabic vowel sign in a form of its own, whose
// normal form has a space before it.
func isolated(r rune) bool { return r >= 0xFE70 && r <= 0xFE7F || r >= 0xFC5E && r <= 0xFC63 }

// hangs reports whether r continues the character before it, even over a line end:
// a mark of a script without spaces, or an am, which is half a mark.
func hangs(r rune) bool {
	return stacks(r) && (unicode.IsMark(r) || r == 0x0E33 || r == 0x0EB3)
}

// maxGap bounds, in bytes, the white space over which a mark continues a letter: a
// line end, with how far the next line is set in.
const maxGap = 32

// resume returns where behind the white space at s[i] a mark stands that continues
// the character before it, or 0: lines of a script without spaces end anywhere.
func resume(s string, i int) int {
	for end := min(len(s), i+maxGap); i < end; {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = decode(s[i:])
		} else if r == '&' {
			chars, size := entity(s[i:])
			r, n = utf8.RuneError, size
			if first, m := utf8.DecodeRuneInString(chars); m == len(chars) {
				r = first
			}
		}
		switch {
		case hangs(r):
			return i
		case !unicode.IsSpace(r) && !ignorable(r):
			return 0
		}
		i += n
	}
	return 0
}

// unbreak takes away the white space before a mark at src[from], if it continues a
// letter.
func (f *folder) unbreak(from int) {
	n := len(f.units)
	for n > 0 && from-f.units[n-1].from <= maxGap && unicode.IsSpace(f.units[n-1].r) {
		n--
	}
	if n > 0 && n < len(f.units) && stacks(f.units[n-1].r) {
		f.buf = f.buf[:f.units[n].at]
		f.units = f.units[:n]
	}
}

// unspaced reports whether the text has no blanks, so that its fillers are such.
func (c *context) unspaced() bool {
	if c.blanks == unknown {
		c.blanks = no
		for r := range characters(c.src) {
			if unicode.IsSpace(r) && r != '\n' && r != '\r' {
				c.blanks = yes
				break
			}
		}
	}
	return c.blanks == no
}

// characters are the runes of s, those of references decoded, and where each begins.
func characters(s string) iter.Seq2[rune, int] {
	return func(yield func(rune, int) bool) {
		for i := 0; i < len(s); {
			r, n := rune(s[i]), 1
			if r == '&' || r == '%' {
				chars, size := escaped(s[i:])
				for _, r := range chars {
					if !yield(r, i) {
						return
					}
				}
				if i += size; size > 0 {
					continue
				}
			} else if r >= utf8.RuneSelf {
				r, n = decode(s[i:])
			}
			if !yield(r, i) {
				return
			}
			i += n
		}
	}
}

// A ternary is what is known of a text, as far as it was asked.
type ternary uint8

const (
	unknown ternary = iota
	no
	yes
)

// lookalikes are the letters of Latin and Cyrillic, in normal form, of which Unicode's
// list of characters that are alike by intention (intentional.txt) has the small ones or
// the capitals.
const lookalikes = "ëеïїaаbвcсeеhнiіjјkкmмoоpрsѕtтxхyу"

var toCyrillic, toLatin = func() (c, l map[rune]rune) {
	c, l = map[rune]rune{}, map[rune]rune{}
	pair := []rune(lookalikes)
	for i := 0; i < len(pair); i += 2 {
		c[pair[i]], l[pair[i+1]] = pair[i+1], pair[i]
	}
	return c, l
}()

// oneScript returns a word of Latin and Cyrillic letters in one of the two scripts, if
// all its letters have a form in it: a keyboard or a forger has mixed them. A word in
// which other letters are of both is what it is.
func (f *folder) oneScript(word []byte) []byte {
	latin, other := false, false
	for _, b := range word {
		latin = latin || b >= 'a' && b <= 'z' || b == 0xC3 // with an accent
		other = other || b >= 0xD0 && b <= 0xD3
	}
	if !latin || !other || !bytes.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) && unicode.IsLetter(r) }) {
		return word
	}
	for _, table := range [...]map[rune]rune{toCyrillic, toLatin} {
		f.script = f.script[:0]
		for _, r := range string(word) {
			if to := table[r]; to != 0 {
				r = to
			}
			f.script = utf8.AppendRune(f.script, r)
		}
		latin, other = false, false
		for _, r := range string(f.script) {
			latin = latin || unicode.Is(unicode.Latin, r)
			other = other || unicode.Is(unicode.Cyrillic, r)
		}
		if !latin || !other {
			return f.script
		}
	}
	return word
}

// toned has the vowels of Vietnamese with each of its tones, in one order.
var toned = map[rune]string{'o': "òóỏõọ", 'u': "ùúủũụ", 'a': "àáảãạ", 'e': "èéẻẽẹ", 'y': "ỳýỷỹỵ"}

// lastTone returns a word of Vietnamese that ends in oa, oe or uy with its tone on the last
// letter, where the newer spelling has it: hòa is hoà, thúy is thuý.
func (f *folder) lastTone(word []byte) []byte {
	if len(word) < 3 {
		return word
	}
	last := len(word) - 1
	first, n := utf8.DecodeLastRune(word[:last])
	vowel := 'o'
	switch word[last] {
	case 'a', 'e':
	case 'y':
		vowel = 'u'
	default:
		return word
	}
	at := strings.IndexRune(toned[vowel], first)
	if n < 2 || at < 0 {
		return word
	}
	tone := utf8.RuneCountInString(toned[vowel][:at])
	f.script = utf8.AppendRune(append(f.script[:0], word[:last-n]...), vowel)
	f.script = utf8.AppendRune(f.script, []rune(toned[rune(word[last])])[tone])
	return f.script
}
