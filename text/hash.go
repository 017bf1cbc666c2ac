package text

import "math/bits"

// The hash of a word is kept in databases, so it never changes; a test holds
// its values.
//
// The normal form is read in blocks of eight bytes, little end first, the last
// one padded with zeros (no normal form holds a zero byte, so padding is
// unambiguous), and each block is stirred into the hash:
//
//	h = seed;  for each block b:  h = mix(h ^ b)
//
// mix is the finalizer of SplitMix64 (Steele, Lea, Flood 2014, variant 13 of
// Stafford): a bijection in which every input bit flips every output bit with
// probability close to one half. Two words of up to eight bytes never collide;
// either half of the hash may be used alone.
const hashSeed = 0x9e3779b97f4a7c15

func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// Hash returns the hash of a word's normal form: Words of it has one word with
// this hash when form is the normal form of one word.
func Hash[T string | []byte](form T) uint64 { return hashOf(form) }

func hashOf[T string | []byte](form T) uint64 {
	h := uint64(hashSeed)
	for len(form) >= 8 {
		h = mix(h ^ load8(form))
		form = form[8:]
	}
	if len(form) > 0 {
		h = mix(h ^ loadTail(form))
	}
	return h
}

// stirrer hashes a normal form byte by byte; see Hash.
type stirrer struct {
	h, block uint64
	bits     uint
}

func (s *stirrer) put(b byte) {
	s.block |= uint64(b) << s.bits
	if s.bits += 8; s.bits == 64 {
		s.h, s.block, s.bits = mix(s.h^s.block), 0, 0
	}
}

// putRune stirs in a rune of one to three bytes.
func (s *stirrer) putRune(r uint32) {
	switch {
	case r < 0x80:
		s.put(byte(r))
	case r < 0x800:
		s.put(0xC0 | byte(r>>6))
		s.put(0x80 | byte(r&0x3F))
	default:
		s.put(0xE0 | byte(r>>12))
		s.put(0x80 | byte(r>>6&0x3F))
		s.put(0x80 | byte(r&0x3F))
	}
}

func (s *stirrer) sum() uint64 {
	if s.bits == 0 {
		return s.h
	}
	return mix(s.h ^ s.block)
}

// load8 reads eight bytes, little end first; the compiler makes one load of it.
func load8[T string | []byte](s T) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// loadTail reads fewer than eight bytes, padded with zeros.
func loadTail[T string | []byte](s T) uint64 {
	var x uint64
	for i := range len(s) {
		x |= uint64(s[i]) << (8 * i)
	}
	return x
}

// alnum8 looks at eight bytes at once. free is eight times the number of them,
// from the first, that are ASCII letters or digits; lower is those with
// letters in lower case and zeros behind; digits is not zero if a digit is
// among them.
//
// Each byte has its high bit cleared, so that adding 0x80-c sets the high bit
// exactly where the byte is >= c and never carries into the next byte.
func alnum8(x uint64) (free int, lower, digits uint64) {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	low := x &^ high
	fold := low | 0x20*ones
	letter := (fold + (0x80-'a')*ones) &^ (fold + (0x80-'z'-1)*ones) &^ x & high
	digit := (low + (0x80-'0')*ones) &^ (low + (0x80-'9'-1)*ones) &^ x & high
	free = bits.TrailingZeros64(^(letter|digit)&high) &^ 7 // 64 if all are
	keep := uint64(1)<<free - 1                            // all ones for 64
	return free, (x | letter>>2) & keep, digit & keep
}
