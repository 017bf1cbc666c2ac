package detect

import (
	"context"
	"sync"

	"dedupe/similarity"
)

// cache keeps the texts that were compared last, bounded by their words. It is
// safe for concurrent use.
type cache struct {
	mu    sync.Mutex
	limit int
	words int
	texts map[uint32]*entry
	ring  []uint32 // in the order of arrival; the hand goes round
	hand  int
}

type entry struct {
	text *similarity.Text
	used bool   // since the hand last came by
	mark uint64 // version of the furniture when it was marked
}

func newCache(limit int) *cache {
	return &cache{limit: limit, texts: map[uint32]*entry{}}
}

func (c *cache) get(seq uint32) (*similarity.Text, uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.texts[seq]; e != nil {
		e.used = true
		return e.text, e.mark
	}
	return nil, 0
}

// put keeps a text and drops others that were not asked for lately (the clock
// algorithm) until the bound holds.
func (c *cache) put(seq uint32, t *similarity.Text, mark uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.texts[seq]; e != nil {
		e.text, e.mark = t, mark
		return
	}
	for c.words+t.Len() > c.limit && len(c.texts) > 0 {
		c.hand %= len(c.ring)
		old := c.ring[c.hand]
		e := c.texts[old]
		if e.used {
			e.used = false
			c.hand++
			continue
		}
		c.words -= e.text.Len()
		delete(c.texts, old)
		last := len(c.ring) - 1
		c.ring[c.hand] = c.ring[last]
		c.ring = c.ring[:last]
	}
	c.texts[seq] = &entry{text: t, mark: mark}
	c.words += t.Len()
	c.ring = append(c.ring, seq)
}

// text returns an article in the form that is compared, with its furniture
// marked as it is known now.
func (e *Engine) text(ctx context.Context, w *worker, seq uint32) (*similarity.Text, error) {
	t, mark := e.cache.get(seq)
	if t != nil && mark == e.furniture.Version() {
		return t, nil
	}
	p, t, err := e.profile(ctx, w, seq, t)
	if err != nil {
		return nil, err
	}
	w.shingles = p.Shingles(w.shingles[:0])
	t = e.furniture.Mark(p, w.shingles, t)
	e.cache.put(seq, t, e.furniture.Version())
	return t, nil
}

// profile returns an article's profile, and its text as it was marked last, if it
// is at hand; cached is what the cache has.
func (e *Engine) profile(ctx context.Context, w *worker, seq uint32, cached *similarity.Text) (*similarity.Profile, *similarity.Text, error) {
	if cached == nil {
		cached = e.flying(seq)
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
