package main

import (
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"dedupe/plot"
	"dedupe/tune"
)

// pictures are the ways to draw curves, by the ending of the file's name.
var pictures = map[string]func(w io.Writer, title string, charts []plot.Chart) error{
	".svg": plot.SVG,
	".png": plot.PNG,
}

// pictureOf returns how a file of that name is drawn.
func pictureOf(name string) (func(io.Writer, string, []plot.Chart) error, error) {
	draw := pictures[strings.ToLower(filepath.Ext(name))]
	if draw == nil {
		return nil, usagef("--plot: %q: want a name that ends with %s", name, strings.Join(slices.Sorted(maps.Keys(pictures)), " or "))
	}
	return draw, nil
}

// plot draws the curves into a file, which is replaced at once.
func (t *tuning) plot(name string) error {
	draw, err := pictureOf(name)
	if err != nil {
		return err
	}
	err = writeWhole(name, func(w io.Writer) error { return draw(w, "Precision and recall by threshold", t.charts()) })
	if err != nil {
		return fmt.Errorf("draw curves into %s: %w", name, err)
	}
	return nil
}

// charts are the curves, and precision over recall of all settings looked at.
func (t *tuning) charts() (charts []plot.Chart) {
	marks := []plot.Mark{{Name: "now"}}
	if t.Proposal != nil {
		marks = append(marks, plot.Mark{Name: "proposed"})
	}
	of := func(value func(tune.Point) (x, y float64), at bool) []plot.Mark {
		list := make([]plot.Mark, len(marks))
		for i, p := range []tune.Point{t.Now.Point, t.proposed()}[:len(marks)] {
			x, y := value(p)
			list[i] = plot.Mark{Name: marks[i].Name, X: x, Y: y, At: at}
		}
		return list
	}
	for _, c := range t.Curves {
		if c.threshold.Figure != "" {
			charts = append(charts, tune.CurveChart(c.threshold, c.points, of(func(p tune.Point) (float64, float64) { return c.threshold.Get(p.Thresholds), 0 }, false)...))
		}
	}
	all := append([]tune.Point{}, t.seen...)
	for _, c := range t.Curves {
		all = append(all, c.points...)
	}
	return append(charts, tune.PlaneChart(all, of(func(p tune.Point) (float64, float64) { return p.Score.Recall, p.Score.Precision }, true)...))
}

func (t *tuning) proposed() (p tune.Point) {
	if t.Proposal != nil {
		p = t.Proposal.Point
	}
	return p
}
