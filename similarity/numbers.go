package similarity

import (
	"slices"

	"dedupe/text"
)

// number reports whether a word has a digit.
func number(w Token) bool { return w.Kind()&text.Number != 0 }

// sameReading reports whether one of two numbers is written so that it may have the
// value of the other: 1.380 beside 1.38.
func sameReading(a, b Token) bool {
	const kinds = text.Number | text.Capital
	return text.SameReading(a.stem, b.stem) && a.Kind()&kinds == text.Number && b.Kind()&kinds == text.Number
}

// reread sets the flags of those asked words of a text that are not among the words of
// another, but are numbers that stand there by another reading, next to a word that
// they have here. places are those of the asked words. Cost: a pass over the words
// if such a number is asked.
func reread(words []Token, places []int, others []Token, there *[maxAsked]bool) {
	var wanted set
	any := false
	for n, at := range places {
		if w := words[at]; !there[n] && number(w) && w.stem > 1 {
			wanted.add(w.stem ^ 1)
			any = true
		}
	}
	if !any {
		return
	}
	for i, o := range others {
		if !number(o) || !wanted.has(o.stem) {
			continue
		}
		for n, at := range places {
			if !there[n] && sameReading(words[at], o) && alongside(words, at, others, i) {
				there[n] = true
			}
		}
	}
}

// alongside reports whether a[i] and b[j] have one neighbour in common, on the same side.
func alongside(a []Token, i int, b []Token, j int) bool {
	return i > 0 && j > 0 && a[i-1].Hash() == b[j-1].Hash() || i+1 < len(a) && j+1 < len(b) && a[i+1].Hash() == b[j+1].Hash()
}

// SameNumbers reports whether two headlines have the same numbers, in any order: one
// that may be read in two ways, as 1.380, is the same as either. Headlines without
// numbers have the same. Of a headline the first 64 words count, as many as a profile
// has. Cost: the product of how many numbers there are.
func SameNumbers(x, y []Token) bool {
	var memory [2][maxHeadlineWords]Token
	a, b := memory[0][:0], memory[1][:0]
	for _, w := range x[:min(len(x), maxHeadlineWords)] {
		if number(w) {
			a = append(a, w)
		}
	}
	for _, w := range y[:min(len(y), maxHeadlineWords)] {
		if number(w) {
			b = append(b, w)
		}
	}
	if len(a) != len(b) {
		return false
	}
	var met [maxHeadlineWords]bool
	for _, same := range []func(a, b Token) bool{
		func(a, b Token) bool { return a.Hash() == b.Hash() },
		sameReading,
	} {
		a = slices.DeleteFunc(a, func(x Token) bool {
			for i, y := range b {
				if !met[i] && same(x, y) {
					met[i] = true
					return true
				}
			}
			return false
		})
	}
	return len(a) == 0
}
