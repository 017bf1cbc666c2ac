package bench

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Bounds of a history.
const (
	maxLine  = 1 << 20
	maxLines = 100_000

	maxChange = 1e6 // keeps what a file says finite
)

// ReadHistory reads results, one JSON object a line. Empty lines are passed over;
// any other that is not a result is an error.
func ReadHistory(r io.Reader) (list []Result, err error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	for n := 1; lines.Scan(); n++ {
		if n > maxLines {
			return nil, fmt.Errorf("more than %d lines", maxLines)
		}
		if len(lines.Bytes()) == 0 {
			continue
		}
		var one Result
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			return nil, fmt.Errorf("line %d is not a result of dedupe bench: %w", n, err)
		}
		if one.Load.Articles < 1 || one.PerSecond <= 0 {
			return nil, fmt.Errorf("line %d is not a result of dedupe bench", n)
		}
		list = append(list, one)
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return nil, fmt.Errorf("a line of more than %d bytes is not a result of dedupe bench", maxLine)
	}
	return list, lines.Err()
}

// Change is a figure beside the median of the earlier ones.
type Change struct {
	Figure string  `json:"figure"`
	Now    float64 `json:"now"`
	Median float64 `json:"median"`
	Change float64 `json:"change"` // share of the median: -0.1 is a tenth less; 0 where the median is
	Worse  bool    `json:"worse"`  // by more than what two runs differ by chance
}

// figures are what is compared, with what runs of one program differed by on a
// machine that others used too.
var figures = []struct {
	name   string
	of     func(*Result) float64
	more   bool // is better
	chance float64
}{
	{"articles a second", func(r *Result) float64 { return r.PerSecond }, true, 0.1},
	{"processor seconds", func(r *Result) float64 { return r.Busy }, false, 0.15},
	{"seconds for more", func(r *Result) float64 { return r.MoreSeconds }, false, 0.1},
	{"peak memory", func(r *Result) float64 { return float64(r.Peak) }, false, 0.1},
	{"database", func(r *Result) float64 { return float64(r.Database) }, false, 0.01},
	{"pairwise F1", func(r *Result) float64 { return r.Pairwise.F1 }, true, 0.0005},
	{"B-cubed F1", func(r *Result) float64 { return r.BCubed.F1 }, true, 0.0005},
}

// Compare sets a result beside the earlier ones of the same load, machine and
// settings, and says how many these are: of none there is nothing to say.
func Compare(now *Result, history []Result) (changes []Change, of int) {
	var same []*Result
	for i := range history {
		if now.comparable(&history[i]) {
			same = append(same, &history[i])
		}
	}
	if len(same) == 0 {
		return nil, 0
	}
	for _, f := range figures {
		var before []float64
		for _, r := range same {
			before = append(before, f.of(r))
		}
		c := Change{Figure: f.name, Now: f.of(now), Median: median(before)}
		if c.Median > 0 {
			c.Change = min(c.Now/c.Median-1, maxChange)
		}
		loss := c.Change
		if f.more {
			loss = -loss
		}
		c.Worse = loss > f.chance
		changes = append(changes, c)
	}
	return changes, len(same)
}

// median of at least one figure; of an even number the middle of the two.
func median(list []float64) float64 {
	slices.Sort(list)
	n := len(list)
	return list[(n-1)/2]/2 + list[n/2]/2
}
