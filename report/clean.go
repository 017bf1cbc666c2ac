package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// maxMarks is how many combining marks one character keeps: Hebrew with
// cantillation has up to four; more climbs over the neighbouring lines.
const maxMarks = 6

// Isolates of the Unicode bidirectional algorithm (UAX 9, section 2.4).
const (
	firstStrongIsolate = "\u2068"
	popIsolate         = "\u2069"
)

// clean makes text from outside fit to be shown in a line: white space is one
// space, controls are pictures, what is not seen and is no spelling is dropped.
func clean(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space, marks := true, 0 // true: leading space is dropped
	last := rune(-1)        // what stands before; -1 where it was dropped
	for i, r := range s {   // invalid bytes come as U+FFFD
		before := last
		last = r
		if unicode.IsSpace(r) || isFiller(r) {
			if !space {
				b.WriteByte(' ')
			}
			space, marks = true, 0
			continue
		}
		if unicode.Is(unicode.M, r) {
			if marks++; marks > maxMarks {
				continue
			}
		} else {
			marks = 0
		}
		switch {
		case r < 0x20:
			r += 0x2400 // ESC becomes U+241B, its picture
		case r == 0x7F:
			r = 0x2421
		case r < 0xA0 && r >= 0x80:
			r = unicode.ReplacementChar // C1 controls: U+009B is another ESC [
		case isUnseen(r):
			next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			if !isSpelling(before, r, next) {
				last = -1
				continue
			}
		}
		b.WriteRune(r)
		space = false
	}
	return strings.TrimSuffix(b.String(), " ")
}

// isFiller reports whether a character looks like a blank and is a letter by its kind.
func isFiller(r rune) bool { return r == 0x3164 || r == 0xFFA0 }

// Names from outside may be of any length; these bounds, in columns, leave all
// honest ones whole where there is no width to keep to.
const (
	maxName = 40 // of an outlet or agency
	maxID   = 64 // of an article
)

// name makes the name of an outlet or agency fit to be shown.
func name(s string) string { return truncate(clean(s), maxName) }

// isPlain reports whether clean would leave s alone, for the common case.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7F || c == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ') {
			return false
		}
	}
	return true
}

// isolate puts text with right-to-left characters between isolates. It comes
// after truncation, so that each opened isolate is closed.
func isolate(s string) string {
	if strings.ContainsFunc(s, isRightToLeft) {
		return firstStrongIsolate + s + popIsolate
	}
	return s
}

// isRightToLeft goes by the blocks that UAX 9 reserves for right-to-left scripts.
func isRightToLeft(r rune) bool {
	return r >= 0x0590 && (r <= 0x08FF || r >= 0xFB1D && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFF ||
		r >= 0x10800 && r <= 0x10FFF || r >= 0x1E800 && r <= 0x1EFFF)
}

// measure tells display widths without regard to the locale of the machine:
// characters of ambiguous width are narrow.
var measure = &runewidth.Condition{EastAsianWidth: false, StrictEmojiNeutral: true}

func width(s string) int { return measure.StringWidth(s) }

// truncate cuts s to at most n columns, never within a character.
func truncate(s string, n int) string {
	if n <= 0 {
		return ""
	}
	return measure.Truncate(s, n, "…")
}
