package text

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"
)

// token appends the words of the UAX 29 word buf[start:end]. It is one word
// but in these cases:
//
//   - scripts without spaces: each letter with its marks is a word (UAX 29
//     leaves most of them so, but joins Katakana);
//   - letters joined by full stops are an acronym, U.S. = US, if each part is
//     one letter, and otherwise words with a space missing between them, as
//     where a page's paragraphs were run together;
//   - in numbers a separator of thousands is dropped, 1,000 = 1.000 = 1'000 =
//     1000, and a decimal comma is a decimal point; see appendFigures.
func (f *folder) token(c *context, start, end int) {
	for i := firstAlone(f.buf[start:end]); i >= 0; i = firstAlone(f.buf[start:end]) {
		if i > 0 {
			f.token(c, start, start+i)
		}
		start += i + f.letter(c, start+i, end)
	}
	tok := bytes.TrimRight(f.buf[start:end], quoting)
	end = start + len(tok)
	tok = bytes.TrimLeft(tok, quoting)
	start = end - len(tok)
	if len(tok) == 0 {
		return
	}
	if bytes.IndexByte(tok, '.') < 0 && bytes.IndexByte(tok, ',') < 0 && bytes.IndexByte(tok, '\'') < 0 && !bytes.Contains(tok, arabicComma) {
		f.add(c, tok, start, end)
		return
	}
	if acronym(tok) {
		f.form = appendWithout(f.form[:0], tok, '.')
		f.add(c, f.form, start, end)
		c.short = true
		return
	}
	from := 0
	for i, b := range tok {
		if b == '.' && !(asciiDigit(tok[i-1]) && asciiDigit(tok[i+1])) {
			f.number(c, tok[from:i], start+from)
			from = i + 1
		}
	}
	f.number(c, tok[from:], start+from)
}

// quoting holds what UAX 29 may leave at the ends of a word, or the loss of a
// character that stands alone.
const quoting = "'\".,"

// arabicComma is one of the separators of thousands.
var arabicComma = []byte("،")

// firstAlone returns where in tok the first character stands that is a word of
// its own, or -1.
func firstAlone(tok []byte) int {
	for i := 0; i < len(tok); i++ {
		if tok[i] < 0xE0 { // below U+0800
			continue
		}
		if r, _ := utf8.DecodeRune(tok[i:]); alone(r) && !unicode.IsMark(r) {
			return i
		}
	}
	return -1
}

// letter appends the letter at buf[start], with its marks in any order, as a word
// and returns its length.
func (f *folder) letter(c *context, start, end int) int {
	_, n := utf8.DecodeRune(f.buf[start:end])
	first, marks := n, 0
	for start+n < end {
		r, m := utf8.DecodeRune(f.buf[start+n : end])
		if !unicode.IsMark(r) {
			break
		}
		n += m
		marks++
	}
	form := f.buf[start : start+n]
	if marks > 1 {
		f.marked = f.marked[:0]
		for _, r := range string(form[first:]) {
			f.marked = append(f.marked, r)
		}
		slices.Sort(f.marked)
		f.form = append(f.form[:0], form[:first]...)
		for _, r := range f.marked {
			f.form = utf8.AppendRune(f.form, r)
		}
		form = f.form
	}
	f.add(c, form, start, start+n)
	return n
}

// acronym reports whether tok is single letters with full stops between them.
func acronym(tok []byte) bool {
	letters, stops := 0, 0
	for _, r := range string(tok) {
		switch {
		case r == '.':
			stops++
		case unicode.IsLetter(r):
			letters++
		case !unicode.IsMark(r):
			return false
		}
		if letters-stops > 1 {
			return false
		}
	}
	return stops > 0
}

func appendWithout(dst, s []byte, drop byte) []byte {
	for _, b := range s {
		if b != drop {
			dst = append(dst, b)
		}
	}
	return dst
}

func asciiDigit(b byte) bool { return b >= '0' && b <= '9' }

// number appends the word part that stands at buf[at:]: as it is, but for the
// separators between its digits.
func (f *folder) number(c *context, part []byte, at int) {
	if len(part) == 0 {
		return
	}
	f.form = appendFigures(f.form[:0], part)
	f.add(c, f.form, at, at+len(part))
}
