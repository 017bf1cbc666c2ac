package plot

import (
	"testing"

	"github.com/google/go-cmp/cmp"
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
