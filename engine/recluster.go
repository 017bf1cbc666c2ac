package engine

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dedupe/storage"
	"dedupe/textcache"
)

// Again says how everything stored is judged again.
type Again struct {
	Texts    bool     // compare all articles anew; else only those whose stored evidence does not suffice
	Reindex  string   // "", or a word without spaces for the settings of texts by which the index is made anew first; Texts must be set
	Renew    bool     // before that, make anew what is stored of each article by itself; Reindex must be set
	DryRun   bool     // do it in a copy of the database, and store nothing
	Progress Progress // may be nil

	Facts map[string]string // of the whole file, noted in the transaction that ends the recluster
}

// Reclustered is what came of judging everything again.
type Reclustered struct {
	Run      int64 // 0: a dry run
	Articles int
	Pairs    int // judged from stored evidence
	Anew     int // articles compared anew, from their texts
	Linked   int // pairs that are linked now and were not
	Unlinked int // the reverse
	Summary  Summary
	Events   []storage.ClusterEvent // what happened to clusters
}

// metaRecluster tells in the table meta for which settings a recluster has begun that is not
// finished.
const metaRecluster = "recluster"

// Halfway reports whether a recluster of the database has begun and not come to its end, so
// that some links are by other settings than the rest, and whether it was by texts.
func Halfway(ctx context.Context, store *storage.Store) (halfway, texts bool, err error) {
	mode, err := store.Meta(ctx, metaRecluster)
	return mode != "", strings.HasSuffix(mode, byTexts), err
}

const byTexts = " true" // at the end of metaRecluster

// Recluster judges all stored pairs again by the options of the engine and groups all
// articles anew: all of them enter the table of work, at learn or at decide, and go the way
// of a run. After it another Engine must be made. What it yields is what a fresh ingest by
// these options would.
//
// Boilerplate is what it was, unless all is judged by texts: then it is learned again.
//
// Other shingles, anchors or agencies need another index, which Again.Reindex asks
// for: see reindex. After an update of the program articles themselves are others,
// which Again.Renew asks for: see renew. Dates are shown by the clock of now: see redate.
//
// A recluster that was stopped is finished by the next one, which goes on from where it came
// to if the settings are the same. 100,000 articles with 108,000 pairs took 2 to 6 s by
// evidence in 125 to 170 MB, and by texts as long as their ingest.
func (e *Engine) Recluster(ctx context.Context, settings string, again Again) (Reclustered, error) {
	if again.DryRun {
		return e.trial(ctx, settings, again)
	}
	r := &reclustering{e: e, Again: again, settings: settings}
	if r.Progress == nil {
		r.Progress = func(Step, int, int) {}
	}
	var err error
	r.out.Summary, err = e.asRun(ctx, "recluster", settings, func(ctx context.Context) error {
		e.cache = textcache.New(e.opt.Cache, e.opt.Spill)
		for _, step := range []func(context.Context) error{r.renew, r.redate, r.reindex, r.enter} {
			if err := step(ctx); err != nil {
				return err
			}
		}
		if err := e.work(ctx, r.Progress); err != nil {
			return err
		}
		if err := e.store.DropStray(ctx); err != nil {
			return err
		}
		facts := map[string]string{metaRecluster: "", metaReindex: "", metaRenew: ""}
		maps.Copy(facts, r.Facts)
		return e.store.SetMeta(ctx, facts)
	})
	for i := range e.places {
		if !e.places[i].Dead {
			r.out.Articles++
		}
	}
	r.out.Run, r.out.Events = e.run, e.events
	r.out.Linked, r.out.Unlinked, r.out.Anew, r.out.Pairs = r.out.Summary.Linked, e.counts.unlinked, e.counts.anew, e.counts.pairs
	return r.out, err
}

// counts are of a recluster alone.
type counts struct{ pairs, anew, unlinked int }

// trial reclusters a copy of the database, which goes with it.
func (e *Engine) trial(ctx context.Context, settings string, again Again) (out Reclustered, err error) {
	dir, err := os.MkdirTemp(e.opt.Spill, "dedupe-trial-")
	if err != nil {
		return out, fmt.Errorf("make a folder for a copy of the database: %w", err)
	}
	defer os.RemoveAll(dir)
	store, err := e.store.Trial(ctx, filepath.Join(dir, "trial.db"))
	if err != nil {
		return out, err
	}
	defer store.Close()
	trial, err := New(ctx, store, e.opt, e.log, e.now)
	if err != nil {
		return out, err
	}
	again.DryRun = false
	out, err = trial.Recluster(ctx, settings, again)
	out.Run = 0
	return out, err
}

// reclustering is one call of Recluster.
type reclustering struct {
	e *Engine
	Again
	settings string
	out      Reclustered
}

// enter lets all articles enter the table of work, unless a recluster by the same settings was
// stopped after it had done so. What was learned goes where it is to be learned again.
func (r *reclustering) enter(ctx context.Context) error {
	e := r.e
	at, err := e.store.Meta(ctx, metaRecluster)
	if err != nil {
		return err
	}
	mode := fmt.Sprintf("%s %v", r.settings, r.Texts)
	if at == mode {
		e.log.Info("going on with the recluster that was stopped")
		return nil
	}
	if err := e.store.SetShort(ctx, e.opt.Thresholds.MinWords); err != nil {
		return err
	}
	b := &storage.Batch{Run: e.run, Work: storage.Work{All: storage.Decide}, Meta: map[string]string{metaRecluster: mode}}
	if r.Texts {
		b.Work.All, b.Unlearn = storage.Learn, true
		if err := r.unlearn(ctx); err != nil {
			return err
		}
	}
	if err := e.write(ctx, b); err != nil {
		return err
	}
	return e.writes.wait()
}

// unlearn keeps of boilerplate what people decided, without votes.
func (r *reclustering) unlearn(ctx context.Context) error {
	rows, err := r.e.store.Boilerplate(ctx)
	if err != nil {
		return err
	}
	decided := slices.DeleteFunc(rows, func(f storage.BoilerplateRow) bool { return f.State == storage.Learned })
	for i := range decided {
		clear(decided[i].Votes)
	}
	if err := r.reshingle(ctx, decided); err != nil {
		return err
	}
	r.e.boilerplate, r.e.changed = newLearned(decided), changed{}
	return nil
}
