package source

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// unquote appends to dst what a JSON string means. The string has been checked
// by jsontext, so nothing is checked again; its twin is jsontext.AppendUnquote.
// What stands between two escapes, often a paragraph, is copied at once:
//
//	"He said: \"No.\"\n\nThen \u2026"
//	 ^-------^  ^--^     ^---^
func unquote(dst, quoted []byte) []byte {
	s := quoted[1 : len(quoted)-1]
	for {
		i := bytes.IndexByte(s, '\\')
		if i < 0 {
			return append(dst, s...)
		}
		dst = append(dst, s[:i]...)
		c := s[i+1]
		s = s[i+2:]
		switch c {
		case 'n':
			dst = append(dst, '\n')
		case 't':
			dst = append(dst, '\t')
		case 'r':
			dst = append(dst, '\r')
		case 'b':
			dst = append(dst, '\b')
		case 'f':
			dst = append(dst, '\f')
		case 'u':
			r := hex4(s)
			s = s[4:]
			if utf16.IsSurrogate(r) {
				r = utf16.DecodeRune(r, hex4(s[2:]))
				s = s[6:]
			}
			dst = utf8.AppendRune(dst, r)
		default: // quote, backslash, slash
			dst = append(dst, c)
		}
	}
}

// hex4 returns the number that four hexadecimal digits stand for.
func hex4(s []byte) (r rune) {
	for _, c := range s[:4] {
		if c >= 'A' {
			c = c&^0x20 - 'A' + '0' + 10
		}
		r = r<<4 | rune(c-'0')
	}
	return r
}
