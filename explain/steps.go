package explain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"dedupe/engine"
	"dedupe/report"
	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/tune"
)

// sentence is the outcome in one sentence.
func (p *pair) sentence() string {
	said := p.Thresholds.Rule(p.Verdict.Evidence).Sentence(p.Verdict.Evidence)
	if p.Verdict.Linked() {
		said += p.apart()
	}
	return said
}

// apart says of copies that they are too far apart in time to be compared.
func (p *pair) apart() string {
	if p.Candidacy.Outcome != engine.TooFar {
		return ""
	}
	return " But they are further apart than the window is searched, so no run compares them."
}

// steps tells the way from two articles to a verdict.
func (p *pair) steps() []report.Step {
	e, t := &p.Verdict.Evidence, p.Thresholds
	n := t.Needs(*e)
	steps := []report.Step{p.candidate()}
	add := func(name, outcome, why string, args ...any) {
		steps = append(steps, report.Step{Name: name, Outcome: outcome, Why: fmt.Sprintf(why, args...)})
	}

	left := fmt.Sprintf("%d of %d words of A and %d of %d of B", e.TotalA-e.WordsA, e.TotalA, e.TotalB-e.WordsB, e.TotalB)
	if e.TotalA == e.WordsA && e.TotalB == e.WordsB {
		add("boilerplate", "none", "no word of either is known to be the page's")
	} else {
		add("boilerplate", "left out", "%s belong to the page and not to the story", left)
	}

	switch {
	case !n.Judged:
		add("length", "too short", "%d words are left of the shorter text, fewer than %d: only an identical text under the same headline is linked", e.Words(), t.MinWords)
	case n.Graded:
		add("length", "short", "%d words are left of the shorter text, fewer than %d: more of it must be alike", e.Words(), similarity.FullWords)
	default:
		add("length", "enough", "%d words are left of the shorter text: thresholds stand as configured, that of a rewrite by length", e.Words())
	}

	if own, ok := p.own(); ok {
		steps = append(steps, own)
	}

	switch {
	case !e.HeadlinesKnown && e.Mentioned() > 0:
		add("headlines", "one text", "only one of the two has a headline that tells anything: %s of it is mentioned in the other's text", percent(e.Mentioned()))
	case !e.HeadlinesKnown:
		add("headlines", "not asked", "the texts share too little, or one of them has no headline that tells anything")
	case n.Titled:
		add("headlines", "one", "%s alike, and they say too much for that to be chance: half as much of the texts must be alike", percent(e.Headline))
	case n.HeadlinesAgree:
		add("headlines", "mentioned", "%s alike, and %s of the one is mentioned in the other's text", percent(e.Headline), percent(e.Mentioned()))
	default:
		add("headlines", "unmentioned", "%s alike, and %s of the one is mentioned in the other's text: more of the texts must be alike", percent(e.Headline), percent(e.Mentioned()))
	}

	p.texts(add, n)
	p.veto(add, n)
	if e.SameOutlet {
		outcome := "apart"
		if n.Versions {
			outcome = "versions"
		}
		add("outlet", outcome, "one outlet published both: they are versions of one article or unrelated, never syndicated")
	} else {
		add("outlet", "two", "two outlets published them")
	}
	return steps
}

// texts says what the texts alone would make of the pair.
func (p *pair) texts(add func(name, outcome, why string, args ...any), n similarity.Needs) {
	e := &p.Verdict.Evidence
	c := e.Containment()
	switch {
	case e.TotalA+e.TotalB == 0:
		add("texts", "none", "neither has a text: only one headline that says much links them")
	case e.SameText:
		add("texts", "identical", "all words are the same")
	case !n.One:
		add("texts", "quote", "%s of the shorter is in the other and the rest does not: one may quote the other", percent(c))
	case c >= n.Excerpt && e.Resemblance >= n.Near:
		add("texts", "near", "containment %.2f of %.2f needed, and resemblance %.2f of %.2f", c, n.Excerpt, e.Resemblance, n.Near)
	case c >= n.Excerpt:
		add("texts", "excerpt", "containment %.2f of %.2f needed; resemblance %.2f is below %.2f for near", c, n.Excerpt, e.Resemblance, n.Near)
	case e.Order >= n.Rewrite:
		add("texts", "rewrite", "containment %.2f is below %.2f, but %.2f of the words stand in the same order, of %.2f needed", c, n.Excerpt, e.Order, n.Rewrite)
	case e.Order < 0:
		add("texts", "apart", "containment %.2f is below %.2f, and too little is shared for the order of words to tell anything", c, n.Excerpt)
	default:
		add("texts", "apart", "containment %.2f is below %.2f, and words in the same order %.2f below %.2f", c, n.Excerpt, e.Order, n.Rewrite)
	}
}

