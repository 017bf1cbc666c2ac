package plot

import (
	"fmt"
	"math"
	"strings"
)

// Chart is a drawing of shares over something that goes from 0 to 1.
type Chart struct {
	Title string
	X, Y  string // what the axes are
	Lines []Line
	Marks []Mark  // points of the X axis, or of the plane where Y is there
	From  float64 // left end of the X axis
	Low   float64 // lower end of the Y axis
}

// Line is one of them. Without lines between them its points are dots.
type Line struct {
	Name   string
	Points [][2]float64 // x and y, by x
	Dots   bool
}

// Mark is a place that has a name. Without Y it is all of a height.
type Mark struct {
	Name string
	X, Y float64
	At   bool // Y is meant
}

// Fit lets the axes begin where all points have room. An X axis begins at 0 where
// Y has no name: what it shows are values of a setting.
func (c *Chart) Fit() {
	from, low := 1.0, 1.0
	for _, l := range c.Lines {
		for _, p := range l.Points {
			from, low = min(from, p[0]), min(low, p[1])
		}
	}
	for _, x := range [...]float64{0, 0.5, 0.75, 0.9} { // five ticks from there are round
		if x <= low {
			c.Low = x
		}
		if x <= from && c.Y != "" {
			c.From = x
		}
	}
}

// Text draws the chart in characters, height lines high: a column for each point
// of the first line, each line as the first letter of its name, "*" where
// several are.
//
//	1.00 |     rrrrr*ppppp
//	     |  rr      r
//	0.80 |pp         rrrrr
//	     +-----------------
//	      0.2           0.95
func (c *Chart) Text(height int) string {
	columns := map[float64]int{}
	var xs []float64
	for _, p := range c.Lines[0].Points {
		if _, ok := columns[p[0]]; !ok {
			columns[p[0]] = 2 * len(xs)
			xs = append(xs, p[0])
		}
	}
	grid := make([][]byte, height)
	for i := range grid {
		grid[i] = []byte(strings.Repeat(" ", 2*len(xs)))
	}
	for _, l := range c.Lines {
		for _, p := range l.Points {
			column, ok := columns[p[0]]
			if !ok {
				continue
			}
			row := int(math.Round((1 - p[1]) / (1 - c.Low) * float64(height-1)))
			at := &grid[min(height-1, max(0, row))][column]
			if *at == ' ' {
				*at = l.Name[0]
			} else if *at != l.Name[0] {
				*at = '*'
			}
		}
	}
	var b strings.Builder
	for i, line := range grid {
		label := "    "
		if i == 0 || i == height-1 {
			label = fmt.Sprintf("%.2f", 1-(1-c.Low)*float64(i)/float64(height-1))
		}
		fmt.Fprintf(&b, "%s |%s\n", label, strings.TrimRight(string(line), " "))
	}
	fmt.Fprintf(&b, "     +%s\n", strings.Repeat("-", 2*len(xs)))
	first, last := fmt.Sprintf("%g", xs[0]), fmt.Sprintf("%g", xs[len(xs)-1])
	fmt.Fprintf(&b, "      %s%*s\n", first, max(1, 2*len(xs)-1-len(first)), last)
	return b.String()
}
