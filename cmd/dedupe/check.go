package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/explain"
	"dedupe/report"
	"dedupe/source"
	"dedupe/storage"
)

func newCheck(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "check PATH...|ARTICLE...|-",
		Short: "Say what articles would be copies of, without storing them",
		Long: fmt.Sprintf(`Check reads articles as ingest does, at most %d of them, compares them with what is stored, and prints the
stored copies of each and their clusters. A stored article may be named as well, as in "dedupe show". It changes nothing,
and needs no lock.
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

func (a *app) check(ctx context.Context, names []string, format report.Format) error {
	return a.job.ReadTexts(ctx, func(eng *engine.Engine, view *storage.View) error {
		x := explain.New(eng, view, explain.Options{})
		in := a.job.Input()
		decoder, err := source.NewDecoder(in)
		if err != nil {
			return err
		}
		result, rejects := &report.Checks{Articles: []report.Checked{}}, &report.Rejects{}
		paths, stored, err := namesOfFiles(ctx, view, names)
		if err != nil {
			return err
		}
		for _, s := range stored {
			body, err := view.Body(ctx, s.Seq)
			if err != nil {
				return err
			}
			checked, err := x.Check(ctx, &article.Article{ID: s.External, Outlet: s.Outlet, URL: s.URL, Headline: s.Headline, Byline: s.Byline,
				Published: s.Published, Language: s.Language, Body: body})
			if err != nil {
				return err
			}
			result.Articles = append(result.Articles, checked)
		}
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

// namesOfFiles parts names of stored articles from those of files: what is no file and the
// name of an article means that.
func namesOfFiles(ctx context.Context, v *storage.View, names []string) (files []string, stored []storage.Article, err error) {
	for _, name := range names {
		if _, none := os.Lstat(name); none == nil || name == "-" || len(stored) == maxChecked {
			files = append(files, name)
			continue
		}
		found, err := v.Find(ctx, name)
		switch {
		case errors.Is(err, storage.ErrNotFound):
			files = append(files, name)
		case err != nil:
			return nil, nil, err
		default:
			stored = append(stored, found)
		}
	}
	return files, stored, nil
}
