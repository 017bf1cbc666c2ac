// Package cluster groups articles into clusters from the links between them.
//
// Connected components chain: a roundup that quotes two stories joins them, and
// of a million articles some chance link joins thousands (one published run
// of near-duplicate detection merged 859,091 documents so). Here a member is
// held by its link to the cluster's leader, the earliest article, or by several
// members, or by one whose text it shares as a whole:
//
//	articles in canonical order (date, then key)
//	A         leads a cluster
//	B ~ A     joins A: linked to its leader
//	C ~ B     near copies: what B belongs to, C does
//	R > A,S   a roundup joins the one it is tied to best, and does not join A with S
//
// The grouping is a function of the articles and links of one connected
// component, so it is computed anew whenever a component is touched and does
// not depend on the order of arrival. Cost: linear in the links; each decision
// that joins adds a pass over the nodes and the decisions.
package cluster

import (
	"cmp"
	"slices"
)

// Link ties two nodes of a component, A before B in canonical order.
type Link struct {
	A, B     int
	Strength float64 // 0 to 1; above that for what stays together whatever its links
	Whole    bool    // the two texts are the same story as a whole, not a part of one in the other
}

// Group partitions n nodes, numbered in canonical order, and returns for each
// the first node of its group, its leader. Nodes without links lead themselves.
func Group(n int, links []Link, decisions []Decision) []int {
	leader := make([]int, n)
	earlier := make([][]Link, n) // by B
	for _, l := range links {
		earlier[l.B] = append(earlier[l.B], l)
	}
	apart := newApart(decisions)
	for j := range n {
		leader[j] = j
		if c := choose(leader, earlier[j], func(lead int) bool { return apart.blocks(leader[:j], j, lead) }); c >= 0 {
			leader[j] = c
		}
	}
	gather(leader, links, apart)
	return mustLink(leader, decisions, apart)
}

// gather lets groups join earlier ones that hold most of their members. The
// first pass sees of each node the earlier ones only: a cut copy that came
// before the full text leads a group of its own until the full text's copies
// speak for it.
func gather(leader []int, links []Link, apart apart) {
	n := len(leader)
	around := make([][]Link, n) // both ends
	for _, l := range links {
		around[l.A] = append(around[l.A], Link{A: l.B, B: l.A, Strength: l.Strength, Whole: l.Whole})
		around[l.B] = append(around[l.B], l)
	}
	members := make([][]int, n)
	for i, l := range leader {
		members[l] = append(members[l], i)
	}
	for g := n - 1; g > 0; g-- {
		if leader[g] != g {
			continue
		}
		votes := map[int]int{}
		for _, m := range members[g] {
			var out []Link
			for _, l := range around[m] {
				if leader[l.A] != g {
					out = append(out, l)
				}
			}
			if c := choose(leader, out, func(lead int) bool { return lead > g || apart.blocks(leader, m, lead) }); c >= 0 {
				votes[c]++
			}
		}
		best := -1
		for c, v := range votes {
			if slices.ContainsFunc(members[g], func(m int) bool { return apart.blocks(leader, m, c) }) {
				continue // whoever voted for it, another member is kept out
			}
			if 2*v >= len(members[g]) && (best < 0 || v > votes[best] || v == votes[best] && c < best) {
				best = c
			}
		}
		if best < 0 {
			continue
		}
		for _, m := range members[g] {
			leader[m] = best
		}
		members[best] = append(members[best], members[g]...)
	}
}

// tie is what speaks for a node's joining a group.
type tie struct {
	lead     int
	links    int
	strength float64
	direct   bool // linked to the leader
	whole    bool // shares its whole text with a member
}

// choose returns the leader of the group that a node with the given links to
// earlier nodes joins, or -1.
func choose(leader []int, links []Link, blocked func(lead int) bool) int {
	var ties []tie
	for _, l := range links {
		lead := leader[l.A]
		i := slices.IndexFunc(ties, func(t tie) bool { return t.lead == lead })
		if i < 0 {
			ties = append(ties, tie{lead: lead})
			i = len(ties) - 1
		}
		t := &ties[i]
		t.links++
		t.strength += l.Strength
		t.direct = t.direct || l.A == lead
		t.whole = t.whole || l.Whole
	}
	best := -1
	for i, t := range ties {
		held := t.direct || t.whole || t.links >= 2 && 2*t.links >= len(links)
		if !held || blocked(t.lead) {
			continue
		}
		if best < 0 || t.better(ties[best]) {
			best = i
		}
	}
	if best < 0 {
		return -1
	}
	return ties[best].lead
}

// better prefers the stronger tie and of equals the earlier leader.
func (t tie) better(u tie) bool {
	return cmp.Or(cmp.Compare(t.strength, u.strength), cmp.Compare(u.lead, t.lead)) > 0
}
