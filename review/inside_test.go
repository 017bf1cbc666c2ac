package review

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/similarity"
)

// pairInside is evidence of two texts of 200 words that share so much.
func pairInside(contained float64) similarity.Evidence {
	return similarity.Evidence{WordsA: 200, WordsB: 200, TotalA: 200, TotalB: 200, LeftA: 197, LeftB: 197,
		ContainmentA: contained, ContainmentB: contained, Resemblance: contained / (2 - contained), Order: -1}
}

func TestInside(t *testing.T) {
	sure := pairInside(0.9)
	near := pairInside(0.7)    // a link, 0.2 over the threshold
	weakly := pairInside(0.66) // 0.16 over it
	template := pairInside(0.9)
	template.Names, template.NamesReplaced = 10, 10
	lax := similarity.DefaultThresholds()
	lax.Excerpt = 0.6 // so that 0.66 is 0.06 over it

	type link struct {
		a, b uint32
		kind similarity.Kind
		e    similarity.Evidence
	}
	type word struct {
		a, b           uint32
		same, together bool
	}
	near3 := similarity.Near
	for _, tt := range []struct {
		name       string
		thresholds similarity.Thresholds
		links      []link
		words      []word
		size       int
		confidence float64
		counts     [Suspicions]int
	}{
		{name: "nothing is stored", size: 2, confidence: 1},
		{name: "sure links", links: []link{{1, 2, near3, sure}, {1, 3, near3, near}}, size: 3, confidence: 1},
		{name: "near a threshold", thresholds: lax, links: []link{{1, 2, near3, sure}, {1, 3, near3, weakly}}, size: 3,
			confidence: 0.7, counts: [Suspicions]int{Weak: 1}},
		{name: "near a threshold, and held by another one", thresholds: lax,
			links: []link{{1, 2, near3, sure}, {1, 3, near3, weakly}, {2, 3, near3, sure}}, size: 3, confidence: 1},
		{name: "near a threshold, and decided", thresholds: lax, links: []link{{1, 2, near3, sure}, {1, 3, near3, weakly}},
			words: []word{{2, 3, true, true}}, size: 3, confidence: 1},
		{name: "linked by thresholds of before", links: []link{{1, 2, similarity.Excerpt, pairInside(0.3)}}, size: 2,
			confidence: 0, counts: [Suspicions]int{Weak: 2}},
		{name: "two triangles and one link", links: []link{{1, 2, near3, sure}, {2, 3, near3, sure}, {1, 3, near3, sure},
			{3, 4, near3, sure}, {4, 5, near3, sure}, {5, 6, near3, sure}, {4, 6, near3, sure}}, size: 6,
			confidence: 1, counts: [Suspicions]int{Joint: 1}},
		{name: "a person joined two triangles", links: []link{{1, 2, near3, sure}, {2, 3, near3, sure}, {1, 3, near3, sure},
			{4, 5, near3, sure}, {5, 6, near3, sure}, {4, 6, near3, sure}}, words: []word{{3, 4, true, true}}, size: 6, confidence: 1},
		{name: "a template", links: []link{{1, 2, near3, sure}, {1, 3, near3, sure}, {2, 3, similarity.Distinct, template}}, size: 3,
			confidence: 1, counts: [Suspicions]int{Templates: 1}},
		{name: "decisions not followed", links: []link{{1, 2, near3, sure}},
			words: []word{{1, 2, false, true}, {1, 9, true, false}, {2, 9, false, false}}, size: 2,
			confidence: 1, counts: [Suspicions]int{Contradicted: 2}},
		{name: "very many", links: []link{{1, 2, near3, sure}}, size: 100, confidence: 1, counts: [Suspicions]int{Huge: 100}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.thresholds == (similarity.Thresholds{}) {
				tt.thresholds = similarity.DefaultThresholds()
			}
			in := NewInside()
			for _, w := range tt.words {
				in.Decided(w.a, w.b, w.same, w.together)
			}
			for _, l := range tt.links {
				in.Add(l.a, l.b, l.kind, l.e, tt.thresholds)
			}
			if got := in.Confidence(); got < tt.confidence-1e-9 || got > tt.confidence+1e-9 {
				t.Errorf("confidence %v, want %v", got, tt.confidence)
			}
			if diff := cmp.Diff(tt.counts, in.Suspicions(tt.size)); diff != "" {
				t.Errorf("suspicions (-want +got):\n%s", diff)
			}
		})
	}
}
