package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"dedupe/bench"
	"dedupe/config"
	"dedupe/evaluate"
)

// benchOptions are the flags of dedupe bench.
type benchOptions struct {
	articles int
	seed     uint64
	history  string
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
  pairwise, B-cubed   precision, recall and F1 as "dedupe evaluate --help" defines them
  kinds         of the copies of each kind the share found, of the traps the share taken for copies

The load is the same for the same --articles and --seed on every machine. --history appends a line of JSON to a file and
prints what has changed against the median of its earlier lines of the same load, machine and settings; "worse" marks
what is worse by more than chance (speed and memory by 10 %, the database by 1 %, F1 by 0.0005).
` + exitCodes,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runBench(cmd.Context(), a, o) },
	}
	f := cmd.Flags()
	f.IntVar(&o.articles, "articles", 20_000, "the number of articles")
	f.Uint64Var(&o.seed, "seed", 1, "the load is another one for each seed")
	f.StringVar(&o.history, "history", "", "append the result to this `file` and compare it with the earlier ones")
	f.BoolVar(&o.keep, "keep", false, "leave the folder with load, truth and database, and say where it is")
	config.Flag(f, "workers", "workers", "")
	config.Flag(f, "batch", "batch", "")
	return cmd
}

func runBench(ctx context.Context, a *app, o benchOptions) (err error) {
	if o.articles < 1 || o.articles > bench.MaxArticles {
		return usagef("--articles: %d is not allowed; want a number from 1 to %d", o.articles, bench.MaxArticles)
	}
	history, err := openHistory(o.history) // what is wrong there is said before the work, not after it
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, history.close()) }()
	dir, err := os.MkdirTemp("", "dedupe-bench-")
	if err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if o.keep {
		a.log.Info("everything stays there", "folder", dir)
	} else {
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	m := &measurement{app: a, dir: dir, gold: evaluate.New()}
	if err := m.measure(ctx, o); err != nil {
		if ctx.Err() != nil {
			return errors.New("stopped; nothing was measured") // and nothing stays
		}
		return err
	}
	b := &benchmark{Result: m.result}
	b.Changes, b.Earlier = bench.Compare(&m.result, history.results)
	if err := history.append(&m.result); err != nil {
		return err
	}
	if a.settings().Output.JSON {
		return a.printJSON(b)
	}
	return b.print(a.stdout)
}

// makeLoad writes the articles and the truth about them.
func (m *measurement) makeLoad(ctx context.Context, o benchOptions) error {
	articles, err := os.Create(m.path("load.jsonl"))
	if err != nil {
		return fmt.Errorf("make load: %w", err)
	}
	defer articles.Close()
	truth, err := os.Create(m.path("truth.tsv"))
	if err != nil {
		return fmt.Errorf("make load: %w", err)
	}
	defer truth.Close()
	out, gold := bufio.NewWriterSize(articles, 1<<20), bufio.NewWriter(truth)
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	fmt.Fprintln(gold, "id\tcluster\tkind\tof")
	for article, t := range bench.Load(bench.Options{Articles: o.articles, Seed: o.seed}) {
		if err := errors.Join(ctx.Err(), e.Encode(article), m.know(article.ID, t)); err != nil {
			return fmt.Errorf("make load: %w", err)
		}
		fmt.Fprintf(gold, "%s\t%s\t%s\t%s\n", article.ID, t.Story, t.Kind, t.Of)
	}
	if err := errors.Join(out.Flush(), gold.Flush(), articles.Close(), truth.Close()); err != nil {
		return fmt.Errorf("make load: %w", err)
	}
	return nil
}

// know enters the truth about an article.
func (m *measurement) know(id string, t bench.Truth) error {
	if err := m.gold.Add(id, t.Story); err != nil || t.Of == "" {
		return err
	}
	label := "different"
	if t.Kind.Copy() {
		label = "copy"
	}
	return m.gold.AddPair(evaluate.Pair{A: id, B: t.Of, Label: label, Kind: string(t.Kind)})
}

func (m *measurement) path(name string) string { return filepath.Join(m.dir, name) }
