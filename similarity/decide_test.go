package similarity

import (
	"math/rand/v2"
	"testing"
)

// given are thresholds for tables, whatever the defaults are.
var given = Thresholds{Near: 0.5, Excerpt: 0.5, Rewrite: 0.5, Headline: 0.85, Mentioned: 0.4, MinWords: 12}

func TestDecide(t *testing.T) {
	// Two reports of 400 words whose headlines speak for one story.
	report := func(change func(*Evidence)) Evidence {
		e := Evidence{WordsA: 400, WordsB: 400, TotalA: 400, TotalB: 400, Passage: 60, Order: -1,
			Titled: true, HeadlinesKnown: true, Headline: 0.5, MentionedA: 0.9, MentionedB: 0.9, Names: 8, NamesShared: 8, Numbers: 6, NumbersShared: 6}
		change(&e)
		return e
	}
	alike := func(e *Evidence, share float64) {
		e.ContainmentA, e.ContainmentB, e.Resemblance = share, share, share/(2-share)
	}
	for _, tt := range []struct {
		name string
		e    Evidence
		kind Kind
		veto Veto
	}{
		{"the same words", report(func(e *Evidence) { e.SameText = true; alike(e, 1) }), Identical, NoVeto},
		{"nearly the same", report(func(e *Evidence) { alike(e, 0.9) }), Near, NoVeto},
		{"cut", report(func(e *Evidence) { e.WordsB, e.ContainmentB, e.ContainmentA, e.Resemblance = 120, 1, 0.3, 0.3 }), Excerpt, NoVeto},
		{"wrapped in local text", report(func(e *Evidence) { e.WordsB, e.ContainmentA, e.ContainmentB, e.Resemblance = 1200, 0.9, 0.3, 0.29 }), Excerpt, NoVeto},
		{"retold in the same order", report(func(e *Evidence) { alike(e, 0.1); e.Order = 0.55 }), Rewrite, NoVeto},
		{"so much in the same order is no chance in a text of 400 words that keeps a third", report(func(e *Evidence) { alike(e, 0.34); e.Order = 0.45 }), Rewrite, NoVeto},
		{"in one that keeps less it may be stock phrases", report(func(e *Evidence) { alike(e, 0.3); e.Order = 0.37 }), Distinct, NoVeto},
		{"more of it is in order", report(func(e *Evidence) { alike(e, 0.3); e.Order = 0.39 }), Rewrite, NoVeto},
		{"and other names and numbers stand between what both have", report(func(e *Evidence) {
			alike(e, 0.3)
			e.Order, e.NamesReplaced, e.NumbersKept = 0.39, 2, 1
		}), Distinct, Template},
		{"of texts without headlines the order is all that is known", report(func(e *Evidence) { alike(e, 0.1); e.Order, e.Titled, e.HeadlinesKnown = 0.3, false, false }), Rewrite, NoVeto},
		{"a short text that keeps little", report(func(e *Evidence) { e.WordsA = 100; alike(e, 0.3); e.Order = 0.9 }), Distinct, NoVeto},
		{"a short text that is retold", report(func(e *Evidence) { e.WordsA = 100; alike(e, 0.4); e.Order = 0.6 }), Rewrite, NoVeto},
		{"the best stretch of a long page has as much of it by chance", report(func(e *Evidence) {
			e.WordsA = 100
			alike(e, 0.4)
			e.TotalB, e.Order = 5*e.TotalA, 0.6
		}), Distinct, NoVeto},
		{"a template: other names and numbers in the same places", report(func(e *Evidence) {
			e.WordsA = 90
			alike(e, 0.8)
			e.NumbersReplaced, e.NamesReplaced, e.NumbersKept = 3, 4, 3
		}), Distinct, Template},
		{"an update: a number of many", report(func(e *Evidence) { e.WordsA = 90; alike(e, 0.8); e.NumbersReplaced, e.NumbersKept = 2, 2 }), Near, NoVeto},
		{"under one headline that says little it is the next bulletin", report(func(e *Evidence) {
			e.WordsA, e.Headline = 90, 1
			alike(e, 0.85)
			e.NumbersReplaced, e.NumbersKept = 2, 3
		}), Distinct, Template},
		{"one number is a correction", report(func(e *Evidence) {
			e.WordsA, e.Headline = 90, 1
			alike(e, 0.85)
			e.NumbersReplaced, e.NumbersKept = 1, 1
		}), Near, NoVeto},
		{"and so are two of many", report(func(e *Evidence) {
			e.WordsA, e.Headline = 90, 1
			alike(e, 0.85)
			e.NumbersReplaced, e.NumbersKept = 2, 4
		}), Near, NoVeto},
		{"under one that says much it is an update", report(func(e *Evidence) {
			e.WordsA, e.Headline, e.HeadlinesTell = 90, 1, true
			alike(e, 0.85)
			e.NumbersReplaced, e.NumbersKept = 2, 3
		}), Near, NoVeto},
		{"two of a long text are few", report(func(e *Evidence) {
			e.Headline = 1
			alike(e, 0.85)
			e.NumbersReplaced, e.NumbersKept = 5, 3
		}), Near, NoVeto},
		{"a long report with a few other numbers", report(func(e *Evidence) { alike(e, 0.8); e.NumbersReplaced, e.NamesReplaced = 3, 2 }), Near, NoVeto},
		{"a short text of whose numbers the other has less than half", report(func(e *Evidence) { e.WordsA = 90; alike(e, 0.55); e.Order, e.Numbers, e.NumbersShared = 0.7, 3, 1 }), Distinct, Template},
		{"it is in one of 90", report(func(e *Evidence) { e.WordsA = 90; alike(e, 0.1); e.Order = 0.45 }), Distinct, NoVeto},
		{"independent reports", report(func(e *Evidence) { alike(e, 0.06); e.Order = 0.26 }), Distinct, NoVeto},
		{"nothing in common", report(func(*Evidence) {}), Distinct, NoVeto},

		{"one quotes a passage of the other", report(func(e *Evidence) {
			e.ContainmentA, e.ContainmentB, e.Resemblance, e.Order, e.MentionedA, e.MentionedB = 0.55, 0.2, 0.17, 0.56, 0.3, 0.3
		}), Distinct, NoVeto},
		{"two thirds of it stand there and the rest is its own", report(func(e *Evidence) {
			e.ContainmentA, e.ContainmentB, e.Resemblance, e.Order, e.MentionedA, e.MentionedB = 0.66, 0.2, 0.19, 0.66, 0.5, 0.5
		}), Excerpt, NoVeto},
		{"a page without a headline mentions that of the other", report(func(e *Evidence) {
			e.ContainmentA, e.ContainmentB, e.Resemblance, e.Order = 0.55, 0.2, 0.17, 0.56
			e.Titled, e.HeadlinesKnown, e.Headline, e.MentionedA, e.MentionedB = false, false, 0, 0.9, 0
		}), Excerpt, NoVeto},
		{"or half of it", report(func(e *Evidence) {
			e.ContainmentA, e.ContainmentB, e.Resemblance, e.Order = 0.55, 0.2, 0.17, 0.56
			e.Titled, e.HeadlinesKnown, e.Headline, e.MentionedA, e.MentionedB = false, false, 0, 0.5, 0
		}), Distinct, NoVeto},
		{"two fifths of it stand there in three passages", report(func(e *Evidence) {
			alike(e, 0.4)
			e.Order, e.Shared, e.Passage, e.MentionedA, e.MentionedB = 0.41, 160, 60, 0.5, 0.5
		}), Rewrite, NoVeto},
		{"two fifths of it stand there, most in one passage", report(func(e *Evidence) {
			alike(e, 0.4)
			e.Order, e.Shared, e.Passage, e.MentionedA, e.MentionedB = 0.41, 160, 90, 0.5, 0.5
		}), Distinct, NoVeto},
		{"of a long page of stock phrases half stands in another one, in another order", report(func(e *Evidence) { alike(e, 0.55); e.Order = 0.27 }), Distinct, NoVeto},
		{"in the same order it is one story", report(func(e *Evidence) { alike(e, 0.55); e.Order = 0.6 }), Excerpt, NoVeto},
		{"so it is where other stories have less", report(func(e *Evidence) {
			alike(e, 0.55)
			e.Order, e.OrderElsewhere, e.ContainmentElsewhere = 0.6, 0.5, 0.4
		}), Excerpt, NoVeto},
		{"where other stories have as much it is none", report(func(e *Evidence) {
			alike(e, 0.55)
			e.Order, e.OrderElsewhere, e.ContainmentElsewhere = 0.6, 0.5, 0.5
		}), Distinct, Common},
		{"nor where they have as much of a rewrite", report(func(e *Evidence) {
			alike(e, 0.35)
			e.Order, e.OrderElsewhere, e.ContainmentElsewhere = 0.5, 0.49, 0.3
		}), Distinct, Common},
		{"a rewrite stands out by the order of its words", report(func(e *Evidence) {
			alike(e, 0.35)
			e.Order, e.OrderElsewhere, e.ContainmentElsewhere = 0.6, 0.49, 0.3
		}), Rewrite, NoVeto},
		{"nearly all of it need not stand out", report(func(e *Evidence) {
			e.ContainmentA, e.ContainmentB, e.Resemblance, e.ContainmentElsewhere = 0.85, 0.3, 0.29, 0.9
		}), Excerpt, NoVeto},
		{"two reports have a speech in common", report(func(e *Evidence) {
			alike(e, 0.34)
			e.Shared, e.Quoted, e.Order = 100, 51, 0.45
		}), Distinct, NoVeto},
		{"half of it is told around the speech", report(func(e *Evidence) {
			alike(e, 0.34)
			e.Shared, e.Quoted, e.Order = 100, 50, 0.45
		}), Rewrite, NoVeto},
		{"one retells the other around a speech", report(func(e *Evidence) {
			alike(e, 0.34)
			e.Shared, e.Quoted, e.Order = 100, 51, 0.5
		}), Rewrite, NoVeto},
		{"pieces of speech all over", report(func(e *Evidence) {
			alike(e, 0.34)
			e.Shared, e.Quoted, e.Order = 121, 121, 0.45
		}), Rewrite, NoVeto},
		{"half of it stands there and the rest is retold", report(func(e *Evidence) { alike(e, 0.55); e.Order = 0.8 }), Excerpt, NoVeto},

		{"a cut copy beside teasers, under one headline", report(func(e *Evidence) {
			e.ContainmentA, e.ContainmentB, e.Order, e.HeadlinesTell, e.Headline, e.MentionedA, e.MentionedB = 0.3, 0.1, 0.32, true, 0.9, 0.3, 0.3
		}), Excerpt, NoVeto},
		{"no more than single sentences, under one headline", report(func(e *Evidence) {
			e.Passage, e.ContainmentA, e.ContainmentB, e.Order, e.HeadlinesTell, e.Headline, e.MentionedA, e.MentionedB = gap, 0.3, 0.1, 0.32, true, 0.9, 0.3, 0.3
		}), Distinct, NoVeto},
		{"the same under a headline that many have", report(func(e *Evidence) {
			e.ContainmentA, e.ContainmentB, e.Order, e.Headline, e.MentionedA, e.MentionedB = 0.3, 0.1, 0.32, 0.9, 0.3, 0.3
		}), Distinct, NoVeto},
		{"the same under another headline", report(func(e *Evidence) {
			e.ContainmentA, e.ContainmentB, e.Order, e.HeadlinesTell, e.Headline, e.MentionedA, e.MentionedB = 0.3, 0.1, 0.32, true, 0.8, 0.3, 0.3
		}), Distinct, NoVeto},
		{"less than a quarter under one headline", report(func(e *Evidence) {
			e.ContainmentA, e.ContainmentB, e.Order, e.HeadlinesTell, e.Headline, e.MentionedA, e.MentionedB = 0.24, 0.1, 0.25, true, 0.9, 0.6, 0.3
		}), Distinct, NoVeto},
		{"the same, and it is what both are about", report(func(e *Evidence) {
			e.ContainmentA, e.ContainmentB, e.Order, e.HeadlinesTell, e.Headline, e.MentionedA, e.MentionedB = 0.24, 0.1, 0.25, true, 0.9, 0.6, 0.5
		}), Excerpt, NoVeto},
		{"the same, and other stories have as much", report(func(e *Evidence) {
			e.ContainmentA, e.ContainmentB, e.Order, e.HeadlinesTell, e.Headline, e.MentionedA, e.MentionedB = 0.24, 0.1, 0.25, true, 0.9, 0.6, 0.5
			e.OrderElsewhere, e.ContainmentElsewhere = 0.25, 0.24
		}), Excerpt, NoVeto},
		{"the same, and one of them tells its headline elsewhere", report(func(e *Evidence) {
			e.ContainmentA, e.ContainmentB, e.Order, e.HeadlinesTell, e.Headline, e.MentionedA, e.MentionedB, e.NotLocalB = 0.24, 0.1, 0.25, true, 0.9, 0.6, 0.5, 0.5
		}), Distinct, NoVeto},
		{"less than an eighth under one headline", report(func(e *Evidence) {
			e.ContainmentA, e.ContainmentB, e.Order, e.HeadlinesTell, e.Headline, e.MentionedA, e.MentionedB = 0.12, 0.1, 0.25, true, 0.9, 0.6, 0.5
		}), Distinct, NoVeto},
		{"briefs with one common sentence under one headline", report(func(e *Evidence) {
			e.WordsA, e.WordsB, e.HeadlinesTell, e.Headline, e.Passage = 70, 70, true, 1, gap
			alike(e, 0.4)
		}), Distinct, NoVeto},
		{"a form under one headline", report(func(e *Evidence) {
			e.HeadlinesTell, e.Headline, e.NamesReplaced = true, 0.9, 2
			alike(e, 0.3)
		}), Distinct, Template},
		{"an outlet's two stories under one headline", report(func(e *Evidence) {
			e.HeadlinesTell, e.Headline, e.SameOutlet = true, 0.9, true
			alike(e, 0.3)
		}), Distinct, Outlet},

		{"what they share is beside the story of one", report(func(e *Evidence) { alike(e, 0.6); e.NotLocalA = 0.9 }), Distinct, Headline},
		{"most of it is", report(func(e *Evidence) { alike(e, 0.6); e.NotLocalA, e.NotLocalB = 0.8, 0.8 }), Excerpt, NoVeto},
		{"beside it, under one headline", report(func(e *Evidence) { alike(e, 0.6); e.NotLocalA, e.Headline = 1, 0.9 }), Excerpt, NoVeto},
		{"beside it, and plainly all of the other", report(func(e *Evidence) { alike(e, 0.7); e.NotLocalA = 1 }), Near, NoVeto},
		{"beside it, and nearly all in order", report(func(e *Evidence) { alike(e, 0.45); e.Order, e.NotLocalA = 0.8, 1 }), Rewrite, NoVeto},

		{"a rewrite in several passages is one story under any headlines", report(func(e *Evidence) {
			alike(e, 0.4)
			e.Order, e.MentionedA, e.MentionedB, e.Shared, e.Passage = 0.6, 0, 0, 160, 70
		}), Rewrite, NoVeto},
		{"in a long page stock phrases stand in several places", report(func(e *Evidence) {
			alike(e, 0.4)
			e.TotalB, e.Order, e.MentionedA, e.MentionedB, e.Shared, e.Passage = 5*e.TotalA, 0.6, 0, 0, 160, 70
		}), Distinct, Headline},
		{"headlines that nobody tells", report(func(e *Evidence) { alike(e, 0.7); e.MentionedA, e.MentionedB = 0, 0 }), Distinct, Headline},
		{"headlines that nobody tells, over nearly one text", report(func(e *Evidence) { alike(e, 0.95); e.MentionedA, e.MentionedB = 0, 0 }), Near, NoVeto},
		{"no headlines", report(func(e *Evidence) {
			alike(e, 0.7)
			e.Titled, e.HeadlinesKnown, e.MentionedA, e.MentionedB, e.Headline = false, false, 0, 0, 0
		}), Near, NoVeto},
		{"a page's boilerplate under other headlines", report(func(e *Evidence) {
			e.WordsA, e.WordsB, e.MentionedA, e.MentionedB, e.Unrelated = 100, 100, 0, 0, true
			alike(e, 0.95)
		}), Distinct, Headline},
		{"a long page of which more is a story of its own", report(func(e *Evidence) {
			alike(e, 0.8)
			e.MentionedA, e.MentionedB, e.Unrelated, e.Shared, e.Passage = 0, 0, true, 320, 80
		}), Distinct, Headline},
		{"a story below another one, whose headline it tells", report(func(e *Evidence) {
			alike(e, 0.64)
			e.MentionedA, e.MentionedB, e.Unrelated, e.Shared, e.Passage = 0.8, 0.1, true, 115, 118
		}), Excerpt, NoVeto},
		{"one that was edited all over", report(func(e *Evidence) {
			alike(e, 0.8)
			e.MentionedA, e.MentionedB, e.Unrelated, e.Shared, e.Passage = 0, 0, true, 320, 79
		}), Near, NoVeto},
		{"a long text under other headlines", report(func(e *Evidence) { alike(e, 0.95); e.MentionedA, e.MentionedB, e.Unrelated = 0, 0, true }), Near, NoVeto},

		{"a form: other numbers and some other names", report(func(e *Evidence) { alike(e, 0.7); e.NumbersShared, e.NamesShared = 1, 5 }), Distinct, Template},
		{"other numbers, the same names", report(func(e *Evidence) { alike(e, 0.7); e.NumbersShared = 1 }), Near, NoVeto},
		{"a retelling with other numbers", report(func(e *Evidence) { alike(e, 0.34); e.Order, e.NumbersShared, e.NamesShared = 0.45, 1, 5 }), Rewrite, NoVeto},
		{"each has somebody of its own", report(func(e *Evidence) { alike(e, 0.3); e.Order, e.NameOnlyA, e.NameOnlyB = 0.6, 2, 2 }), Distinct, Template},
		{"each has somebody of its own, the one twice", report(func(e *Evidence) { alike(e, 0.3); e.Order, e.NameOnlyA, e.NameOnlyB = 0.6, 2, 1 }), Distinct, Template},
		{"each has somebody of its own once", report(func(e *Evidence) { alike(e, 0.3); e.Order, e.NameOnlyA, e.NameOnlyB = 0.6, 1, 1 }), Rewrite, NoVeto},
		{"one has somebody of its own", report(func(e *Evidence) { alike(e, 0.3); e.Order, e.NameOnlyA, e.NameOnlyB = 0.6, 9, 0 }), Rewrite, NoVeto},
		{"each has somebody of its own, in half of one text", report(func(e *Evidence) { alike(e, 0.6); e.Order, e.NameOnlyA, e.NameOnlyB = 0.75, 2, 2 }), Excerpt, NoVeto},
		{"each has somebody of its own, beside nearly all of one text", report(func(e *Evidence) { alike(e, 0.45); e.Order, e.NameOnlyA, e.NameOnlyB = 0.8, 2, 2 }), Rewrite, NoVeto},
		{"an update: of two numbers one", report(func(e *Evidence) {
			alike(e, 0.7)
			e.Names, e.NamesShared, e.Numbers, e.NumbersShared = 0, 0, 2, 1
		}), Near, NoVeto},
		{"an update in a script without capitals: as many numbers are kept", report(func(e *Evidence) {
			alike(e, 0.7)
			e.Names, e.NamesShared, e.Numbers, e.NumbersShared, e.NumbersReplaced, e.NumbersKept = 0, 0, 5, 2, 2, 2
		}), Near, NoVeto},
		{"a form in a script without capitals: more numbers stand for others", report(func(e *Evidence) {
			alike(e, 0.7)
			e.Names, e.NamesShared, e.Numbers, e.NumbersShared, e.NumbersReplaced, e.NumbersKept = 0, 0, 5, 2, 3, 2
		}), Distinct, Template},
		{"one number to tell a form", report(func(e *Evidence) {
			alike(e, 0.7)
			e.Names, e.NamesShared, e.Numbers, e.NumbersShared = 0, 0, 1, 0
		}), Near, NoVeto},
		{"too few names to tell a form", report(func(e *Evidence) { alike(e, 0.7); e.Names, e.NamesShared = 3, 0 }), Near, NoVeto},
		{"a copy whole but for a word", report(func(e *Evidence) { alike(e, 0.97); e.NamesShared = 1 }), Near, NoVeto},

		{"too short", report(func(e *Evidence) { e.WordsB = 11; alike(e, 1) }), Distinct, TooShort},
		{"too short, the same text under the same headline", report(func(e *Evidence) {
			e.WordsA, e.WordsB, e.SameText, e.Headline, e.HeadlinesTell = 11, 11, true, 1, true
		}), Identical, NoVeto},
		{"too short, the same text under nearly the same headline", report(func(e *Evidence) {
			e.WordsA, e.WordsB, e.SameText, e.Headline, e.HeadlinesTell = 11, 11, true, 0.9, true
		}), Identical, NoVeto},
		{"too short, and with its headline it says little", report(func(e *Evidence) {
			e.WordsA, e.WordsB, e.SameText, e.Headline = 2, 2, true, 1
		}), Distinct, TooShort},
		{"no text under one headline that says much", report(func(e *Evidence) {
			*e = Evidence{SameText: true, HeadlinesKnown: true, HeadlinesTell: true, Headline: 1}
		}), Identical, NoVeto},
		{"no text under one headline that says much, nearly a day apart", report(func(e *Evidence) {
			*e = Evidence{SameText: true, HeadlinesKnown: true, HeadlinesTell: true, Headline: 1, Days: 0.95}
		}), Distinct, TooShort},
		{"no text under nearly the same headline", report(func(e *Evidence) {
			*e = Evidence{SameText: true, HeadlinesKnown: true, HeadlinesTell: true, Headline: 0.95}
		}), Distinct, TooShort},
		{"no text under a headline that many have", report(func(e *Evidence) {
			*e = Evidence{SameText: true, HeadlinesKnown: true, Headline: 1}
		}), Distinct, TooShort},
		{"neither text nor headline", report(func(e *Evidence) { *e = Evidence{SameText: true} }), Distinct, TooShort},
		{"too short, the same text under another headline", report(func(e *Evidence) { e.WordsA, e.WordsB, e.SameText = 11, 11, true }), Distinct, TooShort},
		{"too short, the same text without headlines", report(func(e *Evidence) {
			e.WordsA, e.WordsB, e.SameText, e.Titled, e.HeadlinesKnown = 11, 11, true, false, false
		}), Distinct, TooShort},
		{"briefs with one common sentence", report(func(e *Evidence) { e.WordsA, e.WordsB = 36, 36; alike(e, 0.55) }), Distinct, NoVeto},
		{"briefs that are copies", report(func(e *Evidence) { e.WordsA, e.WordsB = 36, 36; alike(e, 0.85) }), Near, NoVeto},

		{"an outlet's later version", report(func(e *Evidence) { e.SameOutlet = true; alike(e, 0.8) }), Revision, NoVeto},
		{"an outlet's same text again", report(func(e *Evidence) { e.SameOutlet, e.SameText = true, true; alike(e, 1) }), Revision, NoVeto},
		{"an outlet's later version under a changed headline", report(func(e *Evidence) {
			e.SameOutlet, e.MentionedA, e.MentionedB = true, 0.9, 0.5
			alike(e, 0.6)
		}), Revision, NoVeto},
		{"an outlet's two stories, of which one is among the other's teasers", report(func(e *Evidence) {
			e.SameOutlet, e.MentionedA, e.MentionedB = true, 1, 0.1
			alike(e, 0.7)
		}), Distinct, Outlet},
		{"an outlet's two stories under the same teasers", report(func(e *Evidence) {
			e.SameOutlet, e.NotLocalB = true, 0.6
			alike(e, 0.8)
		}), Distinct, Outlet},
		{"nearly one text of one outlet", report(func(e *Evidence) {
			e.SameOutlet, e.NotLocalB = true, 1
			alike(e, 0.96)
		}), Revision, NoVeto},
		{"an outlet's form, filled in daily", report(func(e *Evidence) {
			e.SameOutlet, e.WordsA, e.WordsB, e.MentionedA, e.MentionedB = true, 100, 100, 0, 0
			alike(e, 0.9)
		}), Distinct, Outlet},
		{"an outlet's two stories of one matter", report(func(e *Evidence) { e.SameOutlet = true; alike(e, 0.1); e.Order = 0.5 }), Distinct, Outlet},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, e := range []Evidence{tt.e, tt.e.Swap()} {
				v := Decide(e, given)
				if v.Kind != tt.kind || v.Veto != tt.veto {
					t.Errorf("%v, veto %q; want %v, veto %q", v.Kind, v.Veto, tt.kind, tt.veto)
				}
				if v.Linked() != (tt.kind != Distinct) {
					t.Errorf("linked: %v", v.Linked())
				}
			}
		})
	}
}

