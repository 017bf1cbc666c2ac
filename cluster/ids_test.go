package cluster

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestName(t *testing.T) {
	type ids = map[uint32]int64
	for _, tt := range []struct {
		name   string
		old    ids
		groups [][]uint32
		want   Renaming
	}{
		{"nothing", ids{}, nil, Renaming{ID: []int64{}, New: []bool{}, Successor: map[int64]int64{}}},
		{"new", ids{1: 0, 2: 0}, [][]uint32{{1, 2}},
			Renaming{ID: []int64{100}, New: []bool{true}, Successor: map[int64]int64{}}},
		{"as it was", ids{1: 7, 2: 7}, [][]uint32{{1, 2}},
			Renaming{ID: []int64{7}, New: []bool{false}, Successor: map[int64]int64{}}},
		{"joined", ids{1: 7, 2: 7, 3: 0, 4: 0, 5: 0}, [][]uint32{{1, 2, 3, 4, 5}},
			Renaming{ID: []int64{7}, New: []bool{false}, Successor: map[int64]int64{}}},
		{"merged: the larger stays", ids{1: 7, 2: 7, 3: 8, 4: 8, 5: 8}, [][]uint32{{1, 2, 3, 4, 5}},
			Renaming{ID: []int64{8}, New: []bool{false}, Successor: map[int64]int64{7: 8}}},
		{"merged: of equals the smaller id", ids{1: 8, 2: 8, 3: 7, 4: 7}, [][]uint32{{1, 2, 3, 4}},
			Renaming{ID: []int64{7}, New: []bool{false}, Successor: map[int64]int64{8: 7}}},
		{"split: most members keep it", ids{1: 7, 2: 7, 3: 7, 4: 7, 5: 7}, [][]uint32{{1, 2}, {3, 4, 5}},
			Renaming{ID: []int64{100, 7}, New: []bool{true, false}, Successor: map[int64]int64{}}},
		{"split in halves: the earlier group keeps it", ids{1: 7, 2: 7, 3: 7, 4: 7}, [][]uint32{{2, 4}, {1, 3}},
			Renaming{ID: []int64{7, 100}, New: []bool{false, true}, Successor: map[int64]int64{}}},
		{"dissolved", ids{1: 7, 2: 7}, nil,
			Renaming{ID: []int64{}, New: []bool{}, Successor: map[int64]int64{7: 0}}},
		{"a member left", ids{1: 7, 2: 7, 3: 7}, [][]uint32{{1, 2}},
			Renaming{ID: []int64{7}, New: []bool{false}, Successor: map[int64]int64{}}},
		{"members exchanged", ids{1: 7, 2: 7, 3: 7, 4: 8, 5: 8, 6: 8}, [][]uint32{{1, 2, 4}, {3, 5, 6}},
			Renaming{ID: []int64{7, 8}, New: []bool{false, false}, Successor: map[int64]int64{}}},
		{"torn between two larger ones", ids{1: 7, 2: 7, 3: 8, 4: 8, 5: 8, 6: 9, 7: 9, 8: 9}, [][]uint32{{1, 3, 4, 5}, {2, 6, 7, 8}},
			Renaming{ID: []int64{8, 9}, New: []bool{false, false}, Successor: map[int64]int64{7: 8}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			next := int64(99)
			got := Name(tt.groups, func(m uint32) int64 { return tt.old[m] }, slices.Sorted(maps.Keys(tt.old)), func() int64 { next++; return next })
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestNameInvariants holds for random regroupings: no id is given twice; an id
// goes on or has a successor that is living, never both; a group that most
// members of an old cluster went to, and of which they are most, has its id;
// the order of members changes nothing.
func TestNameInvariants(t *testing.T) {
	for seed := range uint64(5000) {
		r := rand.New(rand.NewPCG(seed, 2))
		n, before, after := 1+r.IntN(40), 1+r.IntN(6), 1+r.IntN(6)
		old := map[uint32]int64{}
		var members []uint32
		byGroup := make([][]uint32, after)
		for m := range uint32(n) {
			old[m] = int64(r.IntN(before + 1))
			members = append(members, m)
			g := int(old[m]) % after
			if r.IntN(3) == 0 {
				g = r.IntN(after)
			}
			if r.IntN(8) > 0 {
				byGroup[g] = append(byGroup[g], m)
			}
		}
		groups := slices.DeleteFunc(byGroup, func(list []uint32) bool { return len(list) < 2 })
		name := func(members []uint32) Renaming {
			next := int64(99)
			return Name(groups, func(m uint32) int64 { return old[m] }, members, func() int64 { next++; return next })
		}
		got := name(members)
		size := map[int64]int{}
		for _, id := range old {
			if id != 0 {
				size[id]++
			}
		}
		living := map[int64]bool{}
		for g, id := range got.ID {
			if living[id] || got.New[g] != (id >= 100) {
				t.Fatalf("seed %d: ids %v, new %v", seed, got.ID, got.New)
			}
			living[id] = true
			count := map[int64]int{}
			for _, m := range groups[g] {
				count[old[m]]++
			}
			for from, k := range count {
				if from != 0 && 2*k > size[from] && 2*k > len(groups[g]) && id != from {
					t.Fatalf("seed %d: group %d has %d of the %d members of cluster %d and is called %d", seed, g, k, size[from], from, id)
				}
			}
		}
		for id := range size {
			to, ended := got.Successor[id]
			if living[id] == ended || to != 0 && !living[to] {
				t.Fatalf("seed %d: cluster %d living: %v, successor %d of %v", seed, id, living[id], to, got.ID)
			}
		}
		r.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
		if diff := cmp.Diff(got, name(members)); diff != "" {
			t.Fatalf("seed %d: members in another order (-want +got):\n%s", seed, diff)
		}
	}
}
