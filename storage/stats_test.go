package storage

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestStats(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	fill(t, s, harbour())
	v, err := s.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	check := func(name string, want, got any, err error) {
		t.Helper()
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}

	firsts, _, err := v.Firsts(t.Context(), Filter{MinOutlets: 2}, 1)
	check("Firsts", []Tally{{"beta.example", 1}}, firsts, err)
	credits, err := v.Credits(t.Context(), 10)
	check("Credits", []Tally{{"Northwire", 1}}, credits, err)
	days, err := v.Days(t.Context(), 2, time.UTC)
	check("Days", []Day{{day(4, 0), 2, 2}, {day(3, 0), 1, 0}}, days, err)

	appearances, err := collect(v.Appearances(t.Context()))
	check("Appearances", []Appearance{
		{1, "gamma.example", day(2, 8), day(2, 8), true},
		{1, "alpha.example", day(2, 9), day(2, 9), true},
		{1, "delta.example", day(2, 9), day(2, 9), true},
		{1, "beta.example", day(2, 10), day(2, 10), true},
		{2, "beta.example", day(4, 9), day(4, 9), true},
		{2, "gamma.example", day(4, 11), day(4, 11), true},
	}, appearances, err)

	names, err := collect(v.OutletsOf(t.Context(), 2))
	check("OutletsOf", []string{"beta.example", "gamma.example"}, names, err)

	changes, err := collect(v.Changes(t.Context(), 1))
	check("Changes", []Change{
		{2, Event{Run: 1, At: day(9, 6), Cluster: 2, Event: "made", Members: 2}},
		{3, Event{Run: 2, At: day(10, 6), Cluster: 1, Event: "merged", Other: 3, Members: 4}},
	}, changes, err)

	health, err := v.Health(t.Context())
	if err != nil || health.Bytes == 0 || health.Free > health.Bytes {
		t.Errorf("Health = %+v, %v", health, err)
	}
}