func (p *pair) veto(add func(name, outcome, why string, args ...any), n similarity.Needs) {
	e := &p.Verdict.Evidence
	switch {
	case n.Template:
		add("veto", "template", "the other has %d %% of %d names and %d %% of %d numbers of the shorter, and between the passages that both have %d stand for others and %d are the same: one template filled in twice",
			int(100*e.NameShare()+0.5), e.Names, int(100*e.NumberShare()+0.5), e.Numbers, e.NumbersReplaced+e.NamesReplaced, e.NumbersKept+e.NamesKept)
	case n.NameOnly:
		add("veto", "template", "a name that B never has stands in A %d times, and one that A never has in B %d times: two stories of one pattern", e.NameOnlyA, e.NameOnlyB)
	case n.Unmeant:
		add("veto", "headlines", "neither headline is mentioned in what they share, and what they do not share is about other things")
	case n.Beside:
		add("veto", "headlines", "%s of what one of them mentions of its own headline is not in what they share: that is beside its story", percent(max(e.NotLocalA, e.NotLocalB)))
	case !e.Linkable():
		add("veto", "not asked", "the texts share too little for any thresholds to link them")
	case e.Names+e.Numbers == 0:
		add("veto", "none", "no names and numbers were compared")
	default:
		add("veto", "none", "%d names and %d numbers of the shorter were looked for in the other: %s and %s are there",
			e.Names, e.Numbers, percent(e.NameShare()), percent(e.NumberShare()))
	}
}

// candidate says whether a run would compare the two.
func (p *pair) candidate() report.Step {
	c := p.Candidacy
	s := report.Step{Name: "candidate", Outcome: "no"}
	shared := fmt.Sprintf("they share %d sampled anchors outside boilerplate", c.Shared)
	switch c.Outcome {
	case engine.Retired:
		s.Why = "one of them is an older version, and only the newest is compared"
	case engine.TooFar:
		s.Why = fmt.Sprintf("they are %.1f days apart, and the window is %g days", p.Verdict.Evidence.Days, p.of.Window.Hours()/24)
		if p.Verdict.Evidence.Days <= p.of.Window.Hours()/24 {
			s.Why += ", searched in steps of its eighth"
		}
	case engine.TooLittle:
		s.Why = fmt.Sprintf("%s, of %d needed, and %d that few articles have, of %d needed then", shared, c.Needed, c.Rare, c.Enough)
	case engine.Crowded:
		s.Why = shared + ", which so many articles have that B was compared with earlier ones of them"
	case engine.Outranked:
		s.Why = fmt.Sprintf("%s, and %d earlier articles are more like B by these", shared, c.Ahead)
	case engine.Unmentioned:
		s.Why = fmt.Sprintf("%s, of %d needed, and neither text mentions what the other's headline says: they are neither copies nor a rewrite", shared, c.Needed)
	case engine.Settled:
		s.Outcome = "no need"
		s.Why = fmt.Sprintf("%s; %d earlier articles are more like B by these, and it is a copy of %d of them already", shared, c.Ahead, c.Linked)
	default:
		s.Outcome = "yes"
		switch {
		case !c.Met():
			s.Why = fmt.Sprintf("%s: less than the %d needed, but few articles share more with B", shared, c.Needed)
		case c.Shared < c.Needed:
			s.Why = fmt.Sprintf("%s, %d of which few articles have: %d of those are enough", shared, c.Rare, c.Enough)
		default:
			s.Why = fmt.Sprintf("%s, of %d needed", shared, c.Needed)
		}
	}
	return s
}

// stored says what runs have kept of the pair.
func (p *pair) stored(ctx context.Context) (report.Step, error) {
	s := report.Step{Name: "stored"}
	if p.a.fresh != nil || p.b.fresh != nil {
		s.Outcome, s.Why = "nothing", "no run can have compared what is not stored"
		return s, nil
	}
	kept, err := p.view.Pair(ctx, p.a.Seq, p.b.Seq)
	switch {
	case errors.Is(err, storage.ErrNotFound):
		s.Outcome, s.Why = "nothing", "no run has compared them, or it was not worth remembering"
		return s, nil
	case err != nil:
		return s, err
	case kept.Kind == p.Verdict.Kind:
		s.Outcome, s.Why = kept.Kind.String(), "a run came to the same verdict"
	default:
		s.Outcome, s.Why = kept.Kind.String(), "a run came to this verdict under other settings or with other boilerplate known; `dedupe recluster` judges anew"
	}
	return s, nil
}

