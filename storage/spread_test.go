package storage

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOutings(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	fill(t, s, harbour())
	v, err := s.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	all, err := collect(v.Appearances(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	var second []Appearance
	for _, a := range all {
		if a.Cluster == 2 {
			second = append(second, a)
		}
	}
	for _, tt := range []struct {
		name   string
		filter Filter
		limit  int
		want   []Appearance
	}{
		{"all", Filter{MinOutlets: 2}, 10, all},
		{"the newest", Filter{MinOutlets: 2}, 1, second},
		{"filtered", Filter{Since: day(4, 0)}, 10, second},
		{"by headline", Filter{Query: "no such words"}, 10, nil},
		{"none", Filter{MinOutlets: 99}, 10, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := collect(v.Outings(t.Context(), tt.filter, tt.limit))
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
				t.Errorf("Outings: %v (-want +got):\n%s", err, diff)
			}
		})
	}
}
