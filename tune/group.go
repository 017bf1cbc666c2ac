package tune

import (
	"slices"

	"dedupe/cluster"
	"dedupe/similarity"
)

// grouper groups the articles of a table by changing sets of links.
type grouper struct {
	*Table
	decisions bool // they hold

	// Of the links at hand: sets of articles that are connected, and a list of
	// each set's links.
	root  []int32
	at    []int32 // of an article: its number in its component
	first []int32 // by root: where its links begin in list
	list  []int32 // links by component, each in the order of pairs
}

// component is a set of connected articles.
type component struct {
	members []int32 // ascending: in canonical order
	links   []int32 // numbers of pairs
}

func newGrouper(t *Table, decisions bool) *grouper {
	n := len(t.cluster)
	return &grouper{Table: t, decisions: decisions && len(t.decided) > 0,
		root: make([]int32, n), at: make([]int32, n), first: make([]int32, n+1)}
}

// find returns the smallest article of the set, and shortens the way to it
// (Tarjan 1975).
func (g *grouper) find(i int32) int32 {
	for g.root[i] != i {
		g.root[i] = g.root[g.root[i]]
		i = g.root[i]
	}
	return i
}

func (g *grouper) join(a, b int32) {
	a, b = g.find(a), g.find(b)
	g.root[max(a, b)] = min(a, b)
}

// each calls do for every component of two articles or more, in the order of
// their first articles. What do is given is valid during the call.
func (g *grouper) each(linked []bool, do func(c *component)) {
	for i := range g.root {
		g.root[i] = int32(i)
	}
	for i := range g.pairs {
		if linked[i] {
			g.join(g.pairs[i].A, g.pairs[i].B)
		}
	}
	if g.decisions {
		for _, d := range g.decided {
			if d.Same {
				g.join(int32(d.A), int32(d.B))
			}
		}
	}
	for i := range g.root { // those before i name their first article already
		g.root[i] = g.root[g.root[i]]
	}
	// Links and members in the order of their components, by counting.
	clear(g.first)
	for i := range g.pairs {
		if linked[i] {
			g.first[g.root[g.pairs[i].A]+1]++
		}
	}
	members := make([]int32, len(g.root)+1)
	for i := range g.root {
		members[g.root[i]+1]++
	}
	for i := 1; i < len(g.first); i++ {
		g.first[i] += g.first[i-1]
		members[i] += members[i-1]
	}
	total := int(g.first[len(g.root)])
	g.list = slices.Grow(g.list[:0], total)[:total]
	next := slices.Clone(g.first)
	for i := range g.pairs {
		if linked[i] {
			r := g.root[g.pairs[i].A]
			g.list[next[r]] = int32(i)
			next[r]++
		}
	}
	sorted := make([]int32, len(g.root))
	next = slices.Clone(members)
	for i := range g.root {
		r := g.root[i]
		sorted[next[r]] = int32(i)
		next[r]++
	}
	for r := range g.root {
		if part := sorted[members[r]:members[r+1]]; len(part) > 1 {
			do(&component{members: part, links: g.list[g.first[r]:g.first[r+1]]})
		}
	}
}

// group returns for each member the number of the first of its group.
func (g *grouper) group(c *component) []int {
	for i, m := range c.members {
		g.at[m] = int32(i)
	}
	links := make([]cluster.Link, len(c.links))
	for i, p := range c.links {
		pair := &g.pairs[p]
		v := similarity.Verdict{Evidence: pair.Evidence}
		if pair.Evidence.SameText && !pair.Evidence.SameOutlet {
			v.Kind = similarity.Identical
		}
		// The engine keeps strengths in 32 bits, and ties go by them.
		links[i] = cluster.Link{A: int(g.at[pair.A]), B: int(g.at[pair.B]), Strength: float64(float32(v.Strength())), Whole: v.Whole()}
	}
	var words []cluster.Decision
	if g.decisions {
		words = g.words(c)
	}
	return cluster.Group(len(c.members), links, words)
}

// words are the decisions on members, each once, in their order.
func (g *grouper) words(c *component) (words []cluster.Decision) {
	for i, m := range c.members {
		for _, n := range g.by[m] {
			d := g.decided[n]
			if int32(d.A) != m {
				continue
			}
			if other, ok := slices.BinarySearch(c.members, int32(d.B)); ok {
				words = append(words, cluster.Decision{A: i, B: other, Same: d.Same})
			}
		}
	}
	return words
}
