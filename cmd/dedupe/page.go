package main

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"dedupe/report"
	"dedupe/storage"
)

// Bounds of an HTML page, which a phone must be able to open.
const (
	maxPageClusters = 2_000
	maxPlotted      = 4_000    // clusters that the plots are made of, the newest
	maxPageMembers  = 1_000    // of a cluster that are read
	maxPageTexts    = 16 << 20 // bytes of texts on a page
)

// page prints a page of clusters as HTML. r has their summaries; words say what
// the filter leaves: nothing where one cluster was asked for.
func (a *app) page(ctx context.Context, v *storage.View, f storage.Filter, words []string, s *summarizer, stored []storage.Cluster, r *report.Clusters) error {
	p := &report.Page{
		Title: "Copied stories", Made: a.now().UTC().Truncate(time.Second), Filter: words,
		Totals: r.Totals, Offset: r.Offset, Clusters: len(stored), Matching: r.Matching,
		Unfollowed: r.Unfollowed, Firsts: r.Firsts, Credits: r.Credits,
	}
	var err error
	if single := len(f.Among) == 1 && words == nil; single {
		p.Single, p.Title = true, cmp.Or(r.Clusters[0].Headline, fmt.Sprintf("Cluster %d", r.Clusters[0].Cluster))
	} else if p.Spread, err = spread(ctx, v, f); err != nil {
		return err
	}
	texts, err := newTexts(ctx, a.settings(), v)
	if err != nil {
		return err
	}
	if p.Single {
		texts.columns = report.MaxSingle
	}
	details := func(yield func(*report.Detail, error) bool) {
		for i := range stored {
			d, err := texts.detail(ctx, &stored[i], r.Clusters[i], s.insides[stored[i].ID])
			if !yield(d, err) || err != nil {
				return
			}
		}
	}
	return report.WriteHTML(a.stdout, p, details, report.Options{})
}

// pageOf prints the page of one cluster.
func (a *app) pageOf(ctx context.Context, v *storage.View, s *summarizer, id int64) error {
	stored, err := v.Cluster(ctx, id)
	if err != nil {
		return err
	}
	list := []storage.Cluster{stored}
	r := &report.Clusters{Matching: 1}
	if r.Clusters, err = s.clusters(ctx, list); err != nil {
		return err
	}
	return a.page(ctx, v, storage.Filter{Among: []int64{id}}, nil, s, list, r)
}

// spread reads how the newest of the clusters that a filter leaves spread.
func spread(ctx context.Context, v *storage.View, f storage.Filter) (report.Spread, error) {
	var s report.Spreader
	var cluster int64
	var outings []report.Outing
	for at, err := range v.Outings(ctx, f, maxPlotted) {
		if err != nil {
			return report.Spread{}, err
		}
		if at.Cluster != cluster {
			s.Add(outings)
			cluster, outings = at.Cluster, outings[:0]
		}
		outings = append(outings, report.Outing{Outlet: at.Outlet, At: at.At, Dated: at.Dated})
	}
	s.Add(outings)
	return s.Spread(), nil
}

// filterWords says what a filter asks for.
func filterWords(f *storage.Filter) (words []string) {
	add := func(asked bool, format string, args ...any) {
		if asked {
			words = append(words, fmt.Sprintf(format, args...))
		}
	}
	add(f.MinOutlets > 1, "%d outlets or more", f.MinOutlets)
	add(!f.Since.IsZero(), "since %s", f.Since.UTC().Format("2006-01-02 15:04"))
	add(!f.Until.IsZero(), "until %s", f.Until.UTC().Format("2006-01-02 15:04"))
	if len(f.Outlets) > 0 {
		more := ""
		if n := len(f.Outlets) - 1; n > 0 {
			more = fmt.Sprintf(" or %d others of the owner", n)
		}
		add(true, "in %s%s", f.Outlets[0], more)
	}
	add(f.Kind > 0, "with a copy of kind %s", f.Kind)
	add(f.Language != "", "in language %s", f.Language)
	add(f.Query != "", "headline holds “%s”", f.Query)
	add(f.MadeSince > 0, "new since run %d", f.MadeSince)
	add(f.ChangedSince > 0, "new or changed since run %d", f.ChangedSince)
	return words
}
