package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"dedupe/collect"
	"dedupe/config"
	"dedupe/engine"
	"dedupe/report"
	"dedupe/source"
	"dedupe/storage"
)

// ingestOptions are the flags of dedupe run and dedupe ingest.
type ingestOptions struct {
	dry     bool
	sources []config.Source // of run: what it takes in
}

func newRun(a *app) *cobra.Command {
	var o ingestOptions
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Take in the sources of config.yaml and group what is new; for cron",
		Long: `Run takes in the sources listed under "sources" in config.yaml and groups what is new. Articles that are stored
already change nothing, so it can be repeated as often as wanted; one that was killed is finished by the next.
` + exitCodes,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if len(a.settings().Sources) == 0 {
				return usagef(`run: no sources are set: "dedupe init FILE" writes a config.yaml with yours, "dedupe ingest FILE" takes a file in without one`)
			}
			o.sources = a.settings().Sources
			return measured(cmd.Context(), a, "run", config.Paths(o.sources), o)
		},
	}
	ingestFlags(cmd, &o)
	return cmd
}

func newIngest(a *app) *cobra.Command {
	var o ingestOptions
	cmd := &cobra.Command{
		Use:   "ingest PATH...|-",
		Short: "Take in files, folders or standard input and group what is new",
		Long: `Ingest takes in the given files, folders and patterns, or standard input for "-", and groups what is new.
It reads JSON (a record a line, printed objects, lists, and objects that hold a list, such as {"articles": [...]}; also
gzip and zstd) and page dumps in plain text. Other kinds of files are refused, with the command that converts them.

The names of fields that NewsAPI, JSON Feed, newspaper, trafilatura, Scrapy projects, Media Cloud, GDELT and Event Registry
use are known; input.fields in config.yaml names others. --dry-run says which field is taken for what, with an example and
how often, and which are not used; it stores nothing and needs no database. A JSON file in which no record has a body is
refused as a whole, with the line for config.yaml that names the likely one.
` + exitCodes,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return measured(cmd.Context(), a, "ingest", args, o) },
	}
	ingestFlags(cmd, &o)
	return cmd
}

func ingestFlags(cmd *cobra.Command, o *ingestOptions) {
	cmd.Flags().BoolVar(&o.dry, "dry-run", false, "say which field is taken for what, and store nothing")
	config.Flag(cmd.Flags(), "workers", "workers", "")
	config.Flag(cmd.Flags(), "batch", "batch", "")
	config.Flag(cmd.Flags(), "window", "window", "")
	config.Flag(cmd.Flags(), "metrics.file", "metrics-file", "")
}

// maxListed bounds the rejects that are listed on standard error; all of them
// are stored.
const maxListed = 100

func ingest(ctx context.Context, a *app, command string, paths []string, o ingestOptions) (sum engine.Summary, err error) {
	c := a.settings()
	lock, err := acquire(a, command)
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	a.progress.At("opening the database", "", 0, 0)
	store, err := storage.Open(ctx, c.Database.Path, a.stepping(storage.Options{Compress: c.Storage.Compress, Mode: c.Database.Mode}))
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := a.checkSettings(ctx, store); err != nil {
		return sum, err
	}
	engine, err := a.engine(ctx, store)
	if err != nil {
		return sum, err
	}
	in := a.input()
	in.Progress = &source.Progress{}
	records := source.Read(ctx, paths, a.stdin, in)
	var collector *collect.Collector
	if o.sources != nil {
		client := a.client()
		defer client.Close()
		collector, err = collect.New(ctx, store, a.collecting(client, in, o.sources))
		if err != nil {
			return sum, err
		}
		records = collector.Records(ctx)
	}
	records = a.drawnRecords(paths, in, records)
	var survey *source.Survey // of the first run
	if engine.Articles() == 0 && !c.Output.Quiet {
		if survey, records, err = surveyed(records, in); err != nil {
			return sum, err
		}
	}
	engine.Watch(a.stepped())
	sum, err = engine.Ingest(ctx, command, c.Hash(config.Links), records, in)
	a.progress.End()
	if err != nil {
		return sum, err
	}
	if collector != nil {
		if err := collector.Save(ctx, engine.Tally()); err != nil {
			return sum, err
		}
	}
	if command == "run" {
		if err := a.pruneDaily(ctx, store); err != nil {
			return sum, err
		}
	}
	if err := a.mended(ctx, store); err != nil {
		return sum, err
	}
	rejected, err := a.sayRejects(ctx, store, engine, sum, command)
	if err != nil {
		return sum, err
	}
	if survey != nil {
		if err := a.saySurvey(report.NewIntake(survey)); err != nil {
			return sum, err
		}
	}
	if err := a.print(report.NewSummary(sum)); err != nil {
		return sum, err
	}
	a.tell(ctx, store)
	return sum, rejected
}

