package detect

import (
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
	lost    bool                  // its text cannot be read: there is no judgement
}

// judge compares an article with its candidates.
//
// Candidates are found twice: by all anchors, to learn what is furniture, and
// by those that are not furniture, to link. The first counts furniture too, or
// what is learned would depend on what was learned before. Where no furniture
// is known both are nearly the same. Learning can be left out.
func (e *Engine) judge(ctx context.Context, w *worker, seq uint32, found found, learning bool) (judgement, error) {
	j := judgement{seq: seq}
	t, err := e.text(ctx, w, seq)
	if storage.IsDamage(err) {
		j.lost = true
		return j, e.store.Tell(ctx, err)
	}
	if err != nil {
		return j, err
	}
	hits := w.count(seq, found)
	if len(hits) == 0 {
		return j, nil
	}
	var learn []uint32
	if learning {
		learn = e.best(seq, math.MaxUint16, hits, toLearn)
	}
	link := e.best(seq, found.left(seq), hits, toLink)
	w.scale.Load(t)
	w.sighted = w.sighted[:0]
	settled := 0
	for _, other := range link {
		u, err := e.text(ctx, w, other)
		if storage.IsDamage(err) {
			kept, err := e.kept(ctx, other, seq, err)
			if err != nil {
				return j, err
			}
			j.pairs = append(j.pairs, kept...)
			if len(kept) > 0 && settles(kept[0].Verdict) {
				if settled++; settled == e.opt.Candidates.Links {
					break
				}
			}
			continue
		}
		if err != nil {
			return j, err
		}
		v := e.verdict(w, other, seq, u)
		if slices.Contains(learn, other) {
			w.sight(other, e.place(other).Outlet, u, v.Evidence.Unrelated)
		}
		j.pairs = append(j.pairs, storage.PairRow{A: other, B: seq, Verdict: v})
		if settles(v) {
			if settled++; settled == e.opt.Candidates.Links {
				break
			}
		}
	}
	if !learning {
		return j, nil
	}
	j.learned, err = e.learn(ctx, w, seq, t, learn)
	return j, err
}

// settles reports whether a link counts among those after which no more candidates
// are looked at. A rewrite does not: it may be of another article's words, and the
// text itself be still to come.
func settles(v similarity.Verdict) bool { return v.Linked() && v.Kind != similarity.Rewrite }

// verdict judges a pair of which the later article, b, is on the scale.
func (e *Engine) verdict(w *worker, a, b uint32, ta *similarity.Text) similarity.Verdict {
	ev := w.scale.Measure(ta).Swap()
	e.context(&ev, a, b)
	return similarity.Decide(ev, e.Thresholds(a, b))
}

// context adds to the evidence what is not in the texts. a stands before b.
func (e *Engine) context(ev *similarity.Evidence, a, b uint32) {
	pa, pb := e.place(a), e.place(b)
	if pa.Date != candidate.Undated && pb.Date != candidate.Undated {
		ev.Days = similarity.DaysBetween(pa.Date, pb.Date)
	}
	ev.SameOutlet = e.sameOutlet(a, b)
}

func (e *Engine) sameOutlet(a, b uint32) bool {
	o := e.place(a).Outlet
	return o != 0 && o == e.place(b).Outlet
}
