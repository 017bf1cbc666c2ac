package candidate

import (
	"slices"
	"sort"
)

// Query asks an index for candidates.
type Query struct {
	Fresh    []Posting // of articles not in the segments yet, sorted by SortPostings
	Keys     []uint64  // further keys of those that are asked for, any order
	Segments []*Segment
	Places   Places
	Window   Window
	Asked    []Ask    // ascending
	Order    Order    // of them; nil: it is made
	Heads    int      // how many candidates a list gives an article: the last ones before it
	Later    bool     // Found.Later is asked for too
	Scratch  *Scratch // may be nil
}

// Scratch is memory that one query after another uses.
type Scratch struct {
	parts  [][]Posting
	merged [2][]Posting
	swept  []uint64
	wanted []uint64
}

// Ask asks for the candidates of an article.
type Ask struct {
	Article uint32
	Whole   uint64   // key of the anchor that is its whole text
	Covered []uint64 // keys that stand in its furniture only, ascending
}

// Find walks the segments once, in order of keys. Cost: the blocks that can hold a
// wanted key, and memory for what the articles asked for can reach.
func (q Query) Find() (*Found, error) {
	if q.Scratch == nil {
		q.Scratch = &Scratch{}
	}
	wanted := append(q.Scratch.wanted[:0], q.Keys...)
	for i, p := range q.Fresh {
		if key := p.Key(); i == 0 || key != q.Fresh[i-1].Key() {
			wanted = append(wanted, key)
		}
	}
	slices.Sort(wanted)
	q.Scratch.wanted = wanted
	wanted = slices.Compact(wanted)
	first, last := q.reaches()
	for len(q.Scratch.parts) < len(q.Segments) {
		q.Scratch.parts = append(q.Scratch.parts, nil)
	}
	parts := q.Scratch.parts[:len(q.Segments)]
	for i, s := range q.Segments {
		part := parts[i][:0]
		err := s.walk(wanted, func(_ uint64, list []Posting) {
			part = q.reach(part, list, first, last)
		})
		if err != nil {
			return nil, err
		}
		parts[i] = part
	}
	if q.Order == nil {
		q.Order = NewOrder(q.Asked)
	}
	f := &Found{asked: q.Asked, order: q.Order}
	f.sweep(q, q.Scratch.merge(append(slices.Clone(parts), q.Fresh), q.Places))
	return f, nil
}

// cut returns how many of sorted postings have the key of the first.
func cut(all []Posting) int {
	n := 1
	for n < len(all) && all[n].Key() == all[0].Key() {
		n++
	}
	return n
}

// reaches returns the first and the last of the places of the articles asked for.
func (q Query) reaches() (first, last *Place) {
	for _, a := range q.Asked {
		p := q.Places.At(a.Article)
		if first == nil || p.Compare(first) < 0 {
			first = p
		}
		if last == nil || p.Compare(last) > 0 {
			last = p
		}
	}
	return first, last
}

// reach appends what any of the articles asked for can have as a candidate of a list in
// canonical order, or can be a candidate of: all from the first living ones before the
// first asked for to the last after the last asked for.
//
//	list    . . . . . . . . . b b|c c c c|d d . . .
//	                             ^first   ^last
func (q Query) reach(dst, list []Posting, first, last *Place) []Posting {
	if first == nil { // nobody asks
		return dst
	}
	to := sort.Search(len(list), func(i int) bool { return q.Places.At(list[i].Article()).Compare(last) > 0 })
	for n := 0; q.Later && to < len(list) && n < q.Heads; to++ {
		if !q.Places.At(list[to].Article()).Dead {
			n++
		}
	}
	from := sort.Search(len(list), func(i int) bool { return q.Places.At(list[i].Article()).Compare(first) >= 0 })
	for n := 0; from > 0 && n < q.Heads; from-- {
		if !q.Places.At(list[from-1].Article()).Dead {
			n++
		}
	}
	return append(dst, list[from:to]...)
}

// Holders yields the wanted keys and the articles that have them, in no order.
func (q Query) Holders(yield func(key uint64, article uint32)) error {
	wanted := slices.Clone(q.Keys)
	slices.Sort(wanted)
	wanted = slices.Compact(wanted)
	for _, p := range q.Fresh {
		if _, ok := slices.BinarySearch(wanted, p.Key()); ok {
			yield(p.Key(), p.Article())
		}
	}
	for _, s := range q.Segments {
		err := s.walk(wanted, func(key uint64, list []Posting) {
			for _, p := range list {
				yield(key, p.Article())
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}
