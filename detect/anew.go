package detect

import (
	"context"
	"fmt"

	"dedupe/boilerplate"
	"dedupe/storage"
)

// compare compares articles with their candidates anew, as a run does.
func (r *reclustering) compare(ctx context.Context, seqs []uint32) error {
	b := &storage.Batch{Run: r.e.run, Unlearn: r.unlearn}
	r.unlearn = false
	var former ballot
	if r.Texts { // until now nobody votes
		former = func(context.Context, []uint32) (map[uint32][]boilerplate.Passage, error) { return nil, nil }
	}
	judged, err := r.e.judgeAndLearn(ctx, b, seqs, nil, nil, former)
	if err != nil {
		return err
	}
	r.out.Anew += len(seqs)
	if r.Texts {
		if err := r.e.remeasure(ctx, b, seqs); err != nil {
			return err
		}
	}
	if r.Texts {
		b.Meta = map[string]string{metaRecluster: fmt.Sprintf("%s %d", r.settings, seqs[len(seqs)-1]+1)}
	}
	return r.put(ctx, b, judged)
}

// put replaces the links of judged articles and stores what came of them.
func (r *reclustering) put(ctx context.Context, b *storage.Batch, judged []judgement) error {
	for i := range judged {
		if err := r.replace(ctx, &judged[i]); err != nil {
			return err
		}
	}
	if r.DryRun {
		for _, p := range b.Pairs {
			r.e.unstored[p.A] = append(r.e.unstored[p.A], p.B)
		}
	}
	return r.write(ctx, b)
}

// replace replaces an article's links to earlier ones and counts what changed.
func (r *reclustering) replace(ctx context.Context, j *judgement) error {
	before := map[uint32]bool{}
	for _, edge := range r.e.graph.nodes[j.seq].edges {
		if r.e.before(edge.other, j.seq) {
			before[edge.other] = true
		}
	}
	for _, p := range j.pairs {
		switch {
		case !p.Verdict.Linked():
		case before[p.A]:
			delete(before, p.A)
		default:
			r.out.Linked++
		}
	}
	r.out.Unlinked += len(before)
	_, err := r.e.relink(ctx, j)
	return err
}

func (r *reclustering) write(ctx context.Context, b *storage.Batch) error {
	if r.DryRun {
		return nil
	}
	return r.e.store.Write(ctx, b)
}
