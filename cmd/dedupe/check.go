package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"dedupe/detect"
	"dedupe/explain"
	"dedupe/report"
	"dedupe/source"
	"dedupe/storage"
)

func newCheck(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "check PATH...|-",
		Short: "Say what articles would be copies of, without storing them",
		Long: fmt.Sprintf(`Check reads articles as ingest does, at most %d of them, compares them with what is stored, and prints the
stored copies of each and their clusters. It changes nothing, and needs no lock.
`, maxChecked) + exitCodes,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := a.format(format, report.Text, report.JSON, report.CSV)
			if err != nil {
				return err
			}
			return a.check(cmd.Context(), args, format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "", "text, json or csv (default text, or json with --json)")
	return cmd
}

// maxChecked bounds how many articles are checked at once: their results are
// printed as one.
const maxChecked = 1000

func (a *app) check(ctx context.Context, paths []string, format report.Format) error {
	return a.readTexts(ctx, func(engine *detect.Engine, view *storage.View) error {
		x := explain.New(engine, view, explain.Options{})
		in := a.input()
		decoder, err := source.NewDecoder(in)
		if err != nil {
			return err
		}
		result, rejects := &report.Checks{Articles: []report.Checked{}}, &report.Rejects{}
		for raw, reject := range source.Read(ctx, paths, a.stdin, in) {
			if reject != nil {
				rejects.Add(reject, maxListed)
				continue
			}
			received, reject := raw.Decode(decoder)
			if reject != nil && !reject.Kept {
				rejects.Add(reject, maxListed)
				continue
			}
			if len(result.Articles) == maxChecked {
				return usagef("check: more than %d articles; use `dedupe ingest` into a database of their own", maxChecked)
			}
			checked, err := x.Check(ctx, &received)
			if err != nil {
				return err
			}
			result.Articles = append(result.Articles, checked)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := a.printAs(result, format); err != nil {
			return err
		}
		return a.listRejects(rejects, "rejected")
	})
}

// input says how articles are read.
func (a *app) input() source.Options {
	c := a.settings()
	return source.Options{Fields: fields(c.Input.Fields), MaxRecord: int(c.Input.MaxRecord), FirstSeen: a.now(), Own: storage.Files(c.Database.Path)}
}
