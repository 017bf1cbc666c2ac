// Package measure says how fast and how right an engine is on the machine it runs on: it takes the
// invented news of package bench in, as a run does, and compares what is found with the truth. The
// results are for package bench to compare with earlier ones.
package measure

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"time"

	"dedupe/bench"
	"dedupe/engine"
	"dedupe/evaluate"
	"dedupe/quality"
	"dedupe/source"
	"dedupe/storage"
)

// Options of Run.
type Options struct {
	Load   bench.Options // More is not looked at
	Engine engine.Options
	Source source.Options
	Store  storage.Options
	Dir    string // an empty folder, which needs 10 kB an article; load, truth and database stay there

	Settings string                                            // a name for those of the engine: only results of equal ones are compared
	Begin    func(ctx context.Context, s *storage.Store) error // is called before each run; nil: nothing is
	Profile  io.Writer                                         // of the processor time of the job; nil: none is made

	Log *slog.Logger
	Now func() time.Time
}

// maxMore is how many articles are taken in after the load, to see what a run
// costs that finds few new ones.
const maxMore = 1000

// measurement is one on its way.
type measurement struct {
	o      Options
	result bench.Result
}

// Run makes the load, runs the job, and then measures what the job is
// compared with. Nothing that takes memory comes before the job but the load,
// which is written as it is made. What was measured by which program, and when, the caller
// knows.
func Run(ctx context.Context, o Options) (*bench.Result, error) {
	if o.Engine.Workers <= 0 {
		o.Engine.Workers = runtime.GOMAXPROCS(0)
	}
	o.Load.More = min(maxMore, o.Load.Articles)
	m := &measurement{o: o}
	r := &m.result
	r.Go = runtime.Version()
	r.Machine = bench.Machine{OS: runtime.GOOS, Arch: runtime.GOARCH, CPU: processor(), Processors: runtime.NumCPU()}
	r.Settings, r.Workers, r.Batch = o.Settings, o.Engine.Workers, o.Engine.Batch
	if err := m.makeLoad(ctx); err != nil {
		return nil, fmt.Errorf("make load: %w", err)
	}
	debug.FreeOSMemory()
	for _, step := range []func(context.Context) error{m.job, m.score, m.limits, m.more} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (m *measurement) path(name string) string { return filepath.Join(m.o.Dir, name) }

// makeLoad writes the articles, those that are taken in afterwards, and the
// truth about the former.
func (m *measurement) makeLoad(ctx context.Context) (err error) {
	var files []*os.File
	var outs []*bufio.Writer
	for _, name := range []string{"load.jsonl", "more.jsonl", "truth.tsv"} {
		f, err := os.Create(m.path(name))
		if err != nil {
			return err
		}
		defer f.Close()
		files, outs = append(files, f), append(outs, bufio.NewWriterSize(f, 1<<18))
	}
	truth := outs[2]
	fmt.Fprintln(truth, "id\tcluster\tkind\tof")
	e := encoder(outs[0])
	n := 0
	for article, t := range bench.Load(m.o.Load) {
		if n++; n == m.o.Load.Articles+1 {
			e = encoder(outs[1])
		}
		if n <= m.o.Load.Articles {
			fmt.Fprintf(truth, "%s\t%s\t%s\t%s\n", article.ID, t.Story, t.Kind, t.Of)
		}
		if err := errors.Join(ctx.Err(), e.Encode(article)); err != nil {
			return err
		}
	}
	for i := range files {
		err = errors.Join(err, outs[i].Flush(), files[i].Close())
	}
	if err != nil {
		return err
	}
	r := &m.result
	r.More = n - m.o.Load.Articles
	r.Load = bench.LoadInfo{Version: bench.Version, Articles: m.o.Load.Articles, Seed: m.o.Load.Seed}
	r.Load.Bytes, err = size(m.path("load.jsonl"))
	m.o.Log.Info("made the load", "articles", r.Load.Articles, "bytes", r.Load.Bytes)
	return err
}

func encoder(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

// job takes the load in.
func (m *measurement) job(ctx context.Context) error {
	r := &m.result
	if m.o.Profile != nil {
		if err := pprof.StartCPUProfile(m.o.Profile); err != nil {
			return fmt.Errorf("profile: %w", err)
		}
		defer pprof.StopCPUProfile()
	}
	_, before := used()
	took, spent, err := m.run(ctx, "load.jsonl", r.Load.Articles)
	if err != nil {
		return err
	}
	peak, busy := used()
	r.Peak, r.Busy = peak, (busy - before).Seconds()
	r.Seconds = took.Seconds()
	r.PerSecond, r.BytesSecond = float64(r.Load.Articles)/r.Seconds, float64(r.Load.Bytes)/r.Seconds
	r.Stages = stages(spent, r.Seconds)
	m.o.Log.Info("ran the job", "seconds", fmt.Sprintf("%.1f", r.Seconds))
	r.Database, err = size(m.path("bench.db"))
	return err
}

// more takes in what comes after the load.
func (m *measurement) more(ctx context.Context) error {
	debug.FreeOSMemory()
	took, _, err := m.run(ctx, "more.jsonl", m.result.More)
	m.result.MoreSeconds = took.Seconds()
	return err
}

// run takes a file of so many articles in, as dedupe ingest does.
func (m *measurement) run(ctx context.Context, file string, articles int) (took time.Duration, spent engine.Stages, err error) {
	start := m.o.Now()
	store, err := storage.Open(ctx, m.path("bench.db"), m.o.Store)
	if err != nil {
		return 0, spent, err
	}
	defer func() {
		err = errors.Join(err, store.Close())
		took = m.o.Now().Sub(start)
	}()
	if m.o.Begin != nil {
		if err := m.o.Begin(ctx, store); err != nil {
			return 0, spent, err
		}
	}
	eng, err := engine.New(ctx, store, m.o.Engine, m.o.Log, m.o.Now)
	if err != nil {
		return 0, spent, err
	}
	in := m.o.Source
	in.FirstSeen = start
	sum, err := eng.Ingest(ctx, "bench", m.result.Settings, source.Read(ctx, []string{m.path(file)}, nil, in), in)
	if err == nil && sum.New != articles {
		err = fmt.Errorf("%d of %d articles were stored: this is a fault of dedupe; please report it", sum.New, articles)
	}
	return 0, eng.Stages(), err
}

// stages lists the stages in the order of the data's way. What is left of the
// job is opening and closing, and waiting for what goes on beside.
func stages(s engine.Stages, seconds float64) []bench.Stage {
	list := []bench.Stage{
		{Name: "read, decode", Beside: true, Seconds: s.Read.Seconds()},
		{Name: "look up what is known", Seconds: s.Known.Seconds()},
		{Name: "words, profile, pack", Seconds: s.Admit.Seconds()},
		{Name: "candidates", Seconds: s.Find.Seconds()},
		{Name: "compare", Seconds: s.Link.Seconds()},
		{Name: "learn boilerplate", Seconds: s.Learn.Seconds()},
		{Name: "group", Seconds: s.Group.Seconds()},
		{Name: "index", Seconds: s.Index.Seconds()},
		{Name: "write", Beside: true, Seconds: s.Write.Seconds()},
	}
	for _, stage := range list {
		if !stage.Beside {
			seconds -= stage.Seconds
		}
	}
	return append(list, bench.Stage{Name: "wait, open, close", Seconds: seconds})
}

// score compares the clusters with the truth.
func (m *measurement) score(ctx context.Context) (err error) {
	gold, err := m.truth()
	if err != nil {
		return err
	}
	store, err := storage.Open(ctx, m.path("bench.db"), storage.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	view, err := store.View(ctx)
	if err != nil {
		return err
	}
	defer view.Close()
	known, err := quality.Find(ctx, view, gold.Articles())
	if err != nil {
		return err
	}
	s := evaluate.Score(gold, &known.Found, evaluate.Options{})
	m.result.Pairwise, m.result.BCubed = scoreOf(s.Pairwise), scoreOf(s.BCubed)
	for _, kind := range slices.Concat(bench.Kinds, bench.Traps) {
		for _, k := range s.Kinds {
			if k.Kind == string(kind) {
				m.result.Kinds = append(m.result.Kinds, bench.Found{Kind: kind, Copy: kind.Copy(), Found: k.Hits, Of: k.Of})
			}
		}
	}
	return nil
}

// truth is made anew after the job, so that it is not in memory while that is measured.
func (m *measurement) truth() (*evaluate.Gold, error) {
	gold := evaluate.New()
	o := m.o.Load
	o.More = 0
	for article, t := range bench.Load(o) {
		if err := gold.Add(article.ID, t.Story); err != nil {
			return nil, err
		}
		if t.Of == "" {
			continue
		}
		label := "different"
		if t.Kind.Copy() {
			label = "copy"
		}
		if err := gold.AddPair(evaluate.Pair{A: article.ID, B: t.Of, Label: label, Kind: string(t.Kind)}); err != nil {
			return nil, err
		}
	}
	return gold, nil
}

func scoreOf(f *evaluate.Figures) bench.Score {
	return bench.Score{Precision: f.Precision.Value, Recall: f.Recall.Value, F1: f.F1.Value}
}

// limits measures reading and writing alone.
func (m *measurement) limits(ctx context.Context) (err error) {
	debug.FreeOSMemory()
	r, in := &m.result, m.o.Source
	_, took, err := engine.Read(ctx, source.Read(ctx, []string{m.path("load.jsonl")}, nil, in), in, m.o.Engine, m.o.Now)
	if err != nil {
		return err
	}
	r.ReadSeconds = took.Seconds()
	store, err := storage.Open(ctx, m.path("bench.db"), storage.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if r.Rows, took, err = store.Copy(ctx, m.path("rows.db"), m.o.Engine.Batch, m.o.Now); err != nil {
		return err
	}
	r.WriteSeconds = took.Seconds()
	m.o.Log.Info("measured reading and writing alone", "rows", r.Rows)
	return nil
}

func size(path string) (int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
