package plot

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const hostile = `"><script>x</script>&`

// pictured are charts with all that a chart can have.
func pictured() []Chart {
	curve := Chart{Title: hostile, X: "excerpt", Low: 0.5, Marks: []Mark{{Name: "now", X: 0.5}, {Name: "proposed", X: 0.7}}, Lines: []Line{
		{Name: "precision", Points: [][2]float64{{0.2, 0.5}, {0.5, 0.75}, {0.9, 1}}},
		{Name: "recall", Points: [][2]float64{{0.2, 1}, {0.5, 0.9}, {0.9, 0.6}}},
	}}
	plane := Chart{Title: "precision over recall", X: "recall", Y: "precision",
		Lines: []Line{{Name: "all", Dots: true, Points: [][2]float64{{0.9, 0.8}, {0.8, 0.9}, {0.9, 0.8}}}},
		Marks: []Mark{{Name: "now", X: 1, Y: 1, At: true}, {Name: hostile, X: 1, Y: 1, At: true}}}
	return []Chart{curve, plane, {}}
}

// TestSVG: whatever the charts hold, the picture is well-formed, and nothing of
// it is markup.
func TestSVG(t *testing.T) {
	var picture bytes.Buffer
	if err := SVG(&picture, hostile, pictured()); err != nil {
		t.Fatal(err)
	}
	elements := map[string]int{}
	d := xml.NewDecoder(bytes.NewReader(picture.Bytes()))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, &picture)
		}
		if e, ok := token.(xml.StartElement); ok {
			elements[e.Name.Local]++
		}
	}
	// Two dots and the key's; one ring, for both marks are at one place.
	if elements["script"] > 0 || elements["circle"] != 4 || elements["svg"] != 1 {
		t.Errorf("elements %v, want 4 circles and no script", elements)
	}
	if s := picture.String(); strings.Contains(s, "NaN") || strings.Contains(s, "Inf") {
		t.Errorf("a place is no number:\n%s", s)
	}
}

// TestPNG looks at pixels: the paper, an axis, the lines where they are to be in
// their colours, and a gap between the dashes of one.
func TestPNG(t *testing.T) {
	var file bytes.Buffer
	if err := PNG(&file, hostile, pictured()); err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(&file)
	if err != nil {
		t.Fatal(err)
	}
	if want := image.Pt(scale*2*panelWidth, scale*(titleHeight+2*panelHeight)); picture.Bounds().Size() != want {
		t.Errorf("size %v, want %v", picture.Bounds().Size(), want)
	}
	curve := &pictured()[0]
	tests := []struct {
		name  string
		x, y  float64 // in the drawing
		style string  // "": paper
	}{
		{"corner", 1, 1, ""},
		{"within the axes", curve.x(0.95), curve.y(0.93), ""},
		{"axis of y", plotLeft, curve.y(0.55), "axis"},
		{"precision", curve.x(0.35), curve.y(0.625), "line0"},
		{"precision at a corner", curve.x(0.5), curve.y(0.75), "line0"},
		{"recall at its beginning", curve.x(0.2) + 3, curve.y(1 - 3*0.1/0.3/(plotRight-plotLeft)), "line1"},
		{"proposed", curve.x(0.7), curve.y(0.55), "mark1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := rgb(paperLight, 1)
			if tt.style != "" {
				want = rgb(styles[tt.style].light, 1)
			}
			at := image.Pt(int(scale*tt.x), int(scale*(titleHeight+tt.y)))
			if tt.name == "corner" {
				at = image.Pt(1, 1)
			}
			if !near(picture, at, want) {
				t.Errorf("at %v there is %v, want %v", at, picture.At(at.X, at.Y), want)
			}
		})
	}
	inked := 0 // in the words of the title
	for x := range 400 {
		for y := range scale * titleHeight {
			if r, _, _, _ := picture.At(x, y).RGBA(); r < 0x8000 {
				inked++
			}
		}
	}
	if inked < 200 {
		t.Errorf("%d dark pixels in the title, want a few hundred", inked)
	}
}

// near reports whether a pixel or one beside it is about of a colour.
func near(picture image.Image, at image.Point, want color.NRGBA) bool {
	for dx := -1; dx <= 1; dx++ {
		for dy := -1; dy <= 1; dy++ {
			got := color.NRGBAModel.Convert(picture.At(at.X+dx, at.Y+dy)).(color.NRGBA)
			if alike(got.R, want.R) && alike(got.G, want.G) && alike(got.B, want.B) {
				return true
			}
		}
	}
	return false
}

func alike(a, b uint8) bool { return max(a, b)-min(a, b) < 24 }

func TestDashed(t *testing.T) {
	tests := []struct {
		name    string
		line    [][2]float64
		pattern []float64
		want    []float64 // lengths of the dashes
	}{
		{"no pattern", [][2]float64{{0, 0}, {10, 0}}, nil, []float64{10}},
		{"whole dashes", [][2]float64{{0, 0}, {10, 0}}, []float64{3, 2}, []float64{3, 3}},
		{"cut at the end", [][2]float64{{0, 0}, {0, 7}}, []float64{3, 2}, []float64{3, 2}},
		{"round a corner", [][2]float64{{0, 0}, {2, 0}, {2, 8}}, []float64{3, 2}, []float64{3, 3}},
		{"of no length", [][2]float64{{1, 1}, {1, 1}}, []float64{3, 2}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []float64
			for _, dash := range dashed(tt.line, tt.pattern) {
				sum := 0.0
				for i := 1; i < len(dash); i++ {
					sum += max(dash[i][0]-dash[i-1][0], dash[i-1][0]-dash[i][0]) + max(dash[i][1]-dash[i-1][1], dash[i-1][1]-dash[i][1])
				}
				got = append(got, round(sum))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
