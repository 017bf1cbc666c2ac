package engine

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"dedupe/article"
	"dedupe/cluster"
	"dedupe/storage"
)

// group groups all articles at that step with what they are connected with, and names the
// groups. Of many articles all links are read at once.
func (e *Engine) group(ctx context.Context, progress Progress) error {
	left, err := e.store.WorkLeft(ctx)
	if err != nil {
		return err
	}
	total, done, above := left[storage.Group], 0, uint32(0)
	if total > 0 {
		progress(Grouping, 0, total)
	}
	whole := 4*total >= len(e.places)
	e.graph = e.newGraph()
	if whole && total > 0 {
		if err := e.graph.load(ctx, uint32(len(e.places))); err != nil {
			return err
		}
	}
	seen := map[uint32]bool{}
	for done < total {
		starts, err := e.store.WorkAt(ctx, storage.Group, above, e.opt.Batch)
		if err != nil {
			return err
		}
		if len(starts) == 0 { // of damaged rows
			break
		}
		b := &storage.Batch{Run: e.run}
		n, err := e.regroup(ctx, b, starts, seen)
		if err != nil {
			return err
		}
		e.events = append(e.events, b.Events...)
		above = starts[n-1]
		done += n
		b.Work = storage.Work{From: storage.Group, To: storage.Done, First: starts[0], Last: above}
		if err := e.write(ctx, b); err != nil {
			return err
		}
		if !whole { // those that are not seen stay: no cluster of theirs was touched
			maps.DeleteFunc(e.graph.nodes, func(seq uint32, _ *node) bool { return seen[seq] })
		}
		progress(Grouping, done, total)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	e.graph = e.newGraph()
	return e.writes.wait()
}

func (e *Engine) newGraph() *graph {
	return &graph{store: e.store, mend: e.mend, closed: e.closed, nodes: map[uint32]*node{}, waiting: map[uint32][]edge{}}
}

// regroup groups articles anew with all that they are connected with, those seen already
// left out, until a batch is full; it returns how many of the starts are done.
//
// Groups are named together that share links, decisions or members of one cluster until
// now, so that of the parts of a cluster only one keeps its id.
func (e *Engine) regroup(ctx context.Context, b *storage.Batch, starts []uint32, seen map[uint32]bool) (done int, err error) {
	var members []uint32  // of all components, those that stand alone included
	var groups [][]uint32 // of two or more
	asked := map[int64]bool{}
	left := slices.DeleteFunc(slices.Clone(starts), func(seq uint32) bool { return seen[seq] || !isCurrent(e.place(seq)) })
	if err := e.graph.reach(ctx, left...); err != nil {
		return 0, err
	}
	for done < len(starts) && len(members) < e.opt.Batch {
		for reach := []uint32{starts[done]}; len(reach) > 0; {
			start := reach[len(reach)-1]
			reach = reach[:len(reach)-1]
			if seen[start] || !isCurrent(e.place(start)) {
				continue
			}
			component, err := e.component(ctx, start, seen)
			if err != nil {
				return done, err
			}
			members = append(members, component...)
			for _, m := range component {
				if id := e.graph.nodes[m].part.Cluster; id != 0 && !asked[id] {
					asked[id] = true
					more, err := e.graph.membersOf(ctx, id)
					if err != nil {
						return done, err
					}
					reach = append(reach, more...)
				}
			}
			if len(component) > 1 {
				more, err := e.groupComponent(ctx, component)
				if err != nil {
					return done, err
				}
				groups = append(groups, more...)
			}
		}
		done++
	}
	slices.SortFunc(groups, func(x, y []uint32) int { return e.compare(x[0], y[0]) })
	if err := e.rename(ctx, b, members, groups); err != nil {
		return done, err
	}
	b.Pairs, e.mended = append(b.Pairs, e.mended...), nil
	return done, nil
}

// groupComponent groups one component, given in canonical order.
func (e *Engine) groupComponent(ctx context.Context, component []uint32) ([][]uint32, error) {
	at := make(map[uint32]int, len(component))
	keys := map[article.Key]int{}
	for i, seq := range component {
		at[seq] = i
	}
	var links []cluster.Link
	var decisions []cluster.Decision
	bond := map[int64]int{} // clusters -> their first frozen member
	for i, seq := range component {
		n, err := e.graph.linked(ctx, seq)
		if err != nil {
			return nil, err
		}
		for _, edge := range n.edges {
			if j, is := at[edge.other]; is && j < i && !e.closed(seq, edge.other) {
				links = append(links, cluster.Link{A: j, B: i, Strength: float64(edge.strength), Whole: edge.whole})
			}
		}
		if id := n.part.Cluster; id != 0 && e.place(seq).Frozen {
			if first, is := bond[id]; is {
				links = append(links, cluster.Link{A: first, B: i, Strength: bonded, Whole: true})
			} else {
				bond[id] = i
			}
		}
		if len(e.decisions) > 0 {
			keys[n.part.Key] = i
		}
	}
	for key, i := range keys {
		for _, d := range e.decisions[key] {
			if j, ok := keys[d.B]; ok && d.A == key {
				decisions = append(decisions, cluster.Decision{A: i, B: j, Same: d.Same})
			}
		}
	}
	slices.SortFunc(links, func(x, y cluster.Link) int { return cmp.Or(cmp.Compare(x.B, y.B), cmp.Compare(x.A, y.A)) })
	slices.SortFunc(decisions, func(x, y cluster.Decision) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	groups := make([][]uint32, len(component)) // by their first member
	for i, first := range cluster.Group(len(component), links, decisions) {
		groups[first] = append(groups[first], component[i])
	}
	return slices.DeleteFunc(groups, func(g []uint32) bool { return len(g) < 2 }), nil
}

// bonded is the strength with which the frozen members of a cluster stay together, above that of all
// links that an article can have.
const bonded = 1 << 20

// closed reports whether a link says nothing any more: that of two frozen articles, which are where they
// are, or of one that is frozen and alone.
func (e *Engine) closed(a, b uint32) bool {
	alone := func(seq uint32) bool {
		n := e.graph.nodes[seq]
		return e.place(seq).Frozen && n != nil && n.part.Cluster == 0
	}
	return e.place(a).Frozen && e.place(b).Frozen || alone(a) || alone(b)
}

// component returns the articles that links and decisions connect with one, in
// canonical order.
func (e *Engine) component(ctx context.Context, start uint32, seen map[uint32]bool) ([]uint32, error) {
	seen[start] = true
	list := []uint32{start}
	for i := 0; i < len(list); i++ {
		n, err := e.graph.linked(ctx, list[i])
		if err != nil {
			return nil, err
		}
		others, err := e.decided(ctx, n.part.Key)
		if err != nil {
			return nil, err
		}
		for _, edge := range n.edges {
			if !e.closed(list[i], edge.other) {
				others = append(others, edge.other)
			}
		}
		with, err := e.frozenWith(ctx, list[i], n.part.Cluster)
		if err != nil {
			return nil, err
		}
		others = append(others, with...)
		for _, other := range others {
			if !seen[other] {
				seen[other] = true
				list = append(list, other)
			}
		}
	}
	slices.SortFunc(list, e.compare)
	return list, nil
}

// decided returns the articles that a person put together with that of a key.
func (e *Engine) decided(ctx context.Context, key article.Key) (list []uint32, err error) {
	for _, d := range e.decisions[key] {
		if !d.Same {
			continue
		}
		known, err := e.current(ctx, d.Other(key))
		if err != nil {
			return nil, err
		}
		if known != 0 {
			list = append(list, known)
		}
	}
	return list, nil
}

// current returns the number of the current version of a key, or 0.
func (e *Engine) current(ctx context.Context, key article.Key) (uint32, error) {
	known, err := e.store.Known(ctx, []article.Key{key})
	if err != nil {
		return 0, err
	}
	s := known[key]
	if s.Seq != 0 && !isCurrent(e.place(s.Seq)) {
		return 0, nil // it has another key now
	}
	return s.Seq, nil
}
