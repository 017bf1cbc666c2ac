package detect

import (
	"context"

	"dedupe/similarity"
)

// text returns an article in the form that is compared, with its furniture
// marked as it is known now.
func (e *Engine) text(ctx context.Context, w *worker, seq uint32) (*similarity.Text, error) {
	t, mark := e.cache.Get(seq)
	if t != nil && mark == e.furniture.Version() {
		return t, nil
	}
	if fresh, mark := e.flying(seq); t == nil && fresh != nil && mark == e.furniture.Version() {
		e.keep(w, seq, fresh)
		return fresh, nil
	}
	p, t, err := e.profile(ctx, w, seq, t)
	if err != nil {
		return nil, err
	}
	w.shingles = p.Shingles(w.shingles[:0])
	t = e.furniture.Mark(p, w.shingles, t)
	e.keep(w, seq, t)
	return t, nil
}

// profile returns an article's profile, and its text as it was marked last, if it
// is at hand; cached is what the cache has.
func (e *Engine) profile(ctx context.Context, w *worker, seq uint32, cached *similarity.Text) (*similarity.Profile, *similarity.Text, error) {
	if cached == nil {
		cached, _ = e.flying(seq)
	}
	if cached != nil {
		return cached.Profile, cached, nil
	}
	words, err := e.words(ctx, seq)
	if err != nil {
		return nil, nil, err
	}
	return e.build(w, words.Outlet, words.Headline, words.Body), nil, nil
}

// keep keeps a text that is marked as furniture is known now.
func (e *Engine) keep(w *worker, seq uint32, t *similarity.Text) {
	w.packed = e.cache.Put(seq, t, e.furniture.Version(), w.packed)
}
