package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"dedupe/article"
	"dedupe/basis"
	"dedupe/config"
	"dedupe/engine"
	"dedupe/explain"
	"dedupe/report"
	"dedupe/review"
	"dedupe/similarity"
	"dedupe/storage"
)

// reportOptions are the flags of dedupe report that are no settings.
type reportOptions struct {
	since, until string
	outlet       string
	owner        string
	kind         string
	language     string
	query        string
	fresh        bool // --new
	changed      bool
	suspicious   bool
	sorted       bool   // --sort is given
	sinceLast    string // the reader
	dry          bool
	page         int
	format       string
}

func newReport(a *app) *cobra.Command {
	var o reportOptions
	cmd := &cobra.Command{
		Use:   "report",
		Short: "List the clusters: what spread, how far, who published first",
		Long: `Report lists clusters of two or more outlets, the largest first, and what the database holds in all.

A point in time is a date (2026-03-14), a date with time (2026-03-14 09:30, 2026-03-14T09:30:00Z), or an age: 36h, 7d or
2w ago. Dates and times are those of report.timezone; --until takes in the whole of its day.

Of an article that has a date without a time of day the day is shown, and the order of such a day is not known: none of them
counts as published first. A time of exactly 00:00:00 counts as no time, for most programs write it so.

At the end stands what the database holds in all; then, of the clusters that the filters leave on all pages, who published most
of them first, and the agencies under whose credit most of their representatives are.

The confidence of a link says how far the figure that decides is from its threshold: 1.00 where that is 0.15 or more,
0.50 where the figure stands on it, less where the settings of the links would not link it at all; 1.00 where a person decided.
That of a cluster is that of the member that is held least, by its best link to another one. It orders uncertain clusters; it is no
probability, which only "dedupe evaluate" measures.

A cluster is uncertain, and listed by --suspicious, the gravest first, when it has
  decisions of people that it does not follow
  articles near a threshold: held with a confidence of 0.75 or less
  a lone link between two groups of three articles or more
  pairs of members that seem to be one template filled in twice
  very many articles: 100 or more
The gravest are those most against what people decided, then those of the least confidence, then those of most articles;
with --sort, the order is that. "dedupe review --cluster N" asks about the pairs of one, and "dedupe explain A B" says why
two articles are together.

For a mail from cron: dedupe report --since-last prints what its reader has not seen yet, the newest first, each marked
NEW or GREW (+3 of 2 new outlets), and nothing at all, in any format, when there is nothing: cron then sends no mail.
--since-last=anna is a reader of that name with a place of her own; each choice by --outlet, --language and the like has
one too. The first mail of a reader has what the runs of the last 24 hours brought. What is beyond --limit comes in the
next mail, or by the command that is printed. A place moves only when all was written. --dry-run leaves it where it is.

--format html prints a mail with --since-last, else a page for a browser, with plots, timelines and texts side by side: one file that needs no network.
It holds at most 2000 clusters, and texts as far as there is room: dedupe report --format html --limit 500 > page.html.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.sorted = cmd.Flags().Changed("sort")
			if cmd.Flags().Changed("since-last") && o.sinceLast != switchedOff {
				return mail(cmd, a, o)
			}
			return runReport(cmd.Context(), a, o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.since, "since", "", "clusters with an article of this `time` or later")
	f.StringVar(&o.until, "until", "", "clusters with an article of this `time` or earlier")
	f.StringVar(&o.outlet, "outlet", "", "clusters with an article of this outlet, by `name` or host")
	f.StringVar(&o.owner, "owner", "", "clusters with an article of an outlet of this owner, by `name` as in outlets.owners")
	f.StringVar(&o.kind, "kind", "", "clusters with a copy of this `kind`: "+kindNames())
	f.StringVar(&o.language, "language", "", "clusters in this language, by `tag` such as en")
	f.StringVar(&o.query, "query", "", "clusters whose headline holds these `words`, letter case aside")
	f.BoolVar(&o.fresh, "new", false, "clusters made by the last run that took articles in, or since; with --since-last, those made since that")
	f.BoolVar(&o.changed, "changed", false, "clusters that the last run that took articles in made or changed, or decisions since")
	f.BoolVar(&o.suspicious, "suspicious", false, "clusters that a person should look at, for the reasons above")
	f.StringVar(&o.sinceLast, "since-last", "", "a mail of what a `reader` has not seen yet")
	f.Lookup("since-last").NoOptDefVal = defaultReader
	f.BoolVar(&o.dry, "dry-run", false, "with --since-last: print it, and print it again the next time")
	f.IntVar(&o.page, "page", 1, "which page, of --limit clusters each, from 1")
	f.StringVar(&o.format, "format", "", "text, markdown, html, json or csv (default text, or json with --json)")
	config.Flag(f, "report.min_outlets", "min-outlets", "")
	config.Flag(f, "report.limit", "limit", "n")
	config.Flag(f, "report.sort", "sort", "")
	return cmd
}

func runReport(ctx context.Context, a *app, o reportOptions) error {
	format, err := a.format(o.format, report.Text, report.JSON, report.CSV, report.Markdown, report.HTML)
	if err != nil {
		return err
	}
	filter, err := o.filter(a)
	if err != nil {
		return err
	}
	if o.page < 1 {
		return usagef("--page: %d is not allowed; want a number from 1", o.page)
	}
	query := report.Query{Filter: filter, Suspicious: o.suspicious, Gravest: !o.sorted, Limit: a.settings().Report.Limit, Page: o.page}
	if a.settings().Report.Sort == "newest" {
		query.Sort = storage.Newest
	}
	if format == report.HTML && (query.Limit == 0 || query.Limit > report.MaxPage) {
		query.Limit = report.MaxPage
	}
	return a.job.Read(ctx, func(v *storage.View) error {
		if o.fresh || o.changed {
			last, err := report.LastIntake(ctx, v)
			if err != nil {
				return err
			}
			o.bound(&query, last)
		}
		return a.report(ctx, v, query, format)
	})
}

// bound leaves the clusters that run first or a later one made or changed.
func (o *reportOptions) bound(q *report.Query, first int64) {
	if o.fresh {
		q.MadeSince = first
	} else {
		q.ChangedSince = first
	}
}

// report prints one page of clusters.
func (a *app) report(ctx context.Context, v *storage.View, q report.Query, format report.Format) error {
	s, err := a.survey(ctx, v)
	if err != nil {
		return err
	}
	r, err := s.List(ctx, q)
	switch {
	case err != nil:
		return err
	case format == report.HTML:
		return a.page(ctx, v, s, r)
	}
	return a.printAs(r, format)
}

// judged is the options by which stored links were judged, and what the settings in force change.
func (a *app) judged(ctx context.Context, v *storage.View) (opt engine.Options, differ []string, err error) {
	c, changes, err := a.job.Basis(v.Store()).Judged(ctx)
	if err != nil {
		return opt, nil, err
	}
	for _, x := range changes {
		differ = append(differ, x.String())
	}
	opt, err = basis.Engine(c)
	return opt, differ, err
}

// survey begins to read what reports show, by the settings that stored links were judged by.
func (a *app) survey(ctx context.Context, v *storage.View) (*report.Survey, error) {
	opt, differ, err := a.judged(ctx, v)
	if err != nil {
		return nil, err
	}
	rules := report.Rules{Differ: differ, Thresholds: opt.Thresholds, Overrides: opt.Overrides, Zone: a.settings().Report.Zone()}
	if len(a.settings().Outlets.Owners) > 0 {
		rules.Owner = opt.Outlets.Owner
	}
	return report.NewSurvey(ctx, v, rules)
}

// page prints a list of clusters for a browser.
func (a *app) page(ctx context.Context, v *storage.View, s *report.Survey, r *report.Clusters) error {
	p, err := s.Page(ctx, r, a.now())
	if err != nil {
		return err
	}
	opt, _, err := a.judged(ctx, v)
	if err != nil {
		return err
	}
	columns := report.MaxColumns
	if p.Single {
		columns = report.MaxSingle
	}
	texts, err := explain.NewTexts(ctx, v, opt, p.Clusters, columns)
	if err != nil {
		return err
	}
	details := r.Details(func(c *storage.Cluster, s report.Summarized, in *review.Inside) (*report.Detail, error) {
		return texts.Detail(ctx, c, s, in)
	})
	return report.WriteHTML(a.written(), p, details, report.Options{Zone: a.settings().Report.Zone()})
}

// filter turns flags and settings into what storage is asked for.
func (o *reportOptions) filter(a *app) (f storage.Filter, err error) {
	c := a.settings()
	f = storage.Filter{MinOutlets: c.Report.MinOutlets, Language: o.language, Query: o.query}
	now := a.now().In(c.Report.Zone())
	if f.Since, err = report.ParseMoment(o.since, now, false); err != nil {
		return f, usagef("--since: %w", err)
	}
	if f.Until, err = report.ParseMoment(o.until, now, true); err != nil {
		return f, usagef("--until: %w", err)
	}
	if o.kind != "" {
		for _, k := range similarity.Kinds() {
			if k.String() == o.kind {
				f.Kind = k
			}
		}
		if f.Kind == similarity.Distinct {
			return f, usagef("--kind: %q is not allowed; want one of %s", o.kind, kindNames())
		}
	}
	known, err := c.Outlets.Table()
	if err != nil {
		return f, err
	}
	if o.outlet != "" {
		f.Outlets = []string{known.Name(o.outlet, "")}
	}
	if o.owner != "" {
		if o.outlet != "" {
			return f, usagef("--owner and --outlet exclude each other")
		}
		f.Outlets = owned(c.Outlets, known, o.owner)
	}
	return f, nil
}

// owned returns the canonical names of an owner's outlets. An outlet without a
// known owner is its own.
func owned(c config.Outlets, known *article.Outlets, owner string) (names []string) {
	for _, name := range c.Owners[owner] {
		names = append(names, known.Name(name, ""))
	}
	if names == nil {
		names = []string{known.Name(owner, "")}
	}
	return names
}

func kindNames() string {
	var names []string
	for _, k := range similarity.Kinds() {
		names = append(names, k.String())
	}
	return strings.Join(names, ", ")
}
