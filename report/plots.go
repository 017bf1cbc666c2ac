package report

import (
	"fmt"
	"math"
	"strings"
	"time"
	"unicode/utf8"
)

// bar of a plot, placed in its drawing: X and Y are the upper left corner.
type bar struct {
	Label      string // below; "" for none
	Name       string // in full
	Count      int
	X, Y, W, H float64
	Middle     float64 // of X and W
	LabelX     float64 // middle of the label, which stays inside the drawing
}

// plot is a bar chart of plotWidth by plotHeight units, which a page shows at
// about one unit a pixel on a phone.
//
//	     most  _
//	 __       | |
//	|  |  __  | |      bars grow up from base
//	|__|_|__|_|_|_
//	label     label    below base
type plot struct {
	Title, About string
	Axis, Unit   string // what the bars stand for, and what they count
	Note         string
	Bars         []bar
}

// The plots' measures, in units of the drawing.
const (
	plotWidth  = 360
	plotHeight = 170
	plotTop    = 22 // room for a figure over the highest bar
	plotBase   = 145
	maxGap     = 6
	labelUnit  = 7.0 // width of a character of a label, at most
)

// place gives each bar its room. The highest fills the height; one that counts
// anything is seen. A label that would touch the next one is left out.
func place(bars []bar) []bar {
	most := 0
	for i := range bars {
		most = max(most, bars[i].Count)
	}
	step := float64(plotWidth) / float64(max(1, len(bars)))
	gap := min(maxGap, step/4)
	for i := range bars {
		b := &bars[i]
		b.X, b.W = round(float64(i)*step+gap/2), round(step-gap)
		if b.Count > 0 {
			b.H = round(max(1, float64(plotBase-plotTop)*float64(b.Count)/float64(most)))
		}
		b.Y = round(plotBase - b.H)
		b.Middle = round(b.X + b.W/2)
		half := labelUnit / 2 * float64(utf8.RuneCountInString(b.Label))
		b.LabelX = min(plotWidth-half, max(half, b.Middle))
	}
	free := math.Inf(1) // where the label after begins
	for i := len(bars) - 1; i >= 0; i-- {
		b := &bars[i]
		half := labelUnit / 2 * float64(utf8.RuneCountInString(b.Label))
		switch {
		case b.Label == "":
		case b.LabelX+half > free:
			b.Label = ""
		default:
			free = b.LabelX - half
		}
	}
	return bars
}

// round keeps numbers short: a tenth of a unit is seen by nobody.
func round(x float64) float64 { return math.Round(10*x) / 10 }

// plots are the bar charts of a page.
func (s *Spread) plots() []plot {
	return []plot{s.dayPlot(), s.sizePlot(), s.lagPlot()}
}

func (s *Spread) dayPlot() plot {
	p := plot{Title: "Clusters a day", Axis: "Day", Unit: "clusters",
		About: "by the day on which the first article was published"}
	if s.Earlier > 0 {
		p.Note = Count(s.Earlier, "cluster") + " began before these days."
	}
	// A label a week, or at each end where there is no week's room.
	for i, d := range s.Days {
		b := bar{Name: d.Day.UTC().Format("Mon 2 Jan 2006"), Count: d.Count}
		const room = 50 // units a label takes
		every := max(1, int(math.Ceil(room*float64(len(s.Days))/plotWidth)))
		if (len(s.Days)-1-i)%every == 0 {
			b.Label = d.Day.UTC().Format("2 Jan")
		}
		p.Bars = append(p.Bars, b)
	}
	p.Bars = place(p.Bars)
	return p
}

func (s *Spread) sizePlot() plot {
	p := plot{Title: "How far stories spread", Axis: "Outlets", Unit: "clusters", About: "clusters by the number of their outlets"}
	for i, r := range s.Sizes {
		if i == 0 && r.To == 2 && r.Count == 0 {
			continue // clusters of one outlet were not asked for
		}
		label := fmt.Sprintf("%d–%d", r.From, r.To-1)
		switch {
		case r.To == 0:
			label = fmt.Sprintf("%d+", r.From)
		case r.To == r.From+1:
			label = fmt.Sprint(r.From)
		}
		p.Bars = append(p.Bars, bar{Label: label, Name: label, Count: r.Count})
	}
	p.Bars = place(p.Bars)
	return p
}

func (s *Spread) lagPlot() plot {
	p := plot{Title: "How late copies come", Axis: "After the first", Unit: "outlets",
		About: "outlets by the time between the first article of a story and their own"}
	if s.Undated > 0 {
		p.Note = Count(s.Undated, "article") + " left out: no time of day is known, or not who was first."
	}
	for _, r := range s.Lags {
		b := bar{Count: r.Count}
		if r.To == 0 {
			b.Label = span(r.From) + "+"
			b.Name = span(r.From) + " or more"
		} else {
			b.Label = "<" + span(r.To)
			b.Name = span(r.From) + " to " + span(r.To)
		}
		p.Bars = append(p.Bars, b)
	}
	p.Bars = place(p.Bars)
	return p
}

// span is a number of minutes in its largest unit.
func span(minutes int) string {
	return strings.TrimPrefix(lag(time.Duration(minutes)*time.Minute), "+")
}

// dot is a member on a timeline.
type dot struct {
	X, Y float64
	Name string // who, and how late
	Kind string // rep, which is a square; seen, which is hollow; or copy
}

// Left and Upper are the corner of a square of 10 by 10 around the dot.
func (d dot) Left() float64  { return d.X - 5 }
func (d dot) Upper() float64 { return d.Y - 5 }

// Measures of a timeline. Members that would cover each other are stacked; a
// stack that is full grows no more.
const (
	lineWidth  = 600
	lineBase   = 44
	lineMargin = 8
	lineCells  = 60
	lineStep   = 10 // from one of a stack to the next
	lineStack  = 4
)

// timeline places the members between the first one and the last.
func (c *Cluster) timeline() (dots []dot) {
	var stacks [lineCells]int
	whole := c.Last.At.Sub(c.First.At)
	for i := range c.Members {
		m := &c.Members[i]
		at := 0.0
		if whole > 0 {
			at = min(1, max(0, float64(m.Date.At.Sub(c.First.At))/float64(whole)))
		}
		cell := int(at * (lineCells - 1))
		if stacks[cell] == lineStack && !m.Representative {
			continue
		}
		const step = (lineWidth - 2*lineMargin) / float64(lineCells-1)
		late := c.lagOf(m)
		d := dot{X: round(lineMargin + float64(cell)*step), Y: float64(lineBase - lineStep*min(stacks[cell], lineStack-1)),
			Name: outletName(m.Outlet) + " " + late, Kind: "copy"}
		stacks[cell]++
		switch {
		case m.Representative:
			d.Kind = "rep"
		case late == "seen":
			d.Kind = "seen"
		}
		dots = append(dots, d)
	}
	return dots
}

// shade is the depth of a cell of the matrix, from 0 (none) to 5 (the most).
func shade(n, most int) int {
	if n == 0 || most == 0 {
		return 0
	}
	return 1 + min(4, int(5*math.Log1p(float64(n-1))/math.Log1p(float64(most))))
}
