package engine

import (
	"context"
	"strings"

	"dedupe/boilerplate"
	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/text"
)

// text returns an article in the form that is compared, with its boilerplate
// marked as it is known now.
func (e *Engine) text(ctx context.Context, w *worker, seq uint32) (*similarity.Text, error) {
	t, mark := e.cache.Get(seq)
	if t != nil && mark == e.boilerplate.Version() {
		return t, nil
	}
	p, t, err := e.profile(ctx, w, seq, t)
	if err != nil {
		return nil, err
	}
	w.shingles = p.Shingles(w.shingles[:0])
	t = e.boilerplate.Mark(p, w.shingles, t)
	e.keep(seq, t)
	return t, nil
}

// unmarked returns an article in the form that is compared, with boilerplate marked as it was
// known at any time: for what does not depend on that.
func (e *Engine) unmarked(ctx context.Context, w *worker, seq uint32) (*similarity.Text, error) {
	if t, _ := e.cache.Get(seq); t != nil {
		return t, nil
	}
	return e.text(ctx, w, seq)
}

// profile returns an article's profile, and its text as it was marked last, if it
// is at hand; cached is what the cache has.
func (e *Engine) profile(ctx context.Context, w *worker, seq uint32, cached *similarity.Text) (*similarity.Profile, *similarity.Text, error) {
	if cached != nil {
		return cached.Profile, cached, nil
	}
	words, err := e.words(ctx, seq)
	if err != nil {
		return nil, nil, err
	}
	return e.build(w, words.Outlet, words.Headline, words.Body), nil, nil
}

// keep keeps a text that is marked as boilerplate is known now.
func (e *Engine) keep(seq uint32, t *similarity.Text) { e.cache.Put(seq, t, e.boilerplate.Version()) }

// words returns an article as it was received.
func (e *Engine) words(ctx context.Context, seq uint32) (storage.Words, error) {
	if w, is := e.visitor(seq); is {
		return w, nil
	}
	return e.store.Words(ctx, seq)
}

// visible returns the body of an article, and the words of it that its profile has.
func (e *Engine) visible(ctx context.Context, seq uint32) (body string, words []text.Word, err error) {
	a, err := e.words(ctx, seq)
	if err != nil {
		return "", nil, err
	}
	frames := spans(e.opt.Agencies.Frames(a.Headline, a.Body))
	return a.Body, similarity.Visible(text.Words(nil, a.Body), frames), nil
}

// maxPassage bounds what is kept of a learned passage, in bytes: what 300 words of any
// language take. When the index is made anew, a person's word on it is about what is kept.
const maxPassage = 8000

// passage returns a passage of a body, of which these are the words, as it stands there.
func passage(body string, words []text.Word, p boilerplate.Passage) string {
	all := similarity.SpanOf(words, p.Start, p.Len)
	return strings.ToValidUTF8(body[all.Start:min(all.End, all.Start+maxPassage)], "")
}
