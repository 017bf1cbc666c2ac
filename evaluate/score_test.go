package evaluate_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"dedupe/evaluate"
)

// clusters makes gold of "a b|c": two stories, one of two articles.
func clusters(tb testing.TB, s string) *evaluate.Gold {
	tb.Helper()
	g := evaluate.New()
	for i, story := range strings.Split(s, "|") {
		for _, id := range strings.Fields(story) {
			if err := g.Add(id, fmt.Sprint("story", i)); err != nil {
				tb.Fatal(err)
			}
		}
	}
	return g
}

func found(s string) *evaluate.Found {
	f := &evaluate.Found{Cluster: map[string]string{}}
	for i, cluster := range strings.Split(s, "|") {
		for _, id := range strings.Fields(cluster) {
			f.Cluster[id] = fmt.Sprint(i + 1)
		}
	}
	return f
}

// flat are the figures of a result in one row.
func flat(r *evaluate.Result) [7]float64 {
	return [7]float64{
		r.Pairwise.Precision.Value, r.Pairwise.Recall.Value, r.Pairwise.F1.Value,
		r.BCubed.Precision.Value, r.BCubed.Recall.Value, r.BCubed.F1.Value, r.Rand.Value,
	}
}

var closely = cmpopts.EquateApprox(0, 1e-4)

func TestScoreClusters(t *testing.T) {
	tests := []struct {
		name, gold, found string
		want              [7]float64 // pairwise P R F1, B-cubed P R F1, adjusted Rand
	}{
		{"perfect", "a b|c d e|f", "f|c d e|a b", [7]float64{1, 1, 1, 1, 1, 1, 1}},
		{"nothing found", "a b|c d", "", [7]float64{1, 0, 0, 1, .5, 2. / 3, 0}},
		{"nothing to find", "a|b|c", "a|b|c", [7]float64{1, 1, 1, 1, 1, 1, 1}},
		{"nothing to find, all found", "a|b|c", "a b c", [7]float64{0, 1, 0, 1. / 3, 1, .5, 0}},
		{"everything together", "a b|c d", "a b c d", [7]float64{1. / 3, 1, .5, .5, 1, 2. / 3, 0}},
		{"one article", "a", "a", [7]float64{1, 1, 1, 1, 1, 1, 1}},
		{"unknown to gold", "a b", "a b x y", [7]float64{1, 1, 1, 1, 1, 1, 1}},
		// Pairwise and adjusted Rand of this one are those of another program.
		{"mixed", "a1 a2 a3 a4|b1 b2 b3|c1 c2|d1|e1", "a1 a2 a3|a4 b1 b2|b3|c1 c2 d1",
			[7]float64{.5556, .5, .5263, 25. / 33, 24.5 / 33, .7499, .4277}},
		{"article of two stories", "x a|x b", "x a|b", [7]float64{1, .5, 2. / 3, 1, (2./3 + 1 + .5) / 3, .8387, .4}},
		{"two articles of the same two stories", "x y a|x y b", "x y|a|b", [7]float64{1, 1. / 5, 1. / 3, 1, (.5 + .5 + 1./3 + 1./3) / 4, .5882, 1. / 13}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := flat(evaluate.Score(clusters(t, tt.gold), found(tt.found), evaluate.Options{}))
			if diff := cmp.Diff(tt.want, got, closely); diff != "" {
				t.Errorf("figures (-want +got):\n%s", diff)
			}
		})
	}
}

