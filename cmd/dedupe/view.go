package main

import (
	"context"
	"errors"

	"dedupe/storage"
)

// read opens the database for reading and gives f a view of it as it is at this
// moment. Runs may go on meanwhile.
func (a *app) read(ctx context.Context, f func(*storage.View) error) error {
	return a.readStore(ctx, func(_ *storage.Store, v *storage.View) error { return f(v) })
}

// readStore is read for what asks the store itself as well.
func (a *app) readStore(ctx context.Context, f func(*storage.Store, *storage.View) error) (err error) {
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
