package similarity

import (
	"encoding/binary"
	"math/bits"
	"sync"
)

// Lexicon packs texts, so that more of them can be kept in memory: in English news
// 2.2 bytes a word instead of the 6 of a [Token], or 8 where flags of furniture come
// on top. Cost: 11 ns a word to pack and 6 to unpack, an eighth of making the text
// anew from its article.
//
// Each different word gets a number when it is first met. The words of a language
// that stand everywhere are met first and get the short ones:
//
//	0xxxxxxx                     the first 128
//	10xxxxxx xxxxxxxx            the next 16,384
//	11xxxxxx xxxxxxxx xxxxxxxx   the rest, up to maxNumbered
//	11111111 and the Token       words met when all numbers are given
//
// What one Lexicon packed only it can unpack. The zero value is ready for use. It
// is safe for concurrent use.
type Lexicon struct {
	mu     sync.RWMutex
	tokens []Token  // by number
	slots  []uint64 // open addressing: bits of a Token | its number + 1; 0: empty
	shift  uint
}

const (
	maxNumbered = 1<<16 - 1 // words: their table stays in the second cache, and nine in ten words are among them
	numberBits  = 16
	one         = 1 << 7
	two         = one + 1<<14
	raw         = 0xFF
)

// bits of a token, as many as it has bytes.
func (t Token) bits() uint64 {
	return uint64(t.low) | uint64(t.high)<<16 | uint64(t.tag)<<32 | uint64(t.stem)<<40
}

func (l *Lexicon) slot(token uint64) *uint64 {
	mask := uint64(len(l.slots) - 1)
	for i := token * base >> l.shift; ; i++ { // the hash of a word is mixed well already
		s := &l.slots[i&mask]
		if *s == 0 || *s>>numberBits == token {
			return s
		}
	}
}

// number returns the number of a word + 1, or 0.
func (l *Lexicon) number(t Token) uint64 {
	return *l.slot(t.bits()) & (1<<numberBits - 1)
}

// add returns the number of a word + 1, which it gets now if it has none, or 0
// when all are given.
func (l *Lexicon) add(t Token) uint64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	if 2*len(l.tokens) >= len(l.slots) {
		l.grow()
	}
	if n := l.number(t); n > 0 || len(l.tokens) == maxNumbered {
		return n
	}
	l.tokens = append(l.tokens, t)
	n := uint64(len(l.tokens))
	*l.slot(t.bits()) = t.bits()<<numberBits | n
	return n
}

func (l *Lexicon) grow() {
	old := l.slots
	size := max(1<<12, 2*len(old))
	l.slots, l.shift = make([]uint64, size), uint(64-bits.TrailingZeros(uint(size)))
	for _, s := range old {
		if s != 0 {
			*l.slot(s >> numberBits) = s
		}
	}
}

// Pack appends the packed form of a text to dst.
func (l *Lexicon) Pack(dst []byte, t *Text) []byte {
	for _, n := range []int{t.K, t.Distinct, t.Left, t.WordsLeft, len(t.Title)} {
		dst = binary.AppendUvarint(dst, uint64(n))
	}
	dst = append(dst, t.Title...)
	dst = binary.LittleEndian.AppendUint64(dst, t.Hash)
	dst = binary.LittleEndian.AppendUint64(dst, t.Known)
	dst = l.words(dst, t.Headline)
	dst = l.words(dst, t.Words)
	dst = binary.AppendUvarint(dst, uint64(len(t.Notices)))
	for _, s := range t.Notices {
		dst = binary.AppendUvarint(dst, uint64(s.From))
		dst = binary.AppendUvarint(dst, uint64(s.To))
	}
	// Furniture: how many words are story, how many are not, and so on.
	for from, i := 0, 0; i < len(t.Furniture); i++ {
		if i+1 == len(t.Furniture) || t.Furniture[i] != t.Furniture[i+1] {
			if from == 0 && t.Furniture[0] {
				dst = append(dst, 0)
			}
			dst = binary.AppendUvarint(dst, uint64(i+1-from))
			from = i + 1
		}
	}
	return dst
}

func (l *Lexicon) words(dst []byte, words []Token) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(words)))
	l.mu.RLock()
	defer l.mu.RUnlock()
	for _, w := range words {
		n := uint64(0)
		if l.slots != nil {
			n = l.number(w)
		}
		if n == 0 && len(l.tokens) < maxNumbered {
			l.mu.RUnlock()
			n = l.add(w)
			l.mu.RLock()
		}
		switch n--; {
		case n < one:
			dst = append(dst, byte(n))
		case n < two:
			n -= one
			dst = append(dst, 0x80|byte(n>>8), byte(n))
		case n < maxNumbered:
			n -= two
			dst = append(dst, 0xC0|byte(n>>16), byte(n>>8), byte(n))
		default: // 0 - 1
			b := w.bits()
			dst = append(dst, raw, byte(b), byte(b>>8), byte(b>>16), byte(b>>24), byte(b>>32), byte(b>>40))
		}
	}
	return dst
}

// Unpack returns a text that the Lexicon packed, as it was.
func (l *Lexicon) Unpack(data []byte) *Text {
	l.mu.RLock()
	u := unpacker{data, l.tokens} // which only grows
	l.mu.RUnlock()
	p := &Profile{K: u.int(), Distinct: u.int()}
	t := &Text{Profile: p, Left: u.int(), WordsLeft: u.int()}
	title := u.int()
	p.Title = string(u.data[:title])
	u.data = u.data[title:]
	p.Hash, t.Known = binary.LittleEndian.Uint64(u.data), binary.LittleEndian.Uint64(u.data[8:])
	u.data = u.data[16:]
	p.Headline = u.words()
	p.Words = u.words()
	if n := u.int(); n > 0 {
		p.Notices = make([]Stretch, n)
		for i := range p.Notices {
			p.Notices[i] = Stretch{uint32(u.int()), uint32(u.int())}
		}
	}
	if len(u.data) > 0 {
		t.Furniture = make([]bool, len(p.Words))
		for at, is := 0, false; at < len(t.Furniture); is = !is {
			n := u.int()
			if is {
				for i := range n {
					t.Furniture[at+i] = true
				}
			}
			at += n
		}
		t.cover(func(int) {})
	}
	return t
}

type unpacker struct {
	data   []byte
	tokens []Token
}

func (u *unpacker) int() int {
	n, size := binary.Uvarint(u.data)
	u.data = u.data[size:]
	return int(n)
}

func (u *unpacker) words() []Token {
	out := make([]Token, u.int())
	data := u.data
	for i := range out {
		switch b := data[0]; {
		case b < 0x80:
			out[i] = u.tokens[b]
			data = data[1:]
		case b < 0xC0:
			out[i] = u.tokens[one+(int(b&0x3F)<<8|int(data[1]))]
			data = data[2:]
		case b < raw:
			out[i] = u.tokens[two+(int(b&0x3F)<<16|int(data[1])<<8|int(data[2]))]
			data = data[3:]
		default:
			out[i] = Token{uint16(data[1]) | uint16(data[2])<<8, uint16(data[3]) | uint16(data[4])<<8, data[5], data[6]}
			data = data[7:]
		}
	}
	u.data = data
	return out
}
