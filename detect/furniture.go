package detect

import (
	"dedupe/boilerplate"
	"dedupe/storage"
)

// furniture is what is known to be boilerplate, and how it is stored: each
// shingle in the passage with which it was first voted for.
type furniture struct {
	boilerplate.Set
	passages map[int64][]uint64 // learned and allowed: id -> shingles
	allowed  map[int64]bool
	passage  map[uint64]int64 // shingle -> id
}

// Furniture returns what the stored passages make known.
func Furniture(rows []storage.FurnitureRow) *boilerplate.Set {
	f := newFurniture(rows)
	return &f.Set
}

func newFurniture(rows []storage.FurnitureRow) *furniture {
	f := &furniture{passages: map[int64][]uint64{}, allowed: map[int64]bool{}, passage: map[uint64]int64{}}
	for _, r := range rows {
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
			f.Against(h, int(r.Against[i]))
		}
	}
	return f
}

// forget drops a passage.
func (f *furniture) forget(id int64) {
	for _, h := range f.passages[id] {
		delete(f.passage, h)
	}
	delete(f.passages, id)
}

// votes returns the votes for the shingles of a passage, and those against.
func (f *furniture) votes(id int64) (votes, against []uint32) {
	list := f.passages[id]
	votes, against = make([]uint32, len(list)), make([]uint32, len(list))
	for i, h := range list {
		votes[i], against[i] = f.Votes(h)
	}
	return votes, against
}
