package boilerplate

import (
	"slices"

	"dedupe/similarity"
	"dedupe/text"
)

// apart is the share of the paragraphs in which a passage stands that passages
// must make up. What varies in a prompt, a name or a date, is less than the rest.
const apart = 0.75

// Apart reports for each of the passages that two articles share whether it
// stands apart in both: in paragraphs that are mostly such passages, or at the
// beginning or the end of the page.
//
//	Get alerts on [NAME] daily. Sign up.     apart, though a name differs
//	He was asked why. "[a sentence that three stories quote]," she said later on.   not
//
// Of a text that is one paragraph this cannot be said, and its passages count as
// apart. Cost: linear in both texts.
func Apart(a, b *similarity.Profile, passages []similarity.Run) []bool {
	inA := standApart(a.Words, passages, func(r similarity.Run) int { return r.A })
	for i, inB := range standApart(b.Words, passages, func(r similarity.Run) int { return r.B }) {
		inA[i] = inA[i] && inB
	}
	return inA
}

// standApart says so of the passages in one of the texts, in which at gives the place of
// a passage.
func standApart(words []similarity.Token, passages []similarity.Run, at func(similarity.Run) int) []bool {
	out := make([]bool, len(passages))
	if len(passages) == 0 {
		return out
	}
	begins := []int{0} // paragraphs
	for i, w := range words {
		if i > 0 && w.Kind()&text.Paragraph != 0 {
			begins = append(begins, i)
		}
	}
	begins = append(begins, len(words))
	shared := newSums(len(words), passages, at)
	for i, r := range passages {
		first, after := at(r), at(r)+r.Len
		p, _ := slices.BinarySearch(begins, first+1)
		q, _ := slices.BinarySearch(begins, after)
		from, to := begins[p-1], begins[q] // of all its paragraphs
		out[i] = first == 0 || after == len(words) || from == 0 && to == len(words) || float64(shared.of(from, to)) >= apart*float64(to-from)
	}
	return out
}

// sums counts the words of any part of a text that stand in passages.
type sums []int32 // by word: of all before it

func newSums(n int, passages []similarity.Run, at func(similarity.Run) int) sums {
	s := make(sums, n+1)
	for _, r := range passages {
		s[at(r)]++
		s[at(r)+r.Len]--
	}
	depth, before := int32(0), int32(0)
	for i, d := range s {
		s[i] = before
		if depth += d; depth > 0 {
			before++
		}
	}
	return s
}

func (s sums) of(from, to int) int { return int(s[to] - s[from]) }

// both counts the words that stand in passages of both.
func (s sums) both(o sums) (n int) {
	for i := range len(s) - 1 {
		if s[i+1] > s[i] && o[i+1] > o[i] {
			n++
		}
	}
	return n
}
