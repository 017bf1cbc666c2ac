package detect

import (
	"context"
	"strings"

	"dedupe/article"
	"dedupe/boilerplate"
	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/text"
	"dedupe/textcache"
)

// flight is a batch that may not be in the store yet: what would be read from
// there is kept here.
type flight struct {
	first    uint32
	articles []storage.NewArticle
	texts    []*similarity.Text
	mark     uint64 // version of the furniture when they were marked
	known    map[article.Key]storage.Stored
	ids      map[article.Key][]uint32         // articles by Key.Other(0), in order
	heirs    map[uint32]uint32                // by a superseded article, the one that stands for it now
	votes    map[uint32][]boilerplate.Passage // that the batch changes
	judged   []uint32                         // in order
	pairs    []storage.PairRow
}

// settle is called when a batch has been handed to the writer, which took it
// only after the one before was stored.
func (e *Engine) settle(b *storage.Batch) {
	e.flight[1] = e.flight[0]
	e.flight[1].texts = nil // are in the cache, or made of the articles again
	e.flight[1].pairs, e.flight[1].judged = b.Pairs, b.Judged
	e.flight[1].votes = make(map[uint32][]boilerplate.Passage, len(b.Votes))
	for _, v := range b.Votes {
		e.flight[1].votes[v.Article] = v.Passages
	}
	e.flight[0] = flight{}
	e.index.Settle()
}

// unwritten looks a key up among the batches in flight, the newest first.
func (e *Engine) unwritten(key article.Key) (storage.Stored, bool) {
	for i := range e.flight {
		if s, ok := e.flight[i].known[key]; ok {
			return s, true
		}
	}
	return storage.Stored{}, false
}

func (f *flight) holds(seq uint32) bool {
	return seq >= f.first && seq < f.first+uint32(len(f.articles))
}

// flying returns the text of an article in flight and the version of the furniture
// when it was marked, or nil.
func (e *Engine) flying(seq uint32) (*similarity.Text, uint64) {
	for i := range e.flight {
		if f := &e.flight[i]; f.holds(seq) && f.texts != nil {
			return f.texts[seq-f.first], f.mark
		}
	}
	return nil, textcache.Unmarked
}

// words returns an article as it was received.
func (e *Engine) words(ctx context.Context, seq uint32) (storage.Words, error) {
	if w, is := e.visitor(seq); is {
		return w, nil
	}
	for i := range e.flight {
		if f := &e.flight[i]; f.holds(seq) {
			n := &f.articles[seq-f.first]
			body, err := e.store.UnpackBody(n.Packed)
			return storage.Words{Outlet: n.Article.Outlet, Headline: n.Article.Headline, Byline: n.Article.Byline, Body: body}, err
		}
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
