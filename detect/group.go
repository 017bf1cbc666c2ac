package detect

import (
	"cmp"
	"context"
	"slices"

	"dedupe/article"
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
	for _, x := range b.Resized {
		touched = append(touched, x.Seq)
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
	had := map[uint32]edge{}
	for _, was := range n.edges {
		if e.before(was.other, j.seq) {
			had[was.other] = was
			touched = append(touched, was.other)
		}
	}
	for i := range j.pairs {
		p := &j.pairs[i]
		if !p.Verdict.Linked() {
			continue
		}
		was, is := had[p.A]
		delete(had, p.A)
		if !is {
			e.sum.Linked++
			touched = append(touched, p.A)
		}
		if is && was == newEdge(p.A, p) {
			continue
		}
		if err := e.graph.link(ctx, p.A, p.B, p); err != nil {
			return nil, err
		}
	}
	for other := range had {
		if err := e.graph.link(ctx, other, j.seq, nil); err != nil {
			return nil, err
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
	e.enterMended(b)
	return nil
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
