package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxTypeset is how many bytes one of the plain text may be spelled by, on average:
// &#8203; between letters.
const maxTypeset = 4

// typeset is a piece of a body in the plain form in which frames are looked for, and
// where it stands: without invisible characters and references, composed, with one
// kind of blank, hyphen, letter and digit.
type typeset struct {
	s      string
	places []uint32 // of each byte of s in the body, and of its end; nil: s begins the body as it is
	part   bool     // the body has more before it
}

// place is where s[i] stands in the body.
func (t *typeset) place(i int) int {
	if t.places == nil {
		return i
	}
	return int(t.places[i])
}

// headSet returns the beginning of a body in plain form, of headBytes or more.
func headSet(body string) typeset {
	if head := clip(body, headBytes); isPlain(head) {
		return typeset{s: head}
	}
	return setPlain(body, 0, len(clip(body, maxTypeset*headBytes)))
}

// tailSet returns the end of a body in plain form, of tailBytes or more.
func tailSet(body string) typeset {
	start := func(n int) int { return len(clip(body, max(0, len(body)-n))) }
	if isPlain(body[start(tailBytes+2*longLine):]) {
		return typeset{s: body}
	}
	return setPlain(body, start(maxTypeset*tailBytes), len(body))
}

// setPlain returns the plain form of body[from:to].
func setPlain(body string, from, to int) typeset {
	s := body[from:to]
	t := typeset{part: from > 0}
	buf, places := make([]byte, 0, len(s)), make([]uint32, 0, len(s)+1)
	if ascii(s) && !strings.ContainsAny(s, "&%") {
		for at := range len(s) {
			b := byte(plainRune(rune(s[at])))
			if b != 0 && !(b == ' ' && len(buf) > 0 && buf[len(buf)-1] == ' ') {
				buf, places = append(buf, b), append(places, uint32(from+at))
			}
		}
		t.s, t.places = string(buf), append(places, uint32(to))
		return t
	}
	put := func(r rune, at int) {
		buf = utf8.AppendRune(buf, r)
		for len(places) < len(buf) {
			places = append(places, uint32(from+at))
		}
	}
	for r, at := range characters(s) {
		switch p := plainRune(r); {
		case r == utf8.RuneError && s[at] != '&' && s[at] != '%':
			buf, places = append(buf, s[at]), append(places, uint32(from+at))
		case p == ' ' && len(buf) > 0 && buf[len(buf)-1] == ' ':
		case p != 0:
			put(p, at)
		}
	}
	if !norm.NFC.IsNormal(buf) {
		buf, places = composed(buf, places)
	}
	t.s, t.places = string(buf), append(places, uint32(to))
	return t
}

// composed brings buf into NFC; what a composed letter has of bytes stands where the
// letter began.
func composed(buf []byte, places []uint32) ([]byte, []uint32) {
	out, where := make([]byte, 0, len(buf)), make([]uint32, 0, len(buf))
	for i := 0; i < len(buf); {
		n := norm.NFC.NextBoundary(buf[i:], true)
		out = norm.NFC.Append(out, buf[i:i+n]...)
		for len(where) < len(out) {
			where = append(where, places[i])
		}
		i += n
	}
	return out, where
}

// isPlain reports whether s is its own plain form. Most are, by a look at eight bytes
// at once.
func isPlain(s string) bool {
	if strings.IndexByte(s, '&') >= 0 || strings.IndexByte(s, '\t') >= 0 || strings.Contains(s, "  ") {
		return false
	}
	if ascii(s) {
		return true
	}
	for _, r := range s {
		if plainRune(r) != r {
			return false
		}
	}
	return norm.NFC.IsNormalString(s)
}

// plainRune is the plain form of a character, or 0 if it has none.
func plainRune(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case r < utf8.RuneSelf:
		return r
	case ignorable(r):
		return 0
	case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
		return r - 0xFEE0
	case r == '‐', r == '‑', r == '－':
		return '-'
	case r == '．':
		return '.'
	case isBlank(r):
		return ' '
	case r == 0x2028, r == 0x2029, r == 0x85:
		return '\n'
	}
	return r
}

// isBlank reports whether a character is a space of any width, but for tabs and line ends.
func isBlank(r rune) bool { return r == ' ' || r > unicode.MaxASCII && unicode.Is(unicode.Zs, r) }
