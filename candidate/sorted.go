package candidate

import "math"

// Sorted finds candidates in one list after another, which come in order and may be longer than
// memory: what a stage does that is given the postings of many articles sorted by key. What is
// found is what a [Query] finds, by the same steps.
//
//	postings   k1 a1, k1 a5, k1 a9, k2 a3, k2 a9 ...   by key, then in canonical order
//	given      a5: a1, a9: a1 a5, a9: a3 ...
//
// Memory: the articles of one block, and of what came before in the list only what a later
// article can have as a candidate. T is what the caller knows an article by.
type Sorted[T any] struct {
	Window Window
	Heads  int // as in Query
	Rare   int
	// Give is told the candidates that a list gives an article, and whether the anchor is rare
	// for it. Of an article with no candidate it is not called.
	Give func(key uint64, article T, whole, rare bool, candidates []T)

	key     uint64
	entries []sorted[T] // of the list; postings are numbered by their places here, from 1
	places  Places
	asked   int // so many of them were asked for
	scratch Scratch
	found   []T
}

type sorted[T any] struct {
	of    T
	whole bool
}

// sortedBlock is how many articles of a list are asked for at once.
const sortedBlock = 4096

// Add takes the next posting: an article with an anchor of the given key, which is its whole
// text or not.
func (s *Sorted[T]) Add(key uint64, place Place, whole bool, article T) error {
	if len(s.entries) > 0 && key != s.key {
		if err := s.Flush(); err != nil {
			return err
		}
	}
	s.key = key
	s.entries = append(s.entries, sorted[T]{article, whole})
	s.places = append(s.places, place)
	if len(s.entries)-s.asked < sortedBlock {
		return nil
	}
	if err := s.ask(); err != nil {
		return err
	}
	s.thin()
	return nil
}

// Flush gives what is left of the last list.
func (s *Sorted[T]) Flush() error {
	err := s.ask()
	s.entries, s.places, s.asked = s.entries[:0], s.places[:0], 0
	return err
}

func (s *Sorted[T]) query() Query {
	return Query{Places: s.places, Window: s.Window, Heads: s.Heads, Rare: s.Rare, Scratch: &s.scratch}
}

func (s *Sorted[T]) list() []Posting {
	list := make([]Posting, len(s.entries))
	for i := range list {
		list[i] = Posting(s.key<<articleBits | uint64(i+1))
	}
	return list
}

func (s *Sorted[T]) ask() error {
	if len(s.entries) < 2 {
		s.asked = len(s.entries)
		return nil
	}
	q := s.query()
	q.Fresh = s.list()
	for i := s.asked; i < len(s.entries); i++ {
		a := Ask{Article: uint32(i + 1), Left: math.MaxUint16, Whole: math.MaxUint64}
		if s.entries[i].whole {
			a.Whole = s.key
		}
		q.Asked = append(q.Asked, a)
	}
	s.asked = len(s.entries)
	found, err := q.Find()
	if err != nil {
		return err
	}
	for _, a := range q.Asked {
		hits := found.Hits(a.Article)
		if len(hits) == 0 {
			continue
		}
		s.found = s.found[:0]
		for _, h := range hits {
			s.found = append(s.found, s.entries[h.Article()-1].of)
		}
		s.Give(s.key, s.entries[a.Article-1].of, hits[0].Whole(), hits[0].Rare(), s.found)
	}
	return nil
}

// thin forgets what no later article of the list can have as a candidate: all but the first
// ones from each start of a window that is still to come, and the last ones.
func (s *Sorted[T]) thin() {
	last := s.places[len(s.places)-1].Date
	starts := []int64{math.MinInt64} // of what has no date
	if s.Window.Seconds > 0 && last != Undated {
		for at := s.Window.Start(last); at <= last; at += s.Window.Step() {
			starts = append(starts, at)
		}
	}
	after := Place{Date: Undated, Key: math.MaxUint64}
	kept := s.query().reach(nil, s.list(), starts, &after, nil)
	for i, p := range kept {
		n := p.Article() - 1
		s.entries[i], s.places[i] = s.entries[n], s.places[n]
	}
	s.entries, s.places, s.asked = s.entries[:len(kept)], s.places[:len(kept)], len(kept)
}

// NewHit says that an article shares an anchor with a candidate: see [Hit].
func NewHit(article uint32, isKept, isWhole, isRare bool) Hit {
	h := Hit(article) * hitBits
	if isKept {
		h |= kept
	}
	if isWhole {
		h |= whole
	}
	if isRare {
		h |= rare
	}
	return h
}

// Gather is what was found for one article, by hits from elsewhere.
func Gather(asked Ask, hits []Hit) *Found {
	asks := []Ask{asked}
	return &Found{asked: asks, order: NewOrder(asks), from: []uint32{0, uint32(len(hits))}, hits: hits}
}
