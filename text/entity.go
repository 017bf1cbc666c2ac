package text

import (
	"html"
	"unicode/utf8"
)

// maxEntity is the length of the longest named character reference of HTML,
// CounterClockwiseContourIntegral, with room for its & and ;.
const maxEntity = 34

// entity decodes the character reference at the start of s, which begins with
// an ampersand: &quot; &#8217; &#x2019; and their doubly escaped forms
// (&amp;quot;). It returns the characters and the length of the reference, or
// a length of 0 if there is none. A reference without its semicolon is none.
func entity(s string) (chars string, size int) {
	const amp = "amp;"
	at := 1
	for range 3 {
		n := entityName(s[at:])
		if n == 0 {
			break
		}
		if s[at:at+n] != amp {
			chars = html.UnescapeString("&" + s[at:at+n])
			if len(chars) == n+1 && chars[0] == '&' { // no such name
				break
			}
			return chars, at + n
		}
		at += n
	}
	if at > 1 {
		return "&", at
	}
	return "", 0
}

// escaped decodes the character reference or the URL escape at the start of s,
// which begins with an ampersand or a percent sign.
func escaped(s string) (chars string, size int) {
	if s[0] == '%' {
		return percent(s)
	}
	return entity(s)
}

// percent decodes the URL escape of a character that is not ASCII at the start
// of s, which begins with a percent sign: %D8%A5. Taken for words its pairs of
// digits would be many, and the same ones in all URLs of a script. It returns the
// character and the length of the escape, or a length of 0 if there is none.
func percent(s string) (char string, size int) {
	var buf [utf8.UTFMax]byte
	for n := 0; n < len(buf) && 3*n+3 <= len(s) && s[3*n] == '%'; n++ {
		high, low := hex(s[3*n+1]), hex(s[3*n+2])
		if high < 0 || low < 0 || n == 0 && high < 8 {
			break
		}
		buf[n] = byte(high<<4 | low)
		if r, size := utf8.DecodeRune(buf[:n+1]); r != utf8.RuneError && size == n+1 {
			return string(r), 3 * size
		}
	}
	return "", 0
}

// hex is the value of a hexadecimal digit, or -1.
func hex(b byte) int {
	switch {
	case b >= '0' && b <= '9':
		return int(b - '0')
	case b|0x20 >= 'a' && b|0x20 <= 'f':
		return int(b|0x20-'a') + 10
	}
	return -1
}

// entityName returns the length of the name and semicolon at the start of s,
// or 0.
func entityName(s string) int {
	s = s[:min(len(s), maxEntity)]
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9' && i > 0, c == '#' && i == 0:
		case c == ';' && i > 1:
			return i + 1
		default:
			return 0
		}
	}
	return 0
}
