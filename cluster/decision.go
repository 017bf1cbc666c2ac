package cluster

import (
	"cmp"
	"slices"
)

// Decision is a person's word on two nodes; it outranks links.
type Decision struct {
	A, B int
	Same bool
}

// apart holds the decisions that keep nodes apart, and what follows from them:
// what is the same as one of two that are apart is apart from the other.
type apart map[int][]int

func newApart(decisions []Decision) apart {
	a := apart{}
	all := sames(decisions)
	of := func(node int) []int {
		if same := all[node]; same != nil {
			return same
		}
		return []int{node}
	}
	for _, d := range decisions {
		if d.Same {
			continue
		}
		if slices.Contains(of(d.A), d.B) { // decisions that contradict each other: no more than what was said
			a[d.A], a[d.B] = append(a[d.A], d.B), append(a[d.B], d.A)
			continue
		}
		for _, x := range of(d.A) {
			for _, y := range of(d.B) {
				a[x], a[y] = append(a[x], y), append(a[y], x)
			}
		}
	}
	return a
}

// sames returns, for each node that decisions put together with others, all of
// these and itself.
func sames(decisions []Decision) map[int][]int {
	all := map[int][]int{}
	for _, d := range decisions {
		if !d.Same {
			continue
		}
		for _, node := range [2]int{d.A, d.B} {
			if all[node] == nil {
				all[node] = []int{node}
			}
		}
		if slices.Contains(all[d.A], d.B) {
			continue
		}
		joined := slices.Concat(all[d.A], all[d.B])
		for _, node := range joined {
			all[node] = joined
		}
	}
	return all
}

// blocks reports whether a decision keeps node j out of the group of lead.
func (a apart) blocks(leader []int, j, lead int) bool {
	for _, other := range a[j] {
		if other < len(leader) && leader[other] == lead {
			return true
		}
	}
	return false
}

// between reports whether a decision keeps members of two groups apart.
func (a apart) between(leader []int, from, to int) bool {
	for x, others := range a {
		if leader[x] == from && slices.ContainsFunc(others, func(y int) bool { return leader[y] == to }) {
			return true
		}
	}
	return false
}

// mustLink joins groups that decisions say are one, in the order of the
// decisions' nodes, unless another decision keeps two of their members apart.
func mustLink(leader []int, decisions []Decision, apart apart) []int {
	same := slices.Clone(decisions)
	same = slices.DeleteFunc(same, func(d Decision) bool { return !d.Same })
	slices.SortFunc(same, func(x, y Decision) int {
		return cmp.Or(cmp.Compare(min(x.A, x.B), min(y.A, y.B)), cmp.Compare(max(x.A, x.B), max(y.A, y.B)))
	})
	for _, d := range same {
		from, to := max(leader[d.A], leader[d.B]), min(leader[d.A], leader[d.B])
		if from == to {
			continue
		}
		if apart.between(leader, from, to) {
			continue
		}
		for i, l := range leader {
			if l == from {
				leader[i] = to
			}
		}
	}
	return leader
}
