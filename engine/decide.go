package engine

import (
	"context"
	"slices"

	"dedupe/article"
	"dedupe/storage"
)

// Ruling is what a person decides at once.
type Ruling struct {
	Decide  []storage.Decision // each replaces an older one on the same pair
	Retract []storage.Decision // taken back
	Pin     []storage.Pin
	Unpin   []article.Key

	Run    int64 // to which it is added; 0: one of its own
	Undoes int64 // the stored ruling that it takes back; 0: none
}

// Ruled is what a ruling did.
type Ruled struct {
	Run     int64
	Ruling  int64   // by which it can be taken back
	Summary Summary // Made, Joined, Merged and Split count
	Events  []storage.ClusterEvent
}

// Rule stores a ruling together with what it does to the clusters: in one
// transaction, so that either both are there or none. The caller holds the
// lock, and no other engine has written since this one was made. Whether decisions
// contradict each other is not asked here: review.Rule does.
func (e *Engine) Rule(ctx context.Context, command, settings string, r Ruling) (Ruled, error) {
	start := e.now()
	e.sum, e.began, e.graph = Summary{}, e.next, e.newGraph()
	if e.run = r.Run; e.run == 0 {
		var err error
		if e.run, err = e.store.BeginRun(ctx, command, settings, start); err != nil {
			return Ruled{}, err
		}
	}
	before := e.decisions
	e.decisions = newDecisions(r.Stand(e.Decisions()))
	b := &storage.Batch{Run: e.run, Ruling: &storage.Ruling{Command: command, Decided: start, Undoes: r.Undoes}, Decided: r.Decide, Undecided: r.Retract, Pinned: r.Pin, Unpinned: r.Unpin}
	out, err := e.rule(ctx, b, r)
	if err == nil {
		b.Summary = e.sum.json()
		err = e.store.Write(ctx, b)
		out.Ruling = b.Ruling.ID
	}
	if err != nil {
		e.decisions = before
		e.graph = e.newGraph() // it may be ahead of the store
		return Ruled{}, e.store.Cause(ctx, err)
	}
	if r.Run == 0 {
		err = e.store.EndRun(ctx, e.run, b.Summary, e.now())
	}
	return out, err
}

// Stand returns the decisions that stand after a ruling: those of before that it says nothing
// of, and its own.
func (r *Ruling) Stand(before []storage.Decision) (list []storage.Decision) {
	gone := map[[2]article.Key]bool{}
	for _, d := range slices.Concat(r.Retract, r.Decide) {
		gone[[2]article.Key{d.A, d.B}] = true
	}
	for _, d := range before {
		if !gone[[2]article.Key{d.A, d.B}] {
			list = append(list, d)
		}
	}
	return append(list, r.Decide...)
}

// Decisions returns what people decided, each once, in an order of its own. The list is the
// caller's.
func (e *Engine) Decisions() []storage.Decision { return e.decisions.list() }

// list returns all decisions, each once.
func (d decisions) list() (all []storage.Decision) {
	for key, list := range d {
		for _, x := range list {
			if x.A == key {
				all = append(all, x)
			}
		}
	}
	slices.SortFunc(all, func(x, y storage.Decision) int {
		return slices.Compare(slices.Concat(x.A[:], x.B[:]), slices.Concat(y.A[:], y.B[:]))
	})
	return all
}

// rule groups anew what a ruling touches.
func (e *Engine) rule(ctx context.Context, b *storage.Batch, r Ruling) (Ruled, error) {
	out := Ruled{Run: e.run}
	var touched []uint32
	for _, d := range slices.Concat(r.Decide, r.Retract) {
		for _, key := range [...]article.Key{d.A, d.B} {
			seq, err := e.current(ctx, key)
			if err != nil {
				return out, err
			}
			if seq != 0 {
				touched = append(touched, seq)
			}
		}
	}
	seen := map[uint32]bool{}
	for len(touched) > 0 {
		done, err := e.regroup(ctx, b, touched, seen)
		if err != nil {
			return out, err
		}
		touched = touched[done:]
	}
	keys := slices.Clone(r.Unpin)
	for _, p := range r.Pin {
		keys = append(keys, p.Key)
	}
	for _, key := range keys {
		if err := e.represent(ctx, b, key); err != nil {
			return out, err
		}
	}
	out.Summary, out.Events = e.sum, b.Events
	return out, nil
}

// represent has the cluster of an article stored again, for its pins changed.
func (e *Engine) represent(ctx context.Context, b *storage.Batch, key article.Key) error {
	seq, err := e.current(ctx, key)
	if err != nil || seq == 0 {
		return err
	}
	n, err := e.graph.node(ctx, seq)
	if err != nil {
		return err
	}
	id := n.part.Cluster
	if id == 0 || slices.ContainsFunc(b.Clusters, func(c storage.ClusterRow) bool { return c.ID == id }) {
		return nil
	}
	members, err := e.store.ClusterMembers(ctx, id)
	if err != nil {
		return err
	}
	for _, m := range members {
		if _, err := e.graph.node(ctx, m); err != nil {
			return err
		}
	}
	slices.SortFunc(members, e.compare)
	b.Clusters = append(b.Clusters, e.clusterRow(id, members))
	return nil
}
