package text

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Serbian and Montenegrin are written in Cyrillic and in Latin letters, letter by
// letter the same, and one agency sends both. The Cyrillic of a text that is
// Serbian is folded to Latin. Whether it is one is asked of the text as a whole
// and not of its words, most of which do not tell.

// latinised are the Latin forms of the Serbian letters from а to џ; of the others
// of this range, which are Russian, Ukrainian or Macedonian, there are none.
var latinised = [...]string{
	"a", "b", "v", "g", "d", "e", "ž", "z", "i", "", "k", "l", "m", "n", "o", "p", // а to п
	"r", "s", "t", "u", "f", "h", "c", "č", "š", "", "", "", "", "", "", "", // р to я
	"", "", "ð", "", "", "", "", "", "j", "lj", "nj", "ć", "", "", "", "dž", // ѐ to џ
}

// sharp are the two letters that Montenegro adds, of letter and accent.
var sharp = map[rune]string{'с': "ś", 'з': "ź"}

// romanised is the Latin form of a folded Serbian letter, or "".
func romanised(r rune) string {
	if r < 'а' || r > 'џ' {
		return ""
	}
	return latinised[r-'а']
}

// latin reports whether the Cyrillic of the text is to be written in Latin letters.
func (c *context) latin() bool {
	if c.cyrillic == unknown && c.whole != "" {
		c.cyrillic = serbian(c.whole)
	}
	if c.cyrillic == unknown {
		c.cyrillic = max(no, serbian(c.src))
	}
	return c.cyrillic == yes
}

const (
	clearLead    = 64      // letters more of the one sort than of the other decide: those of a paragraph
	scannedBytes = 1 << 16 // what is looked at in search of them
)

// serbian reports whether the Cyrillic of a text is Serbian, or unknown if it has
// no letter that tells. The letters ј љ њ ћ ђ џ tell from all neighbours but
// Macedonian; from that ћ ђ against ѓ ќ ѕ, and in a short text its small words. The
// majority decides, so that a Serbian text may quote a Russian. Cost: a pass over the
// first paragraphs, and of a text that is hardly Cyrillic over 64 KiB.
func serbian(s string) ternary {
	var v census
	for r, i := range characters(s) {
		if i >= scannedBytes || v.own >= v.foreign+clearLead || v.foreign >= v.own+clearLead {
			break
		}
		v.take(r)
	}
	switch {
	case v.own == 0 && v.foreign == 0:
		return unknown
	case v.foreign >= v.own, v.sure < v.macedonian, v.sure == v.macedonian && smallest(s) < 0:
		return no
	}
	return yes
}

// census counts the letters that tell Serbian from the other languages with Cyrillic.
type census struct {
	own, foreign     int // those that Serbian has and those that it has not
	sure, macedonian int // those that only one of these two has
	last             rune
}

func (v *census) take(r rune) {
	if r < 0x0300 || r > 0x036F && r < 0x0400 || r > 0x052F && !unicode.IsMark(r) {
		v.last = 0 // a mark that follows is not of the letter before
		return
	}
	switch r = cyrillicLower(r); {
	case r == 0x0306, r == 0x0308: // of й and ё
		if v.last >= 0x0400 && v.last <= 0x045F {
			v.foreign++
		}
		return
	case r == 0x0301:
		if v.last == 'г' || v.last == 'к' { // of ѓ and ќ
			v.macedonian++
		}
		return
	case r < 0x0400, r > 0x052F:
		return
	case r == 'ћ', r == 'ђ':
		v.own++
		v.sure++
	case r == 'ј', r == 'љ', r == 'њ', r == 'џ':
		v.own++
	case r == 'ѓ', r == 'ќ', r == 'ѕ':
		v.macedonian++
	case r == 'ї':
		v.foreign += 2 // as if in two characters
	case romanised(r) == "" && r != 'ѐ' && r != 'ѝ':
		v.foreign++
	}
	v.last = r
}

// unmarked is a letter without the mark that it has as one character, for a text that has it as another.
func unmarked(r rune) rune {
	if parts := norm.NFD.PropertiesString(string(r)).Decomposition(); len(parts) > 0 {
		r, _ = utf8.DecodeRune(parts)
	}
	return r
}

func cyrillicLower(r rune) rune {
	switch {
	case r >= 0x0400 && r <= 0x040F:
		return r + 0x50
	case r >= 0x0410 && r <= 0x042F:
		return r + 0x20
	}
	return r
}

// smallest counts small words and endings at the beginning of a text, as smallWords
// and endings have them.
func smallest(s string) (n int) {
	var word []rune
	end := func() {
		switch {
		case len(word) == 0:
		case len(word) <= 4:
			n += smallWords[string(word)]
		default:
			n += endings[string(word[len(word)-2:])] + endings[string(word[len(word)-3:])]
		}
		word = word[:0]
	}
	for r, i := range characters(s) {
		switch {
		case i >= headBytes:
			return n
		case r >= 0x0400 && r <= 0x052F:
			if word = append(word, unmarked(cyrillicLower(r))); len(word) > 64 {
				word = word[32:]
			}
		case !ignorable(r) && !unicode.IsMark(r):
			end()
		}
	}
	end()
	return n
}

// smallWords are frequent words of Serbian, 1, and of Macedonian, -1, that the other
// has not.
var smallWords = map[string]int{
	"у": 1, "је": 1, "су": 1, "са": 1, "из": 1, "који": 1, "као": 1, "није": 1, "због": 1, "шта": 1, "био": 1, "али": 1,
	"е": -1, "во": -1, "со": -1, "го": -1, "ги": -1, "кој": -1, "беше": -1, "дека": -1,
}

// endings are the same of the ends of longer words: cases of the one, articles of the
// other.
var endings = map[string]int{
	"ог": 1, "ом": 1, "им": 1, "их": 1,
	"от": -1, "ата": -1, "ите": -1, "ото": -1, "ето": -1,
}
