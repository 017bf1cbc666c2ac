package text

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Letters appends the ASCII letters of s to dst, small, and nothing else: "Don't stop at 9"
// gives "dontstopat". Whatever word of s has ASCII letters alone in its normal form (see [Normal]),
// its letters follow one another there, and those of the next such word follow them: what does not
// stand there is not in s. It is a quick way to leave out texts that cannot have some words. ok is
// false where s has letters of other kinds, or a reference or an escape that may stand for some:
// then nothing follows. Cost: a pass.
func Letters(dst []byte, s string) (_ []byte, ok bool) {
	n := len(dst)
	dst = slices.Grow(dst, len(s))[:n+len(s)]
	for i := 0; i < len(s); i++ {
		b := s[i]
		small := smallLetter[b]
		dst[n] = small
		n += int(small >> 6) // 1 for a letter, 0 for 0 and ask
		if small != ask {
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '%' && (i+1 == len(s) || strings.IndexByte(" .,;:)\n", s[i+1]) >= 0):
		case !strings.ContainsRune(besideLetters, r):
			return dst[:n], false
		}
		i += size - 1
	}
	return dst[:n], true
}

// ask marks bytes that may stand for letters.
const ask = 1

// smallLetter is the small letter that a byte is, or ask, or 0.
var smallLetter = func() (t [256]byte) {
	for b := range t {
		switch small := byte(b) | 0x20; {
		case b >= utf8.RuneSelf, b == '&', b == '%':
			t[b] = ask
		case small >= 'a' && small <= 'z':
			t[b] = small
		}
	}
	return t
}()

// besideLetters is what English texts have besides ASCII.
const besideLetters = "‘’“”–—…•·€£©®°«»\u00a0\u2009\u202f\u200b\ufeff\u00ad"
