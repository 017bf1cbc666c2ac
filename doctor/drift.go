package doctor

import (
	"context"
	"fmt"
	"math"
	"time"

	"dedupe/report"
	"dedupe/similarity"
	"dedupe/storage"
)

// month is what doctor compares with the stretch of the same length before it.
const month = 30 * 24 * time.Hour

// What counts as drift: a share that differs by so much, and by more than chance
// does; a mean that is so much larger or smaller. Copies of the last days are
// still to come, which alone lowers the share in clusters a little.
const (
	fewestArticles = 200 // of a month, from which it is compared
	fewestOfOutlet = 20
	drifted        = 0.1
	certain        = 4.0 // standard deviations
	longer         = 1.25
)

// drift compares what was published in the last month with the month before: a
// detector that finds less, or other things, than it did is one whose input
// changed, for its settings did not.
func (p *patient) drift(ctx context.Context) (report.Finding, error) {
	f := report.Finding{Check: "drift", Outcome: report.Good}
	until, err := p.o.View.Latest(ctx, p.o.Now)
	if err != nil {
		return f, err
	}
	until = until.Add(time.Second) // the last one is meant too
	middle, since := until.Add(-month), until.Add(-2*month)
	now, err := p.o.View.Period(ctx, middle, until)
	if err != nil {
		return f, err
	}
	before, err := p.o.View.Period(ctx, since, middle)
	if err != nil {
		return f, err
	}
	if min(now.Articles, before.Articles) < fewestArticles {
		f.Found = fmt.Sprintf("too few articles of the last 30 days (%d) and the 30 before (%d) to compare them", now.Articles, before.Articles)
		return f, nil
	}
	f.See = shifts(&before, &now)
	resized, err := p.o.View.Resized(ctx, since, middle, until, fewestOfOutlet, maxExamples)
	if err != nil {
		return f, err
	}
	for _, r := range resized {
		f.See = append(f.See, fmt.Sprintf("%s: %.0f words an article, before %.0f", r.Outlet, r.Now, r.Before))
	}
	f.Found = fmt.Sprintf("the 30 days to %s are as those before: %.1f %% and %.1f %% in clusters, of %d and %d articles",
		until.Format(time.DateOnly), share100(now.Clustered, now.Articles), share100(before.Clustered, before.Articles), now.Articles, before.Articles)
	if len(f.See) > 0 {
		f.Outcome = report.Look
		f.Found = fmt.Sprintf("the 30 days to %s differ from those before", until.Format(time.DateOnly))
		f.Do = "see whether outlets came, went or changed their pages (dedupe stats, dedupe boilerplate list); `dedupe tune` says whether the thresholds still fit"
	}
	return f, nil
}

// shifts lists the figures that moved.
func shifts(before, now *storage.Period) (list []string) {
	compare := func(what string, hits, of, hitsBefore, ofBefore int) {
		if of == 0 || ofBefore == 0 {
			return
		}
		x, y := share100(hits, of)/100, share100(hitsBefore, ofBefore)/100
		pooled := float64(hits+hitsBefore) / float64(of+ofBefore)
		deviation := math.Sqrt(pooled * (1 - pooled) * (1/float64(of) + 1/float64(ofBefore)))
		if math.Abs(x-y) >= drifted && math.Abs(x-y) > certain*deviation {
			list = append(list, fmt.Sprintf("%s: %.1f %%, before %.1f %%", what, 100*x, 100*y))
		}
	}
	compare("articles in clusters", now.Clustered, now.Articles, before.Clustered, before.Articles)
	compare("articles too short to judge", now.Short, now.Articles, before.Short, before.Articles)
	links, linksBefore := 0, 0
	for _, k := range similarity.Kinds() {
		links, linksBefore = links+now.Links[k], linksBefore+before.Links[k]
	}
	for _, k := range similarity.Kinds() {
		compare("links of kind "+k.String(), now.Links[k], links, before.Links[k], linksBefore)
	}
	if now.Words > longer*before.Words || before.Words > longer*now.Words {
		list = append(list, fmt.Sprintf("words an article: %.0f, before %.0f", now.Words, before.Words))
	}
	return list
}

// share100 is a share in hundredths; of nothing 0.
func share100(part, whole int) float64 { return 100 * float64(part) / float64(max(1, whole)) }
