package evaluate

import (
	"cmp"
	"slices"
)

// Merge is a found cluster that holds more than one story.
type Merge struct {
	Cluster  string `json:"cluster"`
	Label    string `json:"label,omitempty"` // as people write it, where the caller knows it
	Articles int    `json:"articles"`        // that gold knows
	Stories  int    `json:"stories"`
	Pairs    int    `json:"pairs"` // found together that share no story
	A        string `json:"a"`     // one of these pairs
	B        string `json:"b"`
}

// Split is a story that was found in more than one piece. Stories that share
// articles count as one.
type Split struct {
	Story    string `json:"story"` // one of them
	Articles int    `json:"articles"`
	Pieces   int    `json:"pieces"`
	Pairs    int    `json:"pairs"` // of one story and not found together
	A        string `json:"a"`     // one of these pairs
	B        string `json:"b"`
}

// worst returns the found clusters with the most false pairs and the stories
// with the most missed ones, n of each.
func (g *grouping) worst(c counts, n int) ([]Merge, []Split) {
	if n <= 0 {
		return nil, nil
	}
	wrong := make([]int, len(g.size))
	missed := make([]int, g.units)
	for i := range g.ids {
		wrong[g.found[i]] += int(g.size[g.found[i]] - c.within[i])
		missed[g.unit[i]] += int(c.all[i] - c.within[i])
	}
	merges, splits := make([]Merge, 0, n), make([]Split, 0, n)
	for _, cluster := range most(wrong, n) {
		members := g.members(g.found, cluster)
		m := Merge{Cluster: g.clusters[cluster], Articles: len(members), Pairs: wrong[cluster] / 2}
		m.Stories = distinct(members, func(i int) int32 { return g.unit[i] })
		m.A, m.B = g.example(members,
			func(i int) bool { return c.within[i] < g.size[cluster] },
			func(i, j int) bool { return !g.related(i, j) })
		merges = append(merges, m)
	}
	for _, unit := range most(missed, n) {
		members := g.members(g.unit, unit)
		s := Split{Story: g.names[g.stories[members[0]][0]], Articles: len(members), Pairs: missed[unit] / 2}
		s.Pieces = distinct(members, func(i int) int32 { return g.found[i] })
		s.A, s.B = g.example(members,
			func(i int) bool { return c.within[i] < c.all[i] },
			func(i, j int) bool { return g.found[i] != g.found[j] && g.related(i, j) })
		splits = append(splits, s)
	}
	return merges, splits
}

// most returns the indexes of the n largest of values that are not 0.
func most(values []int, n int) []int32 {
	var at []int32
	for i, v := range values {
		if v > 0 {
			at = append(at, int32(i))
		}
	}
	slices.SortFunc(at, func(a, b int32) int {
		return cmp.Or(cmp.Compare(values[b], values[a]), cmp.Compare(a, b))
	})
	return at[:min(n, len(at))]
}

func (g *grouping) members(of []int32, value int32) (list []int) {
	for i, v := range of {
		if v == value {
			list = append(list, i)
		}
	}
	return list
}

func distinct(members []int, of func(i int) int32) int {
	seen := map[int32]bool{}
	for _, i := range members {
		seen[of(i)] = true
	}
	return len(seen)
}

// example returns the first article with an error, by has, and the first other
// that the error is with, by wrong.
func (g *grouping) example(members []int, has func(i int) bool, wrong func(i, j int) bool) (a, b string) {
	i := members[slices.IndexFunc(members, has)]
	j := members[slices.IndexFunc(members, func(j int) bool { return wrong(i, j) })]
	return g.ids[min(i, j)], g.ids[max(i, j)]
}
