package detect

import (
	"context"
	"slices"

	"dedupe/candidate"
	"dedupe/storage"
)

// judgeAll judges the new articles, those stored ones whose candidates they
// change, and those that hold furniture which was learned now.
func (e *Engine) judgeAll(ctx context.Context, b *storage.Batch, postings []candidate.Posting) ([]judgement, error) {
	first := e.firstNew(b)
	todo := make([]uint32, len(b.Articles))
	for i := range todo {
		todo[i] = first + uint32(i)
	}
	newer, err := e.find(todo, postings, nil)
	if err != nil {
		return nil, err
	}
	again, err := e.bereft(ctx, b.Superseded) // stored articles to be judged again
	if err != nil {
		return nil, err
	}
	again = append(again, e.displaced(first, newer)...)
	results := map[uint32]judgement{}
	for len(todo)+len(again) > 0 {
		slices.Sort(again)
		again = slices.Compact(again)
		older, err := e.findFor(ctx, again, postings)
		if err != nil {
			return nil, err
		}
		todo = append(todo, again...)
		judged := make([]judgement, len(todo))
		err = e.each(len(todo), func(w *worker, i int) (err error) {
			l := newer
			if todo[i] < first {
				l = older
			}
			judged[i], err = e.judge(ctx, w, todo[i], l)
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, j := range judged {
			results[j.seq] = j
			e.sum.Compared += j.compared
		}
		fresh, err := e.learn(ctx, b, judged)
		if err != nil {
			return nil, err
		}
		if len(fresh) == 0 {
			break // nothing was learned, or nothing that anyone could have
		}
		held, err := e.holders(fresh, postings)
		if err != nil {
			return nil, err
		}
		at, _ := slices.BinarySearch(held, first)
		again, todo = held[:at:at], held[at:]
		e.log.Debug("learned furniture", "passages", len(fresh), "new articles", len(todo), "stored articles", len(again))
	}
	if len(b.Learned) > 0 {
		if err := e.remeasure(ctx, b, sortedKeys(results)); err != nil {
			return nil, err
		}
	}
	out := make([]judgement, 0, len(results))
	for _, seq := range sortedKeys(results) {
		j := results[seq]
		out = append(out, j)
		b.Judged = append(b.Judged, seq)
		b.Pairs = append(b.Pairs, j.pairs...)
	}
	return out, nil
}

// bereft returns the stored articles to which a retired one was a candidate, so
// that it is missed or others come up in its place.
func (e *Engine) bereft(ctx context.Context, retired []uint32) ([]uint32, error) {
	found, err := e.findFor(ctx, retired, nil)
	if err != nil {
		return nil, err
	}
	gone := map[uint32]bool{}
	for _, seq := range retired {
		gone[seq] = true
	}
	before := func(seq uint32) candidate.Place { // as things were
		p := e.place(seq)
		p.Dead = p.Dead && !gone[seq]
		return p
	}
	return e.touched(found, func(seq uint32) bool { return gone[seq] }, before), nil
}

// displaced returns the stored articles whose candidates change by new ones:
// those that stand after one of them in a list to which it is a candidate, or
// to which it was one until another came between.
func (e *Engine) displaced(first uint32, found lists) []uint32 {
	if first == 1 {
		return nil
	}
	return e.touched(found, func(seq uint32) bool { return seq >= first }, e.place)
}

// touched returns the living articles to which one that is asked for is a
// candidate, ascending, without those that are themselves asked for.
func (e *Engine) touched(found lists, is func(seq uint32) bool, place func(uint32) candidate.Place) []uint32 {
	late := map[uint32]bool{}
	for _, part := range found {
		for _, l := range part.All() {
			at := slices.IndexFunc(l, func(p candidate.Posting) bool { return is(p.Article()) })
			if at < 0 {
				continue
			}
			for _, p := range l[at:] {
				z := p.Article()
				if is(z) || late[z] || e.place(z).Dead {
					continue
				}
				l.Heads(z, e.place(z), e.window, e.opt.Candidates.Heads, place, func(other uint32) {
					if is(other) {
						late[z] = true
					}
				})
			}
		}
	}
	return sortedKeys(late)
}
