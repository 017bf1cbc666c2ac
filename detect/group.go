package detect

import (
	"cmp"
	"context"
	"slices"

	"dedupe/article"
	"dedupe/candidate"
	"dedupe/cluster"
	"dedupe/storage"
)

// group brings clusters up to date with what was judged: it enters the new
// links, finds the components that were touched, groups each anew, and writes
// what changed into the batch.
func (e *Engine) group(ctx context.Context, b *storage.Batch, judged []judgement) error {
	touched := slices.Clone(b.Superseded)
	for _, seq := range b.Superseded {
		n, err := e.graph.linked(ctx, seq)
		if err != nil {
			return err
		}
		for _, edge := range slices.Clone(n.edges) {
			touched = append(touched, edge.other)
			if err := e.graph.link(ctx, seq, edge.other, nil); err != nil {
				return err
			}
		}
	}
	for i := range judged {
		more, err := e.relink(ctx, &judged[i])
		if err != nil {
			return err
		}
		touched = append(touched, more...)
	}
	return e.regroup(ctx, b, touched)
}

// relink replaces an article's links to earlier ones and returns the articles
// whose links changed, itself included.
func (e *Engine) relink(ctx context.Context, j *judgement) (touched []uint32, err error) {
	n, err := e.graph.linked(ctx, j.seq)
	if err != nil {
		return nil, err
	}
	for _, edge := range slices.Clone(n.edges) {
		if e.before(edge.other, j.seq) {
			touched = append(touched, edge.other)
			if err := e.graph.link(ctx, edge.other, j.seq, nil); err != nil {
				return nil, err
			}
		}
	}
	for i := range j.pairs {
		if p := &j.pairs[i]; p.Verdict.Linked() {
			e.sum.Linked++
			touched = append(touched, p.A)
			if err := e.graph.link(ctx, p.A, p.B, p); err != nil {
				return nil, err
			}
		}
	}
	if len(touched) > 0 {
		touched = append(touched, j.seq)
	}
	return touched, nil
}

// regroup groups the components of the touched articles anew.
func (e *Engine) regroup(ctx context.Context, b *storage.Batch, touched []uint32) error {
	var members []uint32  // of all components, those that stand alone included
	var groups [][]uint32 // of two or more
	seen := map[uint32]bool{}
	for _, start := range touched {
		if seen[start] {
			continue
		}
		component, err := e.component(ctx, start, seen)
		if err != nil {
			return err
		}
		members = append(members, component...)
		if len(component) < 2 {
			continue
		}
		more, err := e.groupComponent(ctx, component)
		if err != nil {
			return err
		}
		groups = append(groups, more...)
	}
	slices.SortFunc(groups, func(x, y []uint32) int { return e.compare(x[0], y[0]) })
	e.rename(b, members, groups)
	return nil
}

