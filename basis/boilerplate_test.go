package basis

import (
	"path/filepath"
	"testing"
	"time"

	"dedupe/similarity"
	"dedupe/storage"
)

// TestDecided: what people decide on boilerplate, and take back, changes
// what stands for it; what runs learn and unlearn does not, or each recluster after
// it would read all texts.
func TestDecided(t *testing.T) {
	ctx := t.Context()
	store, err := storage.Open(ctx, filepath.Join(t.TempDir(), "a.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	run, err := store.BeginRun(ctx, "run", "settings", time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	builder := similarity.Builder{K: 4}
	shingles := builder.Build("", "", "one two three four five", nil).Shingles(nil)
	learned := storage.BoilerplateRow{ID: 1, Run: run, Passage: "one two three four five", Shingles: shingles, Votes: make([]uint32, len(shingles))}
	b := Basis{Store: store}
	before := ""
	for _, step := range []struct {
		name    string
		do      func() error
		changes bool
	}{
		{"learned", func() error {
			return store.Write(ctx, &storage.Batch{Run: run, Learned: []storage.BoilerplateRow{learned}})
		}, false},
		{"unlearned", func() error { return store.Write(ctx, &storage.Batch{Run: run, Unlearned: []int64{1}}) }, false},
		{"blocked", func() error { _, err := store.Block(ctx, learned.Passage, shingles); return err }, true},
		{"forgotten", func() error { return b.Forget(ctx, 1) }, true},
	} {
		t.Run(step.name, func(t *testing.T) {
			if err := step.do(); err != nil {
				t.Fatal(err)
			}
			got, err := b.decisions(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if changed := got != before; changed != step.changes {
				t.Errorf("%q, and was %q: changed %v, want %v", got, before, changed, step.changes)
			}
			before = got
		})
	}
}
