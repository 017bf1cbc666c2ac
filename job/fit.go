package job

import (
	"context"

	"dedupe/basis"
	"dedupe/config"
	"dedupe/engine"
	"dedupe/storage"
)

// Fit sees to it, before something is taken in, that the settings in force fit the database, and
// that it is up to date with this version of the program. The caller holds the lock.
func (j *Job) Fit(ctx context.Context, store *storage.Store) error {
	b := j.Basis(store)
	if err := b.Note(ctx); err != nil {
		return err
	}
	if err := j.settleIDs(ctx, store); err != nil {
		return err
	}
	again, mixed, err := b.Fit(ctx)
	switch {
	case err != nil:
		return err
	case again:
		return j.reclusterFirst(ctx, store)
	case len(mixed) > 0:
		j.Log.Warn(`what links are judged by has changed: stored ones keep their verdicts until "dedupe recluster"`,
			"database", b.Config.Database.Path, "changed", basis.Join(mixed))
	}
	return nil
}

// reclusterFirst is what a run does first after an update of the program, and when
// on_change is "recluster".
func (j *Job) reclusterFirst(ctx context.Context, store *storage.Store) error {
	_, changes, err := j.Basis(store).ChangedAll(ctx)
	if err != nil {
		return err
	}
	decided, err := j.Basis(store).Decided(ctx)
	if err != nil {
		return err
	}
	halfway, _, err := engine.Halfway(ctx, store)
	if err != nil || len(changes) == 0 && !decided && !halfway {
		return err
	}
	if halfway {
		j.Log.Info("a recluster was stopped before its end: judging the stored links again by the settings in force")
	} else if len(basis.Updates(changes)) < len(changes) || decided {
		j.Log.Info("settings or decisions on boilerplate have changed: judging the stored links again", "changed", basis.Join(changes))
	}
	r, err := j.Recluster(ctx, store, engine.Again{})
	if err != nil {
		return err
	}
	j.Log.Info("judged the stored links again", "linked", r.Linked, "unlinked", r.Unlinked, "merged", r.Merged, "split", r.Split)
	return nil
}

// settleIDs is the last step of bringing a database up to date, where it is due.
func (j *Job) settleIDs(ctx context.Context, store *storage.Store) error {
	updating, err := j.Basis(store).Updating(ctx)
	if err != nil || updating != basis.UpdateIDs {
		return err
	}
	engine, err := j.Engine(ctx, store)
	if err != nil {
		return err
	}
	sum, err := engine.SettleIDs(ctx, j.Config.Hash(config.Links))
	if err != nil {
		return err
	}
	if sum.Changed > 0 {
		j.Log.Info("texts that came under one id were sorted into articles anew", "stored anew", sum.Changed)
	}
	return j.Basis(store).NoteUpdating(ctx, "")
}
