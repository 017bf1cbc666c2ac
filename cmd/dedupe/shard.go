package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"dedupe/basis"
	"dedupe/config"
	"dedupe/engine"
	"dedupe/report"
	"dedupe/shard"
	"dedupe/source"
)

func newShard(a *app) *cobra.Command {
	var out string
	var n int
	cmd := &cobra.Command{
		Use:   "shard --out DIR PATH...|-",
		Short: "Split input by time into files that are taken in one by one, anywhere",
		Long: `Shard reads what ingest reads and writes it to a new folder, as files that overlap by the window. Each is taken in
by itself, into a database of its own, on any machine; merge joins the databases. The result is that of one run:

  dedupe shard --shards 4 --out shards news/
  for f in shards/*.jsonl; do dedupe --db "${f%.jsonl}.db" ingest "$f"; done
  dedupe --db news.db merge shards/*.db

docs/spark.md says when that is worth it.
` + exitCodes,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return split(cmd.Context(), a, args, out, n) },
	}
	cmd.Flags().StringVar(&out, "out", "", "the `folder` to make")
	cmd.Flags().IntVar(&n, "shards", 4, "into how many files, at most")
	config.Flag(cmd.Flags(), "window", "window", "")
	return cmd
}

func split(ctx context.Context, a *app, paths []string, out string, n int) error {
	switch {
	case out == "":
		return usagef("shard: --out names the folder to make, as in: dedupe shard --out shards news/")
	case n < 2 || n > shard.MaxShards:
		return usagef("--shards: %d is not between 2 and %d", n, shard.MaxShards)
	}
	opt, err := basis.Engine(a.settings())
	if err != nil {
		return err
	}
	in := a.job.Input()
	in.Progress = &source.Progress{}
	rejects := &report.Rejects{}
	rejected := 0
	list, err := shard.Split(ctx, opt, a.job.Drawn(paths, in, source.Read(ctx, paths, a.stdin, in)), in, out, n, func(r *source.Reject) {
		if r.Passed {
			return
		}
		rejects.Add(r, maxListed)
		if !r.Kept {
			rejected++
		}
	})
	a.progress.End()
	if err != nil {
		return err
	}
	if err := errors.Join(a.logRejects(rejects), a.print(report.NewShards(list, rejected))); err != nil {
		return err
	}
	if rejected > 0 {
		return withCode(exitRejected, fmt.Errorf("%d rejected: see above", rejected))
	}
	return nil
}

func newMerge(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "merge DATABASE...",
		Short: "Join databases to one that is as if everything had been taken in at once",
		Long: `Merge takes the articles of databases into that of --db, which is made where there is none. What they found out is
taken over where it is what one run would have found out: for shards nearly all. The rest is found out anew. So any databases
can be joined that were made by the same settings, and merging them again adds nothing. One that was stopped is finished by the
same command, or by the next run.

What people decided on articles, and which they pinned, comes along as one ruling, which undo takes back. What stands in the
joined database stays; of the others' decisions on one pair the later counts, and one that contradicts others is left out and
named. Decisions on boilerplate stay where they are.
` + exitCodes,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return merge(cmd.Context(), a, args) },
	}
	config.Flag(cmd.Flags(), "workers", "workers", "")
	config.Flag(cmd.Flags(), "batch", "batch", "")
	config.Flag(cmd.Flags(), "window", "window", "")
	return cmd
}

func merge(ctx context.Context, a *app, paths []string) (err error) {
	c := a.settings()
	opt, err := basis.Engine(c)
	if err != nil {
		return err
	}
	remark := func(path, what string) { a.log.Warn(what, "database", path) }
	from, err := shard.Open(ctx, c, opt, paths, a.now(), remark)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	in := a.job.Input()
	return a.takeGiven(ctx, "merge", func(e *engine.Engine) (engine.Summary, error) {
		if err := from.Rule(ctx, e, c.Hash(config.Links), remark); err != nil {
			return engine.Summary{}, err
		}
		return e.IngestGiven(ctx, "merge", c.Hash(config.Links), from.Records(ctx), in, from)
	})
}
