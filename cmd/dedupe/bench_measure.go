package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"time"

	"dedupe/bench"
	"dedupe/config"
	"dedupe/detect"
	"dedupe/evaluate"
	"dedupe/quality"
	"dedupe/source"
	"dedupe/storage"
)

// measurement is a run of dedupe bench.
type measurement struct {
	app     *app
	dir     string
	profile *os.File // of the job; nil where none is wanted
	result  bench.Result
}

// measure makes the load, runs the job, and then measures what the job is
// compared with. Nothing that takes memory comes before the job but the load,
// which is written as it is made.
func (m *measurement) measure(ctx context.Context, o benchOptions) error {
	a, r := m.app, &m.result
	opt, err := engineOptions(a.settings())
	if err != nil {
		return err
	}
	if opt.Workers <= 0 {
		opt.Workers = runtime.GOMAXPROCS(0)
	}
	v := built()
	r.Date, r.Dedupe, r.Revision, r.Go = a.now().UTC().Format(time.RFC3339), v.Dedupe, v.Revision, v.Go
	r.Machine = bench.Machine{OS: runtime.GOOS, Arch: runtime.GOARCH, CPU: processor(), Processors: runtime.NumCPU()}
	r.Settings, r.Workers, r.Batch = a.settings().Hash(config.Links), opt.Workers, opt.Batch

	if err := m.makeLoad(ctx, o); err != nil {
		return err
	}
	r.Load = bench.LoadInfo{Version: bench.Version, Articles: o.articles, Seed: o.seed}
	if r.Load.Bytes, err = size(m.path("load.jsonl")); err != nil {
		return err
	}
	a.log.Info("made the load", "articles", o.articles, "bytes", r.Load.Bytes)
	debug.FreeOSMemory()
	for _, step := range []func(context.Context, detect.Options) error{m.job, m.score, m.limits, m.more} {
		if err := step(ctx, opt); err != nil {
			return err
		}
	}
	return nil
}

// job takes the load in.
func (m *measurement) job(ctx context.Context, opt detect.Options) error {
	r := &m.result
	if m.profile != nil {
		if err := pprof.StartCPUProfile(m.profile); err != nil {
			return fmt.Errorf("profile: %w", err)
		}
		defer pprof.StopCPUProfile()
	}
	_, before := used()
	took, spent, err := m.run(ctx, opt, "load.jsonl", r.Load.Articles)
	if err != nil {
		return err
	}
	peak, busy := used()
	r.Peak, r.Busy = peak, (busy - before).Seconds()
	r.Seconds = took.Seconds()
	r.PerSecond, r.BytesSecond = float64(r.Load.Articles)/r.Seconds, float64(r.Load.Bytes)/r.Seconds
	r.Stages = stages(spent, r.Seconds)
	m.app.log.Info("ran the job", "seconds", fmt.Sprintf("%.1f", r.Seconds))
	r.Database, err = size(m.path("bench.db"))
	return err
}

// more takes in what comes after the load.
func (m *measurement) more(ctx context.Context, opt detect.Options) error {
	debug.FreeOSMemory()
	took, _, err := m.run(ctx, opt, "more.jsonl", m.result.More)
	m.result.MoreSeconds = took.Seconds()
	return err
}

// run takes a file of so many articles in, as dedupe ingest does.
func (m *measurement) run(ctx context.Context, opt detect.Options, file string, articles int) (took time.Duration, spent detect.Stages, err error) {
	a := m.app
	start := a.now()
	store, err := storage.Open(ctx, m.path("bench.db"), storage.Options{Compress: a.settings().Storage.Compress})
	if err != nil {
		return 0, spent, err
	}
	defer func() {
		err = errors.Join(err, store.Close())
		took = a.now().Sub(start)
	}()
	if err := a.checkSettings(ctx, store); err != nil {
		return 0, spent, err
	}
	engine, err := detect.New(ctx, store, opt, a.log, a.now)
	if err != nil {
		return 0, spent, err
	}
	in := source.Options{MaxRecord: int(a.settings().Input.MaxRecord), FirstSeen: start}
	sum, err := engine.Ingest(ctx, "bench", m.result.Settings, source.Read(ctx, []string{m.path(file)}, nil, in), in)
	if err == nil && sum.New != articles {
		err = fmt.Errorf("%d of %d articles were stored: this is a fault of dedupe; please report it", sum.New, articles)
	}
	return 0, engine.Stages(), err
}

// stages lists the stages in the order of the data's way. What is left of the
// job is opening and closing, and waiting for what goes on beside.
func stages(s detect.Stages, seconds float64) []bench.Stage {
	list := []bench.Stage{
		{Name: "read, decode", Beside: true, Seconds: s.Read.Seconds()},
		{Name: "look up what is known", Seconds: s.Known.Seconds()},
		{Name: "words, profile, pack", Seconds: s.Admit.Seconds()},
		{Name: "candidates", Seconds: s.Find.Seconds()},
		{Name: "compare, learn furniture", Seconds: s.Judge.Seconds()},
		{Name: "judge again where it changed", Seconds: s.Heal.Seconds()},
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
func (m *measurement) score(ctx context.Context, _ detect.Options) (err error) {
	gold, err := m.truth()
	if err != nil {
		return fmt.Errorf("read truth: %w", err)
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

func scoreOf(f *evaluate.Figures) bench.Score {
	return bench.Score{Precision: f.Precision.Value, Recall: f.Recall.Value, F1: f.F1.Value}
}

// limits measures reading and writing alone.
func (m *measurement) limits(ctx context.Context, opt detect.Options) (err error) {
	debug.FreeOSMemory()
	a, r := m.app, &m.result
	in := source.Options{MaxRecord: int(a.settings().Input.MaxRecord)}
	_, took, err := detect.Read(ctx, source.Read(ctx, []string{m.path("load.jsonl")}, nil, in), in, opt, a.now)
	if err != nil {
		return err
	}
	r.ReadSeconds = took.Seconds()
	store, err := storage.Open(ctx, m.path("bench.db"), storage.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if r.Rows, took, err = store.Copy(ctx, m.path("rows.db"), opt.Batch, a.now); err != nil {
		return err
	}
	r.WriteSeconds = took.Seconds()
	a.log.Info("measured reading and writing alone", "rows", r.Rows)
	return nil
}

func size(path string) (int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
