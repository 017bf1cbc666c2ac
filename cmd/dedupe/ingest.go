package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"dedupe/basis"
	"dedupe/config"
	"dedupe/detect"
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
	opt, err := basis.Engine(c)
	if err != nil {
		return err
	}
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
	engine, err := detect.New(ctx, store, opt, a.log, a.now)
	if err != nil {
		return err
	}
	in := a.input()
	in.Progress = &source.Progress{}
	records := a.drawn(paths, in, source.Read(ctx, paths, a.stdin, in))
	sum, err := engine.Ingest(ctx, command, c.Hash(config.Links), records, in)
	if err != nil {
		return err
	}
	if err := a.mended(ctx, store); err != nil {
		return err
	}
	if err := a.listRejects(ctx, store, engine.Run(), sum.Rejected+sum.Doubtful); err != nil {
		return err
	}
	if id := engine.SharedID(); id != nil {
		a.log.Warn("articles came under the id of another one; each is kept apart, under that id with a part of its text's hash",
			"articles", sum.Shared, "example", id.ID, "outlet", id.Outlet, "headline", id.Headlines[0], "other headline", id.Headlines[1])
	}
	if err := a.print(summaryReport(sum)); err != nil {
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

// listRejects prints what was not taken, or only with a doubt, to standard error.
func (a *app) listRejects(ctx context.Context, store *storage.Store, run int64, total int) error {
	if total == 0 {
		return nil
	}
	view, err := store.View(ctx)
	if err != nil {
		return err
	}
	defer view.Close()
	list := &report.Rejects{}
	for r, err := range view.Rejects(ctx, run) {
		if err != nil {
			return err
		}
		if len(list.Rejects) == maxListed {
			break
		}
		list.Rejects = append(list.Rejects, report.Reject{Path: r.Path, Line: r.Line, Reason: r.Reason, Kept: r.Kept})
	}
	list.More = total - len(list.Rejects)
	return report.Write(a.stderr, list, report.Options{})
}

func summaryReport(s detect.Summary) *report.Summary {
	return &report.Summary{
		Read: s.Read, New: s.New, Known: s.Known, Changed: s.Changed, Rejected: s.Rejected, Doubtful: s.Doubtful, TooShort: s.TooShort,
		Compared: s.Compared, Linked: s.Linked, Made: s.Made, Joined: s.Joined, Merged: s.Merged, Split: s.Split, Seconds: s.Seconds,
		Shared: s.Shared,
	}
}

// drawn passes records on and draws a line of progress on a terminal, at most
// five times a second.
func (a *app) drawn(paths []string, in source.Options, records detect.Records) detect.Records {
	if !a.progress() {
		return records
	}
	total, complete := source.Size(paths, in)
	const mib = 1 << 20
	return func(yield func(source.Raw, *source.Reject) bool) {
		last := a.now()
		for raw, reject := range records {
			if now := a.now(); now.Sub(last) >= time.Second/5 {
				last = now
				if p := in.Progress; complete && total > 0 {
					fmt.Fprintf(a.stderr, "\r\x1b[K%d files, %d of %d MiB", p.Files(), p.Bytes()/mib, total/mib)
				} else {
					fmt.Fprintf(a.stderr, "\r\x1b[K%d files, %d MiB", p.Files(), p.Bytes()/mib)
				}
			}
			if !yield(raw, reject) {
				break
			}
		}
		fmt.Fprint(a.stderr, "\r\x1b[K")
	}
}
