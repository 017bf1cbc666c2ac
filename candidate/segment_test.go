package candidate

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

func TestEncodeDecode(t *testing.T) {
	run := func(n int, key func(i int) uint64) (list []Posting) {
		for i := range n {
			list = append(list, posting(key(i)<<articleBits, uint32(i)))
		}
		return list
	}
	same := func(int) uint64 { return 7 }
	for _, tt := range []struct {
		name     string
		postings []Posting
		blocks   int
	}{
		{"none", nil, 0},
		{"one", []Posting{posting(5<<articleBits, 3)}, 1},
		{"the least", []Posting{0}, 1},
		{"the largest", []Posting{posting(1<<64-1, MaxArticle)}, 1},
		{"from the least to the largest", []Posting{0, posting(1<<64-1, 0)}, 1},
		{"articles that descend", []Posting{posting(1<<articleBits, MaxArticle), posting(1<<articleBits, 0)}, 1},
		{"a full block", run(BlockLen, func(i int) uint64 { return uint64(i) * 1000 }), 1},
		{"one more", run(BlockLen+1, func(i int) uint64 { return uint64(i) }), 2},
		{"one key in three blocks", run(2*BlockLen+1, same), 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			blocks := Encode(tt.postings)
			if len(blocks) != tt.blocks {
				t.Errorf("%d blocks, want %d", len(blocks), tt.blocks)
			}
			var got []Posting
			for _, b := range blocks {
				before := len(got)
				var err error
				if got, err = Decode(got, b); err != nil {
					t.Fatal(err)
				}
				if got[before] != b.First {
					t.Errorf("a block begins with %x, its fence is %x", got[before], b.First)
				}
			}
			if !slices.Equal(tt.postings, got) {
				t.Errorf("%s", gocmp.Diff(tt.postings, got))
			}
			if n := len(tt.postings); n > 0 && n <= MaxBlock {
				old, err := Decode(nil, Block{First: tt.postings[0], Data: encodeOld(tt.postings)})
				if err != nil || !slices.Equal(tt.postings, old) {
					t.Errorf("as older programs wrote it: %v, %s", err, gocmp.Diff(tt.postings, old))
				}
			}
		})
	}
}

// encodeOld is a block as programs wrote it until schema 5.
func encodeOld(postings []Posting) []byte {
	data := binary.AppendUvarint(nil, uint64(len(postings)))
	before := postings[0]
	for _, p := range postings {
		data = binary.AppendUvarint(data, p.Key()-before.Key())
		data = binary.AppendVarint(data, int64(p.Article())-int64(before.Article()))
		before = p
	}
	return data
}

// FuzzDecode reads blocks that nothing encoded. What is taken for whole must be in
// order, for walks rest on that, and come back from its own encoding.
func FuzzDecode(f *testing.F) {
	for _, b := range Encode([]Posting{posting(3<<40, 9), posting(3<<40, 2), posting(5<<40, 1)}) {
		f.Add(uint64(b.First), b.Data)
		f.Add(uint64(b.First), b.Data[:len(b.Data)-1])
	}
	f.Add(uint64(0), []byte{})
	f.Add(uint64(0), []byte{0, 252, 0, 0})
	f.Add(uint64(7), encodeOld([]Posting{7, posting(3<<40, 9), posting(3<<40, 2)}))
	f.Add(uint64(0), []byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1})
	// A step back by one, as an unsigned number.
	f.Add(uint64(9<<articleBits), []byte{2, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0})
	f.Fuzz(func(t *testing.T, first uint64, data []byte) {
		prefix := []Posting{42}
		got, err := Decode(prefix, Block{First: Posting(first), Data: data})
		if len(got) == 0 || got[0] != 42 {
			t.Fatal("what was there before is gone")
		}
		if err != nil {
			if !errors.Is(err, ErrCorrupt) {
				t.Fatalf("error %v", err)
			}
			return
		}
		got = got[1:]
		if len(got) > MaxBlock {
			t.Fatalf("%d postings", len(got))
		}
		if !slices.IsSortedFunc(got, func(a, b Posting) int { return cmp.Compare(a.Key(), b.Key()) }) {
			t.Fatalf("not in order: %x", got)
		}
		var again []Posting
		for _, b := range Encode(got) {
			if again, err = Decode(again, b); err != nil {
				t.Fatal(err)
			}
		}
		if !slices.Equal(got, again) {
			t.Fatalf("%x comes back as %x", got, again)
		}
	})
}

