package main

import (
	"context"

	"dedupe/report"
	"dedupe/similarity"
	"dedupe/storage"
)

// This file turns what is stored into what is reported.

// clustersReport describes clusters. owner tells whose an outlet is; nil, where
// no owner is configured.
func clustersReport(ctx context.Context, v *storage.View, stored []storage.Cluster, owner func(string) string) ([]report.Summarized, error) {
	list := make([]report.Summarized, 0, len(stored))
	for i := range stored {
		s, err := summarized(ctx, v, &stored[i], owner)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

func summarized(ctx context.Context, v *storage.View, c *storage.Cluster, owner func(string) string) (s report.Summarized, err error) {
	representative, err := v.Article(ctx, c.Representative)
	if err != nil {
		return s, err
	}
	s = report.Summarized{
		Cluster: c.ID, Headline: c.Headline, Outlets: c.Outlets, Articles: c.Size,
		First: c.First, Last: c.Last, FirstOutlet: c.FirstOutlet, Kinds: kindCounts(c.Kinds),
		Language: c.Language, Credit: c.Credit, Representative: representative.Name(), Reason: c.Reason,
	}
	if owner == nil {
		return s, nil
	}
	owners := map[string]bool{}
	for outlet, err := range v.OutletsOf(ctx, c.ID) {
		if err != nil {
			return s, err
		}
		owners[owner(outlet)] = true
	}
	s.Owners = len(owners)
	return s, nil
}

// owner returns who owns an outlet, or nil where no owner is configured.
func (a *app) owner() (func(outlet string) string, error) {
	c := a.settings().Outlets
	if len(c.Owners) == 0 {
		return nil, nil
	}
	known, err := c.Table()
	if err != nil {
		return nil, err
	}
	return known.Owner, nil
}

// kindCounts lists the kinds there are, the most frequent first.
func kindCounts(kinds storage.Kinds) (list []report.KindCount) {
	for _, k := range similarity.Kinds() {
		n := kinds[k]
		if n == 0 {
			continue
		}
		at := len(list)
		for at > 0 && list[at-1].Count < n {
			at--
		}
		list = append(list, report.KindCount{})
		copy(list[at+1:], list[at:])
		list[at] = report.KindCount{Kind: k.String(), Count: n}
	}
	return list
}

func totalsReport(t *storage.Totals) *report.Totals {
	return &report.Totals{
		Articles: t.Articles, Outlets: t.Outlets, Clusters: t.Clusters, Syndicated: t.Syndicated,
		Clustered: t.Clustered, TooShort: t.TooShort, First: t.First, Last: t.Last,
	}
}

// clusterReport reads a living cluster with its members and history.
func clusterReport(ctx context.Context, v *storage.View, id int64, owner func(string) string) (*report.Cluster, error) {
	stored, err := v.Cluster(ctx, id)
	if err != nil {
		return nil, err
	}
	c := &report.Cluster{}
	if c.Summarized, err = summarized(ctx, v, &stored, owner); err != nil {
		return nil, err
	}
	for m, err := range v.Members(ctx, id) {
		if err != nil {
			return nil, err
		}
		c.Members = append(c.Members, memberReport(&m))
	}
	for e, err := range v.History(ctx, id) {
		if err != nil {
			return nil, err
		}
		c.History = append(c.History, report.Event{Run: e.Run, At: e.At, Event: e.Event, Other: e.Other, Members: e.Members})
	}
	return c, nil
}

func memberReport(m *storage.ClusterMember) report.Member {
	r := report.Member{
		Article: m.Name(), Outlet: m.Outlet, URL: m.URL, Headline: m.Headline, Published: m.Published,
		Date: m.Effective, DateReason: m.Reason.String(), Language: m.Language, Credit: m.Credit, Words: m.Words,
		Representative: m.Representative,
	}
	if m.Linked && m.Kind != similarity.Distinct {
		r.Kind = m.Kind.String()
		r.Resemblance, r.InRepresentative, r.OfRepresentative = m.Resemblance, m.InRepresentative, m.OfRepresentative
	}
	return r
}
