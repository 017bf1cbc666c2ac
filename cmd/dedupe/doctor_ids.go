package main

import (
	"context"
	"fmt"

	"dedupe/report"
)

// ids looks for ids under which several articles came.
func (p *patient) ids(ctx context.Context) (report.Finding, error) {
	f := report.Finding{Check: "ids", Outcome: good, Found: "no two articles of an outlet have one id"}
	count, most, err := p.view.SharedIDs(ctx, maxExamples)
	if count > 0 {
		f.Outcome = look
		f.Found = fmt.Sprintf("%d ids are shared by several articles, the commonest by %d; each article is kept apart", count, most[0].Articles)
		if count == 1 {
			f.Found = fmt.Sprintf("one id is shared by %d articles; each is kept apart", most[0].Articles)
		}
		f.Do = "see which field of their records tells them apart, and name it in input.fields.id"
		for _, s := range most {
			id := s.Keeper.External
			if id == "" {
				id = s.Keeper.URL
			}
			f.See = append(f.See, fmt.Sprintf("%s of %s: %d articles, such as %q and %q", id, s.Keeper.Outlet, s.Articles, s.Keeper.Headline, s.Other.Headline))
		}
	}
	return f, err
}
