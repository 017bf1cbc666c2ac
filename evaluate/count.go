package evaluate

import (
	"encoding/binary"
	"maps"
	"slices"
)

// grouping is gold and what was found, with numbers for names.
type grouping struct {
	ids     []string  // articles that have a story, in order
	stories [][]int32 // of each article, ascending
	names   []string  // of stories
	found   []int32   // cluster of each article; those that nobody found have one of their own
	missing int       // articles that were not found at all

	clusters []string // names of found clusters, "" for one of an article alone
	size     []int32  // of found clusters, counting articles that have a story

	// Stories tied together by articles of several are a unit: what errors come by.
	unit  []int32 // of each article
	units int
}

func newGrouping(gold *Gold, found *Found) *grouping {
	g := &grouping{ids: slices.Sorted(maps.Keys(gold.stories))}
	n := len(g.ids)
	g.stories, g.found = make([][]int32, n), make([]int32, n)
	story, cluster := map[string]int32{}, map[string]int32{}
	for i, id := range g.ids {
		for _, name := range gold.stories[id] {
			s, ok := story[name]
			if !ok {
				s = int32(len(g.names))
				story[name] = s
				g.names = append(g.names, name)
			}
			g.stories[i] = append(g.stories[i], s)
		}
		slices.Sort(g.stories[i])
		name, known := found.Cluster[id]
		if !known {
			g.missing++
		}
		c, ok := cluster[name]
		if name == "" || !ok {
			c = int32(len(g.size))
			g.size, g.clusters = append(g.size, 0), append(g.clusters, name)
			if name != "" {
				cluster[name] = c
			}
		}
		g.found[i] = c
		g.size[c]++
	}
	g.tie()
	return g
}

// tie gives stories that share an article one unit.
func (g *grouping) tie() {
	sets := newSets(len(g.names))
	for _, stories := range g.stories {
		for _, s := range stories[1:] {
			sets.join(int(stories[0]), int(s))
		}
	}
	number, units := sets.numbers()
	g.units = units
	g.unit = make([]int32, len(g.ids))
	for i, stories := range g.stories {
		g.unit[i] = number[stories[0]]
	}
}

// related reports whether two articles share a story.
func (g *grouping) related(i, j int) bool {
	for _, s := range g.stories[i] {
		if slices.Contains(g.stories[j], s) {
			return true
		}
	}
	return false
}

// counts are, for each article, how many articles share a story with it, itself
// included: in all, and within its found cluster.
//
// With one story an article they are sizes of groups. With several, adding the
// sizes up would count those twice that share two; by inclusion and exclusion
//
//	shares(a) = sum over sets S of a's stories, S not empty, of (-1)^(|S|+1) · n(S)
//
// where n(S) is how many articles have all stories of S. Cost: linear, times
// 2^maxStories for an article of the most stories.
type counts struct{ all, within []int32 }

func (g *grouping) count() counts {
	type place struct{ set, found int32 }
	sets := newSubsets(len(g.names))
	n := map[int32]int32{}
	inside := map[place]int32{}
	for i := range g.ids {
		for set := range sets.of(g.stories[i]) {
			n[set]++
			inside[place{set, g.found[i]}]++
		}
	}
	c := counts{make([]int32, len(g.ids)), make([]int32, len(g.ids))}
	for i := range g.ids {
		for set, sign := range sets.of(g.stories[i]) {
			c.all[i] += sign * n[set]
			c.within[i] += sign * inside[place{set, g.found[i]}]
		}
	}
	return c
}

// subsets numbers sets of stories: a set of one by its story, larger ones as
// they are met.
type subsets struct {
	first int32
	more  map[string]int32
	key   []byte
}

func newSubsets(stories int) *subsets {
	return &subsets{first: int32(stories), more: map[string]int32{}}
}

// of yields the number of each set that is not empty and the sign with which
// it counts.
func (s *subsets) of(stories []int32) func(yield func(set, sign int32) bool) {
	return func(yield func(set, sign int32) bool) {
		for mask := 1; mask < 1<<len(stories); mask++ {
			s.key = s.key[:0]
			set, sign := int32(0), int32(-1)
			for i, story := range stories {
				if mask>>i&1 == 1 {
					s.key = binary.LittleEndian.AppendUint32(s.key, uint32(story))
					set, sign = story, -sign
				}
			}
			if len(s.key) > 4 {
				var ok bool
				if set, ok = s.more[string(s.key)]; !ok {
					set = s.first + int32(len(s.more))
					s.more[string(s.key)] = set
				}
			}
			if !yield(set, sign) {
				return
			}
		}
	}
}

// disjoint are sets of numbers that can be joined (Tarjan 1975).
type disjoint []int32

func newSets(n int) disjoint {
	d := make(disjoint, n)
	for i := range d {
		d[i] = int32(i)
	}
	return d
}

func (d disjoint) root(i int) int {
	for int(d[i]) != i {
		d[i] = d[d[i]]
		i = int(d[i])
	}
	return i
}

// join lets the smaller number stand for both.
func (d disjoint) join(i, j int) {
	i, j = d.root(i), d.root(j)
	d[max(i, j)] = int32(min(i, j))
}

// numbers gives each element the number of its set, from 0 by their first members.
func (d disjoint) numbers() (number []int32, n int) {
	number = make([]int32, len(d))
	for i := range d {
		if r := d.root(i); r == i {
			number[i] = int32(n)
			n++
		} else {
			number[i] = number[r]
		}
	}
	return number, n
}
