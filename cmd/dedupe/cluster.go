package main

import (
	"context"

	"github.com/spf13/cobra"

	"dedupe/engine"
	"dedupe/review"
)

func newCluster(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "cluster",
		Short: "Merge and split clusters, and choose their representatives",
		Long: `Cluster turns what a person says of whole clusters into decisions on their articles, as "dedupe label" stores
them: they outrank every verdict and last, and "dedupe label list" shows them.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usagef("cluster: want one of merge, split, pin, unpin")
		},
	}
	cmd.AddCommand(
		a.newRuling(&cobra.Command{
			Use:   "merge CLUSTER CLUSTER...",
			Short: "Decide that clusters are one story",
			Long: `Merge decides that the representatives of the clusters are the same, the first with each other one. A cluster may
be named by an article of it, and an article that is alone counts as a cluster.`,
			Args: cobra.MinimumNArgs(2),
		}, true, func(ctx context.Context, p review.Person, args []string) (engine.Ruling, error) {
			return p.Merge(ctx, args)
		}),
		a.newRuling(&cobra.Command{
			Use:   "split CLUSTER ARTICLE...",
			Short: "Decide that articles do not belong to their cluster",
			Long: `Split decides that each of the articles is another story than each of those that stay. The articles themselves
stay together as far as their texts hold them together.`,
			Args: cobra.MinimumNArgs(2),
		}, true, func(ctx context.Context, p review.Person, args []string) (engine.Ruling, error) {
			return p.Split(ctx, args[0], args[1:])
		}),
		a.newRuling(&cobra.Command{
			Use:   "pin ARTICLE",
			Short: "Let an article represent its cluster",
			Long: `Pin lets an article represent whatever cluster it is in. Of several pinned articles of one cluster the one that was
pinned last represents it.`,
			Args: cobra.ExactArgs(1),
		}, true, func(ctx context.Context, p review.Person, args []string) (engine.Ruling, error) {
			return p.Pin(ctx, args[0])
		}),
		a.newRuling(&cobra.Command{
			Use:   "unpin ARTICLE",
			Short: "Take a pin back",
			Args:  cobra.ExactArgs(1),
		}, false, func(ctx context.Context, p review.Person, args []string) (engine.Ruling, error) {
			return p.Unpin(ctx, args[0])
		}),
	)
	return cmd
}
