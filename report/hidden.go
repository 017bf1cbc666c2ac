package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// reveal shows what is not seen in a text and can make it look like another one.
// Control characters become their pictures: a line feed and a tab stay, and a carriage
// return before a line feed. What steers direction or has no width (Unicode's
// Default_Ignorable_Code_Point and format characters) becomes its number, as in
// ⟨U+202E⟩.
//
// What is spelling stays: joiners after a letter, mark or symbol of the scripts that
// are spelt with them, which are those from Arabic on, and emoji; a variation selector
// after the character that it varies; the tags of a flag; the fillers of old Korean
// syllables. Such a character anywhere else is shown.
func reveal(s string) string {
	if isSeen(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	last := rune(-1) // what stands before; -1 after what was shown
	for s != "" {
		r, size := utf8.DecodeRuneInString(s) // invalid bytes come as U+FFFD
		s = s[size:]
		next, _ := utf8.DecodeRuneInString(s)
		switch {
		case r == '\n', r == '\t', r == '\r' && next == '\n':
			b.WriteRune(r)
		case r < 0x20:
			r, last = r+0x2400, -1
			b.WriteRune(r)
			continue
		case r == 0x7F:
			b.WriteRune(0x2421)
		case r >= 0x80 && r < 0xA0:
			b.WriteRune(utf8.RuneError)
		case isUnseen(r) && !isSpelling(last, r, next):
			fmt.Fprintf(&b, "⟨U+%04X⟩", r)
			last = -1
			continue
		default:
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// isSeen reports whether reveal would leave s alone, for the common case.
func isSeen(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\n' && c != '\t' || c >= 0x7F {
			return false
		}
	}
	return true
}

// isUnseen reports whether a character has no shape of its own and no width, or
// steers how others are shown. The signs that Arabic writes numbers under are seen.
func isUnseen(r rune) bool {
	if r < 0xA0 {
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector, unicode.Zl, unicode.Zp) &&
		!unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// isSpelling reports whether a character that is not seen belongs to the writing of
// what stands around it.
func isSpelling(last, r, next rune) bool {
	const (
		nonJoiner, joiner = 0x200C, 0x200D
		firstJoined       = 0x0600 // Arabic
		firstVaried       = 0x00A9 // the copyright sign, which is an emoji too
		keycap            = 0x20E3
		flag              = 0x1F3F4
	)
	isTag := func(r rune) bool { return r >= 0xE0020 && r <= 0xE007F }
	switch {
	case r == nonJoiner || r == joiner:
		return last >= firstJoined && (unicode.IsLetter(last) || unicode.IsMark(last) || unicode.IsSymbol(last))
	case unicode.Is(unicode.Variation_Selector, r):
		return next == keycap || last >= firstVaried && !unicode.IsSpace(last) && !isUnseen(last)
	case isTag(r):
		return last == flag || isTag(last)
	case r == 0x115F: // Hangul: no first consonant, before a vowel
		return next > 0x1160 && next <= 0x11A7
	case r == 0x1160: // no vowel, between consonants
		return last >= 0x1100 && last < 0x115F || next >= 0x11A8 && next <= 0x11FF
	}
	return false
}
