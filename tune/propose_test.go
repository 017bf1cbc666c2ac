package tune

import (
	"testing"

	"dedupe/similarity"
)

func TestPropose(t *testing.T) {
	now := similarity.DefaultThresholds()
	point := func(excerpt, precision, low, recall float64) Point {
		th := now
		th.Excerpt = excerpt
		return Point{Thresholds: th, Score: Score{Precision: precision, Low: low, Recall: recall, F1: 2 * precision * recall / (precision + recall)}}
	}
	points := []Point{
		point(0.2, 0.90, 0.85, 0.99),
		point(0.3, 0.981, 0.96, 0.97),
		point(0.35, 0.985, 0.975, 0.95),
		point(0.4, 0.995, 0.985, 0.93),
		point(0.45, 0.996, 0.986, 0.929), // as good, and nearer
		point(0.5, 0.997, 0.987, 0.80),
		point(0.6, 1, 0.99, 0.70),
	}
	tests := []struct {
		name string
		aim  Aim
		want float64
		ok   bool
	}{
		{"sure", Aim{SurePrecision, 0.98}, 0.45, true},
		{"measured", Aim{MeasuredPrecision, 0.98}, 0.3, true},
		{"measured, lower", Aim{MeasuredPrecision, 0.5}, 0.2, true},
		{"F1", Aim{Goal: BestF1}, 0.3, true},
		{"out of reach", Aim{SurePrecision, 0.999}, 0.45, false}, // of those that are about as near, the most recall
		{"measured, all", Aim{MeasuredPrecision, 1}, 0.6, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			best, ok := Propose(points, tt.aim, now)
			if best.Thresholds.Excerpt != tt.want || ok != tt.ok {
				t.Errorf("excerpt %g, reached %v; want %g, %v", best.Thresholds.Excerpt, ok, tt.want, tt.ok)
			}
		})
	}
}

// TestSearch looks for settings in a world whose truth is known, from settings
// that are far off.
func TestSearch(t *testing.T) {
	w := newWorld(3, 200, false)
	gold := &Gold{Stories: map[int32][]int32{}}
	for i, s := range w.stories {
		gold.Stories[int32(i)] = []int32{s}
	}
	for _, off := range []float64{0.2, 0.95} {
		now := similarity.DefaultThresholds()
		now.Excerpt, now.Rewrite = off, off
		best, ok, seen := NewSweeper(w.table, gold).Search(Aim{MeasuredPrecision, 0.98}, now)
		if !ok || best.Score.Precision < 0.98 {
			t.Fatalf("from %g: %+v does not reach the aim", off, best.Score)
		}
		for _, p := range seen {
			if p.Score.Precision >= 0.98 && p.Score.Recall > best.Score.Recall+slack {
				t.Errorf("from %g: recall %.3f at %+v is better than the proposed %.3f", off, p.Score.Recall, p.Thresholds, best.Score.Recall)
			}
		}
	}
}

func TestCurveHasThePresentValue(t *testing.T) {
	now := similarity.DefaultThresholds()
	now.Excerpt = 0.42
	excerpt := find("thresholds.excerpt")
	points := NewSweeper(newWorld(1, 20, false).table, nil).Curve(excerpt, now)
	if len(points) != len(excerpt.Values)+1 || points[5].Thresholds != now {
		t.Errorf("%d points, the sixth by %+v; want %d, and the present settings", len(points), points[5].Thresholds, len(excerpt.Values)+1)
	}
}
