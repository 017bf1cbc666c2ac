package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dedupe/article"
)

// Explanation says how two articles were judged, step by step.
type Explanation struct {
	A       Side     `json:"a"` // the earlier one
	B       Side     `json:"b"`
	Kind    string   `json:"kind"`
	Verdict string   `json:"verdict"` // the outcome in one sentence
	Steps   []Step   `json:"steps"`
	Figures []Figure `json:"figures"`

	// Passages that both texts share, longest first, as they stand in A.
	Passages []string `json:"passages,omitempty"`
	// Boilerplate that was left out of both before they were compared.
	Boilerplate []string `json:"boilerplate,omitempty"`

	// Settings each of which alone would turn the verdict, the smallest change
	// first; nil when that was not asked.
	Turns []Turn `json:"turns,omitzero"`
	// Unread says beside Turns that no run compares the two, whatever the thresholds.
	Unread bool `json:"not_compared,omitempty"`

	// Both bodies, when asked for.
	TextA []Piece `json:"text_a,omitempty"`
	TextB []Piece `json:"text_b,omitempty"`

	Rule string `json:"rule,omitempty"` // the name of the rule that decided; it does not change

	Differ []string `json:"settings_differ,omitempty"` // the verdict is by those in force; see Rules
}

// Turn is a change of one setting that would make another verdict.
type Turn struct {
	Setting string `json:"setting"`
	Now     string `json:"now"`
	Needed  string `json:"needed"`
	Kind    string `json:"kind"` // the verdict then
}

// Piece is a part of a body. The pieces of a body in order are the body.
type Piece struct {
	Text        string `json:"text"`
	Shared      bool   `json:"shared,omitempty"`      // it is in the other body too
	Boilerplate bool   `json:"boilerplate,omitempty"` // it was left out
}

// Side is one of the two articles.
type Side struct {
	Article  string         `json:"article"`
	Outlet   string         `json:"outlet"`
	URL      string         `json:"url,omitempty"`
	Headline string         `json:"headline"`
	Date     article.Moment `json:"date"`
	Words    int            `json:"words"`             // compared
	Cluster  int64          `json:"cluster,omitempty"` // 0: alone
	Label    string         `json:"label,omitempty"`   // of the cluster
	Credit   string         `json:"credit,omitempty"`
	File     string         `json:"file,omitempty"` // from which it was read, with its line; "" for a stored one
}

// cluster says where the article is.
func (s *Side) cluster() string {
	switch {
	case s.File != "":
		return "not stored"
	case s.Cluster == 0:
		return "alone"
	}
	return "cluster " + label(s.Cluster)
}

// Step of the decision.
type Step struct {
	Name    string `json:"name"`    // "candidate", "veto", "cluster"
	Outcome string `json:"outcome"` // a word: "yes", "no", "not asked"
	Why     string `json:"why"`     // a sentence
}

// Figure is a measured value beside the threshold it was held against.
type Figure struct {
	Name      string   `json:"name"`
	Value     float64  `json:"value"`
	Unit      string   `json:"unit,omitempty"`      // "words", "days"; "" is a share from 0 to 1
	Threshold *float64 `json:"threshold,omitempty"` // nil: the figure decides nothing by itself
	AtMost    bool     `json:"at_most,omitempty"`   // the threshold is an upper bound
	For       string   `json:"for,omitempty"`       // the kind it would make: "near"
}

// Met reports whether the figure keeps its threshold; true when it has none.
func (f *Figure) Met() bool {
	switch {
	case f.Threshold == nil:
		return true
	case f.AtMost:
		return f.Value <= *f.Threshold
	}
	return f.Value >= *f.Threshold
}

// show gives two decimals to shares and four digits to what has a unit.
func (f *Figure) show(x float64) string {
	if f.Unit == "" {
		return figure(x)
	}
	return strconv.FormatFloat(x, 'g', 4, 64)
}

func (e *Explanation) text(p *printer) {
	t := table{columns: []column{{}, {}, {min: 10}, {min: 8}, {right: true}, {}, {min: 6}}}
	for _, x := range []struct {
		letter string
		side   *Side
	}{{"A", &e.A}, {"B", &e.B}} {
		t.add(orNone(clean(x.side.Headline)), x.letter, p.moment(x.side.Date), name(x.side.Outlet),
			short(clean(x.side.Article)), Count(x.side.Words, "word"), x.side.cluster(), name(x.side.Credit))
	}
	t.print(p)
	p.line(plain, "")
	p.text(p.bold, "", strings.ToUpper(clean(e.Kind)))
	p.wrap("", clean(e.Verdict))
	if len(e.Differ) > 0 {
		p.wrap("", differing(e.Differ))
	}

	if len(e.Steps) > 0 {
		p.line(plain, "")
		name, outcome := 0, 0
		for _, s := range e.Steps {
			name, outcome = max(name, width(clean(s.Name))), max(outcome, width(clean(s.Outcome)))
		}
		for i, s := range e.Steps {
			p.wrap(fmt.Sprintf("%2d. %s  %s  ", i+1, pad(clean(s.Name), name), pad(clean(s.Outcome), outcome)), clean(s.Why))
		}
	}
	if len(e.Figures) > 0 {
		p.line(plain, "")
		f := table{columns: []column{{title: "FIGURE", min: 12}, {title: "VALUE", right: true}, {}, {title: "NEEDED", right: true}, {}, {title: "FOR"}}}
		for i := range e.Figures {
			x := &e.Figures[i]
			needed, met := "", ""
			if x.Threshold != nil {
				needed = map[bool]string{false: ">= ", true: "<= "}[x.AtMost] + x.show(*x.Threshold)
				met = map[bool]string{false: "missed", true: "met"}[x.Met()]
			}
			f.add("", clean(x.Name), x.show(x.Value), clean(x.Unit), needed, met, clean(x.For))
		}
		f.print(p)
	}
	e.turns(p)
	if len(e.TextA)+len(e.TextB) > 0 {
		e.diff(p)
		return
	}
	e.quotes(p, "shared passages", e.Passages)
	e.quotes(p, "left out as boilerplate", e.Boilerplate)
}

// unread says that a change of thresholds alone is not enough.
func (e *Explanation) unread(p *printer) {
	if e.Unread {
		p.wrap("", `But no run compares the two, as "candidate" says, whatever the thresholds: "dedupe label add" decides.`)
	}
}

func (e *Explanation) turns(p *printer) {
	if e.Turns == nil {
		return
	}
	p.line(plain, "")
	if len(e.Turns) == 0 {
		p.wrap("", "No threshold alone would turn the verdict.")
		e.unread(p)
		return
	}
	t := table{columns: []column{{title: "SETTING", min: 12}, {title: "NOW", right: true}, {title: "NEEDED", right: true}, {title: "MAKES IT"}}}
	for _, x := range e.Turns {
		t.add("", x.Setting, x.Now, x.Needed, x.Kind)
	}
	if !slices.ContainsFunc(e.Turns, func(t Turn) bool { return t.Setting == "window" }) {
		defer e.unread(p)
	}
	t.print(p)
}

func (e *Explanation) quotes(p *printer, title string, passages []string) {
	if len(passages) == 0 {
		return
	}
	p.line(plain, "")
	p.text(p.dim, "", title)
	for _, s := range passages {
		p.wrap("  | ", clean(s))
	}
}

func pad(s string, n int) string { return s + strings.Repeat(" ", max(0, n-width(s))) }
