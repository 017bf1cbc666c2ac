package similarity

import (
	"github.com/adrg/strutil"

	"dedupe/text"
)

// Resemblance and Containment are the two set figures of an Evidence as
// metrics of strutil, for texts that are not articles and for comparing with
// strutil's own. They measure shingles of words where those of strutil measure
// single characters or pairs of them, and are linear in the texts:
//
//	strutil.Similarity(a, b, similarity.Resemblance{K: 3})
//
// Words are those of package text, so letter case, kinds of quotation mark and
// Unicode forms do not count, and a character of a script without spaces is a
// word. No more than 200,000 words are compared. A text of fewer than K words
// is one shingle, so that short texts are equal or not rather than all alike.
// Both metrics give 0 where a text has no words.
var (
	_ strutil.StringMetric = Resemblance{}
	_ strutil.StringMetric = Containment{}
)

// DefaultK is the shingle size, in words, that was measured best for news.
const DefaultK = 4

// Resemblance is the share of the different shingles of two texts that stand in
// both (the Jaccard index; Broder 1997).
type Resemblance struct {
	K int // words a shingle; below 1: 4
}

// Compare returns the resemblance of a and b, from 0 to 1.
func (m Resemblance) Compare(a, b string) float64 {
	inA, inB, shared := intersect(a, b, m.K)
	if shared == 0 {
		return 0
	}
	return float64(shared) / float64(inA+inB-shared)
}

// Containment is the share of the different shingles of one text that stand in
// the other: of the one with fewer, so that a cut copy is wholly contained
// whichever comes first.
type Containment struct {
	K int // words a shingle; below 1: 4
}

// Compare returns the containment of the shorter of a and b in the longer, from
// 0 to 1.
func (m Containment) Compare(a, b string) float64 {
	inA, inB, shared := intersect(a, b, m.K)
	if shared == 0 {
		return 0
	}
	return float64(shared) / float64(min(inA, inB))
}

// intersect counts the different shingles of each text and of both.
func intersect(a, b string, k int) (inA, inB, shared int) {
	var setA, setB Table
	setA.Reset(shinglesOf(a, k))
	all := shinglesOf(b, k)
	setB.Reset(all)
	for i, h := range all {
		// Each different shingle counts where it stands first.
		if setB.find(h).pos == uint32(i)+1 && setA.find(h).pos != 0 {
			shared++
		}
	}
	return setA.Len(), setB.Len(), shared
}

func shinglesOf(s string, k int) []uint64 {
	if k < 1 {
		k = DefaultK
	}
	words := text.Words(nil, s)
	words = words[:min(len(words), maxWords)]
	tokens := make([]Token, len(words))
	for i, w := range words {
		tokens[i] = NewToken(uint32(w.Hash), 0, 0)
	}
	return AppendShingles(nil, tokens, min(k, len(tokens)))
}
