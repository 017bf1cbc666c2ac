package doctor

import (
	"context"
	"fmt"

	"dedupe/report"
	"dedupe/storage"
)

// Borders between what is good and what is to be looked at.
const (
	goodRecall   = 0.98 // of the copies found by brute force
	goodTied     = 0.5  // of a large cluster's members, copies of its representative
	storyLength  = 200  // words from which a learned passage is rather a story
	largest      = 10   // clusters that are looked at
	members      = 20   // of each
	chainedFrom  = 10   // members from which a cluster can be called chained
	fewestCopies = 20   // pairs from which recall says anything
)

func (p *patient) candidates(ctx context.Context) (report.Finding, error) {
	f := report.Finding{Check: "candidates", Outcome: report.Look, Found: "not measured: the settings are others"}
	if p.o.Engine == nil {
		return f, nil
	}
	r, err := p.measure(ctx)
	if err != nil {
		return f, err
	}
	f.Outcome = report.Good
	if r.copies == 0 {
		f.Found = fmt.Sprintf("no copies among %d articles", r.articles)
		return f, nil
	}
	found := float64(r.together) / float64(r.copies)
	f.Found = fmt.Sprintf("of %d pairs of copies that brute force finds in %d articles, %d are linked or in one cluster (%.1f %%)",
		r.copies, r.articles, r.together, 100*found)
	if found < goodRecall && r.copies >= fewestCopies {
		f.Outcome = report.Look
		f.Do = "look at pairs that were missed; a smaller candidates.sample and dedupe recluster find more"
	}
	for _, m := range r.missed {
		f.See = append(f.See, fmt.Sprintf("dedupe explain '#%d' '#%d'", m[0], m[1]))
	}
	return f, nil
}

// chains looks whether the members of large clusters are copies of their
// representatives.
func (p *patient) chains(ctx context.Context) (report.Finding, error) {
	f := report.Finding{Check: "clusters", Outcome: report.Good, Found: "the members of the largest are copies of their representatives"}
	if p.o.Engine == nil {
		f.Outcome, f.Found = report.Look, "not measured: the settings are others"
		return f, nil
	}
	clusters, err := p.o.View.Clusters(ctx, storage.Filter{}, storage.Largest, largest, 0)
	if err != nil {
		return f, err
	}
	for _, c := range clusters {
		if c.Size < chainedFrom {
			continue
		}
		var some []uint32
		i, step := 0, max(1, c.Size/members)
		for m, err := range p.o.View.Members(ctx, c.ID) {
			if err != nil {
				return f, err
			}
			if i++; i%step == 0 && !m.Representative {
				some = append(some, uint32(m.Seq))
			}
		}
		tied, err := p.tied(ctx, uint32(c.Representative), some)
		if err != nil {
			return f, err
		}
		if float64(tied) < goodTied*float64(len(some)) {
			f.See = append(f.See, fmt.Sprintf("dedupe show %d: %d of %d members looked at are copies of its representative", c.ID, tied, len(some)))
		}
	}
	if len(f.See) > 0 {
		f.Outcome, f.Found = report.Look, "some large clusters look chained: few members are copies of the representative"
		f.Do = "look at them; stricter thresholds hold them apart"
	}
	return f, nil
}

// boilerplate looks for learned passages that are rather stories.
func (p *patient) boilerplate(ctx context.Context) (report.Finding, error) {
	f := report.Finding{Check: "boilerplate", Outcome: report.Good}
	passages := 0
	for row, err := range p.o.View.Boilerplate(ctx) {
		if err != nil {
			return f, err
		}
		passages++
		words := len(row.Shingles) + p.o.Shingle - 1
		if row.State == storage.Learned && words >= storyLength {
			f.Outcome = report.Look
			if len(f.See) < maxExamples {
				f.See = append(f.See, fmt.Sprintf("dedupe boilerplate allow %d: %d words", row.ID, words))
			}
		}
	}
	f.Found = fmt.Sprintf("%d passages known, none as long as a story", passages)
	if f.Outcome == report.Look {
		f.Found = fmt.Sprintf("of %d passages known, some are as long as a story", passages)
		f.Do = "read them in `dedupe boilerplate list`, and allow those that are stories"
	}
	return f, nil
}
