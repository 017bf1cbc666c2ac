package main

import (
	"context"

	"dedupe/collect"
	"dedupe/metrics"
	"dedupe/storage"
)

// measured takes articles in, and writes the figures of it where metrics.file says, also when
// it failed. A run that another one keeps out leaves the file to that.
func measured(ctx context.Context, a *app, command string, paths []string, o ingestOptions) error {
	for _, w := range a.config.Warnings {
		a.log.Warn(w)
	}
	if o.dry {
		return dryRun(ctx, a, paths)
	}
	began := a.now()
	sum, err := ingest(ctx, a, command, paths, o)
	file := a.settings().Metrics.File
	damaged, _ := a.job.Damage.List()
	run := metrics.Run{Version: built().Dedupe, Revision: built().Revision, Code: a.code(err), Began: began, Ended: a.now(), Sum: sum, Skipped: len(damaged)}
	if file == "" || run.Code == exitLocked {
		return err
	}
	a.readFigures(context.WithoutCancel(ctx), &run)
	if failed := metrics.Write(file, run.Families()); failed != nil {
		a.log.Warn("the figures of this run could not be written", "file", file, "reason", failed)
	}
	return err
}

// readFigures reads what the database says, as far as it can be read.
func (a *app) readFigures(ctx context.Context, run *metrics.Run) {
	err := a.job.ReadStore(ctx, func(store *storage.Store, view *storage.View) (err error) {
		stored, err := store.Sources(ctx)
		if err == nil {
			run.Sources = collect.States(a.settings().Sources, stored)
			run.Stored, err = metrics.Read(ctx, view)
		}
		return err
	})
	if err != nil {
		a.log.Debug("the database could not be read for its figures", "reason", err)
	}
}