// TestWalk compares what a walk visits with a look at every posting, and counts
// the blocks it reads: no other than those that can hold a wanted key.
func TestWalk(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 300 {
		w := newWorld(r, 2+r.IntN(600))
		for i, s := range w.segments {
			all, err := s.All()
			if err != nil {
				t.Fatal(err)
			}
			var wanted []uint64
			for _, key := range keys(w.postings) {
				switch r.IntN(4) {
				case 0:
					wanted = append(wanted, key)
				case 1:
					wanted = append(wanted, key+1) // most stand nowhere
				}
			}
			slices.Sort(wanted)
			wanted = slices.Compact(wanted)
			want, got := map[uint64][]Posting{}, map[uint64][]Posting{}
			for _, key := range wanted {
				if list := w.list(all, key); len(list) > 0 {
					want[key] = list
				}
			}
			w.loads = 0
			var visited []uint64
			err = s.walk(wanted, func(key uint64, list []Posting) {
				visited = append(visited, key)
				got[key] = slices.Clone(list)
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := gocmp.Diff(want, got); diff != "" {
				t.Fatalf("segment %d (-want +got):\n%s", i, diff)
			}
			if !slices.IsSorted(visited) || len(visited) != len(got) {
				t.Fatalf("visited %v: not each once, ascending", visited)
			}
			if most := holding(s, wanted); w.loads > most {
				t.Fatalf("read %d blocks, %d can hold what is wanted", w.loads, most)
			}
		}
	}
}

// holding counts the blocks that can hold a wanted key.
func holding(s *Segment, wanted []uint64) (n int) {
	for i, f := range s.Fences {
		high := uint64(1<<64 - 1)
		if i+1 < len(s.Fences) {
			high = s.Fences[i+1].Key()
		}
		if slices.ContainsFunc(wanted, func(k uint64) bool { return f.Key() <= k && k <= high }) {
			n++
		}
	}
	return n
}

func TestWalkStopsAtAnError(t *testing.T) {
	broken := errors.New("broken")
	s := &Segment{Len: 1, Fences: []Posting{posting(5<<articleBits, 1)}, Load: func(int) ([]Posting, error) { return nil, broken }}
	err := s.walk([]uint64{5}, func(uint64, []Posting) { t.Error("visited a block that cannot be read") })
	if !errors.Is(err, broken) {
		t.Errorf("walk: %v", err)
	}
	if _, err := s.All(); !errors.Is(err, broken) {
		t.Errorf("All: %v", err)
	}
	q := Query{Keys: []uint64{5}, Segments: []*Segment{s}}
	if _, err := q.Find(); !errors.Is(err, broken) {
		t.Errorf("Find: %v", err)
	}
	if err := q.Holders(func(uint64, uint32) {}); !errors.Is(err, broken) {
		t.Errorf("Holders: %v", err)
	}
}

// TestMerge holds that lists, and segments, joined are what sorting all of them is.
func TestMerge(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	var scratch Scratch
	for range 200 {
		w := newWorld(r, 2+r.IntN(200))
		want := slices.Concat(w.stored, w.fresh)
		SortPostings(want, w.places)
		lists := [][]Posting{w.fresh}
		for _, s := range w.segments {
			list, err := s.All()
			if err != nil {
				t.Fatal(err)
			}
			if len(list) != s.Len {
				t.Fatalf("a segment of %d has %d", s.Len, len(list))
			}
			lists = append(lists, list)
		}
		r.Shuffle(len(lists), func(i, j int) { lists[i], lists[j] = lists[j], lists[i] })
		if got := scratch.merge(lists, w.places); !slices.Equal(want, got) {
			t.Fatalf("%d lists (-want +got):\n%s", len(lists), gocmp.Diff(want, got))
		}
		blocks, err := Join(w.segments, w.fresh, w.places)
		if err != nil {
			t.Fatal(err)
		}
		var got []Posting
		for i, b := range blocks {
			if got, err = Decode(got, b); err != nil {
				t.Fatal(err)
			}
			if i+1 < len(blocks) && len(got)%BlockLen != 0 {
				t.Fatalf("block %d is not full", i)
			}
		}
		if !slices.Equal(want, got) {
			t.Fatalf("%d segments (-want +got):\n%s", len(w.segments), gocmp.Diff(want, got))
		}
	}
	if got := scratch.merge(nil, nil); len(got) > 0 {
		t.Errorf("of no lists: %v", got)
	}
	broken := errors.New("broken")
	s := &Segment{Len: 1, Fences: []Posting{7}, Load: func(int) ([]Posting, error) { return nil, broken }}
	if _, err := Join([]*Segment{s}, nil, nil); !errors.Is(err, broken) {
		t.Errorf("Join: %v", err)
	}
}
