package report

import (
	"fmt"
	"strings"

	"dedupe/review"
)

// Suspicion is a reason to look at a cluster.
type Suspicion struct {
	Reason string `json:"reason"` // one of the words below
	Count  int    `json:"count"`  // of what the reason is about
}

// The reasons.
const (
	Contradicted = "contradicted"   // decisions that the cluster does not follow
	Weak         = "near threshold" // articles whose best link is near a threshold
	Joint        = "bridge"         // links each of which alone holds two groups together
	Templates    = "template"       // pairs of members that seem to be one template filled in twice
	Huge         = "very large"     // articles
)

// reasons are those of the engine.
var reasons = [review.Suspicions]string{
	review.Contradicted: Contradicted, review.Weak: Weak, review.Joint: Joint, review.Templates: Templates, review.Huge: Huge,
}

// String says the suspicion in a few words, such as "2 articles near a threshold".
func (s *Suspicion) String() string {
	switch s.Reason {
	case Contradicted:
		return Count(s.Count, "decision") + " not followed"
	case Weak:
		return Count(s.Count, "article") + " near a threshold"
	case Joint:
		return Count(s.Count, "lone link") + " between two groups"
	case Templates:
		return Count(s.Count, "pair") + " like one template filled in twice"
	case Huge:
		return "very large"
	}
	return fmt.Sprintf("%s (%d)", clean(s.Reason), s.Count)
}

// uncertain says why a cluster should be looked at: "" where nothing speaks for it.
func (s *Summarized) uncertain() string {
	var list []string
	for i := range s.Uncertain {
		list = append(list, s.Uncertain[i].String())
	}
	return strings.Join(list, ", ")
}

// differing says that settings are not those by which the stored links were judged.
func differing(settings []string) string {
	return "settings differ from those of the links: " + clean(strings.Join(settings, ", ")) + "; dedupe recluster applies them"
}

// unfollowed says that clusters do not follow so many decisions.
func unfollowed(n int) string {
	return Count(n, "decision") + " not followed, because others speak against them: dedupe label list"
}

// tallies lists names with their counts after a title, each by itself where
// its script runs the other way.
func (p *printer) tallies(title string, list []Tally) {
	if len(list) == 0 {
		return
	}
	p.out.WriteString(title)
	column := width(title)
	for i, t := range list {
		name, n := truncate(outletName(t.Name), maxOutlet), fmt.Sprintf(" %d", t.Count)
		if i < len(list)-1 {
			n += ","
		}
		w := 1 + width(name) + width(n)
		if column += w; p.width > 0 && column > p.width {
			p.out.WriteString("\n ")
			column = 1 + w
		}
		p.out.WriteString(" " + isolate(name) + n)
	}
	p.out.WriteByte('\n')
}
