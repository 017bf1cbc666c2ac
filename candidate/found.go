package candidate

import "slices"

// Found is the candidates that a query found.
type Found struct {
	asked []Ask
	from  []uint32 // where the hits of each of them begin, and the end
	hits  []Hit
	order Order
	later []Later
}

// Order tells which place an article has among those that are asked for.
type Order []uint32 // by article, from the first that is asked for on: its place + 1

// NewOrder returns the order of articles, which are given ascending.
func NewOrder(asked []Ask) Order {
	if len(asked) == 0 {
		return nil
	}
	first := asked[0].Article
	order := make(Order, asked[len(asked)-1].Article-first+1)
	for i, a := range asked {
		order[a.Article-first] = uint32(i) + 1
	}
	return order
}

// Hit says that an article shares an anchor with a candidate.
type Hit uint32

const (
	kept  = 1 << iota // the anchor does not stand in the article's furniture
	whole             // the anchor is the whole text
	hitBits
)

// Article is the candidate.
func (h Hit) Article() uint32 { return uint32(h / hitBits) }

// Kept reports whether the anchor stands in the article outside its furniture.
func (h Hit) Kept() bool { return h&kept != 0 }

// Whole reports whether the two have the same text.
func (h Hit) Whole() bool { return h&whole != 0 }

// Hits returns what one of the articles asked for shares with its candidates,
// in no order.
func (f *Found) Hits(article uint32) []Hit {
	if i := f.index(article); i >= 0 {
		return f.hits[f.from[i]:f.from[i+1]]
	}
	return nil
}

// Later says what an article asked for does in one list to one that stands after it:
// it is a candidate, or others are instead of it when it is dead.
type Later uint64

func later(article, asked uint32) Later { return Later(article)<<32 | Later(asked) }

// Article is the later one, which is living.
func (l Later) Article() uint32 { return uint32(l >> 32) }

// Asked is the article asked for, or 0: the two have the same text, or the list is
// longer than what it gives, so that another article is a candidate in its place.
func (l Later) Asked() uint32 { return uint32(l) }

// Later returns what those asked for do to others, in no order; where Query.Later
// asked for it.
func (f *Found) Later() []Later { return f.later }

// index is the place of an article among those asked for, or -1.
func (f *Found) index(article uint32) int {
	if len(f.order) == 0 || article < f.asked[0].Article {
		return -1
	}
	if i := article - f.asked[0].Article; int(i) < len(f.order) {
		return int(f.order[i]) - 1
	}
	return -1
}

// sweep goes through sorted postings once and notes what each list gives the articles
// asked for: the last n living articles before each, as far as its window goes.
//
//	list    . . . . . . h h h x . .
//	                    `-n-' `article asked for
func (f *Found) sweep(q Query, all []Posting) {
	var (
		out     = q.Scratch.swept[:0] // index of an article asked for, hit
		living  = make([]uint32, 0)   // articles of the list so far
		dates   = make([]int64, 0)    // of them
		covers  = newCovers(f.asked)  // which keys are furniture
		present []uint32              // as if all asked for were living
	)
	for n := 0; len(all) > 0; all = all[n:] {
		if n = cut(all); n == 1 { // of one article alone: it makes no pair
			continue
		}
		key := all[0].Key()
		living, dates = living[:0], dates[:0]
		present, latest := present[:0], -1 // the last asked for
		for _, p := range all[:n] {
			place := q.Places.At(p.Article())
			i := f.index(p.Article())
			asked := i >= 0
			if asked {
				flags := uint64(kept)
				if covers.has(i, key) {
					flags = 0
				}
				if key == f.asked[i].Whole {
					flags |= whole
				}
				start := q.Window.Start(place.Date)
				for j := len(living) - 1; j >= max(0, len(living)-q.Heads) && dates[j] >= start; j-- {
					out = append(out, uint64(i)<<32|uint64(living[j])*hitBits|flags)
				}
				latest = len(present)
			} else if q.Later && !place.Dead && latest >= 0 && len(present)-latest <= q.Heads {
				f.follow(q, present, p.Article(), key)
			}
			if q.Later && (asked || !place.Dead) {
				present = append(present, p.Article())
			}
			if !place.Dead {
				living, dates = append(living, p.Article()), append(dates, place.Date)
			}
		}
	}
	q.Scratch.swept = out
	f.from = make([]uint32, len(f.asked)+1)
	for _, h := range out {
		f.from[h>>32+1]++
	}
	for i := range f.asked {
		f.from[i+1] += f.from[i]
	}
	f.hits = make([]Hit, len(out))
	next := slices.Clone(f.from)
	for _, h := range out {
		i := h >> 32
		f.hits[next[i]] = Hit(h)
		next[i]++
	}
}

// follow notes what articles asked for do to one that stands after the given ones in
// the list of a key.
func (f *Found) follow(q Query, before []uint32, article uint32, key uint64) {
	start := q.Window.Start(q.Places.At(article).Date)
	from := len(before)
	for from > 0 && len(before)-from < q.Heads && q.Places.At(before[from-1]).Date >= start {
		from--
	}
	more := from > 0 && q.Places.At(before[from-1]).Date >= start
	for _, x := range before[from:] {
		i := f.index(x)
		if i < 0 {
			continue
		}
		if more || f.asked[i].Whole == key {
			x = 0
		}
		f.later = append(f.later, later(article, x))
	}
}

// covers answers which keys are covered, for keys that only grow.
type covers struct {
	asked []Ask
	rest  [][]uint64 // of each, from the last key on; nil when none has any
}

func newCovers(asked []Ask) covers {
	c := covers{asked: asked}
	for i, a := range asked {
		if len(a.Covered) > 0 {
			if c.rest == nil {
				c.rest = make([][]uint64, len(asked))
			}
			c.rest[i] = a.Covered
		}
	}
	return c
}

func (c *covers) has(i int, key uint64) bool {
	if c.rest == nil {
		return false
	}
	rest := c.rest[i]
	for len(rest) > 0 && rest[0] < key {
		rest = rest[1:]
	}
	c.rest[i] = rest
	return len(rest) > 0 && rest[0] == key
}
