package similarity

import (
	"math/rand/v2"
	"testing"
)

// TestNeedsAgreeWithDecide makes a verdict from Needs alone, for random
// evidence near all borders, and wants the one of Decide.
func TestNeedsAgreeWithDecide(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	share := func() float64 { return float64(r.IntN(21)) / 20 }
	th := DefaultThresholds()
	seen, rules := map[Kind]int{}, map[string]int{}
	for range 200_000 {
		e := Evidence{
			WordsA: r.IntN(300), WordsB: r.IntN(300), Resemblance: share(), ContainmentA: share(), ContainmentB: share(),
			Order: share()*1.1 - 0.1, Passage: r.IntN(2 * gap), HeadlinesKnown: r.IntN(4) > 0, HeadlinesTell: r.IntN(2) > 0, Headline: share(), MentionedA: share(), MentionedB: share(), NotLocalA: share(), NotLocalB: share(),
			Numbers: r.IntN(8), Names: r.IntN(8), NameOnlyA: r.IntN(4), NameOnlyB: r.IntN(4),
			Titled: r.IntN(4) > 0, NumbersReplaced: r.IntN(4), NumbersKept: r.IntN(4), NamesReplaced: r.IntN(4), NamesKept: r.IntN(4),
			OrderElsewhere: share(), ContainmentElsewhere: share(), SameText: r.IntN(20) == 0, SameOutlet: r.IntN(4) == 0, Unrelated: r.IntN(4) == 0,
		}
		e.TotalA, e.TotalB = e.WordsA, e.WordsB
		e.NumbersShared, e.NamesShared = r.IntN(e.Numbers+1), r.IntN(e.Names+1)
		want := Decide(e, th)
		if got := byNeeds(e, th.Needs(e), th); got != want.Kind {
			t.Fatalf("by Needs %v; Decide says %v (veto %v)\n%+v", got, want.Kind, want.Veto, e)
		}
		if f := th.Figure(want); want.Linked() != (f.Needs > 0) || f.Value < f.Needs || want.Linked() != (want.Kind.DecidedBy() != "") {
			t.Fatalf("%v is decided by %s %g, which needs %g\n%+v", want.Kind, want.Kind.DecidedBy(), f.Value, f.Needs, e)
		}
		seen[want.Kind]++
		rules[th.Rule(e).Name]++
	}
	for _, r := range Rules() {
		if rules[r.Name] == 0 && r.Name != "no text" { // see TestDecide
			t.Errorf("no evidence meets the rule %q", r.Name)
		}
	}
	for _, k := range append(Kinds(), Distinct) {
		if seen[k] == 0 {
			t.Errorf("no evidence makes %v", k)
		}
	}
}

func byNeeds(e Evidence, n Needs, t Thresholds) Kind {
	k := Distinct
	enough := n.One && e.Containment() >= n.Excerpt
	switch {
	case !n.Judged:
		if n.Brief {
			k = Identical
		}
	case n.Template || n.NameOnly || n.Unmeant || n.Beside:
	case e.SameText:
		k = Identical
	case enough && e.Resemblance >= n.Near:
		k = Near
	case enough:
		k = Excerpt
	case n.One && e.Order >= n.Rewrite:
		k = Rewrite
	}
	if n.Common && (k == Excerpt || k == Rewrite) {
		k = Distinct
	}
	if e.SameOutlet && k != Distinct {
		k = Distinct
		if n.Versions {
			k = Revision
		}
	}
	return k
}
