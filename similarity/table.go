package similarity

import "math/bits"

// Table is the set of one text's shingles, laid out for being asked many times:
// open addressing with linear probing at a load of at most a half, so that a
// question costs one or two cache lines. It is built once for the article that
// is judged and asked for every shingle of each of its candidates.
//
//	slot   hash of the shingle | first position in the text + 1 | stamp
//
// The highest bit of the position is set for a shingle that stands in boilerplate
// only. The stamp tells whether the slot was already met, or counted, in the
// running comparison; raising a counter clears all of them at once.
//
// The zero value is an empty set. A Table is not safe for concurrent use.
type Table struct {
	slots []slot
	marks []uint64 // eight bits a slot: one is set where a shingle is, most others meet none
	shift uint
	n     int
	stamp uint32
}

type slot struct {
	hash  uint64
	pos   uint32 // position + 1, with the bit hidden; 0 marks an empty slot
	stamp uint32
}

const hidden = 1 << 31

// place is the first position of the shingle.
func (s *slot) place() int { return int(s.pos&^hidden) - 1 }

// hide marks the shingles that stand nowhere but where covered is set.
func (t *Table) hide(shingles []uint64, covered []bool) {
	if covered == nil {
		return
	}
	for i, h := range shingles {
		if covered[i] {
			t.find(h).pos |= hidden
		}
	}
	for i, h := range shingles {
		if !covered[i] {
			t.find(h).pos &^= hidden
		}
	}
}

// Reset makes the table hold exactly the given shingles. Of equal ones the
// first position stays. Memory is reused.
func (t *Table) Reset(shingles []uint64) {
	size := 1 << max(4, bits.Len(uint(2*len(shingles))))
	if cap(t.slots) < size {
		t.slots = make([]slot, size)
	} else {
		t.slots = t.slots[:size]
		clear(t.slots)
	}
	if cap(t.marks) < size/8 {
		t.marks = make([]uint64, size/8)
	} else {
		t.marks = t.marks[:size/8]
		clear(t.marks)
	}
	t.shift = uint(64 - bits.Len(uint(size-1)))
	t.n, t.stamp = 0, 0
	for i, h := range shingles {
		if s := t.find(h); s.pos == 0 {
			*s = slot{hash: h, pos: uint32(i) + 1}
			m := h >> (t.shift - 3)
			t.marks[m>>6] |= 1 << (m & 63)
			t.n++
		}
	}
}

// Len is the number of different shingles.
func (t *Table) Len() int { return t.n }

// may reports whether h can be in the set; of shingles that are not, one in sixteen or
// fewer can.
func (t *Table) may(h uint64) bool {
	m := h >> (t.shift - 3)
	return t.marks[m>>6]&(1<<(m&63)) != 0
}

// find returns the slot of h, or the empty one where it belongs. The high bits
// choose the slot.
func (t *Table) find(h uint64) *slot {
	mask := uint64(len(t.slots) - 1)
	for i := h >> t.shift; ; i++ {
		s := &t.slots[i&mask]
		if s.pos == 0 || s.hash == h {
			return s
		}
	}
}
