package job

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"dedupe/storage"
)

// Damage gathers the stored rows that were stepped over, each once. The zero value is ready. It
// is safe for concurrent use.
type Damage struct {
	mu   sync.Mutex
	rows map[string]storage.Damage
	more bool // than are kept
}

const maxDamage = 100_000 // rows that are kept

// Add notes a row. Of more than 100,000 only it is kept that there are more.
func (d *Damage) Add(x storage.Damage) {
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

// List returns the rows by table and number, and whether there are more.
func (d *Damage) List() (list []storage.Damage, more bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.SortedFunc(maps.Values(d.rows), func(x, y storage.Damage) int {
		return cmp.Or(strings.Compare(x.Table, y.Table), cmp.Compare(len(x.Row), len(y.Row)), strings.Compare(x.Row, y.Row))
	}), d.more
}

// Forget forgets all rows.
func (d *Damage) Forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.rows = nil
}

// mended forgets the rows that were mended since they were met, and says how many these are.
func (j *Job) mended(ctx context.Context, store *storage.Store) error {
	list, _ := j.Damage.List()
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
	j.Damage.Forget()
	for _, d := range still {
		j.Damage.Add(d)
	}
	if n := len(list) - len(still); n > 0 {
		j.Log.Info("mended damaged rows", "rows", n)
	}
	return nil
}

// unsound looks for what recluster mends only by reading all texts: what was learned of
// boilerplate, and the index. Places that are not those of their articles it mends itself.
func (j *Job) unsound(ctx context.Context, store *storage.Store, dryRun bool) (texts, index bool, err error) {
	view, err := store.View(ctx)
	if err != nil {
		return false, false, err
	}
	defer view.Close()
	for d, err := range view.Damaged(ctx, nil, "vote", "boilerplate", "changed", "place", "segment") {
		if err != nil {
			return false, false, err
		}
		j.Damage.Add(d)
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
