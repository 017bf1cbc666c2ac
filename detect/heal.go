package detect

import (
	"context"
	"math"
	"slices"

	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/storage"
)

// stale is what became or ceased to be furniture after articles that hold it were
// judged. Those of the batch itself, whose texts are at hand, are judged again with
// it (healNew). Stored ones wait for the end of the run: in each batch the same
// articles would be read and judged again for one prompt after another.
//
//	batch     1    2    3    4    end of the run
//	turned         q    p         by what 2 and 3 learned
//	stale     pq   p              articles of 1 and 2 with p, of 1 with q
//
// What is stale is stored with each batch, so that a run which is broken off
// leaves the rest to the next one.
type stale struct {
	turned boilerplate.Shingles[uint32] // articles from here on were judged after it turned
	keys   map[uint64]uint32            // of the index: the same; who has one of the shingles has one of them
}

func (s *stale) add(x *storage.Stale) {
	if s.keys == nil {
		s.keys = map[uint64]uint32{}
	}
	for _, h := range x.Shingles {
		s.turned.Set(h, max(s.turned.Get(h), x.First))
	}
	for _, k := range x.Keys {
		s.keys[k] = max(s.keys[k], x.First)
	}
}

func sortedUnique(keys []uint64) []uint64 {
	slices.Sort(keys)
	return slices.Compact(keys)
}

// healNew judges again those of the new articles of a batch in which other words are
// furniture by what the batch turned, and what was compared with these, so that none
// stands in a cluster in passing. It returns all that was judged.
func (e *Engine) healNew(ctx context.Context, b *storage.Batch, judged []judgement, postings []candidate.Posting) ([]judgement, error) {
	if b.Stale == nil || len(b.Articles) == 0 {
		return judged, nil
	}
	var likely []uint32
	for _, p := range among(postings, b.Stale.Keys) {
		likely = append(likely, p.Article())
	}
	slices.Sort(likely)
	held, err := e.holders(ctx, slices.Compact(likely), func(_ uint32, h uint64) bool {
		_, is := slices.BinarySearch(b.Stale.Shingles, h)
		return is
	})
	if err != nil || len(held) == 0 {
		return judged, err
	}
	at := make(map[uint32]int, len(judged))
	again := slices.Clone(held)
	for i, j := range judged {
		at[j.seq] = i
		if slices.ContainsFunc(j.pairs, func(p storage.PairRow) bool { return isIn(held, p.A) }) {
			again = append(again, j.seq)
		}
	}
	slices.Sort(again)
	again = slices.Compact(again)
	if err := e.remeasure(ctx, b, held); err != nil {
		return nil, err
	}
	former := func(_ context.Context, seq uint32) ([]storage.PairRow, bool, error) {
		return judged[at[seq]].pairs, true, nil
	}
	healed, err := e.judgeHealed(ctx, again, held, former, postings)
	for _, j := range healed {
		judged[at[j.seq]].pairs = j.pairs
	}
	return judged, err
}

func isIn(sorted []uint32, seq uint32) bool {
	_, is := slices.BinarySearch(sorted, seq)
	return is
}

// heal judges again the articles in which furniture changed after they were
// judged, and those to which one of these is a candidate, a batch at a time.
// store is given what came of each. Nothing is learned by it: that does not
// depend on what is furniture. Cost: as judging the same articles first did.
func (e *Engine) heal(ctx context.Context, store func(*storage.Batch, []judgement) error) error {
	if e.stale.turned.Len() == 0 {
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
	held, err := e.holders(ctx, likely, func(seq uint32, h uint64) bool { return seq < e.stale.turned.Get(h) })
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
	e.log.Debug("furniture changed", "shingles", e.stale.turned.Len(), "perhaps in articles", len(likely), "in", len(held), "to judge again", len(again))
	for more := true; more; {
		part := again[:min(len(again), 2*e.opt.Batch)]
		again = again[len(part):]
		more = len(again) > 0
		b := &storage.Batch{Run: e.run, Healed: !more}
		turned := slices.DeleteFunc(slices.Clone(part), func(seq uint32) bool { return !isIn(held, seq) })
		if err := e.remeasure(ctx, b, turned); err != nil {
			return err
		}
		judged, err := e.judgeHealed(ctx, part, held, e.stored, nil)
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

// holders returns those of the given articles that live and of which other words
// are furniture by the shingles of which turned says that they turned after the
// article was judged.
func (e *Engine) holders(ctx context.Context, likely []uint32, turned func(seq uint32, h uint64) bool) (held []uint32, err error) {
	has := make([]bool, len(likely))
	err = e.each(len(likely), func(w *worker, i int) error {
		seq := likely[i]
		if e.place(seq).Dead {
			return nil
		}
		cached, _ := e.cache.Get(seq)
		p, t, err := e.profile(ctx, w, seq, cached)
		if storage.IsDamage(err) {
			return e.store.Tell(ctx, err)
		}
		if err != nil {
			return err
		}
		w.shingles = p.Shingles(w.shingles[:0])
		turned := func(h uint64) bool { return turned(seq, h) }
		if e.furniture.Same(p, w.shingles, turned) {
			return nil // most have nothing to do with it and are not kept
		}
		has[i] = true
		e.keep(w, seq, e.furniture.Mark(p, w.shingles, t))
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
		if isIn(seqs, p.A) {
			list = append(list, p.B)
		}
	}
	for _, seq := range seqs {
		list = append(list, e.unstored[seq]...)
	}
	return list, err
}
