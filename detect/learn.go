package detect

import (
	"context"
	"slices"

	"dedupe/boilerplate"
	"dedupe/similarity"
	"dedupe/storage"
)

// learn returns the passages of a text, which is on the scale, that are
// furniture by what it shares with others, the one with most in common first.
// As for links, enough of them that are not unrelated end the search. Nothing
// here depends on what is known to be furniture.
func (e *Engine) learn(ctx context.Context, w *worker, seq uint32, t *similarity.Text, others []uint32) ([]boilerplate.Passage, error) {
	var sightings []boilerplate.Sighting
	related, unrelated := 0, 0
	for _, other := range others {
		i := slices.IndexFunc(w.sighted, func(s boilerplate.Sighting) bool { return s.Article == other })
		if i < 0 {
			u, err := e.text(ctx, w, other)
			if storage.IsDamage(err) {
				continue
			}
			if err != nil {
				return nil, err
			}
			ev := w.scale.Sight(u)
			w.sight(other, e.place(other).Outlet, u, ev.Unrelated)
			i = len(w.sighted) - 1
		}
		s := w.sighted[i]
		sightings = append(sightings, s)
		if s.Unrelated {
			unrelated++
		} else if related++; related == e.opt.Candidates.Links {
			break
		}
	}
	if unrelated < e.opt.Stories-1 {
		return nil, nil
	}
	var err error
	learned := boilerplate.Learn(t.Profile, e.place(seq).Outlet, sightings, e.opt.Stories, func(a, b uint32) bool {
		return err == nil && e.unrelated(ctx, w, a, b, &err)
	})
	return learned, err
}

// sight notes what the text on the scale shares with another one.
func (w *worker) sight(other, outlet uint32, u *similarity.Text, unrelated bool) {
	w.sighted = append(w.sighted, boilerplate.Sight(&w.scale, u, other, outlet, unrelated))
}

// unrelated compares two candidates of one article with each other. The same
// few early pages are asked for again and again, so answers are kept.
func (e *Engine) unrelated(ctx context.Context, w *worker, a, b uint32, fail *error) bool {
	if e.before(b, a) {
		a, b = b, a
	}
	if answer, known := e.answers.Load([2]uint32{a, b}); known {
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
	e.answers.Store([2]uint32{a, b}, ev.Unrelated)
	return ev.Unrelated
}
