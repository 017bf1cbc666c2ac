// Package job does with a database, by the settings in force, what the commands of dedupe do:
//
//	Read, Write, Change   open it to read, for a small change, or under its lock
//	Intake                open it to take articles in: brought up to date with the settings and the program first
//	Ingest                take in files, or the sources of config.yaml
//	Recluster             judge everything that is stored again
//
// A program that calls these gets what the command line gets: one run at a time, databases of
// earlier versions brought up to date, damaged rows stepped over and named, and links that are
// judged by the settings in force.
//
//	j := job.Job{Config: &settings, Log: slog.Default(), Now: time.Now}
//	err := j.Read(ctx, func(v *storage.View) error { ... })
package job

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"dedupe/basis"
	"dedupe/config"
	"dedupe/engine"
	"dedupe/source"
	"dedupe/storage"
	"dedupe/terminal"
)

// Job is what one command does. It is not safe for concurrent use.
type Job struct {
	Config   *config.Config
	Log      *slog.Logger
	Now      func() time.Time
	Program  string         // what the database notes of who does it, such as "dedupe v1.2.3"; may be empty
	Stdin    io.Reader      // what the path "-" means; may be nil
	Progress *terminal.Line // how far the work has come; may be nil
	Damage   Damage         // stored rows that were stepped over
}

// Read opens the database for reading and gives f a view of it as it is at this moment. Runs may
// go on meanwhile.
func (j *Job) Read(ctx context.Context, f func(*storage.View) error) error {
	return j.ReadStore(ctx, func(_ *storage.Store, v *storage.View) error { return f(v) })
}

// ReadStore is Read for what asks the store itself as well.
func (j *Job) ReadStore(ctx context.Context, f func(*storage.Store, *storage.View) error) (err error) {
	j.Progress.At("reading the database", "", 0, 0)
	store, err := storage.Open(ctx, j.Config.Database.Path, j.stepping(storage.Options{ReadOnly: true}))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := j.NoteUpdating(ctx, store); err != nil {
		return err
	}
	view, err := store.View(ctx)
	if err != nil {
		return err
	}
	defer view.Close()
	return f(store, view)
}

// ReadTexts is Read for what compares texts by the settings in force, which must be those that
// they are stored by: otherwise it is a *basis.Refused.
func (j *Job) ReadTexts(ctx context.Context, f func(*engine.Engine, *storage.View) error) error {
	return j.ReadStore(ctx, func(store *storage.Store, view *storage.View) error {
		if err := j.Basis(store).CheckTexts(ctx); err != nil {
			return err
		}
		engine, err := j.Engine(ctx, store)
		if err != nil {
			return err
		}
		return f(engine, view)
	})
}

// Write opens a database that exists for a small change beside which a run may go on.
func (j *Job) Write(ctx context.Context, f func(*storage.Store) error) (err error) {
	// Only what takes articles in makes a database: a mistyped name makes none.
	if err := j.Read(ctx, func(*storage.View) error { return nil }); err != nil && !errors.Is(err, storage.ErrOlder) {
		return err
	}
	store, err := storage.Open(ctx, j.Config.Database.Path, j.stepping(storage.Options{Compress: j.Config.Storage.Compress}))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := f(store); err != nil {
		return err
	}
	return j.mended(ctx, store)
}

// Change is Write under the database's lock, for what no run may meet.
func (j *Job) Change(ctx context.Context, command string, f func(*storage.Store) error) (err error) {
	lock, err := j.Acquire(command)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	return j.Write(ctx, f)
}

// Acquire takes the database's lock, and says so when a dead holder left it. It is a
// *storage.HeldError while another run holds it.
func (j *Job) Acquire(command string) (*storage.Lock, error) {
	lock, err := storage.Acquire(j.Config.Database.Path, command, j.Now())
	if err == nil && lock.Blind != nil {
		j.Log.Warn("no lock here: should two runs work on the database at once, the second to store something ends with code 3", "reason", lock.Blind)
	}
	if err == nil && lock.Previous != nil {
		j.Log.Warn("the last run did not end by itself; going on from what it committed",
			"pid", lock.Previous.PID, "command", lock.Previous.Command, "started", lock.Previous.Started.Format(time.RFC3339))
	}
	return lock, err
}

// stepping are options of storage by which damaged rows are stepped over, to be named at the end.
func (j *Job) stepping(o storage.Options) storage.Options {
	o.Damaged, o.Program = j.Damage.Add, j.Program
	o.NoCopy = !j.Config.Database.KeepBeforeUpdate
	o.Updated = func(schema int, copied string) {
		j.Log.Warn(fmt.Sprintf("the database is of schema %d, and is changed to schema %d now; only this version of dedupe and later ones read it then", schema, storage.SchemaVersion()),
			"copy of before", cmp.Or(copied, "none"))
	}
	return o
}

// Basis compares a database with the settings in force.
func (j *Job) Basis(store *storage.Store) basis.Basis {
	return basis.Basis{Store: store, Config: j.Config}
}

// NoteUpdating says so when a database is half brought up to date.
func (j *Job) NoteUpdating(ctx context.Context, store *storage.Store) error {
	todo, err := j.Basis(store).Updating(ctx)
	if err == nil && todo != "" {
		j.Log.Warn("the database is being brought up to date with this version of dedupe: this is what is stored so far; the next run goes on with it",
			"database", j.Config.Database.Path)
	}
	return err
}

// Engine returns an engine on a database by the settings in force.
func (j *Job) Engine(ctx context.Context, store *storage.Store) (*engine.Engine, error) {
	opt, err := basis.Engine(j.Config)
	if err != nil {
		return nil, err
	}
	return engine.New(ctx, store, opt, j.Log, j.Now)
}

// Steps draws the steps of an engine.
func (j *Job) Steps(step engine.Step, done, total int) {
	j.Progress.At(string(step), "articles", done, total)
}

// Input says how articles are read.
func (j *Job) Input() source.Options {
	f := j.Config.Input.Fields
	return source.Options{
		Fields: map[string][]string{
			"id": f.ID, "outlet": f.Outlet, "url": f.URL, "title": f.Headline, "byline": f.Byline,
			"published": f.Published, "language": f.Language, "body": f.Body,
		},
		Dates: j.Config.Input.Dates, MaxRecord: int(j.Config.Input.MaxRecord), FirstSeen: j.Now(), Own: append(storage.Files(j.Config.Database.Path), config.FileName),
	}
}
