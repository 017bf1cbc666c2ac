package detect

import (
	"context"

	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/storage"
)

// keysOn returns keys of anchors about the given shingles of k words where they
// stand in a passage: a text that has such a shingle in a run of candidate.Guard
// words in common with this one has one of them. Such a run has some anchor of this
// text in it, and so has what lies between that and the shingle: it is enough to
// know one within the shingle, or else the nearest on each side.
//
//	anchors   a-a   b--b      c-c    d--d
//	shingle              [....]
//	runs          `-----------------'          b or c is in each
func keysOn(anchors []candidate.Anchor, shingles []uint64, p boilerplate.Passage, turned map[uint64]bool, k int) (keys []uint64) {
	for i := p.Start; i < p.Start+p.Len-k+1; i++ {
		if !turned[shingles[i]] {
			continue
		}
		end := i + k - 1 // its last word
		within, left, right := -1, -1, -1
		for n, a := range anchors {
			switch {
			case a.Whole():
			case a.From >= i && a.To <= end:
				within = n
			case a.From < i && a.To > end: // around it
				keys = append(keys, candidate.Key(a.Hash))
			case a.From < i:
				if left < 0 || a.From > anchors[left].From {
					left = n
				}
			default:
				if right < 0 || a.To < anchors[right].To {
					right = n
				}
			}
		}
		if within >= 0 {
			left, right = within, -1
		}
		for _, n := range []int{left, right} {
			if n >= 0 {
				keys = append(keys, candidate.Key(anchors[n].Hash))
			}
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
		if x.Seq < first {
			b.Resized = append(b.Resized, x)
		} else {
			b.Articles[x.Seq-first].Words, b.Articles[x.Seq-first].State = x.Words, x.State
		}
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
