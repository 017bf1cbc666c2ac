package detect

import (
	"context"

	"dedupe/similarity"
	"dedupe/storage"
)

// weighAll judges by their evidence the pairs whose later article is in [from,
// to), and returns those articles that must be compared anew.
func (r *reclustering) weighAll(ctx context.Context, from, to uint32) (anew []uint32, err error) {
	b := &storage.Batch{Run: r.e.run}
	var own []storage.PairRow // of one article
	weigh := func() {
		if len(own) > 0 && r.weigh(b, own) {
			anew = append(anew, own[0].B)
		}
		own = own[:0]
	}
	err = r.e.store.PairsIn(ctx, from, to, func(p storage.PairRow) error {
		if len(own) > 0 && own[0].B != p.B {
			weigh()
		}
		own = append(own, p)
		return nil
	})
	if err != nil {
		return nil, err
	}
	weigh()
	if len(b.Judged) == 0 {
		return anew, nil
	}
	return anew, r.write(ctx, b)
}

// weigh judges the pairs of one article with earlier ones by their evidence,
// enters its links into the graph, and what changed into the batch. It reports
// whether the article must be compared anew instead; then, and where all will
// be, its links are those of before.
func (r *reclustering) weigh(b *storage.Batch, own []storage.PairRow) (anew bool) {
	if r.Texts {
		r.enter(own)
		return false
	}
	r.out.Pairs += len(own)
	now := make([]storage.PairRow, len(own))
	changed, linked, unlinked := 0, 0, 0
	settled := [2]int{} // before, now
	turned := false     // a pair began to settle the article, or ceased to
	for i, p := range own {
		if p.Damaged != nil {
			anew, now[i] = true, p
			continue
		}
		v := similarity.Decide(p.Verdict.Evidence, r.e.Thresholds(p.A, p.B))
		if v.Kind != p.Verdict.Kind {
			changed++
		}
		switch was, is := p.Verdict.Linked(), v.Linked(); {
		case is && !was:
			linked++
		case was && !is:
			unlinked++
		}
		for at, x := range [2]similarity.Verdict{p.Verdict, v} {
			if settles(x) {
				settled[at]++
			}
		}
		turned = turned || settles(v) != settles(p.Verdict)
		now[i] = storage.PairRow{A: p.A, B: p.B, Verdict: v}
	}
	cut := max(settled[0], settled[1]) >= r.e.opt.Candidates.Links
	if anew = anew || turned && cut; anew {
		r.enter(own)
		return true
	}
	r.enter(now)
	if changed > 0 {
		r.out.Linked += linked
		r.out.Unlinked += unlinked
		b.Judged = append(b.Judged, own[0].B)
		b.Pairs = append(b.Pairs, now...)
	}
	return false
}

// enter enters the links among pairs into the graph, which has none of them yet. Two
// whose order has changed are judged anew the other way round, and may be stored both ways
// until then.
func (r *reclustering) enter(pairs []storage.PairRow) {
	for i := range pairs {
		p := &pairs[i]
		a, b := r.e.graph.nodes[p.A], r.e.graph.nodes[p.B]
		if p.Verdict.Linked() && a != nil && b != nil && r.e.before(p.A, p.B) {
			a.edges = append(a.edges, newEdge(p.B, p))
			b.edges = append(b.edges, newEdge(p.A, p))
		}
	}
}
