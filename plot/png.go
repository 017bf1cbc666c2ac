package plot

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// scale is how many pixels of a PNG a unit of the drawing has, so that it is
// sharp in print and on fine screens.
const scale = 2

// PNG writes charts as SVG does, dark on white.
func PNG(w io.Writer, title string, charts []Chart) error {
	d := drawn(title, charts)
	c := &canvas{image: image.NewRGBA(image.Rect(0, 0, scale*d.width, scale*d.height)), faces: map[float64]font.Face{}}
	draw.Draw(c.image, c.image.Bounds(), image.NewUniform(rgb(paperLight, 1)), image.Point{}, draw.Src)
	for i := range d.shapes {
		if err := c.draw(&d.shapes[i]); err != nil {
			return fmt.Errorf("draw %q: %w", d.shapes[i].text, err)
		}
	}
	return png.Encode(w, c.image)
}

// canvas is a picture in the making.
type canvas struct {
	image *image.RGBA
	faces map[float64]font.Face // by size of letters
}

func (c *canvas) draw(s *shape) error {
	look := styles[s.style]
	ink := rgb(look.light, look.opacity)
	switch s.form {
	case words:
		return c.words(s, look.size, ink)
	case dot:
		c.fill([]polygon{circle(s.places[0], s.radius)}, ink)
	case ring:
		// The inner edge goes the other way round, which leaves it empty.
		outer, inner := circle(s.places[0], s.radius+look.width/2), circle(s.places[0], s.radius-look.width/2)
		for i, j := 0, len(inner)-1; i < j; i, j = i+1, j-1 {
			inner[i], inner[j] = inner[j], inner[i]
		}
		c.fill([]polygon{outer, inner}, ink)
	case path:
		var parts []polygon
		for _, line := range dashed(s.places, look.dash) {
			parts = append(parts, stroke(line, look.width)...)
		}
		c.fill(parts, ink)
	}
	return nil
}

// words writes text.
func (c *canvas) words(s *shape, size float64, ink color.Color) error {
	face := c.faces[size]
	if face == nil {
		f, err := opentype.Parse(goregular.TTF)
		if err != nil {
			return err
		}
		if face, err = opentype.NewFace(f, &opentype.FaceOptions{Size: size * scale, DPI: 72, Hinting: font.HintingFull}); err != nil {
			return err
		}
		c.faces[size] = face
	}
	pen := font.Drawer{Dst: c.image, Src: image.NewUniform(ink), Face: face}
	x := fixed.Int26_6(s.places[0][0] * scale * 64)
	switch s.anchor {
	case middle:
		x -= pen.MeasureString(s.text) / 2
	case end:
		x -= pen.MeasureString(s.text)
	}
	pen.Dot = fixed.Point26_6{X: x, Y: fixed.Int26_6(s.places[0][1] * scale * 64)}
	pen.DrawString(s.text)
	return nil
}

// polygon is an area by its corners, in units of the drawing. Those of one shape
// go round the same way, or they would take each other away where they overlap.
type polygon [][2]float64

// fill paints polygons that are one shape.
func (c *canvas) fill(list []polygon, ink color.Color) {
	low, high := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for _, p := range list {
		for _, at := range p {
			for i := range at {
				low[i], high[i] = min(low[i], at[i]*scale), max(high[i], at[i]*scale)
			}
		}
	}
	box := image.Rect(int(math.Floor(low[0])), int(math.Floor(low[1])), int(math.Ceil(high[0])), int(math.Ceil(high[1])))
	if box = box.Intersect(c.image.Bounds()); box.Empty() {
		return
	}
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	for _, p := range list {
		for i, at := range p {
			x, y := float32(at[0]*scale)-float32(box.Min.X), float32(at[1]*scale)-float32(box.Min.Y)
			if i == 0 {
				r.MoveTo(x, y)
			} else {
				r.LineTo(x, y)
			}
		}
		r.ClosePath()
	}
	r.Draw(c.image, box, image.NewUniform(ink), image.Point{})
}