// sayRejects lists what a command rejected or took with a warning, and returns the error to end with;
// none where nothing was rejected. Of a run it is news alone.
func (a *app) sayRejects(ctx context.Context, store *storage.Store, e *engine.Engine, sum engine.Summary, command string) (rejected, err error) {
	if n := sum.Rejected + sum.Warnings; n > 0 {
		rejects, err := report.ReadRejects(ctx, store, e.Run(), n, maxListed, command == "run")
		if err == nil {
			err = a.logRejects(rejects)
		}
		if err != nil {
			return nil, err
		}
		if sum.Rejected > 0 && (command != "run" || rejects.News() > 0) {
			rejected = withCode(exitRejected, fmt.Errorf("%d rejected, %d taken with a warning: see above, or dedupe rejects", sum.Rejected, sum.Warnings))
		}
	}
	if id := e.SharedID(); id != nil {
		a.log.Warn("articles came under the id of another one; each is kept apart, under that id with a part of its text's hash",
			"articles", sum.Shared, "example", id.ID, "outlet", id.Outlet, "headline", id.Headlines[0], "other headline", id.Headlines[1])
	}
	return rejected, nil
}

// drawnRecords passes records on and draws how much has been read.
func (a *app) drawnRecords(paths []string, in source.Options, records engine.Records) engine.Records {
	if a.progress == nil {
		return records
	}
	size, complete := source.Size(paths, in)
	if !complete {
		size = 0
	}
	const mib = 1 << 20
	return func(yield func(source.Raw, *source.Reject) bool) {
		a.progress.Count("reading", "MiB", func() (done, total int) { return int(in.Progress.Bytes() / mib), int(size / mib) })
		records(yield)
		a.progress.At("storing", "", 0, 0)
	}
}

// look reads input, and says what its fields would be taken for. Where no record can be
// taken, it is what the first file has in which none has a body.
func (a *app) look(ctx context.Context, paths []string) (*report.Intake, *report.Rejects, error) {
	in := a.input()
	in.Progress = &source.Progress{}
	var refused *source.Survey
	in.Refused = func(s *source.Survey) { refused = cmp.Or(refused, s) }
	survey, err := source.NewSurvey(in)
	if err != nil {
		return nil, nil, err
	}
	rejects := &report.Rejects{}
	for raw, reject := range a.drawnRecords(paths, in, source.Read(ctx, paths, a.stdin, in)) {
		if reject == nil {
			_, reject = survey.Add(raw)
		}
		if reject != nil && !reject.Passed {
			rejects.Add(reject, maxListed)
		}
	}
	if survey.Records == 0 && refused != nil {
		survey = refused
	}
	return report.NewIntake(survey), rejects, ctx.Err()
}

// dryRun says what input would be taken for.
func dryRun(ctx context.Context, a *app, paths []string) error {
	intake, rejects, err := a.look(ctx, paths)
	if err != nil {
		return err
	}
	if err := a.print(intake); err != nil {
		return err
	}
	return a.listRejects(rejects, "rejected or taken with a warning")
}

// listRejects lists rejected records on standard error, and returns the error to end with:
// nil where there are none.
func (a *app) listRejects(rejects *report.Rejects, what string) error {
	if len(rejects.Rejects) == 0 {
		return nil
	}
	if err := a.logRejects(rejects); err != nil {
		return err
	}
	return withCode(exitRejected, fmt.Errorf("%d %s", len(rejects.Rejects)+rejects.More, what))
}

// maxSurveyed is how many records of a first run are looked at for what they were taken for.
const maxSurveyed = 1000

// surveyed passes records on, and surveys the first of them.
func surveyed(records engine.Records, in source.Options) (*source.Survey, engine.Records, error) {
	survey, err := source.NewSurvey(in)
	return survey, func(yield func(source.Raw, *source.Reject) bool) {
		for raw, reject := range records {
			if reject == nil && survey.Records < maxSurveyed {
				survey.Add(raw)
			}
			if !yield(raw, reject) {
				return
			}
		}
	}, err
}

// saySurvey says what the first run has taken for what: all of it on a terminal, else what is
// likely to be missing.
func (a *app) saySurvey(r *report.Intake) error {
	if a.terminal && !a.settings().Output.JSON {
		return a.print(r.Short(false))
	}
	if guess := r.Guess(); guess != "" {
		a.log.Warn(guess + `: "dedupe init" writes a config.yaml that takes them`)
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
