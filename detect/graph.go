package detect

import (
	"context"
	"maps"
	"slices"

	"dedupe/article"
	"dedupe/storage"
)

// graph is what is known in memory of articles' links and clusters. It is read
// from the store where it is asked for and kept up to date; between batches it
// may be forgotten.
type graph struct {
	store *storage.Store
	mend  func(context.Context, *storage.PairRow) error // judges a damaged pair anew; may be nil
	nodes map[uint32]*node
	batch uint32
}

type node struct {
	part   storage.Part
	edges  []edge
	batch  uint32 // that changed it last
	loaded bool   // edges were read from the store
}

// edge is a link as one of its ends sees it.
type edge struct {
	other    uint32
	strength float32
	whole    bool
}

func newGraph(store *storage.Store) *graph {
	return &graph{store: store, nodes: map[uint32]*node{}}
}

// maxNodes bounds the memory of the graph: about 200 bytes each.
var maxNodes = 200_000 // smaller in a test

// trim is called at the end of a batch. When the graph has grown too large it
// forgets half of it, what changed longest ago, but nothing that changed in this
// batch and in the one before, which may still be on its way to the store.
func (g *graph) trim() {
	if len(g.nodes) > maxNodes {
		changed := make([]uint32, 0, len(g.nodes))
		for _, n := range g.nodes {
			changed = append(changed, n.batch)
		}
		slices.Sort(changed)
		before := min(changed[len(changed)/2]+1, g.batch-min(g.batch, 1))
		maps.DeleteFunc(g.nodes, func(_ uint32, n *node) bool { return n.batch < before })
	}
	g.batch++
}

// touch notes that a node is changed.
func (g *graph) touch(n *node) { n.batch = g.batch }

// add enters a new article, which has no edges yet.
func (g *graph) add(seq uint32, p storage.Part) {
	g.nodes[seq] = &node{part: p, loaded: true, batch: g.batch}
}

func (g *graph) node(ctx context.Context, seq uint32) (*node, error) {
	if n := g.nodes[seq]; n != nil {
		return n, nil
	}
	p, err := g.store.Part(ctx, seq)
	if err != nil {
		return nil, err
	}
	n := &node{part: p}
	g.nodes[seq] = n
	return n, nil
}

// linked returns an article with its edges.
func (g *graph) linked(ctx context.Context, seq uint32) (*node, error) {
	n, err := g.node(ctx, seq)
	if err != nil || n.loaded {
		return n, err
	}
	pairs, err := g.store.PairsWith(ctx, seq)
	if err != nil {
		return nil, err
	}
	n.loaded = true
	for _, p := range pairs {
		if p.A == 0 { // it is not known with which
			continue
		}
		other := p.A
		if other == seq {
			other = p.B
		}
		if p.Damaged != nil && g.mend != nil {
			if err := g.mend(ctx, &p); err != nil {
				return nil, err
			}
		}
		if p.Verdict.Linked() {
			n.edges = append(n.edges, newEdge(other, &p))
		}
	}
	return n, nil
}

func newEdge(other uint32, p *storage.PairRow) edge {
	return edge{other: other, strength: float32(p.Verdict.Strength()), whole: p.Verdict.Whole()}
}

// link enters a link at both ends, or removes it when p is nil.
func (g *graph) link(ctx context.Context, a, b uint32, p *storage.PairRow) error {
	na, err := g.linked(ctx, a)
	if err != nil {
		return err
	}
	nb, err := g.linked(ctx, b)
	if err != nil {
		return err
	}
	// What is linked is so at both ends, and of a story with many copies most ends have
	// few links.
	to := func(x uint32) func(edge) bool { return func(e edge) bool { return e.other == x } }
	was := slices.ContainsFunc(nb.edges, to(a))
	if len(na.edges) < len(nb.edges) {
		was = slices.ContainsFunc(na.edges, to(b))
	}
	if was {
		na.edges = slices.DeleteFunc(na.edges, to(b))
		nb.edges = slices.DeleteFunc(nb.edges, to(a))
	}
	g.touch(na)
	g.touch(nb)
	if p != nil {
		na.edges = append(na.edges, newEdge(b, p))
		nb.edges = append(nb.edges, newEdge(a, p))
	}
	return nil
}

// decisions are people's words on pairs of articles, by either's key.
type decisions map[article.Key][]storage.Decision

func newDecisions(list []storage.Decision) decisions {
	d := decisions{}
	for _, x := range list {
		d[x.A] = append(d[x.A], x)
		d[x.B] = append(d[x.B], x)
	}
	return d
}

// moved returns the decisions under the keys that articles have from now on, as
// storage.Batch.Moved moves them: of two on what is one pair now the later one holds.
func (d decisions) moved(to map[article.Key]article.Key) decisions {
	now := func(k article.Key) article.Key {
		if moved, is := to[k]; is {
			return moved
		}
		return k
	}
	concerned := false
	for k := range to {
		concerned = concerned || len(d[k]) > 0
	}
	if !concerned {
		return d
	}
	type pair [2]article.Key
	all := d.list()
	stands := make(map[pair]storage.Decision, len(all))
	for _, moves := range []bool{false, true} {
		for _, x := range all {
			m := storage.NewDecision(now(x.A), now(x.B), x.Same, x.Decided, x.Note)
			if (now(x.A) != x.A || now(x.B) != x.B) != moves || m.A == m.B {
				continue
			}
			p := pair{m.A, m.B}
			if was, is := stands[p]; !is || m.Decided.Unix() >= was.Decided.Unix() {
				stands[p] = m
			}
		}
	}
	return newDecisions(slices.Collect(maps.Values(stands)))
}
