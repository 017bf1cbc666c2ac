package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// hashSet is the hashes of the words of s.
func hashSet(s string) map[uint64]bool {
	set := map[uint64]bool{}
	for _, w := range Words(nil, s) {
		set[w.Hash] = true
	}
	return set
}

var (
	// bylineStarts are the words that begin a byline.
	bylineStarts = hashSet("by von par por di door av af oleh yazan haber autor autorin auteur autore redactor " +
		"от автор авторы текст " +
		"بقلم كتب كتبت إعداد تقرير نویسنده نوشته גיורא מאת โดย")
	// bylineParts may stand in a byline in lower case.
	bylineParts = hashSet("and und et y e en i och og ja ve и та in for the of to at de del da di la le van der den " +
		"staff writer reporter special correspondent editor contributor news service reporters writers with " +
		"pour pro per")
	// creditStarts are the words that begin a credit line or say that it is one.
	creditStarts = hashSet("copyright source sources quelle fonte fuente bron kaynak kaynakça źródło zdroj источник джерело " +
		"المصدر منبع מקור स्रोत ที่มา nguồn sumber with avec agencies agences agenturen agencias agenzie агентства")
	// photoWords tell the credit of a picture.
	photoWords = hashSet("photo photos foto fotos image images picture pictures video file фото صورة عکس תמונה 写真 사진")
	// creditNouns may stand in a line that is otherwise the name of an agency.
	creditNouns = hashSet("the news agency service wire files from staff and und et y e report reports contributed to this " +
		"agencies international photo photos all rights reserved copyright source with via by courtesy of")
)

// lineFrame returns the frame that the whole of a short line is: a byline or a
// credit.
func (a *Agencies) lineFrame(l *line) (Frame, bool) {
	if len(l.words) == 0 || len(l.s) > 2*longLine {
		return Frame{}, false
	}
	agency, at, _ := a.find(l.s, l.words)
	if agency != "" && len(l.words) <= 10 && slices.ContainsFunc(l.words, func(w Word) bool { return photoWords[w.Hash] }) {
		return l.frame(0, len(l.s), Credit, ""), true // of a picture, not of the text
	}
	if a.creditLine(l, agency, at) {
		if agency == "" && reutersStyle(l.s) {
			agency = "Reuters"
		}
		return l.frame(0, len(l.s), Credit, agency), true
	}
	if bylineLine(l, agency != "") {
		return l.frame(0, len(l.s), Byline, agency), true
	}
	return Frame{}, false
}

// creditLine reports whether l says whose copy it is. agency is the first one
// named, at words[at].
func (a *Agencies) creditLine(l *line, agency string, at int) bool {
	s := strings.TrimLeft(l.s, "([{*-–—•/ ")
	lower := strings.ToLower(clip(s, 40))
	for _, start := range []string{"©", "(c) ", "c) 20", "copyright ",
		"reporting by ", "editing by ", "writing by ", "additional reporting by ", "all rights reserved"} {
		if strings.HasPrefix(lower, start) {
			return true
		}
	}
	if agency == "" || len(l.words) > 16 || len(l.s) > longLine {
		return false
	}
	// Nothing but the agency and words that belong to such a line.
	named := false
	for i := 0; i < len(l.words); i++ {
		if _, n := a.at(l.s, l.words, i); n > 0 {
			i += n - 1
			named = true
			continue
		}
		w := l.words[i]
		if w.Kind&Number == 0 && !creditNouns[w.Hash] && !creditStarts[w.Hash] {
			// A line that begins "Source:" may name others too.
			return creditStarts[l.words[0].Hash] && strings.ContainsAny(l.s, ":：") && len(l.words) <= 8 && at <= 3
		}
	}
	return named && !bylineStarts[l.words[0].Hash]
}

// reutersStyle recognises the credit that Reuters puts under its copy.
func reutersStyle(s string) bool {
	lower := strings.ToLower(s)
	return strings.Contains(lower, "reporting by ") && strings.Contains(lower, "editing by ")
}

// bylineLine reports whether l names its author: a starting word and names, or
// names and an agency.
func bylineLine(l *line, agency bool) bool {
	if len(l.s) > longLine || len(l.words) < 2 || len(l.words) > 14 || strings.HasSuffix(l.s, "?") || strings.HasSuffix(l.s, "!") {
		return false
	}
	if starts, known := eastAsianByline(l); known {
		return starts
	}
	started := bylineStarts[l.words[0].Hash]
	if !started && !agency || strings.HasSuffix(l.s, ".") && !agency {
		return false
	}
	names, from := 0, 0
	if started {
		from = 1
	}
	for i, w := range l.words[from:] {
		r, _ := utf8.DecodeRuneInString(l.s[w.Start:])
		switch {
		case w.Kind&(Capital|Number) != 0 || !unicode.IsLower(r):
			if w.Kind&Number == 0 {
				names++
			}
		case i == 0 && !agency:
			return false
		case !bylineParts[w.Hash] && l.s[w.Start:w.End] != "dpa":
			return false
		}
	}
	if started {
		return names >= 2 || agency && len(l.words) <= 6
	}
	// "Jane Doe, Associated Press": two to six names and a comma, bar or dash.
	return names >= 3 && len(l.words) <= 8 && strings.ContainsAny(l.s, ",|-–—/")
}

// eastAsianByline judges short lines of Chinese, Japanese and Korean, where the
// word for reporter stands before or behind the name.
func eastAsianByline(l *line) (byline, known bool) {
	r, _ := utf8.DecodeRuneInString(l.s)
	switch {
	case alone(r) || r == '（' || r == '【':
		if r >= 0x0E00 && r <= 0x0EFF {
			return false, false
		}
		s := strings.TrimLeft(l.s, "（【")
		for _, start := range []string{"记者", "記者", "本报记者", "本報記者", "文/", "文／", "作者：", "作者:", "撰文"} {
			if strings.HasPrefix(s, start) {
				return len(l.words) <= 16 && !strings.ContainsAny(s, "。，、"), true
			}
		}
		return strings.HasSuffix(s, "記者") && len(l.words) <= 10, true
	case r >= 0xAC00 && r <= 0xD7A3:
		return strings.Contains(l.s, "기자") && len(l.words) <= 5 && !strings.HasSuffix(l.s, "."), true
	}
	return false, false
}

// signature returns the frame at the end of the last line of a story:
// "... he said. – Reuters", "... he said. (AP)", "... he said. PTI".
func (a *Agencies) signature(l *line) (Frame, bool) {
	for n := min(4, len(l.words)-1); n > 0; n-- {
		i := len(l.words) - n
		name, size := a.at(l.s, l.words, i)
		if size != n {
			continue
		}
		before := strings.TrimRight(l.s[:l.words[i].Start], " \u00a0")
		after := strings.TrimSpace(l.s[l.words[i].End:])
		if size > 1 {
			after = strings.TrimSpace(l.s[l.words[i+size-1].End:])
		}
		start := len(strings.TrimRight(before, "([（【/-–—−| "))
		bracket := start < len(before)
		// The story ends before it, and nothing but a bracket stands behind.
		end, _ := utf8.DecodeLastRuneInString(before[:start])
		if strings.Trim(after, ")]）】/. ") != "" || strings.HasPrefix(after, ".") && !bracket {
			continue
		}
		if strings.ContainsRune(".!?…”\"»)।。！？」؟۔።", end) {
			start += len(l.s[start:]) - len(strings.TrimLeft(l.s[start:], " \u00a0"))
			return l.frame(start, len(l.s), Credit, name), true
		}
	}
	return Frame{}, false
}
