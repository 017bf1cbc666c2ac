package collect

import (
	"cmp"
	"context"
	"errors"
	"sync"

	"dedupe/article"
	"dedupe/fetch"
	"dedupe/page"
)

// maxKept bounds the bytes of texts that pages keeps.
const maxKept = 32 << 20

// pages fetches the pages of a run, each once: what two feeds name, as those of two sections do, is
// asked for by one of them, and the other waits for it.
type pages struct {
	client *fetch.Client

	mu   sync.Mutex
	of   map[string]*fetched // by canonical address
	kept int                 // bytes
}

// fetched is what came of a page.
type fetched struct {
	done    chan struct{} // closed when the rest is set
	article article.Article
	err     error
	again   bool // the error is one that may pass
}

// read returns the article of a page. It is the same for all who ask.
func (p *pages) read(ctx context.Context, address string) *fetched {
	key, err := article.CanonicalURL(address)
	if err != nil {
		key = address
	}
	p.mu.Lock()
	f := p.of[key]
	if f != nil {
		p.mu.Unlock()
		select {
		case <-f.done:
		case <-ctx.Done():
			return &fetched{err: ctx.Err()}
		}
		return f
	}
	f = &fetched{done: make(chan struct{})}
	p.of[key] = f
	p.mu.Unlock()
	f.fill(ctx, p.client, address)
	close(f.done)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept += len(f.article.Body); p.kept > maxKept {
		delete(p.of, key)
	}
	return f
}

func (f *fetched) fill(ctx context.Context, client *fetch.Client, address string) {
	answer, err := client.Get(ctx, fetch.Request{URL: address, Accept: acceptPages, Robots: true})
	if err != nil {
		e := new(fetch.Error)
		f.err, f.again = err, !errors.As(err, &e) || !e.Barred && (e.Status == 0 || e.Status == 429 || e.Status >= 500)
		return
	}
	f.article, f.err = page.Read(answer.Body, answer.Type, answer.URL)
}

// into fills in what a feed says of an article.
func (f *fetched) into(a *article.Article) {
	a.Body, a.Summary = f.article.Body, false
	a.Headline = cmp.Or(a.Headline, f.article.Headline)
	a.Byline = cmp.Or(a.Byline, f.article.Byline)
	a.Published = cmp.Or(a.Published, f.article.Published)
	a.Language = cmp.Or(f.article.Language, a.Language)
}
