package candidate

import (
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
// are loaded. The slice given to visit is valid during the call only.
func (s *Segment) walk(wanted []uint64, visit func(key uint64, list []Posting)) error {
	var list, buf []Posting
	current, open := uint64(0), false
	flush := func() {
		if open && len(list) > 0 {
			visit(current, list)
		}
		list, open = list[:0], false
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
		var err error
		if buf, err = s.Load(b); err != nil {
			return err
		}
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
	}
	flush()
	return nil
}
