package detect

import (
	"context"
	"slices"

	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/similarity"
	"dedupe/storage"
)

// holders returns the living articles that have one of the shingles, of those
// that have one of the keys.
func (e *Engine) holders(ctx context.Context, shingles map[uint64]bool, keys []uint64, postings []candidate.Posting) ([]uint32, error) {
	slices.Sort(keys)
	keys = slices.Compact(keys)
	q := e.query(ctx, among(postings, keys))
	q.Keys = keys
	likely, err := q.Holders()
	if err != nil {
		return nil, err
	}
	has := make([]bool, len(likely))
	err = e.each(len(likely), func(w *worker, i int) error {
		if e.place(likely[i]).Dead {
			return nil
		}
		cached, _ := e.cache.get(likely[i])
		p, _, err := e.profile(ctx, w, likely[i], cached) // most have nothing to do with it and are not kept
		if err != nil {
			return err
		}
		w.shingles = p.Shingles(w.shingles[:0])
		has[i] = slices.ContainsFunc(w.shingles, func(h uint64) bool { return shingles[h] })
		return nil
	})
	var held []uint32
	for i, seq := range likely {
		if has[i] {
			held = append(held, seq)
		}
	}
	return held, err
}

// keysOn returns the keys of the anchors that stand about the given shingles of
// k words where they stand in a passage: a text that has such a shingle in a run of
// candidate.Guard words in common with this one has one of them.
func keysOn(anchors []candidate.Anchor, shingles []uint64, p boilerplate.Passage, turned map[uint64]bool, k int) (keys []uint64) {
	var about []bool // by word
	from, to := p.Start, p.Start+p.Len
	if p.Len < candidate.Guard { // what stands around a short one must help
		from, to = 0, len(shingles)+k-1
	}
	for i := p.Start; i < p.Start+p.Len-k+1; i++ {
		if !turned[shingles[i]] {
			continue
		}
		if about == nil {
			about = make([]bool, len(shingles)+k-1)
		}
		for j := max(from, i+k-candidate.Guard); j < min(to, i+candidate.Guard); j++ {
			about[j] = true
		}
	}
	if about == nil {
		return nil
	}
	for _, a := range anchors {
		if !a.Whole() && about[a.From] && about[a.To] {
			keys = append(keys, candidate.Key(a.Hash))
		}
	}
	return keys
}

// remeasure notes the words left of articles in which furniture was found, or
// in which something is no furniture any more.
func (e *Engine) remeasure(ctx context.Context, b *storage.Batch, seqs []uint32) error {
	first := e.firstNew(b)
	sizes := make([]storage.Resize, len(seqs))
	err := e.each(len(seqs), func(w *worker, i int) error {
		t, err := e.text(ctx, w, seqs[i])
		if err == nil {
			sizes[i] = storage.Resize{Seq: seqs[i], Words: t.WordsLeft, State: e.state(t)}
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, x := range sizes {
		n, err := e.graph.node(ctx, x.Seq)
		if err != nil {
			return err
		}
		if n.part.Words == x.Words {
			continue
		}
		n.part.Words = x.Words
		e.graph.touch(n)
		if x.Seq < first {
			b.Resized = append(b.Resized, x)
			continue
		}
		a := &b.Articles[x.Seq-first]
		switch {
		case x.State == storage.TooShort && a.State != storage.TooShort:
			e.sum.TooShort++
		case x.State != storage.TooShort && a.State == storage.TooShort:
			e.sum.TooShort--
		}
		a.Words, a.State = x.Words, x.State
	}
	return nil
}

func (e *Engine) state(t *similarity.Text) storage.State {
	if t.WordsLeft < e.opt.Thresholds.MinWords {
		return storage.TooShort
	}
	return storage.Compared
}
