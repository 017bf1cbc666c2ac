package plot

import (
	"fmt"
	"image/color"
	"strings"
)

// style is how shapes look. In a picture that may be seen on a dark page, SVG,
// they have other colours there.
type style struct {
	light, dark uint32  // 0xrrggbb
	opacity     float64 // 0 is 1
	width       float64 // of lines
	dash        []float64
	size        float64 // of letters
}

const (
	paperLight = 0xffffff
	paperDark  = 0x16181c
)

// styles are the looks by name; styleNames is their order.
var (
	styleNames = []string{"title", "name", "small", "grid", "axis", "dot", "line0", "line1", "line2", "line3", "mark0", "mark1"}
	styles     = map[string]style{
		"title": {light: 0x222222, dark: 0xdddddd, size: 15},
		"name":  {light: 0x222222, dark: 0xdddddd, size: 13},
		"small": {light: 0x222222, dark: 0xdddddd, size: 11},
		"grid":  {light: 0x222222, dark: 0xdddddd, opacity: 0.15, width: 1},
		"axis":  {light: 0x222222, dark: 0xdddddd, width: 1},
		"dot":   {light: 0x222222, dark: 0xdddddd, opacity: 0.3},
		"line0": {light: 0x0072b2, dark: 0x56b4e9, width: 2},
		"line1": {light: 0xd55e00, dark: 0xe69f00, width: 2, dash: []float64{6, 3}},
		"line2": {light: 0x009e73, dark: 0x2fcf9f, width: 2, dash: []float64{2, 3}},
		"line3": {light: 0x7a5195, dark: 0xc9a0e0, width: 2, dash: []float64{8, 3, 2, 3}},
		"mark0": {light: 0x222222, dark: 0xdddddd, width: 1, dash: []float64{3, 3}},
		"mark1": {light: 0xcc3399, dark: 0xee66bb, width: 2},
	}
)

// lineStyle is that of the i-th line, markStyle that of the i-th mark.
func lineStyle(i int) string { return fmt.Sprintf("line%d", i%4) }
func markStyle(i int) string { return fmt.Sprintf("mark%d", i%2) }

// rgb takes a colour apart, with an opacity.
func rgb(c uint32, opacity float64) color.NRGBA {
	if opacity == 0 {
		opacity = 1
	}
	return color.NRGBA{R: uint8(c >> 16), G: uint8(c >> 8), B: uint8(c), A: uint8(opacity*255 + 0.5)}
}

// sheet is the style sheet of an SVG, a class for each style.
func sheet() string {
	var b, dark strings.Builder
	fmt.Fprintf(&b, "svg { background: #%06x; font-family: sans-serif }\n", paperLight)
	for _, name := range styleNames {
		s := styles[name]
		fmt.Fprintf(&b, ".%s { color: #%06x", name, s.light)
		if s.opacity > 0 {
			fmt.Fprintf(&b, "; opacity: %g", s.opacity)
		}
		if s.size > 0 {
			fmt.Fprintf(&b, "; font-size: %gpx", s.size)
		}
		if s.width > 0 {
			fmt.Fprintf(&b, "; stroke-width: %g", s.width)
		}
		if len(s.dash) > 0 {
			fmt.Fprintf(&b, "; stroke-dasharray: %s", strings.Trim(fmt.Sprint(s.dash), "[]"))
		}
		b.WriteString(" }\n")
		fmt.Fprintf(&dark, ".%s { color: #%06x }\n", name, s.dark)
	}
	fmt.Fprintf(&b, "text, .dot { fill: currentColor } polyline, .ring { stroke: currentColor; fill: none }\n")
	fmt.Fprintf(&b, "@media (prefers-color-scheme: dark) {\nsvg { background: #%06x }\n%s}\n", paperDark, &dark)
	return b.String()
}
