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
	seq      uint32
	compared int
	pairs    []storage.PairRow     // with the candidates, this article as B
	learned  []boilerplate.Passage // furniture that it shows
}

// hit counts what a candidate shares with the article that is judged.
type hit struct {
	seq  uint32
	all  uint16 // anchors
	kept uint16 // those that are not furniture
}

// judge compares an article with its candidates.
//
// Candidates are found twice: by all anchors, to learn what is furniture, and
// by those that are not furniture, to link. The first counts furniture too, or
// what is learned would depend on what was learned before; it leaves out only
// what shares nothing but known furniture, from which nothing is to be learned.
func (e *Engine) judge(ctx context.Context, w *worker, seq uint32, found lists) (judgement, error) {
	j := judgement{seq: seq}
	t, err := e.text(ctx, w, seq)
	if err != nil {
		return j, err
	}
	hits := e.hits(w, seq, t, found)
	if len(hits) == 0 {
		return j, nil
	}
	own := e.place(seq)
	best := func(count func(hit) uint16) []uint32 {
		return e.best(hits, count, func(h hit) uint16 { return min(own.Sampled, e.place(h.seq).Sampled) })
	}
	// To learn, what shares more than known furniture; to link, what shares
	// most beside it.
	learn := best(func(h hit) uint16 {
		if h.kept == 0 {
			return 0
		}
		return h.all
	})
	link := learn
	if t.Furniture != nil {
		link = best(func(h hit) uint16 { return h.kept })
	}
	w.scale.Load(t)
	var sightings []boilerplate.Sighting
	linked := 0
	for _, other := range link {
		u, err := e.text(ctx, w, other)
		if err != nil {
			return j, err
		}
		ev := w.scale.Measure(u).Swap()
		e.context(&ev, other, seq)
		if slices.Contains(learn, other) {
			sightings = e.sight(w, sightings, other, u, &ev)
		}
		v := similarity.Decide(ev, e.opt.Thresholds)
		if v.Linked() || ev.Containment() >= worthKeeping || ev.Order >= worthKeeping {
			j.pairs = append(j.pairs, storage.PairRow{A: other, B: seq, Verdict: v})
		}
		j.compared++
		if v.Linked() {
			if linked++; linked == e.opt.Candidates.Links {
				break
			}
		}
	}
	for _, other := range learn {
		if slices.Contains(link, other) {
			continue
		}
		u, err := e.text(ctx, w, other)
		if err != nil {
			return j, err
		}
		ev := w.scale.Sight(u)
		sightings = e.sight(w, sightings, other, u, &ev)
	}
	if !e.shows(t, sightings) {
		return j, nil
	}
	j.learned = boilerplate.Learn(t.Profile, sightings, e.opt.Stories, func(a, b uint32) bool {
		return err == nil && e.unrelated(ctx, w, a, b, &err)
	})
	return j, err
}

// shows reports whether unrelated articles share a passage that is not known to
// be furniture.
func (e *Engine) shows(t *similarity.Text, sightings []boilerplate.Sighting) bool {
	n := 0
	for _, s := range sightings {
		if s.Unrelated && slices.ContainsFunc(s.Passages, func(r similarity.Run) bool {
			return t.Furniture == nil || slices.Contains(t.Furniture[r.A:r.A+r.Len], false)
		}) {
			n++
		}
	}
	return n >= e.opt.Stories-1
}

// worthKeeping is the containment or order from which a pair that is no link is
// remembered, for tuning.
const worthKeeping = 0.2

// best returns the candidates that are worth comparing, those that share most
// first and of equals the earlier. What a pair shares of the smaller sketch
// estimates containment: a pair far below every threshold is left out, and so
// is one far below the best, which only shares stock phrases with a text that
// has copies.
func (e *Engine) best(hits []hit, count, sketch func(hit) uint16) []uint32 {
	const far = 5
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

// sight notes what the article that is judged shares with another one.
func (e *Engine) sight(w *worker, list []boilerplate.Sighting, other uint32, u *similarity.Text, ev *similarity.Evidence) []boilerplate.Sighting {
	s := boilerplate.Sighting{Article: other, Headline: u.Headline, Unrelated: ev.Unrelated}
	for _, r := range w.scale.Passages() {
		if r.Len >= boilerplate.MinPassage {
			s.Passages = append(s.Passages, r)
			s.Tells = append(s.Tells, !ev.Unrelated && w.scale.Tells(u, r))
		}
	}
	if len(s.Passages) == 0 {
		return list
	}
	return append(list, s)
}

// unrelated compares two candidates of one article with each other. The same
// few early pages are asked for again and again, so answers are kept.
func (e *Engine) unrelated(ctx context.Context, w *worker, a, b uint32, fail *error) bool {
	if e.before(b, a) {
		a, b = b, a
	}
	if answer, known := e.apart.Load([2]uint32{a, b}); known {
		return answer.(bool)
	}
	ta, err := e.text(ctx, w, a)
	if err != nil {
		*fail = err
		return false
	}
	tb, err := e.text(ctx, w, b)
	if err != nil {
		*fail = err
		return false
	}
	w.other.Load(tb)
	ev := w.other.Sight(ta)
	e.apart.Store([2]uint32{a, b}, ev.Unrelated)
	return ev.Unrelated
}
