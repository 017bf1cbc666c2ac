package text

import "html"

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
