package tune

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/similarity"
)

// TestOwnThresholds: what an article has of its own outranks what is swept, and of
// two the stricter counts.
func TestOwnThresholds(t *testing.T) {
	pairs := []Pair{pair(0, 1, 0.7, 0.7), pair(1, 2, 0.7, 0.7), pair(2, 3, 0.7, 0.7)}
	table := New(make([]int64, 4), pairs, nil)
	table.Own([]uint16{0, 0, 1, 2}, []similarity.Override{{}, {Excerpt: 0.9, Rewrite: 0.9}, {Excerpt: 0.3, Rewrite: 0.3}})
	strict := similarity.DefaultThresholds()
	strict.Excerpt, strict.Rewrite = 0.8, 0.8
	for i, p := range table.Sweep([]similarity.Thresholds{similarity.DefaultThresholds(), strict}, nil) {
		if want := 1 - i; p.Links != want {
			t.Errorf("excerpt %g: %d links, want %d", p.Thresholds.Excerpt, p.Links, want)
		}
	}
	if got := table.Changes(similarity.DefaultThresholds(), 9); len(got) != 1 || got[0].A != 0 || got[0].B != 1 {
		t.Errorf("changes %+v, want 0 and 1 brought together", got)
	}
	names := map[int32]string{}
	for _, s := range table.Sample(9, similarity.DefaultThresholds(), 1, func(a, b int32) bool { return false }) {
		names[s.A] = s.Stratum
	}
	if diff := cmp.Diff(map[int32]string{0: "far above", 1: "far below", 2: "far below"}, names); diff != "" {
		t.Errorf("strata (-want +got)\n%s", diff)
	}
}
