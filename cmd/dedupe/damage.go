package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"dedupe/report"
	"dedupe/storage"
)

// damage gathers the stored rows that a command stepped over, each once. It is safe for
// concurrent use.
type damage struct {
	mu   sync.Mutex
	rows map[string]storage.Damage
	more bool // than are kept
}

const (
	maxDamage = 100_000 // rows that are kept
	maxNamed  = 10      // rows that are named
)

func (d *damage) add(x storage.Damage) {
	d.mu.Lock()
	defer d.mu.Unlock()
	id := x.Table + " " + x.Row
	if _, known := d.rows[id]; known {
		return
	}
	if len(d.rows) == maxDamage {
		d.more = true
		return
	}
	if d.rows == nil {
		d.rows = map[string]storage.Damage{}
	}
	d.rows[id] = x
}

// list returns the rows by table and number.
func (d *damage) list() []storage.Damage {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.SortedFunc(maps.Values(d.rows), func(x, y storage.Damage) int {
		return cmp.Or(strings.Compare(x.Table, y.Table), cmp.Compare(len(x.Row), len(y.Row)), strings.Compare(x.Row, y.Row))
	})
}

// stepping are options of storage by which damaged rows are stepped over and named at the end.
func (a *app) stepping(o storage.Options) storage.Options {
	o.Damaged = a.damage.add
	o.NoCopy = !a.settings().Database.KeepBeforeUpdate
	o.Updated = func(schema int, copied string) {
		a.log.Warn(fmt.Sprintf("the database is of schema %d, and is changed to schema %d now; only this version of dedupe and later ones read it then", schema, storage.SchemaVersion()),
			"copy of before", cmp.Or(copied, "none"))
	}
	return o
}

// mended forgets the rows that the command has mended, and says how many these are.
func (a *app) mended(ctx context.Context, store *storage.Store) error {
	list := a.damage.list()
	if len(list) == 0 {
		return nil
	}
	view, err := store.View(ctx)
	if err != nil {
		return err
	}
	defer view.Close()
	still, err := view.StillDamaged(ctx, list)
	if err != nil {
		return err
	}
	a.damage.rows = nil
	for _, d := range still {
		a.damage.add(d)
	}
	if n := len(list) - len(still); n > 0 {
		a.log.Info("mended damaged rows", "rows", n)
	}
	return nil
}

// tellDamage names the rows that were stepped over on standard error. It returns what is to be
// said of them last, or "" where there are none.
func (a *app) tellDamage() string {
	list := a.damage.list()
	if len(list) == 0 {
		return ""
	}
	for _, d := range list[:min(len(list), maxNamed)] {
		a.log.Warn("a stored row is damaged and was left out", "row", d.Table+" "+d.Row, "damage", d.What, "mend", d.Mend())
	}
	if n := len(list) - maxNamed; n > 0 {
		a.log.Warn("more stored rows are damaged and were left out", "rows", n)
	}
	many := ""
	if a.damage.more {
		many = "more than "
	}
	return fmt.Sprintf("%s%s damaged and left out; dedupe doctor lists what is damaged and says what mends it", many, report.Count(len(list), "stored row"))
}

// unsound looks for what recluster mends only by reading all texts: what was learned of
// boilerplate, and the index. Places that are not those of their articles it mends itself.
func (a *app) unsound(ctx context.Context, store *storage.Store, dryRun bool) (texts, index bool, err error) {
	view, err := store.View(ctx)
	if err != nil {
		return false, false, err
	}
	defer view.Close()
	for d, err := range view.Damaged(ctx, nil, "vote", "boilerplate", "changed", "place", "segment") {
		if err != nil {
			return false, false, err
		}
		a.damage.add(d)
		texts = true
		index = index || d.Table == "place" || d.Table == "segment" || d.Table == "posting"
	}
	stray, err := view.Stray(ctx)
	if err != nil {
		return false, false, err
	}
	texts = texts || stray
	if index && !dryRun {
		view.Close()
		err = store.RenewPlaces(ctx)
	}
	return texts, index, err
}
