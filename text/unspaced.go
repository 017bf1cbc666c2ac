package text

import "unicode/utf8"

// Unspaced reports whether a word is one character of a script that is written
// without spaces (Chinese, Japanese kana, Thai, Khmer, ...), where [Words]
// gives a word a character.
func Unspaced(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return alone(r)
}
