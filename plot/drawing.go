package plot

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Measures of a panel, in units of the drawing. A unit is a pixel of an SVG.
const (
	panelWidth  = 360
	panelHeight = 322
	plotLeft    = 46
	plotRight   = 344
	plotTop     = 40
	plotBottom  = 220
	titleHeight = 30
	columnsMost = 2
)

// form is what a shape is.
type form uint8

const (
	path  form = iota // a line through places
	dot               // a filled circle
	ring              // a circle
	words             // text whose foot is at a place
)

// anchor says which end of words is at their place.
type anchor uint8

const (
	start anchor = iota
	middle
	end
)

// shape is one thing that is drawn, over those before it.
type shape struct {
	form   form
	style  string
	places [][2]float64 // x and y; y grows downward
	radius float64
	text   string
	anchor anchor
}

// drawing is a picture as its shapes.
type drawing struct {
	width, height int
	shapes        []shape
	dx, dy        float64 // where the panel that is drawn begins
}

// drawn draws charts, two beside each other, below a title.
func drawn(title string, charts []Chart) *drawing {
	rows := (len(charts) + columnsMost - 1) / columnsMost
	d := &drawing{width: panelWidth * min(columnsMost, max(1, len(charts))), height: titleHeight + panelHeight*rows}
	d.words("title", start, 12, 20, title)
	for i := range charts {
		d.dx, d.dy = float64(panelWidth*(i%columnsMost)), float64(titleHeight+panelHeight*(i/columnsMost))
		d.panel(&charts[i])
	}
	return d
}

func (d *drawing) add(s shape) {
	for i := range s.places {
		s.places[i] = [2]float64{round(s.places[i][0] + d.dx), round(s.places[i][1] + d.dy)}
	}
	d.shapes = append(d.shapes, s)
}

func (d *drawing) path(style string, places ...[2]float64) {
	d.add(shape{form: path, style: style, places: places})
}

func (d *drawing) circle(f form, style string, x, y, radius float64) {
	d.add(shape{form: f, style: style, places: [][2]float64{{x, y}}, radius: radius})
}

func (d *drawing) words(style string, a anchor, x, y float64, text string) {
	d.add(shape{form: words, style: style, places: [][2]float64{{x, y}}, text: text, anchor: a})
}

// round keeps numbers short: a tenth of a unit is seen by nobody.
func round(x float64) float64 { return math.Round(10*x) / 10 }

// x and y place a value in the panel.
func (c *Chart) x(v float64) float64 { return plotLeft + (plotRight-plotLeft)*(v-c.From)/(1-c.From) }
func (c *Chart) y(v float64) float64 { return plotBottom - (plotBottom-plotTop)*(v-c.Low)/(1-c.Low) }

func (d *drawing) panel(c *Chart) {
	d.words("name", start, plotLeft, 14, c.Title)
	d.axes(c)
	for i, l := range c.Lines {
		foot := float64(plotBottom + 44 + 14*i) // the key stands below the axis
		d.words("small", start, plotLeft+28, foot, l.Name)
		if l.Dots {
			for _, p := range unique(l.Points) {
				d.circle(dot, "dot", c.x(p[0]), c.y(p[1]), 2.5)
			}
			d.circle(dot, "dot", plotLeft+11, foot-4, 3)
			continue
		}
		var places [][2]float64
		for _, p := range l.Points {
			places = append(places, [2]float64{c.x(p[0]), c.y(p[1])})
		}
		if len(places) > 0 {
			d.path(lineStyle(i), places...)
		}
		d.path(lineStyle(i), [2]float64{plotLeft, foot - 4}, [2]float64{plotLeft + 22, foot - 4})
	}
	d.marks(c)
}

// marks draws marks; two of one place are one.
func (d *drawing) marks(c *Chart) {
	marks := c.Marks
	if len(marks) == 2 && marks[0].X == marks[1].X && marks[0].Y == marks[1].Y {
		marks = []Mark{{Name: marks[0].Name + " and " + marks[1].Name, X: marks[0].X, Y: marks[0].Y, At: marks[0].At}}
	}
	for i, m := range marks {
		x := c.x(m.X)
		if m.At {
			d.circle(ring, markStyle(i), x, c.y(m.Y), float64(5+3*i))
			d.words("small", end, x+5, c.y(m.Y)+19+float64(13*i), m.Name)
			continue
		}
		d.path(markStyle(i), [2]float64{x, plotTop}, [2]float64{x, plotBottom})
		d.words("small", middle, x, float64(plotTop-3-11*i), m.Name)
	}
}

// axes draws five ticks each way, the frame, and what the axes are.
func (d *drawing) axes(c *Chart) {
	const ticks = 5
	for i := range ticks + 1 {
		share := float64(i) / ticks
		x, y := c.From+(1-c.From)*share, c.Low+(1-c.Low)*share
		d.path("grid", [2]float64{plotLeft, c.y(y)}, [2]float64{plotRight, c.y(y)})
		d.words("small", end, plotLeft-5, c.y(y)+4, fmt.Sprintf("%.2f", y))
		d.words("small", middle, c.x(x), plotBottom+14, fmt.Sprintf("%.2f", x))
	}
	d.path("axis", [2]float64{plotLeft, plotTop}, [2]float64{plotLeft, plotBottom}, [2]float64{plotRight, plotBottom})
	d.words("small", middle, (plotLeft+plotRight)/2, plotBottom+28, c.X)
	if c.Y != "" {
		d.words("small", start, 4, plotTop-12, c.Y)
	}
}

// unique returns points in order, each once.
func unique(points [][2]float64) [][2]float64 {
	list := slices.Clone(points)
	slices.SortFunc(list, func(p, q [2]float64) int { return cmp.Or(cmp.Compare(p[0], q[0]), cmp.Compare(p[1], q[1])) })
	return slices.Compact(list)
}
