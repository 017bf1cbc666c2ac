package cluster

import (
	"cmp"
	"slices"
)

// Renaming says what became of the clusters of a component.
type Renaming struct {
	ID        []int64         // by group: the id it has now
	New       []bool          // by group: the id was given now
	Successor map[int64]int64 // of each id that ended: the id that most of its members went to, or 0 when they stand alone
}

// Name gives each new group an id: that of the old cluster with which it shares
// most members, if the old cluster in turn shares most with it; else a fresh
// one from next. A cluster so keeps its id while most of its members stay.
// groups lists the members of each new group, in order; old tells a member's
// cluster until now, 0 for none. Ties go to the earlier group and to the smaller id.
func Name(groups [][]uint32, old func(member uint32) int64, members []uint32, next func() int64) Renaming {
	type claim struct {
		id    int64
		group int
		n     int
	}
	in := make(map[uint32]int) // group + 1
	for g, list := range groups {
		for _, m := range list {
			in[m] = g + 1
		}
	}
	count := make(map[[2]int64]int)
	ended := make(map[int64]bool)
	for _, m := range members {
		if id := old(m); id != 0 {
			ended[id] = true
			if g := in[m]; g != 0 {
				count[[2]int64{id, int64(g - 1)}]++
			}
		}
	}
	claims := make([]claim, 0, len(count))
	for k, n := range count {
		claims = append(claims, claim{k[0], int(k[1]), n})
	}
	slices.SortFunc(claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.group, b.group), cmp.Compare(a.id, b.id))
	})
	r := Renaming{ID: make([]int64, len(groups)), New: make([]bool, len(groups)), Successor: map[int64]int64{}}
	for _, c := range claims {
		if r.ID[c.group] == 0 && ended[c.id] {
			r.ID[c.group] = c.id
			delete(ended, c.id)
		}
	}
	for g := range groups {
		if r.ID[g] == 0 {
			r.ID[g], r.New[g] = next(), true
		}
	}
	for _, c := range claims { // most members first
		if ended[c.id] {
			if _, known := r.Successor[c.id]; !known {
				r.Successor[c.id] = r.ID[c.group]
			}
		}
	}
	for id := range ended {
		if _, known := r.Successor[id]; !known {
			r.Successor[id] = 0
		}
	}
	return r
}
