package similarity

import "slices"

// byChance is what unrelated pages have of a headline, or of words of their rests, in common: 95th
// percentile.
const byChance = 0.35

// OneStory reports whether the headlines say that b, which was measured last, tells the story of the
// loaded article: they are alike, or one is mentioned in the other's body.
func (s *Scale) OneStory(b *Text, e *Evidence) bool {
	return e.HeadlinesKnown && !e.Unrelated && (e.Mentioned() >= byChance || headlines(s.a.Profile, b.Profile) >= byChance)
}

// headlines is the overlap of two headlines. A label that both begin with, such as the name of a column,
// says nothing of their stories.
func headlines(a, b *Profile) float64 {
	x, y := a.Headline, b.Headline
	same := func(x, y Token) bool { return x.Hash() == y.Hash() }
	if n := a.Label; n == b.Label && slices.EqualFunc(x[:n], y[:n], same) {
		x, y = x[n:], y[n:]
	}
	return overlap(x, y)
}

// unrelated judges what two pages that share a passage are about, for learning
// boilerplate: true only when there is positive reason to think that they tell
// different stories.
//
//	headlines   not alike, and neither mentioned in the other's body
//	the rests   what is left when the shared passages are taken out: about
//	            other things where both are long; where they are not, the page is nothing but
//	            the passage, and then it must fail to tell its own headline too
//
// Or one body tells the other's headline, as pages do that list an outlet's latest stories,
// but its own story is beside what they share, and both rests are long stories of other
// things. Nothing here depends on what is boilerplate already.
func (s *Scale) unrelated(b *Text, e *Evidence) bool {
	const (
		rest  = 20  // words that a rest must have to be about something
		story = 60  // and to be a story, where a headline is mentioned
		page  = 120 // words of the longest page that is nothing but boilerplate; scraped ones have 7 to 110
	)
	if !e.HeadlinesKnown || headlines(s.a.Profile, b.Profile) >= byChance {
		return false
	}
	s.flagPassages(b)
	if max(e.MentionedA, e.MentionedB) >= byChance {
		markLocal(nil, s.inA) // what a rewrite tells in other words between them is shared too
		markLocal(nil, s.inB)
		return min(outside(s.inA), outside(s.inB)) >= story &&
			max(notLocal(s.a.Profile, nil, s.inA), notLocal(b.Profile, nil, s.inB)) > nearlyAll &&
			s.words().common(s.inA, b.Words, s.inB) < byChance
	}
	if outside(s.inA) >= rest && outside(s.inB) >= rest {
		return s.words().common(s.inA, b.Words, s.inB) < byChance
	}
	// A longer text under headlines that say nothing ("What we know") is a story.
	return min(len(s.a.Words), len(b.Words)) <= page &&
		min(s.words().mentions(s.a.Headline), mentionedIn(b.Headline, b.Words)) < byChance
}

// outside counts what is not flagged.
func outside(flags []bool) (n int) {
	for _, f := range flags {
		if !f {
			n++
		}
	}
	return n
}

func reflag(f []bool, n int) []bool {
	if cap(f) < n {
		return make([]bool, n)
	}
	f = f[:n]
	clear(f)
	return f
}
