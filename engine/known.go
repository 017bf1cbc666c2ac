package engine

import (
	"dedupe/boilerplate"
	"dedupe/storage"
)

// learned is what is known to be boilerplate, and how it is stored: each
// shingle in the passage with which it was first voted for.
type learned struct {
	boilerplate.Set
	passages map[int64][]uint64 // learned and allowed: id -> shingles
	allowed  map[int64]bool
	passage  map[uint64]int64 // shingle -> id
	damaged  map[int64]bool   // of these it is not known who votes for what: what is stored stays
}

// Boilerplate returns what the stored passages make known.
func Boilerplate(rows []storage.BoilerplateRow) *boilerplate.Set {
	f := newLearned(rows)
	return &f.Set
}

func newLearned(rows []storage.BoilerplateRow) *learned {
	f := &learned{passages: map[int64][]uint64{}, allowed: map[int64]bool{}, passage: map[uint64]int64{}, damaged: map[int64]bool{}}
	for _, r := range rows {
		if r.Damaged {
			f.damaged[r.ID] = true
		}
		switch r.State {
		case storage.Allowed:
			f.allowed[r.ID] = true
			f.Allow(r.Shingles...)
		case storage.Blocked:
			f.Block(r.Shingles...)
			continue
		}
		f.passages[r.ID] = r.Shingles
		for i, h := range r.Shingles {
			f.passage[h] = r.ID
			f.Vote(h, int(r.Votes[i]))
		}
	}
	return f
}

// forget drops a passage.
func (f *learned) forget(id int64) {
	for _, h := range f.passages[id] {
		delete(f.passage, h)
	}
	delete(f.passages, id)
}

func (f *learned) votes(id int64) []uint32 {
	list := make([]uint32, len(f.passages[id]))
	for i, h := range f.passages[id] {
		list[i] = f.Votes(h)
	}
	return list
}
