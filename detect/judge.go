package detect

import (
	"cmp"
	"context"
	"math"
	"slices"

	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/similarity"
	"dedupe/storage"
)

// judgement is what came of judging one article against those before it.
type judgement struct {
	seq     uint32
	pairs   []storage.PairRow     // with the candidates, this article as B
	learned []boilerplate.Passage // furniture that it shows
}

// hit counts what a candidate shares with the article that is judged.
type hit struct {
	seq  uint32
	all  uint16 // anchors
	kept uint16 // those that are not furniture
}

func (h hit) toLearn() uint16 { return h.all }
func (h hit) toLink() uint16  { return h.kept }

// judge compares an article with its candidates.
//
// Candidates are found twice: by all anchors, to learn what is furniture, and
// by those that are not furniture, to link. The first counts furniture too, or
// what is learned would depend on what was learned before. Where no furniture
// is known both are the same. Learning can be left out.
func (e *Engine) judge(ctx context.Context, w *worker, seq uint32, found lists, learning bool) (judgement, error) {
	j := judgement{seq: seq}
	t, err := e.text(ctx, w, seq)
	if err != nil {
		return j, err
	}
	hits := e.hits(w, seq, t, found)
	if len(hits) == 0 {
		return j, nil
	}
	link := e.best(seq, hits, hit.toLink)
	w.scale.Load(t)
	w.sighted = w.sighted[:0]
	linked := 0
	for _, other := range link {
		u, err := e.text(ctx, w, other)
		if err != nil {
			return j, err
		}
		ev := w.scale.Measure(u).Swap()
		e.context(&ev, other, seq)
		w.sight(other, u, &ev)
		v := similarity.Decide(ev, e.opt.Thresholds)
		j.pairs = append(j.pairs, storage.PairRow{A: other, B: seq, Verdict: v})
		if v.Linked() {
			if linked++; linked == e.opt.Candidates.Links {
				break
			}
		}
	}
	if !learning {
		return j, nil
	}
	learn := link
	if t.Furniture != nil {
		learn = e.best(seq, hits, hit.toLearn)
	}
	j.learned, err = e.learn(ctx, w, t, learn)
	return j, err
}

// best returns the candidates of an article that are worth comparing, those that share most
// first and of equals the earlier. What a pair shares of the smaller sketch
// estimates containment: a pair far below every threshold is left out, and so
// is one far below the best, which only shares stock phrases with a text that
// has copies.
func (e *Engine) best(seq uint32, hits []hit, count func(hit) uint16) []uint32 {
	const far = 5
	own := e.place(seq).Sampled
	sketch := func(h hit) uint16 { return min(own, e.place(h.seq).Sampled) }
	top := 0.0
	share := func(h hit) float64 { return float64(count(h)) / float64(max(1, sketch(h))) }
	for _, h := range hits {
		top = max(top, min(1, share(h)))
	}
	worth := slices.DeleteFunc(slices.Clone(hits), func(h hit) bool {
		n := int(count(h))
		return n == 0 || n < required(sketch(h)) || far*share(h) < top
	})
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

// hits counts the candidates of an article over its lists.
func (e *Engine) hits(w *worker, seq uint32, t *similarity.Text, found lists) []hit {
	own := e.place(seq)
	all := w.found[:0]
	var equal []uint32 // articles of the same text
	for _, a := range e.anchors(w, t.Profile) {
		l := found.get(candidate.Key(a.Hash))
		if l == nil {
			continue
		}
		kept := uint64(1)
		if covered(t, a) {
			kept = 0
		}
		l.Heads(seq, own, e.window, e.opt.Candidates.Heads, e.place, func(other uint32) {
			all = append(all, uint64(other)<<1|kept)
			if a.Whole() {
				equal = append(equal, other)
			}
		})
	}
	w.found = all
	slices.Sort(all)
	var hits []hit
	for _, f := range all {
		other := uint32(f >> 1)
		if len(hits) == 0 || hits[len(hits)-1].seq != other {
			hits = append(hits, hit{seq: other})
		}
		h := &hits[len(hits)-1]
		if h.all < math.MaxUint16 {
			h.all++
			h.kept += uint16(f & 1)
		}
	}
	for _, other := range equal { // before all others
		i, _ := slices.BinarySearchFunc(hits, other, func(h hit, seq uint32) int { return cmp.Compare(h.seq, seq) })
		hits[i].all, hits[i].kept = math.MaxUint16, math.MaxUint16
	}
	return hits
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

// context adds to the evidence what is not in the texts. a stands before b.
func (e *Engine) context(ev *similarity.Evidence, a, b uint32) {
	pa, pb := e.place(a), e.place(b)
	if pa.Date != candidate.Undated && pb.Date != candidate.Undated {
		ev.Days = math.Round(math.Abs(float64(pb.Date-pa.Date))/864) / 100
	}
	ev.SameOutlet = pa.Outlet != 0 && pa.Outlet == pb.Outlet
}
