package tune

import (
	"fmt"
	"math"
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
		{"sure", Aim{Goal: SurePrecision, At: 0.98}, 0.45, true},
		{"measured", Aim{Goal: MeasuredPrecision, At: 0.98}, 0.3, true},
		{"measured, lower", Aim{Goal: MeasuredPrecision, At: 0.5}, 0.2, true},
		{"F1", Aim{Goal: BestF1}, 0.3, true},
		{"out of reach", Aim{Goal: SurePrecision, At: 0.999}, 0.45, false}, // of those that are about as near, the most recall
		{"measured, all", Aim{Goal: MeasuredPrecision, At: 1}, 0.6, true},
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
		best, ok, seen := NewSweeper(w.table, gold).Search(Aim{Goal: MeasuredPrecision, At: 0.98}, now, Thresholds())
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

// TestSearchLeavesTheOthers: what is not named stays.
func TestSearchLeavesTheOthers(t *testing.T) {
	w := newWorld(3, 60, false)
	gold := &Gold{Stories: map[int32][]int32{}}
	for i, s := range w.stories {
		gold.Stories[int32(i)] = []int32{s}
	}
	now := similarity.DefaultThresholds()
	now.Excerpt, now.Rewrite = 0.95, 0.95
	excerpt := find("thresholds.excerpt")
	best, _, seen := NewSweeper(w.table, gold).Search(Aim{Goal: BestF1}, now, []Threshold{excerpt})
	for _, p := range append(seen, best) {
		if excerpt.Set(p.Thresholds, now.Excerpt) != now {
			t.Fatalf("%+v differs in more than what was named", p.Thresholds)
		}
	}
	if best.Thresholds.Excerpt == 0.95 || len(seen) != len(excerpt.Values)+1 {
		t.Errorf("excerpt %g of %d settings", best.Thresholds.Excerpt, len(seen))
	}
}

// TestLack: with the labels that are said to be needed the interval is as asked, and with one
// less it is not.
func TestLack(t *testing.T) {
	for _, tt := range []struct {
		aim    Aim
		score  Score
		labels int
		needed float64 // 0: nothing lacks
		more   int
	}{
		{Aim{Goal: SurePrecision, At: 0.98}, Score{Precision: 1, Trials: 40}, 0, 132.6, 93},
		{Aim{Goal: SurePrecision, At: 0.98}, Score{Precision: 1, Trials: 40}, 80, 132.6, 186}, // half of the labels count
		{Aim{Goal: SurePrecision, At: 0.98}, Score{Precision: 1, Trials: 133}, 133, 0, 0},
		{Aim{Goal: SurePrecision, At: 0.9}, Score{Precision: 0.95, Trials: 50}, 50, 97.4, 48},
		{Aim{Goal: SurePrecision, At: 0.98}, Score{Precision: 0.9, Trials: 200}, 200, 0, 0}, // it is not reached, and that is sure
		{Aim{Goal: SurePrecision, At: 0.98}, Score{Precision: 0.9, Trials: 20}, 20, 132.6, 113},
		{Aim{Goal: SurePrecision, At: 1}, Score{Precision: 1, Trials: 20}, 20, 0, 0},  // no number shows it
		{Aim{Goal: SurePrecision, At: 0.98}, Score{Precision: 1}, 0, 132.6, 133},      // nothing is known
		{Aim{Goal: BestF1, Margin: 0.1}, Score{Precision: 1, Trials: 2}, 2, 24.4, 23}, // measured figures want their margin
		{Aim{Goal: BestF1, Margin: 0.1}, Score{Precision: 1, Trials: 25}, 25, 0, 0},
		{Aim{Goal: MeasuredPrecision, At: 0.9, Margin: 0.1}, Score{Precision: 0.95, Trials: 20}, 20, 34.5, 15},
	} {
		t.Run(fmt.Sprintf("%v of %g by %g", tt.aim, tt.score.Precision, tt.score.Trials), func(t *testing.T) {
			got := tt.aim.Lack(&tt.score, tt.labels)
			if got == nil {
				if tt.needed > 0 {
					t.Fatalf("nothing lacks; want %g", tt.needed)
				}
				return
			}
			if math.Abs(got.Needed-tt.needed) > 0.1 || got.More != tt.more {
				t.Fatalf("Lack = %+v, want %g needed, %d more", *got, tt.needed, tt.more)
			}
			share := tt.score.Precision
			bound := tt.aim.At
			if tt.aim.Goal != SurePrecision {
				bound = share - tt.aim.Margin
			} else if share <= bound {
				share = 1
			}
			if l := low(share, got.Needed); math.Abs(l-bound) > 1e-9 {
				t.Errorf("with %g trials the lower bound is %g, want %g", got.Needed, l, bound)
			}
		})
	}
}
