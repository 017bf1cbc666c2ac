package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"dedupe/basis"
	"dedupe/bench"
	"dedupe/config"
	"dedupe/measure"
	"dedupe/report"
	"dedupe/source"
	"dedupe/storage"
)

// benchOptions are the flags of dedupe bench.
type benchOptions struct {
	articles int
	seed     uint64
	history  string
	profile  string
	keep     bool
}

func newBench(a *app) *cobra.Command {
	var o benchOptions
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure speed, memory and quality on this machine with invented news",
		Long: `Bench makes a load of invented news, of which it knows what is a copy of what, takes it in as "dedupe ingest" does
under the settings in force, and prints how fast and how right that was. All of it happens in a folder of its own under
$TMPDIR that is removed at the end, also when it is interrupted; it needs 10 kB an article there. The database in use is
not touched.

  time          of the job: from opening the new database to closing it
  processor     time of all processors together in that time; it tells more than time where others use the machine too
  peak memory   of this process, until the job is done
  alone         what the job can never be faster than, measured afterwards: reading and decoding the same file with as
                many workers, and writing the rows that the database then holds, reading them not counted
  more          a run that takes 1,000 articles in that come after the load
  pairwise, B-cubed   precision, recall and F1 as "dedupe evaluate --help" defines them
  kinds         of the copies of each kind the share found, of the traps the share taken for copies

The load is the same for the same --articles and --seed on every machine. --history appends a line of JSON to a file and
prints what has changed against the median of its earlier lines of the same load, machine and settings; "worse" marks
what is worse by more than chance (speed and memory by 10 %, processor time by 15 %, the database by 1 %, F1 by 0.0005).
` + exitCodes,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runBench(cmd.Context(), a, o) },
	}
	f := cmd.Flags()
	f.IntVar(&o.articles, "articles", 20_000, "the number of articles")
	f.Uint64Var(&o.seed, "seed", 1, "the load is another one for each seed")
	f.StringVar(&o.history, "history", "", "append the result to this `file` and compare it with the earlier ones")
	f.StringVar(&o.profile, "profile", "", "write a profile of the job's processor time to this `file`, for go tool pprof")
	f.BoolVar(&o.keep, "keep", false, "leave the folder with load, truth and database, and say where it is")
	config.Flag(f, "workers", "workers", "")
	config.Flag(f, "batch", "batch", "")
	return cmd
}

func runBench(ctx context.Context, a *app, o benchOptions) (err error) {
	if o.articles < 1 || o.articles > bench.MaxArticles {
		return usagef("--articles: %d is not allowed; want a number from 1 to %d", o.articles, bench.MaxArticles)
	}
	opt, err := basis.Engine(a.settings())
	if err != nil {
		return err
	}
	history, err := measure.OpenHistory(o.history) // what is wrong there is said before the work, not after it
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, history.Close()) }()
	dir, err := os.MkdirTemp("", "dedupe-bench-")
	if err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if o.keep {
		a.log.Info("everything stays there", "folder", dir)
	} else {
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	c := a.settings()
	work := measure.Options{
		Load: bench.Options{Articles: o.articles, Seed: o.seed}, Engine: opt, Source: source.Options{MaxRecord: int(c.Input.MaxRecord)},
		Store: storage.Options{Compress: c.Storage.Compress}, Dir: dir,
		Settings: c.Hash(config.Links), Begin: a.job.Fit, Log: a.log, Now: a.now,
	}
	if o.profile != "" {
		profile, err := os.Create(o.profile)
		if err != nil {
			return fmt.Errorf("make profile: %w", err)
		}
		defer func() { err = errors.Join(err, profile.Close()) }()
		work.Profile = profile
	}
	began := a.now()
	r, err := measure.Run(ctx, work)
	if err != nil {
		if ctx.Err() != nil {
			return errors.New("stopped; nothing was measured") // and nothing stays
		}
		return err
	}
	v := built()
	r.Date, r.Dedupe, r.Revision = began.UTC().Format(time.RFC3339), v.Dedupe, v.Revision
	b := &report.Benchmark{Result: *r}
	b.Changes, b.Earlier = bench.Compare(r, history.Results)
	if err := history.Append(r); err != nil {
		return err
	}
	return a.print(b)
}
