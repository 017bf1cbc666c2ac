package main

import (
	"context"
	"slices"

	"dedupe/detect"
	"dedupe/report"
	"dedupe/similarity"
	"dedupe/storage"
)

// This file turns what is stored into what is reported.

// summarizer describes clusters.
type summarizer struct {
	*storage.View
	owner      func(outlet string) string // whose an outlet is; nil, where no owner is configured
	thresholds similarity.Thresholds
	overrides  detect.Overrides
	decided    map[int64][]storage.DecidedPair // by cluster
	unfollowed int                             // decisions
	insides    map[int64]*detect.Inside        // of the clusters that were described
}

func (a *app) summarizer(ctx context.Context, v *storage.View) (*summarizer, error) {
	opt, err := engineOptions(a.settings())
	if err != nil {
		return nil, err
	}
	s := &summarizer{View: v, thresholds: opt.Thresholds, overrides: opt.Overrides, decided: map[int64][]storage.DecidedPair{},
		insides: map[int64]*detect.Inside{}}
	if s.owner, err = a.owner(); err != nil {
		return nil, err
	}
	for d, err := range v.DecidedPairs(ctx) {
		if err != nil {
			return nil, err
		}
		if !d.Followed() {
			s.unfollowed++
		}
		for _, id := range slices.Compact([]int64{d.ClusterA, d.ClusterB}) {
			if id != 0 {
				s.decided[id] = append(s.decided[id], d)
			}
		}
	}
	return s, nil
}

// clusters describes clusters.
func (s *summarizer) clusters(ctx context.Context, stored []storage.Cluster) ([]report.Summarized, error) {
	list := make([]report.Summarized, 0, len(stored))
	for i := range stored {
		x, _, err := s.cluster(ctx, &stored[i])
		if err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	return list, nil
}

// cluster describes a cluster, and returns what is known of the pairs inside.
func (s *summarizer) cluster(ctx context.Context, c *storage.Cluster) (r report.Summarized, in *detect.Inside, err error) {
	representative, err := s.Article(ctx, c.Representative)
	if err != nil {
		return r, nil, err
	}
	in = s.inside(c.ID)
	s.insides[c.ID] = in
	for p, err := range s.Inside(ctx, c.ID, !s.overrides.None()) {
		if err != nil {
			return r, nil, err
		}
		s.add(in, &p)
	}
	r = report.Summarized{
		Cluster: c.ID, Headline: c.Headline, Outlets: c.Outlets, Articles: c.Size,
		First: c.First, Last: c.Last, FirstOutlet: c.FirstOutlet, Kinds: kindCounts(c.Kinds),
		Language: c.Language, Credit: c.Credit, Representative: representative.Name(), Reason: c.Reason,
		Confidence: in.Confidence(), Doubts: suspicions(in, c.Size),
	}
	if s.owner == nil {
		return r, in, nil
	}
	owners := map[string]bool{}
	for outlet, err := range s.OutletsOf(ctx, c.ID) {
		if err != nil {
			return r, nil, err
		}
		owners[s.owner(outlet)] = true
	}
	r.Owners = len(owners)
	return r, in, nil
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
func (s *summarizer) clusterReport(ctx context.Context, id int64) (*report.Cluster, error) {
	stored, err := s.Cluster(ctx, id)
	if err != nil {
		return nil, err
	}
	c := &report.Cluster{}
	var in *detect.Inside
	if c.Summarized, in, err = s.cluster(ctx, &stored); err != nil {
		return nil, err
	}
	for m, err := range s.Members(ctx, id) {
		if err != nil {
			return nil, err
		}
		r := memberReport(&m)
		r.Confidence = in.Member(uint32(m.Seq))
		c.Members = append(c.Members, r)
	}
	for e, err := range s.History(ctx, id) {
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
