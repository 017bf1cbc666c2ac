package main

import (
	"cmp"
	"math"
	"slices"
	"strconv"

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

// whyNot turns each threshold alone, as little as possible, until the verdict
// is another: from linked to not, or back. The smallest change, as a share of
// what the threshold may be, comes first. None turns what rests on a veto.
func whyNot(v similarity.Verdict, t similarity.Thresholds) []report.Turn {
	type found struct {
		report.Turn
		far float64
	}
	var list []found
	for _, k := range knobs {
		now := k.get(t)
		if x, kind, ok := k.turn(v, t); ok {
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
func (k knob) turn(v similarity.Verdict, t similarity.Thresholds) (float64, similarity.Kind, bool) {
	at := math.Round(k.get(t) / k.step)
	last := math.Round(k.top / k.step)
	for d := 1.0; d <= last; d++ {
		for _, n := range []float64{at - d, at + d} {
			if n < 1 || n > last {
				continue
			}
			x := n * k.top / last
			k.set(&t, x)
			if got := similarity.Decide(v.Evidence, t); got.Linked() != v.Linked() {
				return x, got.Kind, true
			}
		}
	}
	return 0, 0, false
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'g', 4, 64) }
