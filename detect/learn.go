package detect

import (
	"context"
	"slices"

	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/similarity"
	"dedupe/storage"
)

// learn enters the furniture that judging showed and returns, of each passage,
// the keys of the anchors that stand in it in articles of any length.
func (e *Engine) learn(ctx context.Context, b *storage.Batch, judged []judgement) (passages [][]uint64, err error) {
	w := &worker{builder: similarity.Builder{K: e.opt.Shingle}}
	for _, j := range judged {
		if len(j.learned) == 0 {
			continue
		}
		t, err := e.text(ctx, w, j.seq)
		if err != nil {
			return nil, err
		}
		anchors := e.anchors(w, t.Profile)
		for _, p := range j.learned {
			added := e.addFurniture(w.shingles[p.Start : p.Start+p.Len-e.opt.Shingle+1])
			if len(added) == 0 {
				continue
			}
			passages = append(passages, e.within(anchors, w.shingles, p, added))
			e.sum.Furniture++
			text, err := e.passage(ctx, j.seq, p)
			if err != nil {
				return nil, err
			}
			b.Learned = append(b.Learned, storage.FurnitureRow{ID: e.next.Furniture, Run: e.run, Example: j.seq, Passage: text, Shingles: added})
			e.next.Furniture++
		}
	}
	return passages, nil
}

// within returns the keys of the anchors that stand in that part of a passage
// which was not furniture before.
func (e *Engine) within(anchors []candidate.Anchor, shingles []uint64, p boilerplate.Passage, added []uint64) (keys []uint64) {
	fresh := make([]bool, p.Len)
	for i := range p.Len - e.opt.Shingle + 1 {
		if slices.Contains(added, shingles[p.Start+i]) {
			for j := range e.opt.Shingle {
				fresh[i+j] = true
			}
		}
	}
	for _, a := range anchors {
		if from, to := a.From-p.Start, a.To-p.Start; a.Common && from >= 0 && to < p.Len && fresh[from] && fresh[to] {
			keys = append(keys, candidate.Key(a.Hash))
		}
	}
	return keys
}

// holders returns the living articles that have most of the anchors of one of
// the passages, and so probably the passage or half of it.
func (e *Engine) holders(passages [][]uint64, postings []candidate.Posting) ([]uint32, error) {
	var all []uint32
	for _, keys := range passages {
		slices.Sort(keys)
		keys = slices.Compact(keys)
		if len(keys) == 0 {
			continue
		}
		q := e.query(nil, among(postings, keys))
		q.Keys = keys
		held, err := q.Holders((len(keys) + 1) / 2)
		if err != nil {
			return nil, err
		}
		all = append(all, held...)
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(seq uint32) bool { return e.place(seq).Dead }), nil
}
