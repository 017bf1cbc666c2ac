package article

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// dateLexer cuts a date into numbers, words and marks, folded: words are in
// lower case and without accents, digits of every script and Chinese numerals
// before a unit are 0 to 9.
type dateLexer struct {
	tokens [maxTokens]dateToken
	n      int
	buf    [2 * maxDate]byte // the text of all tokens
	used   int
}

// maxTokens bounds the tokens of a date. The longest dates, of JavaScript, have
// 20.
const maxTokens = 48

type tokenKind uint8

const (
	numberToken tokenKind = iota
	wordToken
	markToken
)

type dateToken struct {
	kind       tokenKind
	glued      bool // nothing stands before it, or no blank
	native     bool // a number in the digits of another script than Latin
	persian    bool // and those are of Iran
	accented   bool // a word with an accent
	unspaced   bool // a word of a script that sets no blanks between words
	mark       byte
	start, end int16
}

// bytes returns the text of a token.
func (l *dateLexer) bytes(t dateToken) []byte { return l.buf[t.start:t.end] }

// value returns a number of up to 9 digits.
func (l *dateLexer) value(t dateToken) int {
	v := 0
	for _, c := range l.buf[t.start:min(t.end, t.start+9)] {
		v = v*10 + int(c-'0')
	}
	return v
}

// read cuts s up. It is false when s holds what no date does, or too much.
func (l *dateLexer) read(s string) bool {
	l.used, l.n = 0, 0
	ascii := isASCII(s)
	if !ascii {
		s = norm.NFKD.String(s)
	}
	blank := true
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == ' ' || '\t' <= c && c <= '\r':
			i++
			blank = true
			continue
		case '0' <= c && c <= '9':
			if !l.add(numberToken, c, blank) {
				return false
			}
			i++
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			if !l.add(wordToken, c|0x20, blank) {
				return false
			}
			i++
		case c < utf8.RuneSelf:
			switch c {
			case '\'', '"', '(', ')', '[', ']', ',', '.', '-', '/', '|', ':', ';', '+', '_', '@':
			default:
				return false
			}
			if !l.addMark(c, blank) {
				return false
			}
			i++
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if n, v := hanNumber(s[i:]); n > 0 && !l.afterWeek() {
				for _, d := range v {
					if d != 0 && !l.add(numberToken, d, blank) {
						return false
					}
					blank = blank && d == 0
				}
				i += n
				break
			}
			i += size
			if !l.addRune(r, blank) {
				return false
			}
			if isUnseen(r) {
				continue
			}
			blank = unicode.IsSpace(r)
			continue
		}
		blank = false
	}
	return true
}

// addRune adds a character that is not ASCII.
func (l *dateLexer) addRune(r rune, blank bool) bool {
	switch {
	case isUnseen(r):
		if l.n > 0 && unicode.IsMark(r) {
			l.tokens[l.n-1].accented = true
		}
		return true
	case unicode.IsSpace(r):
		return true
	case unicode.IsDigit(r):
		ok := l.add(numberToken, '0'+digitValue(r), blank)
		last := &l.tokens[max(l.n-1, 0)]
		last.native, last.persian = true, '۰' <= r && r <= '۹'
		return ok
	case unicode.IsLetter(r) || unicode.IsMark(r):
		// "AM" and a case ending in another script are two words.
		if l.n > 0 && !blank && r >= firstJoined && l.tokens[l.n-1].kind == wordToken && l.buf[l.used-1] < utf8.RuneSelf {
			if !l.start(wordToken, false) {
				return false
			}
		}
		first, second := foldLetter(r)
		var b [2 * utf8.UTFMax]byte
		n := utf8.EncodeRune(b[:], first)
		if second != 0 {
			n += utf8.EncodeRune(b[n:], second)
		}
		for i, c := range b[:n] {
			if !l.add(wordToken, c, blank && i == 0) {
				return false
			}
		}
		if l.n > 0 && isUnspaced(r) {
			l.tokens[l.n-1].unspaced = true
		}
		return true
	case r == '−' || r == '–' || r == '—' || r == '‐' || r == '‑':
		return l.addMark('-', blank)
	case unicode.IsPunct(r) || r == '`' || r == '´':
		return l.addMark(',', blank)
	}
	return false
}

// add adds a byte to the last token where it goes on, else as a new token.
func (l *dateLexer) add(kind tokenKind, c byte, blank bool) bool {
	if l.used == len(l.buf) {
		return false
	}
	if (blank || l.n == 0 || l.tokens[l.n-1].kind != kind) && !l.start(kind, blank) {
		return false
	}
	l.buf[l.used] = c
	l.used++
	l.tokens[l.n-1].end++
	return true
}

