package similarity

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// restored is evidence as it comes back from where it was stored.
func restored(t *testing.T, e Evidence) Evidence {
	t.Helper()
	got, err := Unpack(e.Pack(nil))
	if err != nil {
		t.Fatalf("%v: %+v", err, e)
	}
	return got
}

// brief makes a text of few words out of few, of which some are names and numbers, so that
// all counts are small.
func brief(r *rand.Rand) (headline, body string) {
	word := func() string {
		switch r.IntN(4) {
		case 0:
			return strconv.Itoa(r.IntN(12)) + strings.Repeat("0", r.IntN(3))
		case 1:
			return [...]string{"Orban", "Saltmarsh", "Pellier", "Weir", "Corley", "Velmora"}[r.IntN(6)]
		case 2:
			return [...]string{"of", "in", "at", "the"}[r.IntN(4)]
		}
		return [...]string{"harbour", "ferry", "council", "vote", "keeper", "storm", "budget", "quay"}[r.IntN(8)]
	}
	words := func(n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = word()
		}
		return strings.Join(list, [...]string{" ", " ", " ", ". "}[r.IntN(4)])
	}
	return words(r.IntN(9)), words(r.IntN(60))
}

// TestStoredIsMeasured measures pairs of texts of many shapes and holds that what comes back
// from where it was stored is the same evidence, to the last bit, and decides alike: also by
// thresholds that lie on one of its own figures, or on a share of few.
func TestStoredIsMeasured(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 6))
	metrics := []func(a, b string) float64{nil, func(string, string) float64 { return []float64{math.NaN(), math.Inf(1), -3, 1.5}[r.IntN(4)] }}
	for _, name := range MetricNames() {
		m, err := NormalMetric(name)
		if err != nil {
			t.Fatal(err)
		}
		metrics = append(metrics, m)
	}
	seen := map[string]int{}
	var last [2]string
	for range 6000 {
		var a, b [2]string
		switch r.IntN(7) {
		case 0:
			a, b = pages(r)
		case 1:
			a[0], a[1] = brief(r)
			b = a
		case 2: // most of one text, and more
			a[0], a[1] = brief(r)
			b[0], b[1] = brief(r)
			b[1] = a[1][:strings.LastIndexByte(a[1][:r.IntN(len(a[1])+1)], ' ')+1] + b[1]
		case 3:
			a = last
			b[0], b[1] = brief(r)
		case 4: // another name throughout
			a[0], a[1] = brief(r)
			b = [2]string{a[0], strings.ReplaceAll(a[1], "Orban", "Lindqvist")}
		default:
			a[0], a[1] = brief(r)
			b[0], b[1] = brief(r)
		}
		last = b
		build := Builder{K: 1 + r.IntN(6)}
		var texts [2]*Text
		for i, x := range [...][2]string{a, b} {
			p := build.Build("", x[0], x[1], nil)
			texts[i] = Plain(p)
			if r.IntN(3) == 0 {
				boilerplate := make([]bool, len(p.Words))
				for from := r.IntN(len(p.Words) + 1); from < min(len(p.Words), 40); from++ {
					boilerplate[from] = true
				}
				texts[i] = NewText(p, boilerplate, p.Shingles(nil))
			}
		}
		scale := Scale{Metric: metrics[r.IntN(len(metrics))]}
		scale.Load(texts[0])
		e := scale.Measure(texts[1])
		if r.IntN(2) == 0 {
			e = e.Swap()
		}
		e.SameOutlet = r.IntN(4) == 0
		if r.IntN(3) > 0 {
			e.Days = DaysBetween(r.Int64N(4e9), r.Int64N(4e9)>>r.IntN(32))
		}
		if r.IntN(3) == 0 {
			e.OrderElsewhere, e.ContainmentElsewhere = round(r.Float64()), round(r.Float64())
		}
		got := restored(t, e)
		if got != e {
			t.Fatalf("(-measured +stored):\n%s\n%q\n%q", cmp.Diff(e, got), a, b)
		}
		for range 20 {
			th := thresholdsAt(r, &e)
			if was, is := th.Rule(e).Name, th.Rule(got).Name; was != is {
				t.Fatalf("%q as it was measured, %q as it is stored, by %+v: %+v", was, is, th, e)
			}
			seen[th.Rule(e).Name]++
		}
	}
	for _, rule := range Rules() {
		if seen[rule.Name] == 0 {
			t.Errorf("no pair meets the rule %q: %v", rule.Name, seen)
		}
	}
}

