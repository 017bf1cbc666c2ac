package candidate

import (
	"encoding/binary"
	"errors"
	"math/bits"
)

// BlockLen is the number of postings in a block. A look-up decodes a block for a
// key; of 1,000,000 articles a batch wants about one key in each block of 256, and
// decodes half as much of blocks of 128, whose fences take 1 MB.
const BlockLen = 128

// MaxBlock is the largest number of postings that a block may have: those of older programs
// have more than BlockLen.
const MaxBlock = 256

// Block is a part of a segment as it is stored.
type Block struct {
	First Posting // of the block, in order of keys
	Data  []byte
}

// Encode cuts sorted postings into blocks. All steps of a block have as many bits
// as its largest, so that decoding is a shift and a mask for each posting:
//
//	block     0, count - 1, bits of a step (s), bits of an article (a), then packed
//	          from the lowest bit on, for each posting s + a bits:
//	            article | (key - key before) << a     of the first the step is 0
func Encode(postings []Posting) []Block {
	blocks := make([]Block, 0, len(postings)/BlockLen+1)
	for len(postings) > 0 {
		part := postings[:min(BlockLen, len(postings))]
		postings = postings[len(part):]
		var steps, articles uint64 // all bits that any has
		key := part[0].Key()
		for _, p := range part {
			steps |= p.Key() - key
			articles |= uint64(p.Article())
			key = p.Key()
		}
		s, a := bits.Len64(steps), bits.Len64(articles)
		data := make([]byte, 0, header+(len(part)*(s+a)+7)/8+8)
		data = append(data, 0, byte(len(part)-1), byte(s), byte(a))
		key = part[0].Key()
		have, n := uint64(0), 0 // bits that make no byte yet
		for _, p := range part {
			x := uint64(p.Article()) | (p.Key()-key)<<a
			key = p.Key()
			have |= x << n
			if n+s+a < 64 {
				n += s + a
				continue
			}
			data = binary.LittleEndian.AppendUint64(data, have)
			have = x >> (64 - n) // 0 for n = 0: Go shifts all bits out
			n += s + a - 64
		}
		data = binary.LittleEndian.AppendUint64(data, have)
		blocks = append(blocks, Block{First: part[0], Data: data[:header+(len(part)*(s+a)+7)/8]})
	}
	return blocks
}

const header = 4

// ErrCorrupt is what decoding a damaged block gives.
var ErrCorrupt = errors.New("index block is damaged")

// Decode appends the postings of a block to dst.
func Decode(dst []Posting, b Block) ([]Posting, error) {
	data := b.Data
	if len(data) == 0 || data[0] != 0 {
		return decodeOld(dst, b)
	}
	if len(data) < header {
		return dst, ErrCorrupt
	}
	n, s, a := int(data[1])+1, int(data[2]), int(data[3])
	packed := data[header:]
	if s > KeyBits || a > articleBits || len(packed) != (n*(s+a)+7)/8 {
		return dst, ErrCorrupt
	}
	width, inArticle := uint(s+a), uint64(1)<<a-1
	mask := uint64(1)<<width - 1 // all for 64 bits
	key := b.First.Key()
	start := len(dst)
	for i := range n {
		at := uint(i) * width
		x := window(packed, at) & mask
		key += x >> a
		dst = append(dst, Posting(key<<articleBits|x&inArticle))
	}
	if key >= 1<<KeyBits || dst[start] != b.First {
		return dst[:start], ErrCorrupt
	}
	return dst, nil
}

// window returns the 64 bits from a bit on; behind the end are zeros.
func window(data []byte, bit uint) uint64 {
	at, shift := bit/8, bit%8
	if int(at)+9 <= len(data) {
		return binary.LittleEndian.Uint64(data[at:])>>shift | uint64(data[at+8])<<(64-shift)
	}
	var tail [9]byte
	copy(tail[:], data[min(int(at), len(data)):])
	return binary.LittleEndian.Uint64(tail[:])>>shift | uint64(tail[8])<<(64-shift)
}

// decodeOld reads the form that blocks had until schema 5:
//
//	block     count, then for each posting
//	            uvarint  key - key before (of the first: 0, it is in First)
//	            varint   article - article before (of the first: 0)
func decodeOld(dst []Posting, b Block) ([]Posting, error) {
	data := b.Data
	n, k := binary.Uvarint(data)
	if k <= 0 || n > MaxBlock {
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
