package tune

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/similarity"
)

func TestChartText(t *testing.T) {
	c := Chart{Low: 0.5, Lines: []Line{
		{Name: "precision", Points: [][2]float64{{0.2, 0.5}, {0.3, 0.75}, {0.4, 1}, {0.5, 1}}},
		{Name: "recall", Points: [][2]float64{{0.2, 1}, {0.3, 0.75}, {0.4, 0.6}, {0.45, 1}}},
	}}
	want := `1.00 |r   p p
     |
     |  *
     |    r
0.50 |p
     +--------
      0.2 0.5
`
	if diff := cmp.Diff(want, c.Text(5)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestSVG: whatever the charts hold, the picture is well-formed, and nothing of
// it is markup.
func TestSVG(t *testing.T) {
	w := newWorld(2, 60, false)
	gold := &Gold{Stories: map[int32][]int32{}}
	for i, s := range w.stories {
		gold.Stories[int32(i)] = []int32{s}
	}
	now := similarity.DefaultThresholds()
	points := NewSweeper(w.table, gold).Curve(find("thresholds.rewrite"), now)
	hostile := `"><script>x</script>&`
	picture := SVG(hostile, []Chart{
		CurveChart(find("thresholds.rewrite"), points, Mark{Name: hostile, X: 0.45}),
		PlaneChart(points, Mark{Name: "now", X: 1, Y: 1, At: true}, Mark{Name: "proposed", X: 0.9, Y: 1, At: true}),
		{},
	})
	elements := map[string]int{}
	d := xml.NewDecoder(strings.NewReader(string(picture)))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, picture)
		}
		if e, ok := token.(xml.StartElement); ok {
			elements[e.Name.Local]++
		}
	}
	if elements["script"] > 0 || elements["polyline"] != 4 || elements["svg"] != 1 {
		t.Errorf("elements %v, want 3 lines of the curve and 1 of the plane, and no script", elements)
	}
	if strings.Contains(string(picture), "NaN") || strings.Contains(string(picture), "Inf") {
		t.Errorf("a place is no number:\n%s", picture)
	}
}

func TestFront(t *testing.T) {
	points := [][2]float64{{0.5, 0.9}, {0.9, 0.5}, {0.4, 0.4}, {0.9, 0.4}, {0.7, 0.7}, {0.5, 0.9}}
	if diff := cmp.Diff([][2]float64{{0.5, 0.9}, {0.7, 0.7}, {0.9, 0.5}}, front(points)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
