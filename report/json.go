package report

import (
	"encoding/json"
	"io"
	"unicode/utf8"
)

// NewJSON returns an encoder for JSON that a terminal may show: what steers one
// is escaped beyond what JSON asks for, DEL and the C1 controls (U+009B is
// another ESC [) and what turns the direction of text. A reader gets all text
// as it came.
func NewJSON(w io.Writer) *json.Encoder {
	e := json.NewEncoder(EscapeJSON(w))
	e.SetEscapeHTML(false)
	return e
}

// EscapeJSON passes JSON on to w, escaped as that of NewJSON is. A Write is a whole value.
func EscapeJSON(w io.Writer) io.Writer { return &escaper{w: w} }

// escaper passes JSON on. It is written whole values, so that no character is
// cut; such characters stand in strings alone.
type escaper struct {
	w   io.Writer
	out []byte
}

func (e *escaper) Write(p []byte) (int, error) {
	e.out = e.out[:0]
	done := 0
	for i := 0; i < len(p); {
		if p[i] < 0x7F {
			i++
			continue
		}
		r, n := utf8.DecodeRune(p[i:])
		if steers(r) {
			const hex = "0123456789abcdef"
			e.out = append(e.out, p[done:i]...)
			e.out = append(e.out, '\\', 'u', hex[r>>12], hex[r>>8&15], hex[r>>4&15], hex[r&15])
			done = i + n
		}
		i += n
	}
	if done == 0 {
		return e.w.Write(p)
	}
	if _, err := e.w.Write(append(e.out, p[done:]...)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// steers reports whether a terminal may obey a character above ASCII's
// printable ones (Unicode Standard Annex 9, section 2).
func steers(r rune) bool {
	return r >= 0x7F && r <= 0x9F ||
		r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}
