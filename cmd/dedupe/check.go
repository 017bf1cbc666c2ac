package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"dedupe/engine"
	"dedupe/explain"
	"dedupe/report"
	"dedupe/storage"
)

func newCheck(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check PATH...|ARTICLE...|-",
		Short: "Say what articles would be copies of, without storing them",
		Long: fmt.Sprintf(`Check reads articles as ingest does, at most %d of them, compares them with what is stored, and prints the
stored copies of each and their clusters. A stored article may be named as well, as in "dedupe show". It changes nothing,
and needs no lock.
`, explain.MaxChecked) + exitCodes,
		Args: cobra.MinimumNArgs(1),
	}
	format := a.formatFlag(cmd, report.Text, report.JSON, report.CSV)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		format, err := format()
		if err != nil {
			return err
		}
		return a.job.ReadTexts(cmd.Context(), func(eng *engine.Engine, view *storage.View) error {
			result, rejects, err := explain.New(eng, view, explain.Options{}).CheckAll(cmd.Context(), args, a.files(), maxListed)
			if err != nil {
				return err
			}
			if err := a.printAs(result, format); err != nil {
				return err
			}
			return a.listRejects(rejects, "rejected")
		})
	}
	return cmd
}

// files is where articles that are not stored are read.
func (a *app) files() explain.Files {
	return explain.Files{Read: a.job.Input(), Stdin: a.stdin, Now: a.now()}
}
