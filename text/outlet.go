package text

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// WithoutOutlet returns a headline without the name of its outlet at the end or
// the beginning, as aggregators and page titles write it:
//
//	Tapir found in hotel pool - Corley Times     Corley Times | Tapir found in hotel pool
//	Tapir found in hotel pool (corleytimes.com)  【青瀬新報】蒸気機関車、本線を走る
//
// A separator parts the name from the headline: a bar, a dot in the middle, an angle
// quotation mark or a line end; a dash or any other sign between blanks; a colon
// behind a name that stands first; or brackets around the name. Where the whole name stands
// there, also a dash or low line without blanks, a colon or @ before it, and of a name that
// cannot be a word of the headline the end of a sentence, a comma or "via". masthead.is says
// which forms of the name count. Several names are taken away one after another. A
// headline that is nothing but the name stays as it is, and so does every one of an
// unknown outlet, which is "". Cost: a pass over the bytes; where there is a separator
// and the name fits, a few microseconds.
func WithoutOutlet(headline, outlet string) string {
	if outlet == "" {
		return headline
	}
	s := headline
	for range 2 {
		if strings.IndexByte(s, '&') >= 0 { // &#8211; is a dash
			s = html.UnescapeString(s)
		}
	}
	if s = strings.TrimSpace(s); !hasSeparator(s, outlet) {
		return headline
	}
	name := mastheadOf(outlet)
	for i := range maxMastheads {
		short := name.trim(s)
		if short == s && i == 0 {
			return headline
		} else if short == s {
			return s
		}
		s = short
	}
	return s
}

// IsOutlet reports whether a piece of text is nothing but an outlet's name, in the
// forms that WithoutOutlet knows; false for an empty name.
func IsOutlet(part, outlet string) bool {
	if outlet == "" || len(part) > maxMastheadBytes {
		return false
	}
	m := mastheadOf(outlet)
	return m.is(part)
}

const (
	maxMastheads     = 4   // names at the ends of one headline
	maxMastheadBytes = 120 // of a name with its separator
	maxMastheadWords = 8   // of a name
)

// How a character parts a name from a headline.
type parting int

const (
	never       parting = iota
	sentence            // with a blank behind it, where the whole long name follows
	colon               // where the whole name follows, or the name stands before it
	handle              // where the whole name follows
	amongBlanks         // between blanks
	dash                // between blanks, or where the whole name stands on one side
	always              // wherever it stands
)

func partingOf(r rune) parting {
	switch r {
	case '|', '¦', '│', '｜', '‖', '∣', '⎮', '❘', 'ǀ', '∥', '︱', '▏', '丨', '·', '•', '∙', '●', '⋅', '‧', '・', '»', '«', '›', '‹', '►', '▸', '▶', '\n', '\t':
		return always
	case '/', '~', '_', '−', 'ー', '／', '～', '＿':
		return dash
	case ':', '：':
		return colon
	case '@':
		return handle
	case '.', ',', '!', '?', '…', '。', '，':
		return sentence
	case ' ', '\'', '"', '&', '+', '=', '%', '#', '’', '‘', '“', '”', '„':
		return never
	}
	switch {
	case unicode.Is(unicode.Pd, r):
		return dash
	case unicode.In(r, unicode.Po, unicode.Sm, unicode.So):
		return amongBlanks
	}
	return never
}

func opens(r rune) bool  { return r == '<' || unicode.Is(unicode.Ps, r) }
func closes(r rune) bool { return r == '>' || unicode.Is(unicode.Pe, r) }

// hasSeparator reports whether anything in s may part the outlet's name from it. What
// nearly every headline has counts only where s ends as the name does.
func hasSeparator(s, outlet string) bool {
	for _, r := range s {
		if r|0x20 >= 'a' && r|0x20 <= 'z' {
			continue
		}
		if p := partingOf(r); p != never && p != sentence || opens(r) {
			return true
		}
	}
	end := outlet[max(0, len(outlet)-2):]
	return len(s) > len(end) && strings.EqualFold(s[len(s)-len(end):], end)
}

func withoutVia(s string) string {
	const via = " via"
	if i := len(s) - len(via); i > 0 && strings.EqualFold(s[i:], via) {
		return s[:i]
	}
	return s
}

// unspacedRune reports whether s begins in a script that writes no blanks between words.
func unspacedRune(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// blankBeside reports whether blanks stand on both sides of the n bytes at s[i], or
// more of the same character with blanks beyond them.
func blankBeside(s string, i, n int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	same := string(r)
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s[:i], same))
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[i+n:], same))
	return unicode.IsSpace(before) && unicode.IsSpace(after)
}

// trim takes one name away, the shortest that fits, or returns s as it is.
func (m *masthead) trim(s string) string {
	type cut struct{ name, rest string }
	best := cut{rest: s}
	try := func(name, rest string, fits func(string) bool) {
		if len(name) > 4*maxMastheadBytes {
			return
		}
		name = strings.TrimFunc(name, edge)
		if (best.name != "" && len(name) >= len(best.name)) || len(name) > maxMastheadBytes || !fits(name) {
			return
		}
		if rest = strings.TrimFunc(rest, edge); len(bareWords(rest)) > 0 {
			best = cut{name, rest}
		}
	}
	n := 0
	for i := 0; i < len(s); i += n {
		r, size := utf8.DecodeRuneInString(s[i:])
		if n = size; i > maxMastheadBytes && i < len(s)-maxMastheadBytes {
			continue
		}
		before, after := s[:i], s[i+n:]
		switch p := partingOf(r); {
		case p == always || (p == colon || p >= amongBlanks) && blankBeside(s, i, n):
			try(after, before, m.is)
			try(before, after, m.is)
		case p == dash:
			try(after, before, m.whole)
			try(before, after, m.whole)
		case p == colon:
			try(after, before, m.whole)
			try(before, after, m.is)
		case p == handle:
			try(after, withoutVia(strings.TrimRight(before, " ")), m.whole)
		case p == sentence && m.long && (r >= 0x3000 || strings.HasPrefix(after, " ")), r == ' ' && m.long && (unspacedRune(s) || withoutVia(before) != before):
			try(after, withoutVia(before), m.whole)
		case i == 0 && opens(r):
			for j, r := range after[:min(len(after), maxMastheadBytes)] {
				if closes(r) {
					try(after[:j], after[j+utf8.RuneLen(r):], m.is)
				}
			}
		case i+n == len(s) && closes(r):
			for j, r := range before {
				if opens(r) && j > len(s)-maxMastheadBytes {
					try(before[j+utf8.RuneLen(r):], before[:j], m.is)
				}
			}
		}
	}
	return best.rest
}

// edge reports what is left at the end of a headline whose name was taken away.
func edge(r rune) bool {
	p := partingOf(r)
	return p != never && p != sentence || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(",;、，", r)
}
