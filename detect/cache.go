package detect

import (
	"context"
	"slices"
	"sync"

	"dedupe/similarity"
)

// cache keeps texts that were compared lately: packed ones, and those of them that
// were asked for last as they are. It is safe for concurrent use.
//
//	ready    [text][text]                      a few, for candidates of many
//	packed   [....][....][....][....][....]    all of those above, and as many as fit
//	spill    [....][....][....][....][....]... on disk, what did not fit
//
// What is in none of them is made anew from the article, which takes ten times as
// long as unpacking it from the disk.
type cache struct {
	lexicon similarity.Lexicon
	mu      sync.Mutex
	ready   clock[*similarity.Text]
	packed  clock[packed]
	spill   spill
}

type packed struct {
	data    []byte
	known   uint64 // of the text
	spilled bool   // the same is on disk
}

const (
	readyWords = 3_000_000 // 8 bytes each
	perEntry   = 120       // bytes that an entry takes besides its value
	unmarked   = 0         // a version of furniture before all others
)

// newCache returns a cache that takes so many bytes for packed texts, and keeps
// what goes beyond them in a file in dir, if that is not empty.
func newCache(limit int, dir string) *cache {
	c := &cache{ready: clock[*similarity.Text]{limit: readyWords}, packed: clock[packed]{limit: limit}, spill: spill{dir: dir}}
	c.packed.evict = func(seq uint32, p packed) {
		if !p.spilled {
			c.spill.put(seq, p.data)
		}
	}
	return c
}

// get returns a text and the version of the furniture when it was marked, or nil.
func (c *cache) get(seq uint32) (*similarity.Text, uint64) {
	c.mu.Lock()
	if e := c.ready.get(seq); e != nil {
		t, mark := e.value, e.mark
		c.mu.Unlock()
		return t, mark
	}
	var p packed
	mark, read := uint64(unmarked), func() []byte { return nil }
	if e := c.packed.get(seq); e != nil {
		p, mark = e.value, e.mark
	} else {
		read = c.spill.get(seq)
	}
	c.mu.Unlock()
	spilled := p.data == nil
	if spilled {
		p.data = read()
	}
	if p.data == nil {
		return nil, unmarked
	}
	t := c.lexicon.Unpack(p.data)
	c.mu.Lock()
	defer c.mu.Unlock()
	if spilled {
		c.packed.put(seq, packed{p.data, t.Known, true}, mark, len(p.data)+perEntry)
	}
	c.ready.put(seq, t, mark, t.Len())
	return t, mark
}

// put keeps a text as it was marked by the given version of the furniture. It packs
// it in scratch, which it returns.
func (c *cache) put(seq uint32, t *similarity.Text, mark uint64, scratch []byte) []byte {
	c.mu.Lock()
	e := c.packed.get(seq)
	old := e != nil && e.value.known == t.Known
	if old {
		e.mark = mark
	}
	c.mu.Unlock()
	if !old {
		scratch = c.lexicon.Pack(scratch[:0], t)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !old {
		c.packed.put(seq, packed{slices.Clone(scratch), t.Known, false}, mark, len(scratch)+perEntry)
	}
	c.ready.put(seq, t, mark, t.Len())
	return scratch
}

// drop forgets a text.
func (c *cache) drop(seq uint32) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ready.drop(seq)
	c.packed.drop(seq)
	c.spill.drop(seq)
}

// text returns an article in the form that is compared, with its furniture
// marked as it is known now.
func (e *Engine) text(ctx context.Context, w *worker, seq uint32) (*similarity.Text, error) {
	t, mark := e.cache.get(seq)
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
	w.packed = e.cache.put(seq, t, e.furniture.Version(), w.packed)
}
