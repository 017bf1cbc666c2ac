package detect

import (
	"cmp"
	"math"
	"math/bits"
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

// count counts the candidates of an article, in no order. They are valid until the
// next call for the same worker.
func (w *worker) count(seq uint32, found found) []hit {
	n := 0
	for _, part := range found {
		n += len(part.Hits(seq))
	}
	// Open addressing: article -> place in hits + 1.
	size := bits.Len(uint(2 * n))
	if cap(w.slots) < 1<<size {
		w.slots = make([]uint32, 1<<size)
	}
	slots := w.slots[:1<<size]
	clear(slots)
	hits := w.hits[:0]
	for _, part := range found {
		for _, f := range part.Hits(seq) {
			at := f.Article() * 0x9E3779B1 >> (32 - size)
			for slots[at] != 0 && hits[slots[at]-1].seq != f.Article() {
				at = (at + 1) & (1<<size - 1)
			}
			if slots[at] == 0 {
				hits = append(hits, hit{seq: f.Article()})
				slots[at] = uint32(len(hits))
			}
			h := &hits[slots[at]-1]
			switch {
			case f.Whole(): // outranks all others
				h.all, h.kept = math.MaxUint16, math.MaxUint16
			case h.all < math.MaxUint16-1:
				h.all++
				if f.Kept() {
					h.kept++
				}
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