// thresholdsAt draws thresholds: each is one of the figures of e, a share of few, or any.
func thresholdsAt(r *rand.Rand, e *Evidence) Thresholds {
	figures := []float64{e.Resemblance, e.ContainmentA, e.ContainmentB, max(0, e.Order), e.Headline, e.MentionedA, e.MentionedB}
	share := func() float64 {
		switch n := 1 + r.IntN(20); r.IntN(3) {
		case 0:
			return figures[r.IntN(len(figures))]
		case 1:
			return ratio(r.IntN(n+1), n)
		}
		return r.Float64()
	}
	return Thresholds{Near: share(), Excerpt: share(), Rewrite: share(), Headline: share(), Mentioned: share(),
		MinWords: []int{0, 12, e.Words(), e.Words() + 1}[r.IntN(4)]}
}

// TestCountsOfTemplate asks all counts of names and numbers up to 20 whether two texts are
// one form filled in twice, and wants the answer that whole numbers give.
func TestCountsOfTemplate(t *testing.T) {
	e := Evidence{WordsA: 400, WordsB: 400, TotalA: 400, TotalB: 400, LeftA: 10, LeftB: 10, Shared: 7, Order: -1}
	e.ratios()
	n := 0
	for e.Names = range 21 {
		for e.NamesShared = range e.Names + 1 {
			for e.Numbers = range 21 {
				for e.NumbersShared = range e.Numbers + 1 {
					want := e.Numbers >= 4 && 2*e.NumbersShared < e.Numbers && e.Names >= 4 && 100*e.NamesShared < 63*e.Names
					got := Decide(restored(t, e), given)
					if (got.Veto == Template) != want || got != Decide(e, given) {
						t.Fatalf("of %d names %d, of %d numbers %d: veto %q, a form: %v", e.Names, e.NamesShared, e.Numbers, e.NumbersShared, got.Veto, want)
					}
					n++
				}
			}
		}
	}
	if n != 231*231 {
		t.Errorf("%d counts", n)
	}
}

// TestCountsOfShingles asks the same of shingles and of thresholds that are shares of few:
// on a threshold is not below it.
func TestCountsOfShingles(t *testing.T) {
	const most = 9
	e := Evidence{WordsA: 400, WordsB: 400, TotalA: 400, TotalB: 400, Order: -1}
	for e.LeftA = 1; e.LeftA <= most; e.LeftA++ {
		for e.LeftB = 1; e.LeftB <= most; e.LeftB++ {
			for e.Shared = range min(e.LeftA, e.LeftB) + 1 {
				e.ratios()
				stored, shorter := restored(t, e), min(e.LeftA, e.LeftB)
				if stored != e {
					t.Fatalf("(-before +stored):\n%s", cmp.Diff(e, stored))
				}
				for of := 1; of <= most; of++ {
					for part := range of + 1 {
						th := given
						th.Near, th.Excerpt = ratio(part, of), ratio(part, of)
						want := Distinct
						if of*e.Shared >= part*shorter && 10*e.Shared >= shorter {
							want = Excerpt
							if of*e.Shared >= part*(e.LeftA+e.LeftB-e.Shared) {
								want = Near
							}
						}
						if got := Decide(stored, th).Kind; got != want {
							t.Fatalf("of %d and %d shared %d, asked %d of %d: %v, want %v", e.LeftA, e.LeftB, e.Shared, part, of, got, want)
						}
					}
				}
			}
		}
	}
}
