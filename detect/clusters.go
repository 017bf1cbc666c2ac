package detect

import (
	"cmp"
	"slices"

	"dedupe/candidate"
	"dedupe/cluster"
	"dedupe/storage"
)

// rename gives groups their ids and notes what changed. Where the id of an older
// cluster goes those members decide that it had before the run: what came in it
// may have been there in passing, until furniture was learned.
//
// A new version of an article stands for the one that it replaces: a story of which all
// members are updated is the same story.
func (e *Engine) rename(b *storage.Batch, members []uint32, groups [][]uint32) {
	replaces := e.replaced(b)
	own := func(seq uint32) int64 { return e.graph.nodes[seq].part.Cluster }
	old := func(seq uint32) int64 {
		if before := replaces[seq]; before != 0 {
			seq = before
		}
		return own(seq)
	}
	gone := map[uint32]bool{} // another member stands for them
	for _, m := range members {
		if before := replaces[m]; before != 0 {
			gone[before] = true
		}
	}
	size := map[int64]int{} // members that each old cluster had
	for _, m := range members {
		if id := old(m); id != 0 && !gone[m] {
			size[id]++
		}
	}
	say := func(seq uint32) (id int64, say bool) {
		id = old(seq)
		return id, seq < e.began.Seq || e.heirs[seq] || id >= e.began.Cluster
	}
	r := cluster.Name(groups, say, members, func() int64 {
		e.next.Cluster++
		return e.next.Cluster - 1
	})
	resized := map[uint32]bool{} // the longest may be another one
	for _, x := range b.Resized {
		resized[x.Seq] = true
	}
	now := map[uint32]int64{}
	for g, list := range groups {
		id, stayed := r.ID[g], 0
		for _, m := range list {
			now[m] = id
			if old(m) == id {
				stayed++
			}
		}
		if !r.New[g] && stayed == len(list) && size[id] == len(list) && !slices.ContainsFunc(list, func(m uint32) bool { return resized[m] || replaces[m] != 0 }) {
			continue // as it was
		}
		row := e.clusterRow(id, list)
		row.New = r.New[g]
		b.Clusters = append(b.Clusters, row)
		e.logChange(b, &row, stayed, size[id])
	}
	first := e.firstNew(b)
	for _, m := range members {
		if id := now[m]; id != own(m) {
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

// replaced returns, by each new article of a batch that is another version of a stored
// one, the number of that, from which it inherits what it has to say.
func (e *Engine) replaced(b *storage.Batch) map[uint32]uint32 {
	if len(b.Superseded) == 0 {
		return nil
	}
	replaces := make(map[uint32]uint32, len(b.Superseded))
	for _, seq := range b.Superseded {
		heir := e.flight[0].heirs[seq]
		replaces[heir] = seq
		if seq < e.began.Seq || e.heirs[seq] {
			e.heirs[heir] = true
		}
	}
	return replaces
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
