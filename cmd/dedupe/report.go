package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dedupe/article"
	"dedupe/config"
	"dedupe/report"
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

For a mail from cron: dedupe report --since-last prints what is new or has grown since it was last asked so, and
nothing when there is nothing, for which cron sends no mail.

--format html prints a page for a browser, with plots, timelines and texts side by side: one file that needs no network.
It holds at most 2000 clusters, and texts as far as there is room: dedupe report --format html --limit 500 > page.html.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runReport(cmd.Context(), a, o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.since, "since", "", "clusters with an article of this `time` or later")
	f.StringVar(&o.until, "until", "", "clusters with an article of this `time` or earlier")
	f.StringVar(&o.outlet, "outlet", "", "clusters with an article of this outlet, by `name` or host")
	f.StringVar(&o.owner, "owner", "", "clusters with an article of an outlet of this owner, by `name` as in outlets.owners")
	f.StringVar(&o.kind, "kind", "", "clusters with a copy of this `kind`: "+kindNames())
	f.StringVar(&o.language, "language", "", "clusters in this language, by `tag` such as en")
	f.StringVar(&o.query, "query", "", "clusters whose headline holds these `words`, letter case aside")
	f.BoolVar(&o.fresh, "new", false, "clusters that the last run made; with --since-last, those made since")
	f.BoolVar(&o.changed, "changed", false, "clusters that the last run made or changed")
	f.BoolVar(&o.sinceLast, "since-last", false, "clusters made or changed since the last report that was asked for so")
	f.IntVar(&o.page, "page", 1, "which page, of --limit clusters each, from 1")
	f.StringVar(&o.format, "format", "", "text, markdown, html, json or csv (default text, or json with --json)")
	config.Flag(f, "report.min_outlets", "min-outlets", "")
	config.Flag(f, "report.limit", "limit", "n")
	config.Flag(f, "report.sort", "sort", "")
	return cmd
}

func kindNames() string {
	var names []string
	for _, k := range similarity.Kinds() {
		names = append(names, k.String())
	}
	return strings.Join(names, ", ")
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
			return a.report(ctx, v, filter, o.page, format, false)
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
func (a *app) report(ctx context.Context, v *storage.View, f storage.Filter, page int, format report.Format, silent bool) error {
	c := a.settings()
	sort := storage.Largest
	if c.Report.Sort == "newest" {
		sort = storage.Newest
	}
	limit := c.Report.Limit
	if format == report.HTML && (limit == 0 || limit > maxPageClusters) {
		limit = maxPageClusters
	}
	offset := (page - 1) * limit
	if limit == 0 {
		limit = -1
	}
	stored, err := v.Clusters(ctx, f, sort, limit, offset)
	if err != nil || silent && len(stored) == 0 {
		return err
	}
	r := &report.Clusters{Offset: offset}
	owner, err := a.owner()
	if err != nil {
		return err
	}
	if r.Clusters, err = clustersReport(ctx, v, stored, owner); err != nil {
		return err
	}
	if r.Matching, _, err = v.CountClusters(ctx, f); err != nil {
		return err
	}
	totals, err := v.Totals(ctx)
	if err != nil {
		return err
	}
	r.Totals = totalsReport(&totals)
	if format == report.HTML {
		return a.page(ctx, v, f, stored, r)
	}
	return a.printAs(r, format)
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
	if err := a.report(ctx, view, f, o.page, format, true); err != nil {
		return err
	}
	if err := a.stdout.Flush(); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	if done == last {
		return nil
	}
	return store.SetMeta(ctx, map[string]string{metaLastReport: strconv.FormatInt(done, 10)})
}

// lastRun returns the number of the newest run, 0 when there was none.
func lastRun(ctx context.Context, v *storage.View) (int64, error) {
	runs, err := v.Runs(ctx, 1)
	if err != nil || len(runs) == 0 {
		return 0, err
	}
	return runs[0].ID, nil
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

// filter turns flags and settings into what storage is asked for.
func (o *reportOptions) filter(a *app) (f storage.Filter, err error) {
	c := a.settings()
	f = storage.Filter{MinOutlets: c.Report.MinOutlets, Language: o.language, Query: o.query}
	if f.Since, err = parseMoment("--since", o.since, a.now(), false); err != nil {
		return f, err
	}
	if f.Until, err = parseMoment("--until", o.until, a.now(), true); err != nil {
		return f, err
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

// parseMoment reads a point in time as Long of newReport describes it. A date
// stands for its first second, or with end for its last. "" is no time.
func parseMoment(flag, s string, now time.Time, end bool) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		if end {
			t = t.AddDate(0, 0, 1).Add(-time.Second)
		}
		return t, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02 15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	units := map[byte]time.Duration{'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}
	const maxAge = 10000
	if n, err := strconv.Atoi(s[:len(s)-1]); err == nil && 0 <= n && n <= maxAge && units[s[len(s)-1]] != 0 {
		return now.Add(-time.Duration(n) * units[s[len(s)-1]]), nil
	}
	return time.Time{}, usagef("%s: %q is no time; want a date such as 2026-03-14 or 2026-03-14T09:30:00Z, or an age such as 36h, 7d or 2w", flag, s)
}
