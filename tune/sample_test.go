package tune

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/similarity"
)

func TestValley(t *testing.T) {
	tests := []struct {
		name   string
		counts []int
		want   float64
	}{
		{"two peaks", []int{50, 30, 10, 0, 0, 0, 10, 40, 60, 20}, 0.45},
		{"one peak", []int{0, 10, 40, 80, 40, 10, 5, 2, 0, 0}, 0},
		{"falling", []int{90, 60, 40, 30, 20, 12, 8, 5, 3, 1}, 0},
		{"a dip by chance", []int{30, 28, 31, 25, 30, 33, 29, 30, 31, 30}, 0},
		{"few pairs", []int{2, 0, 0, 0, 0, 0, 0, 0, 0, 2}, 0},
		{"none", make([]int, 10), 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := valley(tt.counts); math.Abs(got-tt.want) > 1e-9 {
				t.Errorf("valley at %g, want %g", got, tt.want)
			}
		})
	}
}

func TestDistributions(t *testing.T) {
	pairs := []Pair{pair(0, 1, 1, -1), pair(0, 2, 0.5, 0.549), pair(1, 2, 0.25, 0.3)}
	same := pair(0, 3, 0.7, 0.8)
	same.Evidence.SameOutlet = true
	table := New(make([]int64, 4), append(pairs, same), nil)
	want := map[string]map[int]int{
		"containment": {19: 1, 10: 1, 5: 1}, "order": {10: 1, 6: 1}, "resemblance": {19: 1, 6: 1, 2: 1}, "headline mentioned": {}, "headlines alike": {}}
	for _, d := range table.Distributions(similarity.DefaultThresholds()) {
		got := map[int]int{}
		for i, n := range d.Counts {
			if n > 0 {
				got[i] = n
			}
		}
		if diff := cmp.Diff(want[d.Figure], got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", d.Figure, diff)
		}
	}
}

func TestSample(t *testing.T) {
	now := similarity.DefaultThresholds()
	var pairs []Pair
	for b := 1; b < 3000; b++ {
		x, order := 0.99, -1.0 // plain copies
		switch b % 100 {
		case 0:
			x, order = 0.3, 0.52 // near the threshold
		case 50:
			x, order = 0.2, 0.28 // far from it
		}
		pairs = append(pairs, pair(b-1, b, x, order))
	}
	table := New(make([]int64, 3000), pairs, nil)
	none := func(a, b int32) bool { return false }
	count := func(list []Sampled) map[string]int {
		n := map[string]int{}
		for _, s := range list {
			n[s.Stratum]++
		}
		return n
	}
	t.Run("uncertain ones first", func(t *testing.T) {
		list := table.Sample(40, now, 1, none)
		n := count(list)
		// One pair in a hundred is uncertain; nearly half of the sample is.
		if len(list) != 40 || n["just above"] < 16 || n["far above"] < 5 || n["far below"] < 1 {
			t.Errorf("%d pairs, %v", len(list), n)
		}
		if list[0].Stratum != "just above" {
			t.Errorf("the first is %q, want the most uncertain", list[0].Stratum)
		}
	})
	t.Run("the same seed draws the same", func(t *testing.T) {
		if diff := cmp.Diff(table.Sample(40, now, 7, none), table.Sample(40, now, 7, none)); diff != "" {
			t.Error(diff)
		}
		if cmp.Equal(table.Sample(40, now, 7, none), table.Sample(40, now, 8, none)) {
			t.Error("two seeds draw the same pairs")
		}
	})
	t.Run("what is known is left out", func(t *testing.T) {
		for _, s := range table.Sample(5000, now, 1, func(a, b int32) bool { return b%2 == 0 }) {
			if s.B%2 == 0 {
				t.Fatalf("%d and %d are known", s.A, s.B)
			}
		}
	})
	t.Run("not more than there are", func(t *testing.T) {
		if n := len(table.Sample(5000, now, 1, none)); n != 2999 {
			t.Errorf("%d pairs, want all 2999", n)
		}
	})
	t.Run("strata of vetoes", func(t *testing.T) {
		form := pair(0, 1, 0.6, 0.7)
		form.Evidence.NamesReplaced = 9
		short := pair(0, 2, 0.6, 0.7)
		short.Evidence.WordsB = 5
		quote := pair(1, 2, 0.55, 0.56)
		want := map[string]int{"template": 1, "too short": 1, "quote": 1}
		if diff := cmp.Diff(want, count(New(make([]int64, 3), []Pair{form, short, quote}, nil).Sample(9, now, 1, none))); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	})
}

// TestWeigh: labels stand for the pairs of their stratum.
func TestWeigh(t *testing.T) {
	now := similarity.DefaultThresholds()
	var pairs []Pair
	for b := 1; b <= 100; b++ {
		pairs = append(pairs, pair(0, b, 0.9, -1)) // far above
	}
	for b := 101; b <= 110; b++ {
		pairs = append(pairs, pair(0, b, 0.48, 0.51)) // a quote, or a copy
	}
	labels := []Label{{A: 1, B: 0}, {A: 0, B: 2}, {A: 0, B: 101}, {A: 0, B: 102}, {A: 5, B: 6}}
	pairs = append(pairs, pair(1, 2, 0.3, 0.52)) // of which nothing is known
	strata := New(make([]int64, 120), pairs, nil).Weigh(labels, now)
	var got []float64
	for _, l := range labels {
		got = append(got, l.Weight)
	}
	if diff := cmp.Diff([]float64{50, 50, 5, 5, 1}, got); diff != "" {
		t.Errorf("weights (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]Stratum{{"quote", 10, 2}, {"just above", 1, 0}, {"far above", 100, 2}}, strata); diff != "" {
		t.Errorf("strata (-want +got)\n%s", diff)
	}
}

// TestSampleEstimates labels samples by the truth: weighed, they tell the
// precision of the whole better than unweighed, which see the uncertain part of it.
func TestSampleEstimates(t *testing.T) {
	now := similarity.DefaultThresholds()
	now.Excerpt, now.Rewrite = 0.6, 0.7
	var weighed, raw float64
	const rounds = 20
	for seed := range uint64(rounds) {
		w := newWorld(seed, 300, false)
		truth := func(p Pair) bool { return w.stories[p.A] == w.stories[p.B] }
		s := NewSweeper(w.table, &Gold{Labels: labelAll(w.table.Pairs(), truth)})
		all := s.Point(now).Score
		var sample []Pair
		for _, x := range w.table.Sample(150, now, seed, func(a, b int32) bool { return false }) {
			sample = append(sample, Pair{A: x.A, B: x.B})
		}
		labels := labelAll(sample, truth)
		raw += math.Abs(NewSweeper(w.table, &Gold{Labels: labels}).Point(now).Score.Precision-all.Precision) / rounds
		w.table.Weigh(labels, now)
		weighed += math.Abs(NewSweeper(w.table, &Gold{Labels: labels}).Point(now).Score.Precision-all.Precision) / rounds
	}
	t.Logf("mean error of precision: weighed %.3f, not weighed %.3f", weighed, raw)
	if weighed > 0.08 || weighed > 0.5*raw {
		t.Errorf("mean error of precision: weighed %.3f, not weighed %.3f; want at most 0.08, and half of that", weighed, raw)
	}
}

func labelAll(pairs []Pair, truth func(Pair) bool) (labels []Label) {
	for _, p := range pairs {
		labels = append(labels, Label{A: p.A, B: p.B, Copies: truth(p), Weight: 1})
	}
	return labels
}
