package report

import (
	"strings"

	"dedupe/engine"
)

// Pruned says what was too old and went, or would go.
type Pruned struct {
	DryRun   bool `json:"dry_run,omitempty"`
	Index    int  `json:"index"`    // articles that left the index
	Pairs    int  `json:"pairs"`    // articles whose pairs went
	Texts    int  `json:"texts"`    // versions whose texts went
	Articles int  `json:"articles"` // versions that went as a whole
}

// NewPruned describes what came of pruning.
func NewPruned(out engine.Pruned, dryRun bool) *Pruned {
	return &Pruned{DryRun: dryRun, Index: out.Frozen, Pairs: out.Pairs, Texts: out.Texts, Articles: out.Articles}
}

func (r *Pruned) text(p *printer) {
	var parts []string
	for _, x := range []struct {
		n    int
		noun string
		what string
	}{
		{r.Index, "article", "out of the index"}, {r.Pairs, "article", "without pairs"}, {r.Texts, "text", "gone"}, {r.Articles, "version", "gone as a whole"},
	} {
		if x.n > 0 {
			parts = append(parts, Count(x.n, x.noun)+" "+x.what)
		}
	}
	verb := "pruned: "
	if r.DryRun {
		verb = "would be pruned: "
	}
	if len(parts) == 0 {
		parts = []string{"nothing is too old"}
	}
	p.wrap("", verb+strings.Join(parts, ", "))
}
