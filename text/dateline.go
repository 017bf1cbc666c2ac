package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of a dateline, in bytes from the start of its line: of the place and
// date, and of the whole.
const (
	maxPlace    = 90
	maxDateline = 160
)

// shutter returns the bracket that closes the one opened by r around an agency
// in a dateline, or 0.
func shutter(r rune) rune {
	switch r {
	case '/', '|':
		return r
	case '(', '（', '【', '〔':
		return r + 1
	case '[', '［':
		return r + 2
	}
	return 0
}

// separators stand between a dateline and its story.
const separators = "-–—−‒―:.|=*~»>։።\u200e\u200f"

// dateline finds a dateline at the start of l, in one of these forms:
//
//	PLACE, DATE (AGENCY) — story        bracketed
//	(AGENCY) - PLACE, DATE - story      bracketed, then placed
//	PLACE, DATE — story                 placed
//	PLACE, DATE — AGENCY. story         placed, then signed
//	AGENCY PLACE DATE 电 story          filed
func (a *Agencies) dateline(l *line) (Frame, bool) {
	if end, name := a.filed(l); end > 0 {
		return l.frame(0, end, Dateline, name), true
	}
	if end, name := a.bracketed(l); end > 0 {
		if more := placed(l, end); more > 0 {
			end = more
		}
		return l.frame(0, end, Dateline, name), true
	}
	end := placed(l, 0)
	name, after := a.signed(l, end)
	if after > 0 {
		end = after
	}
	if end == 0 {
		return Frame{}, false
	}
	return l.frame(0, end, Dateline, name), true
}

// bracketed returns where a dateline with the agency in brackets ends, or 0.
func (a *Agencies) bracketed(l *line) (end int, agency string) {
	limit := len(clip(l.s, maxDateline))
	for i, open := range l.s[:limit] {
		if i > maxPlace {
			break
		}
		shut := shutter(open)
		if shut == 0 {
			continue
		}
		from := i + utf8.RuneLen(open)
		n := strings.IndexRune(l.s[from:limit], shut)
		if n < 0 {
			continue
		}
		name := a.inBrackets(l, from, from+n)
		if name == "" {
			continue
		}
		after := from + n + utf8.RuneLen(shut)
		end = skipSeparators(l.s, after)
		place := l.wordsIn(0, i)
		hasDash := end > after && strings.TrimSpace(l.s[after:end]) != ""
		if end == len(l.s) && len(place) == 0 || !isPlace(l, 0, i, place) || !hasDash && len(place) > 0 && !shouted(l.s, place) && !dated(place) {
			return 0, ""
		}
		// (서울=연합뉴스) 홍길동 기자 = story
		if n := strings.IndexByte(clip(l.s[end:], 48), '='); n >= 0 {
			end = skipSeparators(l.s, end+n)
		}
		return end, name
	}
	return 0, ""
}

// inBrackets returns the agency named at the start or end of the brackets'
// content l.s[from:to], with nothing grown onto it: 共同 but not 共同声明.
func (a *Agencies) inBrackets(l *line, from, to int) string {
	words := l.wordsIn(from, to)
	if len(words) > 10 {
		return ""
	}
	for i := range words {
		name, n := a.at(l.s, words, i)
		if n == 0 {
			continue
		}
		r, _ := utf8.DecodeRuneInString(l.s[words[i+n-1].End:])
		if i+n == len(words) || !unicode.IsLetter(r) {
			return name
		}
	}
	return ""
}

// placed returns where "PLACE, DATE — " at l.s[from:] ends, or from if there
// is none.
func placed(l *line, from int) int {
	rest := clip(l.s[from:], maxPlace)
	for i, r := range rest {
		if r != '-' && (r < '–' || r > '―') && r != '−' {
			continue
		}
		after := i + utf8.RuneLen(r)
		if i == 0 || r == '-' && (rest[i-1] != ' ' && !(i+1 < len(rest) && rest[i+1] == '-') || after < len(rest) && rest[after] != ' ' && rest[after] != '-') {
			continue
		}
		place := l.wordsIn(from, from+i)
		if len(place) == 0 || len(place) > 8 || !isPlace(l, from, from+i, place) || !shoutedPlace(l.s, place) {
			return 0
		}
		return skipSeparators(l.s, from+i)
	}
	return 0
}

