package report

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/storage"
)

func outing(outlet string, at time.Time, dated bool) storage.Appearance {
	return storage.Appearance{Outlet: outlet, At: at, Latest: at, Dated: dated}
}

func onDay(outlet string, day time.Time) storage.Appearance {
	return storage.Appearance{Outlet: outlet, At: day, Latest: day.Add(24*time.Hour - time.Second), Dated: true}
}

func TestSpread(t *testing.T) {
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 3, day, hour, minute, 0, 0, time.UTC) }
	var s Spreader
	s.Add(nil)
	s.Add([]storage.Appearance{outing("a", at(2, 8, 0), true), outing("b", at(2, 8, 15), true), outing("c", at(4, 8, 0), true)})
	s.Add([]storage.Appearance{outing("a", at(4, 23, 59), true), outing("b", at(5, 0, 0), true)})
	s.Add([]storage.Appearance{outing("b", at(2, 0, 0), true), outing("a", at(2, 9, 0), false)})           // the copy has no date
	s.Add([]storage.Appearance{outing("c", at(2, 0, 0), false), outing("a", at(2, 9, 0), true)})           // only one has a date
	s.Add([]storage.Appearance{onDay("a", at(3, 0, 0)), onDay("b", at(3, 0, 0)), onDay("c", at(4, 0, 0))}) // nobody knows who was first
	s.Add([]storage.Appearance{onDay("a", at(3, 0, 0)), outing("b", at(3, 9, 0), true)})                   // nor here
	s.Add([]storage.Appearance{onDay("c", at(3, 0, 0)), onDay("b", at(4, 0, 0)), outing("a", at(4, 9, 0), true)})
	s.Add([]storage.Appearance{outing("a", at(4, 9, 0), true), outing("b", at(4, 9, 0), true)}) // nor at one moment
	got := s.Spread()
	want := Spread{
		Clusters: 8,
		Days:     []DayCount{{at(2, 0, 0), 3}, {at(3, 0, 0), 3}, {at(4, 0, 0), 2}},
		Sizes:    []RangeSize{{1, 2, 0}, {2, 3, 5}, {3, 4, 3}, {4, 5, 0}, {5, 8, 0}, {8, 16, 0}, {16, 32, 0}, {32, 0, 0}},
		Lags: []RangeSize{{0, 15, 1}, {15, 60, 1}, {60, 180, 0}, {180, 360, 0}, {360, 720, 0}, {720, 1440, 0}, {1440, 2880, 0},
			{2880, 10080, 1}, {10080, 0, 0}},
		Undated: 8,
		Outlets: []string{"a", "b", "c"},
		Matrix:  [][]int{{0, 2, 1}, {0, 0, 0}, {1, 1, 0}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Spread (-want +got):\n%s", diff)
	}
}

func TestSpreadOfNothing(t *testing.T) {
	var s Spreader
	got := s.Spread()
	if got.Clusters != 0 || got.Days != nil || got.Matrix != nil {
		t.Errorf("Spread = %+v; want nothing", got)
	}
}

// TestSpreadBounds holds what a page shows to a bound, whatever dates and
// outlets the input has.
func TestSpreadBounds(t *testing.T) {
	var s Spreader
	var outings []storage.Appearance
	for i := range 100 {
		outings = append(outings, outing(string(rune('A'+i)), time.Unix(int64(i)*1000, 0), true))
	}
	s.Add(outings)
	s.Add([]storage.Appearance{outing("A", time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), true)})
	s.Add([]storage.Appearance{outing("A", time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), true)})
	got := s.Spread()
	if len(got.Days) != maxDays || got.Earlier != 2 {
		t.Errorf("%d days with %d earlier clusters; want %d with 2", len(got.Days), got.Earlier, maxDays)
	}
	if len(got.Outlets) != maxOutlets || len(got.Matrix) != maxOutlets {
		t.Errorf("%d outlets in the matrix; want %d", len(got.Outlets), maxOutlets)
	}
}

func TestRanges(t *testing.T) {
	got := ranges([]int{-5, 0, 1, 2, 3, 9, 10, 99}, 1, 3, 10)
	want := []RangeSize{{1, 3, 4}, {3, 10, 2}, {10, 0, 2}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ranges (-want +got):\n%s", diff)
	}
}
