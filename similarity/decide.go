package similarity

// Thresholds turn evidence into a verdict.
type Thresholds struct {
	Near     float64 // resemblance from which two texts are Near
	Excerpt  float64 // containment of the shorter text from which it is an Excerpt
	Rewrite  float64 // ordered share of the shorter text's words from which it is a Rewrite
	Headline float64 // headline similarity that counts as the same headline
	Told     float64 // share of a headline that a body must tell to be about it
	MinWords int     // fewer words left are too short to judge
	FullLen  int     // words from which thresholds stand as given; below they rise
}

// DefaultThresholds returns the values measured best over all data sets; see
// ARCHITECTURE.md for the curves.
func DefaultThresholds() Thresholds {
	return Thresholds{Near: 0.5, Excerpt: 0.5, Rewrite: 0.48, Headline: 0.85, Told: 0.4, MinWords: 12, FullLen: 80}
}

// graded raises a threshold for a short text: by nothing from FullLen words on,
// up to 1 for a text of no words. One common sentence is half of a brief and a
// thirtieth of a report.
func (t Thresholds) graded(threshold float64, words int) float64 {
	if words >= t.FullLen || t.FullLen <= 0 {
		return threshold
	}
	return 1 - (1-threshold)*float64(words)/float64(t.FullLen)
}

// Decide turns evidence into a verdict. It is a pure function of its two
// arguments, so stored evidence can be judged again under other thresholds.
func Decide(e Evidence, t Thresholds) Verdict {
	v := Verdict{Evidence: e}
	v.Kind, v.Veto = decide(&e, t)
	if e.SameOutlet && v.Kind != Distinct {
		// Two texts of one outlet are a later version or unrelated, never
		// syndication; its pages share more than their story.
		if v.Kind == Identical || e.Resemblance >= t.Near || e.HeadlinesKnown && (e.Headline >= t.Headline || e.Told() >= 2*t.Told) {
			v.Kind = Revision
		} else {
			v.Kind, v.Veto = Distinct, Outlet
		}
	}
	return v
}

func decide(e *Evidence, t Thresholds) (Kind, Veto) {
	sameHeadline := e.HeadlinesKnown && e.Headline >= t.Headline
	words := e.Words()
	if words < t.MinWords {
		if e.SameText && sameHeadline {
			return Identical, NoVeto
		}
		return Distinct, TooShort
	}
	// A link in which neither body tells the other's headline needs more proof.
	told := !e.HeadlinesKnown || sameHeadline || e.Told() >= t.Told
	proof := func(threshold float64) float64 {
		if told {
			return threshold
		}
		return (1 + threshold) / 2
	}
	containment, need := e.Containment(), t.graded(t.Excerpt, words)
	var k Kind
	switch {
	case e.SameText:
		k = Identical
	case e.Resemblance >= max(t.Near, need):
		k = Near
	case containment >= need:
		k = Excerpt
	case e.Order >= t.graded(t.Rewrite, words):
		k = Rewrite
	default:
		return Distinct, NoVeto
	}
	if !told && max(e.Order, containment) < proof(t.Excerpt) {
		return Distinct, Headline
	}
	if containment < 0.95 && e.template() {
		return Distinct, Template
	}
	return k, NoVeto
}

// template reports whether two texts are one form filled in twice: of the
// numbers or of the names of the shorter text the other lacks most. A cut or
// lightly edited copy keeps nearly all, a rewrite most.
func (e *Evidence) template() bool {
	const enough = 4 // fewer say nothing
	return e.Numbers >= enough && e.NumberShare < 0.5 || e.Names >= enough && e.NameShare < 0.4
}
