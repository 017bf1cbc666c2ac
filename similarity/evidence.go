package similarity

import "math"

// Kind is the outcome of comparing two articles.
type Kind uint8

// The kinds, from nothing in common to everything. Their numbers are stored.
const (
	Distinct  Kind = iota // unrelated, or independent reports of one event
	Identical             // the same words
	Near                  // high resemblance
	Excerpt               // one is largely contained in the other: cut, or wrapped in local text
	Rewrite               // the same facts and quotes in the same order in other words
	Revision              // a later version by the same outlet
)

var kindNames = [...]string{"distinct", "identical", "near", "excerpt", "rewrite", "revision"}

// String is the name by which a kind is printed, "unknown" for one from a later
// version.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}

// Kinds lists all kinds but Distinct.
func Kinds() []Kind { return []Kind{Identical, Near, Excerpt, Rewrite, Revision} }

// Evidence holds every figure of a comparison. A and B are the two articles in
// the order in which they were given. All shares are of what is left after
// boilerplate was taken out, from 0 to 1; a share of nothing is 0.
//
// What Measure gives is what Pack stores, to the last bit: a verdict from stored evidence
// is the verdict from the texts. What is counted is kept as counts, from which Resemblance
// and the containments follow; weighted shares, Headline and Days are rounded when they
// are measured.
type Evidence struct {
	WordsA, WordsB int // words left after boilerplate
	TotalA, TotalB int // words compared, boilerplate included

	LeftA, LeftB int     // different shingles left of each
	Shared       int     // different shingles that are in both
	Quoted       int     // of these, those that stand in quotation marks in one of the two
	Resemblance  float64 // shared / all different shingles of both (Jaccard; Broder 1997)
	ContainmentA float64 // shared / different shingles of A: how much of A stands in B
	ContainmentB float64
	Passage      int     // words of the longest run that stands in both
	Order        float64 // weighted share of the shorter text's words that are in the other in the same order; -1: not measured, containment decides alone

	Titled         bool    // both have a headline
	HeadlinesKnown bool    // both have a headline with a word that tells something
	HeadlinesTell  bool    // both headlines say so much that being alike is no chance, alone or with a text that is the same
	Headline       float64 // similarity of the headlines by the configured metric; 0 where the pair is not Linkable and HeadlinesKnown is not set
	MentionedA     float64 // weighted share of A's headline that is mentioned in B's body, B may have none; 0 where the pair is not Linkable and HeadlinesKnown is not set
	MentionedB     float64

	NotLocalA float64 // share of the words of its own headline that A mentions in no local passage alone (see markLocal); 0 if A mentions less than half of them
	NotLocalB float64

	Numbers       int // different numbers among the local words of the shorter text: see markLocal
	NumbersShared int // of them, those that the other has
	Names         int // different capitalised local words inside sentences
	NamesShared   int
	// Between the passages that both have (see filled): how many numbers and names stand for
	// others, and how many are the same.
	NumbersReplaced, NumbersKept int
	NamesReplaced, NamesKept     int
	// How often A has the name that it has most often of those that B never has, and
	// neither text in small letters; 0 where the pair is not Ordered. Where most of a
	// text is local, counted there alone.
	NameOnlyA, NameOnlyB int

	// What other stories have of the later article: see Elsewhere. The same for all of its
	// pairs; 0 where no other story was found.
	OrderElsewhere       float64
	ContainmentElsewhere float64

	SameText   bool // all words equal, boilerplate included
	SameOutlet bool
	Unrelated  bool    // what they share is not the story of both, by their headlines, and what they do not share is about other things
	Days       float64 // between their dates: see DaysBetween
}

// DaysBetween is how many days lie between two dates, which are in seconds, in whole
// hundredths: a quarter of an hour.
func DaysBetween(a, b int64) float64 { return math.Round(math.Abs(float64(b-a))/864) / 100 }

// NumberShare is the share of the shorter text's numbers that the other has, from 0 to 1;
// 0 of none.
func (e *Evidence) NumberShare() float64 { return ratio(e.NumbersShared, e.Numbers) }

// NameShare is the same of its names.
func (e *Evidence) NameShare() float64 { return ratio(e.NamesShared, e.Names) }

