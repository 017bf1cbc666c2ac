package similarity

import "unicode/utf8"

// dice is strutil's Sorensen-Dice metric of character pairs, to the last bit, without
// the map of strings that it makes of each text. It is the default, every compared
// pair of headlines is measured by it, and the maps were a twentieth of a run's
// processor time.
type dice struct{}

// Compare returns the pairs that both have, twice, of all pairs, from 0 to 1; pairs
// that recur count as often as in both. Texts of a character or none have no pairs and
// give 0, two empty ones 1.
func (dice) Compare(a, b string) float64 {
	if a == "" && b == "" {
		return 1
	}
	n := max(0, utf8.RuneCountInString(a)-1)
	m := max(0, utf8.RuneCountInString(b)-1)
	if n+m == 0 {
		return 0
	}
	size := 16 // open addressing: pair + 1 -> how often a has it and b did not yet
	for size < 2*n {
		size *= 2
	}
	var few [256]pairCount
	slots := few[:]
	if size > len(few) {
		slots = make([]pairCount, size)
	}
	slots = slots[:size]
	slot := func(pair uint64) *pairCount {
		for i := int(pair * base >> 40); ; i++ {
			if s := &slots[i&(size-1)]; s.pair == 0 || s.pair == pair {
				return s
			}
		}
	}
	pairs(a, func(pair uint64) {
		s := slot(pair)
		s.pair = pair
		s.n++
	})
	both := 0
	pairs(b, func(pair uint64) {
		if s := slot(pair); s.n > 0 {
			s.n--
			both++
		}
	})
	return 2 * float64(both) / float64(n+m)
}

type pairCount struct {
	pair uint64
	n    int32
}

// pairs yields each character of s with the one before it; no pair is 0.
func pairs(s string, yield func(pair uint64)) {
	last := rune(-1)
	for _, r := range s {
		if last >= 0 {
			yield(1<<63 | uint64(last)<<32 | uint64(r))
		}
		last = r
	}
}