// brute computes the figures by their definitions, over all pairs.
func brute(stories map[string][]string, f *evaluate.Found) [7]float64 {
	var ids []string
	for id := range stories {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	related := func(a, b string) bool {
		return slices.ContainsFunc(stories[a], func(s string) bool { return slices.Contains(stories[b], s) })
	}
	together := func(a, b string) bool { return a == b || f.Cluster[a] != "" && f.Cluster[a] == f.Cluster[b] }
	var both, story, cluster, all, precision, recall float64
	for _, a := range ids {
		var b3, s3, c3 float64
		for _, b := range ids {
			r, t := related(a, b), together(a, b)
			for _, c := range []struct {
				is     bool
				n, sum *float64
			}{{r && t, &b3, &both}, {r, &s3, &story}, {t, &c3, &cluster}} {
				if c.is {
					*c.n++
					if a < b {
						*c.sum++
					}
				}
			}
			if a < b {
				all++
			}
		}
		precision += b3 / c3 / float64(len(ids))
		recall += b3 / s3 / float64(len(ids))
	}
	ratio := func(a, b float64) float64 {
		if b == 0 {
			return 1
		}
		return a / b
	}
	f1 := func(p, r float64) float64 {
		if p+r == 0 {
			return 0
		}
		return 2 * p * r / (p + r)
	}
	p, r := ratio(both, cluster), ratio(both, story)
	rand := 1.
	if all > 0 && (story+cluster)/2 != story*cluster/all {
		rand = (both - story*cluster/all) / ((story+cluster)/2 - story*cluster/all)
	}
	return [7]float64{p, r, f1(p, r), precision, recall, f1(precision, recall), rand}
}

// random makes stories, up to several an article, and clusters that follow them
// more or less.
func random(r *rand.Rand, articles, several int) (*evaluate.Gold, map[string][]string, *evaluate.Found) {
	gold, stories := evaluate.New(), map[string][]string{}
	f := &evaluate.Found{Cluster: map[string]string{}}
	for i := range articles {
		id := fmt.Sprint("article", i)
		for range 1 + r.IntN(several) {
			s := fmt.Sprint(r.IntN(1 + articles/3))
			stories[id] = append(stories[id], s)
			gold.Add(id, s)
		}
		switch r.IntN(4) {
		case 0:
			f.Cluster[id] = fmt.Sprint("x", r.IntN(3))
		case 1:
		default:
			f.Cluster[id] = stories[id][0]
		}
	}
	return gold, stories, f
}

func TestScoreAgainstBruteForce(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		gold, stories, f := random(r, 1+r.IntN(30), 1+r.IntN(5))
		got := flat(evaluate.Score(gold, f, evaluate.Options{}))
		if diff := cmp.Diff(brute(stories, f), got, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
			t.Fatalf("seed %d (-brute force +got):\n%s", seed, diff)
		}
	}
}

// TestScoreSwapped checks what must change places, and what must stay, when
// truth and finding do.
func TestScoreSwapped(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 2))
		gold, stories, f := random(r, 1+r.IntN(40), 1)
		other, back := evaluate.New(), &evaluate.Found{Cluster: map[string]string{}}
		for id, s := range stories {
			back.Cluster[id] = s[0]
			name := f.Cluster[id]
			if name == "" {
				name = "alone " + id
			}
			other.Add(id, name)
		}
		a, b := flat(evaluate.Score(gold, f, evaluate.Options{})), flat(evaluate.Score(other, back, evaluate.Options{}))
		b[0], b[1], b[3], b[4] = b[1], b[0], b[4], b[3]
		if diff := cmp.Diff(a, b, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
			t.Fatalf("seed %d (-one way +the other):\n%s", seed, diff)
		}
	}
}

func TestIntervals(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	gold, _, f := random(r, 400, 1)
	opt := evaluate.Options{Rounds: 400, Seed: 7}
	got := evaluate.Score(gold, f, opt)
	if diff := cmp.Diff(got, evaluate.Score(gold, f, opt)); diff != "" {
		t.Errorf("the same seed gives (-first +second):\n%s", diff)
	}
	for name, e := range map[string]evaluate.Estimate{
		"precision": got.Pairwise.Precision, "recall": got.Pairwise.Recall, "F1": got.Pairwise.F1,
		"B-cubed precision": got.BCubed.Precision, "B-cubed recall": got.BCubed.Recall, "adjusted Rand": *got.Rand,
	} {
		if !(e.Low < e.Value && e.Value < e.High) || e.High-e.Low > 0.5 {
			t.Errorf("%s: %v is not inside of a narrow interval", name, e)
		}
	}
	few, _, f := random(r, 40, 1)
	if wide := evaluate.Score(few, f, opt).BCubed.F1; wide.High-wide.Low <= got.BCubed.F1.High-got.BCubed.F1.Low {
		t.Errorf("interval of 40 articles %v, of 400 %v", wide, got.BCubed.F1)
	}
}

// TestIntervalsHold draws many samples of one population and counts how often
// the interval of a sample holds the population's figure.
func TestIntervalsHold(t *testing.T) {
	if testing.Short() {
		t.Skip("draws many samples")
	}
	const stories, of = 100, 3
	sample := func(r *rand.Rand) (*evaluate.Gold, *evaluate.Found) {
		gold, f := evaluate.New(), &evaluate.Found{Cluster: map[string]string{}}
		for s := range stories {
			whole := r.IntN(10) < 7 // seven stories in ten are found
			for i := range of {
				id := fmt.Sprint(s, " ", i)
				gold.Add(id, fmt.Sprint(s))
				if whole {
					f.Cluster[id] = fmt.Sprint(s)
				}
			}
		}
		return gold, f
	}
	const samples = 200
	held := 0
	for seed := range uint64(samples) {
		gold, f := sample(rand.New(rand.NewPCG(seed, 3)))
		if e := evaluate.Score(gold, f, evaluate.Options{Rounds: 200, Seed: seed}).Pairwise.Recall; e.Low <= 0.7 && 0.7 <= e.High {
			held++
		}
	}
	if share := float64(held) / samples; share < 0.90 || share > 0.99 {
		t.Errorf("the interval of 95 %% holds in %.1f %% of samples", 100*share)
	}
}

