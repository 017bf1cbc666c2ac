package candidate

import (
	"math/bits"
	"slices"
	"sort"
)

// List is the articles of one key that can be candidates of those that are
// judged, in canonical order.
type List []Posting

// Lists are the articles of the keys asked for, by [Key]. A key that
// only one article has is left out: it makes no pair.
//
// It is a hash table with linear probing, built once and asked by all workers:
// slot -> index of key and list.
type Lists struct {
	keys  []uint64
	lists []List
	slots []uint32 // index + 1; 0 marks an empty slot
	shift uint
}

// Get returns the list of a key, or nil.
func (l *Lists) Get(key uint64) List {
	if len(l.slots) == 0 {
		return nil
	}
	mask := uint64(len(l.slots) - 1)
	for i := key * 0x9E3779B97F4A7C15 >> l.shift; ; i++ {
		switch at := l.slots[i&mask]; {
		case at == 0:
			return nil
		case l.keys[at-1] == key:
			return l.lists[at-1]
		}
	}
}

// All yields the lists in order of their keys.
func (l *Lists) All() []List { return l.lists }

func (l *Lists) build() {
	size := 16
	for size < 2*len(l.keys) {
		size *= 2
	}
	l.slots, l.shift = make([]uint32, size), uint(64-bits.TrailingZeros(uint(size)))
	mask := uint64(size - 1)
	for n, key := range l.keys {
		i := key * 0x9E3779B97F4A7C15 >> l.shift
		for l.slots[i&mask] != 0 {
			i++
		}
		l.slots[i&mask] = uint32(n) + 1
	}
}

// Query asks an index for lists.
type Query struct {
	Fresh    []Posting // of articles not in the segments yet, sorted by SortPostings
	Keys     []uint64  // further keys wanted, any order
	Segments []*Segment
	Place    func(article uint32) Place
	Window   Window
	Judged   []uint32 // the articles that lists are wanted for
	Heads    int      // how many candidates a list gives an article
}

// Find walks the segments once, in order of keys. Cost: the blocks that can hold a
// wanted key, and no memory for what no window start reaches.
func (q Query) Find() (*Lists, error) {
	wanted := slices.Clone(q.Keys)
	for _, p := range q.Fresh {
		wanted = append(wanted, p.Shingle())
	}
	slices.Sort(wanted)
	wanted = slices.Compact(wanted)
	starts, first := q.reaches()
	var stored []Posting // by segment, then key, then place
	for _, s := range q.Segments {
		err := s.walk(wanted, func(_ uint64, list []Posting) {
			stored = q.reach(stored, list, starts, first)
		})
		if err != nil {
			return nil, err
		}
	}
	SortPostings(stored, q.Place)
	return q.merge(stored), nil
}

// reaches returns the starts of the windows of the judged articles, ascending,
// and the first of the judged articles' places.
func (q Query) reaches() (starts []int64, first Place) {
	for i, seq := range q.Judged {
		p := q.Place(seq)
		if i == 0 || p.Compare(first) < 0 {
			first = p
		}
		starts = append(starts, q.Window.Start(p.Date))
	}
	slices.Sort(starts)
	return slices.Compact(starts), first
}

// reach appends what any judged article can have as a candidate of a list in
// canonical order: the first living articles from each start, the last ones
// before the first judged article, and all after those.
//
//	list    . . a a . . . . . . . . . . b b|c c c
//	          ^start                       ^first judged
func (q Query) reach(dst, list []Posting, starts []int64, first Place) []Posting {
	from := sort.Search(len(list), func(i int) bool { return q.Place(list[i].Article()).Compare(first) >= 0 })
	for n := 0; from > 0 && n < q.Heads; from-- {
		if !q.Place(list[from-1].Article()).Dead {
			n++
		}
	}
	base, next := len(dst), 0 // next of list is not taken yet
	for _, start := range starts {
		i := next
		if i < from && q.Place(list[i].Article()).Date < start {
			i += sort.Search(from-i, func(j int) bool { return q.Place(list[i+j].Article()).Date >= start })
		}
		n := 0 // those taken for an earlier start count for this one too
		for j := len(dst) - 1; j >= base && q.Place(dst[j].Article()).Date >= start; j-- {
			n++
		}
		for ; i < from && n < q.Heads; i++ {
			if !q.Place(list[i].Article()).Dead {
				dst = append(dst, list[i])
				n++
			}
		}
		next = max(next, i)
	}
	return append(dst, list[max(from, next):]...)
}

// Holders returns the articles that have one of the wanted keys, ascending.
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

// merge joins stored and fresh postings into lists.
func (q Query) merge(stored []Posting) *Lists {
	lists := &Lists{}
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
		if len(s) > 0 && len(f) > 0 && q.Place(s[len(s)-1].Article()).Compare(q.Place(f[0].Article())) >= 0 {
			sortByPlace(list, q.Place) // not so when articles come in the order of their dates
		}
		lists.keys, lists.lists = append(lists.keys, key), append(lists.lists, list)
	}
	lists.build()
	return lists
}

func prefix(p []Posting, key uint64) []Posting {
	n := 0
	for n < len(p) && p[n].Shingle() == key {
		n++
	}
	return p[:n]
}

// Heads yields the candidates that a list gives an article, of those living
// ones in its window that stand before it: the first n/2, among which a story's
// first publisher is, and the last (n+1)/2, among which its latest copies are when
// older articles share a stock phrase with it.
func (l List) Heads(article uint32, own Place, w Window, n int, place func(uint32) Place, yield func(uint32)) {
	start := w.Start(own.Date)
	if len(l) > 0 && place(l[0].Article()).Date < start {
		l = l[sort.Search(len(l), func(i int) bool { return place(l[i].Article()).Date >= start }):]
	}
	end := sort.Search(len(l), func(i int) bool {
		c := place(l[i].Article()).Compare(own)
		return c > 0 || c == 0 && l[i].Article() >= article
	})
	l = l[:end]
	give := func(p Posting) int {
		q := place(p.Article())
		if q.Dead {
			return 0
		}
		if w.Holds(own.Date, q.Date) {
			yield(p.Article())
		}
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
