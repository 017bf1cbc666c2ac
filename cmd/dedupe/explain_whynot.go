package main

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"dedupe/detect"
	"dedupe/report"
	"dedupe/similarity"
)

// knob is a threshold that can be turned.
type knob struct {
	key       string
	step, top float64 // of the values that are tried, from step on
	get       func(similarity.Thresholds) float64
	set       func(*similarity.Thresholds, float64)
}

// A threshold of 0 would link everything, and is not proposed.
func share(key string, field func(*similarity.Thresholds) *float64) knob {
	return knob{key: key, step: 0.01, top: 1,
		get: func(t similarity.Thresholds) float64 { return *field(&t) },
		set: func(t *similarity.Thresholds, x float64) { *field(t) = x }}
}

func words(key string, field func(*similarity.Thresholds) *int) knob {
	return knob{key: key, step: 1, top: 1000,
		get: func(t similarity.Thresholds) float64 { return float64(*field(&t)) },
		set: func(t *similarity.Thresholds, x float64) { *field(t) = int(x) }}
}

var knobs = []knob{
	share("thresholds.near", func(t *similarity.Thresholds) *float64 { return &t.Near }),
	share("thresholds.excerpt", func(t *similarity.Thresholds) *float64 { return &t.Excerpt }),
	share("thresholds.rewrite", func(t *similarity.Thresholds) *float64 { return &t.Rewrite }),
	share("thresholds.headline", func(t *similarity.Thresholds) *float64 { return &t.Headline }),
	share("thresholds.told", func(t *similarity.Thresholds) *float64 { return &t.Told }),
	words("thresholds.min_words", func(t *similarity.Thresholds) *int { return &t.MinWords }),
	words("thresholds.full_words", func(t *similarity.Thresholds) *int { return &t.FullLen }),
}

// turns names the smallest changes of one setting that would turn what comes of
// the pair. Two that are too far apart in time for a run to compare them need
// another window, and nothing else helps.
func (x *explainer) turns() []report.Turn {
	if x.Candidacy.Outcome == detect.TooFar {
		if !x.Verdict.Linked() {
			return []report.Turn{}
		}
		// A window is searched in steps of its eighth (candidate.Window): seven are certain.
		const searched, half = 7.0 / 8, 0.005 // the distance is rounded to hundredths
		return []report.Turn{{Setting: "window", Now: decimal(x.window.Hours()/24) + "d",
			Needed: decimal(math.Ceil((x.Verdict.Evidence.Days+half)/searched)) + "d", Kind: x.Verdict.Kind.String()}}
	}
	of := &x.overrides
	a, b := of.Of(x.a.Outlet, x.a.Language), of.Of(x.b.Outlet, x.b.Language)
	return whyNot(x.Verdict, x.all, func(t similarity.Thresholds) similarity.Thresholds {
		return a.Apply(t).Strictest(b.Apply(t))
	})
}

// unread says that no run compares the two, whatever the thresholds are.
func (x *explainer) unread() bool {
	switch x.Candidacy.Outcome {
	case detect.Retired, detect.TooFar, detect.TooLittle, detect.Crowded, detect.Outranked:
		return true
	}
	return false
}

// whyNot turns each threshold alone, as little as possible, until the verdict
// is another: from linked to not, or back. The smallest change, as a share of
// what the threshold may be, comes first. None turns what rests on a veto. own
// makes of thresholds those of the pair, which may have some of its own.
func whyNot(v similarity.Verdict, t similarity.Thresholds, own func(similarity.Thresholds) similarity.Thresholds) []report.Turn {
	type found struct {
		report.Turn
		far float64
	}
	var list []found
	for _, k := range knobs {
		now := k.get(t)
		if x, kind, ok := k.turn(v, t, own); ok {
			list = append(list, found{
				report.Turn{Setting: k.key, Now: decimal(now), Needed: decimal(x), Kind: kind.String()},
				math.Abs(x-now) / k.top,
			})
		}
	}
	slices.SortStableFunc(list, func(a, b found) int { return cmp.Compare(a.far, b.far) })
	turns := make([]report.Turn, 0, len(list))
	for _, f := range list {
		turns = append(turns, f.Turn)
	}
	return turns
}

// turn returns the value nearest to the present one under which the verdict is
// another, and what it would be.
func (k knob) turn(v similarity.Verdict, t similarity.Thresholds, own func(similarity.Thresholds) similarity.Thresholds) (float64, similarity.Kind, bool) {
	at := math.Round(k.get(t) / k.step)
	last := math.Round(k.top / k.step)
	for d := 1.0; d <= last; d++ {
		for _, n := range []float64{at - d, at + d} {
			if n < 1 || n > last {
				continue
			}
			x := n * k.top / last
			k.set(&t, x)
			if got := similarity.Decide(v.Evidence, own(t)); got.Linked() != v.Linked() {
				return x, got.Kind, true
			}
		}
	}
	return 0, 0, false
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'g', 4, 64) }