// TestDecideIsSymmetric holds that it does not matter which article is A, nor
// whether evidence has been stored in between.
func TestDecideIsSymmetric(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 5))
	for range 50_000 {
		e := evidence(r)
		want := Decide(e, given)
		if got := Decide(e.Swap(), given); got.Kind != want.Kind || got.Veto != want.Veto {
			t.Fatalf("swapped %v %v, else %v %v: %+v", got.Kind, got.Veto, want.Kind, want.Veto, e)
		}
		stored, err := Unpack(e.Pack(nil))
		if err != nil {
			t.Fatal(err)
		}
		if got := Decide(stored, given); got != want {
			t.Fatalf("stored %+v, else %+v", got, want)
		}
	}
}

// TestStricterRefines holds that a stricter threshold, or several, parts pairs
// and never joins any.
func TestStricterRefines(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 5))
	linked := 0
	for range 100_000 {
		e := evidence(r)
		if r.IntN(3) == 0 { // briefs
			e.WordsA, e.WordsB = min(e.WordsA, r.IntN(100)), min(e.WordsB, r.IntN(100))
		}
		strict := given
		for _, x := range []*float64{&strict.Near, &strict.Excerpt, &strict.Rewrite, &strict.Headline, &strict.Mentioned} {
			if r.IntN(2) == 0 {
				*x += (1 - *x) * r.Float64()
			}
		}
		strict.MinWords += r.IntN(30) * r.IntN(2)
		was, is := Decide(e, given), Decide(e, strict)
		if is.Linked() {
			linked++
		}
		if is.Linked() && !was.Linked() {
			t.Fatalf("%v under %+v, %v before (veto %v): %+v", is.Kind, strict, was.Kind, was.Veto, e)
		}
	}
	if linked < 1000 {
		t.Errorf("only %d links to look at", linked)
	}
}

