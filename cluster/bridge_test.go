package cluster

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBridges(t *testing.T) {
	link := func(a, b int) Link { return Link{A: a, B: b} }
	tests := []struct {
		name  string
		n     int
		links []Link
		want  map[int]int
	}{
		{"none", 2, nil, map[int]int{}},
		{"pair", 2, []Link{link(0, 1)}, map[int]int{0: 1}},
		{"triangle", 3, []Link{link(0, 1), link(1, 2), link(0, 2)}, map[int]int{}},
		{"chain", 4, []Link{link(0, 1), link(1, 2), link(2, 3)}, map[int]int{0: 1, 1: 2, 2: 1}},
		{"two triangles", 6, []Link{link(0, 1), link(1, 2), link(0, 2), link(2, 3), link(3, 4), link(4, 5), link(3, 5)}, map[int]int{3: 3}},
		{"twice linked", 2, []Link{link(0, 1), link(0, 1)}, map[int]int{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Bridges(test.n, test.links)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A link is a bridge when its ends do not reach each other without it.
func TestBridgesAgainstSearch(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 0))
		n := 2 + r.IntN(9)
		var links []Link
		for range r.IntN(12) {
			if a, b := r.IntN(n), r.IntN(n); a != b {
				links = append(links, Link{A: min(a, b), B: max(a, b)})
			}
		}
		want := map[int]int{}
		for i := range links {
			reach := func(start int) map[int]bool {
				seen := map[int]bool{start: true}
				for grew := true; grew; {
					grew = false
					for j, l := range links {
						if j != i && seen[l.A] != seen[l.B] {
							seen[l.A], seen[l.B], grew = true, true, true
						}
					}
				}
				return seen
			}
			if side := reach(links[i].A); !side[links[i].B] {
				want[i] = min(len(side), len(reach(links[i].B)))
			}
		}
		if diff := cmp.Diff(want, Bridges(n, links)); diff != "" {
			t.Fatalf("seed %d: %v (-want +got):\n%s", seed, links, diff)
		}
	}
}
