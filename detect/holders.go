package detect

import (
	"context"

	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/storage"
)

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
	sizes := make([]storage.Resize, len(seqs))
	err := e.each(len(seqs), func(w *worker, i int) error {
		t, err := e.text(ctx, w, seqs[i])
		if err == nil {
			sizes[i] = storage.Resize{Seq: seqs[i], Words: t.WordsLeft, State: e.state(t.WordsLeft)}
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
		if was := e.state(n.part.Words); x.Seq >= e.began.Seq && was != x.State {
			if x.State == storage.TooShort {
				e.sum.TooShort++
			} else {
				e.sum.TooShort--
			}
		}
		n.part.Words = x.Words
		e.graph.touch(n)
		b.Resized = append(b.Resized, x)
	}
	return nil
}

// state is that of an article with so many words left.
func (e *Engine) state(words int) storage.State {
	if words < e.opt.Thresholds.MinWords {
		return storage.TooShort
	}
	return storage.Compared
}
