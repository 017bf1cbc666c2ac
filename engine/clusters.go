package engine

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"dedupe/candidate"
	"dedupe/cluster"
	"dedupe/storage"
)

// rename gives groups their ids and notes what changed.
func (e *Engine) rename(ctx context.Context, b *storage.Batch, members []uint32, groups [][]uint32) error {
	old := func(seq uint32) int64 { return e.graph.nodes[seq].part.Cluster }
	size := map[int64]int{} // members that each cluster had
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
		row := e.clusterRow(id, list)
		if row.New = r.New[g]; !row.New {
			was, err := e.clusterWas(ctx, id)
			if err != nil {
				return err
			}
			if was.Reason == pinned && slices.Contains(list, was.Representative) {
				row.Representative, row.Reason = was.Representative, pinned
			}
			if row == was && stayed == len(list) && size[id] == len(list) {
				continue
			}
		}
		b.Clusters = append(b.Clusters, row)
		e.logChange(b, &row, stayed, size[id])
	}
	for _, m := range members {
		if id := now[m]; id != old(m) {
			b.Moves = append(b.Moves, storage.Move{Seq: m, Cluster: id})
			e.graph.nodes[m].part.Cluster = id
		}
	}
	slices.SortFunc(b.Moves, func(x, y storage.Move) int { return cmp.Compare(x.Seq, y.Seq) })
	if b.Ended == nil {
		b.Ended = map[int64]int64{}
	}
	maps.Copy(b.Ended, r.Successor)
	for _, id := range sortedKeys(r.Successor) {
		event := storage.ClusterEvent{Cluster: id, Event: "merged", Other: r.Successor[id]}
		if event.Other == 0 {
			event.Event = "dissolved"
		} else {
			e.sum.Merged++
		}
		b.Events = append(b.Events, event)
	}
	return nil
}

// pinned is why an article represents a cluster which a person chose for that.
const pinned = "pinned"

// clusterWas returns the row of a living cluster as it is stored, nothing of one that was
// lost or cannot be read. The reason of one whose pin is no longer in force is none.
func (e *Engine) clusterWas(ctx context.Context, id int64) (storage.ClusterRow, error) {
	c, err := e.graph.cluster(ctx, id)
	if err != nil || c.Reason != pinned {
		return c, err
	}
	n, err := e.graph.node(ctx, c.Representative)
	if storage.IsDamage(err) {
		c.Reason = ""
		return c, nil
	}
	if err != nil {
		return c, err
	}
	is, err := e.store.Pinned(ctx, n.part.Key)
	if !is {
		c.Reason = ""
	}
	return c, err
}

// logChange notes in the log what happened to one living cluster.
func (e *Engine) logChange(b *storage.Batch, row *storage.ClusterRow, stayed, before int) {
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

// clusterRow describes a cluster whose members are given in canonical order.
func (e *Engine) clusterRow(id int64, members []uint32) storage.ClusterRow {
	row := storage.ClusterRow{ID: id, Size: len(members)}
	outlets := map[uint32]bool{}
	dated := false
	for i, m := range members {
		p := &e.graph.nodes[m].part
		outlets[p.Outlet] = true
		switch {
		case i == 0 || p.Dated && !dated:
			row.First, row.Last = p.Effective, p.Effective
		case p.Dated: // the day on which a page without a date was read says nothing of the story
			row.First, row.Last = min(row.First, p.Effective), max(row.Last, p.Effective)
		}
		dated = dated || p.Dated
	}
	row.Outlets = len(outlets)
	row.Representative, row.Reason = e.representative(members)
	return row
}

// dated returns those of the members that have a date; in canonical order the others stand last.
func (e *Engine) dated(members []uint32) []uint32 {
	if n := slices.IndexFunc(members, func(m uint32) bool { return e.place(m).Date == candidate.Undated }); n >= 0 {
		return members[:n]
	}
	return members
}

// representative chooses one of the members, which are in canonical order, by the first of
// the configured rules that finds one; of several the first.
func (e *Engine) representative(members []uint32) (seq uint32, reason string) {
	dated := e.dated(members)
	words := func(a, b uint32) int { return cmp.Compare(e.graph.nodes[a].part.Words, e.graph.nodes[b].part.Words) }
	for _, reason := range e.opt.Representative {
		switch reason {
		case "preferred":
			for _, name := range e.opt.Preferred {
				outlet, stored := e.outlets[name]
				if i := slices.IndexFunc(members, func(m uint32) bool { return e.graph.nodes[m].part.Outlet == outlet }); stored && i >= 0 {
					return members[i], reason
				}
			}
		case "agency": // the wire agency itself; of several the earliest
			for _, m := range members {
				if e.graph.nodes[m].part.Agency {
					return m, reason
				}
			}
		case "earliest": // one without a date does not count
			if len(dated) > 0 {
				return dated[0], reason
			}
		case "latest":
			if n := len(dated); n > 0 {
				last := e.place(dated[n-1]).Date
				return dated[slices.IndexFunc(dated, func(m uint32) bool { return e.place(m).Date == last })], reason
			}
		case "longest":
			return slices.MaxFunc(members, words), reason
		case "shortest":
			return slices.MinFunc(members, words), reason
		}
	}
	return members[0], "earliest"
}
