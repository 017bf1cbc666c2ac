// Package index keeps the segments of the inverted index: those of the store, and those that
// a run made, which stay in memory until they are written and while there is room. What is in
// a segment and how it is searched is package candidate's; what its blocks are stored in is
// the caller's.
//
// A batch of articles adds one segment. It is merged with those before it that are at most twice
// as long as what is merged so far, as in a log-structured merge tree (O'Neil et al. 1996). So each
// segment is more than twice as long as the next one, however uneven the batches are.
//
//	[................................] [............] [.....] [.]
//
// Cost: a posting is written some log2 times of how many batches there are, a look-up walks a handful of
// segments, and a merge takes memory for what it makes.
//
//	x := index.New(store, stored, broken, places)
//	a, err := x.Prepare(ctx, postings, places)   // while others look articles up
//	change := x.Attach(a, number, places)        // to be stored with the batch
//	segments := x.Segments(ctx, from, to)        // for a candidate.Query
package index

import (
	"context"
	"math"
	"slices"

	"dedupe/candidate"
)

// Store has the blocks of the stored segments. A storage.Store is one.
type Store interface {
	// Loader returns a function that reads the blocks of a segment, for one goroutine.
	Loader(ctx context.Context, seg *candidate.Segment) func(n int) ([]candidate.Posting, error)
	// SearchLoader is Loader for a search, which goes on without blocks that cannot be read.
	SearchLoader(ctx context.Context, seg *candidate.Segment) func(n int) ([]candidate.Posting, error)
	// Tell takes note of a block that cannot be read and is done without. It returns the
	// error if that is any other failure.
	Tell(ctx context.Context, err error) error
}

// Index holds the segments. Segments and Prepare may be called at the same time by several
// goroutines; while Attach, Settle or Clear is called nothing else may be.
type Index struct {
	store Store
	parts []part
	held  int // bytes of blocks in memory
}

type part struct {
	seg    *candidate.Segment // without Load
	dates  [2]int64           // of its articles, the first and the last
	broken bool               // not all of it can be read: it is merged into no other, which would lose that for good
	blocks []candidate.Block  // nil: in the store only
	age    int                // batches since it was made
}

// loader is how blocks of a stored segment are read.
type loader = func(context.Context, *candidate.Segment) func(int) ([]candidate.Posting, error)

const (
	maxSegment = 32 << 20  // postings, of 480,000 articles; longer ones are not merged further: memory of a merge, and what lies outside the window is passed over
	maxHeld    = 128 << 20 // bytes of blocks kept in memory
	written    = 2         // age at which a segment is surely in the store
)

// New returns an index of the stored segments, oldest first. A segment whose number is in broken
// is merged into no other. The store is asked for blocks as they are needed.
func New(store Store, stored []*candidate.Segment, broken map[int64]bool, places candidate.Places) *Index {
	x := &Index{store: store}
	for _, s := range stored {
		x.add(part{seg: s, age: written, broken: broken[s.ID]}, places)
	}
	return x
}

// Clear takes all segments out, for an index that is made anew.
func (x *Index) Clear() { x.parts, x.held = nil, 0 }

func (x *Index) add(p part, places candidate.Places) {
	p.dates[0], p.dates[1] = p.seg.Dates(places)
	x.parts = append(x.parts, p)
}

// Segments returns the segments that may have articles of the given dates, both included, with
// Load functions of their own, for one goroutine. Articles mostly come in the
// order of their dates, so that most segments lie outside of any window.
func (x *Index) Segments(ctx context.Context, from, to int64) (list []*candidate.Segment) {
	for _, p := range x.parts {
		if p.dates[1] >= from && p.dates[0] <= to {
			list = append(list, p.load(ctx, x.store.SearchLoader))
		}
	}
	return list
}

func (p *part) load(ctx context.Context, stored loader) *candidate.Segment {
	seg := *p.seg
	if p.blocks != nil {
		seg.Load = candidate.FromMemory(p.blocks)
	} else {
		seg.Load = stored(ctx, p.seg)
	}
	return &seg
}

// Addition is a segment that Prepare made and Attach puts in its place.
type Addition struct {
	part
	from   int   // of the segments that it takes the place of, which are the last ones
	damage int64 // the segment that was found to be broken; 0: none
}

// Prepare makes the segment of a batch's postings, sorted by candidate.SortPostings, and merges
// it with those before it. The index stays as it is, and may be read meanwhile. Of no postings
// it makes nothing. A segment of which a block cannot be read is told to the store and left
// out of the merge.
func (x *Index) Prepare(ctx context.Context, postings []candidate.Posting, places candidate.Places) (a Addition, err error) {
	if len(postings) == 0 {
		return a, nil
	}
	from, n := x.full(len(postings))
	if a, err = x.join(ctx, postings, places, from, n); err == nil {
		return a, nil
	}
	if err := x.store.Tell(ctx, err); err != nil {
		return a, err
	}
	damage := a.damage
	a, err = x.join(ctx, postings, places, len(x.parts), len(postings))
	a.damage = damage
	return a, err
}

