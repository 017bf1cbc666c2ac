package engine

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"
	"sync"

	"dedupe/article"
	"dedupe/storage"
)

// graph is what is known in memory of articles' links and clusters: read from the store
// where it is asked for, or all of it at once.
type graph struct {
	store   *storage.Store
	mend    func(context.Context, *storage.PairRow) error // judges a damaged pair anew
	closed  func(a, b uint32) bool                        // reports whether a link says nothing any more
	nodes   map[uint32]*node
	waiting map[uint32][]edge // links of articles that reach has not read; in the end closed ones are left

	whole    bool                         // all of it was read, and these:
	members  map[int64][]uint32           // of clusters
	clusters map[int64]storage.ClusterRow // that live
}

type node struct {
	part   storage.Part
	edges  []edge
	loaded bool // edges were read from the store
}

// edge is a link as one of its ends sees it.
type edge struct {
	other    uint32
	strength float32
	whole    bool
}

// load reads all of it, about 250 bytes an article: pairs in two halves beside the rest. last
// is the last article.
func (g *graph) load(ctx context.Context, last uint32) error {
	type link struct {
		b uint32
		edge
	}
	var links [2][]link
	var damaged [2][]storage.PairRow
	var failed [2]error
	var reading sync.WaitGroup
	for half, r := range [2][2]uint32{{1, max(1, last/2)}, {max(1, last/2), math.MaxUint32}} {
		reading.Go(func() {
			failed[half] = g.store.PairsIn(ctx, r[0], r[1], func(p storage.PairRow) error {
				switch {
				case p.Damaged != nil:
					damaged[half] = append(damaged[half], p)
				case p.Verdict.Linked():
					links[half] = append(links[half], link{p.B, newEdge(p.A, &p)})
				}
				return nil
			})
		})
	}
	err := g.articles(ctx)
	reading.Wait()
	if err = cmp.Or(err, failed[0], failed[1]); err != nil {
		return err
	}
	enter := func(x link) {
		if a, b := g.nodes[x.other], g.nodes[x.b]; a != nil && b != nil {
			b.edges = append(b.edges, x.edge)
			x.other = x.b
			a.edges = append(a.edges, x.edge)
		}
	}
	for _, p := range slices.Concat(damaged[0], damaged[1]) {
		if g.nodes[p.A] == nil || g.nodes[p.B] == nil {
			continue
		}
		if err := g.mend(ctx, &p); err != nil {
			return err
		}
		if p.Verdict.Linked() {
			enter(link{p.B, newEdge(p.A, &p)})
		}
	}
	for half := range links {
		for _, x := range links[half] {
			enter(x)
		}
	}
	return nil
}

// reach reads what the given articles are connected with by links that are not closed, and the other members
// of their clusters. A step reads the pairs of which its articles are the later ones. Of the others it reads
// only which article is the later one; the next step reads that one's pairs.
func (g *graph) reach(ctx context.Context, step ...uint32) error {
	read, asked := map[uint32]bool{}, map[int64]bool{}
	for {
		step = slices.DeleteFunc(step, func(seq uint32) bool {
			n := g.nodes[seq]
			done := read[seq] || n != nil && n.loaded
			read[seq] = true
			return done
		})
		if len(step) == 0 {
			return nil
		}
		slices.Sort(step)
		var clusters []int64
		err := g.store.PartsOf(ctx, step, func(seq uint32, p storage.Part) error {
			g.nodes[seq] = &node{part: p, edges: g.waiting[seq], loaded: true}
			delete(g.waiting, seq)
			if p.Cluster != 0 && !asked[p.Cluster] {
				asked[p.Cluster] = true
				clusters = append(clusters, p.Cluster)
			}
			return nil
		})
		if err != nil {
			return err
		}
		next, err := g.store.MembersOf(ctx, clusters)
		if err != nil {
			return err
		}
		var damaged []storage.PairRow
		enter := func(p *storage.PairRow) {
			if !p.Verdict.Linked() {
				return
			}
			g.enter(p.B, newEdge(p.A, p))
			g.enter(p.A, newEdge(p.B, p))
			if !g.closed(p.B, p.A) {
				next = append(next, p.A)
			}
		}
		err = g.store.EarlierOf(ctx, step, func(p storage.PairRow) error {
			switch {
			case p.A == 0: // it is not known with which
			case p.Damaged != nil:
				damaged = append(damaged, p)
			default:
				enter(&p)
			}
			return nil
		})
		if err != nil {
			return err
		}
		for _, p := range damaged {
			if err := g.mend(ctx, &p); err != nil {
				return err
			}
			enter(&p)
		}
		err = g.store.LaterOf(ctx, step, func(a, b uint32) error {
			if !g.closed(a, b) {
				next = append(next, b)
			}
			return nil
		})
		if err != nil {
			return err
		}
		step = next
	}
}

// enter gives an article an edge. Each pair is read once, so that none has one twice.
func (g *graph) enter(seq uint32, x edge) {
	if n := g.nodes[seq]; n != nil && n.loaded {
		n.edges = append(n.edges, x)
	} else {
		g.waiting[seq] = append(g.waiting[seq], x)
	}
}

// articles reads what is known of articles and clusters.
func (g *graph) articles(ctx context.Context) error {
	g.whole, g.members, g.clusters = true, map[int64][]uint32{}, map[int64]storage.ClusterRow{}
	err := g.store.Parts(ctx, func(seq uint32, p storage.Part) error {
		g.nodes[seq] = &node{part: p, loaded: true}
		if p.Cluster != 0 {
			g.members[p.Cluster] = append(g.members[p.Cluster], seq)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return g.store.Clusters(ctx, 0, func(c storage.ClusterRow) error {
		g.clusters[c.ID] = c
		return nil
	})
}

// membersOf returns the members that a cluster had before it is grouped anew.
func (g *graph) membersOf(ctx context.Context, id int64) ([]uint32, error) {
	if g.whole {
		return g.members[id], nil
	}
	return g.store.ClusterMembers(ctx, id)
}

// cluster returns the row of a living cluster, nothing of one that was lost or cannot be
// read.
func (g *graph) cluster(ctx context.Context, id int64) (c storage.ClusterRow, err error) {
	if g.whole {
		return g.clusters[id], nil
	}
	err = g.store.Clusters(ctx, id, func(row storage.ClusterRow) error {
		c = row
		return nil
	})
	return c, err
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

// linked returns an article with its edges. One that only a person's decision connects was not
// reached before.
func (g *graph) linked(ctx context.Context, seq uint32) (*node, error) {
	if n := g.nodes[seq]; n == nil || !n.loaded {
		if err := g.reach(ctx, seq); err != nil {
			return nil, err
		}
	}
	return g.node(ctx, seq) // a storage.Damage where it is not there
}

func newEdge(other uint32, p *storage.PairRow) edge {
	return edge{other: other, strength: float32(p.Verdict.Strength()), whole: p.Verdict.Whole()}
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
