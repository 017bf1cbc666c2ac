package detect

import (
	"context"
	"slices"

	"dedupe/candidate"
	"dedupe/storage"
)

// judgeBatch judges the new articles of a batch, those stored ones whose
// candidates they change, and those that hold furniture which was learned now.
func (e *Engine) judgeBatch(ctx context.Context, b *storage.Batch, asks []candidate.Ask, postings []candidate.Posting) ([]judgement, error) {
	newer, err := e.find(ctx, asks, postings, nil, true)
	if err != nil {
		return nil, err
	}
	again, err := e.bereft(ctx, b.Superseded) // stored articles to be judged again
	if err != nil {
		return nil, err
	}
	displaced, err := e.moved(ctx, e.later(newer), postings)
	if err != nil {
		return nil, err
	}
	again = append(again, displaced...)
	slices.Sort(again)
	again = slices.Compact(again)
	for _, a := range asks {
		again = append(again, a.Article)
	}
	return e.judgeAndLearn(ctx, b, again, newer, postings, e.votesOf)
}

// judgeAndLearn judges articles, given in order, and enters into the batch what
// came of it. newer are the candidates of the new articles; those of others are
// found. former gives the votes until now; without it nothing is learned.
func (e *Engine) judgeAndLearn(ctx context.Context, b *storage.Batch, seqs []uint32, newer found, postings []candidate.Posting, former ballot) ([]judgement, error) {
	stored, _ := slices.BinarySearch(seqs, e.firstNew(b))
	judged, err := e.judgeEach(ctx, seqs, seqs[:stored], newer, postings, former != nil)
	e.answers.Clear()
	if err != nil {
		return nil, err
	}
	if former != nil {
		if err := e.poll(ctx, b, judged, former); err != nil {
			return nil, err
		}
		if judged, err = e.healNew(ctx, b, judged, postings); err != nil {
			return nil, err
		}
	}
	enter(b, judged)
	return judged, nil
}

// enter notes in a batch what came of judging.
func enter(b *storage.Batch, judged []judgement) {
	n := 0
	for _, j := range judged {
		n += len(j.pairs)
	}
	b.Judged, b.Pairs = slices.Grow(b.Judged, len(judged)), slices.Grow(b.Pairs, n)
	for _, j := range judged {
		b.Judged = append(b.Judged, j.seq)
		b.Pairs = append(b.Pairs, j.pairs...)
	}
}

// judgeEach judges articles, given in order. Of those in anew, in order too,
// candidates are found; those of the others are newer.
func (e *Engine) judgeEach(ctx context.Context, seqs, anew []uint32, newer found, postings []candidate.Posting, learning bool) ([]judgement, error) {
	others, err := e.findFor(ctx, anew, postings, false)
	if err != nil {
		return nil, err
	}
	judged := make([]judgement, len(seqs))
	err = e.each(len(seqs), func(w *worker, i int) (err error) {
		found := newer
		if _, is := slices.BinarySearch(anew, seqs[i]); is {
			found = others
		}
		judged[i], err = e.judge(ctx, w, seqs[i], found, learning)
		return err
	})
	for _, j := range judged {
		e.sum.Compared += len(j.pairs)
	}
	return judged, err
}

// bereft returns the stored articles to which a retired one was a candidate, so
// that it is missed or others come up in its place.
func (e *Engine) bereft(ctx context.Context, retired []uint32) ([]uint32, error) {
	found, err := e.findFor(ctx, retired, nil, true)
	return e.later(found), err
}

// moved returns those of the given stored articles that are to be compared with others
// than before, now that the postings of a new batch are there. Most only share stock
// phrases with a new article. Few at a time are looked at: a story that comes late may
// stand before any number.
func (e *Engine) moved(ctx context.Context, seqs []uint32, fresh []candidate.Posting) (moved []uint32, err error) {
	const most = 16_000
	for part := range slices.Chunk(seqs, most) {
		of, err := e.movedOf(ctx, part, fresh)
		if err != nil {
			return nil, err
		}
		moved = append(moved, of...)
	}
	return moved, nil
}

func (e *Engine) movedOf(ctx context.Context, seqs []uint32, fresh []candidate.Posting) ([]uint32, error) {
	asks, wanted, err := e.asksFor(ctx, seqs)
	if err != nil {
		return nil, err
	}
	before, err := e.find(ctx, asks, nil, wanted, false)
	if err != nil {
		return nil, err
	}
	now, err := e.find(ctx, asks, among(fresh, wanted), wanted, false)
	if err != nil {
		return nil, err
	}
	same := make([]bool, len(seqs))
	err = e.each(len(seqs), func(w *worker, i int) error {
		hits := w.count(seqs[i], before)
		link, learn := e.best(seqs[i], hits, hit.toLink), e.best(seqs[i], hits, hit.toLearn)
		hits = w.count(seqs[i], now)
		same[i] = slices.Equal(link, e.best(seqs[i], hits, hit.toLink)) && slices.Equal(learn, e.best(seqs[i], hits, hit.toLearn))
		return nil
	})
	var moved []uint32
	for i, seq := range seqs {
		if !same[i] {
			moved = append(moved, seq)
		}
	}
	return moved, err
}