// ratios derives the shares of shingles from their counts.
func (e *Evidence) ratios() {
	e.Resemblance = ratio(e.Shared, e.LeftA+e.LeftB-e.Shared)
	e.ContainmentA, e.ContainmentB = ratio(e.Shared, e.LeftA), ratio(e.Shared, e.LeftB)
}

// ratio is exact: two counts in the ratio of a threshold's digits, such as 2 and 5, give
// the float of 0.4.
func ratio(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// Containment is the larger of the two containments: that of the shorter text.
func (e *Evidence) Containment() float64 { return max(e.ContainmentA, e.ContainmentB) }

// Rest is how much of what does not are in the other word by word stands
// there in the same order: (Order - Containment) / (1 - Containment). Near 0
// when a story quotes a passage of another, high when one rewrites the other. 1
// when the order was not measured because containment is high.
func (e *Evidence) Rest() float64 {
	c := e.Containment()
	if e.Order < 0 || c >= 1 {
		return 1
	}
	return max(0, (e.Order-c)/(1-c))
}

// Near and Excerpt need this containment, and Rewrite this share of the order that
// chance gives, whatever thresholds are asked.
const (
	leastShared  = 0.1
	leastOrdered = 2.0 / 3
)

// leastOrder is the share of words in the same order below which two texts are no
// Rewrite.
func leastOrder(words int) float64 { return leastOrdered * chance(words) }

// Ordered reports whether some thresholds make the pair a Rewrite.
func (e *Evidence) Ordered() bool { return e.Order >= leastOrder(e.Words()) }

// Linkable reports whether some thresholds link the pair. Of others the vetoes are not
// measured: names, numbers and what is not local stay 0, and headlines are not known.
func (e *Evidence) Linkable() bool {
	return e.SameText || e.Containment() >= leastShared || e.Ordered()
}

// Mentioned is the larger of the two shares of a headline mentioned in the other's body.
func (e *Evidence) Mentioned() float64 { return max(e.MentionedA, e.MentionedB) }

// Words is the length of the shorter text in words, boilerplate left out.
func (e *Evidence) Words() int { return min(e.WordsA, e.WordsB) }

// Veto names what kept two articles apart that their texts alone would have linked.
type Veto uint8

// The vetoes. Their numbers are stored.
const (
	NoVeto   Veto = iota
	TooShort      // too few words left to judge
	Template      // what differs is the numbers or the names, or each has a name of its own
	Headline      // neither body tells the other's headline
	Outlet        // one outlet, and not a later version
	Common        // other stories have as much of it
)

var vetoNames = [...]string{"", "too short to judge", "template", "headlines not mentioned", "same outlet", "other stories have it too"}

// String is how a veto is printed; that of NoVeto is empty.
func (v Veto) String() string {
	if int(v) < len(vetoNames) {
		return vetoNames[v]
	}
	return "unknown"
}

// Verdict is the outcome of a comparison with what it rests on.
type Verdict struct {
	Kind     Kind
	Veto     Veto
	Evidence Evidence
}

// Linked reports whether the two articles are copies of one story.
func (v Verdict) Linked() bool { return v.Kind != Distinct }

// Swap returns the evidence with A and B exchanged.
func (e Evidence) Swap() Evidence {
	e.WordsA, e.WordsB = e.WordsB, e.WordsA
	e.TotalA, e.TotalB = e.TotalB, e.TotalA
	e.LeftA, e.LeftB = e.LeftB, e.LeftA
	e.ContainmentA, e.ContainmentB = e.ContainmentB, e.ContainmentA
	e.MentionedA, e.MentionedB = e.MentionedB, e.MentionedA
	e.NotLocalA, e.NotLocalB = e.NotLocalB, e.NotLocalA
	e.NameOnlyA, e.NameOnlyB = e.NameOnlyB, e.NameOnlyA
	return e
}

// Strength is how strongly a link ties, from 0 to 1: what of the shorter text
// is in the other.
func (v Verdict) Strength() float64 {
	return max(v.Evidence.Containment(), v.Evidence.Order, v.Evidence.Resemblance)
}

// Whole reports whether the two texts are one story as a whole, and not a part
// of one in the other: what one belongs to, the other does.
func (v Verdict) Whole() bool {
	return v.Kind == Identical || v.Evidence.Resemblance >= half
}
