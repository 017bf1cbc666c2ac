package boilerplate

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/similarity"
	"dedupe/text"
)

// TestApartByDefinition holds that the sums and paragraphs of Apart are those of the
// definition, on random texts and passages.
func TestApartByDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	profile := func(n int) *similarity.Profile {
		p := &similarity.Profile{K: 4}
		for i := range n {
			kind := text.Kind(0)
			if i > 0 && r.IntN(9) == 0 {
				kind = text.Paragraph
			}
			p.Words = append(p.Words, similarity.NewToken(uint32(i), kind, 3))
		}
		return p
	}
	saw := map[bool]int{}
	for range 2000 {
		a, b := profile(20+r.IntN(60)), profile(20+r.IntN(60))
		var passages []similarity.Run
		for range r.IntN(6) {
			n := 4 + r.IntN(12)
			passages = append(passages, similarity.Run{A: r.IntN(len(a.Words) - n + 1), B: r.IntN(len(b.Words) - n + 1), Len: n})
		}
		inA, inB := make([]int, len(passages)), make([]int, len(passages))
		for i, p := range passages {
			inA[i], inB[i] = p.A, p.B
		}
		want := make([]bool, len(passages))
		for i := range passages {
			want[i] = apartByDefinition(a, passages, inA, i) && apartByDefinition(b, passages, inB, i)
			saw[want[i]]++
		}
		if diff := cmp.Diff(want, Apart(a, b, passages)); diff != "" {
			t.Fatalf("(-by definition +got):\n%s\n%+v", diff, passages)
		}
	}
	if saw[true] < 100 || saw[false] < 100 {
		t.Errorf("only %v to look at", saw)
	}
}

// apartByDefinition says of one passage whether its paragraphs are mostly passages, or it
// begins or ends the text; at is where the passages stand.
func apartByDefinition(p *similarity.Profile, passages []similarity.Run, at []int, i int) bool {
	var paragraph []int // of each word
	for j, w := range p.Words {
		switch {
		case j == 0:
			paragraph = append(paragraph, 0)
		case w.Kind()&text.Paragraph != 0:
			paragraph = append(paragraph, paragraph[j-1]+1)
		default:
			paragraph = append(paragraph, paragraph[j-1])
		}
	}
	its := paragraph[at[i] : at[i]+passages[i].Len]
	if at[i] == 0 || at[i]+len(its) == len(p.Words) {
		return true
	}
	all, shared := 0, 0
	for j, number := range paragraph {
		if !slices.Contains(its, number) {
			continue
		}
		all++
		for k, r := range passages {
			if at[k] <= j && j < at[k]+r.Len {
				shared++
				break
			}
		}
	}
	return all == len(p.Words) || float64(shared) >= apart*float64(all)
}
