package text

import (
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Rules of the normal form beyond NFKC. They make alike what reprints of one
// text write differently, and nothing else:
//
//   - case is folded by the capital (lower of upper), so that text set in
//     capitals equals its source: ſ = s, ς = σ, ß = ss, and the four Turkish
//     i's are one, because capitals do not say which they were;
//   - Greek loses its accents (capitals are written without), Cyrillic its
//     stress marks, ё is е;
//   - Arabic loses harakat, Quranic marks and tatweel, Hebrew its points and
//     cantillation: optional, and dropped by most systems;
//   - the alefs are one letter, and so are yeh, Farsi yeh and alef maksura,
//     kaf and keheh, teh marbuta and heh: keyboards differ;
//   - digits of all scripts are ASCII digits.
//
// Diacritics of the Latin script and the vowel signs of Indic and South-East
// Asian scripts carry meaning and stay.

// folded holds the folding of every rune below its length, which covers all
// alphabets with case in daily use; 0 means dropped.
var folded = func() (t [0x2000]uint16) {
	for r := range rune(len(t)) {
		t[r] = uint16(foldSlow(r))
	}
	return t
}()

// fold returns the folding of a rune of NFKC text, or 0 if it is dropped. ß is
// the one rune that becomes two; the caller knows.
func fold(r rune) rune {
	if r < rune(len(folded)) {
		return rune(folded[r])
	}
	return foldSlow(r)
}

func foldSlow(r rune) rune {
	switch {
	case ignorable(r), r == 0x0345: // iota below: capitals write it beside, or not at all
		return 0
	case r >= 0x0590 && r <= 0x08FF: // Hebrew, Arabic and their kin
		return foldSemitic(r)
	case greek(r):
		// The first rune of the decomposition is the letter without accents.
		r = []rune(norm.NFD.String(string(r)))[0]
	case r == 'ё' || r == 'Ё':
		return 'е'
	case r == 'ẞ':
		return 'ß'
	}
	if d, ok := digit(r); ok {
		return '0' + d
	}
	if !unicode.IsLetter(r) && r < 0x2000 { // Other_Lowercase has none here that NFKC leaves
		return r
	}
	return unicode.ToLower(unicode.ToUpper(r))
}

func foldSemitic(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ', 'ٲ', 'ٳ':
		return 'ا'
	case 'ى', 'ی', 'ې', 'ے':
		return 'ي'
	case 'ک', 'ڪ':
		return 'ك'
	case 'ة', 'ۀ', 'ہ', 'ۂ', 'ۃ', 'ە', 'ھ':
		return 'ه'
	case 0x0640: // tatweel
		return 0
	}
	if d, ok := digit(r); ok {
		return '0' + d
	}
	// Of the marks in this range those of Hebrew and Arabic are optional;
	// those of Syriac, Thaana, N'Ko and Samaritan are not.
	if unicode.Is(unicode.Mn, r) && (r < 0x0700 || r >= 0x0890) {
		return 0
	}
	return r
}

// droppedAfter reports whether mark is left out because of the folded rune
// that it stands on.
func droppedAfter(base, mark rune) bool {
	if mark < 0x0300 || mark > 0x036F {
		return false
	}
	switch {
	case base == 'i':
		return mark == 0x0307 // i with a dot from the lower case of İ
	case base >= 0x0400 && base <= 0x052F:
		return mark == 0x0300 || mark == 0x0301 // stress
	}
	return greek(base)
}

func greek(r rune) bool {
	return r >= 0x0370 && r <= 0x03FF || r >= 0x1F00 && r <= 0x1FFF
}

// ignorable reports whether r is invisible and may stand anywhere: soft
// hyphen, zero-width characters, direction marks, byte order mark, variation
// selectors.
func ignorable(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == 0x034F, r >= 0x180B && r <= 0x180F, r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0100 && r <= 0xE01EF:
		return true
	}
	return unicode.Is(unicode.Cf, r)
}

// digit returns the value of a decimal digit of any script.
func digit(r rune) (rune, bool) {
	if r <= 0x7F {
		return r - '0', r >= '0' && r <= '9'
	}
	// Every range of Nd holds whole sets of ten, zero first.
	for _, x := range unicode.Nd.R16 {
		if r <= rune(x.Hi) {
			return (r - rune(x.Lo)) % 10, r >= rune(x.Lo)
		}
	}
	for _, x := range unicode.Nd.R32 {
		if r <= rune(x.Hi) {
			return (r - rune(x.Lo)) % 10, r >= rune(x.Lo)
		}
	}
	return 0, false
}

// alone reports whether r belongs to a script written without spaces, each of
// whose characters is a word of its own: Thai, Lao, Myanmar, Khmer, Chinese,
// Japanese.
func alone(r rune) bool {
	switch {
	case r < 0x0E00:
		return false
	case r <= 0x0EFF, r >= 0x1000 && r <= 0x109F, r >= 0x1780 && r <= 0x17FF:
		return true
	case r < 0x2E80:
		return false
	case r <= 0x312F, r >= 0x31A0 && r <= 0xA4CF && r != 0xA015, r >= 0xA9E0 && r <= 0xA9FF,
		r >= 0xAA60 && r <= 0xAA7F, r >= 0xF900 && r <= 0xFAFF, r >= 0x1AFF0 && r <= 0x1B16F:
		return true
	}
	return r >= 0x20000 && r <= 0x3FFFF
}

// plain gives the form in which punctuation enters segmentation: apostrophes
// alike, and what must part words but would not by UAX 29 as a space.
func plain(r rune) rune {
	switch r {
	case '`', '´', '‘', '’', '‛', '′', 'ʹ', 'ʻ', 'ʼ', 'ʽ', '՚', '׳', '＇', 'ꞌ':
		return '\''
	case '״':
		return '"'
	case '٫':
		return '.'
	case '٬':
		return ','
	case 0, '_', ':', ';', '：', '；', '＿', '‿', '⁀', '™', '℠', '®', '©', 0x037E, 0xFFFD, 0x202F:
		return ' '
	}
	return r
}
