package text

import (
	_ "embed"
	"strings"
	"sync"
)

// spelledList is made by spelled_gen.go, which tells of which languages it has words: those of scripts
// without capitals, and of others that write weekdays and months with small letters.
//
//go:embed spelled.txt
var spelledList string

type inLetters struct {
	filter [1 << 14 / 64]uint64 // a bit a word: most words of a text end here
	as     map[uint32]uint32    // what a word stands for, by its hash
}

var spelledWords = sync.OnceValue(func() *inLetters {
	l := &inLetters{as: map[uint32]uint32{}}
	for line := range strings.Lines(spelledList) {
		figures, words, _ := strings.Cut(line, " ")
		if figures == "#" {
			continue
		}
		value := uint32(found(figures)[0].Hash)
		for word := range strings.FieldsSeq(words) {
			w := found(word)
			if len(w) != 1 {
				continue
			}
			hash := uint32(w[0].Hash)
			l.filter[hash%(1<<14)/64] |= 1 << (hash % 64)
			switch {
			case figures == "0":
				l.as[hash] = hash
			case l.as[hash] == 0:
				l.as[hash] = value
			}
		}
	}
	return l
})

// Spelled returns what a word in small letters stands for that is a number, or tells a weekday, a month or a
// part of the day: the hash of a number's figures, that of another word itself. hash is the
// lower half of a Word's. Known are words of scripts without capitals, and of other languages weekdays and
// months where they have none. Cost: a bit is looked up, and for a word that may be one a map.
func Spelled(hash uint32) (as uint32, ok bool) {
	l := spelledWords()
	if l.filter[hash%(1<<14)/64]&(1<<(hash%64)) == 0 {
		return 0, false
	}
	as, ok = l.as[hash]
	return as, ok
}
