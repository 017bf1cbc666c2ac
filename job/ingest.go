package job

import (
	"cmp"
	"context"
	"errors"
	"time"

	"dedupe/basis"
	"dedupe/collect"
	"dedupe/config"
	"dedupe/engine"
	"dedupe/fetch"
	"dedupe/report"
	"dedupe/source"
	"dedupe/storage"
)

// Intake opens the database, which is made where there is none, to take articles in: under its
// lock, up to date with the settings and the program, with an engine that is watched.
func (j *Job) Intake(ctx context.Context, command string, take func(*storage.Store, *engine.Engine) error) (err error) {
	lock, err := j.Acquire(command)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	j.Progress.At("opening the database", "", 0, 0)
	c := j.Config
	store, err := storage.Open(ctx, c.Database.Path, j.stepping(storage.Options{Compress: c.Storage.Compress, Mode: c.Database.Mode}))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := j.Fit(ctx, store); err != nil {
		return err
	}
	engine, err := j.Engine(ctx, store)
	if err != nil {
		return err
	}
	engine.Watch(j.Steps)
	return take(store, engine)
}

// From is what is taken in.
type From struct {
	Command string          // by which name the run is stored; what a "run" rejects is told once
	Paths   []string        // files, folders and patterns, or "-"
	Sources []config.Source // instead of Paths; these say then what is drawn
	Listed  int             // how many rejects are listed at most
}

// Taken is what came of it.
type Taken struct {
	engine.Summary
	Rejects  *report.Rejects  // the first of what was rejected, or taken with a warning
	Rejected bool             // something was, that this run is to say
	Shared   *engine.SharedID // an id that several articles share; nil: there was none
	Survey   *source.Survey   // what the first records of a new database were taken for; nil where it is not new, or nobody wants to know
}

// Ingest takes articles in, and gives done what came of it while the database is open. What is
// damaged and was mended is forgotten by then. The summary says how far it came, also of a
// failure.
func (j *Job) Ingest(ctx context.Context, from From, done func(*storage.Store, *Taken) error) (sum engine.Summary, err error) {
	err = j.Intake(ctx, from.Command, func(store *storage.Store, e *engine.Engine) error {
		in := j.Input()
		in.Progress = &source.Progress{}
		records := source.Read(ctx, from.Paths, j.Stdin, in)
		var collector *collect.Collector
		if from.Sources != nil {
			client := j.Client()
			defer client.Close()
			var err error
			if collector, err = collect.New(ctx, store, j.Collecting(client, in, from.Sources)); err != nil {
				return err
			}
			records = collector.Records(ctx)
		}
		records = j.Drawn(from.Paths, in, records)
		taken := &Taken{}
		if e.Articles() == 0 && !j.Config.Output.Quiet {
			var err error
			if taken.Survey, records, err = surveyed(records, in); err != nil {
				return err
			}
		}
		var err error
		sum, err = e.Ingest(ctx, from.Command, j.Config.Hash(config.Links), records, in)
		j.Progress.End()
		if err != nil {
			return err
		}
		if collector != nil {
			if err := collector.Save(ctx, e.Tally()); err != nil {
				return err
			}
		}
		if from.news() {
			if err := j.pruneDaily(ctx, store); err != nil {
				return err
			}
		}
		if err := j.mended(ctx, store); err != nil {
			return err
		}
		if err := taken.read(ctx, store, e, sum, from); err != nil {
			return err
		}
		return done(store, taken)
	})
	return sum, err
}

// IngestGiven takes in what take gives the engine, of which much is known: what stages or other
// databases found out.
func (j *Job) IngestGiven(ctx context.Context, from From, take func(*engine.Engine) (engine.Summary, error), done func(*Taken) error) error {
	return j.Intake(ctx, from.Command, func(store *storage.Store, e *engine.Engine) error {
		sum, err := take(e)
		j.Progress.End()
		if err != nil {
			return err
		}
		taken := &Taken{}
		if err := taken.read(ctx, store, e, sum, from); err != nil {
			return err
		}
		return done(taken)
	})
}

