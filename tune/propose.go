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
	Goal   Goal
	At     float64
	Margin float64 // of a goal by measured figures: by how much the precision may be less than measured, with a certainty of 95 %
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

// Lack says by how much labels are too few to propose anything.
type Lack struct {
	Trials float64 `json:"trials"` // independent ones that there are
	Needed float64 `json:"needed"` // so many reach the aim, with the precision that is measured
	More   int     `json:"more"`   // labels, about: pairs or, where stories are known, articles
}

// Lack returns what labels lack for a proposal of which s is the score, nil when they are
// enough: of a goal by measured figures, to know the precision within the margin; else, to
// show the precision asked for where it is reached. labels is how many pairs are known; 0
// where it is stories of articles. More labels are no help, and none lack, where the precision
// measured is below what is asked and enough labels say so.
func (a Aim) Lack(s *Score, labels int) *Lack {
	share, bound := s.Precision, a.At
	if a.Goal != SurePrecision {
		bound = max(0, share-a.Margin)
	} else if share <= bound {
		share = 1 // at best
	}
	needed := needed(share, bound)
	if s.Trials >= needed || math.IsInf(needed, 1) {
		return nil
	}
	more := needed - s.Trials
	if labels > 0 && s.Trials > 0 {
		more *= float64(labels) / s.Trials // as many of the next ones will count
	}
	return &Lack{s.Trials, needed, int(math.Ceil(more))}
}

// needed is how many trials have bound as the lower end of the one-sided 95 % score interval
// of a share (Wilson 1927). That end is where the share lies 1.645 standard errors above it:
//
//	share - bound = z * sqrt(bound * (1 - bound) / n)
//
// A share that is no greater than the bound, or a bound of 1, takes infinitely many.
func needed(share, bound float64) float64 {
	if share <= bound || bound >= 1 {
		return math.Inf(1)
	}
	return certain * certain * bound * (1 - bound) / ((share - bound) * (share - bound))
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

// Search looks for the settings that serve an aim best in the values of the thresholds that
// are named, and leaves the others as they are: on the grid of the two that make links, and
// then, one after the other, in the values of those that have a say in all. thresholds.near
// stays, for it names links and makes none but a few revisions. It returns all points it
// looked at.
func (s *Sweeper) Search(aim Aim, now similarity.Thresholds, named []Threshold) (best Point, ok bool, seen []Point) {
	values := func(key string) []float64 {
		for _, t := range named {
			if t.Key == key {
				return t.Values
			}
		}
		t := find(key)
		return []float64{t.Get(now)}
	}
	excerpt, rewrite := find("thresholds.excerpt"), find("thresholds.rewrite")
	seen = append(seen, s.Point(now))
	for _, x := range values(excerpt.Key) {
		for _, y := range values(rewrite.Key) {
			seen = append(seen, s.Point(rewrite.Set(excerpt.Set(now, x), y)))
		}
	}
	best, ok = Propose(seen, aim, now)
	for _, key := range []string{"thresholds.mentioned", "thresholds.headline", "thresholds.min_words"} {
		t := find(key)
		for _, x := range values(key) {
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
