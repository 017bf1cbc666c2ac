package candidate

import (
	"slices"
	"sort"
)

// List is the articles of one key that can be candidates of those that are
// asked for, in canonical order.
type List []Posting

// Query asks an index for candidates.
type Query struct {
	Fresh    []Posting // of articles not in the segments yet, sorted by SortPostings
	Keys     []uint64  // further keys of those that are asked for, any order
	Segments []*Segment
	Places   Places
	Window   Window
	Asked    []Ask    // ascending
	Order    Order    // of them; nil: it is made
	Heads    int      // how many candidates a list gives an article
	Rare     int      // how many articles before one make an anchor common
	Later    bool     // Followed is asked for too
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
	Covered []uint64 // keys that stand in its boilerplate only, ascending
	Left    uint16   // how many of its sampled anchors do not; no fewer where it has no boilerplate
}

// Find walks the segments once, in order of keys. Cost: the blocks that can hold a
// wanted key, and no memory for what no window start reaches.
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
	starts, first, last := q.reaches()
	for len(q.Scratch.parts) < len(q.Segments) {
		q.Scratch.parts = append(q.Scratch.parts, nil)
	}
	parts := q.Scratch.parts[:len(q.Segments)]
	for i, s := range q.Segments {
		part := parts[i][:0]
		err := s.walk(wanted, func(_ uint64, list []Posting) {
			part = q.reach(part, list, starts, first, last)
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

// reaches returns the starts of the windows of the articles asked for, ascending,
// and the first and the last of their places; the last is nil for all that follow.
func (q Query) reaches() (starts []int64, first, last *Place) {
	for _, a := range q.Asked {
		p := q.Places.At(a.Article)
		if first == nil || p.Compare(first) < 0 {
			first = p
		}
		if !q.Later && (last == nil || p.Compare(last) > 0) {
			last = p
		}
		starts = append(starts, q.Window.Start(p.Date))
	}
	slices.Sort(starts)
	return slices.Compact(starts), first, last
}

// reach appends what any of the articles asked for can have as a candidate of a list in
// canonical order: the first living articles from each start, the last ones
// before the first article asked for, and all after those up to the last asked for.
//
//	list    . . a a . . . . . . . . . . b b|c c c c|. .
//	          ^start                       ^first   ^last
func (q Query) reach(dst, list []Posting, starts []int64, first, last *Place) []Posting {
	if first == nil { // nobody asks
		return dst
	}
	enough := max(q.Heads, (q.Rare+1)/2) // so many at both ends: they show whether the anchor is rare
	if last != nil {
		list = list[:sort.Search(len(list), func(i int) bool { return q.Places.At(list[i].Article()).Compare(last) > 0 })]
	}
	from := sort.Search(len(list), func(i int) bool { return q.Places.At(list[i].Article()).Compare(first) >= 0 })
	for n := 0; from > 0 && n < enough; from-- {
		if !q.Places.At(list[from-1].Article()).Dead {
			n++
		}
	}
	base, next := len(dst), 0 // next of list is not taken yet
	for _, start := range starts {
		i := next
		if i < from && q.Places.At(list[i].Article()).Date < start {
			i += sort.Search(from-i, func(j int) bool { return q.Places.At(list[i+j].Article()).Date >= start })
		}
		n := 0 // those taken for an earlier start count for this one too
		for j := len(dst) - 1; j >= base && q.Places.At(dst[j].Article()).Date >= start; j-- {
			n++
		}
		for ; i < from && n < enough; i++ {
			if !q.Places.At(list[i].Article()).Dead {
				dst = append(dst, list[i])
				n++
			}
		}
		next = max(next, i)
	}
	return append(dst, list[max(from, next):]...)
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

// before returns the part of a list that stands before an article, in its window.
func (l List) before(article uint32, own *Place, w Window, place func(uint32) *Place) List {
	start := w.Start(own.Date)
	if len(l) > 0 && place(l[0].Article()).Date < start {
		l = l[sort.Search(len(l), func(i int) bool { return place(l[i].Article()).Date >= start }):]
	}
	return l[:sort.Search(len(l), func(i int) bool {
		c := place(l[i].Article()).Compare(own)
		return c > 0 || c == 0 && l[i].Article() >= article
	})]
}

// Decisive yields the articles without which a list would tell an article something
// else: its candidates, and all that stand before it while they may make the anchor
// rare.
func (l List) Decisive(article uint32, own *Place, w Window, o Options, place func(uint32) *Place, yield func(uint32)) {
	living := l.before(article, own, w, place)
	n := 0
	for i := 0; i < len(living) && n <= o.Rare; i++ {
		if !place(living[i].Article()).Dead {
			n++
		}
	}
	if n > o.Rare {
		l.Heads(article, own, w, o.Heads, place, yield)
		return
	}
	for _, p := range living {
		if !place(p.Article()).Dead {
			yield(p.Article())
		}
	}
}

// Heads yields the candidates that a list gives an article, of those living
// ones in its window that stand before it: the first n/2, among which a story's
// first publisher is, and the last (n+1)/2, among which its latest copies are when
// older articles share a stock phrase with it.
func (l List) Heads(article uint32, own *Place, w Window, n int, place func(uint32) *Place, yield func(uint32)) {
	l = l.before(article, own, w, place)
	give := func(p Posting) int {
		q := place(p.Article())
		if q.Dead {
			return 0
		}
		yield(p.Article())
		return 1
	}
	last := len(l) // of the tail
	for left := (n + 1) / 2; last > 0 && left > 0; last-- {
		left -= give(l[last-1])
	}
	for i, left := 0, n/2; i < last && left > 0; i++ {
		left -= give(l[i])
	}
}
