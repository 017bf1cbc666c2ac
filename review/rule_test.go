package review_test

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"dedupe/engine"
	"dedupe/review"
	"dedupe/similarity"
	"dedupe/source"
	"dedupe/storage"
	"dedupe/text"
)

// desk is a database of the articles of testdata, on which people decide.
type desk struct {
	testing.TB
	store *storage.Store
}

func newDesk(t testing.TB) *desk {
	d := &desk{TB: t}
	var err error
	if d.store, err = storage.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), storage.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.store.Close(); err != nil {
			t.Error(err)
		}
	})
	var paths []string
	for _, name := range []string{"2026-03-week-1.jsonl", "2026-03-week-2.jsonl", "daily-group.jsonl", "languages.jsonl.gz"} {
		paths = append(paths, "../testdata/articles/"+name)
	}
	ctx, in := context.WithoutCancel(t.Context()), source.Options{FirstSeen: now()}
	if _, err := d.engine().Ingest(ctx, "test", "", source.Read(ctx, paths, nil, in), in); err != nil {
		t.Fatal(err)
	}
	return d
}

func now() time.Time { return time.Date(2026, 3, 21, 6, 0, 0, 0, time.UTC) }

// engine returns one that knows what is stored now.
func (d *desk) engine() *engine.Engine {
	d.Helper()
	opt := engine.DefaultOptions()
	opt.Agencies = text.DefaultAgencies()
	var err error
	if opt.Metric, err = similarity.NormalMetric("sorensen-dice"); err != nil {
		d.Fatal(err)
	}
	e, err := engine.New(d.Context(), d.store, opt, slog.New(slog.DiscardHandler), now)
	if err != nil {
		d.Fatal(err)
	}
	return e
}

// clusters returns the names of the members of each cluster, the largest first.
func (d *desk) clusters() (members [][]string) {
	d.Helper()
	view, err := d.store.View(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	defer view.Close()
	of := map[int64][]string{}
	for a, err := range view.Articles(d.Context()) {
		if err != nil {
			d.Fatal(err)
		}
		if a.Cluster != 0 {
			of[a.Cluster] = append(of[a.Cluster], a.Name())
		}
	}
	ids := slices.SortedFunc(maps.Keys(of), func(x, y int64) int {
		return cmp.Or(cmp.Compare(len(of[y]), len(of[x])), cmp.Compare(x, y))
	})
	for _, id := range ids {
		members = append(members, of[id])
	}
	return members
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

func (d *desk) rule(r engine.Ruling) review.Ruled {
	d.Helper()
	out, err := review.Rule(d.Context(), d.engine(), "test", "", r)
	if err != nil {
		d.Fatal(err)
	}
	return out
}

func (d *desk) together(a, b string) bool {
	d.Helper()
	x, y := d.find(a), d.find(b)
	return x.Cluster != 0 && x.Cluster == y.Cluster
}

func TestRuleOnContradictions(t *testing.T) {
	d := newDesk(t)
	members := d.clusters()
	m := members[0]
	d.rule(engine.Ruling{Decide: []storage.Decision{d.decision(m[0], m[1], true), d.decision(m[1], m[2], true)}})
	before := d.clusters()

	_, err := review.Rule(t.Context(), d.engine(), "test", "", engine.Ruling{Decide: []storage.Decision{d.decision(m[0], m[2], false), d.decision(m[0], m[3], false)}})
	var contradicted *review.ContradictionError
	if !errors.As(err, &contradicted) || len(contradicted.List) != 1 || len(contradicted.List[0].Chain) != 2 {
		t.Fatalf("Rule = %v, %+v; want one contradiction by two decisions", err, contradicted)
	}
	if diff := gocmp.Diff(before, d.clusters()); diff != "" {
		t.Errorf("a refused ruling changed clusters:\n%s", diff)
	}
	stored, err := d.store.Decisions(t.Context())
	if err != nil || len(stored) != 2 {
		t.Errorf("%d decisions, %v; want 2", len(stored), err)
	}
	// To change one's mind on a pair itself is no contradiction.
	d.rule(engine.Ruling{Decide: []storage.Decision{d.decision(m[0], m[1], false)}})
	if d.together(m[0], m[1]) {
		t.Error("a decision that replaces another one has no effect")
	}
}

// A decision that two clusters are one, some members of which were decided
// apart, is stored and said to have no effect.
func TestRuleUnmet(t *testing.T) {
	d := newDesk(t)
	members := d.clusters()
	m, other := members[0], members[1]
	apart := d.decision(m[0], other[0], false)
	d.rule(engine.Ruling{Decide: []storage.Decision{apart}})
	out := d.rule(engine.Ruling{Decide: []storage.Decision{d.decision(m[1], other[1], true)}})
	if d.together(m[0], other[0]) {
		t.Error("what was decided apart came together")
	}
	if len(out.Unmet) != 1 || !slices.ContainsFunc(out.Unmet[0].By, func(x storage.Decision) bool { return x.A == apart.A && x.B == apart.B }) {
		t.Errorf("unmet: %+v; want the decision on %s and %s", out.Unmet, m[0], other[0])
	}
}
