package explain

import (
	"dedupe/report"
	"dedupe/review"
)

// figures lists what was measured beside what this pair needs.
func (p *pair) figures() []report.Figure {
	e, t := &p.Verdict.Evidence, p.Thresholds
	n := t.Needs(*e)
	bound := func(v float64) *float64 { return &v }
	list := []report.Figure{
		{Name: "words left of the shorter", Value: float64(e.Words()), Unit: "words", Threshold: bound(float64(t.MinWords)), For: "any"},
		{Name: "containment of A in B", Value: e.ContainmentA},
		{Name: "containment of B in A", Value: e.ContainmentB},
		{Name: "containment, the larger", Value: e.Containment(), Threshold: &n.Excerpt, For: "excerpt, near"},
		{Name: "resemblance", Value: e.Resemblance, Threshold: &n.Near, For: "near"},
	}
	if e.Order >= 0 {
		list = append(list, report.Figure{Name: "words in the same order", Value: e.Order, Threshold: &n.Rewrite, For: "rewrite"})
	}
	list = append(list,
		report.Figure{Name: "longest shared passage", Value: float64(e.Passage), Unit: "words"},
		report.Figure{Name: "shared shingles", Value: float64(e.Shared), Unit: "shingles"})
	if e.Quoted > 0 {
		list = append(list, report.Figure{Name: "of these, quoted speech", Value: float64(e.Quoted), Unit: "shingles"})
	}
	if e.HeadlinesKnown {
		list = append(list, report.Figure{Name: "headlines alike", Value: e.Headline, Threshold: bound(t.Headline), For: "one headline"})
	}
	if e.HeadlinesKnown || e.Mentioned() > 0 {
		list = append(list, report.Figure{Name: "headline mentioned by the other", Value: e.Mentioned(), Threshold: bound(t.Mentioned), For: "one subject"})
	}
	if e.Linkable() {
		list = append(list,
			report.Figure{Name: "names of the shorter in both", Value: e.NameShare()},
			report.Figure{Name: "numbers of the shorter in both", Value: e.NumberShare()})
	}
	if e.Ordered() {
		list = append(list,
			report.Figure{Name: "A's most frequent name not in B", Value: float64(e.NameOnlyA), Unit: "times"},
			report.Figure{Name: "B's most frequent name not in A", Value: float64(e.NameOnlyB), Unit: "times"})
	}
	days := report.Figure{Name: "days apart", Value: e.Days, Unit: "days", For: "any"}
	if p.of.Window > 0 {
		days.Threshold, days.AtMost = bound(p.of.Window.Hours()/24), true
	}
	return append(list, days, report.Figure{Name: "confidence", Value: review.Confidence(&p.Verdict, p.Thresholds)})
}
