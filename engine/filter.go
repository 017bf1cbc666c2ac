package engine

import (
	"encoding/binary"

	"dedupe/article"
	"dedupe/candidate"
)

// filter tells keys that are surely not stored, so that a bulk load does not
// ask the database for each article (Bloom 1970, with two bits a key). It
// grows by doubling, from the places, at 2 to 4 bytes a key.
type filter struct {
	n    int // places whose keys are in it
	bits []uint64
}

// fill adds the keys of the places that have come since it was last called, by
// their first 8 bytes, which are a hash.
func (f *filter) fill(places candidate.Places) {
	size := len(f.bits)
	for 16*len(places) > 64*size {
		size = max(1024, 2*size)
	}
	if size > len(f.bits) {
		f.n, f.bits = 0, make([]uint64, size)
	}
	for _, p := range places[f.n:] {
		a, b := f.at(p.Key)
		f.bits[a/64] |= 1 << (a % 64)
		f.bits[b/64] |= 1 << (b % 64)
	}
	f.n = len(places)
}

func (f *filter) at(h uint64) (a, b uint64) {
	mask := uint64(64*len(f.bits) - 1)
	return h & mask, h >> 32 & mask
}

// has reports whether the key may be that of a place.
func (f *filter) has(k article.Key) bool {
	if len(f.bits) == 0 {
		return false
	}
	a, b := f.at(binary.BigEndian.Uint64(k[:]))
	return f.bits[a/64]&(1<<(a%64)) != 0 && f.bits[b/64]&(1<<(b%64)) != 0
}
