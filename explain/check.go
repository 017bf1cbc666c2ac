package explain

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"dedupe/article"
	"dedupe/report"
	"dedupe/storage"
)

// Check compares an article that need not be stored with its candidates as a run would, and says
// which stored ones it is a copy of, the surest first, and which cluster it would join. Other than a
// run it also looks at stored articles that appeared later. Nothing is stored.
func (x *Explainer) Check(ctx context.Context, a *article.Article) (c report.Checked, err error) {
	in := *a
	in.Outlet = x.of.Outlets.Name(a.Outlet, a.URL)
	_, known, err := x.engine.Identify(ctx, &in)
	if err != nil {
		return c, err
	}
	c = report.Checked{Article: a.ID, Outlet: cmp.Or(article.SpellOutlet(a.Outlet), article.OutletOf(a.Outlet, a.URL)), Headline: a.Headline, Known: known != 0, Copies: []report.Copy{}}
	seq, leave, err := x.engine.Visit(ctx, a)
	defer leave()
	if err != nil {
		return c, err
	}
	links, words, err := x.engine.Meet(ctx, seq)
	if err != nil {
		return c, err
	}
	c.Words = words
	slices.SortStableFunc(links, func(p, q storage.PairRow) int {
		return cmp.Or(cmp.Compare(q.Verdict.Strength(), p.Verdict.Strength()), cmp.Compare(p.A, q.A))
	})
	for _, p := range links {
		if p.A == known {
			continue
		}
		stored, err := x.view.Article(ctx, int64(p.A))
		if err != nil {
			return c, err
		}
		if len(c.Copies) == 0 {
			c.Joins, c.Label = stored.Cluster, storage.ClusterLabel(stored.Cluster)
		}
		e := p.Verdict.Evidence
		c.Copies = append(c.Copies, report.Copy{
			Article: stored.Name(), Outlet: stored.Outlet, Headline: stored.Headline, Cluster: stored.Cluster, Label: storage.ClusterLabel(stored.Cluster),
			Kind: p.Verdict.Kind.String(), Resemblance: e.Resemblance, InStored: e.ContainmentB, OfStored: e.ContainmentA,
		})
	}
	return c, nil
}

// fate says what a run would make of an article that is not stored.
func (x *Explainer) fate(ctx context.Context, in *article.Article) (string, error) {
	c, err := x.Check(ctx, in)
	switch {
	case err != nil:
		return "", err
	case len(c.Copies) == 0:
		return "not stored, and would be alone", nil
	case c.Joins == 0:
		return fmt.Sprintf("not stored, and would make a cluster with %s", c.Copies[0].Article), nil
	}
	return fmt.Sprintf("not stored, and would join cluster %s as a copy of %s", storage.ClusterLabel(c.Joins), c.Copies[0].Article), nil
}
