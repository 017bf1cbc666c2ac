package main

import (
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
			return a.job.Read(cmd.Context(), func(v *storage.View) error {
				s, err := report.ReadStats(cmd.Context(), v, o.days, o.top, a.settings().Report.Zone())
				if err == nil {
					_, s.Differ, err = a.judged(cmd.Context(), v)
				}
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