// start begins a token.
func (l *dateLexer) start(kind tokenKind, blank bool) bool {
	if l.n == maxTokens {
		return false
	}
	at := int16(l.used)
	l.tokens[l.n] = dateToken{kind: kind, glued: !blank, start: at, end: at}
	l.n++
	return true
}

func (l *dateLexer) addMark(c byte, blank bool) bool {
	if l.n == maxTokens {
		return false
	}
	l.tokens[l.n] = dateToken{kind: markToken, glued: !blank, mark: c}
	l.n++
	return true
}

// afterWeek reports whether the last character begins a Chinese weekday, whose
// numeral is no number.
func (l *dateLexer) afterWeek() bool {
	if l.n == 0 || l.tokens[l.n-1].kind != wordToken {
		return false
	}
	switch r, _ := utf8.DecodeLastRune(l.buf[:l.used]); r {
	case '期', '周', '週', '拜':
		return true
	}
	return false
}

// hanNumber reads a Chinese numeral before a unit of date or time: "二〇二六" and
// "二十六". It returns its length in bytes, 0 for none, and its digits.
func hanNumber(s string) (n int, digits [4]byte) {
	const numerals = "〇一二三四五六七八九"
	place, value, ten, last := 0, 0, false, 0
	var positional [4]byte
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		d := -1
		switch r {
		case '零':
			d = 0
		case '元':
			if n == 0 {
				d = 1
			}
		default:
			k := 0
			for _, x := range numerals {
				if x == r {
					d = k
				}
				k++
			}
		}
		switch {
		case d >= 0 && place < len(positional):
			positional[place] = '0' + byte(d)
			place++
			last = d
		case (r == '十' || r == '廿' || r == '卅') && !ten:
			tens := map[rune]int{'十': max(1, last), '廿': 2, '卅': 3}[r]
			if place > 1 {
				return 0, digits
			}
			ten, value, last, place = true, 10*tens, 0, 0
		default:
			if n == 0 || !isHanUnit(r) {
				return 0, digits
			}
			if !ten {
				return n, positional
			}
			if value += last; place > 1 || value > 99 {
				return 0, digits
			}
			return n, [4]byte{'0' + byte(value/10), '0' + byte(value%10)}
		}
		n += size
	}
	return 0, digits
}

func isHanUnit(r rune) bool {
	switch r {
	case '年', '月', '日', '号', '號', '時', '时', '点', '點', '分', '秒':
		return true
	}
	return false
}

// isUnseen reports whether r is a mark that only guides the reading: direction
// marks, joiners, accents, vowel points and the dot of Indian loan sounds.
func isUnseen(r rune) bool {
	switch {
	case 0x370 <= r && r < 0x591:
		return false
	case 0x300 <= r && r <= 0x36F, 0x591 <= r && r <= 0x5C7 && r != '־', 0x64B <= r && r <= 0x65F, r == 0x670, r == 'ـ', r == 0x93C, r == 0x9BC, r == 0xA3C, r == 0xABC:
		return true
	}
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

// isUnspaced reports whether r belongs to a script that sets no blanks between
// words, or joins them to numbers.
func isUnspaced(r rune) bool {
	const firstUnspaced = 0xE00 // Thai
	return r >= firstUnspaced && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// foldLetter returns the letter, or the two, under which r is known: in lower
// case, Arabic letters in one of their forms, Malayalam ones in their older
// spelling.
func foldLetter(r rune) (first, second rune) {
	switch r = unicode.ToLower(r); r {
	case 'ı':
		return 'i', 0
	case 'ł':
		return 'l', 0
	case 'đ', 'ð':
		return 'd', 0
	case 'ø':
		return 'o', 0
	case 'ə':
		return 'e', 0
	case 'ß':
		return 's', 's'
	case 'æ':
		return 'a', 'e'
	case 'œ':
		return 'o', 'e'
	case 'ς':
		return 'σ', 0
	case 'ى', 'ی', 'ې', 'ۍ':
		return 'ي', 0
	case 'ک':
		return 'ك', 0
	case 'ة', 'ہ', 'ھ', 'ۃ', 'ە':
		return 'ه', 0
	case 'ൽ':
		return 'ല', '്'
	case 'ൾ':
		return 'ള', '്'
	case 'ർ':
		return 'ര', '്'
	case 'ൻ':
		return 'ന', '്'
	case 'ൺ':
		return 'ണ', '്'
	}
	return r, 0
}

// digitValue returns the value of a decimal digit of any script: they stand in
// runs of ten.
func digitValue(r rune) byte {
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return byte((r - rune(t.Lo)) % 10)
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return byte((r - rune(t.Lo)) % 10)
		}
	}
	return 0
}
