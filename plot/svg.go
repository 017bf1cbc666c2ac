package plot

import (
	"fmt"
	"html"
	"io"
	"strings"
)

// SVG writes charts as one picture without links or scripts, two beside each
// other. It goes dark where the page does.
func SVG(w io.Writer, title string, charts []Chart) error {
	d := drawn(title, charts)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">`+"\n", d.width, d.height, d.width, d.height)
	fmt.Fprintf(&b, "<title>%s</title>\n<style>\n%s</style>\n", html.EscapeString(title), sheet())
	for i := range d.shapes {
		d.shapes[i].svg(&b)
	}
	b.WriteString("</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func (s *shape) svg(b *strings.Builder) {
	at := s.places[0]
	switch s.form {
	case path:
		var places []string
		for _, p := range s.places {
			places = append(places, fmt.Sprintf("%g,%g", p[0], p[1]))
		}
		fmt.Fprintf(b, `<polyline class="%s" points="%s"/>`+"\n", s.style, strings.Join(places, " "))
	case dot:
		fmt.Fprintf(b, `<circle class="%s" cx="%g" cy="%g" r="%g"/>`+"\n", s.style, at[0], at[1], s.radius)
	case ring:
		fmt.Fprintf(b, `<circle class="%s ring" cx="%g" cy="%g" r="%g"/>`+"\n", s.style, at[0], at[1], s.radius)
	case words:
		anchors := [...]string{start: "start", middle: "middle", end: "end"}
		fmt.Fprintf(b, `<text class="%s" text-anchor="%s" x="%g" y="%g">%s</text>`+"\n", s.style, anchors[s.anchor], at[0], at[1], html.EscapeString(s.text))
	}
}

// Named returns what draws a file of that name: SVG or PNG, by its ending.
func Named(file string) (func(w io.Writer, title string, charts []Chart) error, error) {
	switch name := strings.ToLower(file); {
	case strings.HasSuffix(name, ".svg"):
		return SVG, nil
	case strings.HasSuffix(name, ".png"):
		return PNG, nil
	}
	return nil, fmt.Errorf("%q: want a name that ends with .png or .svg", file)
}
