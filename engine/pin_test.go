package engine_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/storage"
)

// TestPinnedVersion holds that of two chosen members of one cluster the same represents it when it has a new version, also where the
// run is killed that takes that in.
func TestPinnedVersion(t *testing.T) {
	list := []record{told80("a", 1, 0, prose(40, 12)), told80("b", 1, 1, prose(41, 12)), told80("c", 1, 2, prose(42, 12))}
	keyOf := func(r record) article.Key { return (&article.Article{ID: r.ID, Outlet: r.Outlet}).Key() }
	slices.SortFunc(list, func(x, y record) int { // of two that were chosen at once the lower key counts: that of the youngest
		a, b := keyOf(x), keyOf(y)
		return bytes.Compare(b[:], a[:])
	})
	for i := range list {
		list[i].Published = hour(i)
	}
	changed := list[2]
	changed.Body += " " + prose(50, 9)
	for after, ended := 0, false; !ended; after++ {
		d := newDesk(t, jsonl(t, list...))
		d.rule(engine.Ruling{Pin: []storage.Pin{{Key: d.find(list[0].ID).Key, Decided: deskTime()}, {Key: d.find(list[2].ID).Key, Decided: deskTime()}}})
		if !d.find(list[2].ID).Representative {
			t.Fatal("the test pins the wrong ones")
		}
		path := filepath.Join(d.folder, "changed.jsonl")
		if err := os.WriteFile(path, []byte(jsonl(t, changed)[0]), 0o600); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		left := after
		err := ingestFile(ctx, d.engine(nil), path, func() {
			if left--; left == -1 {
				cancel()
			}
		})
		cancel()
		ended = err == nil
		d.take(jsonl(t, changed))
		if a := d.find(list[2].ID); !a.Representative || a.Version != 2 {
			t.Errorf("killed at step %d: a chosen article in version %d represents its cluster: %t", after, a.Version, a.Representative)
		}
	}
}

// TestForgetOneIDKeepsDecisions holds that what was decided on the article that has an id stays when another one is forgotten
// which had the id before, and gave it up.
func TestForgetOneIDKeepsDecisions(t *testing.T) {
	under := func(day, number int, more string) record {
		return record{"https://one.example/news", "One", prose(900+day, 6), hour(24 * day), prose(number, 70) + more}
	}
	first, second, early := under(10, 1, ""), under(11, 1, " "+prose(50, 20)), under(5, 2, "")
	other := told80("other", 9, 3, "")
	d := newDesk(t, jsonl(t, first))
	for _, r := range []record{second, early, other} {
		d.take(jsonl(t, r))
	}
	key := d.titled(early.Title).Key
	d.rule(engine.Ruling{Decide: []storage.Decision{storage.NewDecision(key, d.find("other").Key, true, deskTime(), "")}, Pin: []storage.Pin{{Key: key, Decided: deskTime()}}})
	before := said(t, d.store)
	d.forget(engine.Forget{Keys: []article.Key{d.titled(second.Title).Key}})
	sound(t, d.store)
	if diff := cmp.Diff(before, said(t, d.store)); diff != "" {
		t.Errorf("decisions (-before +after):\n%s", diff)
	}
}

// TestPruneKeepsDecisions holds that what was decided on an article stays when an old version of it goes for its age.
func TestPruneKeepsDecisions(t *testing.T) {
	first, other := told80("one", 1, 24, ""), told80("other", 9, 24*14, "")
	later := first
	later.Body, later.Published = later.Body+" "+prose(50, 9), hour(24*13)
	d := newDesk(t, jsonl(t, first, other))
	d.take(jsonl(t, later))
	key := d.find("one").Key
	d.rule(engine.Ruling{Decide: []storage.Decision{d.decision("one", "other", true)}, Pin: []storage.Pin{{Key: key, Decided: deskTime()}}})
	before := said(t, d.store)
	if out := d.prune(engine.Prune{Articles: at(24 * 12)}); out.Articles != 1 {
		t.Fatalf("%+v went, want the first version", out)
	}
	sound(t, d.store)
	if diff := cmp.Diff(before, said(t, d.store)); diff != "" {
		t.Errorf("decisions (-before +after):\n%s", diff)
	}
	if d.prune(engine.Prune{Articles: at(24*13 + 1)}); len(said(t, d.store)) > 0 {
		t.Errorf("without the article there is %q", said(t, d.store))
	}
}
