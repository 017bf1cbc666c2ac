package engine_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/storage"
)

// TestPinnedVersion holds that of two chosen members of one cluster the same represents it whichever of them, or of the others,
// gets a new version.
func TestPinnedVersion(t *testing.T) {
	for changed := range 4 {
		var list []record
		for i := range 4 {
			list = append(list, told80([]string{"a", "b", "c", "d"}[i], 1, i, prose(40+i, 12)))
		}
		d := newDesk(t, jsonl(t, list...))
		first, second := d.find("c").Key, d.find("d").Key
		if bytes.Compare(first[:], second[:]) > 0 {
			first, second = second, first
		}
		for _, key := range [][16]byte{second, first} {
			d.rule(engine.Ruling{Pin: []storage.Pin{{Key: key, Decided: deskTime()}}})
		}
		stands := func() (key [16]byte) {
			view, err := d.store.View(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer view.Close()
			for a, err := range view.Articles(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
				if a.Representative {
					key = a.Key
				}
			}
			return key
		}
		if stands() != first {
			t.Fatalf("before, %x represents it, want %x", stands(), first)
		}
		now := list[changed]
		now.Body += " " + prose(50, 9)
		d.take(jsonl(t, now))
		if stands() != first {
			t.Errorf("after a new version of %s %x represents it, want %x", now.ID, stands(), first)
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