// news reports whether rejects are told once, by the first run that meets them.
func (f *From) news() bool { return f.Command == "run" }

// read reads what came of a run that is done.
func (t *Taken) read(ctx context.Context, store *storage.Store, e *engine.Engine, sum engine.Summary, from From) (err error) {
	t.Summary, t.Shared = sum, e.SharedID()
	if n := sum.Rejected + sum.Warnings; n > 0 {
		if t.Rejects, err = report.ReadRejects(ctx, store, e.Run(), n, from.Listed, from.news()); err != nil {
			return err
		}
		t.Rejected = sum.Rejected > 0 && !(from.news() && t.Rejects.News() == 0)
	}
	return nil
}

// Look reads input, and says what its fields would be taken for. Where no record can be
// taken, it is what the first file has in which none has a body. Of the rejects so many are listed.
// Nothing is stored, and no database is needed.
func (j *Job) Look(ctx context.Context, paths []string, listed int) (*report.Intake, *report.Rejects, error) {
	in := j.Input()
	in.Progress = &source.Progress{}
	var refused *source.Survey
	in.Refused = func(s *source.Survey) { refused = cmp.Or(refused, s) }
	survey, err := source.NewSurvey(in)
	if err != nil {
		return nil, nil, err
	}
	rejects := &report.Rejects{}
	for raw, reject := range j.Drawn(paths, in, source.Read(ctx, paths, j.Stdin, in)) {
		if reject == nil {
			_, reject = survey.Add(raw)
		}
		if reject != nil && !reject.Passed {
			rejects.Add(reject, listed)
		}
	}
	if survey.Records == 0 && refused != nil {
		survey = refused
	}
	return report.NewIntake(survey), rejects, ctx.Err()
}

// Client returns what fetches by the settings in force.
func (j *Job) Client() *fetch.Client {
	f := j.Config.Fetch
	return fetch.New(fetch.Options{UserAgent: f.UserAgent, Timeout: f.Timeout, Delay: f.Delay, MaxBody: f.MaxSize, Allow: f.Allow, Now: j.Now})
}

// Collecting says how sources are read by the settings in force.
func (j *Job) Collecting(client *fetch.Client, in source.Options, sources []config.Source) collect.Options {
	f := j.Config.Fetch
	return collect.Options{Sources: sources, Read: in, Stdin: j.Stdin, Client: client, Hosts: f.Hosts, MaxPages: f.MaxPages, Now: j.Now}
}

// Drawn passes records on and draws how much has been read. in has a Progress.
func (j *Job) Drawn(paths []string, in source.Options, records engine.Records) engine.Records {
	if j.Progress == nil {
		return records
	}
	size, complete := source.Size(paths, in)
	if !complete {
		size = 0
	}
	const mib = 1 << 20
	return func(yield func(source.Raw, *source.Reject) bool) {
		j.Progress.Count("reading", "MiB", func() (done, total int) { return int(in.Progress.Bytes() / mib), int(size / mib) })
		records(yield)
		j.Progress.At("storing", "", 0, 0)
	}
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

// metaPruned holds in the table meta when a run pruned last.
const metaPruned = "pruned"

// pruneDaily prunes where ages are set and that was not done since the day before. The caller
// holds the lock.
func (j *Job) pruneDaily(ctx context.Context, store *storage.Store) error {
	now := j.Now()
	p, is := basis.Prune(j.Config, now)
	if !is {
		return nil
	}
	last, err := store.Meta(ctx, metaPruned)
	if err != nil {
		return err
	}
	if at, err := time.Parse(time.RFC3339, last); err == nil && now.Sub(at) < 23*time.Hour && !at.After(now) {
		return nil
	}
	e, err := j.Engine(ctx, store)
	if err != nil {
		return err
	}
	out, err := e.Prune(ctx, j.Config.Hash(config.Links), p)
	if err != nil {
		return err
	}
	j.Log.Debug("pruned", "index", out.Frozen, "pairs", out.Pairs, "texts", out.Texts, "articles", out.Articles)
	return store.SetMark(ctx, metaPruned, now.UTC().Format(time.RFC3339))
}
