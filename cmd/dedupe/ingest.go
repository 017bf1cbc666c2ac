package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"dedupe/config"
	"dedupe/report"
	"dedupe/source"
	"dedupe/storage"
)

func newRun(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Take in the sources of config.yaml and group what is new; for cron",
		Long: `Run takes in the sources listed under "sources" in config.yaml and groups what is new. Articles that are stored
already change nothing, so it can be repeated as often as wanted; one that was killed is finished by the next.
` + exitCodes,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if len(a.settings().Sources) == 0 {
				return usagef(`run: "sources" in the configuration is empty: list files, folders or patterns, or use "dedupe ingest PATH"`)
			}
			return ingest(cmd.Context(), a, "run", a.settings().Sources)
		},
	}
	ingestFlags(cmd)
	return cmd
}

func newIngest(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "ingest PATH...|-",
		Short: "Take in files, folders or standard input and group what is new",
		Long: `Ingest takes in the given files, folders and patterns, or standard input for "-", and groups what is new.
It reads JSON lines (one record a line: id, outlet, url, title, published, body; also gzip and zstd) and page dumps
in plain text. Other kinds of files are refused, with the command that converts them.
` + exitCodes,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return ingest(cmd.Context(), a, "ingest", args) },
	}
	ingestFlags(cmd)
	return cmd
}

func ingestFlags(cmd *cobra.Command) {
	config.Flag(cmd.Flags(), "workers", "workers", "")
	config.Flag(cmd.Flags(), "batch", "batch", "")
	config.Flag(cmd.Flags(), "window", "window", "")
}

// maxListed bounds the rejects that are listed on standard error; all of them
// are stored.
const maxListed = 100

func ingest(ctx context.Context, a *app, command string, paths []string) (err error) {
	c := a.settings()
	lock, err := acquire(a, command)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	store, err := storage.Open(ctx, c.Database.Path, a.stepping(storage.Options{Compress: c.Storage.Compress}))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := a.checkSettings(ctx, store); err != nil {
		return err
	}
	engine, err := a.engine(ctx, store)
	if err != nil {
		return err
	}
	in := a.input()
	in.Progress = &source.Progress{}
	records := a.drawnRecords(paths, in, source.Read(ctx, paths, a.stdin, in))
	sum, err := engine.Ingest(ctx, command, c.Hash(config.Links), records, in)
	if err != nil {
		return err
	}
	if err := a.mended(ctx, store); err != nil {
		return err
	}
	if n := sum.Rejected + sum.Doubtful; n > 0 {
		rejects, err := report.ReadRejects(ctx, store, engine.Run(), n, maxListed)
		if err == nil {
			err = report.Write(a.stderr, rejects, report.Options{})
		}
		if err != nil {
			return err
		}
	}
	if id := engine.SharedID(); id != nil {
		a.log.Warn("articles came under the id of another one; each is kept apart, under that id with a part of its text's hash",
			"articles", sum.Shared, "example", id.ID, "outlet", id.Outlet, "headline", id.Headlines[0], "other headline", id.Headlines[1])
	}
	if err := a.print(report.NewSummary(sum)); err != nil {
		return err
	}
	if sum.Rejected+sum.Doubtful > 0 {
		return withCode(exitRejected, fmt.Errorf("%d rejected, %d taken with a doubt: see above, or the table reject of %s", sum.Rejected, sum.Doubtful, c.Database.Path))
	}
	return nil
}

// acquire takes the database's lock, and says so when a dead holder left it.
func acquire(a *app, command string) (*storage.Lock, error) {
	lock, err := storage.Acquire(a.settings().Database.Path, command, a.now())
	if errors.As(err, new(*storage.HeldError)) {
		return nil, withCode(exitLocked, err)
	}
	if err == nil && lock.Blind != nil {
		a.log.Warn("no lock here: should two runs work on the database at once, the second to store something ends with code 3", "reason", lock.Blind)
	}
	if err == nil && lock.Previous != nil {
		a.log.Warn("the last run did not end by itself; going on from what it committed",
			"pid", lock.Previous.PID, "command", lock.Previous.Command, "started", lock.Previous.Started.Format(time.RFC3339))
	}
	return lock, err
}

func fields(f config.Fields) map[string][]string {
	return map[string][]string{
		"id": f.ID, "outlet": f.Outlet, "url": f.URL, "title": f.Headline, "byline": f.Byline,
		"published": f.Published, "language": f.Language, "body": f.Body,
	}
}
