package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"dedupe/collect"
	"dedupe/config"
	"dedupe/report"
	"dedupe/storage"
)

func newRejects(a *app) *cobra.Command {
	var source string
	var limit int
	cmd := &cobra.Command{
		Use:   "rejects",
		Short: "Print what could not be taken, where and why, and try it again",
		Long: `Rejects prints the input that runs could not take, the last first: where it stands, why, and how it begins. Records
that were taken with a warning are not in it.`,
		Args: cobra.NoArgs,
	}
	format := a.formatFlag(cmd, report.Text, report.JSON, report.CSV)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		format, err := format()
		if err != nil {
			return err
		}
		if limit < 0 {
			return usagef("--limit: want a number from 0, which is all")
		}
		return a.job.Read(cmd.Context(), func(v *storage.View) error {
			list, err := report.ReadRejected(cmd.Context(), v, source, limit)
			if err != nil {
				return err
			}
			return a.printAs(list, format)
		})
	}
	cmd.Flags().StringVar(&source, "source", "", "those of a source of config.yaml")
	cmd.Flags().IntVar(&limit, "limit", 100, "the most that are printed; 0 is all")
	cmd.AddCommand(newRejectsRetry(a))
	return cmd
}

func newRejectsRetry(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "retry",
		Short: "Read again what was rejected, after a setting has changed",
		Long: `Retry reads the files and sources again of which something was rejected, by the settings in force. What is stored
already changes nothing; rejects that are gone are deleted. What came on standard input, and files that are gone, stay.
` + exitCodes,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.retry(cmd.Context()) },
	}
}

func (a *app) retry(ctx context.Context) error {
	var retry *collect.Retry
	var last int64
	err := a.job.Write(ctx, func(s *storage.Store) error {
		v, err := s.View(ctx)
		if err != nil {
			return err
		}
		defer v.Close()
		rejected, err := report.ReadRejected(ctx, v, "", 0)
		if err != nil {
			return err
		}
		runs, err := v.Runs(ctx, 1)
		if err != nil {
			return err
		}
		for _, r := range runs {
			last = r.ID
		}
		retry, err = collect.NewRetry(ctx, s, a.settings().Sources, rejected.Rejects)
		return err
	})
	if err != nil {
		return err
	}
	if len(retry.Sources) == 0 {
		a.log.Info("nothing that was rejected can be read again")
		return nil
	}
	ingested := measured(ctx, a, "retry", config.Paths(retry.Sources), ingestOptions{sources: retry.Sources})
	if c := (coded{}); ingested != nil && (!errors.As(ingested, &c) || c.code != exitRejected) {
		return ingested
	}
	if err := a.job.Write(ctx, func(s *storage.Store) error { return s.DropRejects(ctx, last+1, retry.Labels, retry.Paths) }); err != nil {
		return err
	}
	return ingested
}
