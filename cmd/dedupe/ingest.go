package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"dedupe/config"
	"dedupe/engine"
	"dedupe/job"
	"dedupe/report"
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

func ingest(ctx context.Context, a *app, command string, paths []string, o ingestOptions) (engine.Summary, error) {
	from := job.From{Command: command, Paths: paths, Sources: o.sources, Listed: maxListed}
	return a.job.Ingest(ctx, from, func(store *storage.Store, taken *job.Taken) error {
		if err := a.sayTaken(taken); err != nil {
			return err
		}
		a.tell(ctx, store)
		return rejectedOf(taken)
	})
}

// takeGiven takes something in of which much is known, and says what came of it.
func (a *app) takeGiven(ctx context.Context, command string, take func(*engine.Engine) (engine.Summary, error)) error {
	return a.job.IngestGiven(ctx, job.From{Command: command, Listed: maxListed}, take, func(taken *job.Taken) error {
		if err := a.sayTaken(taken); err != nil {
			return err
		}
		return rejectedOf(taken)
	})
}

// sayTaken lists what was rejected, and prints what came of a run.
func (a *app) sayTaken(taken *job.Taken) error {
	if taken.Rejects != nil {
		if err := a.logRejects(taken.Rejects); err != nil {
			return err
		}
	}
	if id := taken.Shared; id != nil {
		a.log.Warn("articles came under the id of another one; each is kept apart, under that id with a part of its text's hash",
			"articles", taken.Summary.Shared, "example", id.ID, "outlet", id.Outlet, "headline", id.Headlines[0], "other headline", id.Headlines[1])
	}
	if taken.Survey != nil {
		if err := a.saySurvey(report.NewIntake(taken.Survey)); err != nil {
			return err
		}
	}
	return a.print(report.NewSummary(taken.Summary))
}

// rejectedOf is the error to end with where a run rejected something that it is to say.
func rejectedOf(taken *job.Taken) error {
	if !taken.Rejected {
		return nil
	}
	return withCode(exitRejected, fmt.Errorf("%d rejected, %d taken with a warning: see above, or dedupe rejects", taken.Summary.Rejected, taken.Summary.Warnings))
}

// dryRun says what input would be taken for.
func dryRun(ctx context.Context, a *app, paths []string) error {
	intake, rejects, err := a.job.Look(ctx, paths, maxListed)
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
	if err := a.logRejects(rejects); err != nil || rejects.Refused == 0 { // a warning is no reject
		return err
	}
	return withCode(exitRejected, fmt.Errorf("%d %s", len(rejects.Rejects)+rejects.More, what))
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
