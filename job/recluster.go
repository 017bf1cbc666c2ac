package job

import (
	"context"
	"fmt"

	"dedupe/basis"
	"dedupe/engine"
	"dedupe/report"
	"dedupe/storage"
)

// Recluster judges everything that is stored again by the settings in force, and notes by what.
// The caller holds the lock.
func (j *Job) Recluster(ctx context.Context, store *storage.Store, o engine.Again) (*report.Reclustered, error) {
	c, b := j.Config, j.Basis(store)
	texts, changes, err := b.ChangedAll(ctx)
	if err != nil {
		return nil, err
	}
	decided, err := b.Decided(ctx)
	if err != nil {
		return nil, err
	}
	updating, err := b.Updating(ctx)
	if err != nil {
		return nil, err
	}
	_, byTexts, err := engine.Halfway(ctx, store)
	if err != nil {
		return nil, err
	}
	o.Texts = o.Texts || decided || byTexts || basis.NeedTexts(changes)
	damaged, index, err := j.unsound(ctx, store, o.DryRun)
	if err != nil {
		return nil, err
	}
	o.Texts = o.Texts || damaged
	if index && len(texts) == 0 { // half-way it is as one of another version
		texts = []basis.Change{basis.Texts.Remade()}
	}
	if len(texts) > 0 {
		o.Texts, o.Reindex, o.Renew = true, basis.Texts.By(c), basis.Renews(texts)
		if len(basis.Updates(texts)) == 0 {
			j.Log.Info("making the index anew from the texts", "changed", basis.Join(texts))
		}
		if !o.DryRun {
			if err := b.NoteMixed(ctx, basis.Texts, texts); err != nil {
				return nil, err
			}
		}
	}
	if len(basis.Updates(changes)) > 0 {
		if err := j.beginUpdating(ctx, store, o); err != nil {
			return nil, err
		}
	}
	todo := ""
	if o.Renew || updating == basis.UpdateIDs {
		todo = basis.UpdateIDs
	}
	if o.Facts, err = b.Made(ctx, todo); err != nil {
		return nil, err
	}
	o.Progress = j.Steps
	engine, err := j.Engine(ctx, store)
	if err != nil {
		return nil, err
	}
	out, err := engine.Recluster(ctx, basis.Links.By(c), o)
	j.Progress.End()
	if err != nil {
		return nil, err
	}
	if !o.DryRun {
		if err := j.settleIDs(ctx, store); err != nil {
			return nil, err
		}
	}
	view, err := store.View(ctx)
	if err != nil {
		return nil, err
	}
	defer view.Close()
	result, err := report.NewReclustered(ctx, view, out, o.DryRun)
	for _, c := range changes {
		result.Changed = append(result.Changed, c.String())
	}
	return result, err
}

// Seconds that an article of `gen.py 1000000` takes with all of them stored, on two
// processors: half of the processor time that was measured.
const (
	renewSeconds   = 0.0002 // with its index
	compareSeconds = 0.0007
)

// beginUpdating says that all articles are brought up to date with this version of the
// program, and notes it.
func (j *Job) beginUpdating(ctx context.Context, store *storage.Store, o engine.Again) error {
	next, err := store.Counters(ctx)
	if err != nil {
		return err
	}
	articles := int(next.Seq - 1)
	seconds := compareSeconds * float64(articles)
	if o.Renew {
		seconds += renewSeconds * float64(articles)
	}
	took := "less than a minute"
	if minutes := int(seconds/60 + 0.5); minutes > 0 {
		took = "about " + report.Count(minutes, "minute")
	}
	j.Log.Info(fmt.Sprintf("bringing %s up to date with this version of dedupe: %s; it can be stopped and goes on with the next run", report.Count(articles, "article"), took))
	if o.DryRun {
		return nil
	}
	return j.Basis(store).NoteUpdating(ctx, basis.UpdateAll)
}
