package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"dedupe/config"
	"dedupe/engine"
	"dedupe/storage"
)

func newRecluster(a *app) *cobra.Command {
	var o engine.Again
	cmd := &cobra.Command{
		Use:   "recluster",
		Short: "Judge everything stored again by the settings in force",
		Long: `Recluster judges the stored links again by the settings in force and groups all articles anew: what comes out is
what taking all articles in anew would give. Clusters keep their numbers while most of their members stay, and people's
decisions hold.

Changed thresholds are applied to the stored figures of each pair. The texts are read where these do not suffice: of
articles with so many copies that not all were compared; and of all articles when the window, candidates.max_heads,
headline.metric or a setting of boilerplate changed, when somebody decided on boilerplate, or when a threshold is below what
is stored. When text.shingle_size, candidates.sample or wire.agencies changed, the index is made anew as well. Other
outlets.aliases would make other articles: they need a new database.

After an update of dedupe all is brought up to date with what it makes of articles now: plain text, dates, outlets,
identity, words, links. The next run does so by itself. Dates that were shown wrong because the clock of the machine was
wrong are mended by each recluster.

When it is stopped, the next one goes on from there; while a new index is not finished, nothing else compares texts.
With --dry-run it says what would change and stores nothing; after an update, what would change of links.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.job.Change(cmd.Context(), "recluster", func(store *storage.Store) error {
				filled, err := a.job.Basis(store).Filled(cmd.Context())
				if err != nil {
					return err
				}
				if !filled {
					return fmt.Errorf("recluster %s: nothing was taken in yet", a.settings().Database.Path)
				}
				result, err := a.job.Recluster(cmd.Context(), store, o)
				if err != nil {
					return err
				}
				return a.print(result)
			})
		},
	}
	cmd.Flags().BoolVar(&o.DryRun, "dry-run", false, "say what would change and store nothing")
	cmd.Flags().BoolVar(&o.Texts, "texts", false, "compare all articles anew, whether that is needed or not")
	config.Flag(cmd.Flags(), "workers", "workers", "")
	config.Flag(cmd.Flags(), "batch", "batch", "")
	return cmd
}
