package report

import "strings"

// diff prints both bodies, one after the other, with what they share in
// brackets and bold, and what was left out between other ones and dim.
//
//	| The ferry ⟦ran aground off Skarholm with 212 aboard⟧, the owner said.
//	| ⟨Sign in to get alerts daily⟩
func (e *Explanation) diff(p *printer) {
	for _, x := range []struct {
		letter string
		side   *Side
		text   []Piece
	}{{"A", &e.A, e.TextA}, {"B", &e.B, e.TextB}} {
		p.line(plain, "")
		p.text(p.bold, x.letter+"  ", orNone(clean(x.side.Headline)))
		for _, paragraph := range paragraphs(x.text) {
			p.pieces("  | ", paragraph)
		}
	}
	p.line(plain, "")
	p.text(p.dim, "", "⟦shared⟧  ⟨left out as boilerplate⟩")
}

// paragraphs cuts pieces at the ends of lines; empty ones are dropped.
func paragraphs(pieces []Piece) (list [][]Piece) {
	var now []Piece
	flush := func() {
		for _, x := range now {
			if strings.TrimSpace(x.Text) != "" {
				list = append(list, now)
				break
			}
		}
		now = nil
	}
	for _, x := range pieces {
		for line := range strings.Lines(x.Text) {
			part := x
			part.Text = line
			now = append(now, part)
			if strings.HasSuffix(line, "\n") {
				flush()
			}
		}
	}
	flush()
	return list
}

// styled is a word with its style.
type styled struct {
	text  string
	style style
}

// pieces writes a paragraph wrapped to the width, each line after the prefix.
func (p *printer) pieces(prefix string, paragraph []Piece) {
	room := max(1, p.width-width(prefix))
	var line []styled
	used := 0
	flush := func() {
		if len(line) > 0 {
			p.out.WriteString(prefix)
			p.line(plain, isolate(joinStyled(line)))
		}
		line, used = nil, 0
	}
	for _, w := range p.words(paragraph) {
		for _, part := range breakWord(w.text, room, p.width > 0) {
			n := width(part)
			if p.width > 0 && used > 0 && used+1+n > room {
				flush()
			}
			if used > 0 {
				used++
			}
			line = append(line, styled{part, w.style})
			used += n
		}
	}
	flush()
}

// breakWord cuts a word that is wider than room, as words of scripts without
// spaces are: a whole paragraph is one.
func breakWord(word string, room int, limited bool) (parts []string) {
	for limited && width(word) > room {
		head := measure.Truncate(word, room, "")
		if head == "" { // one character is wider than the room
			break
		}
		parts = append(parts, head)
		word = word[len(head):]
	}
	return append(parts, word)
}

// joinStyled joins the words of a line, neighbours of one style in one sequence.
func joinStyled(line []styled) string {
	var b strings.Builder
	now := plain
	for i, w := range line {
		if i > 0 && w.style == now {
			b.WriteByte(' ')
		}
		if w.style != now {
			if now != plain {
				b.WriteString(string(reset))
			}
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(string(w.style))
			now = w.style
		}
		b.WriteString(w.text)
	}
	if now != plain {
		b.WriteString(string(reset))
	}
	return b.String()
}

// words cuts a paragraph at its spaces, each word with the brackets that open
// or close at it. A word of which a part is marked is marked as a whole.
func (p *printer) words(paragraph []Piece) (list []styled) {
	open, closed := [...]string{"", "⟦", "⟨"}, [...]string{"", "⟧", "⟩"}
	kind := func(x Piece) int {
		switch {
		case x.Boilerplate:
			return 2
		case x.Shared:
			return 1
		}
		return 0
	}
	styles := [...]style{plain, p.bold, p.dim}
	var word strings.Builder
	mark := 0
	flush := func() {
		if word.Len() > 0 {
			list = append(list, styled{clean(word.String()), styles[mark]})
			word.Reset()
		}
		mark = 0
	}
	for _, x := range paragraph {
		k := kind(x)
		text := strings.Trim(x.Text, " \t\r\n")
		if text == "" {
			flush()
			continue
		}
		if strings.IndexAny(x.Text, " \t\r\n") == 0 {
			flush()
		}
		word.WriteString(open[k])
		for i, field := range strings.Fields(text) {
			if i > 0 {
				flush()
			}
			mark = max(mark, k)
			word.WriteString(field)
		}
		word.WriteString(closed[k])
		if strings.LastIndexAny(x.Text, " \t\r\n") == len(x.Text)-1 {
			flush()
		}
	}
	flush()
	return list
}
