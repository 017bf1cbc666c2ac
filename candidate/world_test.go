package candidate

import (
	"math/rand/v2"
	"slices"
)

// world is a random index together with all that is in it, for oracles.
type world struct {
	places   Places    // by article - 1
	postings []Posting // of all articles
	stored   []Posting // those in segments
	fresh    []Posting // the rest, sorted
	segments []*Segment
	loads    int // blocks that were read
}

func (w *world) place(article uint32) *Place { return w.places.At(article) }

// newWorld makes n articles: some without a date, some dead, some with the same
// date. Of a few hashes nearly all articles have one, so that lists are long;
// most stand in a few articles only. The last of the articles are fresh.
func newWorld(r *rand.Rand, n int) *world {
	w := &world{}
	days := 1 + r.IntN(40)
	for range n {
		p := Place{Date: int64(r.IntN(days)) * 86400, Key: r.Uint64() >> r.IntN(64), Size: Size(r.IntN(40)), Outlet: uint32(r.IntN(5))}
		switch r.IntN(10) {
		case 0:
			p.Date = Undated
		case 1, 2:
			p.Dead = true
		}
		w.places = append(w.places, p)
	}
	hashes := make([]uint64, 4+r.IntN(60))
	for i := range hashes {
		hashes[i] = r.Uint64() >> r.IntN(36)
	}
	common := 1 + r.IntN(3)
	first := uint32(n - r.IntN(n/2+1) + 1) // fresh articles from here on
	parts := make([][]Posting, 1+r.IntN(5))
	for a := uint32(1); a <= uint32(n); a++ {
		var own []Posting
		for i, h := range hashes {
			if i < common && r.IntN(10) > 0 || r.IntN(len(hashes)) < 3 {
				own = append(own, posting(h, a))
			}
		}
		slices.Sort(own)
		own = slices.Compact(own) // two hashes may have one key
		w.postings = append(w.postings, own...)
		if a >= first {
			w.fresh = append(w.fresh, own...)
		} else {
			i := int(a-1) * len(parts) / n // segments hold batches
			parts[i] = append(parts[i], own...)
			w.stored = append(w.stored, own...)
		}
	}
	SortPostings(w.fresh, w.places)
	for i, p := range parts {
		SortPostings(p, w.places)
		w.segments = append(w.segments, w.segment(int64(i+1), p))
	}
	return w
}

func (w *world) segment(id int64, sorted []Posting) *Segment {
	blocks := Encode(sorted)
	load := FromMemory(blocks)
	s := &Segment{ID: id, Len: len(sorted), Load: func(n int) ([]Posting, error) {
		w.loads++
		return load(n)
	}}
	for _, b := range blocks {
		s.Fences = append(s.Fences, b.First)
	}
	return s
}

// list is the plain definition of a key's list: every article that has it,
// in canonical order.
func (w *world) list(postings []Posting, key uint64) (list []Posting) {
	for _, p := range postings {
		if p.Key() == key {
			list = append(list, p)
		}
	}
	sortByPlace(list, w.places)
	return list
}

// keys returns the different keys of postings, ascending.
func keys(postings []Posting) (list []uint64) {
	for _, p := range postings {
		list = append(list, p.Key())
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// All reads a whole segment.
func (s *Segment) All() ([]Posting, error) {
	all := make([]Posting, 0, s.Len)
	for i := range s.Fences {
		part, err := s.Load(i)
		if err != nil {
			return nil, err
		}
		all = append(all, part...)
	}
	return all, nil
}
