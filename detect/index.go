package detect

import (
	"context"
	"math"

	"dedupe/candidate"
	"dedupe/storage"
)

// index holds the segments: those of the store, and those that this run made,
// which stay in memory until they are written and while there is room.
//
// Segments are merged in tiers: when fanout of them are of one tier (each
// fanout times as long as the one below), they become one of the next. A
// posting is so rewritten once a tier, and a look-up walks a handful of
// segments.
type index struct {
	store *storage.Store
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

const (
	fanout     = 8
	maxSegment = 4 << 20   // postings, of 60,000 articles; longer ones are not merged further: memory of a merge, and what lies outside the window is passed over
	maxHeld    = 128 << 20 // bytes of blocks kept in memory
	written    = 2         // age at which a segment is surely in the store
)

func (x *index) open(store *storage.Store, stored []*candidate.Segment, broken map[int64]bool, places candidate.Places) {
	x.store = store
	for _, s := range stored {
		x.add(part{seg: s, age: written, broken: broken[s.ID]}, places)
	}
}

func (x *index) add(p part, places candidate.Places) {
	p.dates[0], p.dates[1] = p.seg.Dates(places)
	x.parts = append(x.parts, p)
}

// segments returns the segments that may have articles of the given dates, with
// Load functions of their own, for one goroutine. Articles mostly come in the
// order of their dates, so that most segments lie outside of any window.
func (x *index) segments(ctx context.Context, from, to int64) (list []*candidate.Segment) {
	for _, p := range x.parts {
		if p.dates[1] >= from && p.dates[0] <= to {
			list = append(list, p.load(ctx, x.store.SearchLoader))
		}
	}
	return list
}

// loader is how blocks of a stored segment are read.
type loader = func(context.Context, *candidate.Segment) func(int) ([]candidate.Posting, error)

func (p *part) load(ctx context.Context, stored loader) *candidate.Segment {
	seg := *p.seg
	if p.blocks != nil {
		seg.Load = candidate.FromMemory(p.blocks)
	} else {
		seg.Load = stored(ctx, p.seg)
	}
	return &seg
}

// extend adds a batch's postings as a segment and merges where a tier is full.
func (x *index) extend(ctx context.Context, b *storage.Batch, postings []candidate.Posting, places candidate.Places, next *int64) error {
	a, err := x.prepare(ctx, postings, places)
	if err == nil {
		x.attach(b, a, places, next)
	}
	return err
}

// addition is a segment that takes the place of others.
type addition struct {
	part
	from   int   // the others, to the end
	damage int64 // the segment that was found to be broken; 0: none
}

// prepare makes the segment that extends the index, which may be read meanwhile.
func (x *index) prepare(ctx context.Context, postings []candidate.Posting, places candidate.Places) (a addition, err error) {
	if len(postings) == 0 {
		return a, nil
	}
	from, n := x.full(len(postings))
	if a, err = x.join(ctx, postings, places, from, n); !storage.IsDamage(err) {
		return a, err
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
func (x *index) join(ctx context.Context, postings []candidate.Posting, places candidate.Places, from, n int) (a addition, err error) {
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

// attach puts what was prepared in its place.
func (x *index) attach(b *storage.Batch, a addition, places candidate.Places, next *int64) {
	if a.seg == nil {
		return
	}
	for i := range x.parts {
		x.parts[i].broken = x.parts[i].broken || a.damage != 0 && x.parts[i].seg.ID == a.damage
	}
	for _, p := range x.parts[a.from:] {
		x.held -= size(p.blocks)
		if made := removeSegment(b, p.seg.ID); !made {
			b.Merged = append(b.Merged, p.seg.ID)
		}
	}
	clear(x.parts[a.from:]) // or the blocks stay in memory
	x.parts = x.parts[:a.from]
	a.seg.ID = *next
	*next++
	x.add(a.part, places)
	x.held += size(a.blocks)
	b.Segments = append(b.Segments, storage.SegmentRow{ID: a.seg.ID, Len: a.seg.Len, First: a.seg.First, Last: a.seg.Last, Blocks: a.blocks})
}

// full returns where the segments begin that a new one of n postings merges with,
// and how many postings there are then: fanout-1 of them fill its tier with it, and
// as many of the next tier with what these make.
func (x *index) full(n int) (from, all int) {
	from = len(x.parts)
	for from >= fanout-1 {
		sum := n
		for _, p := range x.parts[from-(fanout-1) : from] {
			if p.broken || p.seg.Len > fanout/2*n { // or of a higher tier
				return from, n
			}
			sum += p.seg.Len
		}
		if sum > maxSegment {
			break
		}
		from, n = from-(fanout-1), sum
	}
	return from, n
}

func removeSegment(b *storage.Batch, id int64) bool {
	for i := range b.Segments {
		if b.Segments[i].ID == id {
			b.Segments = append(b.Segments[:i], b.Segments[i+1:]...)
			return true
		}
	}
	return false
}

// settle ages the segments and drops from memory, oldest first, what there is
// no room for and the store has.
func (x *index) settle() {
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
