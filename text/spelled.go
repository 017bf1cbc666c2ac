package text

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"dedupe/article"
)

// Languages that write weekdays and months with small letters: those of scripts without capitals, and others.
const (
	caseless     = "ar fa ur he hi mr ne bn as pa gu or ta te kn ml si ko ka am"
	withCapitals = "fr es pt it ca gl ro ru uk be bg mk sr bs hr sl cs sk pl lt lv et fi sv da nb is nl hu az kk ky uz mn"
)

// otherWords are weekdays or months in one language and something else in another: Persian week, Arabic one.
const otherWords = "هفته تير أحد mail rugs marca march mart"

// spelledList has numbers of the first, and cases of weekdays and months of all; spelled_gen.go makes it.
//
//go:embed spelled.txt
var spelledList string

type inLetters struct {
	filter [1 << 14 / 64]uint64 // a bit a word: most words of a text end here
	as     map[uint32]uint32    // what a word stands for, by its hash
}

var spelledWords = sync.OnceValue(func() *inLetters {
	l := &inLetters{as: map[uint32]uint32{}}
	for list, least := range map[string]int{caseless: 3, withCapitals: 4} { // shorter ones mean other things elsewhere
		for lang := range strings.FieldsSeq(list) {
			for _, word := range calendar(lang) {
				if utf8.RuneCountInString(word) >= least {
					l.add(word, 0)
				}
			}
		}
	}
	for line := range strings.Lines(spelledList) {
		figures, words, _ := strings.Cut(line, " ")
		value := uint32(0)
		switch figures {
		case "#":
			continue
		case "0":
		default:
			value = uint32(found(figures)[0].Hash)
		}
		for word := range strings.FieldsSeq(words) {
			l.add(word, value)
		}
	}
	for word := range strings.FieldsSeq(otherWords) {
		delete(l.as, uint32(found(word)[0].Hash))
	}
	return l
})

// calendar returns the words of the weekdays and months of a language that stand in the name of one alone:
// of segunda-feira and terça-feira segunda and terça.
func calendar(lang string) (words []string) {
	var all []string
	for _, name := range article.CalendarNames(lang) {
		parts := strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '-' || r == '\u200c' })
		slices.Sort(parts)
		all = append(all, slices.Compact(parts)...)
	}
	slices.Sort(all)
	for i, w := range all {
		if (i == 0 || all[i-1] != w) && (i+1 == len(all) || all[i+1] != w) {
			words = append(words, w)
		}
	}
	return words
}

// add enters a word that is one token, with what it stands for; 0: for itself. The first meaning counts.
func (l *inLetters) add(word string, value uint32) {
	w := found(word)
	if len(w) != 1 {
		return
	}
	hash := uint32(w[0].Hash)
	l.filter[hash%(1<<14)/64] |= 1 << (hash % 64)
	if value == 0 {
		value = hash
	}
	if l.as[hash] == 0 {
		l.as[hash] = value
	}
}

// Spelled returns what a word in small letters stands for that is a number, or tells a weekday or a
// month: the hash of a number's figures, that of another word itself. hash is the
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
