package main

import (
	"cmp"
	"slices"

	"dedupe/detect"
	"dedupe/report"
	"dedupe/similarity"
)

// Bounds of what an explanation quotes without --diff.
const (
	maxPassages = 5   // the longest ones
	maxQuote    = 400 // bytes of each
)

// quotes returns the longest shared passages and the boilerplate as they stand.
func (x *explainer) quotes(bodyA, bodyB string) (passages, boilerplate []string) {
	long := slices.Clone(x.Passages)
	slices.SortStableFunc(long, func(p, q detect.Shared) int { return cmp.Compare(q.Words, p.Words) })
	for _, p := range long[:min(len(long), maxPassages)] {
		passages = append(passages, quote(bodyA, p.A))
	}
	for _, s := range x.FurnitureA {
		boilerplate = append(boilerplate, "A: "+quote(bodyA, s))
	}
	for _, s := range x.FurnitureB {
		boilerplate = append(boilerplate, "B: "+quote(bodyB, s))
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

// spans returns the places of the shared passages in one of the bodies.
func (x *explainer) spans(of func(detect.Shared) similarity.Span) []similarity.Span {
	var list []similarity.Span
	for _, p := range x.Passages {
		list = append(list, of(p))
	}
	return list
}

// pieces cuts a body where what is to be said of it changes. Spans may overlap;
// what is shared and boilerplate is boilerplate.
func pieces(body string, shared, furniture []similarity.Span) (list []report.Piece) {
	const isShared, isFurniture = 1, 2
	cuts := []int{0, len(body)}
	for _, s := range slices.Concat(shared, furniture) {
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
		if covers(furniture, from) {
			mark |= isFurniture
		}
		text := body[from:cuts[i+1]]
		if n := len(list); n > 0 && mark == last {
			list[n-1].Text += text
			continue
		}
		last = mark
		list = append(list, report.Piece{Text: text, Shared: mark&isShared != 0, Boilerplate: mark&isFurniture != 0})
	}
	return list
}
