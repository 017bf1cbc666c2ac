package engine_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/similarity"
	"dedupe/source"
	"dedupe/storage"
	"dedupe/text"
)

var fortnight = []string{
	"../testdata/articles/2026-03-week-1.jsonl", "../testdata/articles/2026-03-week-2.jsonl",
	"../testdata/articles/daily-group.jsonl", "../testdata/articles/languages.jsonl.gz",
}

// desk is a database that people decide on.
type desk struct {
	testing.TB
	store  *storage.Store
	folder string
}

// newDesk takes in lines; others may come later.
func newDesk(t testing.TB, lines []string) *desk {
	d := emptyDesk(t)
	d.take(lines)
	return d
}

func emptyDesk(t testing.TB) *desk {
	d := &desk{TB: t, folder: t.TempDir()}
	var err error
	if d.store, err = storage.Open(t.Context(), filepath.Join(d.folder, "a.db"), storage.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.store.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func (d *desk) take(lines []string) { d.takeWith(lines, nil) }

// takeWith is one run by changed options.
func (d *desk) takeWith(lines []string, change func(*engine.Options)) {
	d.Helper()
	d.takeBy(d.engine(change), lines)
}

// takeAt is one run by a clock.
func (d *desk) takeAt(lines []string, now func() time.Time) {
	d.Helper()
	d.takeBy(d.engineAt(nil, now), lines)
}

func (d *desk) takeBy(e *engine.Engine, lines []string) {
	d.Helper()
	path := filepath.Join(d.folder, "in.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o666); err != nil {
		d.Fatal(err)
	}
	ctx := context.WithoutCancel(d.Context())
	in := source.Options{FirstSeen: deskTime()}
	if _, err := e.Ingest(ctx, "test", "", source.Read(ctx, []string{path}, nil, in), in); err != nil {
		d.Fatal(err)
	}
}

func deskTime() time.Time { return time.Date(2026, 3, 21, 6, 0, 0, 0, time.UTC) }

func (d *desk) engine(change func(*engine.Options)) *engine.Engine {
	d.Helper()
	return d.engineAt(change, deskTime)
}

func (d *desk) engineAt(change func(*engine.Options), now func() time.Time) *engine.Engine {
	d.Helper()
	opt := engine.DefaultOptions()
	opt.Agencies = text.DefaultAgencies()
	var err error
	if opt.Metric, err = similarity.NormalMetric("sorensen-dice"); err != nil {
		d.Fatal(err)
	}
	if change != nil {
		change(&opt)
	}
	e, err := engine.New(d.Context(), d.store, opt, slog.New(slog.DiscardHandler), now)
	if err != nil {
		d.Fatal(err)
	}
	return e
}

// clusters returns the members of each cluster by id.
func (d *desk) clusters() map[int64][]string {
	d.Helper()
	view, err := d.store.View(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	defer view.Close()
	out := map[int64][]string{}
	for a, err := range view.Articles(d.Context()) {
		if err != nil {
			d.Fatal(err)
		}
		if a.Cluster != 0 {
			out[a.Cluster] = append(out[a.Cluster], a.Name())
		}
	}
	return out
}

func (d *desk) find(name string) storage.Article {
	d.Helper()
	view, err := d.store.View(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	defer view.Close()
	a, err := view.Find(d.Context(), name)
	if err != nil {
		d.Fatal(err)
	}
	return a
}

func (d *desk) decision(a, b string, same bool) storage.Decision {
	d.Helper()
	return storage.NewDecision(d.find(a).Key, d.find(b).Key, same, time.Date(2026, 3, 20, 9, 0, 0, 0, time.UTC), "")
}

func (d *desk) rule(r engine.Ruling) engine.Ruled {
	d.Helper()
	out, err := d.engine(nil).Rule(d.Context(), "test", "", r)
	if err != nil {
		d.Fatal(err)
	}
	return out
}

// large returns the names of the members of the largest cluster.
func (d *desk) large() (id int64, members []string) {
	d.Helper()
	for c, list := range d.clusters() {
		if len(list) > len(members) || len(list) == len(members) && c < id {
			id, members = c, list
		}
	}
	return id, members
}

func (d *desk) together(a, b string) bool {
	d.Helper()
	x, y := d.find(a), d.find(b)
	return x.Cluster != 0 && x.Cluster == y.Cluster
}

func TestRule(t *testing.T) {
	d := newDesk(t, readLines(t, 1000, fortnight))
	before := d.clusters()
	id, members := d.large()
	first, last := members[0], members[len(members)-1]

	apart := d.decision(first, last, false)
	out := d.rule(engine.Ruling{Decide: []storage.Decision{apart}})
	if d.together(first, last) || out.Summary.Split != 1 {
		t.Fatalf("decided apart: %v together, summary %+v", d.together(first, last), out.Summary)
	}
	if got := d.clusters()[id]; len(got) < len(members)/2 {
		t.Errorf("cluster %d keeps %d of %d members", id, len(got), len(members))
	}
	if out := d.rule(engine.Ruling{Decide: []storage.Decision{apart}}); len(out.Events) > 0 {
		t.Errorf("the same again changes clusters: %v", out.Events)
	}
	d.rule(engine.Ruling{Retract: []storage.Decision{apart}})
	if diff := cmp.Diff(before, d.clusters()); diff != "" {
		t.Errorf("taken back, clusters differ (-before +after):\n%s", diff)
	}

	var other string // a member of another cluster
	for c, list := range before {
		if c != id && (other == "" || list[0] < other) {
			other = list[0]
		}
	}
	out = d.rule(engine.Ruling{Decide: []storage.Decision{d.decision(first, other, true)}})
	if !d.together(first, other) || !d.together(last, other) || out.Summary.Merged != 1 {
		t.Errorf("decided the same: summary %+v", out.Summary)
	}
}

// TestDecidedElsewhere holds that a new copy is grouped with all that decisions connect its story with, also where
// other decisions keep that in a cluster of its own: as when all is made anew.
func TestDecidedElsewhere(t *testing.T) {
	ferry, lamp := prose(30, 120), prose(31, 120)
	at := func(id, body string, n int) record { return record{id, id + ".example", "", hour(n), body} }
	records := []record{at("ferry-1", ferry, 1), at("ferry-2", ferry, 2), at("lamp-1", lamp, 3), at("lamp-2", lamp, 4)}
	for i := range 20 { // or all links are read at once
		records = append(records, at(fmt.Sprint("other-", i), prose(100+i, 60), 5))
	}
	d := newDesk(t, jsonl(t, records...))
	d.rule(engine.Ruling{Decide: []storage.Decision{d.decision("ferry-1", "lamp-1", true), d.decision("lamp-1", "lamp-2", true), d.decision("ferry-1", "lamp-2", false)}})
	if d.together("ferry-1", "lamp-1") == d.together("lamp-1", "lamp-2") {
		t.Fatalf("of three decisions that contradict each other none gives way: %v", d.clusters())
	}
	d.take(jsonl(t, at("ferry-3", ferry, 6)))
	whole(t, d.store)
	got := content(t, d.store)
	d.recluster(nil, engine.Again{Texts: true})
	if diff := cmp.Diff(content(t, d.store), got); diff != "" {
		t.Errorf("(-reclustered +as it came):\n%s", diff)
	}
}

// TestRuleMendsWhatIsNear holds that of a cluster whose pairs are damaged, and are noted as distinct besides, a
// decision on a member and on an article elsewhere takes nobody away.
func TestRuleMendsWhatIsNear(t *testing.T) {
	d := newDesk(t, readLines(t, 1000, fortnight))
	before := d.clusters()
	id, members := d.large()
	other := ""
	for c, list := range before {
		if c != id && (other == "" || list[0] < other) {
			other = list[0]
		}
	}
	_, err := storage.Tamper(t.Context(), filepath.Join(d.folder, "a.db"), fmt.Sprintf(`UPDATE pair SET evidence = x'00', kind = 0
		WHERE b IN (SELECT seq FROM article WHERE cluster = %d)`, id))
	if err != nil {
		t.Fatal(err)
	}
	if d.store, err = storage.Open(t.Context(), filepath.Join(d.folder, "a.db"), storage.Options{Damaged: func(storage.Damage) {}}); err != nil {
		t.Fatal(err)
	}
	defer d.store.Close()
	for _, m := range members {
		d.rule(engine.Ruling{Decide: []storage.Decision{d.decision(m, other, false)}})
		if diff := cmp.Diff(before, d.clusters()); diff != "" {
			t.Fatalf("after a decision on %s (-before +after):\n%s", m, diff)
		}
	}
}

func TestRulePins(t *testing.T) {
	d := newDesk(t, readLines(t, 1000, fortnight))
	id, m := d.large()
	was := slices.IndexFunc(m, func(name string) bool { return d.find(name).Representative })
	pinned := m[(was+1)%len(m)]
	key := d.find(pinned).Key
	d.rule(engine.Ruling{Pin: []storage.Pin{{Key: key, Decided: time.Unix(0, 0)}}})
	if a := d.find(pinned); !a.Representative || a.Cluster != id {
		t.Errorf("%s is not pinned", pinned)
	}
	d.rule(engine.Ruling{Unpin: []article.Key{key}})
	if !d.find(m[was]).Representative {
		t.Errorf("unpinned, %s does not represent the cluster again", m[was])
	}
}

// TestPinnedLeaves holds that a pinned article which leaves its cluster represents it no more.
func TestPinnedLeaves(t *testing.T) {
	d := newDesk(t, readLines(t, 1000, fortnight))
	id, m := d.large()
	pinned := d.find(m[0])
	var apart []storage.Decision
	for _, other := range m[1:] {
		apart = append(apart, storage.NewDecision(pinned.Key, d.find(other).Key, false, time.Unix(0, 0), ""))
	}
	d.rule(engine.Ruling{Pin: []storage.Pin{{Key: pinned.Key, Decided: time.Unix(0, 0)}}})
	d.rule(engine.Ruling{Decide: apart})
	whole(t, d.store)
	if a := d.find(m[0]); a.Cluster == id || a.Representative {
		t.Errorf("%s is in cluster %d and represents it: %v", m[0], a.Cluster, a.Representative)
	}
	represented := slices.ContainsFunc(m[1:], func(name string) bool { return d.find(name).Representative })
	if !represented {
		t.Error("nobody represents the cluster that it left")
	}
}
