package similarity

import "math"

// Thresholds turn evidence into a verdict.
type Thresholds struct {
	Near      float64 // resemblance from which two texts are Near
	Excerpt   float64 // containment of the shorter text from which it is an Excerpt
	Rewrite   float64 // ordered share of the words of a text of FullLen words from which it is a Rewrite
	Headline  float64 // headline similarity that counts as the same headline
	Mentioned float64 // share of a headline that a body must tell to be about it
	MinWords  int     // fewer words left are too short to judge
}

// DefaultThresholds returns the values measured best over all data sets; see
// docs/decisions for the curves.
func DefaultThresholds() Thresholds {
	return Thresholds{Near: 0.5, Excerpt: 0.5, Rewrite: 0.5, Headline: 0.85, Mentioned: 0.4, MinWords: 12}
}

// Lengths of the shorter of two texts, in words.
const (
	// FullWords is the length for which thresholds stand as given.
	FullWords = 80                // shorter ones need more; the order of a longer one is less by chance
	short     = 3 * FullWords / 2 // below it one number more or less is much of a text
)

// graded raises a threshold for a short text: by nothing from FullWords on, up to 1 for a
// text of no words. One common sentence is half of a brief and a thirtieth of a report.
func graded(threshold float64, words int) float64 {
	if words >= FullWords {
		return threshold
	}
	return 1 - (1-threshold)*float64(words)/FullWords
}

// ordered is the share of words in the same order from which two texts are a
// Rewrite: the threshold for texts of FullWords, as far beyond chance for others,
// and never less than leastOrder.
func (t Thresholds) ordered(words int) float64 {
	given, here := chance(FullWords), chance(words)
	return max(leastOrder(words), here+(1-here)*(t.Rewrite-given)/(1-given))
}

// chance is the share of words that independent reports of one event have in the same
// order. Of m words in random order the longest chain is 2 sqrt(m) long (Hammersley
// 1972; Baik, Deift and Johansson 1999), which is much of a short text and little of a
// long one; reports share about a quarter of their words, and tell them not quite at
// random.
func chance(words int) float64 { return min(1, 4/math.Sqrt(float64(max(1, words)))) }

// Decide turns evidence into a verdict: that of the first of the rules that holds. It is
// a pure function of its two arguments, so stored evidence can be judged again under
// other thresholds.
func Decide(e Evidence, t Thresholds) Verdict {
	r := t.rule(&e)
	return Verdict{Evidence: e, Kind: r.Kind, Veto: r.Veto}
}

// The shares and counts that are not for users to tune. Each is where distributions part on
// all data sets; docs/decisions/018 has what changes without it.
const (
	third  = 1.0 / 3 // what a heavy rewrite keeps word for word
	quoted = 0.13    // of Rest: below it one story may just quote a passage of the other
	half   = 0.5     // most of a text, of its headline, or of its names and numbers
	plain  = 0.63    // so much of a text is all of it, whatever the rest is; of names, most
	whole  = 0.95    // a text but for a word here and there: what differs is an edit, whatever it is

	oneDay = 0.9 // days in which one headline without a text is one story: the next day's column may come a little early

	few        = 4   // fewer names or numbers say nothing
	fewNotices = few // passages of notices that a page has at most; an edited copy has more
	longPage   = few // times the words of a story: a page that is so long has others too
)

// brief reports whether two texts that are too short to judge are copies all the same:
// they are the same under one headline, and say so much together with it that this is no
// chance. Where there is no text at all, the headline is all there is: it has to be the
// same, and of one day, for columns have one headline every day.
func (t Thresholds) brief(e *Evidence) bool {
	if !e.SameText || !e.HeadlinesKnown || !e.HeadlinesTell {
		return false
	}
	if e.TotalA == 0 {
		return e.Headline == 1 && e.Days < oneDay
	}
	return e.Headline >= t.Headline
}

// unmeant reports whether what two pages share is the story of neither: it tells neither headline,
// and the rests are about different things. Notices are short, or few on a page that has a story
// besides. A long text that two outlets have verbatim, or edited all over, is a copy, whatever they
// call it.
func (t Thresholds) unmeant(e *Evidence) bool {
	return e.Unrelated && (e.Words() < short || e.Containment() < whole && fewNotices*e.Passage >= e.Shared && e.Mentioned() < t.Mentioned)
}

// agree reports whether the headlines speak for one story, or nothing is known
// of them.
func (t Thresholds) agree(e *Evidence) bool {
	return !e.HeadlinesKnown || e.Headline >= t.Headline || e.Mentioned() >= t.Mentioned
}

// speech reports whether what two texts share is for the most part one passage of quoted speech,
// which reports of one event have from one source.
func (e *Evidence) speech() bool { return 2*e.Quoted > e.Shared && !e.scattered() }