// person says what a person decided on the pair.
func (p *pair) person() report.Step {
	want := storage.NewDecision(p.a.Key, p.b.Key, false, time.Time{}, "")
	decisions := p.engine.Decisions()
	i := slices.IndexFunc(decisions, func(d storage.Decision) bool { return d.A == want.A && d.B == want.B })
	switch {
	case i < 0:
		return report.Step{Name: "person", Outcome: "none", Why: "nobody has decided on them"}
	case decisions[i].Same:
		return report.Step{Name: "person", Outcome: "same", Why: "a person decided that they belong together, which outranks the verdict"}
	}
	return report.Step{Name: "person", Outcome: "different", Why: "a person decided that they do not belong together, which outranks the verdict"}
}

// cluster says what the clusters made of the pair.
func (p *pair) cluster() report.Step {
	s := report.Step{Name: "cluster", Outcome: "apart"}
	a, b := p.a.Cluster, p.b.Cluster
	switch {
	case p.a.fresh != nil || p.b.fresh != nil:
		s.Outcome, s.Why = "not yet", fmt.Sprintf("A is %s; B is %s", p.a.where(), p.b.where())
	case a != 0 && a == b && p.Verdict.Linked():
		s.Outcome, s.Why = "together", "both are in cluster "+storage.ClusterLabel(a)
	case a != 0 && a == b:
		s.Outcome, s.Why = "together", fmt.Sprintf("both are in cluster %s, held by their links to other members", storage.ClusterLabel(a))
	case p.Verdict.Linked() && a != 0 && b != 0:
		s.Why = fmt.Sprintf("clusters %s and %s: this one link is not enough to hold them together", storage.ClusterLabel(a), storage.ClusterLabel(b))
	case a == 0 && b == 0:
		s.Why = "both stand alone"
	default:
		s.Why = fmt.Sprintf("A is %s, B is %s", p.a.where(), p.b.where())
	}
	return s
}

// where says in which cluster an article is, or would be.
func (a *Article) where() string {
	switch {
	case a.fresh != nil:
		return a.fate
	case a.Cluster == 0:
		return "alone"
	}
	return "in cluster " + storage.ClusterLabel(a.Cluster)
}

// own says which thresholds of a pair are neither defaults nor set for all: those of
// a preset, and those that an outlet or a language has of its own. ok is false
// where there are none.
func (p *pair) own() (s report.Step, ok bool) {
	var says []string
	s = report.Step{Name: "settings", Outcome: "preset"}
	for _, th := range tune.Thresholds() {
		all, is := th.Get(p.of.Thresholds), th.Get(p.Thresholds)
		switch {
		case is != all:
			s.Outcome = "own"
			says = append(says, fmt.Sprintf("%s %s %s, %s for all others", name(th), tune.Decimal(is), p.whose(th, is), tune.Decimal(all)))
		case p.opt.Preset(th.Key) != "":
			says = append(says, fmt.Sprintf("%s %s is of %s", name(th), tune.Decimal(is), p.opt.Preset(th.Key)))
		}
	}
	s.Why = strings.Join(says, "; ")
	return s, len(says) > 0
}

func name(th tune.Threshold) string { return strings.TrimPrefix(th.Key, "thresholds.") }

// whose says which of the two articles has a threshold of its own, and by what.
func (p *pair) whose(th tune.Threshold, value float64) string {
	for _, side := range []struct {
		letter string
		of     *Article
	}{{"A", &p.a}, {"B", &p.b}} {
		outlet, language := side.of.OutletKey, side.of.Language
		set := func(o similarity.Override) bool { return th.Get(o.Apply(similarity.Thresholds{})) == value }
		switch {
		case set(p.of.Overrides.Outlets[outlet]):
			return fmt.Sprintf("is that of %s's outlet %s", side.letter, report.Quoted(side.of.Outlet))
		case set(p.of.Overrides.Of("", language)):
			return fmt.Sprintf("is that of %s's language %s", side.letter, report.Quoted(language))
		}
	}
	return "is of an override"
}

func percent(x float64) string { return fmt.Sprintf("%.0f %%", 100*x) }
