package report

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"
)

// Question is a pair that a person is asked about.
type Question struct {
	Number  int     `json:"number"` // of those asked about, from 1
	Of      int     `json:"of"`
	A       Side    `json:"a"` // the earlier one
	B       Side    `json:"b"`
	Kind    string  `json:"kind"`
	Verdict string  `json:"verdict"` // in one sentence
	Why     string  `json:"why"`     // it is asked about
	TextA   []Piece `json:"text_a,omitempty"`
	TextB   []Piece `json:"text_b,omitempty"`

	Lines  int `json:"-"` // of each text that are shown; 0: all
	Height int `json:"-"` // lines of the terminal that all of it fits in, instead of Lines; 0: any number
	Part   int `json:"-"` // of the texts: so many times Lines are passed over; after the last part comes the first again
}

// minSides is the width from which two texts stand side by side.
const minSides = 64

func (d *Question) text(p *printer) {
	head := d.head(p)
	p.out.Write(head)
	narrow := p.width > 0 && p.width < minSides
	const middle = " │ "
	column := 78
	switch {
	case narrow:
		column = p.width
	case p.width > 0:
		column = (p.width - width(middle)) / 2
	}
	few := narrow && d.Height > 0
	left, right := d.facts(p, &d.A, column, few), d.facts(p, &d.B, column, few)
	bodyA, bodyB := p.columns(d.TextA, column), p.columns(d.TextB, column)
	show := d.Lines
	if d.Height > 0 {
		const least = 2
		rest := d.Height - bytes.Count(head, []byte("\n")) - 2 // where the text stands, and an empty line
		if show = rest - max(len(left), len(right)); narrow {
			show = (rest - 2 - len(left) - len(right)) / 2
		}
		show = max(least, show)
	}
	longest := max(len(bodyA), len(bodyB))
	if show == 0 || longest <= show {
		show = max(1, longest)
	}
	from := d.Part % max(1, (longest+show-1)/show) * show
	a, b := append(left, p.part(bodyA, from, show)...), append(right, p.part(bodyB, from, show)...)
	if narrow {
		for _, lines := range [][]styledLine{a, b} {
			for _, l := range lines {
				p.line(plain, l.text)
			}
			p.line(plain, "")
		}
		return
	}
	for i := range max(len(a), len(b)) {
		var left, right styledLine
		if i < len(a) {
			left = a[i]
		}
		if i < len(b) {
			right = b[i]
		}
		p.line(plain, strings.TrimRight(left.text+strings.Repeat(" ", column-left.width)+middle+right.text, " "))
	}
	p.line(plain, "")
}

// styledLine is a line that is clean, isolated and styled, with its columns.
type styledLine struct {
	text  string
	width int
}

// head says what is asked, why, and what is the case now.
func (d *Question) head(p *printer) []byte {
	var lines bytes.Buffer
	h := *p
	h.out = bufio.NewWriter(&lines)
	h.text(p.bold, "", fmt.Sprintf("%d of %d  Are these two copies of one story?", d.Number, d.Of))
	now := "They are apart: same brings them together."
	if d.A.Cluster != 0 && d.A.Cluster == d.B.Cluster {
		now = "They are together in " + label(d.A.Cluster) + ": different parts them."
	}
	h.wrap("", clean(d.Why)+". "+now)
	h.wrap("", clean(d.Verdict))
	h.line(plain, "")
	_ = h.out.Flush() // into memory
	return lines.Bytes()
}

// facts lays out what is known of one article in a column; of few, what is needed most.
func (d *Question) facts(p *printer, s *Side, column int, few bool) (lines []styledLine) {
	add := func(st style, s string) { lines = append(lines, p.styled(st, s, column)) }
	add(p.bold, orNone(clean(s.Headline)))
	add(plain, strings.TrimSpace(p.moment(s.Date)+"  "+name(s.Outlet)+"  "+short(clean(s.Article))))
	add(p.dim, strings.TrimSpace(fmt.Sprintf("%s, %s  %s", Count(s.Words, "word"), s.cluster(), name(s.Credit))))
	if few {
		return lines
	}
	if s.URL != "" {
		add(p.dim, clean(s.URL))
	}
	add(plain, "")
	return lines
}

// styled cuts a line to a column.
func (p *printer) styled(st style, s string, column int) styledLine {
	s = truncate(s, column)
	l := styledLine{isolate(s), width(s)}
	if st != plain && s != "" {
		l.text = string(st) + l.text + string(reset)
	}
	return l
}

// part is so many lines of a text, and which they are where that is not all.
func (p *printer) part(body []styledLine, from, show int) []styledLine {
	if len(body) <= show && from == 0 {
		return body
	}
	first, last := min(len(body), from), min(len(body), from+show)
	where := fmt.Sprintf("lines %d to %d of %d", first+1, last, len(body))
	if first == last {
		where = fmt.Sprintf("all %d lines were shown", len(body))
	}
	return append(body[first:last:last], p.styled(p.dim, where, width(where)))
}

// columns wraps a text to a column, with what it shares and what was left out
// marked as diff does.
func (p *printer) columns(text []Piece, column int) (lines []styledLine) {
	for _, paragraph := range paragraphs(text) {
		var line []styled
		used := 0
		flush := func() {
			if len(line) > 0 {
				lines = append(lines, styledLine{isolate(joinStyled(line)), used})
			}
			line, used = nil, 0
		}
		for _, w := range p.words(paragraph) {
			for _, part := range breakWord(w.text, column, true) {
				n := width(part)
				if used > 0 && used+1+n > column {
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
	return lines
}

// Reviewed is what a person decided in a session.
type Reviewed struct {
	Same      int `json:"same"`
	Different int `json:"different"`
	Skipped   int `json:"skipped"`
	Left      int `json:"left"`    // were not asked about
	Earlier   int `json:"earlier"` // were skipped in earlier sessions, and not asked about
}

func (r *Reviewed) text(p *printer) {
	s := fmt.Sprintf("%d decided: %d same, %d different; %d skipped, %d left", r.Same+r.Different, r.Same, r.Different, r.Skipped, r.Left)
	if r.Earlier > 0 {
		s += fmt.Sprintf("; %d skipped earlier: dedupe review --skipped", r.Earlier)
	}
	p.wrap("", s)
}