func TestLinks(t *testing.T) {
	gold := clusters(t, "a x|x b|c")
	f := found("")
	f.Links = [][2]string{{"a", "x"}, {"b", "x"}, {"a", "b"}, {"a", "unknown"}}
	got := evaluate.Score(gold, f, evaluate.Options{}).Links
	if got.Hits != 2 || got.Of != 3 {
		t.Errorf("%d of %d links right, want 2 of 3: two articles share a story, whatever else they are of", got.Hits, got.Of)
	}
}

func pair(a, b, label, kind string) evaluate.Pair {
	return evaluate.Pair{A: a, B: b, Label: label, Kind: kind}
}

func TestScorePairs(t *testing.T) {
	gold := evaluate.New()
	for _, p := range []evaluate.Pair{
		pair("a", "b", "dup", "cut"), pair("a", "c", "dup", "cut"), pair("d", "e", "rewrite", ""),
		pair("a", "x", "different", ""), pair("b", "x", "different", ""), pair("c", "x", "same_event", ""), pair("a", "d", "unclear", ""),
	} {
		if err := gold.AddPair(p); err != nil {
			t.Fatal(err)
		}
	}
	f := found("a b x")
	f.Links = [][2]string{{"c", "a"}}
	got := evaluate.Score(gold, f, evaluate.Options{Worst: 1})
	type row struct {
		label, kind, want string
		hits, of          int
	}
	var rows []row
	for _, k := range got.Kinds {
		rows = append(rows, row{k.Label, k.Kind, k.Want, k.Hits, k.Of})
	}
	want := []row{
		{"dup", "cut", "found", 2, 2}, {"rewrite", "", "found", 0, 1},
		{"different", "", "apart", 2, 2}, {"same_event", "", "apart", 0, 1}, {"unclear", "", "either", 0, 1},
	}
	if diff := cmp.Diff(want, rows, cmp.AllowUnexported(row{})); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
	if p, r := got.Labelled.Precision.Value, got.Labelled.Recall.Value; p != .5 || math.Abs(r-2./3) > 1e-9 {
		t.Errorf("precision %v, recall %v, want 0.5 and 0.667", p, r)
	}
	if diff := cmp.Diff([]evaluate.Pair{pair("a", "x", "different", ""), pair("d", "e", "rewrite", "")}, got.Wrong); diff != "" {
		t.Errorf("worst of each sort (-want +got):\n%s", diff)
	}
	if got.Pairwise != nil || got.Rand != nil {
		t.Error("figures of clusters from gold that has none")
	}
}

func TestWorst(t *testing.T) {
	gold := clusters(t, "a1 a2 a3 a4|b1 b2 b3|c1 c2|d1|e1")
	f := found("a1 a2 a3|a4 b1 b2|b3|c1 c2 d1 e1")
	got := evaluate.Score(gold, f, evaluate.Options{Worst: 5})
	merged := []evaluate.Merge{
		{Cluster: "4", Articles: 4, Stories: 3, Pairs: 5, A: "c1", B: "d1"},
		{Cluster: "2", Articles: 3, Stories: 2, Pairs: 2, A: "a4", B: "b1"},
	}
	split := []evaluate.Split{
		{Story: "story0", Articles: 4, Pieces: 2, Pairs: 3, A: "a1", B: "a4"},
		{Story: "story1", Articles: 3, Pieces: 2, Pairs: 2, A: "b1", B: "b3"},
	}
	if diff := cmp.Diff(merged, got.Merged); diff != "" {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(split, got.Split); diff != "" {
		t.Errorf("split (-want +got):\n%s", diff)
	}
}

func BenchmarkScore(b *testing.B) {
	const articles = 100_000
	gold, _, f := random(rand.New(rand.NewPCG(1, 1)), articles, 1)
	for _, rounds := range []int{0, 1000} {
		b.Run(fmt.Sprintf("rounds=%d", rounds), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				evaluate.Score(gold, f, evaluate.Options{Rounds: rounds, Seed: 1, Worst: 10})
			}
			b.ReportMetric(float64(b.N)*articles/b.Elapsed().Seconds(), "articles/s")
		})
	}
}
