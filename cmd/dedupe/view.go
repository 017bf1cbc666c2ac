package main

import (
	"context"
	"errors"

	"dedupe/basis"
	"dedupe/engine"
	"dedupe/storage"
)

// read opens the database for reading and gives f a view of it as it is at this
// moment. Runs may go on meanwhile.
func (a *app) read(ctx context.Context, f func(*storage.View) error) error {
	return a.readStore(ctx, func(_ *storage.Store, v *storage.View) error { return f(v) })
}

// readStore is read for what asks the store itself as well.
func (a *app) readStore(ctx context.Context, f func(*storage.Store, *storage.View) error) (err error) {
	a.progress.At("reading the database", "", 0, 0)
	store, err := storage.Open(ctx, a.settings().Database.Path, a.stepping(storage.Options{ReadOnly: true}))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := a.noteUpdating(ctx, store); err != nil {
		return err
	}
	view, err := store.View(ctx)
	if err != nil {
		return err
	}
	defer view.Close()
	return f(store, view)
}

// write opens a database that exists for a small change beside which a run may
// go on.
func (a *app) write(ctx context.Context, f func(*storage.Store) error) (err error) {
	c := a.settings()
	// Only run and ingest make a database: a mistyped --db makes none.
	if err := a.read(ctx, func(*storage.View) error { return nil }); err != nil && !errors.Is(err, storage.ErrOlder) {
		return err
	}
	store, err := storage.Open(ctx, c.Database.Path, a.stepping(storage.Options{Compress: c.Storage.Compress}))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := f(store); err != nil {
		return err
	}
	return a.mended(ctx, store)
}

// change is write under the database's lock, for what no run may meet.
func (a *app) change(ctx context.Context, command string, f func(*storage.Store) error) (err error) {
	lock, err := acquire(a, command)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	return a.write(ctx, f)
}

// basis compares a database with the settings in force.
func (a *app) basis(store *storage.Store) basis.Basis {
	return basis.Basis{Store: store, Config: a.settings()}
}

// noteUpdating says so when a database is half brought up to date.
func (a *app) noteUpdating(ctx context.Context, store *storage.Store) error {
	todo, err := a.basis(store).Updating(ctx)
	if err == nil && todo != "" {
		a.log.Warn("the database is being brought up to date with this version of dedupe: this is what is stored so far; the next run goes on with it",
			"database", a.settings().Database.Path)
	}
	return err
}

// engine returns an engine on a database by the settings in force.
func (a *app) engine(ctx context.Context, store *storage.Store) (*engine.Engine, error) {
	opt, err := basis.Engine(a.settings())
	if err != nil {
		return nil, err
	}
	return engine.New(ctx, store, opt, a.log, a.now)
}

// readTexts is read for what compares texts by the settings in force, which must be those that
// they are stored by.
func (a *app) readTexts(ctx context.Context, f func(*engine.Engine, *storage.View) error) error {
	return a.readStore(ctx, func(store *storage.Store, view *storage.View) error {
		if err := a.basis(store).CheckTexts(ctx); err != nil {
			return err
		}
		engine, err := a.engine(ctx, store)
		if err != nil {
			return err
		}
		return f(engine, view)
	})
}
