package detect

import (
	"cmp"
	"math"
	"slices"

	"dedupe/candidate"
	"dedupe/similarity"
)

// hit counts what a candidate shares with the article that is judged.
type hit struct {
	seq  uint32
	all  uint16 // anchors
	kept uint16 // those that are not furniture
}

func (h hit) toLearn() uint16 { return h.all }
func (h hit) toLink() uint16  { return h.kept }

// count counts the candidates of an article. They are valid until the next call
// for the same worker.
func (w *worker) count(seq uint32, found found) []hit {
	all := w.found[:0]
	for _, part := range found {
		all = append(all, part.Hits(seq)...)
	}
	w.found = all
	slices.Sort(all)
	hits := w.hits[:0]
	for _, f := range all {
		if len(hits) == 0 || hits[len(hits)-1].seq != f.Article() {
			hits = append(hits, hit{seq: f.Article()})
		}
		h := &hits[len(hits)-1]
		switch {
		case f.Whole(): // before all others
			h.all, h.kept = math.MaxUint16, math.MaxUint16
		case h.all < math.MaxUint16:
			h.all++
			if f.Kept() {
				h.kept++
			}
		}
	}
	w.hits = hits
	return hits
}

// best returns the candidates of an article that are worth comparing, those
// that share most first and of equals the earlier. What a pair shares of the
// smaller sketch estimates containment: a pair far below every threshold is left
// out, and so is one far below the best, which only shares stock phrases with a
// text that has copies.
func (e *Engine) best(seq uint32, hits []hit, count func(hit) uint16) []uint32 {
	const far = 5
	own := e.place(seq).Sampled
	sketch := func(h hit) uint16 { return min(own, e.place(h.seq).Sampled) }
	top := 0.0
	share := func(h hit) float64 { return float64(count(h)) / float64(max(1, sketch(h))) }
	for _, h := range hits {
		top = max(top, min(1, share(h)))
	}
	var worth []hit
	for _, h := range hits {
		if n := count(h); n > 0 && int(n) >= required(sketch(h)) && far*share(h) >= top {
			worth = append(worth, h)
		}
	}
	slices.SortFunc(worth, func(a, b hit) int {
		return cmp.Or(cmp.Compare(count(b), count(a)), e.compare(a.seq, b.seq))
	})
	out := make([]uint32, 0, e.opt.Candidates.Best)
	for _, h := range worth[:min(len(worth), e.opt.Candidates.Best)] {
		out = append(out, h.seq)
	}
	return out
}

// required is how many sampled anchors two articles must share to be compared,
// of the smaller sketch: a seventh, three standard deviations below where links
// begin, and less for small sketches, whose counts scatter more.
func required(sampled uint16) int {
	switch {
	case sampled <= 10:
		return 1
	case sampled <= 20:
		return 2
	}
	return int(sampled)/7 + 1
}

// anchors returns the anchors of a text, in the worker's memory.
func (e *Engine) anchors(w *worker, p *similarity.Profile) []candidate.Anchor {
	w.shingles = p.Shingles(w.shingles[:0])
	w.anchors = e.opt.Candidates.Anchors(w.anchors[:0], p, w.shingles)
	return w.anchors
}

// covered reports whether an anchor is furniture.
func covered(t *similarity.Text, a candidate.Anchor) bool {
	return t.Furniture != nil && a.From >= 0 && t.Furniture[a.From] && t.Furniture[a.To]
}
