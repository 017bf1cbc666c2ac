package similarity

// Needs is what Decide asks of one pair: the thresholds as they stand for texts
// of this length whose headlines say this, and how the questions that are not
// of a threshold were answered. It is for explaining a verdict; Decide does not
// use it, and a test holds the two to each other.
type Needs struct {
	Near    float64 // of Resemblance, besides Excerpt
	Excerpt float64 // of Containment
	Rewrite float64 // of Order

	Judged         bool // enough words are left
	Brief          bool // too few are, but both texts are the same under one headline that says much
	HeadlinesAgree bool // the headlines speak for one story, or nothing is known of them
	Titled         bool // both stand under one headline, for which half of Excerpt is enough
	Graded         bool // thresholds are raised because the texts are short
	One            bool // more than a passage that one story quotes from another
	Template       bool // the texts are one template filled in twice: names and numbers differ
	NameOnly       bool // a rewrite by its words, but each text keeps to a name that the other never has
	Unmeant        bool // what they share is the story of neither
	Beside         bool // what they share is not the story of one of them
	Common         bool // as an excerpt or a rewrite: other stories have about as much in common with it
	Versions       bool // as texts of one outlet: versions of one article
}

// Needs returns what is asked of a pair with this evidence.
func (t Thresholds) Needs(e Evidence) Needs {
	words := e.Words()
	agree := t.agree(&e)
	return Needs{
		Near: t.Near, Excerpt: t.excerpt(&e, agree), Rewrite: t.rewrite(&e, agree),
		Judged:         words >= t.MinWords,
		Brief:          words < t.MinWords && t.brief(&e),
		HeadlinesAgree: agree,
		Titled:         t.titled(&e),
		Graded:         words < FullWords,
		Template:       e.Containment() < whole && e.template(),
		One:            t.one(&e),
		NameOnly:       t.kind(&e, agree) == Rewrite && e.substituted(),
		Unmeant:        t.unmeant(&e),
		Beside:         t.beside(&e),
		Common:         t.common(&e),
		Versions:       t.revision(&e),
	}
}
