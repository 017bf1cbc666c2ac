package tune

import (
	"cmp"
	"fmt"
	"html"
	"math"
	"slices"
	"strings"
)

// Measures of a panel, in units of the drawing.
const (
	panelWidth  = 360
	panelHeight = 300
	plotLeft    = 46
	plotRight   = 344
	plotTop     = 40
	plotBottom  = 220
	columnsMost = 2
)

// style holds for light and dark; the colours are told apart by the colour-blind
// (Okabe and Ito 2008), and the lines by their dashes.
const style = `
svg { background: #fff; color: #222; font: 12px sans-serif }
text { fill: currentColor } .small { font-size: 11px } .title { font-size: 14px; font-weight: 600 }
.axis { stroke: currentColor; fill: none } .grid { stroke: currentColor; opacity: .15 }
.l0 { stroke: #0072b2; fill: #0072b2 } .l1 { stroke: #d55e00; fill: #d55e00; stroke-dasharray: 6 3 }
.l2 { stroke: #009e73; fill: #009e73; stroke-dasharray: 2 3 }
.line { fill: none; stroke-width: 2 } .dot { fill: currentColor; stroke: none; opacity: .3 }
.m0 { stroke: currentColor; stroke-dasharray: 3 3; fill: none } .m1 { stroke: #cc3399; stroke-width: 2; fill: none }
@media (prefers-color-scheme: dark) { svg { background: #16181c; color: #ddd }
.l0 { stroke: #56b4e9; fill: #56b4e9 } .l1 { stroke: #e69f00; fill: #e69f00 } .l2 { stroke: #2fcf9f; fill: #2fcf9f } .line { fill: none } }
`

// SVG draws charts as one picture without links or scripts, two beside each other.
func SVG(title string, charts []Chart) []byte {
	var b strings.Builder
	rows := (len(charts) + columnsMost - 1) / columnsMost
	width, height := panelWidth*min(columnsMost, max(1, len(charts))), panelHeight*rows+30
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">`+"\n", width, height, width, height)
	fmt.Fprintf(&b, "<title>%s</title>\n<style>%s</style>\n", html.EscapeString(title), style)
	fmt.Fprintf(&b, `<text class="title" x="12" y="20">%s</text>`+"\n", html.EscapeString(title))
	for i := range charts {
		fmt.Fprintf(&b, `<g transform="translate(%d %d)">`+"\n", panelWidth*(i%columnsMost), 30+panelHeight*(i/columnsMost))
		charts[i].panel(&b)
		b.WriteString("</g>\n")
	}
	b.WriteString("</svg>\n")
	return []byte(b.String())
}

// x and y place a value in the panel.
func (c *Chart) x(v float64) float64 {
	return round(plotLeft + (plotRight-plotLeft)*(v-c.From)/(1-c.From))
}

func (c *Chart) y(v float64) float64 {
	return round(plotBottom - (plotBottom-plotTop)*(v-c.Low)/(1-c.Low))
}

// round keeps numbers short: a tenth of a unit is seen by nobody.
func round(x float64) float64 { return math.Round(10*x) / 10 }

func (c *Chart) panel(b *strings.Builder) {
	text := func(class, anchor string, x, y float64, s string) {
		fmt.Fprintf(b, `<text class="%s" text-anchor="%s" x="%g" y="%g">%s</text>`+"\n", class, anchor, x, y, html.EscapeString(s))
	}
	text("", "start", plotLeft, 14, c.Title)
	c.axes(b, text)
	for i, l := range c.Lines {
		class := fmt.Sprintf("l%d", i%3)
		if l.Dots {
			for _, p := range unique(l.Points) {
				fmt.Fprintf(b, `<circle class="dot" cx="%g" cy="%g" r="2.5"/>`+"\n", c.x(p[0]), c.y(p[1]))
			}
		} else if len(l.Points) > 0 {
			var path []string
			for _, p := range l.Points {
				path = append(path, fmt.Sprintf("%g,%g", c.x(p[0]), c.y(p[1])))
			}
			fmt.Fprintf(b, `<polyline class="%s line" points="%s"/>`+"\n", class, strings.Join(path, " "))
		}
		// The key stands below the axis.
		y := float64(plotBottom + 44 + 14*i)
		if l.Dots {
			fmt.Fprintf(b, `<circle class="dot" cx="%d" cy="%g" r="3"/>`+"\n", plotLeft+11, y-4)
		} else {
			fmt.Fprintf(b, `<line class="%s line" x1="%d" x2="%d" y1="%g" y2="%g"/>`+"\n", class, plotLeft, plotLeft+22, y-4, y-4)
		}
		text("small", "start", plotLeft+28, y, l.Name)
	}
	marks := c.Marks
	if len(marks) == 2 && marks[0].X == marks[1].X && marks[0].Y == marks[1].Y {
		marks = []Mark{{Name: marks[0].Name + " and " + marks[1].Name, X: marks[0].X, Y: marks[0].Y, At: marks[0].At}}
	}
	for i, m := range marks {
		class, x := fmt.Sprintf("m%d", i%2), c.x(m.X)
		if m.At {
			fmt.Fprintf(b, `<circle class="%s" cx="%g" cy="%g" r="%d"/>`+"\n", class, x, c.y(m.Y), 5+3*i)
			text("small", "end", x-9-float64(3*i), c.y(m.Y)+4+float64(13*i), m.Name)
			continue
		}
		fmt.Fprintf(b, `<line class="%s" x1="%g" x2="%g" y1="%d" y2="%d"/>`+"\n", class, x, x, plotTop, plotBottom)
		text("small", "middle", x, float64(plotTop-3-11*i), m.Name)
	}
}

// axes draws the frame, five ticks each way, and what they are.
func (c *Chart) axes(b *strings.Builder, text func(class, anchor string, x, y float64, s string)) {
	const ticks = 5
	for i := range ticks + 1 {
		share := float64(i) / ticks
		x, y := c.From+(1-c.From)*share, c.Low+(1-c.Low)*share
		fmt.Fprintf(b, `<line class="grid" x1="%d" x2="%d" y1="%g" y2="%g"/>`+"\n", plotLeft, plotRight, c.y(y), c.y(y))
		text("small", "end", plotLeft-5, c.y(y)+4, fmt.Sprintf("%.2f", y))
		text("small", "middle", c.x(x), plotBottom+14, fmt.Sprintf("%.2f", x))
	}
	fmt.Fprintf(b, `<path class="axis" d="M%d %dV%dH%d"/>`+"\n", plotLeft, plotTop, plotBottom, plotRight)
	text("small", "middle", (plotLeft+plotRight)/2, plotBottom+28, c.X)
	if c.Y != "" {
		text("small", "start", 4, plotTop-12, c.Y)
	}
}

// unique returns points in order, each once.
func unique(points [][2]float64) [][2]float64 {
	list := slices.Clone(points)
	slices.SortFunc(list, func(p, q [2]float64) int { return cmp.Or(cmp.Compare(p[0], q[0]), cmp.Compare(p[1], q[1])) })
	return slices.Compact(list)
}
