package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"dedupe/bench"
	"dedupe/config"
	"dedupe/evaluate"
	"dedupe/report"
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
	m := &measurement{app: a, dir: dir}
	if o.profile != "" {
		if m.profile, err = os.Create(o.profile); err != nil {
			return fmt.Errorf("make profile: %w", err)
		}
		defer func() { err = errors.Join(err, m.profile.Close()) }()
	}
	if err := m.measure(ctx, o); err != nil {
		if ctx.Err() != nil {
			return errors.New("stopped; nothing was measured") // and nothing stays
		}
		return err
	}
	b := &report.Benchmark{Result: m.result}
	b.Changes, b.Earlier = bench.Compare(&m.result, history.results)
	if err := history.append(&m.result); err != nil {
		return err
	}
	return a.print(b)
}

// maxMore is how many articles are taken in after the load, to see what a run
// costs that finds few new ones.
const maxMore = 1000

// makeLoad writes the articles, those that are taken in afterwards, and the
// truth about the former.
func (m *measurement) makeLoad(ctx context.Context, o benchOptions) (err error) {
	var files []*os.File
	var outs []*bufio.Writer
	for _, name := range []string{"load.jsonl", "more.jsonl", "truth.tsv"} {
		f, err := os.Create(m.path(name))
		if err != nil {
			return fmt.Errorf("make load: %w", err)
		}
		defer f.Close()
		files, outs = append(files, f), append(outs, bufio.NewWriterSize(f, 1<<18))
	}
	truth := outs[2]
	fmt.Fprintln(truth, "id\tcluster\tkind\tof")
	e := encoder(outs[0])
	n := 0
	for article, t := range bench.Load(bench.Options{Articles: o.articles, More: min(maxMore, o.articles), Seed: o.seed}) {
		if n++; n == o.articles+1 {
			e = encoder(outs[1])
		}
		if n <= o.articles {
			fmt.Fprintf(truth, "%s\t%s\t%s\t%s\n", article.ID, t.Story, t.Kind, t.Of)
		}
		if err := errors.Join(ctx.Err(), e.Encode(article)); err != nil {
			return fmt.Errorf("make load: %w", err)
		}
	}
	m.result.More = n - o.articles
	for i := range files {
		err = errors.Join(err, outs[i].Flush(), files[i].Close())
	}
	if err != nil {
		return fmt.Errorf("make load: %w", err)
	}
	return nil
}

func encoder(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

// truth reads what makeLoad wrote, after the job, so that it is not in memory
// while that is measured.
func (m *measurement) truth() (*evaluate.Gold, error) {
	f, err := os.Open(m.path("truth.tsv"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	gold := evaluate.New()
	lines := bufio.NewScanner(f)
	for lines.Scan(); lines.Scan(); { // without the header
		row := strings.Split(lines.Text(), "\t")
		id, story, kind, of := row[0], row[1], bench.Kind(row[2]), row[3]
		err := gold.Add(id, story)
		if of != "" {
			label := "different"
			if kind.Copy() {
				label = "copy"
			}
			err = errors.Join(err, gold.AddPair(evaluate.Pair{A: id, B: of, Label: label, Kind: string(kind)}))
		}
		if err != nil {
			return nil, err
		}
	}
	return gold, lines.Err()
}

func (m *measurement) path(name string) string { return filepath.Join(m.dir, name) }
