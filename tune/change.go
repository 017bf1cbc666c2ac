package tune

import (
	"cmp"
	"slices"

	"dedupe/similarity"
)

// Change is what other thresholds would do to clusters: bring several into one,
// or let one fall apart.
type Change struct {
	Split    bool    // else: merged, or joined by articles that are alone now
	Clusters []int64 // of now that it is about, at most maxListed
	Articles int     // of the new group, or of the cluster that falls apart
	Parts    int     // clusters and single articles that come together, or that it falls into
	A, B     int32   // two of the articles that come together, or apart
}

// maxListed bounds the clusters that a change names.
const maxListed = 5

// Changes lists what thresholds would do to clusters, most articles first, at
// most n of merges and n of splits.
func (t *Table) Changes(th similarity.Thresholds, n int) []Change {
	g := newGrouper(t, true)
	linked := make([]bool, len(t.pairs))
	judge := t.judge(th)
	for i := range t.pairs {
		linked[i] = judge.kind(&t.pairs[i]) != similarity.Distinct
	}
	leader := make([]int32, len(t.cluster))
	for i := range leader {
		leader[i] = int32(i)
	}
	var merged, split []Change
	g.each(linked, func(c *component) {
		groups := map[int][]int32{}
		for i, l := range g.group(c) {
			leader[c.members[i]] = c.members[l]
			groups[l] = append(groups[l], c.members[i])
		}
		for _, members := range groups {
			if x, ok := t.merged(members); ok {
				merged = append(merged, x)
			}
		}
	})
	members := map[int64][]int32{}
	for i, id := range t.cluster {
		if id != 0 {
			members[id] = append(members[id], int32(i))
		}
	}
	for id, list := range members {
		parts := map[int32]bool{}
		var other int32 = -1
		for _, m := range list {
			if parts[leader[m]] = true; leader[m] != leader[list[0]] && other < 0 {
				other = m
			}
		}
		if len(parts) > 1 {
			split = append(split, Change{Split: true, Clusters: []int64{id}, Articles: len(list), Parts: len(parts), A: list[0], B: other})
		}
	}
	return append(largest(merged, n), largest(split, n)...)
}

// merged describes a new group of articles that are not all of one cluster now.
func (t *Table) merged(members []int32) (x Change, ok bool) {
	slices.Sort(members)
	from := map[int64]bool{}
	x = Change{Articles: len(members), A: members[0], B: -1}
	for _, m := range members {
		id := t.cluster[m]
		if id == 0 || !from[id] {
			x.Parts++
		}
		if id != 0 && !from[id] {
			from[id] = true
			x.Clusters = append(x.Clusters, id)
		}
		if x.B < 0 && m != x.A && (id == 0 || id != t.cluster[x.A]) {
			x.B = m
		}
	}
	slices.Sort(x.Clusters)
	x.Clusters = x.Clusters[:min(len(x.Clusters), maxListed)]
	return x, x.Parts > 1
}

// largest leaves the n changes of most articles.
func largest(list []Change, n int) []Change {
	slices.SortFunc(list, func(x, y Change) int {
		return cmp.Or(cmp.Compare(y.Articles, x.Articles), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	return list[:min(len(list), n)]
}