// scattered reports whether what two texts share stands in several passages, none of which
// has half of it. A quote is one passage.
func (e *Evidence) scattered() bool { return 2*e.Passage < e.Shared }

// titled reports whether two texts stand under one headline that is no chance, and
// share more than a sentence in one piece: stories that share some may share the one
// that their headlines are made of.
func (t Thresholds) titled(e *Evidence) bool {
	return e.HeadlinesTell && e.Headline >= t.Headline && e.Passage > gap
}

// meant reports whether what two texts share is the story of both: each mentions the
// other's headline, and most of what it mentions of its own in what both have.
func (t Thresholds) meant(e *Evidence) bool {
	return min(e.MentionedA, e.MentionedB) >= t.Mentioned && max(e.NotLocalA, e.NotLocalB) < half
}

// excerpt is the containment from which two texts are one story. Where neither body
// tells the other's headline it takes more proof: half of the way to certainty. Under one
// headline half of it is enough, for the rest may be of the pages: teasers of other
// stories, which are not always learned; and half of that where what is shared is what the
// headline is about.
func (t Thresholds) excerpt(e *Evidence, agree bool) float64 {
	least := graded(t.Excerpt, e.Words())
	switch {
	case e.disordered():
		return 1
	case !agree:
		least = (1 + least) / 2
	case t.titled(e):
		least /= 2
		if t.meant(e) {
			least /= 2
		}
	}
	return max(leastShared, least)
}

// rewrite is the same of Order, where one headline counts for nothing: independent
// reports of one event may have one. None need speak for what stands in several passages, but
// where the other is so long that stock phrases stand in it anywhere. Where less than a third
// is in the other word for word, the threshold hardly falls for long texts, and no order is
// enough for a short one: stock phrases and reports of one event come to as much. Of texts
// without headlines, such as essays, the order is all that is known. For quoted speech it
// does not fall at all. A short text takes half of the way to certainty beside a long page: of
// its many stretches the best is compared, which has more of any text by chance.
func (t Thresholds) rewrite(e *Evidence, agree bool) float64 {
	least := t.ordered(e.Words())
	if e.Titled && e.Containment() < third {
		if e.Words() < short {
			return 1
		}
		least = max(least, unfallen*t.Rewrite)
	}
	if e.speech() {
		least = max(least, t.Rewrite)
	}
	long := max(e.TotalA, e.TotalB) >= longPage*min(e.TotalA, e.TotalB)
	if !agree && (long || !e.scattered()) || long && e.Titled && e.Words() < short {
		least = (1 + least) / 2
	}
	return least
}

// unfallen is the part of the threshold that a rewrite which keeps little needs at least. Of 3,500
// labelled copies of planted sets one heavy rewrite in a hundred keeps less than a third. With two thirds instead
// a quote is linked, with 0.8 two of a hundred heavy rewrites more are lost among unlearned teasers.
const unfallen = 0.75

// common reports whether other stories have about as much in common with the article: then
// an excerpt or a rewrite is none. Where half of a text is in the other word for word
// this has to stand out, where less is, the order of its words may. What nearly all of a
// text is need not, nor what stands under one headline.
func (t Thresholds) common(e *Evidence) bool {
	c := e.Containment()
	if t.titled(e) || c >= nearlyAll || beyond(c, e.ContainmentElsewhere) >= standsOut {
		return false
	}
	return c >= half || e.Order >= 0 && beyond(e.Order, e.OrderElsewhere) < standsOutInOrder
}

// By how much of what they leave a copy is beyond other stories (decision 018).
const (
	standsOut        = 0.2
	standsOutInOrder = 0.05
)

// one reports whether two texts share more than a passage that one story quotes from
// another: less than plain may be that, unless it stands in several places and none of them
// has half of it, or the rest is alike too, or headlines say that they are one story.
func (t Thresholds) one(e *Evidence) bool {
	return e.Containment() >= plain || e.Rest() >= quoted || e.scattered() || t.mostMentioned(e) || t.titled(e)
}

// mostMentioned reports whether one text mentions most of the other's headline, as a page does that has
// the other's story, or a part of it. It holds for a text that has no headline too.
func (t Thresholds) mostMentioned(e *Evidence) bool { return e.Mentioned() >= (1+t.Mentioned)/2 }

// teased reports whether two pages share a passage of more than a sentence, and one mentions the
// other's headline: it has a teaser of the other's story, or a quote of it.
func (t Thresholds) teased(e *Evidence) bool {
	return e.Passage > gap && t.mostMentioned(e)
}