// join makes a segment of n postings, the given ones and those of the parts after from. With
// a Damage comes the number of the segment that cannot be read.
func (x *Index) join(ctx context.Context, postings []candidate.Posting, places candidate.Places, from, n int) (a Addition, err error) {
	seg := &candidate.Segment{Len: n, First: math.MaxUint32}
	for _, p := range postings {
		seg.First, seg.Last = min(seg.First, p.Article()), max(seg.Last, p.Article())
	}
	var merged []*candidate.Segment
	for _, p := range x.parts[from:] {
		s := p.load(ctx, x.store.Loader)
		load := s.Load
		s.Load = func(n int) ([]candidate.Posting, error) {
			list, err := load(n)
			if err != nil {
				a.damage = s.ID
			}
			return list, err
		}
		merged = append(merged, s)
		seg.First, seg.Last = min(seg.First, p.seg.First), max(seg.Last, p.seg.Last) // 0 is unknown, and stays so
	}
	blocks, err := candidate.Join(merged, postings, places)
	if err != nil {
		return a, err
	}
	for _, k := range blocks {
		seg.Fences = append(seg.Fences, k.First)
	}
	a.part, a.from = part{seg: seg, blocks: blocks}, from
	return a, nil
}

// Change is what a store has to note of an addition: a segment, and the numbers of those
// that it takes the place of.
type Change struct {
	Segment *candidate.Segment // nil: there is nothing to note
	Blocks  []candidate.Block
	Merged  []int64
}

// Attach puts what was prepared in its place, under a number that no segment has.
func (x *Index) Attach(a Addition, id int64, places candidate.Places) (c Change) {
	if a.seg == nil {
		return c
	}
	for i := range x.parts {
		x.parts[i].broken = x.parts[i].broken || a.damage != 0 && x.parts[i].seg.ID == a.damage
	}
	for _, p := range x.parts[a.from:] {
		x.held -= size(p.blocks)
		c.Merged = append(c.Merged, p.seg.ID)
	}
	clear(x.parts[a.from:]) // or the blocks stay in memory
	x.parts = x.parts[:a.from]
	a.seg.ID = id
	x.add(a.part, places)
	x.held += size(a.blocks)
	c.Segment, c.Blocks = a.seg, a.blocks
	return c
}

// full returns where the segments begin that a new one of n postings merges with, and how many
// postings there are then.
func (x *Index) full(n int) (from, all int) {
	for from = len(x.parts); from > 0; from-- {
		p := x.parts[from-1]
		if p.broken || p.seg.Len > 2*n || p.seg.Len+n > maxSegment {
			break
		}
		n += p.seg.Len
	}
	return from, n
}

// Purge takes the postings of articles out for which gone holds. Each segment that had some is handed
// to store, with all of its blocks, to be stored in the place of that of its number, or with no block to
// be deleted. A segment that cannot be read stays as it is, and is told to the store of the index. Cost:
// the segments that may hold such articles are read, and those that do are written.
func (x *Index) Purge(ctx context.Context, gone func(article uint32) bool, places candidate.Places, store func(Change) error) error {
	left := x.parts[:0]
	defer func() { x.parts = left }()
	for i, p := range x.parts {
		pure, change, err := x.pure(ctx, &p, gone, places)
		if err == nil && change.Segment != nil {
			err = store(change)
		}
		if err != nil {
			left = append(left, x.parts[i:]...)
			return err
		}
		if pure.seg != nil {
			left = append(left, pure)
		}
	}
	return nil
}

// pure returns a segment without postings that are gone, one without a segment where none is left,
// and the change that makes it so; no change where there are none.
func (x *Index) pure(ctx context.Context, p *part, gone func(uint32) bool, places candidate.Places) (pure part, c Change, err error) {
	has := p.seg.First == 0 // it is not known
	for a := p.seg.First; a <= p.seg.Last && !has; a++ {
		has = gone(a)
	}
	if !has || p.broken {
		return *p, c, nil
	}
	seg := p.load(ctx, x.store.Loader)
	to := &candidate.Segment{ID: p.seg.ID, First: math.MaxUint32}
	load := seg.Load
	seg.Load = func(i int) ([]candidate.Posting, error) {
		list, err := load(i)
		list = slices.DeleteFunc(list, func(q candidate.Posting) bool { return gone(q.Article()) })
		to.Len += len(list)
		for _, q := range list {
			to.First, to.Last = min(to.First, q.Article()), max(to.Last, q.Article())
		}
		return list, err
	}
	blocks, err := candidate.Join([]*candidate.Segment{seg}, nil, places)
	if err != nil {
		return *p, c, x.store.Tell(ctx, err)
	}
	if to.Len == p.seg.Len {
		return *p, c, nil
	}
	x.held -= size(p.blocks)
	for _, k := range blocks {
		to.Fences = append(to.Fences, k.First)
	}
	if to.Len > 0 {
		pure = part{seg: to, age: written}
		pure.dates[0], pure.dates[1] = to.Dates(places)
	}
	return pure, Change{Segment: to, Blocks: blocks}, nil
}

// Settle is called when a batch was handed to the store, which by then has the one before: it
// drops from memory, oldest first, what there is no room for and the store has.
func (x *Index) Settle() {
	for i := range x.parts {
		p := &x.parts[i]
		p.age++
		if x.held > maxHeld && p.blocks != nil && p.age >= written {
			x.held -= size(p.blocks)
			p.blocks = nil
		}
	}
}

func size(blocks []candidate.Block) (n int) {
	for _, b := range blocks {
		n += len(b.Data)
	}
	return n
}
