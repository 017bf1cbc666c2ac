package similarity

import "fmt"

// Rule is one of the ordered rules by which Decide judges a pair: the first that
// holds decides. Every pair is decided by one, for the last holds always.
type Rule struct {
	Name string // for programs: it does not change
	Kind Kind
	Veto Veto // what keeps apart a pair that its texts alone would link

	holds    func(p *pair) bool
	sentence func(e *Evidence) string
}

// Sentence says in a sentence what the rule found in the evidence of a pair that it
// decided.
func (r Rule) Sentence(e Evidence) string { return r.sentence(&e) }

// Rules returns all rules in their order.
func Rules() []Rule { return append([]Rule(nil), rules...) }

// Rule returns the rule that decides a pair with this evidence. It is a pure function,
// so stored evidence can be judged again under other thresholds.
func (t Thresholds) Rule(e Evidence) Rule { return *t.rule(&e) }

func (t Thresholds) rule(e *Evidence) *Rule {
	p := pair{Thresholds: t, Evidence: e, agree: t.agree(e)}
	p.texts = t.kind(e, p.agree)
	i := 0
	for !rules[i].holds(&p) {
		i++
	}
	return &rules[i]
}

// pair is what the rules are asked about.
type pair struct {
	Thresholds
	*Evidence
	agree bool // see Thresholds.agree
	texts Kind // what the two come to by their texts and headlines alone
}

// rules first keep apart, then link. What links a pair is what its texts come to, and
// of one outlet whether they are versions.
var rules = []Rule{
	{
		Name: "too short", Kind: Distinct, Veto: TooShort,
		holds: func(p *pair) bool {
			return p.Words() < p.MinWords && !p.brief(p.Evidence)
		},
		sentence: func(e *Evidence) string {
			if e.TotalA+e.TotalB == 0 {
				return "Not linked: neither has a text to compare, and their headlines say too little, are not the same, or are a day apart."
			}
			return fmt.Sprintf("Not linked: only %d words are left of the shorter text, too few to judge.", e.Words())
		},
	},
	{
		Name: "too little shared", Kind: Distinct,
		holds: func(p *pair) bool {
			return p.texts == Distinct && (p.agree || p.kind(p.Evidence, true) == Distinct)
		},
		sentence: func(e *Evidence) string { return "Not copies: " + contained(e) + "." },
	},
	{
		Name: "headline not mentioned", Kind: Distinct, Veto: Headline,
		holds: func(p *pair) bool { return p.texts == Distinct },
		sentence: func(e *Evidence) string {
			return "Not linked: " + contained(e) + ", but neither text tells the other's headline."
		},
	},
	{
		Name: "unrelated", Kind: Distinct, Veto: Headline,
		holds: func(p *pair) bool { return p.judged() && p.unmeant(p.Evidence) },
		sentence: func(e *Evidence) string {
			return "Not linked: " + contained(e) + ", but that tells neither headline, and the rest is about other things."
		},
	},
	{
		Name: "another story", Kind: Distinct, Veto: Headline,
		holds: func(p *pair) bool { return p.judged() && p.beside(p.Evidence) },
		sentence: func(e *Evidence) string {
			return "Not linked: " + contained(e) + ", but one of them tells its story elsewhere."
		},
	},
	{
		Name: "template", Kind: Distinct, Veto: Template,
		holds: func(p *pair) bool { return p.judged() && p.Containment() < whole && p.template() },
		sentence: func(e *Evidence) string {
			return "Not linked: one template filled in twice. " + contained(e) + ", but names and numbers differ."
		},
	},
	{
		Name: "different names", Kind: Distinct, Veto: Template,
		holds: func(p *pair) bool { return p.judged() && p.texts == Rewrite && p.substituted() },
		sentence: func(e *Evidence) string {
			return "Not linked: each keeps to a name that the other never has. " + contained(e) + "."
		},
	},
	{
		Name: "common", Kind: Distinct, Veto: Common,
		holds: func(p *pair) bool {
			return p.judged() && (p.texts == Excerpt || p.texts == Rewrite) && p.common(p.Evidence)
		},
		sentence: func(e *Evidence) string {
			return "Not linked: " + contained(e) + ", and " + percent(max(0, e.Order)) + " of its words in the same order, but other stories have about as much: " +
				percent(e.ContainmentElsewhere) + " and " + percent(e.OrderElsewhere) + "."
		},
	},
	{
		Name: "versions", Kind: Revision,
		holds:    func(p *pair) bool { return p.SameOutlet && p.revision(p.Evidence) },
		sentence: func(e *Evidence) string { return "Two versions of one article by one outlet: " + contained(e) + "." },
	},
	{
		Name: "one outlet", Kind: Distinct, Veto: Outlet,
		holds: func(p *pair) bool { return p.SameOutlet },
		sentence: func(e *Evidence) string {
			return "Not linked: " + contained(e) + ", but one outlet published both, and they are no versions of one article."
		},
	},
	{
		Name: "no text", Kind: Identical,
		holds: func(p *pair) bool { return p.texts == Identical && p.TotalA == 0 },
		sentence: func(*Evidence) string {
			return "Neither has a text, and their headlines are the same and say much."
		},
	},
	{
		Name: "identical", Kind: Identical,
		holds:    func(p *pair) bool { return p.texts == Identical },
		sentence: func(*Evidence) string { return "The two texts are the same, word by word." },
	},
	{
		Name: "near", Kind: Near,
		holds:    func(p *pair) bool { return p.texts == Near },
		sentence: func(e *Evidence) string { return "Copies of one text: " + contained(e) + "." },
	},
	{
		Name: "excerpt", Kind: Excerpt,
		holds: func(p *pair) bool { return p.texts == Excerpt },
		sentence: func(e *Evidence) string {
			return "One text is a part of the other, cut or wrapped in more: " + contained(e) + "."
		},
	},
	{
		Name: "rewrite", Kind: Rewrite,
		holds: func(*pair) bool { return true },
		sentence: func(e *Evidence) string {
			return fmt.Sprintf("One retells the other: %s of the shorter text's words are in the other in the same order, %s word by word.",
				percent(e.Order), percent(e.Containment()))
		},
	},
}

// judged reports whether enough words are left for more than the same text under one
// headline.
func (p *pair) judged() bool { return p.Words() >= p.MinWords }

func contained(e *Evidence) string {
	return percent(e.Containment()) + " of the shorter text is in the other word by word"
}

func percent(x float64) string { return fmt.Sprintf("%.0f %%", 100*x) }
