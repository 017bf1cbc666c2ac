package detect

import (
	"context"
	"slices"

	"dedupe/article"
	"dedupe/storage"
)

// group groups all articles by the graph, gives the groups their ids, and
// stores what changed.
//
// Groups are named together that share links, decisions or members of one old
// cluster, so that of the parts of a cluster only one keeps its id.
func (r *reclustering) group(ctx context.Context) error {
	if !r.DryRun {
		if err := r.e.store.SetShort(ctx, r.e.opt.Thresholds.MinWords); err != nil {
			return err
		}
	}
	stored, err := r.clusters(ctx)
	if err != nil {
		return err
	}
	members := map[int64][]uint32{} // of the clusters until now
	for _, seq := range sortedKeys(r.e.graph.nodes) {
		if id := r.e.graph.nodes[seq].part.Cluster; id != 0 {
			members[id] = append(members[id], seq)
		}
	}
	var (
		seen  = map[uint32]bool{}
		batch []uint32
		all   [][]uint32
	)
	for _, seq := range sortedKeys(r.e.graph.nodes) {
		for starts := []uint32{seq}; len(starts) > 0; {
			start := starts[len(starts)-1]
			starts = starts[:len(starts)-1]
			if seen[start] {
				continue
			}
			component, err := r.e.component(ctx, start, seen)
			if err != nil {
				return err
			}
			for _, m := range component {
				if id := r.e.graph.nodes[m].part.Cluster; id != 0 {
					starts = append(starts, members[id]...)
					delete(members, id)
					batch = append(batch, m)
				} else if len(component) > 1 {
					batch = append(batch, m)
				}
			}
			if len(component) > 1 {
				groups, err := r.e.groupComponent(ctx, component)
				if err != nil {
					return err
				}
				all = append(all, groups...)
			}
		}
		if len(batch) >= r.e.opt.Batch {
			if err := r.name(ctx, batch, all, stored); err != nil {
				return err
			}
			batch, all = nil, nil
		}
	}
	if err := r.name(ctx, batch, all, stored); err != nil {
		return err
	}
	if r.DryRun {
		return nil
	}
	if err := r.e.store.DropStray(ctx); err != nil || !r.Texts {
		return err
	}
	return r.e.store.SetMeta(ctx, map[string]string{metaRecluster: "", metaReindex: "", metaRenew: ""})
}

// clusters returns the rows of the living clusters. The reason of one whose pin is no
// longer in force is none.
func (r *reclustering) clusters(ctx context.Context) (map[int64]storage.ClusterRow, error) {
	view, err := r.e.store.View(ctx)
	if err != nil {
		return nil, err
	}
	defer view.Close()
	pinned := map[article.Key]bool{}
	for p, err := range view.Pins(ctx) {
		if err != nil {
			return nil, err
		}
		pinned[p.Key] = true
	}
	stored := map[int64]storage.ClusterRow{}
	err = r.e.store.Clusters(ctx, func(c storage.ClusterRow) error {
		n := r.e.graph.nodes[c.Representative]
		if c.Reason == "pinned" && (n == nil || !pinned[n.part.Key]) {
			c.Reason = ""
		}
		stored[c.ID] = c
		return nil
	})
	return stored, err
}

// name gives groups their ids and stores what changed of them: who represents them,
// and their dates and outlets, too.
func (r *reclustering) name(ctx context.Context, members []uint32, groups [][]uint32, stored map[int64]storage.ClusterRow) error {
	slices.SortFunc(groups, func(x, y []uint32) int { return r.e.compare(x[0], y[0]) })
	b := &storage.Batch{Run: r.e.run}
	r.e.rename(b, members, groups)
	written := map[int64]bool{}
	for i := range b.Clusters {
		written[b.Clusters[i].ID] = true
	}
	for _, list := range groups {
		id := r.e.graph.nodes[list[0]].part.Cluster
		if id == 0 || written[id] {
			continue
		}
		was := stored[id] // of one that was lost, or cannot be read, nothing
		row := r.e.clusterRow(id, list)
		if was.Reason == "pinned" {
			row.Representative, row.Reason = was.Representative, was.Reason
		}
		if row != was {
			b.Clusters = append(b.Clusters, row)
		}
	}
	r.out.Events = append(r.out.Events, b.Events...)
	if len(b.Clusters)+len(b.Moves)+len(b.Ended) == 0 {
		return nil
	}
	return r.write(ctx, b)
}
