package main

import (
	"github.com/spf13/cobra"

	"dedupe/basis"
	"dedupe/config"
	"dedupe/report"
	"dedupe/storage"
)

func newPrune(a *app) *cobra.Command {
	var dry bool
	cmd := &cobra.Command{
		Use:   "prune",
		Short: "Take out what is older than the section retention of config.yaml keeps",
		Long: `Prune takes out what is older than the section retention of config.yaml keeps: places in the index, pairs, texts and
whole articles, each with an age of its own. An article that left the index stays in its cluster, under its number, and is
not compared any more. What articles showed to be boilerplate is counted on. Nothing is pruned unless an age is set.

"dedupe run" does the same at its end, once a day.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, is := basis.Prune(a.settings(), a.now())
			if !is {
				return usagef("prune: no age is set; say what to keep in config.yaml, such as retention: {texts: 365d}")
			}
			p.DryRun = dry
			return a.job.Change(cmd.Context(), "prune", func(store *storage.Store) error {
				if !dry {
					if err := a.job.Fit(cmd.Context(), store); err != nil {
						return err
					}
				}
				e, err := a.job.Engine(cmd.Context(), store)
				if err != nil {
					return err
				}
				e.Watch(a.job.Steps)
				out, err := e.Prune(cmd.Context(), a.settings().Hash(config.Links), p)
				a.progress.End()
				if err != nil {
					return err
				}
				return a.print(report.NewPruned(out, dry))
			})
		},
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "say what would go, and take nothing out")
	return cmd
}
