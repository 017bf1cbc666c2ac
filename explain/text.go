package explain

import (
	"cmp"
	"slices"

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
		boilerplate = append(boilerplate, "A: "+quote(p.a.body, s))
	}
	for _, s := range p.BoilerplateB {
		boilerplate = append(boilerplate, "B: "+quote(p.b.body, s))
	}
	return passages, boilerplate
}

func quote(body string, s similarity.Span) string {
	q := body[s.Start:s.End]
	if len(q) <= maxQuote {
		return q
	}
	cut := maxQuote
	for cut > 0 && q[cut]&0xC0 == 0x80 { // not within a character
		cut--
	}
	return q[:cut] + " …"
}

// pieces cuts a body where what is to be said of it changes. Spans may overlap;
// what is shared and boilerplate is boilerplate.
func pieces(body string, shared, boilerplate []similarity.Span) (list []report.Piece) {
	const isShared, isBoilerplate = 1, 2
	cuts := []int{0, len(body)}
	for _, s := range slices.Concat(shared, boilerplate) {
		cuts = append(cuts, int(s.Start), int(s.End))
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	covers := func(spans []similarity.Span, from int) bool {
		return slices.ContainsFunc(spans, func(s similarity.Span) bool { return int(s.Start) <= from && from < int(s.End) })
	}
	last := 0
	for i, from := range cuts[:len(cuts)-1] {
		mark := 0
		if covers(shared, from) {
			mark |= isShared
		}
		if covers(boilerplate, from) {
			mark |= isBoilerplate
		}
		text := body[from:cuts[i+1]]
		if n := len(list); n > 0 && mark == last {
			list[n-1].Text += text
			continue
		}
		last = mark
		list = append(list, report.Piece{Text: text, Shared: mark&isShared != 0, Boilerplate: mark&isBoilerplate != 0})
	}
	return list
}
