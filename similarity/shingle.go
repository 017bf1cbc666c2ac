package similarity

// A shingle is a run of k words. Its hash is a polynomial over the hashes of
// its words, so that the next one follows from the last in constant time:
//
//	words    w0 w1 w2 w3 w4        k = 3
//	H(0)     w0·B² + w1·B + w2
//	H(1)     (H(0) - w0·B²)·B + w3
//
// modulo 2^64 (Karp and Rabin 1987). A last mix spreads the polynomial over all
// bits, because sampling, tables and the index look at some of them only. The
// hash depends on the words and on k only and is stable for ever: it is stored.
const base = 0x9E3779B97F4A7C15 // odd, so that B^n never vanishes

// AppendShingles appends the hash of every run of k words to dst, in the order
// of the text. It appends nothing when there are fewer than k words or k < 1.
// Cost: linear, no allocation beyond dst.
func AppendShingles(dst []uint64, words []Token, k int) []uint64 {
	if k < 1 || len(words) < k {
		return dst
	}
	top := uint64(1) // B^(k-1)
	for i := 1; i < k; i++ {
		top *= base
	}
	var h uint64
	for _, w := range words[:k] {
		h = h*base + uint64(w.Hash())
	}
	dst = append(dst, mix(h))
	for i := k; i < len(words); i++ {
		h = (h-uint64(words[i-k].Hash())*top)*base + uint64(words[i].Hash())
		dst = append(dst, mix(h))
	}
	return dst
}

// PairHash is a hash of two words in order.
func PairHash(a, b Token) uint64 { return mix(uint64(a.Hash())*base + uint64(b.Hash())) }

// mix is the finaliser of SplitMix64 (Steele, Lea and Flood 2014): a bijection
// in which every input bit reaches every output bit.
func mix(h uint64) uint64 {
	h ^= h >> 30
	h *= 0xbf58476d1ce4e5b9
	h ^= h >> 27
	h *= 0x94d049bb133111eb
	return h ^ h>>31
}

// Sampled reports whether a hash belongs to the sketch when one in n is kept.
// The choice rests on the hash alone, so that two texts keep the same ones of
// what they share, and a containment can be told from sketches (the modulo
// sketch of Broder 1997, section 4). n < 2 keeps all.
func Sampled(hash uint64, n int) bool {
	return n < 2 || hash%uint64(n) == 0
}
