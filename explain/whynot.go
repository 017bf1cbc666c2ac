package explain

import (
	"cmp"
	"math"
	"slices"

	"dedupe/engine"
	"dedupe/report"
	"dedupe/similarity"
	"dedupe/tune"
)

// turns names the smallest changes of one setting that would turn what comes of
// the pair. Two that are too far apart in time for a run to compare them need
// another window, and nothing else helps.
func (p *pair) turns() []report.Turn {
	if p.Candidacy.Outcome == engine.TooFar {
		if !p.Verdict.Linked() {
			return []report.Turn{}
		}
		// A window is searched in steps of its eighth (candidate.Window): seven are certain.
		const searched, half = 7.0 / 8, 0.005 // the distance is rounded to hundredths
		return []report.Turn{{Setting: "window", Now: tune.Decimal(p.of.Window.Hours()/24) + "d",
			Needed: tune.Decimal(math.Ceil((p.Verdict.Evidence.Days+half)/searched)) + "d", Kind: p.Verdict.Kind.String()}}
	}
	of := &p.of.Overrides
	a, b := of.Of(p.a.OutletKey, p.a.Language), of.Of(p.b.OutletKey, p.b.Language)
	return whyNot(p.Verdict, p.of.Thresholds, func(t similarity.Thresholds) similarity.Thresholds {
		return t.Between(a, b)
	})
}

// unread says that no run compares the two, whatever the thresholds are.
func (p *pair) unread() bool {
	switch p.Candidacy.Outcome {
	case engine.Retired, engine.TooFar, engine.TooLittle, engine.Crowded, engine.Outranked:
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
	for _, th := range tune.Thresholds() {
		now, step := th.Get(t), stepOf(&th)
		if x, kind, ok := turn(&th, step, v, t, own); ok {
			list = append(list, found{
				report.Turn{Setting: th.Key, Now: tune.Decimal(now), Needed: tune.Decimal(x), Kind: kind.String()},
				math.Abs(x-now) / step.top,
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

// step says which values of a threshold are tried: 0 would link everything, and is not proposed.
type step struct{ of, top float64 }

func stepOf(th *tune.Threshold) step {
	if th.Length() {
		return step{1, 1000}
	}
	return step{0.01, 1}
}

// turn returns the value nearest to the present one under which the verdict is
// another, and what it would be.
func turn(th *tune.Threshold, step step, v similarity.Verdict, t similarity.Thresholds, own func(similarity.Thresholds) similarity.Thresholds) (float64, similarity.Kind, bool) {
	at := math.Round(th.Get(t) / step.of)
	last := math.Round(step.top / step.of)
	for d := 1.0; d <= last; d++ {
		for _, n := range []float64{at - d, at + d} {
			if n < 1 || n > last {
				continue
			}
			x := n * step.top / last
			if got := similarity.Decide(v.Evidence, own(th.Set(t, x))); got.Linked() != v.Linked() {
				return x, got.Kind, true
			}
		}
	}
	return 0, 0, false
}
