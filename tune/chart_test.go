package tune

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/plot"
	"dedupe/similarity"
)

func TestFront(t *testing.T) {
	points := [][2]float64{{0.5, 0.9}, {0.9, 0.5}, {0.4, 0.4}, {0.9, 0.4}, {0.7, 0.7}, {0.5, 0.9}}
	if diff := cmp.Diff([][2]float64{{0.5, 0.9}, {0.7, 0.7}, {0.9, 0.5}}, front(points)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestCurveChart: of a threshold that makes links there are the curves of all
// clusters and those of its kind, each with a point a value.
func TestCurveChart(t *testing.T) {
	w := newWorld(2, 60, false)
	gold := &Gold{Stories: map[int32][]int32{}}
	for i, s := range w.stories {
		gold.Stories[int32(i)] = []int32{s}
	}
	rewrite := find("thresholds.rewrite")
	points := NewSweeper(w.table, gold).Curve(rewrite, similarity.DefaultThresholds())
	c := CurveChart(rewrite, points, plot.Mark{Name: "now", X: 0.45})
	got := map[string]int{}
	for _, l := range c.Lines {
		got[l.Name] = len(l.Points)
		for i, p := range l.Points {
			if i > 0 && p[0] <= l.Points[i-1][0] {
				t.Errorf("%s: %v comes after %v", l.Name, p, l.Points[i-1])
			}
			if !(p[1] >= c.Low && p[1] <= 1) {
				t.Errorf("%s: %v is outside of the chart, which begins at %g", l.Name, p, c.Low)
			}
		}
	}
	for _, name := range []string{"precision", "recall"} {
		if got[name] != len(points) {
			t.Errorf("%s has %d points, want %d", name, got[name], len(points))
		}
	}
	for _, name := range []string{"rewrite links that are right", "copies that only rewrite links may find, found"} {
		if got[name] == 0 {
			t.Errorf("there is no line %q, but %v", name, got)
		}
	}
}
