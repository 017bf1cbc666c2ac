package engine_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/storage"
)

// forget takes articles out by their names.
func (d *desk) forget(f engine.Forget, names ...string) engine.Forgotten {
	d.Helper()
	for _, name := range names {
		f.Keys = append(f.Keys, d.find(name).Key)
	}
	out, err := d.engine(func(o *engine.Options) { o.Batch = 7 }).Forget(context.WithoutCancel(d.Context()), "", f)
	if err != nil {
		d.Fatal(err)
	}
	return out
}

// TestForgetLeavesNoTrace holds that what is stored after articles came, changed and were forgotten in
// any order is what one run over the others makes, and that it goes on as that does.
func TestForgetLeavesNoTrace(t *testing.T) {
	seeds := uint64(16)
	if testing.Short() || racing() {
		seeds = 6
	}
	for seed := range seeds {
		for name, page := range map[string]func(*rand.Rand, int) record{"editions": edition, "pages": pageOf} {
			t.Run(fmt.Sprint(name, ", seed ", seed), func(t *testing.T) {
				t.Parallel()
				r := rand.New(rand.NewPCG(seed, 3))
				d := emptyDesk(t)
				last := map[string]record{}
				were := map[record]bool{} // what was stored once is known
				batch := 1 + r.IntN(12)
				for range 5 {
					var come []record
					for range 8 + r.IntN(20) {
						now := page(r, r.IntN(60))
						if before, known := last[now.ID]; known {
							now.Published, now.Title = before.Published, before.Title
						}
						if !were[now] {
							last[now.ID] = now
						}
						were[now] = true
						come = append(come, now)
					}
					d.takeWith(jsonl(t, come...), func(o *engine.Options) { o.Batch, o.Window = batch, windows[seed%2] })
					ids := slices.Sorted(maps.Keys(last))
					r.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
					ids = ids[:r.IntN(1+len(ids)/2)]
					f := engine.Forget{LetBack: true}
					for _, id := range ids {
						f.Keys = append(f.Keys, d.find(id).Key)
						delete(last, id)
						maps.DeleteFunc(were, func(r record, _ bool) bool { return r.ID == id })
					}
					e := d.engine(func(o *engine.Options) { o.Batch, o.Window = 1+r.IntN(12), windows[seed%2] })
					out, err := e.Forget(context.WithoutCancel(t.Context()), "", f)
					if err != nil || out.Articles != len(ids) || out.Versions < len(ids) {
						t.Fatalf("of %d articles %+v (%v)", len(ids), out, err)
					}
					whole(t, d.store)
					sound(t, d.store)
				}
				var left []record
				for _, id := range slices.Sorted(maps.Keys(last)) {
					left = append(left, last[id])
				}
				want := content(t, stored(t, jsonl(t, left...), manner{window: windows[seed%2]}))
				if diff := cmp.Diff(want, content(t, d.store)); diff != "" {
					t.Errorf("(-in one run without them +after forgetting):\n%s", diff)
				}
			})
		}
	}
}

// sound holds that no stored row is damaged, and nothing is on its way.
func sound(t *testing.T, store *storage.Store) {
	t.Helper()
	view, err := store.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	for damage, err := range view.Damaged(t.Context(), nil) {
		t.Error(&damage, err)
	}
	if left, err := store.WorkLeft(t.Context()); err != nil || left != [storage.Done]int{} {
		t.Errorf("work is left: %v (%v)", left, err)
	}
	if left, err := store.Leaving(t.Context()); err != nil || len(left) > 0 {
		t.Errorf("articles are on their way out: %v (%v)", left, err)
	}
}

