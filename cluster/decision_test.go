package cluster

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDecisions(t *testing.T) {
	link := func(a, b int) Link { return Link{A: a, B: b, Strength: 0.9, Whole: true} }
	same := func(a, b int) Decision { return Decision{A: a, B: b, Same: true} }
	apart := func(a, b int) Decision { return Decision{A: a, B: b} }
	triangle := []Link{link(0, 1), link(0, 2), link(1, 2)}
	tests := []struct {
		name      string
		n         int
		links     []Link
		decisions []Decision
		want      []int
	}{
		{"none", 3, triangle, nil, []int{0, 0, 0}},
		{"apart from the leader", 3, triangle, []Decision{apart(0, 2)}, []int{0, 0, 2}},
		{"apart from a member", 3, triangle, []Decision{apart(1, 2)}, []int{0, 0, 2}},
		{"all apart", 3, triangle, []Decision{apart(0, 1), apart(0, 2), apart(1, 2)}, []int{0, 1, 2}},
		{"together without a link", 3, nil, []Decision{same(0, 2)}, []int{0, 1, 0}},
		{"groups together", 4, []Link{link(0, 1), link(2, 3)}, []Decision{same(1, 3)}, []int{0, 0, 0, 0}},
		{"apart outranks together", 4, []Link{link(0, 1), link(2, 3)}, []Decision{same(1, 3), apart(0, 2)}, []int{0, 0, 2, 2}},
		{"the same as what is apart", 3, []Link{link(0, 1)}, []Decision{same(1, 2), apart(0, 2)}, []int{0, 1, 1}},
		{"the same as what is apart, in a group", 5, []Link{link(0, 1), link(0, 2), link(1, 2), link(3, 4)},
			[]Decision{same(2, 4), apart(0, 3), same(0, 1), same(3, 4)}, []int{0, 0, 2, 2, 2}},
		{"the same and apart", 2, []Link{link(0, 1)}, []Decision{same(0, 1), apart(0, 1)}, []int{0, 1}},
		{"a member apart holds its group back", 6,
			// 3, 4 and 5 lead a group of their own until 5's links speak for 0;
			// 4 is kept from 1.
			[]Link{link(0, 1), {A: 0, B: 5, Strength: 0.9}, link(3, 4), link(3, 5), {A: 1, B: 3, Strength: 0.3}, {A: 1, B: 5, Strength: 0.3}},
			[]Decision{apart(1, 4)}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := Group(test.n, test.links, test.decisions)
			if diff := cmp.Diff(test.want, got); test.want != nil && diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			checkDecisions(t, got, test.decisions)
		})
	}
}

// No links whatever bring together what a person has put apart.
func TestDecisionsAmongAnyLinks(t *testing.T) {
	for seed := range uint64(20000) {
		r := rand.New(rand.NewPCG(seed, 0))
		n := 2 + r.IntN(12)
		var links []Link
		for b := range n {
			for a := range b {
				if r.IntN(3) == 0 {
					links = append(links, Link{A: a, B: b, Strength: float64(r.IntN(10)) / 10, Whole: r.IntN(3) == 0})
				}
			}
		}
		var decisions []Decision
		for range r.IntN(5) {
			a, b := r.IntN(n), r.IntN(n)
			if a != b {
				decisions = append(decisions, Decision{A: a, B: b, Same: r.IntN(4) == 0})
			}
		}
		if !checkDecisions(t, Group(n, links, decisions), decisions) {
			t.Fatalf("seed %d: %d nodes, links %v, decisions %v", seed, n, links, decisions)
		}
	}
}

// checkDecisions holds groups to the decisions that keep apart, with what
// follows from them, and to those that put together where none keeps apart.
func checkDecisions(t *testing.T, leader []int, decisions []Decision) bool {
	t.Helper()
	free := !slices.ContainsFunc(decisions, func(d Decision) bool { return !d.Same })
	for x, list := range newApart(decisions) {
		for _, y := range list {
			if leader[x] == leader[y] {
				t.Errorf("%d and %d follow to be apart: leaders %v", x, y, leader)
				return false
			}
		}
	}
	for _, d := range decisions {
		together := leader[d.A] == leader[d.B]
		if !d.Same && together || d.Same && free && !together {
			t.Errorf("decision %+v: leaders %v", d, leader)
			return false
		}
	}
	return true
}
