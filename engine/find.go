package engine

import (
	"context"
	"errors"
	"math"
	"slices"
	"sort"
	"sync"

	"dedupe/candidate"
	"dedupe/similarity"
	"dedupe/storage"
)

// found is what a query found, in parts by key that are looked up side by side.
type found []*candidate.Found

// left is how many sampled anchors of an article asked for are not boilerplate.
func (f found) left(seq uint32) uint16 { return f[0].Left(seq) }

// findFor finds candidates of the given articles, which are in order; with later,
// also the lists in which others follow them. Without marked the hits do not say what is kept.
func (e *Engine) findFor(ctx context.Context, seqs []uint32, marked bool, fresh []candidate.Posting, later bool) (found, error) {
	if len(seqs) == 0 {
		return nil, nil
	}
	asks, wanted, err := e.asksFor(ctx, seqs, marked)
	if err != nil {
		return nil, err
	}
	return e.find(ctx, asks, among(fresh, wanted), wanted, later)
}

// findOnce is findFor for a step, which may keep what was found: learning and linking mostly search
// for the same articles, and where the one made nothing boilerplate, what it found serves the other.
func (e *Engine) findOnce(ctx context.Context, seqs []uint32, keep bool) (found, error) {
	last := e.searched
	e.searched = searched{}
	if last.seqs != nil && last.boilerplate == e.boilerplate.Version() && slices.Equal(last.seqs, seqs) {
		return last.found, nil
	}
	found, err := e.findFor(ctx, seqs, true, nil, false)
	if keep {
		e.searched = searched{seqs, e.boilerplate.Version(), found}
	}
	return found, err
}

// searched is a search of findOnce that was kept.
type searched struct {
	seqs        []uint32
	boilerplate uint64 // its version
	found       found
}

// asksFor asks for the candidates of articles, and returns the keys that they have, in no
// order and some of them several times. Without marked nothing counts as covered.
func (e *Engine) asksFor(ctx context.Context, seqs []uint32, marked bool) ([]candidate.Ask, []uint64, error) {
	asks := make([]candidate.Ask, len(seqs))
	keys := make([][]uint64, len(seqs))
	text := e.text
	if !marked {
		text = e.unmarked
	}
	err := e.each(len(seqs), func(w *worker, i int) error {
		t, err := text(ctx, w, seqs[i])
		if storage.IsDamage(err) { // it has no candidates
			asks[i] = candidate.Ask{Article: seqs[i], Left: math.MaxUint16}
			return nil
		}
		if err != nil {
			return err
		}
		w.anchors = e.opt.Candidates.Searched(w.anchors[:0], t.Profile)
		asks[i] = w.ask(seqs[i], t, w.anchors, marked)
		keys[i] = make([]uint64, len(w.anchors))
		for n, x := range w.anchors {
			keys[i][n] = candidate.Key(x.Hash)
		}
		return nil
	})
	return asks, slices.Concat(keys...), err
}

// ask asks for the candidates of an article, which are searched by these anchors.
func (w *worker) ask(seq uint32, t *similarity.Text, anchors []candidate.Anchor, marked bool) candidate.Ask {
	a := candidate.Ask{Article: seq, Whole: candidate.Key(anchors[len(anchors)-1].Hash), Left: math.MaxUint16}
	if !marked || t.Boilerplate == nil {
		return a
	}
	w.kept, w.left, w.covered = w.kept[:0], w.left[:0], w.covered[:0]
	for _, x := range anchors {
		if key := candidate.Key(x.Hash); covered(t, x) {
			w.covered = append(w.covered, key)
		} else {
			w.kept, w.left = append(w.kept, key), append(w.left, x)
		}
	}
	a.Left = candidate.Common(w.left)
	slices.Sort(w.covered)
	slices.Sort(w.kept)
	a.Covered = slices.Clone(slices.DeleteFunc(slices.Compact(w.covered), func(key uint64) bool {
		_, is := slices.BinarySearch(w.kept, key)
		return is
	}))
	return a
}

// find finds candidates by the new postings, which are sorted, and by further keys.
func (e *Engine) find(ctx context.Context, asks []candidate.Ask, fresh []candidate.Posting, keys []uint64, later bool) (found, error) {
	began := e.now()
	defer func() { e.lap(&e.spent.Find, began) }()
	n := shards * len(e.scratch)
	out := make(found, n)
	queries := make([]candidate.Query, n)
	fresh, _ = until(fresh, candidate.Posting.Guard)
	from, to := e.dates(asks)
	order := candidate.NewOrder(asks)
	parts := make([][]uint64, n)
	size := make([]int, n)
	for _, key := range keys {
		size[shard(key, n)]++
	}
	for i := range parts {
		parts[i] = make([]uint64, 0, size[i])
	}
	for _, key := range keys {
		i := shard(key, n)
		parts[i] = append(parts[i], key)
	}
	for i := range queries {
		q := e.query(ctx, nil, from, to)
		q.Asked, q.Order, q.Later = asks, order, later
		q.Fresh, fresh = until(fresh, func(p candidate.Posting) bool { return shard(p.Key(), n) > i })
		q.Keys = parts[i]
		queries[i] = q
	}
	var wg sync.WaitGroup
	errs := make([]error, len(e.scratch))
	for g := range e.scratch {
		wg.Go(func() {
			for i := g; i < n && errs[g] == nil; i += len(e.scratch) {
				queries[i].Scratch = &e.scratch[g]
				out[i], errs[g] = queries[i].Find()
			}
		})
	}
	wg.Wait()
	return out, errors.Join(errs...)
}

// shards is how many parts of the index each worker goes through one after the
// other: the postings of one of them are in memory at a time.
const shards = 4

// dates is those of the articles that can be candidates of those asked for, or
// to which these can be.
func (e *Engine) dates(asks []candidate.Ask) (from, to int64) {
	from, to = math.MaxInt64, math.MinInt64
	for _, a := range asks {
		date := e.place(a.Article).Date
		if e.window.Seconds <= 0 || date == candidate.Undated {
			return math.MinInt64, math.MaxInt64
		}
		from, to = min(from, e.window.Start(date)), max(to, date+e.window.Seconds)
	}
	return from, to
}

// query asks the segments that may have articles of the given dates.
func (e *Engine) query(ctx context.Context, fresh []candidate.Posting, from, to int64) candidate.Query {
	return candidate.Query{Fresh: fresh, Segments: e.index.Segments(ctx, from, to), Places: e.places, Window: e.window,
		Heads: e.opt.Candidates.Heads, Rare: e.opt.Candidates.Rare}
}

// shard cuts the range of keys, but for guards, into n equal parts; keys are hashes.
func shard(key uint64, n int) int { return int(key * uint64(n) >> (candidate.KeyBits - 1)) }

// until cuts a sorted list where after begins to hold.
func until[T any](list []T, after func(T) bool) (part, rest []T) {
	n := sort.Search(len(list), func(i int) bool { return after(list[i]) })
	return list[:n:n], list[n:]
}

// among returns those of sorted postings that have one of the keys.
func among(postings []candidate.Posting, keys []uint64) (list []candidate.Posting) {
	if len(postings) == 0 {
		return nil
	}
	for _, key := range sortedUnique(slices.Clone(keys)) {
		i := sort.Search(len(postings), func(i int) bool { return postings[i].Key() >= key })
		for ; i < len(postings) && postings[i].Key() == key; i++ {
			list = append(list, postings[i])
		}
	}
	return list
}
