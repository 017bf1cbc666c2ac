package text

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// stemLength is how many characters of a word are its stem.
const stemLength = 4

// Stem is a hash of the first four characters of a word in normal form: Russia,
// Russian and Russia's have one, and so have most cases of a name. Cost: 3 ns for
// ASCII, 100 for other words.
func Stem(word string) uint64 {
	x := uint64(0)
	for i := range min(len(word), stemLength) {
		b := word[i]
		switch {
		case b >= utf8.RuneSelf:
			return stemSlow(word)
		case 'A' <= b && b <= 'Z':
			b |= 0x20
		}
		x = stemNext(x, rune(b))
	}
	return mix(x)
}

func stemSlow(word string) uint64 {
	const reach = 64 // bytes
	x, n := uint64(0), 0
	for _, r := range norm.NFKC.String(word[:min(len(word), reach)]) {
		if r = fold(r); r == 0 {
			continue
		}
		x = stemNext(x, r)
		if n++; n == stemLength {
			break
		}
	}
	return mix(x)
}

func stemNext(x uint64, r rune) uint64 { return x<<16 ^ uint64(r) }
