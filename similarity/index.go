package similarity

import "slices"

// index is the set of the words of one text, each with its places.
//
//	slots   open addressing: word -> last place + 1
//	prev    place -> the place before it of the same word + 1
type index struct {
	words []Token
	slots []uint64 // hash << 32 | last place + 1
	prev  []uint32
	heavy []uint64 // eight bits a slot: one is set for each word that weighs something, most others meet none
	shift uint

	stamps []uint32 // by last place: the stamp of the text that has the word too
	stamp  uint32
}

func (x *index) reset(words []Token) {
	size, bits := 16, uint(4)
	for size < 2*len(words) {
		size, bits = size*2, bits+1
	}
	if cap(x.slots) < size {
		x.slots = make([]uint64, size)
	} else {
		x.slots = x.slots[:size]
		clear(x.slots)
	}
	if cap(x.heavy) < size/8 {
		x.heavy = make([]uint64, size/8)
	} else {
		x.heavy = x.heavy[:size/8]
		clear(x.heavy)
	}
	if cap(x.prev) < len(words) {
		x.prev = make([]uint32, len(words))
	}
	x.prev = x.prev[:len(words)]
	x.words, x.shift = words, 32-bits
	if cap(x.stamps) < len(words) {
		x.stamps, x.stamp = make([]uint32, len(words)), 0
	}
	x.stamps = x.stamps[:cap(x.stamps)]
	for i, w := range words {
		s := x.slot(w.Hash())
		x.prev[i] = uint32(*s)
		*s = uint64(w.Hash())<<32 | uint64(i+1)
		if w.Weight() > 0 {
			x.heavy[w.Hash()>>6&uint32(len(x.heavy)-1)] |= 1 << (w.Hash() & 63)
		}
	}
}

// may reports whether a word can be among those that weigh something.
func (x *index) may(h uint32) bool {
	return x.heavy[h>>6&uint32(len(x.heavy)-1)]&(1<<(h&63)) != 0
}

func (x *index) slot(h uint32) *uint64 {
	mask := uint32(len(x.slots) - 1)
	for i := h * 0x9E3779B1 >> x.shift; ; i++ {
		s := &x.slots[i&mask]
		if uint32(*s) == 0 || uint32(*s>>32) == h {
			return s
		}
	}
}

func (x *index) has(h uint32) bool { return uint32(*x.slot(h)) != 0 }

// common is the weighted share of words that the unflagged parts of the text
// and of another have in common, of the lighter part. Each word counts once.
func (x *index) common(flagged []bool, words []Token, other []bool) float64 {
	x.stamp++
	var here, there, both int
	for i, w := range words {
		if other[i] || w.Weight() == 0 {
			continue
		}
		p := x.last(w.Hash())
		if p == 0 {
			there += int(w.Weight()) // repetitions count; a text repeats few of the words that weigh
			continue
		}
		if x.stamps[p-1] == x.stamp {
			continue
		}
		x.stamps[p-1] = x.stamp
		there += int(w.Weight())
		for q := p; q != 0; q = x.prev[q-1] {
			if !flagged[q-1] {
				both += int(min(w.Weight(), x.words[p-1].Weight()))
				break
			}
		}
	}
	x.stamp++
	for i, w := range x.words {
		if p := x.last(w.Hash()); !flagged[i] && x.stamps[p-1] != x.stamp {
			x.stamps[p-1] = x.stamp
			here += int(x.words[p-1].Weight()) // that of one word, should hashes collide
		}
	}
	return share(both, min(here, there))
}

// last returns the last place of a word + 1, or 0.
func (x *index) last(h uint32) uint32 { return uint32(*x.slot(h)) }

// mentions is the weighted share of a headline's words that the text has.
func (x *index) mentions(headline []Token) float64 {
	var all, found int
	for _, w := range headline {
		all += int(w.Weight())
		if w.Weight() > 0 && x.has(w.Hash()) {
			found += int(w.Weight())
		}
	}
	return share(found, all)
}

// tells reports whether a headline has a word of substance in it.
func tells(headline []Token) bool {
	return Says(headline, 2)
}

// Says reports whether a headline says at least so much, by the sum of its words'
// weights: a usual word of six letters has 4.
func Says(headline []Token, least int) bool { return weight(headline) >= least }

func weight(headline []Token) (sum int) {
	for _, w := range headline {
		sum += int(w.Weight())
	}
	return sum
}

// distinctive reports whether two headlines say so much that they are not alike by
// chance, as "Letters to the editor" are: each has the weight of four words of six
// letters, together with that of the other words that stand below both. Those of forms
// that are filled in daily have other numbers.
func distinctive(a, b, below []Token) bool {
	const enough = 16
	under := 0
	below = below[:min(len(below), maxAsked)]
	for i, w := range below {
		same := func(t Token) bool { return t.Hash() == w.Hash() }
		if !slices.ContainsFunc(a, same) && !slices.ContainsFunc(below[:i], same) {
			under += int(w.Weight())
		}
	}
	return Says(a, enough-under) && Says(b, enough-under) && SameNumbers(a, b)
}

// mentionedIn is mentions without an index of the text, for a headline asked once.
func mentionedIn(headline []Token, words []Token) float64 {
	var list [maxAsked]Token
	n, all, mentioned := 0, 0, 0
	for _, h := range headline[:min(len(headline), maxAsked)] {
		if h.Weight() > 0 {
			all += int(h.Weight())
			list[n] = h
			n++
		}
	}
	for i, found := range among(list[:n], words) {
		if found {
			mentioned += int(list[i].Weight())
		}
	}
	return share(mentioned, all)
}

// maxAsked bounds the words that are looked for in a text at once.
const maxAsked = 64

// among returns which of a list of words a text has, up to maxAsked, without an index
// of the text.
func among(list, words []Token) (found [maxAsked]bool) {
	var filter [4]uint64 // 256 bits: most words of the text miss it
	for _, w := range list {
		filter[w.Hash()>>6&3] |= 1 << (w.Hash() & 63)
	}
	left := len(list)
	for _, w := range words {
		if filter[w.Hash()>>6&3]&(1<<(w.Hash()&63)) == 0 {
			continue
		}
		for i, x := range list {
			if x.Hash() == w.Hash() && !found[i] {
				found[i] = true
				left--
			}
		}
		if left == 0 {
			break
		}
	}
	return found
}

// overlap is the weighted share of the lighter headline's words that the other
// has.
func overlap(a, b []Token) float64 {
	if weight(a) > weight(b) {
		a, b = b, a
	}
	return mentionedIn(a, b)
}

// Alike reports whether two headlines share most of their words, by weight.
func Alike(a, b []Token) bool { return overlap(a, b) >= 0.6 }
