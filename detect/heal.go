package detect

import (
	"context"
	"math"
	"slices"

	"dedupe/storage"
)

// stale is what became or ceased to be furniture after articles that hold it were
// judged. Judging them again waits for the end of the run: in each batch the same
// articles would be read and judged again for one prompt after another.
//
//	batches   1    2    3    4        end of the run
//	turned      p    q    p
//	stale     p..  pq.  pq...         articles of 1 to 3 with p, of 1 and 2 with q
//
// What is stale is stored with each batch, so that a run which is broken off
// leaves the rest to the next one.
type stale struct {
	turned map[uint64]uint32 // shingle -> articles from here on were judged after it turned
	keys   map[uint64]uint32 // of the index: the same; who has one of the shingles has one of them
}

func (s *stale) add(x *storage.Stale) {
	if s.turned == nil {
		s.turned, s.keys = map[uint64]uint32{}, map[uint64]uint32{}
	}
	for _, h := range x.Shingles {
		s.turned[h] = max(s.turned[h], x.First)
	}
	for _, k := range x.Keys {
		s.keys[k] = max(s.keys[k], x.First)
	}
}

func sortedUnique(keys []uint64) []uint64 {
	slices.Sort(keys)
	return slices.Compact(keys)
}

// heal judges again the articles in which furniture changed after they were
// judged, and those to which one of these is a candidate, a batch at a time.
// store is given what came of each. Nothing is learned by it: that does not
// depend on what is furniture. Cost: as judging the same articles first did.
func (e *Engine) heal(ctx context.Context, store func(*storage.Batch, []judgement) error) error {
	if len(e.stale.turned) == 0 {
		return nil
	}
	q := e.query(ctx, nil, math.MinInt64, math.MaxInt64)
	q.Keys = sortedKeys(e.stale.keys)
	var likely []uint32
	err := q.Holders(func(key uint64, seq uint32) {
		if seq < e.stale.keys[key] {
			likely = append(likely, seq)
		}
	})
	if err != nil {
		return err
	}
	slices.Sort(likely)
	likely = slices.Compact(likely)
	held, err := e.holders(ctx, likely)
	if err != nil {
		return err
	}
	later, err := e.followers(ctx, held)
	if err != nil {
		return err
	}
	again := slices.Concat(held, later)
	slices.Sort(again)
	again = slices.DeleteFunc(slices.Compact(again), func(seq uint32) bool { return e.place(seq).Dead })
	e.log.Debug("furniture changed", "shingles", len(e.stale.turned), "perhaps in articles", len(likely), "in", len(held), "to judge again", len(again))
	for more := true; more; {
		part := again[:min(len(again), e.opt.Batch)]
		again = again[len(part):]
		more = len(again) > 0
		b := &storage.Batch{Run: e.run, Healed: !more}
		if err := e.remeasure(ctx, b, inBoth(part, held)); err != nil {
			return err
		}
		judged, err := e.judgeEach(ctx, part, part, nil, nil, false)
		if err != nil {
			return err
		}
		enter(b, judged)
		if err := store(b, judged); err != nil {
			return err
		}
	}
	e.stale = stale{}
	return nil
}

// inBoth returns what two ascending lists have in common.
func inBoth(a, b []uint32) (both []uint32) {
	for _, x := range a {
		if _, is := slices.BinarySearch(b, x); is {
			both = append(both, x)
		}
	}
	return both
}

// holders returns those of the given articles that live and of which other words
// are furniture by what turned after they were judged.
func (e *Engine) holders(ctx context.Context, likely []uint32) (held []uint32, err error) {
	has := make([]bool, len(likely))
	err = e.each(len(likely), func(w *worker, i int) error {
		seq := likely[i]
		if e.place(seq).Dead {
			return nil
		}
		cached, _ := e.cache.get(seq)
		p, t, err := e.profile(ctx, w, seq, cached)
		if err != nil {
			return err
		}
		w.shingles = p.Shingles(w.shingles[:0])
		turned := func(h uint64) bool { return seq < e.stale.turned[h] }
		if !slices.ContainsFunc(w.shingles, turned) || e.furniture.Same(p, w.shingles, turned) {
			return nil // most have nothing to do with it and are not kept
		}
		has[i] = true
		e.cache.put(seq, e.furniture.Mark(p, w.shingles, t), e.furniture.Version())
		return nil
	})
	for i, seq := range likely {
		if has[i] {
			held = append(held, seq)
		}
	}
	return held, err
}

// followers returns the articles that were compared with one of those given: what
// is left of a candidate when furniture is taken out counts in what they share.
func (e *Engine) followers(ctx context.Context, seqs []uint32) (list []uint32, err error) {
	list, err = e.store.PairedWith(ctx, seqs)
	for _, p := range e.flight[1].pairs { // may not be stored yet
		if _, is := slices.BinarySearch(seqs, p.A); is {
			list = append(list, p.B)
		}
	}
	for _, seq := range seqs {
		list = append(list, e.unstored[seq]...)
	}
	return list, err
}
