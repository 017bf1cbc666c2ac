package engine

import (
	"cmp"
	"context"
	"math"
	"slices"

	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/storage"
)

// changed is the shingles that became or ceased to be boilerplate since articles were linked,
// and keys of the index: who has one of the shingles in boilerplate has one of the keys.
type changed struct {
	shingles boilerplate.Shingles[bool]
	keys     []uint64
}

func (s *changed) add(x *storage.Changed) {
	for _, h := range x.Shingles {
		if s.shingles.Get(h) { // and back
			s.shingles.Delete(h)
		} else {
			s.shingles.Set(h, true)
		}
	}
	s.keys = append(s.keys, x.Keys...)
}

// relinkChanged lets the articles of which other text is boilerplate now enter at link, and
// those that were compared with one of them: what is left of a candidate counts in what
// the two share.
func (e *Engine) relinkChanged(ctx context.Context) error {
	if e.changed.shingles.Len() == 0 {
		return nil
	}
	b := &storage.Batch{Run: e.run, Rejudged: true}
	waiting, err := e.at(ctx, storage.Link)
	if err != nil {
		return err
	}
	if e.others(waiting) {
		held, err := e.holders(ctx)
		if err != nil {
			return err
		}
		later, err := e.store.PairedWith(ctx, held)
		if err != nil {
			return err
		}
		b.Work.Enter(storage.Link, held...)
		b.Work.Enter(storage.Link, e.living(sortedUnique(later))...)
	}
	e.changed = changed{}
	if err := e.write(ctx, b); err != nil {
		return err
	}
	return e.writes.wait()
}

// holders returns the living articles of which other words are boilerplate by the shingles
// that changed.
func (e *Engine) holders(ctx context.Context) (held []uint32, err error) {
	q := e.query(ctx, nil, math.MinInt64, math.MaxInt64)
	q.Keys = sortedUnique(e.changed.keys)
	var likely []uint32
	if err := q.Holders(func(_ uint64, seq uint32) { likely = append(likely, seq) }); err != nil {
		return nil, err
	}
	likely = e.living(sortedUnique(likely))
	has := make([]bool, len(likely))
	err = e.each(len(likely), func(w *worker, i int) error {
		seq := likely[i]
		cached, _ := e.cache.Get(seq)
		p, t, err := e.profile(ctx, w, seq, cached)
		if storage.IsDamage(err) {
			return e.store.Tell(ctx, err)
		}
		if err != nil {
			return err
		}
		w.shingles = p.Shingles(w.shingles[:0])
		if e.boilerplate.Same(p, w.shingles, e.changed.shingles.Get) {
			return nil // most have nothing to do with it and are not kept
		}
		has[i] = true
		e.keep(seq, e.boilerplate.Mark(p, w.shingles, t))
		return nil
	})
	for i, seq := range likely {
		if has[i] {
			held = append(held, seq)
		}
	}
	e.log.Debug("boilerplate changed", "shingles", e.changed.shingles.Len(), "perhaps in articles", len(likely), "in", len(held))
	return held, err
}

// keysOn returns keys of anchors about the given shingles of k words where they
// stand in a passage: a text that has such a shingle in a run of candidate.Guard
// words in common with this one has one of them. Such a run has some anchor of this
// text in it, and so has what lies between that and the shingle: it is enough to
// know one within the shingle, or else the nearest on each side.
//
//	anchors   a-a   b--b      c-c    d--d
//	shingle              [....]
//	runs          `-----------------'          b or c is in each
func (a along) keysOn(shingles []uint64, p boilerplate.Passage, changed map[uint64]bool, k int) (keys []uint64) {
	for i := p.Start; i < p.Start+p.Len-k+1; i++ {
		if !changed[shingles[i]] {
			continue
		}
		end := i + k - 1 // its last word
		at, _ := slices.BinarySearchFunc(a.anchors, i, func(x candidate.Anchor, i int) int { return cmp.Compare(x.From, i) })
		within, left, right := -1, -1, -1
		for n := at; n < len(a.anchors) && (right < 0 || a.anchors[n].From < a.anchors[right].To); n++ {
			if to := a.anchors[n].To; to <= end {
				within = n
			} else if right < 0 || to < a.anchors[right].To {
				right = n
			}
		}
		for n := at - 1; n >= 0 && (left < 0 || a.reach[n] > end); n-- {
			if a.anchors[n].To > end { // around it
				keys = append(keys, candidate.Key(a.anchors[n].Hash))
			} else if left < 0 {
				left = n
			}
		}
		if within >= 0 {
			left, right = within, -1
		}
		for _, n := range []int{left, right} {
			if n >= 0 {
				keys = append(keys, candidate.Key(a.anchors[n].Hash))
			}
		}
	}
	return keys
}

// along is the anchors of a text in the order of their places.
type along struct {
	anchors []candidate.Anchor
	reach   []int // how far each and those before it extend
}

// sortAlong orders anchors in place; that of the whole text is left out.
func sortAlong(anchors []candidate.Anchor) along {
	anchors = slices.DeleteFunc(anchors, candidate.Anchor.Whole)
	slices.SortFunc(anchors, func(x, y candidate.Anchor) int { return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(x.To, y.To)) })
	a := along{anchors: anchors, reach: make([]int, len(anchors))}
	far := 0
	for i, x := range anchors {
		far = max(far, x.To)
		a.reach[i] = far
	}
	return a
}
