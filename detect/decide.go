package detect

import (
	"context"
	"fmt"
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

	Run int64 // to which it is added; 0: one of its own
}

// Ruled is what a ruling did.
type Ruled struct {
	Run     int64
	Summary Summary // Made, Joined, Merged and Split count
	Events  []storage.ClusterEvent
	Unmet   []Unmet
}

// Unmet is a decision which the clusters do not follow, because others keep
// members of the two clusters apart.
type Unmet struct {
	Decision storage.Decision
	By       []storage.Decision
}

// ContradictionError says that a ruling contradicts decisions that stand, or
// itself. Nothing of it was stored.
type ContradictionError struct {
	List []Contradiction
}

// Contradiction is a decision with others from which its opposite follows.
type Contradiction struct {
	Decision storage.Decision
	Chain    []storage.Decision // from the one article to the other
}

func (e *ContradictionError) Error() string {
	return fmt.Sprintf("%d of the decisions contradict others", len(e.List))
}

// Rule stores a ruling together with what it does to the clusters: in one
// transaction, so that either both are there or none. The caller holds the
// lock, and no other engine has written since this one was made.
func (e *Engine) Rule(ctx context.Context, command, settings string, r Ruling) (Ruled, error) {
	list, err := e.ruled(r)
	if err != nil {
		return Ruled{}, err
	}
	start := e.now()
	e.sum, e.began = Summary{}, e.next
	if e.run = r.Run; e.run == 0 {
		if e.run, err = e.store.BeginRun(ctx, command, settings, start); err != nil {
			return Ruled{}, err
		}
	}
	before := e.decisions
	e.decisions = newDecisions(list)
	b := &storage.Batch{Run: e.run, Decided: r.Decide, Undecided: r.Retract, Pinned: r.Pin, Unpinned: r.Unpin}
	out, err := e.rule(ctx, b, r)
	if err == nil {
		b.Summary = e.sum.json()
		err = e.store.Write(ctx, b)
	}
	if err != nil {
		e.decisions = before
		e.graph = newGraph(e.store) // it may be ahead of the store
		e.graph.mend = e.mend
		return Ruled{}, err
	}
	if r.Run == 0 {
		err = e.store.EndRun(ctx, e.run, b.Summary, e.now())
	}
	return out, err
}

// ruled returns the decisions that stand after a ruling.
func (e *Engine) ruled(r Ruling) ([]storage.Decision, error) {
	gone := map[[2]article.Key]bool{}
	for _, d := range slices.Concat(r.Retract, r.Decide) {
		gone[[2]article.Key{d.A, d.B}] = true
	}
	var list []storage.Decision
	for _, d := range e.decisions.list() {
		if !gone[[2]article.Key{d.A, d.B}] {
			list = append(list, d)
		}
	}
	ties := NewTies(list)
	contradicted := &ContradictionError{}
	for _, d := range r.Decide {
		if chain := ties.Contradicted(d); chain != nil {
			contradicted.List = append(contradicted.List, Contradiction{d, chain})
			continue
		}
		ties.Add(d)
		list = append(list, d)
	}
	if len(contradicted.List) > 0 {
		return nil, contradicted
	}
	return list, nil
}

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
	if err := e.regroup(ctx, b, touched); err != nil {
		return out, err
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
	for _, d := range r.Decide {
		by, err := e.unmet(ctx, d)
		if err != nil {
			return out, err
		}
		if by != nil {
			out.Unmet = append(out.Unmet, Unmet{d, by})
		}
	}
	out.Summary, out.Events = e.sum, b.Events
	return out, nil
}

// represent has the cluster of an article stored again, for its pins changed.
func (e *Engine) represent(ctx context.Context, b *storage.Batch, key article.Key) error {
	h, err := e.home(ctx, key)
	id := h.cluster
	if err != nil || id == 0 || slices.ContainsFunc(b.Clusters, func(c storage.ClusterRow) bool { return c.ID == id }) {
		return err
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

// unmet returns the decisions that keep the clusters of two articles apart
// which are said to be the same; nil when all is as it was decided.
func (e *Engine) unmet(ctx context.Context, d storage.Decision) (by []storage.Decision, err error) {
	if !d.Same {
		return nil, nil
	}
	a, err := e.home(ctx, d.A)
	if err != nil || a.seq == 0 {
		return nil, err
	}
	b, err := e.home(ctx, d.B)
	if err != nil || b.seq == 0 || a.cluster != 0 && a.cluster == b.cluster {
		return nil, err
	}
	for _, x := range e.decisions.list() {
		if x.Same {
			continue
		}
		from, err := e.home(ctx, x.A)
		if err != nil {
			return nil, err
		}
		to, err := e.home(ctx, x.B)
		if err != nil {
			return nil, err
		}
		if from.with(a) && to.with(b) || from.with(b) && to.with(a) {
			by = append(by, x)
		}
	}
	return by, nil
}

// home is where an article is found.
type home struct {
	seq     uint32 // 0: it is not stored
	cluster int64  // 0: alone
}

func (h home) with(other home) bool {
	return h.seq == other.seq || h.cluster != 0 && h.cluster == other.cluster
}

// home returns that of the article which has a key now.
func (e *Engine) home(ctx context.Context, key article.Key) (home, error) {
	seq, err := e.current(ctx, key)
	if err != nil || seq == 0 {
		return home{}, err
	}
	n, err := e.graph.node(ctx, seq)
	if err != nil {
		return home{}, err
	}
	return home{seq, n.part.Cluster}, nil
}
