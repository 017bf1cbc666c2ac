package engine

import (
	"context"

	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/similarity"
	"dedupe/storage"
)

// What is damaged in the store costs what is known by it and no more:
//
//	text of an article     it is compared with nothing; the pairs that are stored of it stay
//	evidence of a pair     judged anew from both texts, where a cluster asks for it
//	place of an article    made anew from the article
//	block of the index     not searched, and its segment is merged into no other
//	segment that was lost  as its blocks, until recluster makes the index anew
//	article that was lost  it is compared with nothing, and is in no cluster
//	row of a cluster       made anew when the cluster is described next
//	name of an outlet      its articles are of the unnamed outlet
//	vote, passage          left out, until recluster learns all of it again
//
// Each is told by the store to storage.Options.Damaged.

// mend judges a damaged pair anew, and notes it to be stored with the batch. Where one of
// the texts cannot be read the pair stays what its columns say.
func (e *Engine) mend(ctx context.Context, p *storage.PairRow) error {
	w := e.newWorker()
	ta, tb, err := e.both(ctx, w, p.A, p.B)
	if storage.IsDamage(err) {
		return e.store.Tell(ctx, err)
	}
	if err != nil {
		return err
	}
	w.scale.Load(tb)
	order, containment, err := e.elsewhere(ctx, w, p.B)
	if err != nil {
		return err
	}
	p.Verdict, p.Damaged = e.beside(e.verdict(w, p.A, p.B, ta).Evidence, p.A, p.B, order, containment), nil
	e.mended = append(e.mended, *p)
	return nil
}

// both returns the texts of two articles.
func (e *Engine) both(ctx context.Context, w *worker, a, b uint32) (ta, tb *similarity.Text, err error) {
	if ta, err = e.text(ctx, w, a); err == nil {
		tb, err = e.text(ctx, w, b)
	}
	return ta, tb, err
}

// kept returns the stored pair of two articles, for one whose text cannot be read: what was
// found of it stays.
func (e *Engine) kept(ctx context.Context, a, b uint32, damage error) (pairs []storage.PairRow, err error) {
	if err := e.store.Tell(ctx, damage); err != nil {
		return nil, err
	}
	err = e.store.PairsIn(ctx, b, b+1, func(p storage.PairRow) error {
		if p.A == a {
			pairs = append(pairs, p)
		}
		return nil
	})
	return pairs, err
}

// restore counts the sampled anchors of articles whose places were made anew.
func (e *Engine) restore(ctx context.Context, seqs []uint32) error {
	for _, seq := range seqs {
		e.restored = true
		words, err := e.words(ctx, seq)
		if storage.IsDamage(err) {
			continue // it is no candidate of anything
		}
		if err != nil {
			return err
		}
		w := e.newWorker()
		p := e.build(w, words.Outlet, words.Headline, words.Body)
		e.place(seq).Size = candidate.SizeOf(e.anchors(w, p))
	}
	return nil
}

// storeRestored stores the places that were made anew, once.
func (e *Engine) storeRestored(ctx context.Context) error {
	if !e.restored {
		return nil
	}
	e.restored = false
	return e.store.RestorePlaces(ctx, e.places, e.firsts)
}

// fits reports whether a vote may be that of a text with so many shingles. One for passages that
// the text cannot have is damaged.
func (e *Engine) fits(ctx context.Context, seq uint32, vote []boilerplate.Passage, shingles int) (bool, error) {
	for _, p := range vote {
		if p.Len < e.opt.Shingle || p.Start+p.Len-e.opt.Shingle+1 > shingles {
			return false, e.store.StepOver(ctx, "vote", "passages that the text does not have", int64(seq))
		}
	}
	return true, nil
}

// freeOutlet returns the first number beyond those of all outlets, also those that articles
// have and of which the name was lost.
func freeOutlet(outlets map[string]uint32, places candidate.Places) uint32 {
	last := uint32(0)
	for _, id := range outlets {
		last = max(last, id)
	}
	most := last + uint32(len(places)) // a place beyond it is damaged
	for i := range places {
		if id := places[i].Outlet; id <= most {
			last = max(last, id)
		}
	}
	return last + 1
}
