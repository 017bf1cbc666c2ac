package detect

import (
	"context"
	"errors"
	"slices"
	"sort"
	"sync"

	"dedupe/candidate"
)

// findFor returns the lists that judging the given articles needs.
func (e *Engine) findFor(ctx context.Context, judged []uint32, fresh []candidate.Posting) (lists, error) {
	if len(judged) == 0 {
		return nil, nil
	}
	keys := make([][]uint64, len(judged))
	err := e.each(len(judged), func(w *worker, i int) error {
		t, err := e.text(ctx, w, judged[i])
		if err != nil {
			return err
		}
		w.sketch = candidate.Sketch(w.sketch[:0], e.anchors(w, t.Profile), judged[i])
		for _, p := range w.sketch {
			keys[i] = append(keys[i], p.Shingle())
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	wanted := slices.Concat(keys...)
	slices.Sort(wanted)
	wanted = slices.Compact(wanted)
	return e.find(judged, among(fresh, wanted), wanted)
}

// find returns the lists of the new postings and of further keys, both sorted.
func (e *Engine) find(judged []uint32, fresh []candidate.Posting, keys []uint64) (lists, error) {
	began := e.now()
	defer func() { e.lap(&e.spent.Find, began) }()
	n := e.opt.Workers
	found := make(lists, n)
	var wg sync.WaitGroup
	errs := make([]error, n)
	for i := range n {
		q := e.query(judged, nil)
		q.Fresh, fresh = until(fresh, func(p candidate.Posting) bool { return shard(p.Shingle(), n) > i })
		q.Keys, keys = until(keys, func(k uint64) bool { return shard(k, n) > i })
		wg.Go(func() { found[i], errs[i] = q.Find() })
	}
	wg.Wait()
	return found, errors.Join(errs...)
}

func (e *Engine) query(judged []uint32, fresh []candidate.Posting) candidate.Query {
	return candidate.Query{Fresh: fresh, Segments: e.index.segments(), Place: e.place, Window: e.window,
		Judged: judged, Heads: e.opt.Candidates.Heads}
}

// lists are the lists of a query, in parts by key that are looked up side by side.
type lists []*candidate.Lists

func (l lists) get(key uint64) candidate.List { return l[shard(key, len(l))].Get(key) }

// shard cuts the range of keys into n equal parts; keys are hashes.
func shard(key uint64, n int) int { return int(key * uint64(n) >> candidate.KeyBits) }

// until cuts a sorted list where after begins to hold.
func until[T any](list []T, after func(T) bool) (part, rest []T) {
	n := sort.Search(len(list), func(i int) bool { return after(list[i]) })
	return list[:n:n], list[n:]
}

// among returns the postings of sorted keys.
func among(postings []candidate.Posting, keys []uint64) (list []candidate.Posting) {
	for _, key := range keys {
		i := sort.Search(len(postings), func(i int) bool { return postings[i].Shingle() >= key })
		for ; i < len(postings) && postings[i].Shingle() == key; i++ {
			list = append(list, postings[i])
		}
	}
	return list
}
