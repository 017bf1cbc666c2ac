// Package textcache keeps texts that were compared lately, so that the next comparison
// need not make them anew from the article.
//
//	memory   [text][text][text][text]            as they are compared, as many as fit
//	spill    [....][....][....][....][....]...   on disk, what did not fit
//
// What is dropped from memory is what was not asked for since the hand of a clock last came
// by (Corbato 1968), which costs a step an entry and no list to keep in order.
//
// Cost: texts take what New is told, 6 bytes a word. To read one from the disk takes a
// thirtieth of what making it from the article takes.
//
//	texts := textcache.New(96<<20, os.TempDir())
//	texts.Put(17, text, version)
//	text, marked := texts.Get(17)
package textcache

import (
	"sync"

	"dedupe/similarity"
)

// Cache keeps texts by the number of their article. It is safe for concurrent use.
type Cache struct {
	mu    sync.Mutex
	texts clock[kept]
	spill spill
}

type kept struct {
	text    *similarity.Text
	spilled bool // the same is on disk
}

// Unmarked is a version of boilerplate before all others: that of a text whose version
// is not known.
const Unmarked = 0

// New returns an empty cache that takes so many bytes for texts, and keeps what goes
// beyond them in a file in dir. The file has no name and goes with the process. If dir is empty
// or no such file can be made in it, what goes beyond is forgotten.
func New(limit int, dir string) *Cache {
	c := &Cache{texts: clock[kept]{limit: limit}, spill: spill{dir: dir}}
	c.texts.evict = func(seq uint32, k kept) {
		if !k.spilled {
			c.spill.put(seq, k.text)
		}
	}
	return c
}

// Get returns the text of an article and the version of the boilerplate by which it was
// marked; nil and Unmarked if it is not here. Whoever gets a text does not change it. A text
// that comes from the disk may be marked as it was by an older version, and says Unmarked.
func (c *Cache) Get(seq uint32) (*similarity.Text, uint64) {
	c.mu.Lock()
	if e := c.texts.get(seq); e != nil {
		t, mark := e.value.text, e.mark
		c.mu.Unlock()
		return t, mark
	}
	read := c.spill.get(seq)
	c.mu.Unlock()
	data := read()
	if data == nil {
		return nil, Unmarked
	}
	t := similarity.TextOf(data)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.texts.put(seq, kept{t, true}, Unmarked, t.Bytes())
	return t, Unmarked
}

// Put keeps a text as it is marked by the given version of the boilerplate, in the place of an
// older one.
func (c *Cache) Put(seq uint32, t *similarity.Text, mark uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.texts.get(seq)
	c.texts.put(seq, kept{t, e != nil && e.value.spilled && e.value.text.Known == t.Known}, mark, t.Bytes())
}

// Drop forgets the text of an article.
func (c *Cache) Drop(seq uint32) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.texts.drop(seq)
	c.spill.drop(seq)
}
