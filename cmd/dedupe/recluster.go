package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"dedupe/basis"
	"dedupe/config"
	"dedupe/engine"
	"dedupe/report"
	"dedupe/storage"
)

func newRecluster(a *app) *cobra.Command {
	var o engine.Again
	cmd := &cobra.Command{
		Use:   "recluster",
		Short: "Judge everything stored again by the settings in force",
		Long: `Recluster judges the stored links again by the settings in force and groups all articles anew: what comes out is
what taking all articles in anew would give. Clusters keep their numbers while most of their members stay, and people's
decisions hold.

Changed thresholds are applied to the stored figures of each pair. The texts are read where these do not suffice: of
articles with so many copies that not all were compared; and of all articles when the window, candidates.max_heads,
headline.metric or a setting of boilerplate changed, when somebody decided on boilerplate, or when a threshold is below what
is stored. When text.shingle_size, candidates.sample or wire.agencies changed, the index is made anew as well. Other
outlets.aliases would make other articles: they need a new database.

After an update of dedupe all is brought up to date with what it makes of articles now: plain text, dates, outlets,
identity, words, links. The next run does so by itself. Dates that were shown wrong because the clock of the machine was
wrong are mended by each recluster.

When it is stopped, the next one goes on from there; while a new index is not finished, nothing else compares texts.
With --dry-run it says what would change and stores nothing; after an update, what would change of links.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.change(cmd.Context(), "recluster", func(store *storage.Store) error {
				filled, err := a.basis(store).Filled(cmd.Context())
				if err != nil {
					return err
				}
				if !filled {
					return fmt.Errorf("recluster %s: nothing was taken in yet", a.settings().Database.Path)
				}
				result, err := a.recluster(cmd.Context(), store, o)
				if err != nil {
					return err
				}
				return a.print(result)
			})
		},
	}
	cmd.Flags().BoolVar(&o.DryRun, "dry-run", false, "say what would change and store nothing")
	cmd.Flags().BoolVar(&o.Texts, "texts", false, "compare all articles anew, whether that is needed or not")
	config.Flag(cmd.Flags(), "workers", "workers", "")
	config.Flag(cmd.Flags(), "batch", "batch", "")
	return cmd
}

// reclusterFirst is what a run does first after an update of the program, and when
// on_change is "recluster".
func (a *app) reclusterFirst(ctx context.Context, store *storage.Store) error {
	_, changes, err := a.basis(store).ChangedAll(ctx)
	if err != nil {
		return err
	}
	decided, err := a.basis(store).Decided(ctx)
	if err != nil {
		return err
	}
	halfway, _, err := engine.Halfway(ctx, store)
	if err != nil || len(changes) == 0 && !decided && !halfway {
		return err
	}
	if halfway {
		a.log.Info("a recluster was stopped before its end: judging the stored links again by the settings in force")
	} else if len(basis.Updates(changes)) < len(changes) || decided {
		a.log.Info("settings or decisions on boilerplate have changed: judging the stored links again", "changed", basis.Join(changes))
	}
	r, err := a.recluster(ctx, store, engine.Again{})
	if err != nil {
		return err
	}
	a.log.Info("judged the stored links again", "linked", r.Linked, "unlinked", r.Unlinked, "merged", r.Merged, "split", r.Split)
	return nil
}

// checkSettings sees to it, before something is taken in, that the settings in force fit the
// database.
func (a *app) checkSettings(ctx context.Context, store *storage.Store) error {
	b := a.basis(store)
	if err := b.Note(ctx); err != nil {
		return err
	}
	if err := a.settleIDs(ctx, store); err != nil {
		return err
	}
	again, mixed, err := b.Fit(ctx)
	switch {
	case err != nil:
		return err
	case again:
		return a.reclusterFirst(ctx, store)
	case len(mixed) > 0:
		a.log.Warn(`what links are judged by has changed: stored ones keep their verdicts until "dedupe recluster"`,
			"database", b.Config.Database.Path, "changed", basis.Join(mixed))
	}
	return nil
}

// recluster judges everything again and notes by what.
func (a *app) recluster(ctx context.Context, store *storage.Store, o engine.Again) (*report.Reclustered, error) {
	c, b := a.settings(), a.basis(store)
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
	damaged, index, err := a.unsound(ctx, store, o.DryRun)
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
			a.log.Info("making the index anew from the texts", "changed", basis.Join(texts))
		}
		if !o.DryRun {
			if err := b.NoteMixed(ctx, basis.Texts, texts); err != nil {
				return nil, err
			}
		}
	}
	if len(basis.Updates(changes)) > 0 {
		if err := a.beginUpdating(ctx, store, o); err != nil {
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
	o.Progress = a.stepped()
	engine, err := a.engine(ctx, store)
	if err != nil {
		return nil, err
	}
	out, err := engine.Recluster(ctx, basis.Links.By(c), o)
	a.progress.End()
	if err != nil {
		return nil, err
	}
	if !o.DryRun {
		if err := a.settleIDs(ctx, store); err != nil {
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

// settleIDs is the last step of bringing a database up to date, where it is due.
func (a *app) settleIDs(ctx context.Context, store *storage.Store) error {
	updating, err := a.basis(store).Updating(ctx)
	if err != nil || updating != basis.UpdateIDs {
		return err
	}
	engine, err := a.engine(ctx, store)
	if err != nil {
		return err
	}
	sum, err := engine.SettleIDs(ctx, a.settings().Hash(config.Links))
	if err != nil {
		return err
	}
	if sum.Changed > 0 {
		a.log.Info("texts that came under one id were sorted into articles anew", "stored anew", sum.Changed)
	}
	return a.basis(store).NoteUpdating(ctx, "")
}

// Seconds that an article of `gen.py 1000000` takes with all of them stored, on two
// processors: half of the processor time that was measured.
const (
	renewSeconds   = 0.0002 // with its index
	compareSeconds = 0.0007
)

// beginUpdating says that all articles are brought up to date with this version of the
// program, and notes it.
func (a *app) beginUpdating(ctx context.Context, store *storage.Store, o engine.Again) error {
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
	a.log.Info(fmt.Sprintf("bringing %s up to date with this version of dedupe: %s; it can be stopped and goes on with the next run", report.Count(articles, "article"), took))
	if o.DryRun {
		return nil
	}
	return a.basis(store).NoteUpdating(ctx, basis.UpdateAll)
}
