package main

import (
	"context"

	"github.com/spf13/cobra"

	"dedupe/report"
	"dedupe/storage"
)

// statsOptions are the flags of dedupe stats.
type statsOptions struct {
	days, top int
	format    string
}

func newStats(a *app) *cobra.Command {
	var o statsOptions
	cmd := &cobra.Command{
		Use:   "stats",
		Short: "Print what the database holds: how much was syndicated, by whom first, day by day",
		Long: `Stats counts what the database holds: articles, outlets, clusters, the share that is syndicated, who published
first what others carried, the agencies, the last days and runs, and the size of the index.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			format, err := a.format(o.format, report.Text, report.JSON, report.CSV)
			if err != nil {
				return err
			}
			if o.days < 0 || o.top < 0 {
				return usagef("--days and --top: want a number from 0")
			}
			return a.read(cmd.Context(), func(v *storage.View) error {
				s, err := statsReport(cmd.Context(), v, o)
				if err != nil {
					return err
				}
				return a.printAs(s, format)
			})
		},
	}
	cmd.Flags().IntVar(&o.days, "days", 14, "how many days, the last ones")
	cmd.Flags().IntVar(&o.top, "top", 10, "how many outlets, agencies and runs")
	cmd.Flags().StringVar(&o.format, "format", "", "text, json or csv, the days alone (default text, or json with --json)")
	return cmd
}

func statsReport(ctx context.Context, v *storage.View, o statsOptions) (*report.Stats, error) {
	s := &report.Stats{}
	totals, err := v.Totals(ctx)
	if err != nil {
		return nil, err
	}
	s.Totals, s.Links = *totalsReport(&totals), kindCounts(totals.Links)
	firsts, _, err := v.Firsts(ctx, storage.Filter{MinOutlets: 2}, o.top)
	if err != nil {
		return nil, err
	}
	credits, err := v.Credits(ctx, o.top)
	if err != nil {
		return nil, err
	}
	s.Firsts, s.Credits = tallies(firsts), tallies(credits)
	days, err := v.Days(ctx, o.days)
	if err != nil {
		return nil, err
	}
	for _, d := range days {
		s.Days = append(s.Days, report.Day(d))
	}
	runs, err := v.Runs(ctx, o.top)
	if err != nil {
		return nil, err
	}
	for _, r := range runs {
		s.Runs = append(s.Runs, report.Run{Run: r.ID, Command: r.Command, Started: r.Started, Finished: r.Finished})
	}
	health, err := v.Health(ctx)
	s.Health = report.Health(health)
	return s, err
}
