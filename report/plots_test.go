package report

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPlace(t *testing.T) {
	got := place([]bar{{Count: 10}, {Count: 0}, {Count: 5}, {Count: 1000}})
	want := []bar{
		{Count: 10, X: 3, Y: 143.8, W: 84, H: 1.2, Middle: 45, LabelX: 45},
		{Count: 0, X: 93, Y: 145, W: 84, H: 0, Middle: 135, LabelX: 135},
		{Count: 5, X: 183, Y: 144, W: 84, H: 1, Middle: 225, LabelX: 225}, // seen, though it would be 0.6 high
		{Count: 1000, X: 273, Y: 22, W: 84, H: 123, Middle: 315, LabelX: 315},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("place (-want +got):\n%s", diff)
	}
	place(nil)
	place([]bar{{}})
}

// TestPlaceStaysInside checks that no number of bars leaves the drawing, and
// no label stands on another.
func TestPlaceStaysInside(t *testing.T) {
	for n := 1; n <= 400; n++ {
		bars := make([]bar, n)
		for i := range bars {
			bars[i].Count = i * i
			bars[i].Label = "28 Feb"
		}
		free := 0.0
		for i, b := range place(bars) {
			if half := labelUnit / 2 * float64(len(b.Label)); half > 0 {
				if b.LabelX-half < free {
					t.Fatalf("label %d of %d begins at %g; want %g or more", i, n, b.LabelX-half, free)
				}
				free = b.LabelX + half
			}
			if b.X < 0 || b.W <= 0 || b.X+b.W > plotWidth+0.1 || b.Y < plotTop || b.Y+b.H > plotBase+0.1 ||
				b.LabelX < 21 || b.LabelX > plotWidth-21 {
				t.Fatalf("bar %d of %d is outside: %+v", i, n, b)
			}
		}
	}
}

func TestPlotLabels(t *testing.T) {
	s := Spread{
		Sizes: ranges(nil, 1, 2, 5, 32),
		Lags:  ranges(nil, 0, 15, 120, 2880),
	}
	for i := range 30 {
		s.Days = append(s.Days, DayCount{Day: time.Date(2026, 3, 1+i, 0, 0, 0, 0, time.UTC)})
	}
	var got []string
	for _, p := range s.plots() {
		for _, b := range p.Bars {
			if b.Label != "" {
				got = append(got, b.Label)
			}
		}
	}
	want := []string{"5 Mar", "10 Mar", "15 Mar", "20 Mar", "25 Mar", "30 Mar", "2–4", "5–31", "32+", "<15m", "<2h", "<2d", "2d+"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
}

func TestTimeline(t *testing.T) {
	start := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC).Unix()
	c := Cluster{Members: []Member{
		{Outlet: "a", Date: minute(start)}, {Outlet: "b", Date: minute(start), Representative: true},
		{Outlet: "c", Date: minute(start + 3600)}, {Outlet: "d", Date: minute(start + 2*3600), DateReason: "first seen"},
	}}
	c.First, c.Last = minute(start), minute(start+2*3600)
	want := []dot{
		{X: 8, Y: 44, Name: "a +0m", Kind: "copy"}, {X: 8, Y: 34, Name: "b +0m", Kind: "rep"},
		{X: 295.1, Y: 44, Name: "c +1h", Kind: "copy"}, {X: 592, Y: 44, Name: "d seen", Kind: "seen"},
	}
	if diff := cmp.Diff(want, c.timeline()); diff != "" {
		t.Errorf("timeline (-want +got):\n%s", diff)
	}
}

// TestTimelineBounds: a thousand copies at one moment make one stack, and dates
// outside the cluster's own stay on the line.
func TestTimelineBounds(t *testing.T) {
	c := Cluster{}
	for i := range 1000 {
		c.Members = append(c.Members, Member{Outlet: fmt.Sprint(i), Date: minute(0), Representative: i == 999})
	}
	dots := c.timeline()
	if len(dots) != lineStack+1 || dots[lineStack].Kind != "rep" {
		t.Errorf("%d dots; want %d and the representative", len(dots), lineStack)
	}
	c.First, c.Last = minute(1000), minute(2000)
	for _, d := range c.timeline() {
		if d.X < lineMargin || d.X > lineWidth-lineMargin || d.Y < 0 {
			t.Fatalf("a dot is outside: %+v", d)
		}
	}
}

func TestShade(t *testing.T) {
	for _, tt := range []struct{ n, most, want int }{{0, 0, 0}, {0, 9, 0}, {1, 1, 1}, {1, 100, 1}, {2, 100, 1}, {100, 100, 5}, {50, 100, 5}, {5, 100, 2}} {
		if got := shade(tt.n, tt.most); got != tt.want {
			t.Errorf("shade(%d, %d) = %d; want %d", tt.n, tt.most, got, tt.want)
		}
	}
}
