package detect

import (
	"context"
	"math"
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
	displaced, err := e.moved(ctx, e.displaced(e.firstNew(b), newer), postings)
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
	judged = whole(judged)
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
	if err != nil {
		return nil, err
	}
	gone := map[uint32]bool{}
	for _, seq := range retired {
		gone[seq] = true
	}
	before := func(seq uint32) *candidate.Place { // as things were
		p := *e.place(seq)
		p.Dead = p.Dead && !gone[seq]
		return &p
	}
	return e.touched(found, func(seq uint32) bool { return gone[seq] }, before), nil
}

// displaced returns the stored articles whose candidates change by new ones:
// those that stand after one of them in a list to which it is a candidate, or
// to which it was one until another came between.
func (e *Engine) displaced(first uint32, found found) []uint32 {
	if first == 1 {
		return nil
	}
	return e.touched(found, func(seq uint32) bool { return seq >= first }, e.place)
}

// moved returns those of the given stored articles that are to be compared with others
// than before, now that the postings of a new batch are there. Most only share stock
// phrases with a new article.
func (e *Engine) moved(ctx context.Context, seqs []uint32, fresh []candidate.Posting) ([]uint32, error) {
	if len(seqs) == 0 {
		return nil, nil
	}
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
		link, learn := e.best(seqs[i], asks[i].Left, hits, toLink), e.best(seqs[i], math.MaxUint16, hits, toLearn)
		hits = w.count(seqs[i], now)
		same[i] = slices.Equal(link, e.best(seqs[i], asks[i].Left, hits, toLink)) &&
			slices.Equal(learn, e.best(seqs[i], math.MaxUint16, hits, toLearn))
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

// touched returns the living articles to which one that is asked for is a
// candidate, or makes an anchor common, ascending, without those that are themselves
// asked for.
func (e *Engine) touched(found found, is func(seq uint32) bool, place func(uint32) *candidate.Place) []uint32 {
	late := map[uint32]bool{}
	for _, part := range found {
		for _, l := range part.Followed() {
			at := slices.IndexFunc(l, func(p candidate.Posting) bool { return is(p.Article()) })
			if at < 0 {
				continue
			}
			for _, p := range l[at:] {
				z := p.Article()
				if is(z) || late[z] || e.place(z).Dead {
					continue
				}
				l.Decisive(z, e.place(z), e.window, e.opt.Candidates, place, func(other uint32) {
					if is(other) {
						late[z] = true
					}
				})
			}
		}
	}
	return sortedKeys(late)
}
