package detect

import (
	"cmp"
	"context"
	"slices"

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
func (a along) keysOn(shingles []uint64, p boilerplate.Passage, turned map[uint64]bool, k int) (keys []uint64) {
	for i := p.Start; i < p.Start+p.Len-k+1; i++ {
		if !turned[shingles[i]] {
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

// remeasure notes the words left of articles in which furniture was found, or
// in which something is no furniture any more.
func (e *Engine) remeasure(ctx context.Context, b *storage.Batch, seqs []uint32) error {
	first := e.firstNew(b)
	sizes := make([]storage.Resize, len(seqs))
	err := e.each(len(seqs), func(w *worker, i int) error {
		t, err := e.text(ctx, w, seqs[i])
		if storage.IsDamage(err) {
			return nil
		}
		if err == nil {
			sizes[i] = storage.Resize{Seq: seqs[i], Words: t.WordsLeft, State: e.state(t.WordsLeft)}
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, x := range sizes {
		if x.Seq == 0 { // its text cannot be read
			continue
		}
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
