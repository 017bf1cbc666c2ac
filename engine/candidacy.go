package engine

import (
	"context"
	"slices"

	"dedupe/candidate"
	"dedupe/similarity"
	"dedupe/storage"
)

// Candidacy says whether B was to be compared with A when it was judged.
type Candidacy struct {
	Outcome Outcome
	Shared  int // sampled anchors that both have, boilerplate left out
	Needed  int // so many
	Rare    int // of those shared, how many few articles have; counted where they were looked up
	Enough  int // so many of these are enough instead
	Ahead   int // earlier articles that are more like B
	Linked  int // of them, copies of B; only where Outcome is Settled or Compared
}

// Met reports whether the two share as much as is needed. Where they do not, they are
// compared all the same if few share more with B.
func (c Candidacy) Met() bool { return c.Shared >= c.Needed || c.Rare >= c.Enough }

// Outcome is how the search for candidates went.
type Outcome uint8

// The outcomes, in the order in which they are ruled out.
const (
	Retired     Outcome = iota // one of them is an older version
	TooFar                     // their dates are further apart than the window, or than is searched of it
	TooLittle                  // they share too few sampled anchors, and others more
	Crowded                    // what they share so many have that B was not compared with A
	Outranked                  // so many are more like B, or one so much more
	Unmentioned                // they share less than is needed, and neither mentions the other's headline
	Settled                    // B is a copy of so many of those already that more need not be looked at
	Compared                   // they were compared
)

// Candidacy looks for candidates of the loaded article as a run does, and says what became of a,
// which stands before it. What Passages says is that of another pair then.
func (j *Judge) Candidacy(ctx context.Context, a uint32) (Candidacy, error) {
	e, w, b, tb := j.e, j.w, j.b, j.text
	ta, err := e.text(ctx, w, a)
	if err != nil {
		return Candidacy{}, err
	}
	pa, pb := e.place(a), e.place(b)
	sketch := min(pa.Size.Sampled(), pb.Size.Sampled(), w.ask(b, tb, e.opt.Candidates.Searched(nil, tb.Profile), true).Left)
	c := Candidacy{Needed: required(sketch), Enough: requiredRare(sketch)}
	c.Shared = e.common(w, ta, tb)
	switch {
	case pa.Dead || pb.Dead:
		c.Outcome = Retired
		return c, nil
	case pa.Date < e.window.Start(pb.Date):
		c.Outcome = TooFar
		return c, nil
	case c.Shared < min(c.Needed, c.Enough, slightest):
		c.Outcome = TooLittle
		return c, nil
	}
	found, err := e.findFor(ctx, []uint32{b}, true, e.visit.fresh, false)
	if err != nil {
		return c, err
	}
	hits := w.count(b, found)
	i := slices.IndexFunc(hits, func(h hit) bool { return h.seq == a })
	if i < 0 || hits[i].kept == 0 {
		c.Outcome = Crowded
		return c, nil
	}
	c.Rare = int(hits[i].rare)
	link := e.best(b, found.left(b), hits, toLink)
	at := slices.Index(link.list, a)
	switch {
	case at < 0 && !c.Met():
		c.Outcome = TooLittle
		return c, nil
	case at < 0:
		c.Outcome, c.Ahead = Outranked, len(link.list)
		return c, nil
	case at >= link.likely && w.scale.Mentioned(ta) < leastMentioned:
		c.Outcome = Unmentioned
		return c, nil
	}
	c.Ahead = at
	for i, other := range link.list[:at] {
		t, err := e.text(ctx, w, other)
		if storage.IsDamage(err) {
			continue
		}
		if err != nil {
			return c, err
		}
		if i >= link.likely && w.scale.Mentioned(t) < leastMentioned {
			continue
		}
		if settles(e.verdict(w, other, b, t)) {
			c.Linked++
		}
	}
	c.Outcome = Compared
	if c.Linked >= e.opt.Candidates.Links {
		c.Outcome = Settled
	}
	return c, nil
}

// common counts the sampled anchors that two texts share, outside the boilerplate of b as
// the search for its candidates does.
func (e *Engine) common(w *worker, a, b *similarity.Text) (n int) {
	sketch := func(t *similarity.Text) []uint64 {
		var keys []uint64
		w.anchors = e.opt.Candidates.Searched(w.anchors[:0], t.Profile)
		for _, a := range w.anchors {
			if !(t == b && covered(t, a)) {
				keys = append(keys, candidate.Key(a.Hash))
			}
		}
		slices.Sort(keys)
		return slices.Compact(keys)
	}
	inB := sketch(b)
	for _, h := range sketch(a) {
		if _, both := slices.BinarySearch(inB, h); both {
			n++
		}
	}
	return n
}
