package candidate

import "slices"

// Found is the candidates that a query found.
type Found struct {
	asked []Ask
	from  []uint32 // where the hits of each of them begin, and the end
	hits  []Hit
	order Order
	lists []List
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
	kept  = 1 << iota // the anchor does not stand in the article's boilerplate
	whole             // the anchor is the whole text
	rare              // few articles before it have the anchor
	hitBits
)

// Article is the candidate.
func (h Hit) Article() uint32 { return uint32(h / hitBits) }

// Kept reports whether the anchor stands in the article outside its boilerplate.
func (h Hit) Kept() bool { return h&kept != 0 }

// Whole reports whether the two have the same text.
func (h Hit) Whole() bool { return h&whole != 0 }

// Rare reports whether few articles before it in its window have the anchor
// ([Options].Rare). Those of stock phrases and of texts that everybody prints are not.
func (h Hit) Rare() bool { return h&rare != 0 }

// Hits returns what one of the articles asked for shares with its candidates,
// in no order.
func (f *Found) Hits(article uint32) []Hit {
	if i := f.index(article); i >= 0 {
		return f.hits[f.from[i]:f.from[i+1]]
	}
	return nil
}

// Left is that of an article asked for (see [Ask]).
func (f *Found) Left(article uint32) uint16 { return f.asked[f.index(article)].Left }

// Followed returns the lists in which others follow an article that is asked for,
// where Query.Later asked for them.
func (f *Found) Followed() []List { return f.lists }

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
// asked for. Lists are in canonical order, and so are the starts of their windows:
//
//	list    . . h h h . . . . t t t x . .
//	           `lo                  `article asked for: its candidates are h and t
func (f *Found) sweep(q Query, all []Posting) {
	var (
		out    = q.Scratch.swept[:0] // index of an article asked for, hit
		living = make([]uint32, 0)   // articles of the list so far
		dates  = make([]int64, 0)    // of them
		covers = newCovers(f.asked)  // which keys are boilerplate
	)
	starts := make([]int64, len(f.asked))
	for i, a := range f.asked {
		starts[i] = q.Window.Start(q.Places.At(a.Article).Date)
	}
	for n := 0; len(all) > 0; all = all[n:] {
		if n = cut(all); n == 1 { // of one article alone: it makes no pair
			continue
		}
		l := all[:n]
		key := l[0].Key()
		living, dates = living[:0], dates[:0]
		lo := 0
		met, followed := false, false
		for _, p := range l {
			place := q.Places.At(p.Article())
			i := f.index(p.Article())
			met, followed = met || i >= 0, followed || met && i < 0
			if i >= 0 {
				if place.Date == Undated {
					lo = 0
				}
				for lo < len(dates) && dates[lo] < starts[i] {
					lo++
				}
				flags := uint64(kept)
				if covers.has(i, key) {
					flags = 0
				}
				if key == f.asked[i].Whole {
					flags |= whole
				}
				if len(living)-lo < q.Rare {
					flags |= rare
				}
				tail := max(lo, len(living)-(q.Heads+1)/2)
				head := min(tail, lo+q.Heads/2)
				for j := lo; j < len(living); j++ {
					if j == head {
						j = tail
					}
					if j < len(living) {
						out = append(out, uint64(i)<<32|uint64(living[j])*hitBits|flags)
					}
				}
			}
			if !place.Dead {
				living, dates = append(living, p.Article()), append(dates, place.Date)
			}
		}
		if followed && q.Later {
			f.lists = append(f.lists, slices.Clone(l))
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
