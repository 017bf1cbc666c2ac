package engine

import (
	"slices"
	"testing"
)

// TestFromBothEnds holds that the last of equals come as early as the first.
func TestFromBothEnds(t *testing.T) {
	for _, tt := range []struct{ list, want []int }{
		{nil, nil},
		{[]int{1}, []int{1}},
		{[]int{1, 2}, []int{1, 2}},
		{[]int{1, 2, 3, 4, 5}, []int{1, 5, 2, 4, 3}},
		{[]int{1, 2, 3, 4, 5, 6}, []int{1, 6, 2, 5, 3, 4}},
	} {
		got := slices.Clone(tt.list)
		fromBothEnds(got)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%v became %v, want %v", tt.list, got, tt.want)
		}
	}
}
