package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/storage"
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
	cmd.AddCommand(newClusterMerge(a), newClusterSplit(a), newClusterPin(a), newClusterUnpin(a))
	return cmd
}

// maxApart bounds the decisions that one split makes.
const maxApart = 10_000

func newClusterMerge(a *app) *cobra.Command {
	var note string
	cmd := &cobra.Command{
		Use:   "merge CLUSTER CLUSTER...",
		Short: "Decide that clusters are one story",
		Long: `Merge decides that the representatives of the clusters are the same, the first with each other one. A cluster may
be named by an article of it, and an article that is alone counts as a cluster.`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkNote(note); err != nil {
				return err
			}
			return a.rule(cmd.Context(), "cluster merge", func(v *storage.View) (r engine.Ruling, err error) {
				var keys []article.Key
				for _, arg := range args {
					x, err := findMember(cmd.Context(), v, arg)
					if err != nil {
						return r, err
					}
					if !slices.Contains(keys, x.Key) {
						keys = append(keys, x.Key)
					}
				}
				if len(keys) < 2 {
					return r, usagef("cluster merge: these are one cluster")
				}
				for _, key := range keys[1:] {
					r.Decide = append(r.Decide, storage.NewDecision(keys[0], key, true, a.now(), note))
				}
				return r, nil
			})
		},
	}
	cmd.Flags().StringVar(&note, "note", "", "why")
	return cmd
}

// findMember returns the representative of the cluster that a person means, or
// the article itself where it is alone.
func findMember(ctx context.Context, v *storage.View, name string) (storage.Article, error) {
	id, err := v.FindCluster(ctx, name)
	if err != nil {
		if x, alone := v.Find(ctx, name); alone == nil && x.Cluster == 0 {
			return x, nil
		}
		return storage.Article{}, err
	}
	if id, err = v.Resolve(ctx, id); err != nil {
		return storage.Article{}, err
	}
	c, err := v.Cluster(ctx, id)
	if err != nil {
		return storage.Article{}, err
	}
	return v.Article(ctx, c.Representative)
}

func newClusterSplit(a *app) *cobra.Command {
	var note string
	cmd := &cobra.Command{
		Use:   "split CLUSTER ARTICLE...",
		Short: "Decide that articles do not belong to their cluster",
		Long: `Split decides that each of the articles is another story than each of those that stay. The articles themselves
stay together as far as their texts hold them together.`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkNote(note); err != nil {
				return err
			}
			return a.rule(cmd.Context(), "cluster split", func(v *storage.View) (engine.Ruling, error) {
				return a.split(cmd.Context(), v, args[0], args[1:], note)
			})
		},
	}
	cmd.Flags().StringVar(&note, "note", "", "why")
	return cmd
}

func (a *app) split(ctx context.Context, v *storage.View, cluster string, names []string, note string) (r engine.Ruling, err error) {
	id, err := v.FindCluster(ctx, cluster)
	if err != nil {
		return r, err
	}
	if id, err = v.Resolve(ctx, id); err != nil {
		return r, err
	}
	leaving := map[article.Key]bool{}
	var order []article.Key
	for _, name := range names {
		x, err := v.Find(ctx, name)
		switch {
		case err != nil:
			return r, err
		case x.Cluster != id:
			return r, usagef("cluster split: %s is not in cluster %s", name, storage.ClusterLabel(id))
		case !leaving[x.Key]:
			leaving[x.Key] = true
			order = append(order, x.Key)
		}
	}
	var staying []article.Key
	for m, err := range v.Members(ctx, id) {
		if err != nil {
			return r, err
		}
		if !leaving[m.Key] {
			staying = append(staying, m.Key)
		}
	}
	switch n := len(order) * len(staying); {
	case n == 0:
		return r, usagef("cluster split: no article would stay in cluster %s", storage.ClusterLabel(id))
	case n > maxApart:
		return r, usagef("cluster split: that makes %d decisions on pairs, want at most %d: name fewer articles", n, maxApart)
	}
	for _, x := range order {
		for _, y := range staying {
			r.Decide = append(r.Decide, storage.NewDecision(x, y, false, a.now(), note))
		}
	}
	return r, nil
}

func newClusterPin(a *app) *cobra.Command {
	var note string
	cmd := &cobra.Command{
		Use:   "pin ARTICLE",
		Short: "Let an article represent its cluster",
		Long: `Pin lets an article represent whatever cluster it is in. Of several pinned articles of one cluster the one that was
pinned last represents it.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkNote(note); err != nil {
				return err
			}
			return a.rule(cmd.Context(), "cluster pin", func(v *storage.View) (r engine.Ruling, err error) {
				x, err := v.Find(cmd.Context(), args[0])
				r.Pin = []storage.Pin{{Key: x.Key, Decided: a.now(), Note: note}}
				return r, err
			})
		},
	}
	cmd.Flags().StringVar(&note, "note", "", "why")
	return cmd
}

func newClusterUnpin(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "unpin ARTICLE",
		Short: "Take a pin back",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.rule(cmd.Context(), "cluster unpin", func(v *storage.View) (r engine.Ruling, err error) {
				x, err := findOrKey(cmd.Context(), v, args[0])
				r.Unpin = []article.Key{x.Key}
				return r, err
			})
		},
	}
}
