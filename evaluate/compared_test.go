package evaluate_test

import (
	"testing"

	"dedupe/evaluate"
)

// TestCandidates: what was compared and judged apart was not missed by the
// search for candidates.
func TestCandidates(t *testing.T) {
	tests := []struct {
		name        string
		gold, found string
		links       [][2]string
		apart       [][2]string
		hits, of    int
	}{
		{"found together", "a b c|d e", "a b c|d e", nil, [][2]string{}, 4, 4},
		{"one never compared", "a b c|d e", "a b|d e", nil, [][2]string{{"a", "c"}}, 3, 4},
		{"a link that the clusters do not follow", "a b", "a|b", [][2]string{{"a", "b"}}, [][2]string{}, 1, 1},
		{"compared, but of two stories", "a|b", "a|b", nil, [][2]string{{"a", "b"}}, 0, 0},
		{"compared and together", "a b", "a b", nil, [][2]string{{"a", "b"}}, 1, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := found(tt.found)
			f.Links, f.Apart = tt.links, tt.apart
			r := evaluate.Score(clusters(t, tt.gold), f, evaluate.Options{})
			if r.Candidates == nil || r.Candidates.Hits != tt.hits || r.Candidates.Of != tt.of {
				t.Errorf("candidates %+v, want %d of %d", r.Candidates, tt.hits, tt.of)
			}
			f.Apart = nil
			if r := evaluate.Score(clusters(t, tt.gold), f, evaluate.Options{}); r.Candidates != nil {
				t.Errorf("candidates %+v where it is not known what was compared", r.Candidates)
			}
		})
	}
	t.Run("labelled pairs", func(t *testing.T) {
		g := evaluate.New()
		for _, p := range []evaluate.Pair{{A: "a", B: "b", Label: "dup"}, {A: "c", B: "b", Label: "dup"}, {A: "c", B: "d", Label: "dup"}, {A: "a", B: "d", Label: "different"}} {
			if err := g.AddPair(p); err != nil {
				t.Fatal(err)
			}
		}
		f := found("a b|c|d")
		f.Apart = [][2]string{{"b", "c"}, {"a", "d"}}
		if c := evaluate.Score(g, f, evaluate.Options{}).Candidates; c == nil || c.Hits != 2 || c.Of != 3 {
			t.Errorf("candidates %+v, want 2 of 3", c)
		}
	})
}
