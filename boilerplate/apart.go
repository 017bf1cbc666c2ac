package boilerplate

import (
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
// apart. Cost: linear in the paragraphs.
func Apart(a, b *similarity.Profile, passages []similarity.Run) []bool {
	out := make([]bool, len(passages))
	for i, r := range passages {
		out[i] = standsApart(a.Words, passages, r.A, r.Len, func(r similarity.Run) int { return r.A }) &&
			standsApart(b.Words, passages, r.B, r.Len, func(r similarity.Run) int { return r.B })
	}
	return out
}

// standsApart says so of one passage in one of the texts, in which at gives the
// place of a passage.
func standsApart(words []similarity.Token, passages []similarity.Run, start, n int, at func(similarity.Run) int) bool {
	if start == 0 || start+n == len(words) {
		return true
	}
	from, to := start, start+n // the paragraphs
	for from > 0 && words[from].Kind()&text.Paragraph == 0 {
		from--
	}
	for to < len(words) && words[to].Kind()&text.Paragraph == 0 {
		to++
	}
	if from == 0 && to == len(words) {
		return true
	}
	shared := 0 // runs may overlap by words that recur, which is too seldom to matter
	for _, r := range passages {
		shared += max(0, min(to, at(r)+r.Len)-max(from, at(r)))
	}
	return float64(shared) >= apart*float64(to-from)
}
