package tune

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/cluster"
	"dedupe/similarity"
)

// TestPointAgainstAll compares what a sweep counts, component by component and
// from memory, with grouping everything anew and looking at every pair of
// articles.
func TestPointAgainstAll(t *testing.T) {
	now := similarity.DefaultThresholds()
	var settings []similarity.Thresholds
	for _, x := range []float64{0.5, 0.2, 0.35, 0.8, 0.35} {
		for _, y := range []float64{0.45, 0.6, 0.9} {
			th := now
			th.Excerpt, th.Rewrite = x, y
			settings = append(settings, th)
		}
	}
	for seed := range uint64(6) {
		w := newWorld(seed, 60, seed%2 == 1)
		gold := &Gold{Stories: map[int32][]int32{}}
		for i, s := range w.stories {
			switch {
			case i%7 == 3: // nothing is known of it
			case i%5 == 2:
				gold.Stories[int32(i)] = []int32{s, (s + 1) % 10}
			default:
				gold.Stories[int32(i)] = []int32{s}
			}
		}
		for i, p := range w.table.Sweep(settings, gold) {
			want := countAll(w, gold, settings[i])
			got := counted{p.Links, p.Grouped, p.Changed, p.Made, p.Score.Right, p.Score.Wrong, p.Score.Copies}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("seed %d, excerpt %g, rewrite %g (-all +sweep)\n%s", seed, settings[i].Excerpt, settings[i].Rewrite, diff)
			}
		}
	}
}

// counted is what TestPointAgainstAll compares.
type counted struct {
	Links, Grouped, Changed, Made int
	Right, Wrong, Copies          float64
}

func countAll(w world, gold *Gold, th similarity.Thresholds) (c counted) {
	for _, p := range w.table.pairs {
		if similarity.Decide(p.Evidence, th).Linked() {
			c.Links++
		}
	}
	related := func(a, b int) bool {
		for _, s := range gold.Stories[int32(a)] {
			for _, u := range gold.Stories[int32(b)] {
				if s == u {
					return true
				}
			}
		}
		return false
	}
	alone := naive(w.table, th, nil)
	size := map[int]int{}
	for b := range alone {
		size[alone[b]]++
		for a := range b {
			if len(gold.Stories[int32(a)]) == 0 || len(gold.Stories[int32(b)]) == 0 {
				continue
			}
			switch together := alone[a] == alone[b]; {
			case related(a, b) && together:
				c.Right++
				c.Copies++
			case related(a, b):
				c.Copies++
			case together:
				c.Wrong++
			}
		}
	}
	for _, n := range size {
		if n > 1 {
			c.Grouped++
		}
	}
	ruled := naive(w.table, th, w.decisions)
	members := func(leader []int) map[int][]int {
		groups := map[int][]int{}
		for i, l := range leader {
			groups[l] = append(groups[l], i)
		}
		return groups
	}
	before := map[string]bool{}
	clustered := map[int]bool{}
	byID := map[int64][]int{}
	for i, id := range w.table.cluster {
		if id != 0 {
			byID[id] = append(byID[id], i)
			clustered[i] = true
		}
	}
	for _, list := range byID {
		before[fmt.Sprint(list)] = true
	}
	c.Changed = len(byID)
	for _, list := range members(ruled) {
		if len(list) < 2 {
			continue
		}
		fresh := true
		for _, m := range list {
			fresh = fresh && !clustered[m]
		}
		if fresh {
			c.Made++
		}
		if before[fmt.Sprint(list)] {
			c.Changed--
		}
	}
	return c
}

func TestScoreByLabels(t *testing.T) {
	// 0 to 2 are linked, 3 and 4 are.
	pairs := []Pair{pair(0, 1, 0.9, -1), pair(0, 2, 0.9, -1), pair(3, 4, 0.9, -1), pair(2, 3, 0.3, 0.4),
		pair(5, 6, 0.6, 0.8), pair(6, 7, 0.6, 0.8), pair(7, 8, 0.6, 0.8)} // a chain, of which 5 and 6 stay together
	table := New(make([]int64, 9), pairs, nil)
	gold := &Gold{Labels: []Label{
		{A: 2, B: 1, Copies: true, Weight: 3}, // not linked, but in one cluster
		{A: 0, B: 2, Copies: false, Weight: 1},
		{A: 3, B: 4, Copies: true, Weight: 2},
		{A: 2, B: 3, Copies: true, Weight: 5}, // not found
		{A: 4, B: 5, Copies: false, Weight: 7},
		{A: 6, B: 7, Copies: true, Weight: 4}, // linked, but not in one cluster
	}}
	got := table.Sweep([]similarity.Thresholds{similarity.DefaultThresholds()}, gold)[0]
	if s := got.Score; s.Right != 9 || s.Wrong != 1 || s.Copies != 14 || s.Recall != 9.0/14 || math.Abs(s.Precision-0.9) > 1e-12 {
		t.Errorf("score %+v, want 9 right, 1 wrong, 14 copies", s)
	}
	if k := got.Kinds[similarity.Near]; k.Links != 3 || k.Right != 1 || k.Wrong != 1 {
		t.Errorf("near links %+v, want 3, of which 1 is known right and 1 wrong", k)
	}
	if low := got.Score.Low; low <= 0 || low >= got.Score.Precision {
		t.Errorf("the lower bound of the precision is %g, want less than measured", low)
	}
}

// TestDecisionsDoNotJudgeThemselves: with and without decisions a score is the same.
func TestDecisionsDoNotJudgeThemselves(t *testing.T) {
	pairs := []Pair{pair(0, 1, 0.9, -1), pair(1, 2, 0.3, 0.4)}
	gold := &Gold{Labels: []Label{{A: 0, B: 1, Copies: false, Weight: 1}, {A: 1, B: 2, Copies: true, Weight: 1}}}
	ruled := New([]int64{0, 7, 7}, pairs, []cluster.Decision{{A: 0, B: 1}, {A: 1, B: 2, Same: true}})
	p := ruled.Sweep([]similarity.Thresholds{similarity.DefaultThresholds()}, gold)[0]
	if p.Score.Wrong != 1 || p.Score.Recall != 0 {
		t.Errorf("score %+v: want the wrong pair found and the right one not, as the links have it", p.Score)
	}
	if p.Changed != 0 || p.Made != 0 {
		t.Errorf("%d clusters would change, %d be new: want none, for decisions hold", p.Changed, p.Made)
	}
	if diff := cmp.Diff([]int32{0, 0, 2}, New([]int64{0, 7, 7}, []Pair{{A: 0, B: 1, Linked: true}}, nil).ByLinks()); diff != "" {
		t.Errorf("by links (-want +got)\n%s", diff)
	}
}

func TestSweepOfNothing(t *testing.T) {
	p := New(nil, nil, nil).Sweep([]similarity.Thresholds{similarity.DefaultThresholds()}, nil)[0]
	if p.Links != 0 || p.Changed != 0 || p.Score.Precision != 1 || p.Score.Recall != 1 || p.Score.Low != 0 {
		t.Errorf("%+v, want nothing, and shares of nothing that are 1", p)
	}
}

func BenchmarkSweep(b *testing.B) {
	w := newWorld(1, 400, false)
	gold := &Gold{Stories: map[int32][]int32{}}
	for i, s := range w.stories {
		gold.Stories[int32(i)] = []int32{s}
	}
	now := similarity.DefaultThresholds()
	for b.Loop() {
		s := NewSweeper(w.table, gold)
		for _, t := range Thresholds()[:2] {
			s.Curve(t, now)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*32*len(w.table.pairs)), "ns/pair")
}
