package report

import (
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

	Lines int `json:"-"` // of the texts that are shown; 0: all
}

// minSides is the width from which two texts stand side by side.
const minSides = 64

func (d *Question) text(p *printer) {
	p.text(p.bold, "", fmt.Sprintf("%d of %d  %s", d.Number, d.Of, clean(d.Why)))
	p.wrap("", clean(d.Verdict))
	p.line(plain, "")
	if p.width > 0 && p.width < minSides {
		for _, lines := range [][]styledLine{d.side(p, &d.A, d.TextA, p.width), d.side(p, &d.B, d.TextB, p.width)} {
			for _, l := range lines {
				p.line(plain, l.text)
			}
			p.line(plain, "")
		}
		return
	}
	const middle = " │ "
	column := 78
	if p.width > 0 {
		column = (p.width - width(middle)) / 2
	}
	a, b := d.side(p, &d.A, d.TextA, column), d.side(p, &d.B, d.TextB, column)
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

// side lays one article out in a column.
func (d *Question) side(p *printer, s *Side, text []Piece, column int) (lines []styledLine) {
	add := func(st style, s string) {
		s = truncate(s, column)
		l := styledLine{isolate(s), width(s)}
		if st != plain && s != "" {
			l.text = string(st) + l.text + string(reset)
		}
		lines = append(lines, l)
	}
	add(p.bold, orNone(clean(s.Headline)))
	add(plain, strings.TrimSpace(p.moment(s.Date)+"  "+name(s.Outlet)+"  "+short(clean(s.Article))))
	add(p.dim, strings.TrimSpace(fmt.Sprintf("%s, %s  %s", Count(s.Words, "word"), s.cluster(), name(s.Credit))))
	if s.URL != "" {
		add(p.dim, clean(s.URL))
	}
	add(plain, "")
	body := p.columns(text, column)
	if d.Lines > 0 && len(body) > d.Lines {
		more := len(body) - d.Lines
		body = body[:d.Lines]
		lines = append(lines, body...)
		add(p.dim, "and "+Count(more, "more line"))
		return lines
	}
	return append(lines, body...)
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