// signed returns the agency that stands at l.s[end:] with a stop or dash
// behind it, and where that ends: "МОСКВА, 3 мар — РИА Новости. story",
// "AFP - story", "PTI | New Delhi | story".
func (a *Agencies) signed(l *line, end int) (agency string, after int) {
	words := l.wordsIn(end, len(l.s))
	if len(words) == 0 || int(words[0].Start)-end > 8 {
		return "", 0
	}
	name, n := a.at(l.s, words, 0)
	if n == 0 {
		return "", 0
	}
	at := int(words[n-1].End)
	after = skipSeparators(l.s, at)
	if gap := strings.TrimSpace(l.s[at:after]); gap == "" || after == len(l.s) ||
		end == 0 && (gap == "." || !strings.HasPrefix(l.s[at:], " ") && !strings.HasPrefix(gap, ":")) {
		return "", 0
	}
	return name, after
}

// filed returns where "新华社北京3月3日电（记者张三）" ends, or 0.
func (a *Agencies) filed(l *line) (end int, agency string) {
	if len(l.words) == 0 {
		return 0, ""
	}
	name, n := a.at(l.s, l.words, 0)
	if n == 0 {
		return 0, ""
	}
	for _, w := range l.words[n:min(len(l.words), n+24)] {
		switch l.s[w.Start:w.End] {
		case "电", "電", "讯", "訊":
			end = int(w.End)
			for open, shut := range map[string]string{"（": "）", "(": ")"} {
				if strings.HasPrefix(l.s[end:], open) {
					if n := strings.Index(clip(l.s[end:], maxDateline), shut); n > 0 {
						return skipSeparators(l.s, end+n+len(shut)), name
					}
				}
			}
			return skipSeparators(l.s, end), name
		}
	}
	return 0, ""
}

// wordsIn returns the words of l that lie in l.s[from:to].
func (l *line) wordsIn(from, to int) []Word {
	i := 0
	for i < len(l.words) && int(l.words[i].Start) < from {
		i++
	}
	j := i
	for j < len(l.words) && int(l.words[j].End) <= to {
		j++
	}
	return l.words[i:j]
}

// isPlace reports whether l.s[from:to], which words make up, can be a place and
// date: few words, no sentence, at most three in lower case (3 de marzo).
func isPlace(l *line, from, to int, words []Word) bool {
	if len(words) > 12 || to-from > maxPlace || strings.ContainsAny(l.s[from:to], "!?\"“”«»") {
		return false
	}
	lower := 0
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(l.s[w.Start:]); unicode.IsLower(r) {
			lower++
		}
	}
	return lower <= 3 && (lower == 0 || 2*lower <= len(words))
}

// shouted reports whether the words are in capitals or of a script without
// case.
func shouted(s string, words []Word) bool {
	for _, w := range words {
		if strings.IndexFunc(s[w.Start:w.End], unicode.IsLower) >= 0 {
			return false
		}
	}
	return true
}

// dated reports whether a number is among the words: New Delhi, Mar 3.
func dated(words []Word) bool {
	return slices.ContainsFunc(words, func(w Word) bool { return w.Kind&Number != 0 })
}

// shoutedPlace reports whether the words up to the first comma or bracket are
// in capitals, and the first of them has two letters or more: WASHINGTON,
// ST. LOUIS, Mo.
func shoutedPlace(s string, words []Word) bool {
	first := s[words[0].Start:words[0].End]
	n := 1
	for n < len(words) && !strings.ContainsAny(s[words[n-1].End:words[n].Start], ",(") {
		n++
	}
	return words[0].Kind&Capital != 0 && utf8.RuneCountInString(first) >= 2 && shouted(s, words[:n])
}

// skipSeparators returns where the separators and spaces at s[at:] end.
func skipSeparators(s string, at int) int {
	return len(s) - len(strings.TrimLeft(s[at:], separators+" \t\u00a0"))
}
