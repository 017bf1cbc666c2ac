package detect

import (
	"encoding/binary"

	"dedupe/article"
)

// filter tells keys that are surely not stored, so that a bulk load does not
// ask the database for each article (Bloom 1970, with two bits a key). It
// grows by doubling, from the hashes that it keeps, at 8 to 10 bytes a key.
type filter struct {
	hashes []uint64
	bits   []uint64
}

func (f *filter) add(k article.Key) { f.addHash(binary.BigEndian.Uint64(k[:])) }

// addHash adds a key by its first 8 bytes, which are a hash.
func (f *filter) addHash(h uint64) {
	f.hashes = append(f.hashes, h)
	if 16*len(f.hashes) > 64*len(f.bits) {
		f.bits = make([]uint64, max(1024, 2*len(f.bits)))
		for _, h := range f.hashes {
			f.set(h)
		}
		return
	}
	f.set(h)
}

func (f *filter) set(h uint64) {
	a, b := f.at(h)
	f.bits[a/64] |= 1 << (a % 64)
	f.bits[b/64] |= 1 << (b % 64)
}

func (f *filter) at(h uint64) (a, b uint64) {
	mask := uint64(64*len(f.bits) - 1)
	return h & mask, h >> 32 & mask
}

// has reports whether the key may have been added.
func (f *filter) has(k article.Key) bool {
	if len(f.bits) == 0 {
		return false
	}
	a, b := f.at(binary.BigEndian.Uint64(k[:]))
	return f.bits[a/64]&(1<<(a%64)) != 0 && f.bits[b/64]&(1<<(b%64)) != 0
}
