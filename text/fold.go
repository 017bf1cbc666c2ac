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
//   - letters that one language writes by two characters are one: ș and ş, ț and
//     ţ, đ and ð, ə and ǝ, œ and oe; see spelling.go for the longer ones;
//   - Vietnamese has its tone on the last letter of oa, oe and uy;
//   - Hindi and its kin write a nasal before a consonant by a letter or by a dot, and
//     set the dot of Persian sounds or leave it out; Amharic has several letters for one sound;
//   - Chinese characters are simplified (simplified.go), Serbian Cyrillic is
//     Latin (serbian.go);
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

// fold returns the folding of a rune of NFKC text, or 0 if it is dropped. Some
// become two: see twofold.
func fold(r rune) rune {
	switch {
	case r < rune(len(folded)):
		return rune(folded[r])
	case r >= 0x3400 && r <= 0x9FFF:
		return simplified(r)
	}
	return foldSlow(r)
}

// twofold returns the two letters that a folded rune stands for, or "".
func twofold(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'œ':
		return "oe"
	case 'װ': // of Yiddish
		return "וו"
	case 'ױ':
		return "וי"
	case 'ײ':
		return "יי"
	}
	return ""
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
	case plain(r) == '\'': // what NFKC made of ŉ
		return '\''
	}
	switch r {
	case 'ё', 'Ё':
		return 'е'
	case 'ẞ':
		return 'ß'
	case 'ș', 'Ș':
		return 'ş'
	case 'ț', 'Ț':
		return 'ţ'
	case 'đ', 'Đ', 'ɖ', 'Ɖ': // the capitals look like Ð
		return 'ð'
	case 'ǝ', 'Ǝ':
		return 'ə'
	case 'ँ': // sites differ in which of the two signs of a nasal vowel they set
		return 'ं'
	case 0x0D4C: // the Malayalam vowel au: its left half is no longer written
		return 0x0D57
	}
	if d, ok := digit(r); ok {
		return '0' + d
	}
	if r >= 0x1200 && r <= 0x137F {
		return foldEthiopic(r)
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
	case 'ۓ':
		return 'ئ'
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

// foldEthiopic makes one letter of those that Amharic says alike and writes as it likes:
// four of h, two of s, of ts and of the silent one, the last two with either of two vowels.
func foldEthiopic(r rune) rune {
	switch row := r &^ 7; row {
	case 0x1210, 0x1280:
		r += 0x1200 - row
	case 0x1220:
		r += 0x1230 - row
	case 0x12D0:
		r += 0x12A0 - row
	case 0x1340:
		r += 0x1338 - row
	}
	switch r {
	case 'ሃ':
		return 'ሀ'
	case 'ኣ':
		return 'አ'
	}
	return r
}

// droppedAfter reports whether mark is left out because of the folded rune
// that it stands on.
func droppedAfter(base, mark rune) bool {
	if mark == 0x093C { // the dot of sounds from Persian; that of ड़ and ढ़ stays
		return base == 'क' || base == 'ख' || base == 'ग' || base == 'ज' || base == 'फ'
	}
	if mark < 0x0300 || mark > 0x036F {
		return false
	}
	switch {
	case mark == 0x0307 && norm.NFD.String(string(base))[0] == 'i': // from the lower case of İ
		return true
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
// selectors, fillers. These are Default_Ignorable_Code_Point of Unicode and the
// other format characters.
func ignorable(r rune) bool {
	if r < 0x10000 {
		return r >= 0xAD && invisible[r>>6]&(1<<(r&63)) != 0
	}
	return unicode.In(r, ignorables...)
}

var ignorables = []*unicode.RangeTable{unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector}

// invisible has a bit for every ignorable rune of the BMP.
var invisible = func() (t [0x10000 / 64]uint64) {
	for _, table := range ignorables {
		for _, x := range table.R16 {
			for r := int(x.Lo); r <= int(x.Hi); r += int(x.Stride) {
				t[r>>6] |= 1 << (r & 63)
			}
		}
	}
	return t
}()

// filler reports whether r stands for a letter of Hangul that is not there. Some
// write them for blanks.
func filler(r rune) bool { return r == 0x115F || r == 0x1160 || r == 0x3164 || r == 0xFFA0 }

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
// whose characters is a word of its own: Chinese, Japanese, and what stacks does.
func alone(r rune) bool {
	switch {
	case r < 0x0E00:
		return false
	case stacks(r):
		return true
	case r < 0x2E80:
		return false
	case r <= 0x312F, r >= 0x31A0 && r <= 0xA4CF && r != 0xA015,
		r >= 0xF900 && r <= 0xFAFF, r >= 0x1AFF0 && r <= 0x1B16F:
		return true
	}
	return r >= 0x20000 && r <= 0x3FFFF
}

// stacks reports whether r belongs to a script without spaces whose letters have
// marks above, below or beside them: Thai, Lao, Tibetan, Myanmar, Khmer, Tai,
// Balinese, Javanese.
func stacks(r rune) bool {
	switch {
	case r < 0x0E00:
		return false
	case r <= 0x109F, r >= 0x1780 && r <= 0x17FF, r >= 0x1950 && r <= 0x19FF, r >= 0x1A20 && r <= 0x1AAF,
		r >= 0x1B00 && r <= 0x1B7F:
		return true
	}
	return r >= 0xA980 && r <= 0xA9FF || r >= 0xAA60 && r <= 0xAADF
}

// plain gives the form in which punctuation enters segmentation: apostrophes
// alike, and what must part words but would not by UAX 29 as a space.
func plain(r rune) rune {
	switch r {
	case '`', '´', '‘', '’', '‛', '′', 'ʹ', 'ʻ', 'ʼ', 'ʽ', '՚', '׳', '＇', 'ꞌ', 'Ꞌ', 'ˈ':
		return '\''
	case '״':
		return '"'
	case 'ໜ':
		return []rune(hno)[0]
	case 'ໝ':
		return []rune(hmo)[0]
	case '‧', '∙', '⋅': // of Catalan l·l
		return '·'
	case 0x0326: // the comma below is a cedilla to Romanian and Latvian
		return 0x0327
	case 0x0329: // the line below is a dot to Yoruba
		return 0x0323
	case '٫':
		return '.'
	case '٬':
		return ','
	case 0, '_', ':', ';', '：', '；', '＿', '‿', '⁀', '™', '℠', '®', '©', 0x037E, 0xFFFD, 0x202F:
		return ' '
	}
	return r
}
