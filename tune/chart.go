package tune

import (
	"cmp"
	"slices"

	"dedupe/plot"
	"dedupe/similarity"
)

// CurveChart draws precision and recall over the values of a threshold: of the
// clusters, and of the links of the kind that it makes.
func CurveChart(t Threshold, points []Point, marks ...plot.Mark) plot.Chart {
	c := plot.Chart{Title: t.Key, X: t.Key, Marks: marks,
		Lines: []plot.Line{{Name: "precision"}, {Name: "recall"}}}
	right := plot.Line{Name: t.Kind.String() + " links that are right"}
	found := plot.Line{Name: "copies that only " + t.Kind.String() + " links may find, found"}
	for i := range points {
		x := t.Get(points[i].Thresholds)
		c.Lines[0].Points = append(c.Lines[0].Points, [2]float64{x, points[i].Score.Precision})
		c.Lines[1].Points = append(c.Lines[1].Points, [2]float64{x, points[i].Score.Recall})
		if t.Kind == similarity.Distinct {
			continue
		}
		if y, ok := points[i].Kinds[t.Kind].Precision(); ok {
			right.Points = append(right.Points, [2]float64{x, y})
		}
		if y, ok := points[i].Recall(t.Kind); ok {
			found.Points = append(found.Points, [2]float64{x, y})
		}
	}
	for _, l := range []plot.Line{right, found} {
		if len(l.Points) > 1 {
			c.Lines = append(c.Lines, l)
		}
	}
	c.Fit()
	return c
}

// PlaneChart draws precision over recall: all points that were looked at, and
// the line of those that no other excels in both.
func PlaneChart(points []Point, marks ...plot.Mark) plot.Chart {
	c := plot.Chart{Title: "precision over recall", X: "recall", Y: "precision", Marks: marks}
	all := plot.Line{Name: "settings looked at", Dots: true}
	for i := range points {
		all.Points = append(all.Points, [2]float64{points[i].Score.Recall, points[i].Score.Precision})
	}
	c.Lines = []plot.Line{{Name: "best of each recall", Points: front(all.Points)}, all}
	c.Fit()
	return c
}

// front returns the points than which no other is better in both, by x.
func front(points [][2]float64) (list [][2]float64) {
	for _, p := range points {
		best := true
		for _, q := range points {
			if q[0] >= p[0] && q[1] >= p[1] && q != p {
				best = false
				break
			}
		}
		if best {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(p, q [2]float64) int { return cmp.Or(cmp.Compare(p[0], q[0]), cmp.Compare(p[1], q[1])) })
	return slices.Compact(list)
}
