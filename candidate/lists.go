package candidate

import (
	"slices"
	"sort"
)

// List is the articles of one shingle, in canonical order: those from the
// earliest window that was asked for, or the first of them.
type List struct {
	Postings []Posting
	More     bool // stored articles were left out; none of them is a head
}

// Lists are the articles of the shingles asked for, by [Key]. A shingle that
// only one article has is left out: it makes no pair.
type Lists map[uint64]List

// Query asks an index for lists.
type Query struct {
	Fresh    []Posting // of articles not in the segments yet, sorted by SortPostings
	Keys     []uint64  // further shingles wanted, any order
	Segments []*Segment
	Place    func(article uint32) Place
	Starts   []int64 // the window starts of the articles to be judged
	Heads    int     // how many articles from each start are wanted; 0: all
}

// Find walks the segments once, in order of shingle. Cost: the blocks that can hold a
// wanted shingle, and no memory for what no window start reaches.
func (q Query) Find() (Lists, error) {
	wanted := slices.Clone(q.Keys)
	for _, p := range q.Fresh {
		wanted = append(wanted, p.Shingle())
	}
	slices.Sort(wanted)
	wanted = slices.Compact(wanted)
	starts := slices.Clone(q.Starts)
	slices.Sort(starts)
	starts = slices.Compact(starts)

	var stored []Posting // by segment, then shingle, then place
	more := map[uint64]bool{}
	for _, s := range q.Segments {
		err := s.walk(wanted, func(shingle uint64, list []Posting) {
			kept, cut := q.reach(list, starts)
			stored = append(stored, kept...)
			if cut {
				more[shingle] = true
			}
		})
		if err != nil {
			return nil, err
		}
	}
	SortPostings(stored, q.Place)
	return q.merge(stored, more), nil
}

// Holders returns the articles that have one of the wanted shingles in their
// sketch, ascending.
func (q Query) Holders() ([]uint32, error) {
	wanted := slices.Clone(q.Keys)
	slices.Sort(wanted)
	wanted = slices.Compact(wanted)
	var held []uint32
	for _, p := range q.Fresh {
		if _, ok := slices.BinarySearch(wanted, p.Shingle()); ok {
			held = append(held, p.Article())
		}
	}
	for _, s := range q.Segments {
		err := s.walk(wanted, func(_ uint64, list []Posting) {
			for _, p := range list {
				held = append(held, p.Article())
			}
		})
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(held)
	return slices.Compact(held), nil
}

// reach keeps of a list in canonical order the first Heads living articles from each start.
func (q Query) reach(list []Posting, starts []int64) (kept []Posting, cut bool) {
	next := 0 // of list, not kept yet
	for _, start := range starts {
		from := next
		if q.Place(list[min(from, len(list)-1)].Article()).Date < start {
			from += sort.Search(len(list)-from, func(i int) bool { return q.Place(list[from+i].Article()).Date >= start })
		}
		// Those kept for an earlier start count for this one too.
		n := 0
		for i := len(kept) - 1; i >= 0 && q.Place(kept[i].Article()).Date >= start; i-- {
			n++
		}
		for ; from < len(list) && (q.Heads == 0 || n < q.Heads); from++ {
			if !q.Place(list[from].Article()).Dead {
				kept = append(kept, list[from])
				n++
			}
		}
		next = max(next, from)
		if next >= len(list) {
			break
		}
	}
	return kept, next < len(list)
}

// merge joins stored and fresh postings into lists.
func (q Query) merge(stored []Posting, more map[uint64]bool) Lists {
	lists := make(Lists)
	fresh := q.Fresh
	all := make([]Posting, 0, len(stored)+len(fresh)/4)
	for len(stored) > 0 || len(fresh) > 0 {
		key := uint64(1<<64 - 1)
		if len(stored) > 0 {
			key = stored[0].Shingle()
		}
		if len(fresh) > 0 {
			key = min(key, fresh[0].Shingle())
		}
		s, f := prefix(stored, key), prefix(fresh, key)
		stored, fresh = stored[len(s):], fresh[len(f):]
		if len(s)+len(f) < 2 {
			continue
		}
		start := len(all)
		all = append(append(all, s...), f...)
		list := all[start:len(all):len(all)]
		if len(s) > 0 && len(f) > 0 {
			sortByPlace(list, q.Place)
		}
		lists[key] = List{Postings: list, More: more[key]}
	}
	return lists
}

func prefix(p []Posting, key uint64) []Posting {
	n := 0
	for n < len(p) && p[n].Shingle() == key {
		n++
	}
	return p[:n]
}

// Heads yields the candidates that a list gives an article: the first living
// articles of its window that stand before it.
func (l List) Heads(article uint32, own Place, w Window, n int, place func(uint32) Place, yield func(uint32)) {
	start := w.Start(own.Date)
	list := l.Postings
	if len(list) > 0 && place(list[0].Article()).Date < start {
		list = list[sort.Search(len(list), func(i int) bool { return place(list[i].Article()).Date >= start }):]
	}
	for _, p := range list {
		if n == 0 || p.Article() == article {
			return
		}
		q := place(p.Article())
		if q.Dead {
			continue
		}
		n--
		if w.Holds(own.Date, q.Date) {
			yield(p.Article())
		}
	}
}
