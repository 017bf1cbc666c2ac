package detect

import (
	"context"
	"fmt"

	"dedupe/storage"
)

// compare compares articles with their candidates anew, as a run does.
func (r *reclustering) compare(ctx context.Context, seqs []uint32) error {
	b := &storage.Batch{Run: r.run, Unlearn: r.unlearn}
	r.unlearn = false
	judged, err := r.judgeAgain(ctx, b, seqs)
	if err != nil {
		return err
	}
	for _, seq := range sortedKeys(judged) {
		j := judged[seq]
		if err := r.replace(ctx, &j); err != nil {
			return err
		}
		b.Judged = append(b.Judged, seq)
		b.Pairs = append(b.Pairs, j.pairs...)
	}
	r.out.Anew += len(seqs)
	if r.Texts || len(b.Learned) > 0 {
		if err := r.resize(ctx, b); err != nil {
			return err
		}
	}
	r.apart.Clear()
	if r.Texts {
		b.Meta = map[string]string{metaRecluster: fmt.Sprintf("%s %d", r.settings, seqs[len(seqs)-1]+1)}
	}
	return r.write(ctx, b)
}

// judgeAgain judges stored articles, and those that hold furniture which was
// learned now.
func (r *reclustering) judgeAgain(ctx context.Context, b *storage.Batch, seqs []uint32) (map[uint32]judgement, error) {
	results := map[uint32]judgement{}
	for len(seqs) > 0 {
		found, err := r.findFor(ctx, seqs, nil)
		if err != nil {
			return nil, err
		}
		judged := make([]judgement, len(seqs))
		err = r.each(len(seqs), func(w *worker, i int) (err error) {
			judged[i], err = r.Engine.judge(ctx, w, seqs[i], found)
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, j := range judged {
			results[j.seq] = j
			r.sum.Compared += j.compared
		}
		fresh, err := r.learn(ctx, b, judged)
		if err != nil || len(fresh) == 0 {
			return results, err
		}
		if seqs, err = r.holders(fresh, nil); err != nil {
			return nil, err
		}
	}
	return results, nil
}

// replace replaces an article's links to earlier ones and counts what changed.
func (r *reclustering) replace(ctx context.Context, j *judgement) error {
	before := map[uint32]bool{}
	for _, edge := range r.graph.nodes[j.seq].edges {
		if r.before(edge.other, j.seq) {
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
	_, err := r.relink(ctx, j)
	return err
}

// resize notes the words left of the articles that were judged.
func (r *reclustering) resize(ctx context.Context, b *storage.Batch) error {
	texts := make([]storage.Resize, len(b.Judged))
	err := r.each(len(b.Judged), func(w *worker, i int) error {
		t, err := r.text(ctx, w, b.Judged[i])
		if err == nil {
			texts[i] = storage.Resize{Seq: b.Judged[i], Words: t.WordsLeft, State: r.state(t)}
		}
		return err
	})
	for _, x := range texts {
		if n := r.graph.nodes[x.Seq]; err == nil && n.part.Words != x.Words {
			n.part.Words = x.Words
			b.Resized = append(b.Resized, x)
		}
	}
	return err
}

func (r *reclustering) write(ctx context.Context, b *storage.Batch) error {
	if r.DryRun {
		return nil
	}
	return r.store.Write(ctx, b)
}
