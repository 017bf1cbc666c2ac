package candidate

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// Segment is a sorted run of postings that may be stored elsewhere.
type Segment struct {
	ID     int64
	Len    int                            // postings
	First  uint32                         // article of all that it may hold; 0: unknown
	Last   uint32                         // article; 0: unknown
	Fences []Posting                      // First of each block
	Load   func(n int) ([]Posting, error) // the n-th block, decoded; the result is valid until the next call
}

// Dates returns the dates of the first and the last of the articles that the
// segment may hold: all dates there are where that is not known, or where one has
// none, for that lies in every window.
func (s *Segment) Dates(places Places) (first, last int64) {
	first, last = math.MaxInt64, math.MinInt64
	for i := s.First; i <= s.Last; i++ {
		if s.First == 0 || places.At(i).Date == Undated {
			return math.MinInt64, math.MaxInt64
		}
		d := places.At(i).Date
		first, last = min(first, d), max(last, d)
	}
	return first, last
}

// Scatter copies postings into parts that follow one another in order of keys, in
// all, so that each can be sorted for itself, and side by side.
func Scatter(postings []Posting) (all []Posting, parts [][]Posting) {
	const top = 64 - 8
	var from [1<<8 + 1]int
	for _, p := range postings {
		from[p>>top+1]++
	}
	for i := range 1 << 8 {
		from[i+1] += from[i]
	}
	all = make([]Posting, len(postings))
	next := from
	for _, p := range postings {
		all[next[p>>top]] = p
		next[p>>top]++
	}
	parts = make([][]Posting, 1<<8)
	for i := range parts {
		parts[i] = all[from[i]:from[i+1]]
	}
	return all, parts
}

// SortPostings orders postings by key and, of one key, by the canonical order
// of the articles.
func SortPostings(postings []Posting, places Places) {
	slices.Sort(postings)
	for i := 0; i < len(postings); {
		j := i + 1
		for j < len(postings) && postings[j].Key() == postings[i].Key() {
			j++
		}
		if j-i > 1 {
			sortByPlace(postings[i:j], places)
		}
		i = j
	}
}

func sortByPlace(list []Posting, places Places) {
	slices.SortFunc(list, func(a, b Posting) int {
		if c := places.At(a.Article()).Compare(places.At(b.Article())); c != 0 {
			return c
		}
		return int(a.Article()) - int(b.Article())
	})
}

// walk calls visit for each of the wanted keys (ascending) that the segment
// has, with its postings in canonical order. Only blocks that can hold a wanted key
// are loaded, and of a long list those that the ends want (nil: all). The slice given to visit is valid
// during the call only.
func (s *Segment) walk(wanted []uint64, ends *ends, visit func(key uint64, list []Posting)) error {
	var list, buf []Posting
	var whole error // of a list whose middle was wanted after all
	current, open, run := uint64(0), false, 0
	flush := func() {
		if open && run > 0 && !ends.last(list[run:]) {
			key := current
			list = list[:0]
			whole = cmp.Or(whole, s.walk([]uint64{key}, nil, func(_ uint64, all []Posting) { list = append(list, all...) }))
		}
		if open && len(list) > 0 {
			visit(current, list)
		}
		list, open, run = list[:0], false, 0
	}
	for b := 0; b < len(s.Fences) && len(wanted) > 0; {
		// The block holds keys from its fence to the next block's fence, both
		// included.
		low := s.Fences[b].Key()
		for len(wanted) > 0 && wanted[0] < low { // it would stand in the block before
			wanted = wanted[1:]
		}
		if len(wanted) == 0 {
			break
		}
		if wanted[0] > low {
			// Jump to the last block whose fence is below the wanted key.
			n := sort.Search(len(s.Fences)-b, func(i int) bool { return s.Fences[b+i].Key() >= wanted[0] })
			if n > 1 {
				b += n - 1
			}
		}
		block, err := s.Load(b)
		if err != nil {
			return err
		}
		buf = append(buf[:0], block...) // flush may load others
		for _, p := range buf {
			key := p.Key()
			if open && key != current {
				flush()
			}
			for len(wanted) > 0 && wanted[0] < key {
				wanted = wanted[1:]
			}
			if len(wanted) == 0 {
				break
			}
			if wanted[0] == key {
				current, open = key, true
				list = append(list, p)
			}
		}
		b++
		if open && len(list) > 0 && ends != nil {
			n := 0 // blocks that begin with this key
			for b+n < len(s.Fences) && s.Fences[b+n].Key() == current {
				n++
			}
			if n = ends.skip(list[run:], s.Fences[b:b+n]); n > 0 {
				b, run = b+n, len(list)
			}
		}
	}
	flush()
	return whole
}

// ends are what a query wants of a list in canonical order: enough living postings from each
// start on, as many before the first article asked for, and all from there on.
type ends struct {
	places Places
	starts []int64 // ascending
	first  *Place
	enough int
}

// skip returns how many of the blocks that follow a run of a list are not wanted, by the
// first posting of each.
//
//	list    . . a a .|. . . .|. . . .|. . . .|. b b|c
//	            ^start                              ^first
//	blocks   run     | not wanted    | the rest
func (e *ends) skip(run, next []Posting) int {
	date := func(p Posting) int64 { return e.places.At(p.Article()).Date }
	started := sort.Search(len(e.starts), func(i int) bool { return e.starts[i] > date(run[len(run)-1]) })
	if started > 0 {
		n := 0
		for i := len(run) - 1; n < e.enough; i-- {
			if i < 0 || date(run[i]) < e.starts[started-1] {
				return 0
			}
			if !e.places.At(run[i].Article()).Dead {
				n++
			}
		}
	}
	// One block in whole before that in which the first article stands.
	n := sort.Search(len(next), func(i int) bool { return e.places.At(next[i].Article()).Compare(e.first) >= 0 }) - 2
	if started < len(e.starts) {
		n = min(n, sort.Search(len(next), func(i int) bool { return date(next[i]) >= e.starts[started] })-1)
	}
	return max(0, n)
}

// last reports whether a run has enough living postings before the first article asked for.
func (e *ends) last(run []Posting) bool {
	n := 0
	for _, p := range run {
		if at := e.places.At(p.Article()); !at.Dead && at.Compare(e.first) < 0 {
			n++
		}
	}
	return n >= e.enough
}
