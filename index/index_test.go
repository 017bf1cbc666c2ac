package index

import (
	"context"
	"errors"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"dedupe/candidate"
)

// memory is a store of segments. It has what was stored, as a run's writer stores it: one batch late.
type memory struct {
	segments map[int64][]candidate.Block
	bad      int64 // cannot be read
	told     int
}

var errBad = errors.New("damaged")

func (m *memory) Loader(_ context.Context, seg *candidate.Segment) func(int) ([]candidate.Posting, error) {
	blocks, is := m.segments[seg.ID]
	return func(n int) ([]candidate.Posting, error) {
		if !is || seg.ID == m.bad {
			return nil, errBad
		}
		return candidate.Decode(nil, blocks[n])
	}
}

func (m *memory) SearchLoader(ctx context.Context, seg *candidate.Segment) func(int) ([]candidate.Posting, error) {
	load := m.Loader(ctx, seg)
	return func(n int) ([]candidate.Posting, error) {
		list, err := load(n)
		if err == errBad {
			m.told++
			return nil, nil
		}
		return list, err
	}
}

func (m *memory) Tell(_ context.Context, err error) error {
	if err == errBad {
		m.told++
		return nil
	}
	return err
}

func (m *memory) write(c Change) {
	if c.Segment == nil {
		return
	}
	for _, id := range c.Merged {
		delete(m.segments, id)
	}
	m.segments[c.Segment.ID] = c.Blocks
}

// world is an index, its store, and all that was put into it.
type world struct {
	t      *testing.T
	r      *rand.Rand
	store  *memory
	x      *Index
	places candidate.Places
	next   int64
	put    [][]candidate.Posting // by batch
	late   Change                // is not written yet
}

func newWorld(t *testing.T, seed uint64) *world {
	m := &memory{segments: map[int64][]candidate.Block{}}
	return &world{t: t, r: rand.New(rand.NewPCG(seed, 1)), store: m, x: New(m, nil, nil, nil), next: 1}
}

// batch adds so many articles.
func (w *world) batch(articles int) {
	w.t.Helper()
	var postings []candidate.Posting
	for range articles {
		date := int64(len(w.places)) * 60
		w.places = append(w.places, candidate.Place{Date: date, Key: w.r.Uint64()})
		anchors := []candidate.Anchor{{Hash: w.r.Uint64()}, {Hash: uint64(w.r.IntN(9)) << 50}, {Hash: w.r.Uint64()}}
		postings = candidate.Sketch(postings, anchors, uint32(len(w.places)))
	}
	candidate.SortPostings(postings, w.places)
	a, err := w.x.Prepare(context.Background(), postings, w.places)
	if err != nil {
		w.t.Fatal(err)
	}
	w.store.write(w.late)
	w.late = w.x.Attach(a, w.next, w.places)
	w.next++
	w.x.Settle()
	w.put = append(w.put, postings)
}

// all returns what a walk over the segments of these dates gives, in order of numbers.
func (w *world) all(from, to int64) (list []candidate.Posting) {
	w.t.Helper()
	for _, s := range w.x.Segments(context.Background(), from, to) {
		for n := range s.Fences {
			block, err := s.Load(n)
			if err != nil {
				w.t.Fatal(err)
			}
			list = append(list, block...)
		}
	}
	slices.Sort(list)
	return list
}

// TestIndex holds that an index has what was put into it and no more, in few segments,
// whatever the batches, also when its blocks are no longer in memory and when it is opened anew.
func TestIndex(t *testing.T) {
	for seed := range uint64(4) {
		w := newWorld(t, seed)
		for range 200 {
			w.batch([]int{0, 6, 8, 11}[w.r.IntN(4)])
			want := slices.Sorted(slices.Values(slices.Concat(w.put...)))
			if got := w.all(math.MinInt64, math.MaxInt64); !slices.Equal(want, got) {
				t.Fatalf("seed %d, batch %d: %d postings were put, %d are there", seed, len(w.put), len(want), len(got))
			}
			if w.r.IntN(20) == 0 {
				w.store.write(w.late)
				w.late = Change{}
				w.x.held += maxHeld // no room: what is stored is dropped from memory
				w.x.Settle()
				w.x.held -= maxHeld
				if parts := w.x.parts; len(parts) > 1 && len(parts[0].blocks) > 0 {
					t.Fatalf("the oldest segment still takes %d bytes", size(parts[0].blocks))
				}
			}
			n := len(w.x.parts)
			for i := range n - 1 {
				if a, b := w.x.parts[i].seg.Len, w.x.parts[i+1].seg.Len; a <= 2*b {
					t.Fatalf("a segment of %d postings stands before one of %d", a, b)
				}
			}
			if n > bits.Len(uint(len(want))) {
				t.Fatalf("%d segments of %d batches", n, len(w.put))
			}
		}
		w.store.write(w.late)
		w.late = Change{}
		var stored []*candidate.Segment
		for _, p := range w.x.parts {
			stored = append(stored, p.seg)
		}
		if len(stored) != len(w.store.segments) {
			t.Errorf("%d segments are stored, %d are known", len(w.store.segments), len(stored))
		}
		again := *w
		again.x = New(w.store, stored, nil, w.places)
		if want, got := w.all(0, 1e9), again.all(0, 1e9); !slices.Equal(want, got) {
			t.Errorf("opened anew it has %d postings of %d", len(got), len(want))
		}
		last := int64(len(w.places)-1) * 60
		if few, all := len(w.x.Segments(context.Background(), last, last)), len(stored); few >= all && all > 1 {
			t.Errorf("for the last article %d of %d segments are searched", few, all)
		}
		w.x.Clear()
		if left := w.all(math.MinInt64, math.MaxInt64); len(left) > 0 || w.x.held != 0 {
			t.Errorf("%d postings and %d bytes are left after all was taken out", len(left), w.x.held)
		}
	}
}

// TestBroken holds that a segment with a block that cannot be read is merged into no other,
// which would lose the rest of it for good, and that nothing else is lost.
func TestBroken(t *testing.T) {
	w := newWorld(t, 7)
	w.batch(100)
	w.batch(10)
	w.store.write(w.late)
	w.late, w.store.bad = Change{}, 1
	for i := range w.x.parts {
		w.x.parts[i].blocks = nil
	}
	for range 32 {
		w.batch(10)
	}
	w.store.write(w.late)
	if _, is := w.store.segments[1]; !is || w.store.told != 1 {
		t.Errorf("the broken segment is stored: %v; it was told %d times", is, w.store.told)
	}
	told := w.store.told
	want := slices.Sorted(slices.Values(slices.Concat(w.put[1:]...)))
	if got := w.all(math.MinInt64, math.MaxInt64); !slices.Equal(want, got) || w.store.told == told {
		t.Errorf("of the others %d postings were put, %d are there", len(want), len(got))
	}
	w.store.bad = 0
	if got, want := len(w.all(math.MinInt64, math.MaxInt64)), len(slices.Concat(w.put...)); got != want {
		t.Errorf("mended, %d postings of %d are there", got, want)
	}
}
