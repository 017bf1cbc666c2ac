package engine_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
	"dedupe/candidate"
	"dedupe/engine"
	"dedupe/storage"
)

// keysOf returns the keys of the articles that count, by the name of their outlet and id.
func (d *desk) keysOf() map[string]article.Key {
	d.Helper()
	view, err := d.store.View(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	defer view.Close()
	keys := map[string]article.Key{}
	for a, err := range view.Articles(d.Context()) {
		if err != nil {
			d.Fatal(err)
		}
		keys[a.Outlet+":"+a.External+a.URL] = a.Key
	}
	return keys
}

// age makes a database what another version of the program might have left: keys are
// others, every version is an article of its own, text hashes and places are wrong.
func (d *desk) age() (moved map[article.Key]article.Key) {
	d.Helper()
	places, firsts, _, err := d.store.Places(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	outlets, err := d.store.Outlets(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	r := &storage.Renewal{Moved: map[article.Key]article.Key{}}
	err = d.store.ReceivedIn(d.Context(), 1, uint32(len(places)+1), func(a storage.ReceivedRow) error {
		old := a.Key
		binary.BigEndian.PutUint32(old[2:], a.Seq)
		old[15]++
		r.Moved[a.Key] = old // of several versions the last
		r.Articles = append(r.Articles, storage.Renewed{Seq: a.Seq, Key: old, Outlet: outlets[a.Article.Outlet], Headline: " " + a.Article.Headline, Language: a.Article.Language, TextHash: a.TextHash + 1})
		r.Standing = append(r.Standing, storage.Standing{Seq: a.Seq, Version: 1, Current: true})
		p := &places[a.Seq-1]
		p.Key, p.Dead = binary.BigEndian.Uint64(old[:]), false
		if a.Seq%3 == 0 {
			p.Date = candidate.Undated
		}
		return nil
	})
	if err != nil {
		d.Fatal(err)
	}
	for i, first := range firsts {
		end := len(places)
		if i+1 < len(firsts) {
			end = int(firsts[i+1]) - 1
		}
		r.Places = append(r.Places, storage.PlaceRow{First: first, Places: places[first-1 : end]})
	}
	if err := d.store.Renew(d.Context(), r); err != nil {
		d.Fatal(err)
	}
	d.recluster(nil, engine.Again{Texts: true}) // as that version would
	return r.Moved
}

// versions returns all stored versions that count, with what tells whether they are known.
func (d *desk) standing() (list []string) {
	d.Helper()
	keys := d.keysOf()
	of := make([]article.Key, 0, len(keys))
	for _, k := range keys {
		of = append(of, k)
	}
	known, err := d.store.Known(d.Context(), of)
	if err != nil {
		d.Fatal(err)
	}
	for name, k := range keys {
		list = append(list, fmt.Sprintf("%s %v %x version %d, older %x", name, k, known[k].TextHash, known[k].Version, known[k].Older))
	}
	slices.Sort(list)
	return list
}

// versioned is the articles of testdata, some of which come again with another text.
func versioned(t *testing.T) []string {
	lines := readLines(t, 1000, fortnight)
	for i, line := range slices.Clone(lines) {
		if i%4 == 0 {
			if !strings.Contains(line, `"body": "`) {
				t.Fatalf("no body in %s", line)
			}
			lines = append(lines, strings.Replace(line, `"body": "`, `"body": "Updated on Sunday evening with what the council said. `, 1))
		}
	}
	return lines
}

// TestRenew: a database that another version of the program left comes out as a fresh
// ingest of the same input would make it, and the same input is known.
func TestRenew(t *testing.T) {
	lines := versioned(t)
	small := func(o *engine.Options) { o.Batch = 7 }
	for _, tt := range []struct {
		name  string
		stops int // that a call is stopped at some step, and another one goes on
	}{{"in one go", 0}, {"stopped again and again", 40}} {
		t.Run(tt.name, func(t *testing.T) {
			fresh, old := newDesk(t, lines), newDesk(t, lines)
			old.age()
			again := engine.Again{Texts: true, Reindex: "new", Renew: true}
			for at := range tt.stops {
				ctx, cancel := context.WithCancel(t.Context())
				n := 0
				stop := again
				stop.Progress = func(engine.Step, int, int) {
					if n++; n > at%3 {
						cancel()
					}
				}
				_, err := old.engine(small).Recluster(ctx, "settings", stop)
				if err != nil && !errors.Is(err, context.Canceled) {
					t.Logf("stopped: %v", err)
				}
				cancel()
			}
			old.recluster(small, again)
			for _, x := range []struct {
				what       string
				fresh, old []string
			}{
				{"standing", fresh.standing(), old.standing()},
				{"pairs", fresh.pairs(), old.pairs()},
				{"clusters", fresh.told(), old.told()},
				{"content", content(t, fresh.store), content(t, old.store)},
			} {
				if diff := cmp.Diff(x.fresh, x.old); diff != "" {
					t.Errorf("%s (-fresh +renewed):\n%s", x.what, diff)
				}
			}
			whole(t, old.store)
			before := numbered(t, old.store)
			old.take(lines)
			if diff := cmp.Diff(before, numbered(t, old.store)); diff != "" {
				t.Errorf("the same input again (-before +after):\n%s", diff)
			}
		})
	}
}

// TestRenewKeepsClusters: what does not change keeps its cluster's number, and nothing is
// said to have happened to it.
func TestRenewKeepsClusters(t *testing.T) {
	d := newDesk(t, readLines(t, 1000, fortnight))
	before := d.clusters()
	out := d.recluster(nil, engine.Again{Texts: true, Reindex: "new", Renew: true})
	if diff := cmp.Diff(before, d.clusters()); diff != "" || len(out.Events) > 0 {
		t.Errorf("events %v, clusters (-before +after):\n%s", out.Events, diff)
	}
}

// TestRenewMovesDecisions: what people decided is about the same articles under other keys.
func TestRenewMovesDecisions(t *testing.T) {
	d := newDesk(t, readLines(t, 1000, fortnight))
	keys := d.keysOf()
	var names []string
	for name := range keys {
		names = append(names, name)
	}
	slices.Sort(names)
	day := func(n int) time.Time { return time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC) }
	want := []storage.Decision{
		storage.NewDecision(keys[names[0]], keys[names[1]], true, day(1), "one"),
		storage.NewDecision(keys[names[2]], keys[names[3]], false, day(2), "two"),
		storage.NewDecision(keys[names[4]], article.Key{1}, true, day(3), "not stored"),
	}
	pins := []storage.Pin{{Key: keys[names[5]], Decided: day(4), Note: "pinned"}}
	if err := d.store.Write(t.Context(), &storage.Batch{Decided: want, Pinned: pins}); err != nil {
		t.Fatal(err)
	}
	skip := storage.NewSkip(keys[names[6]], keys[names[7]], day(5))
	if err := d.store.Skip(t.Context(), skip, false); err != nil {
		t.Fatal(err)
	}
	words := func() (list []string) {
		view, err := d.store.View(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer view.Close()
		for x, err := range view.Decisions(t.Context()) {
			list = append(list, fmt.Sprint(x, err))
		}
		for x, err := range view.Pins(t.Context()) {
			list = append(list, fmt.Sprint(x, err))
		}
		for x, err := range view.Skips(t.Context()) {
			list = append(list, fmt.Sprint(x, err))
		}
		return list
	}
	before := words()
	d.age()
	if slices.Equal(before, words()) {
		t.Fatal("other keys, and the same decisions: nothing is tested")
	}
	d.recluster(nil, engine.Again{Texts: true, Reindex: "new", Renew: true})
	if diff := cmp.Diff(before, words()); diff != "" {
		t.Errorf("decisions (-before +after):\n%s", diff)
	}
	d.recluster(nil, engine.Again{})
	if got := d.keysOf(); !cmp.Equal(keys, got) {
		t.Errorf("keys (-before +after):\n%s", cmp.Diff(keys, got))
	}
}

// TestRedate: dates that a wrong clock showed are mended by the clock of now.
func TestRedate(t *testing.T) {
	year := func(n int) func() time.Time {
		return func() time.Time { return time.Date(n, 6, 1, 12, 0, 0, 0, time.UTC) }
	}
	for _, tt := range []struct {
		name      string
		published string
		seen      int // year of the clock that first saw it
		shown     string
		mended    string
	}{
		{"right", "2026-04-06", 2026, "2026-04-06 given without a time", "2026-04-06 given without a time"},
		{"clock behind", "2026-04-06", 2015, "2015-06-01 future", "2026-04-06 given without a time"},
		{"clock behind, undated", "", 2015, "2015-06-01 missing", "2015-06-01 missing"},
		{"clock behind, a date that is still to come", "2031-04-06", 2015, "2015-06-01 future", "2015-06-01 future"},
		{"clock ahead", "2026-04-06", 2040, "2026-04-06 given without a time", "2026-04-06 given without a time"},
		{"clock ahead, a date that is still to come", "2035-04-06", 2040, "2035-04-06 given without a time", "2026-06-01 future"},
		{"clock ahead, undated", "", 2040, "2040-06-01 missing", "2026-06-01 missing"},
		{"clock ahead, unreadable", "yesterday", 2040, "2040-06-01 unreadable", "2026-06-01 unreadable"},
		{"before 1970", "1950-04-06", 1950, "1950-04-06 given without a time", "1950-04-06 given without a time"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := emptyDesk(t)
			lines := jsonl(t, record{"a", "one.example", "Headline", tt.published, prose(1, 80)})
			d.takeAt(lines, year(tt.seen))
			shown := func() string {
				a := d.find("a")
				return a.Effective.Format(time.DateOnly) + " " + a.Reason.String()
			}
			if got := shown(); got != tt.shown {
				t.Fatalf("shown as %s, want %s", got, tt.shown)
			}
			for range 2 {
				if _, err := d.engineAt(nil, year(2026)).Recluster(t.Context(), "settings", engine.Again{}); err != nil {
					t.Fatal(err)
				}
				if got := shown(); got != tt.mended {
					t.Errorf("mended: %s, want %s", got, tt.mended)
				}
			}
		})
	}
}

// TestRedateClusters: the dates of a cluster follow those of its members.
func TestRedateClusters(t *testing.T) {
	d := emptyDesk(t)
	behind := func() time.Time { return time.Date(2015, 6, 1, 0, 0, 0, 0, time.UTC) }
	d.takeAt(jsonl(t, record{"a", "one.example", "Headline", "2026-04-06", prose(1, 80)}, record{"b", "two.example", "Headline", "2026-04-07", prose(1, 80)}), behind)
	if _, err := d.engineAt(nil, func() time.Time { return time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC) }).Recluster(t.Context(), "settings", engine.Again{}); err != nil {
		t.Fatal(err)
	}
	var first, last time.Time
	err := d.store.Clusters(t.Context(), 0, func(c storage.ClusterRow) error {
		first, last = time.Unix(c.First, 0).UTC(), time.Unix(c.Last, 0).UTC()
		return nil
	})
	if got, want := first.Format(time.DateOnly)+" "+last.Format(time.DateOnly), "2026-04-06 2026-04-07"; err != nil || got != want {
		t.Errorf("cluster of %s, %v; want %s", got, err, want)
	}
}