// TestForgetOneID holds that who kept an id is forgotten as if it had never come, in whatever order all came: another
// article keeps the id then, and may come again, also where it had the id before and gave it up.
func TestForgetOneID(t *testing.T) {
	days := days(t)
	for _, order := range orders {
		var all []record
		took := func(t *testing.T) *desk {
			d := emptyDesk(t)
			for _, day := range order {
				d.take(jsonl(t, days[day]...))
			}
			return d
		}
		for _, day := range order {
			all = append(all, days[day]...)
		}
		for _, a := range named(t, took(t).store) {
			name := strings.Fields(a)[0]
			t.Run(fmt.Sprint("days ", order, ", ", name), func(t *testing.T) {
				d := took(t)
				a := d.find(name)
				// Headlines tell which article of an outlet it is; that of one changed.
				is := func(outlet, title string) string {
					return outlet + strings.Replace(title, prose(905, 6), prose(902, 6), 1)
				}
				d.forget(engine.Forget{}, name)
				whole(t, d.store)
				sound(t, d.store)
				left := slices.DeleteFunc(slices.Clone(all), func(r record) bool { return is(r.Outlet, r.Title) == is(a.Outlet, a.Headline) })
				want := newDesk(t, jsonl(t, left...))
				if diff := cmp.Diff(named(t, want.store), named(t, d.store)); diff != "" {
					t.Errorf("without %q, keys (-fresh +forgotten):\n%s", a.Headline, diff)
				}
				if diff := cmp.Diff(content(t, want.store), content(t, d.store)); diff != "" {
					t.Errorf("without %q (-fresh +forgotten):\n%s", a.Headline, diff)
				}
				before := content(t, d.store)
				d.take(jsonl(t, all...))
				if diff := cmp.Diff(before, content(t, d.store)); diff != "" {
					t.Errorf("the same again (-before +after):\n%s", diff)
				}
			})
		}
	}
}

