package explain

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"dedupe/notices"
	"dedupe/report"
	"dedupe/similarity"
)

// Bounds of what an explanation quotes without --diff.
const (
	maxPassages = 5   // the longest ones
	maxQuote    = 400 // bytes of each
)

// quotes returns the longest shared passages and the boilerplate as they stand.
func (p *pair) quotes() (passages, boilerplate []string) {
	long := slices.Clone(p.Passages)
	slices.SortStableFunc(long, func(s, t Shared) int { return cmp.Compare(t.Words, s.Words) })
	for _, s := range long[:min(len(long), maxPassages)] {
		passages = append(passages, quote(p.a.body, s.A))
	}
	for _, s := range p.BoilerplateA {
		boilerplate = append(boilerplate, "A"+known(s, p.NoticesA)+": "+quote(p.a.body, s))
	}
	for _, s := range p.BoilerplateB {
		boilerplate = append(boilerplate, "B"+known(s, p.NoticesB)+": "+quote(p.b.body, s))
	}
	return passages, boilerplate
}

// known says which of the notices that are known in advance are in what was left out.
func known(s similarity.Span, list []notices.Notice) string {
	var names []string
	for _, n := range list {
		if n.Start < s.End && s.Start < n.End && !slices.Contains(names, n.String()) {
			names = append(names, n.String())
		}
	}
	if names == nil {
		return ""
	}
	return " (known notice: " + strings.Join(names, "; ") + ")"
}

func quote(body string, s similarity.Span) string {
	q := body[s.Start:s.End]
	if len(q) <= maxQuote {
		return q
	}
	return q[:start(q, maxQuote)] + " …"
}

// pieces cuts a body where what is to be said of it changes. Spans may overlap;
// what is shared and boilerplate is boilerplate.
func pieces(body string, shared, boilerplate []similarity.Span) (list []report.Piece) {
	for _, p := range parts(body, [][]similarity.Span{shared}, boilerplate) {
		list = append(list, report.Piece{Text: p.Text, Shared: len(p.In) > 0, Boilerplate: p.Boilerplate})
	}
	return list
}

// start is the length of the longest beginning of s of at most n bytes that
// ends with a whole character.
func start(s string, n int) int {
	if len(s) <= n {
		return len(s)
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}

// parts cuts a body where what is to be said of it changes: which columns
// share it, and whether it is boilerplate. Spans may overlap and end behind it.
func parts(body string, shared [][]similarity.Span, boilerplate []similarity.Span) (list []report.Part) {
	type edge struct{ at, mark, step int } // step 1 where a mark begins, -1 where it ends
	page := len(shared)                    // the mark of boilerplate
	edges := []edge{{len(body), page, 0}}
	add := func(mark int, spans []similarity.Span) {
		for _, s := range spans {
			edges = append(edges, edge{min(int(s.Start), len(body)), mark, 1}, edge{min(int(s.End), len(body)), mark, -1})
		}
	}
	for i, spans := range shared {
		add(i, spans)
	}
	add(page, boilerplate)
	slices.SortFunc(edges, func(x, y edge) int { return cmp.Compare(x.at, y.at) })
	depth := make([]int, page+1)
	from := 0
	for _, e := range edges {
		if e.at > from {
			part := report.Part{Text: body[from:e.at], Boilerplate: depth[page] > 0}
			for i, n := range depth[:page] {
				if n > 0 {
					part.In = append(part.In, i)
				}
			}
			if n := len(list); n > 0 && list[n-1].Boilerplate == part.Boilerplate && slices.Equal(list[n-1].In, part.In) {
				list[n-1].Text += part.Text
			} else {
				list = append(list, part)
			}
			from = e.at
		}
		depth[e.mark] += e.step
	}
	return list
}