func (e *Engine) compare(a, b uint32) int {
	return cmp.Or(e.place(a).Compare(e.place(b)), cmp.Compare(a, b))
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
		for _, edge := range n.edges {
			if !seen[edge.other] {
				seen[edge.other] = true
				list = append(list, edge.other)
			}
		}
		same, err := e.decided(ctx, n.part.Key)
		if err != nil {
			return nil, err
		}
		for _, other := range same {
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
		other := d.A
		if other == key {
			other = d.B
		}
		known, err := e.current(ctx, other)
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
	if s, ok := e.unwritten(key); ok {
		return s.Seq, nil
	}
	known, err := e.store.Known(ctx, []article.Key{key})
	return known[key].Seq, err
}

// groupComponent groups one component, given in canonical order.
func (e *Engine) groupComponent(ctx context.Context, component []uint32) ([][]uint32, error) {
	at := make(map[uint32]int, len(component))
	keys := map[article.Key]int{}
	for i, seq := range component {
		at[seq] = i
	}
	var links []cluster.Link
	var words []cluster.Decision
	for i, seq := range component {
		n, err := e.graph.linked(ctx, seq)
		if err != nil {
			return nil, err
		}
		for _, edge := range n.edges {
			if j := at[edge.other]; j < i {
				links = append(links, cluster.Link{A: j, B: i, Strength: float64(edge.strength), Whole: edge.whole})
			}
		}
		if len(e.decisions) > 0 {
			keys[n.part.Key] = i
		}
	}
	for key, i := range keys {
		for _, d := range e.decisions[key] {
			if j, ok := keys[d.B]; ok && d.A == key {
				words = append(words, cluster.Decision{A: i, B: j, Same: d.Same})
			}
		}
	}
	slices.SortFunc(links, func(x, y cluster.Link) int { return cmp.Or(cmp.Compare(x.B, y.B), cmp.Compare(x.A, y.A)) })
	slices.SortFunc(words, func(x, y cluster.Decision) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	lead := cluster.Group(len(component), links, words)
	byLead := map[int][]uint32{}
	var order []int
	for i, l := range lead {
		if byLead[l] == nil {
			order = append(order, l)
		}
		byLead[l] = append(byLead[l], component[i])
	}
	var groups [][]uint32
	for _, l := range order {
		if len(byLead[l]) > 1 {
			groups = append(groups, byLead[l])
		}
	}
	return groups, nil
}

// rename gives groups their ids and notes what changed.
func (e *Engine) rename(b *storage.Batch, members []uint32, groups [][]uint32) {
	old := func(seq uint32) int64 { return e.graph.nodes[seq].part.Cluster }
	size := map[int64]int{} // members that each old cluster had
	for _, m := range members {
		if id := old(m); id != 0 {
			size[id]++
		}
	}
	r := cluster.Name(groups, old, members, func() int64 {
		e.next.Cluster++
		return e.next.Cluster - 1
	})
	now := map[uint32]int64{}
	for g, list := range groups {
		id, stayed := r.ID[g], 0
		for _, m := range list {
			now[m] = id
			if old(m) == id {
				stayed++
			}
		}
		if !r.New[g] && stayed == len(list) && size[id] == len(list) {
			continue // as it was
		}
		row := e.clusterRow(id, list)
		row.New = r.New[g]
		b.Clusters = append(b.Clusters, row)
		e.log1(b, &row, stayed, size[id])
	}
	first := e.firstNew(b)
	for _, m := range members {
		if id := now[m]; id != old(m) {
			if m >= first {
				b.Articles[m-first].Cluster = id
			} else if !e.place(m).Dead {
				b.Moves = append(b.Moves, storage.Move{Seq: m, Cluster: id})
			}
			n := e.graph.nodes[m]
			n.part.Cluster = id
			e.graph.touch(n)
		}
	}
	slices.SortFunc(b.Moves, func(x, y storage.Move) int { return cmp.Compare(x.Seq, y.Seq) })
	b.Ended = r.Successor
	for _, id := range sortedKeys(r.Successor) {
		event := storage.ClusterEvent{Cluster: id, Event: "merged", Other: r.Successor[id]}
		if event.Other == 0 {
			event.Event = "dissolved"
		} else {
			e.sum.Merged++
		}
		b.Events = append(b.Events, event)
	}
}

// log1 notes in the log what happened to one living cluster.
func (e *Engine) log1(b *storage.Batch, row *storage.ClusterRow, stayed, before int) {
	add := func(event string) {
		b.Events = append(b.Events, storage.ClusterEvent{Cluster: row.ID, Event: event, Members: row.Size})
	}
	if row.New {
		e.sum.Made++
		add("made")
		return
	}
	if stayed < before {
		e.sum.Split++
		add("split")
	}
	if stayed < row.Size {
		e.sum.Joined += row.Size - stayed
		add("joined")
	}
}

// firstNew is the number of the first article that the batch adds.
func (e *Engine) firstNew(b *storage.Batch) uint32 {
	if len(b.Articles) > 0 {
		return b.Articles[0].Seq
	}
	return e.next.Seq
}

// clusterRow describes a cluster whose members are given in canonical order.
func (e *Engine) clusterRow(id int64, members []uint32) storage.ClusterRow {
	row := storage.ClusterRow{ID: id, Size: len(members)}
	outlets := map[uint32]bool{}
	dated := members // those without a date stand last
	if n := slices.IndexFunc(members, func(m uint32) bool { return e.place(m).Date == candidate.Undated }); n > 0 {
		dated = members[:n]
	}
	for i, m := range members {
		p := &e.graph.nodes[m].part
		outlets[p.Outlet] = true
		switch {
		case i == 0:
			row.First, row.Last = p.Effective, p.Effective
		case i < len(dated): // the day on which a page without a date was read says nothing of the story
			row.First, row.Last = min(row.First, p.Effective), max(row.Last, p.Effective)
		}
	}
	row.Outlets = len(outlets)
	row.Representative, row.Reason = e.representative(members)
	return row
}

// representative chooses a member by the configured order of reasons.
func (e *Engine) representative(members []uint32) (seq uint32, reason string) {
	for _, reason := range e.opt.Representative {
		switch reason {
		case "agency": // the wire agency itself; of several the earliest
			for _, m := range members {
				if e.graph.nodes[m].part.Agency {
					return m, reason
				}
			}
		case "earliest": // members are in order of date; one without a date does not count
			if e.place(members[0]).Date != candidate.Undated {
				return members[0], reason
			}
		case "longest":
			best := members[0]
			for _, m := range members {
				if e.graph.nodes[m].part.Words > e.graph.nodes[best].part.Words {
					best = m
				}
			}
			return best, reason
		}
	}
	return members[0], "earliest"
}