// TestForgottenDoesNotComeBack holds that what was forgotten is rejected with a reason, under its
// identity or with its text, until it is let back; and that others are taken.
func TestForgottenDoesNotComeBack(t *testing.T) {
	gone := told80("gone", 1, 1, "")
	copied := record{"copy", "other.example", gone.Title, hour(3), gone.Body}
	d := newDesk(t, jsonl(t, gone, copied, told80("else", 2, 2, "")))
	out := d.forget(engine.Forget{}, "gone")
	if out.Articles != 1 || out.Versions != 1 || out.Pairs != 1 || out.Clusters != 1 {
		t.Errorf("%+v was removed", out)
	}
	if d.find("copy").Cluster != 0 {
		t.Error("its copy is still in a cluster")
	}
	before := numbered(t, d.store)
	again := gone
	again.Body += " And a new end."
	moved := gone
	moved.ID = "under-another-id"
	d.take(jsonl(t, gone, again, moved, copied))
	if diff := cmp.Diff(before, numbered(t, d.store)); diff != "" {
		t.Errorf("(-before +after it came again):\n%s", diff)
	}
	view, err := d.store.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for r, err := range view.Rejects(t.Context(), 0) {
		if err != nil || r.Kept || r.Head != "" || !strings.Contains(r.Reason, "forgotten on 2026-03-21") {
			t.Errorf("rejected as %+v (%v)", r, err)
		}
		n++
	}
	view.Close()
	if n != 3 {
		t.Errorf("%d were rejected, want 3", n)
	}
	if err := d.store.LetBack(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	d.take(jsonl(t, gone))
	if !d.together("gone", "copy") {
		t.Error("let back, it is not in its cluster again")
	}
	if a := d.find("gone"); a.Seq != 4 {
		t.Errorf("it has the number %d, want 4, for those of the forgotten are not given again", a.Seq)
	}
}

// TestForgetTwice holds that forgetting what is not there does nothing, and the last article too can
// be forgotten.
func TestForgetTwice(t *testing.T) {
	d := newDesk(t, jsonl(t, told80("one", 1, 1, ""), told80("two", 2, 2, "")))
	key := d.find("two").Key
	d.forget(engine.Forget{}, "two")
	if out := d.forget(engine.Forget{Keys: []article.Key{key}}); out.Articles+out.Versions != 0 {
		t.Errorf("forgotten twice: %+v", out)
	}
	d.forget(engine.Forget{}, "one")
	sound(t, d.store)
	if got := content(t, d.store); len(got) != 0 {
		t.Errorf("left are %q", got)
	}
	d.take(jsonl(t, told80("three", 3, 3, ""), told80("four", 3, 4, "")))
	whole(t, d.store)
	sound(t, d.store)
	if !d.together("three", "four") {
		t.Error("what comes into the emptied database is not grouped")
	}
}

// TestForgetDecided holds that what people decided on a forgotten article goes with it.
func TestForgetDecided(t *testing.T) {
	d := newDesk(t, readLines(t, 1000, fortnight))
	_, m := d.large()
	d.rule(engine.Ruling{Decide: []storage.Decision{d.decision(m[0], m[1], false), d.decision(m[1], m[2], true)}, Pin: []storage.Pin{{Key: d.find(m[0]).Key, Decided: deskTime(), Note: "why"}}})
	out := d.forget(engine.Forget{}, m[0])
	if out.Decisions != 2 {
		t.Errorf("%d decisions went, want the pair and the representative: %+v", out.Decisions, out)
	}
	whole(t, d.store)
	sound(t, d.store)
	if left, err := d.store.Decisions(t.Context()); err != nil || len(left) != 1 {
		t.Errorf("decisions are %v (%v)", left, err)
	}
	d.forget(engine.Forget{DryRun: true}, m[1:]...)
	if !d.together(m[1], m[2]) {
		t.Error("a dry run parted a cluster")
	}
}

// TestForgottenBytes holds that no byte of a forgotten text is left: not in the file, not in the log, not
// in a copy, nor in a backup that is made then. Before, its bytes are found in the file, and in a backup; those of a packed text are the stored ones.
func TestForgottenBytes(t *testing.T) {
	for _, compress := range []bool{false, true} {
		t.Run(fmt.Sprint("packed ", compress), func(t *testing.T) {
			folder := t.TempDir()
			path := filepath.Join(folder, "a.db")
			store := openStore(t, path, storage.Options{Compress: compress})
			d := &desk{TB: t, store: store, folder: t.TempDir()}
			secret := told80("secret-identifier", 77, 5, masthead)
			secret.Body = prose(78, 2000) + ".\n\n" + secret.Body + ".\n\n" + prose(76, 60) // more than a page
			lines := append(gated(t), jsonl(t, secret)...)
			d.take(lines)
			later := secret
			later.Body += " " + prose(79, 50)
			d.take(jsonl(t, later))
			var more []record
			for i := range 200 { // pages are split and moved
				more = append(more, told80(fmt.Sprint("s", i), 1000+i, i, masthead))
			}
			d.take(jsonl(t, more...))
			traces := map[string][]byte{"headline": []byte(secret.Title), "id": []byte(secret.ID)}
			for i, body := range []string{secret.Body, later.Body} {
				packed := store.PackBody(nil, body)
				traces[fmt.Sprint("begin of text ", i)] = packed[:min(len(packed), 200)]
				traces[fmt.Sprint("end of text ", i)] = packed[len(packed)-200:]
			}
			if !compress { // as grep finds them
				traces["first words"], traces["last words"] = []byte(secret.Body[:100]), []byte(later.Body[len(later.Body)-100:])
			}
			backup := func(name string) {
				if _, err := storage.Backup(t.Context(), path, filepath.Join(folder, name), nil); err != nil {
					t.Fatal(err)
				}
			}
			backup("before.bak")
			for what, trace := range traces {
				if at := foundIn(t, folder, trace); !slices.Contains(at, "before.bak") || len(at) < 2 {
					t.Errorf("before, the %s is found in %q alone: what is looked for is wrong", what, at)
				}
			}
			if err := os.Remove(filepath.Join(folder, "before.bak")); err != nil {
				t.Fatal(err)
			}
			aside := []byte("a log that was put aside when the file was replaced") // see storage.Replace
			for _, trace := range traces {
				aside = append(aside, trace...)
			}
			if err := os.WriteFile(path+"-wal.old", aside, 0o600); err != nil {
				t.Fatal(err)
			}
			d.forget(engine.Forget{}, secret.ID)
			backup("after.bak")
			gone := func(when string) {
				for what, trace := range traces {
					if at := foundIn(t, folder, trace); len(at) > 0 {
						t.Errorf("%s, the %s is still in %q", when, what, at)
					}
				}
			}
			gone("while the database is open, with its log")
			if err := store.Close(); err != nil {
				t.Fatal(err)
			}
			gone("after it was closed")
			data, err := os.ReadFile(path)
			if err != nil || !bytes.HasPrefix(data, []byte("SQLite format 3\x00")) {
				t.Errorf("the file is none any more (%v)", err)
			}
		})
	}
}

// foundIn returns the files of a folder that hold some bytes.
func foundIn(t *testing.T, folder string, what []byte) (names []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, what) {
			names = append(names, filepath.Base(name))
		}
	}
	return names
}