// TestLinkable holds that no thresholds link a pair that is said to be linkable by none,
// nor make a Rewrite of one that is not Ordered.
func TestLinkable(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	hopeless, loose, unordered := 0, 0, 0
	for range 200_000 {
		e := evidence(r)
		if r.IntN(2) == 0 {
			e.ContainmentA, e.ContainmentB, e.Resemblance = e.ContainmentA/8, e.ContainmentB/8, e.Resemblance/8
		}
		th := Thresholds{Near: r.Float64() / 2, Excerpt: r.Float64() / 2, Rewrite: r.Float64() / 2, Headline: r.Float64(),
			Mentioned: r.Float64()}
		v := Decide(e, th)
		switch {
		case !e.Linkable():
			if hopeless++; v.Linked() {
				t.Fatalf("%v under %+v: %+v", v.Kind, th, e)
			}
		case !e.Ordered():
			if unordered++; v.Kind == Rewrite {
				t.Fatalf("rewrite under %+v: %+v", th, e)
			}
		case v.Kind == Rewrite:
			loose++
		}
	}
	if min(hopeless, unordered, loose) < 500 {
		t.Errorf("only %d hopeless pairs, %d that are no rewrites, %d rewrites to look at", hopeless, unordered, loose)
	}
}

func TestGraded(t *testing.T) {
	for _, tt := range []struct {
		words int
		want  float64
	}{{0, 1}, {20, 0.875}, {40, 0.75}, {79, 0.50625}, {80, 0.5}, {10_000, 0.5}} {
		if got := graded(0.5, tt.words); got != tt.want {
			t.Errorf("%d words: %v, want %v", tt.words, got, tt.want)
		}
	}
}

func TestNames(t *testing.T) {
	for _, k := range append(Kinds(), Distinct) {
		if k.String() == "unknown" {
			t.Errorf("kind %d has no name", k)
		}
	}
	for v := NoVeto; v <= Outlet; v++ {
		if v.String() == "unknown" {
			t.Errorf("veto %d has no name", v)
		}
	}
	if Kind(99).String() != "unknown" || Veto(99).String() != "unknown" {
		t.Error("numbers that nothing has are not unknown")
	}
}
