package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"dedupe/config"
	"dedupe/report"
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
	sorted       bool // --sort is given
	sinceLast    bool
	page         int
	format       string
}

func newReport(a *app) *cobra.Command {
	var o reportOptions
	cmd := &cobra.Command{
		Use:   "report",
		Short: "List the clusters: what spread, how far, who had it first",
		Long: `Report lists clusters of two or more outlets, the largest first, and what the database holds in all.

A point in time is a date (2026-03-14), a date with time (2026-03-14T09:30:00Z), or an age: 36h, 7d or 2w ago. Dates
are those of UTC; --until takes in the whole of its day.

At the end stands what the database holds in all; then, of the clusters that the filters leave on all pages, who had most
of them first, and the agencies under whose credit most of their representatives are.

The confidence of a link says how far the figure that decides is from its threshold: 1.00 where that is 0.15 or more,
0.50 where the figure stands on it, less where the settings in force would not link at all; 1.00 where a person decided.
That of a cluster is that of the member that is held least, by its best link to another one. It orders doubts; it is no
probability, which only "dedupe evaluate" measures.

A cluster is in doubt, and listed by --suspicious, the gravest first, when it has
  decisions of people that it does not follow
  articles near a threshold: held with a confidence of 0.75 or less
  a lone link between two groups of three articles or more
  pairs of members that seem to be one form filled in twice
  very many articles: 100 or more
The gravest are those most against what people decided, then those of the least confidence, then those of most articles;
with --sort, the order is that. "dedupe review --cluster N" asks about the pairs of one, and "dedupe explain A B" says why
two articles are together.

For a mail from cron: dedupe report --since-last prints what is new or has grown since it was last asked so, and
nothing at all, in any format, when there is nothing: cron then sends no mail.

--format html prints a page for a browser, with plots, timelines and texts side by side: one file that needs no network.
It holds at most 2000 clusters, and texts as far as there is room: dedupe report --format html --limit 500 > page.html.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.sorted = cmd.Flags().Changed("sort")
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
	f.BoolVar(&o.sinceLast, "since-last", false, "clusters made or changed since the last report that was asked for so")
	f.IntVar(&o.page, "page", 1, "which page, of --limit clusters each, from 1")
	f.StringVar(&o.format, "format", "", "text, markdown, html, json or csv (default text, or json with --json)")
	config.Flag(f, "report.min_outlets", "min-outlets", "")
	config.Flag(f, "report.limit", "limit", "n")
	config.Flag(f, "report.sort", "sort", "")
	return cmd
}

// metaLastReport names, in table meta, the run up to which a report was asked
// for by --since-last.
const metaLastReport = "report.last_run"

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
	if !o.sinceLast {
		return a.read(ctx, func(v *storage.View) error {
			if o.fresh || o.changed {
				last, err := lastRun(ctx, v)
				if err != nil {
					return err
				}
				o.bound(&filter, last)
			}
			return a.report(ctx, v, o, filter, format, false)
		})
	}
	return a.write(ctx, func(store *storage.Store) error {
		return a.reportSinceLast(ctx, store, o, filter, format)
	})
}

// bound leaves the clusters that run first or a later one made or changed.
func (o *reportOptions) bound(f *storage.Filter, first int64) {
	if o.fresh {
		f.MadeSince = first
	} else {
		f.ChangedSince = first
	}
}

// report prints one page of clusters; silent, nothing when there are none.
func (a *app) report(ctx context.Context, v *storage.View, o reportOptions, f storage.Filter, format report.Format, silent bool) error {
	c := a.settings()
	sort := storage.Largest
	if c.Report.Sort == "newest" {
		sort = storage.Newest
	}
	limit := c.Report.Limit
	if format == report.HTML && (limit == 0 || limit > maxPageClusters) {
		limit = maxPageClusters
	}
	s, err := a.summarizer(ctx, v)
	if err != nil {
		return err
	}
	if o.suspicious {
		if f.Among, err = s.suspicious(ctx); err != nil {
			return err
		}
		if !o.sorted {
			sort = storage.Listed
		}
	}
	offset := (o.page - 1) * limit
	if limit == 0 {
		limit = -1
	}
	stored, err := v.Clusters(ctx, f, sort, limit, offset)
	if err != nil || silent && len(stored) == 0 {
		return err
	}
	r := &report.Clusters{Offset: offset, Unfollowed: s.unfollowed}
	if r.Clusters, err = s.clusters(ctx, stored); err != nil {
		return err
	}
	if err := whole(ctx, v, f, r); err != nil {
		return err
	}
	if format == report.HTML {
		words := filterWords(&f)
		if o.suspicious {
			words = append(words, "in doubt")
		}
		return a.page(ctx, v, f, words, s, stored, r)
	}
	return a.printAs(r, format)
}

// topTallies is how many outlets and agencies a report names.
const topTallies = 5

// whole counts what a filter leaves on all pages, and what the database holds.
func whole(ctx context.Context, v *storage.View, f storage.Filter, r *report.Clusters) (err error) {
	if r.Matching, r.Articles, err = v.CountClusters(ctx, f); err != nil {
		return err
	}
	firsts, credits, err := v.Firsts(ctx, f, topTallies)
	if err != nil {
		return err
	}
	r.Firsts, r.Credits = tallies(firsts), tallies(credits)
	totals, err := v.Counts(ctx)
	r.Totals = totalsReport(&totals)
	return err
}

func tallies(stored []storage.Tally) (list []report.Tally) {
	for _, t := range stored {
		list = append(list, report.Tally(t))
	}
	return list
}

// reportSinceLast prints what is new since it was last asked, then notes how
// far it came: a report that could not be written comes again.
func (a *app) reportSinceLast(ctx context.Context, store *storage.Store, o reportOptions, f storage.Filter, format report.Format) error {
	value, err := store.Meta(ctx, metaLastReport)
	if err != nil {
		return err
	}
	last, _ := strconv.ParseInt(value, 10, 64) // nothing yet: from the first run on
	view, err := store.View(ctx)
	if err != nil {
		return err
	}
	defer view.Close()
	done, err := finishedRun(ctx, view)
	if err != nil {
		return err
	}
	o.bound(&f, last+1)
	if err := a.report(ctx, view, o, f, format, true); err != nil {
		return err
	}
	if err := a.stdout.Flush(); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	if done == last {
		return nil
	}
	return store.SetMark(ctx, metaLastReport, strconv.FormatInt(done, 10))
}

// lastRun returns the number of the newest run that took articles in, 0 when
// there was none: what people decide counts as a run too.
func lastRun(ctx context.Context, v *storage.View) (int64, error) {
	const most = 10_000 // decisions since
	runs, err := v.Runs(ctx, most)
	if err != nil || len(runs) == 0 {
		return 0, err
	}
	for _, r := range runs {
		if r.Command == "run" || r.Command == "ingest" {
			return r.ID, nil
		}
	}
	return runs[len(runs)-1].ID, nil
}

// finishedRun returns the run up to which nothing will change any more: the
// newest one, or the one before when that has not come to its end.
func finishedRun(ctx context.Context, v *storage.View) (int64, error) {
	runs, err := v.Runs(ctx, 1)
	if err != nil || len(runs) == 0 {
		return 0, err
	}
	if runs[0].Finished.IsZero() {
		return runs[0].ID - 1, nil
	}
	return runs[0].ID, nil
}
