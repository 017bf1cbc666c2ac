package cluster

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// whole and part make links: of two texts that are one story as a whole, and
// of one that is a part of the other.
func whole(a, b int) Link                  { return Link{A: a, B: b, Strength: 1, Whole: true} }
func part(a, b int, strength float64) Link { return Link{A: a, B: b, Strength: strength} }
func same(a, b int) Decision               { return Decision{A: a, B: b, Same: true} }
func different(a, b int) Decision          { return Decision{A: a, B: b} }
func all(links ...[]Link) (joined []Link)  { return slices.Concat(links...) }
func clique(strength float64, nodes ...int) (links []Link) {
	for i, a := range nodes {
		for _, b := range nodes[i+1:] {
			links = append(links, part(a, b, strength))
		}
	}
	return links
}

// In the drawings a line is a link of a part and a double line one of two whole
// texts; numbers are in canonical order.
func TestGroup(t *testing.T) {
	for _, tt := range []struct {
		name      string
		n         int
		links     []Link
		decisions []Decision
		want      []int
	}{
		{name: "no articles", want: []int{}},
		{name: "alone", n: 2, want: []int{0, 1}},

		// 0 --- 1
		{name: "two", n: 2, links: []Link{part(0, 1, 0.6)}, want: []int{0, 0}},

		// 0 --- 1 --- 2 --- 3     each holds a part of the next: 2 is no copy of 0
		{name: "chain", n: 4, links: []Link{part(0, 1, 0.6), part(1, 2, 0.6), part(2, 3, 0.6)}, want: []int{0, 0, 2, 2}},

		// 0 === 1 === 2 === 3     what 1 is a copy of, 2 is
		{name: "near copies", n: 4, links: []Link{whole(0, 1), whole(1, 2), whole(2, 3)}, want: []int{0, 0, 0, 0}},

		// 0 --- 4 --- 2     a roundup of two stories joins the one that it has more of
		// 1 ---' '--- 3     and joins them not
		{name: "roundup", n: 5, links: all(clique(1, 0, 1), clique(1, 2, 3),
			[]Link{part(0, 4, 0.5), part(1, 4, 0.5), part(2, 4, 0.7), part(3, 4, 0.7)}), want: []int{0, 0, 2, 2, 2}},

		// of two stories that it has as much of, the earlier one
		{name: "roundup that leans to neither", n: 3, links: []Link{part(0, 2, 0.5), part(1, 2, 0.5)}, want: []int{0, 1, 0}},

		// 0 --- 1 --- 3     two members hold what the leader does not
		//  '--- 2 ---'
		{name: "held by two members", n: 4, links: []Link{part(0, 1, 0.6), part(0, 2, 0.6), part(1, 3, 0.6), part(2, 3, 0.6)}, want: []int{0, 0, 0, 0}},

		// 9 has passages of four stories, of one of them from two members: two of
		// five links are not enough to hold it
		{name: "held by too few of its links", n: 10, links: []Link{part(0, 1, 0.9), part(0, 2, 0.9), part(3, 4, 0.9), part(5, 6, 0.9), part(7, 8, 0.9),
			part(1, 9, 0.5), part(2, 9, 0.5), part(4, 9, 0.5), part(6, 9, 0.5), part(8, 9, 0.5)}, want: []int{0, 0, 0, 3, 3, 5, 5, 7, 7, 9}},

		// 0 --- 2, 3, 4     two cuts, 0 and 1, share nothing with each other; the full text
		// 1 --- 2, 3, 4     3 and its copies, which hold both, came after them and join them
		{name: "cuts that came before the full text", n: 5, links: []Link{
			part(0, 3, 1), part(1, 3, 1), part(0, 4, 1), part(1, 4, 1), part(0, 2, 1), part(1, 2, 1), whole(2, 3), whole(2, 4), whole(3, 4)},
			want: []int{0, 0, 0, 0, 0}},

		{name: "kept apart by a person", n: 2, links: []Link{whole(0, 1)}, decisions: []Decision{different(0, 1)}, want: []int{0, 1}},
		{name: "kept apart, either order", n: 2, links: []Link{whole(0, 1)}, decisions: []Decision{different(1, 0)}, want: []int{0, 1}},
		{name: "put together by a person", n: 3, decisions: []Decision{same(2, 1)}, want: []int{0, 1, 1}},
		{name: "put together with all their copies", n: 4, links: []Link{whole(0, 1), whole(2, 3)}, decisions: []Decision{same(1, 3)}, want: []int{0, 0, 0, 0}},

		// 0 === 1 === 2 with 0 and 2 apart: 1 stays with the earlier
		{name: "apart in a chain", n: 3, links: []Link{whole(0, 1), whole(1, 2)}, decisions: []Decision{different(0, 2)}, want: []int{0, 0, 2}},

		// 1 === 2 --- 0     2 speaks for 0, but 1 goes with it and was kept apart
		{name: "apart from what a copy speaks for", n: 3, links: []Link{part(0, 2, 0.5), whole(1, 2)}, decisions: []Decision{different(0, 1)}, want: []int{0, 1, 1}},

		{name: "contradiction", n: 2, decisions: []Decision{same(0, 1), different(0, 1)}, want: []int{0, 1}},
		{name: "contradiction by way of a third", n: 3, decisions: []Decision{same(0, 1), same(1, 2), different(0, 2)}, want: []int{0, 0, 2}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Group(tt.n, tt.links, tt.decisions)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// component makes a random group of stories with their links: dense inside a
// story, sparse between two. Strengths are eighths, whose sums are exact.
func component(r *rand.Rand) (n int, links []Link) {
	n = 1 + r.IntN(24)
	story := make([]int, n)
	for i := range story {
		story[i] = r.IntN(1 + n/5)
	}
	for b := range n {
		for a := range b {
			chance := 20
			if story[a] == story[b] {
				chance = 2
			}
			if r.IntN(chance) == 0 {
				links = append(links, Link{A: a, B: b, Strength: float64(r.IntN(9)) / 8, Whole: r.IntN(3) == 0})
			}
		}
	}
	return n, links
}

func words(r *rand.Rand, n int) (decisions []Decision) {
	for range r.IntN(6) {
		if a, b := r.IntN(n), r.IntN(n); a != b {
			decisions = append(decisions, Decision{A: a, B: b, Same: r.IntN(2) == 0})
		}
	}
	return decisions
}

// TestGroupInvariants holds, for random components with decisions: a leader is
// the first of its group and leads itself; the order in which links are given
// changes nothing; every group is held together by links and decisions; nobody
// is where a person forbade it, and where a person wished it unless another
// word forbids.
func TestGroupInvariants(t *testing.T) {
	for seed := range uint64(20_000) {
		r := rand.New(rand.NewPCG(seed, 1))
		n, links := component(r)
		var decisions []Decision
		if seed%2 == 1 {
			decisions = words(r, n)
		}
		leader := Group(n, links, decisions)
		for i, l := range leader {
			if l > i || leader[l] != l {
				t.Fatalf("seed %d: the leader of %d is %d: %v", seed, i, l, leader)
			}
		}
		r.Shuffle(len(links), func(i, j int) { links[i], links[j] = links[j], links[i] })
		r.Shuffle(len(decisions), func(i, j int) { decisions[i], decisions[j] = decisions[j], decisions[i] })
		if diff := cmp.Diff(leader, Group(n, links, decisions)); diff != "" {
			t.Fatalf("seed %d: in another order of links (-want +got):\n%s", seed, diff)
		}
		if i := loose(leader, links, decisions); i >= 0 {
			t.Fatalf("seed %d: nothing holds %d in its group: %v\n%v", seed, i, leader, links)
		}
		forbidden := func(a, b int) bool { return newApart(decisions).between(leader, leader[a], leader[b]) }
		for _, d := range decisions {
			together := leader[d.A] == leader[d.B]
			if !d.Same && together {
				t.Fatalf("seed %d: %d and %d are together, which a person forbade: %v\n%v\n%v", seed, d.A, d.B, leader, links, decisions)
			}
			if d.Same && !together && !forbidden(d.A, d.B) {
				t.Fatalf("seed %d: %d and %d are apart, a person put them together: %v", seed, d.A, d.B, leader)
			}
		}
	}
}

// loose returns a node that no path of links and decisions inside its group
// leads to from its leader, or -1.
func loose(leader []int, links []Link, decisions []Decision) int {
	reached := make([]bool, len(leader))
	for i, l := range leader {
		reached[i] = i == l
	}
	join := func(a, b int) (more bool) {
		if leader[a] != leader[b] || reached[a] == reached[b] {
			return false
		}
		reached[a], reached[b] = true, true
		return true
	}
	for more := true; more; {
		more = false
		for _, l := range links {
			more = join(l.A, l.B) || more
		}
		for _, d := range decisions {
			more = d.Same && join(d.A, d.B) || more
		}
	}
	return slices.Index(reached, false)
}

// TestGroupChains holds what the package is for: chance links between stories
// do not join them, however many stories there are.
func TestGroupChains(t *testing.T) {
	const stories, copies = 200, 10
	var links []Link
	for s := range stories {
		for b := range copies {
			for a := range b {
				links = append(links, Link{A: s*copies + a, B: s*copies + b, Strength: 0.9, Whole: true})
			}
		}
		if s > 0 { // a member of each story quotes one of the story before
			links = append(links, Link{A: s*copies - 3, B: s*copies + 5, Strength: 0.5})
		}
	}
	for i, l := range Group(stories*copies, links, nil) {
		if l != i/copies*copies {
			t.Fatalf("article %d of story %d is led by %d", i, i/copies, l)
		}
	}
}

func BenchmarkGroup(b *testing.B) {
	const n, each = 20_000, 4
	r := rand.New(rand.NewPCG(1, 1))
	var links []Link
	for i := 1; i < n; i++ {
		for range each {
			links = append(links, Link{A: r.IntN(min(i, 50)), B: i, Strength: 0.9, Whole: r.IntN(2) == 0})
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		Group(n, links, nil)
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}