// disordered reports whether what two texts share stands in another order in each. The stock
// phrases of two long pages do, and are half of them; a story keeps its order.
func (e *Evidence) disordered() bool { return e.Order >= 0 && 2*e.Order < e.Containment() }

// kind is the verdict before vetoes.
func (t Thresholds) kind(e *Evidence, agree bool) Kind {
	one := t.one(e)
	excerpt := one && e.Containment() >= t.excerpt(e, agree)
	switch {
	case e.SameText:
		return Identical
	case excerpt && e.Resemblance >= t.Near:
		return Near
	case excerpt:
		return Excerpt
	case one && e.Order >= t.rewrite(e, agree):
		return Rewrite
	}
	return Distinct
}

// revision reports whether two texts of one outlet are versions of one article.
// Pages of one outlet share more than their story: its forms (weather, results) are
// filled in daily, and teasers of its latest stories stand below all of them. So three
// quarters of the text must be in the other word by word, or half of it where the
// headlines say that it is one story. What is shared must be what they are about, and
// for a short text a headline must speak for it.
func (t Thresholds) revision(e *Evidence) bool {
	alike := e.Headline >= t.Headline
	switch {
	case e.Titled && !alike && e.Words() < 2*FullWords && e.Mentioned() < t.Mentioned:
		return false
	case !alike && max(e.NotLocalA, e.NotLocalB) > half && e.Containment() < whole:
		return false
	}
	return e.Containment() >= t.revised(e)
}

// revised is the containment from which two texts of one outlet are versions.
func (t Thresholds) revised(e *Evidence) float64 {
	if e.Headline < t.Headline && (e.Mentioned() < 2*t.Mentioned || min(e.MentionedA, e.MentionedB) < t.Mentioned) {
		return (1 + t.Excerpt) / 2
	}
	return t.Excerpt
}

// beside reports whether what two texts share is beside the story of one of them: hardly
// any of what it tells of its own headline. A quote is, and so are teasers that both pages
// have. What is plainly all of the other's story is a copy, whatever else the page has, and
// so is what stands under one headline.
func (t Thresholds) beside(e *Evidence) bool {
	return max(e.NotLocalA, e.NotLocalB) > nearlyAll && e.Headline < t.Headline && e.Containment() < plain && e.Order < nearlyAll
}

// template reports whether two texts are one template filled in twice: names and numbers stand
// for others
//
//   - more than twice as many as are kept, and one in thirty words at least; or
//   - under one headline that says little, as bulletins have every day, more than half as many as are kept:
//     the rest may be of a standing paragraph; or
//   - more than are kept, of a text that is short or of which less than a third is in the other
//     word for word.
//
// Or the other text lacks numbers: half of those of a short text. Of any text, of which half
// must be the same, more than half of four or more, and more than a third of four names or
// more; where there are fewer names, more must stand for others than are kept.
//
// A cut or edited copy keeps nearly all, a rewrite most; later reports of one event change
// the numbers and keep the names, an update changes a few of many.
func (e *Evidence) template() bool {
	replaced, same := e.NumbersReplaced+e.NamesReplaced, e.NumbersKept+e.NamesKept
	oneIn := func(every int) bool { return replaced >= max(2, e.Words()/every) }
	c := e.Containment()
	brief := e.Words() < short && c < nearlyAll
	switch {
	case replaced > 2*same && oneIn(filledEvery),
		2*replaced > same && oneIn(2*filledEvery) && e.column(),
		replaced > same && replaced >= 2 && (brief || c < third),
		brief && e.Numbers >= 2 && 2*e.NumbersShared <= e.Numbers:
		return true
	case max(c, e.Order) < half || e.Numbers < few || e.NumberShare() >= half:
		return false
	case e.Names < few: // as in scripts without capitals
		return replaced > same
	}
	return e.NameShare() < plain
}

// column reports whether two texts stand under the very same headline, which says so little
// that others have it too.
func (e *Evidence) column() bool { return e.HeadlinesKnown && e.Headline == 1 && !e.HeadlinesTell }

// substituted reports whether each of two texts has a name of its own that it
// keeps to and the other never has, and one of them twice. Retellings of
// one text name whom it names; two reports of like things do not. Where four fifths
// of all are in the same order it is what is left of boilerplate that has names.
func (e *Evidence) substituted() bool {
	if e.Words() < FullWords && min(e.NameOnlyA, e.NameOnlyB) > 0 {
		return true
	}
	return e.NameOnlyA*e.NameOnlyB >= 2 && e.Order < nearlyAll
}

// filledEvery is how many words of a template have one name or number that is filled in, at
// most. With 20 more bulletins with a standing paragraph are joined (16 % of the cases in
// testdata/templates, not 13 %), with 50 more partial copies of reports are parted.
const filledEvery = 30
