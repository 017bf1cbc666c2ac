package tune

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/similarity"
)

func TestChanges(t *testing.T) {
	// Now: 0 1 2 in cluster 4, 3 4 in cluster 9, 5 and 6 alone.
	pairs := []Pair{pair(0, 1, 0.9, -1), pair(0, 2, 0.7, 0.7), pair(3, 4, 0.9, -1), pair(3, 5, 0.9, -1), pair(0, 6, 0.4, 0.42)}
	table := New([]int64{4, 4, 4, 9, 9, 0, 0}, pairs, nil)
	strict, loose := similarity.DefaultThresholds(), similarity.DefaultThresholds()
	strict.Excerpt, strict.Rewrite = 0.75, 0.8
	loose.Excerpt, loose.Rewrite = 0.3, 0.3
	tests := []struct {
		name string
		th   similarity.Thresholds
		n    int
		want []Change
	}{
		{"stricter", strict, 9, []Change{
			{Clusters: []int64{9}, Articles: 3, Parts: 2, A: 3, B: 5},
			{Split: true, Clusters: []int64{4}, Articles: 3, Parts: 2, A: 0, B: 2}}},
		{"none are asked for", strict, 0, []Change{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, table.Changes(tt.th, tt.n)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	t.Run("a quote stays one under looser thresholds", func(t *testing.T) {
		for _, c := range table.Changes(loose, 9) {
			if c.Split || c.A == 0 {
				t.Errorf("%+v: 6 quotes 0 and stays alone", c)
			}
		}
	})
}
