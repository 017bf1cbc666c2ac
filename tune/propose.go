package tune

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"dedupe/similarity"
)

// Goal is what settings are to reach.
type Goal uint8

// The goals.
const (
	// SurePrecision: as much recall as there is where precision is at least Aim.At
	// with a certainty of 95 %.
	SurePrecision Goal = iota
	// MeasuredPrecision: the same where the measured precision is at least Aim.At.
	MeasuredPrecision
	// BestF1: the greatest harmonic mean of both.
	BestF1
)

// Aim is a goal with its figure.
type Aim struct {
	Goal Goal
	At   float64
}

// String says the aim in words, such as "a measured precision of at least 0.98".
func (a Aim) String() string {
	switch a.Goal {
	case SurePrecision:
		return fmt.Sprintf("a precision of at least %g with a certainty of 95 %%", a.At)
	case MeasuredPrecision:
		return fmt.Sprintf("a measured precision of at least %g", a.At)
	}
	return "the greatest F1"
}

// slack is what makes no difference: with less between them two settings are
// equal, and the one that is nearer to the present ones is proposed. Differences
// of half a point in a hundred are within the error of a thousand labels.
const slack = 0.005

// reached reports whether a point meets the aim.
func (a Aim) reached(p *Point) bool {
	switch a.Goal {
	case SurePrecision:
		return p.Score.Low >= a.At
	case MeasuredPrecision:
		return p.Score.Precision >= a.At
	}
	return true
}

// Propose returns the point that serves the aim best, and whether it is reached
// at all: where it is not, the point comes nearest. Of equals it is the one
// nearest to the present settings. There must be points.
func Propose(points []Point, aim Aim, now similarity.Thresholds) (best Point, ok bool) {
	list := make([]*Point, 0, len(points))
	for i := range points {
		if aim.reached(&points[i]) {
			list = append(list, &points[i])
		}
	}
	if ok = len(list) > 0; !ok {
		for i := range points {
			list = append(list, &points[i])
		}
	}
	recall := func(p *Point) float64 { return p.Score.Recall }
	precision := func(p *Point) float64 { return p.Score.Precision }
	switch {
	case aim.Goal == BestF1:
		list = top(list, func(p *Point) float64 { return p.Score.F1 })
	case ok:
		list = top(list, recall)
		list = top(list, precision)
	case aim.Goal == SurePrecision:
		list = top(list, func(p *Point) float64 { return p.Score.Low })
		list = top(list, recall)
	default:
		list = top(list, precision)
		list = top(list, recall)
	}
	return *slices.MinFunc(list, func(p, q *Point) int {
		return cmp.Or(cmp.Compare(distance(p.Thresholds, now), distance(q.Thresholds, now)),
			cmp.Compare(q.Thresholds.Excerpt, p.Thresholds.Excerpt), cmp.Compare(q.Thresholds.Rewrite, p.Thresholds.Rewrite))
	}), ok
}

// top leaves the points whose figure is about the greatest.
func top(list []*Point, figure func(*Point) float64) []*Point {
	best := math.Inf(-1)
	for _, p := range list {
		best = max(best, figure(p))
	}
	return slices.DeleteFunc(slices.Clone(list), func(p *Point) bool { return figure(p) < best-slack })
}

// distance is how far settings are from others: the sum of what each threshold
// would move, as a share of what it may be.
func distance(a, b similarity.Thresholds) (sum float64) {
	for _, t := range Thresholds() {
		scale := 1.0
		if t.Length() {
			scale = t.Values[len(t.Values)-1]
		}
		sum += math.Abs(t.Get(a)-t.Get(b)) / scale
	}
	return math.Round(sum*1e9) / 1e9 // 0.1 more here and less there is no distance
}

// Search looks for the settings that serve an aim best: on the grid of the two
// thresholds that make links, and then, one after the other, in the values of
// those that have a say in all. thresholds.near stays, for it names links and
// makes none but a few revisions. It returns all points it looked at.
func (s *Sweeper) Search(aim Aim, now similarity.Thresholds) (best Point, ok bool, seen []Point) {
	excerpt, rewrite := find("thresholds.excerpt"), find("thresholds.rewrite")
	seen = append(seen, s.Point(now))
	for _, x := range excerpt.Values {
		for _, y := range rewrite.Values {
			seen = append(seen, s.Point(rewrite.Set(excerpt.Set(now, x), y)))
		}
	}
	best, ok = Propose(seen, aim, now)
	for _, key := range []string{"thresholds.told", "thresholds.headline", "thresholds.full_words", "thresholds.min_words"} {
		t := find(key)
		for _, x := range t.Values {
			if x != t.Get(best.Thresholds) {
				seen = append(seen, s.Point(t.Set(best.Thresholds, x)))
			}
		}
		best, ok = Propose(seen, aim, now)
	}
	return best, ok, seen
}

// Curve judges by all values of one threshold, the present one included, the
// others being as they are.
func (s *Sweeper) Curve(t Threshold, now similarity.Thresholds) []Point {
	values := t.Values
	if at, found := slices.BinarySearch(values, t.Get(now)); !found {
		values = slices.Insert(slices.Clone(values), at, t.Get(now))
	}
	points := make([]Point, len(values))
	for i, x := range values {
		points[i] = s.Point(t.Set(now, x))
	}
	return points
}
