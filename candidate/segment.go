package candidate

import (
	"encoding/binary"
	"errors"
	"slices"
	"sort"
)

// BlockLen is the number of postings in a block.
const BlockLen = 256

// Block is a part of a segment as it is stored.
type Block struct {
	First Posting // of the block, in order of keys
	Data  []byte
}

// Encode cuts sorted postings into blocks.
//
//	block     count, then for each posting
//	            uvarint  key - key before (of the first: 0, it is in First)
//	            varint   article - article before (of the first: 0)
func Encode(postings []Posting) []Block {
	blocks := make([]Block, 0, len(postings)/BlockLen+1)
	for len(postings) > 0 {
		part := postings[:min(BlockLen, len(postings))]
		postings = postings[len(part):]
		data := binary.AppendUvarint(make([]byte, 0, 6*len(part)), uint64(len(part)))
		before := part[0]
		for _, p := range part {
			data = binary.AppendUvarint(data, p.Key()-before.Key())
			data = binary.AppendVarint(data, int64(p.Article())-int64(before.Article()))
			before = p
		}
		blocks = append(blocks, Block{First: part[0], Data: data})
	}
	return blocks
}

// ErrCorrupt is what decoding a damaged block gives.
var ErrCorrupt = errors.New("index block is damaged")

// Decode appends the postings of a block to dst.
func Decode(dst []Posting, b Block) ([]Posting, error) {
	data := b.Data
	n, k := binary.Uvarint(data)
	if k <= 0 || n > BlockLen {
		return dst, ErrCorrupt
	}
	data = data[k:]
	key, article := b.First.Key(), int64(b.First.Article())
	for range n {
		ds, k := binary.Uvarint(data)
		if k <= 0 || ds >= 1<<KeyBits { // a larger step would wrap round to an earlier key
			return dst, ErrCorrupt
		}
		data = data[k:]
		da, k := binary.Varint(data)
		if k <= 0 {
			return dst, ErrCorrupt
		}
		data = data[k:]
		key += ds
		article += da
		if article < 0 || article > MaxArticle || key >= 1<<KeyBits {
			return dst, ErrCorrupt
		}
		dst = append(dst, Posting(key<<articleBits|uint64(article)))
	}
	return dst, nil
}

// Segment is a sorted run of postings that may be stored elsewhere.
type Segment struct {
	ID     int64
	Len    int                            // postings
	Fences []Posting                      // First of each block
	Load   func(n int) ([]Posting, error) // the n-th block, decoded; the result is valid until the next call
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
		if wanted[0] > low {
			// Jump to the last block whose fence is below the wanted key.
			n := sort.Search(len(s.Fences)-b, func(i int) bool { return s.Fences[b+i].Key() >= wanted[0] })
			if n > 1 {
				b += n - 1
			}
		}
		last := b+1 == len(s.Fences)
		if !last && s.Fences[b+1].Key() < wanted[0] {
			b++
			continue
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
		if len(wanted) > 0 && b < len(s.Fences) && open && s.Fences[b].Key() > current {
			flush()
		}
	}
	flush()
	return nil
}
