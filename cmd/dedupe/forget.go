package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"dedupe/article"
	"dedupe/config"
	"dedupe/engine"
	"dedupe/report"
	"dedupe/storage"
)

// forgetOptions are the flags of dedupe forget.
type forgetOptions struct {
	outlet  string
	letBack int64
	engine.Forget
}

func newForget(a *app) *cobra.Command {
	var o forgetOptions
	cmd := &cobra.Command{
		Use:   "forget ARTICLE...|--outlet NAME",
		Short: "Take articles out for good, so that nothing of them is left",
		Long: `Forget takes articles out for good: all their versions with texts and headlines, what was compared with them, what
people decided on them, and notes of rejected input that hold a part of them. An article is named as everywhere: by its
id, its URL, or outlet:id. Others are judged and grouped as if it had never come, and clusters keep their numbers while
most of their members stay. Then the file is written anew, so that no byte of the text is left in it or in its log; that
takes as much free room as the file twice over. Backups that were made before have the text still.

Hashes of the article's identity and texts are kept, so that it is rejected when it comes again. --may-return keeps none,
and --let-back takes an entry off that list: the reject says its number. Copies by other outlets are other articles.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case o.letBack != 0:
				if len(args) > 0 || o.outlet != "" || o.letBack < 0 {
					return usagef("forget: --let-back takes the number of an entry alone, as the reject of the article says it")
				}
				return a.job.Change(cmd.Context(), "forget", func(s *storage.Store) error { return s.LetBack(cmd.Context(), o.letBack) })
			case (len(args) == 0) == (o.outlet == ""):
				return usagef("forget: want articles or --outlet NAME, such as: dedupe forget https://harbour.example/news/17")
			}
			return a.forget(cmd.Context(), args, o)
		},
	}
	cmd.Flags().StringVar(&o.outlet, "outlet", "", "forget all articles of the outlet with this `name`")
	cmd.Flags().BoolVar(&o.LetBack, "may-return", false, "keep no hashes: it is taken again when it comes again")
	cmd.Flags().Int64Var(&o.letBack, "let-back", 0, "let an article that was forgotten come back, by the `number` of its entry")
	cmd.Flags().BoolVar(&o.DryRun, "dry-run", false, "say what would be removed, and remove nothing")
	return cmd
}

func (a *app) forget(ctx context.Context, names []string, o forgetOptions) error {
	return a.job.Change(ctx, "forget", func(store *storage.Store) error {
		halfway, err := store.Halfway(ctx)
		if err != nil {
			return err
		}
		list, err := named(ctx, store, names, o.outlet)
		if err != nil && !(halfway && (errors.Is(err, storage.ErrNotFound) || errors.As(err, new(noneOf)))) {
			return err
		}
		for _, x := range list {
			o.Keys = append(o.Keys, x.Key)
		}
		if !o.DryRun {
			if err := a.job.Fit(ctx, store); err != nil {
				return err
			}
		}
		e, err := a.job.Engine(ctx, store)
		if err != nil {
			return err
		}
		e.Watch(a.job.Steps)
		out, err := e.Forget(ctx, a.settings().Hash(config.Links), o.Forget)
		a.progress.End()
		if full := errors.Is(err, storage.ErrFull); err != nil && out.Versions > 0 && (full || errors.Is(err, storage.ErrBusy)) {
			return fmt.Errorf("the articles are gone, but bytes of them may still stand where the file is free: run `dedupe forget` for them again, or any run: %w", err)
		}
		if err != nil {
			return err
		}
		result, err := a.forgotten(ctx, store, out, o)
		if err != nil {
			return err
		}
		return a.print(result)
	})
}

// named finds articles by their names, or all of an outlet.
func named(ctx context.Context, store *storage.Store, names []string, outlet string) (list []storage.Article, err error) {
	view, err := store.View(ctx)
	if err != nil {
		return nil, err
	}
	defer view.Close()
	for _, name := range names {
		x, err := view.Find(ctx, name)
		if err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	if outlet == "" {
		return list, nil
	}
	for x, err := range view.OfOutlet(ctx, article.CanonicalOutlet(outlet)) {
		if err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	if len(list) == 0 {
		return nil, withCode(exitUsage, noneOf(outlet))
	}
	return list, nil
}

// noneOf is an outlet that nothing is stored of.
type noneOf string

func (o noneOf) Error() string {
	return fmt.Sprintf("forget: there is no article of an outlet %q; dedupe stats names the outlets", string(o))
}

// forgotten is what came of it.
func (a *app) forgotten(ctx context.Context, store *storage.Store, out engine.Forgotten, o forgetOptions) (*report.Forgotten, error) {
	view, err := store.View(ctx)
	if err != nil {
		return nil, err
	}
	defer view.Close()
	return report.NewForgotten(ctx, view, out, o.DryRun, !o.LetBack)
}
