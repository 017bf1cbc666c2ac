// Package textcache keeps texts that were compared lately, so that the next comparison
// need not make them anew from the article: packed ones, and those of them that were asked
// for last as they are.
//
//	ready    [text][text]                      a few, for candidates of many
//	packed   [....][....][....][....][....]    all of those above, and as many as fit
//	spill    [....][....][....][....][....]... on disk, what did not fit
//
// What is dropped from memory is what was not asked for since the hand of a clock last came
// by (Corbato 1968), which costs a step an entry and no list to keep in order.
//
// Cost: ready texts take up to 24 MB, packed ones what New is told, about 2 bytes a word.
// Unpacking a text takes a tenth of what making it from the article takes, also when it
// is read from the disk.
//
//	texts := textcache.New(128<<20, os.TempDir())
//	scratch = texts.Put(17, text, version, scratch)
//	text, marked := texts.Get(17)
package textcache

import (
	"slices"
	"sync"

	"dedupe/similarity"
)

// Cache keeps texts by the number of their article. It is safe for concurrent use.
type Cache struct {
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

// Unmarked is a version of boilerplate before all others: that of a text whose version
// is not known.
const Unmarked = 0

const (
	readyWords = 3_000_000 // 8 bytes each
	perEntry   = 120       // bytes that an entry takes besides its value
)

// New returns an empty cache that takes so many bytes for packed texts, and keeps what goes
// beyond them in a file in dir. The file has no name and goes with the process. If dir is empty
// or no such file can be made in it, what goes beyond is forgotten.
func New(limit int, dir string) *Cache {
	c := &Cache{ready: clock[*similarity.Text]{limit: readyWords}, packed: clock[packed]{limit: limit}, spill: spill{dir: dir}}
	c.packed.evict = func(seq uint32, p packed) {
		if !p.spilled {
			c.spill.put(seq, p.data)
		}
	}
	return c
}

// Get returns the text of an article and the version of the boilerplate by which it was
// marked; nil and Unmarked if it is not here. Whoever gets a text does not change it. A text
// that comes from the disk may be marked as it was by an older version, and says Unmarked.
func (c *Cache) Get(seq uint32) (*similarity.Text, uint64) {
	c.mu.Lock()
	if e := c.ready.get(seq); e != nil {
		t, mark := e.value, e.mark
		c.mu.Unlock()
		return t, mark
	}
	var p packed
	mark, read := uint64(Unmarked), func() []byte { return nil }
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
		return nil, Unmarked
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

// Put keeps a text as it is marked by the given version of the boilerplate, in the place of an
// older one. It packs the text in scratch, which it returns for the next call.
func (c *Cache) Put(seq uint32, t *similarity.Text, mark uint64, scratch []byte) []byte {
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

// Drop forgets the text of an article.
func (c *Cache) Drop(seq uint32) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ready.drop(seq)
	c.packed.drop(seq)
	c.spill.drop(seq)
}
