package shard_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
	"dedupe/basis"
	"dedupe/bench"
	"dedupe/config"
	"dedupe/engine"
	"dedupe/report"
	"dedupe/review"
	"dedupe/shard"
	"dedupe/source"
	"dedupe/storage"
)

var day = time.Date(2030, 3, 9, 12, 0, 0, 0, time.UTC)

// desk is settings, and a folder for databases.
type desk struct {
	*testing.T
	ctx context.Context
	dir string
	c   config.Config
	opt engine.Options
	in  source.Options
	log bytes.Buffer
}

func newDesk(t *testing.T, window time.Duration) *desk {
	d := &desk{T: t, ctx: context.WithoutCancel(t.Context()), dir: t.TempDir(), c: config.Default(), in: source.Options{FirstSeen: day}}
	var err error
	if d.opt, err = basis.Engine(&d.c); err != nil {
		t.Fatal(err)
	}
	d.opt.Window, d.opt.Batch = window, 500
	return d
}

// fill takes something into a database.
func (d *desk) fill(name string, take func(e *engine.Engine) error) string {
	d.Helper()
	path := filepath.Join(d.dir, name)
	store, err := storage.Open(d.ctx, path, storage.Options{})
	if err != nil {
		d.Fatal(err)
	}
	defer store.Close()
	if err := (basis.Basis{Store: store, Config: &d.c}).Note(d.ctx); err != nil {
		d.Fatal(err)
	}
	e, err := engine.New(d.ctx, store, d.opt, slog.New(slog.NewTextHandler(&d.log, &slog.HandlerOptions{Level: slog.LevelDebug})), func() time.Time { return day })
	if err != nil {
		d.Fatal(err)
	}
	if err := take(e); err != nil {
		d.Fatal(err)
	}
	return path
}

func (d *desk) ingest(name string, paths ...string) string {
	d.Helper()
	return d.fill(name, func(e *engine.Engine) error {
		_, err := e.Ingest(d.ctx, "test", "", source.Read(d.ctx, paths, nil, d.in), d.in)
		return err
	})
}

func (d *desk) open(paths ...string) (*shard.Databases, error) {
	c := d.c
	c.Database.Path = filepath.Join(d.dir, "merged.db")
	return shard.Open(d.ctx, &c, d.opt, paths, day, d.remark)
}

func (d *desk) remark(path, what string) { fmt.Fprintln(&d.log, filepath.Base(path), what) }

// merge joins databases.
func (d *desk) merge(name string, paths ...string) (path string, sum engine.Summary) {
	d.Helper()
	from, err := d.open(paths...)
	if err != nil {
		d.Fatal(err)
	}
	defer from.Close()
	return d.fill(name, func(e *engine.Engine) (err error) {
		if err := from.Rule(d.ctx, e, "", d.remark); err != nil {
			return err
		}
		sum, err = e.IngestGiven(d.ctx, "merge", "", from.Records(d.ctx), d.in, from)
		return err
	}), sum
}

// split splits files and takes each part in by itself.
func (d *desk) split(n int, paths ...string) (databases []string) {
	d.Helper()
	list, err := shard.Split(d.ctx, d.opt, source.Read(d.ctx, paths, nil, d.in), d.in, filepath.Join(d.dir, fmt.Sprint("shards", n)), n, func(*source.Reject) {})
	if err != nil {
		d.Fatal(err)
	}
	for i, s := range list {
		databases = append(databases, d.ingest(fmt.Sprintf("%d-%d.db", n, i), s.File))
	}
	return databases
}

// content is what exports say of a database, with clusters named by their first members.
func (d *desk) content(path string) (lines []string) {
	d.Helper()
	store, err := storage.Open(d.ctx, path, storage.Options{ReadOnly: true})
	if err != nil {
		d.Fatal(err)
	}
	defer store.Close()
	view, err := store.View(d.ctx)
	if err != nil {
		d.Fatal(err)
	}
	defer view.Close()
	named := map[any]string{}
	var rows []map[string]any
	for _, what := range []string{"clusters", "pairs", "articles"} {
		var out bytes.Buffer
		if err := report.WriteExport(d.ctx, &out, view, what, report.JSONL, report.Exported{}); err != nil {
			d.Fatal(err)
		}
		for line := range bytes.Lines(out.Bytes()) {
			row := map[string]any{"of": what}
			if err := json.Unmarshal(line, &row); err != nil {
				d.Fatal(err)
			}
			if what == "clusters" {
				if c, id := row["cluster"], row["article"].(string); named[c] == "" || id < named[c] {
					named[c] = id
				}
			}
			rows = append(rows, row)
		}
	}
	for _, row := range rows {
		if name := named[row["cluster"]]; name != "" {
			row["cluster"] = name
		}
		line, err := json.Marshal(row)
		if err != nil {
			d.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	slices.Sort(lines)
	return lines
}

func (d *desk) equal(want, got string) {
	d.Helper()
	if diff := cmp.Diff(d.content(want), d.content(got)); diff != "" {
		d.Errorf("(-run +merged):\n%.6000s", diff)
	}
}

// records writes a load in disorder, with articles without a date, later and earlier versions with other
// dates, and ids that were given to several articles.
func records(t *testing.T, n int) string {
	var list []bench.Article
	for a := range bench.Load(bench.Options{Articles: n, Seed: 11}) {
		list = append(list, a)
	}
	for i, a := range list[:n] {
		switch {
		case i%97 == 0:
			list[i].Published = ""
		case i%53 == 0:
			a.Body += " The council said on Sunday that nothing more was known of it, and that it would meet again."
			at, err := time.Parse(time.RFC3339, a.Published)
			if err != nil {
				t.Fatal(err)
			}
			a.Published = at.Add(time.Duration(i%7-3) * 5 * time.Hour).Format(time.RFC3339)
			list = append(list, a)
		case i%71 == 0:
			list[i].ID, list[i].Outlet = "0", "The Outlet That Has One ID"
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	var out bytes.Buffer
	for _, a := range list {
		line, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(line, '\n'))
	}
	path := filepath.Join(t.TempDir(), "made.jsonl")
	if err := os.WriteFile(path, out.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestEqual holds that databases of shards, joined, are what one run makes: articles, pairs with their
// figures, clusters; and that joining them again adds nothing.
func TestEqual(t *testing.T) {
	const articles = "../testdata/articles/"
	for _, set := range []struct {
		name   string
		window time.Duration
		paths  []string
	}{
		{"testdata", 24 * time.Hour, []string{articles + "2026-03-week-1.jsonl", articles + "2026-03-week-2.jsonl", articles + "daily-group.jsonl", articles + "languages.jsonl.gz"}},
		{"load", 5 * time.Hour, []string{records(t, 1200)}},
	} {
		t.Run(set.name, func(t *testing.T) {
			d := newDesk(t, set.window)
			run := d.ingest("run.db", set.paths...)
			for _, n := range []int{2, 5} {
				merged, _ := d.merge(fmt.Sprint("merged", n), d.split(n, set.paths...)...)
				d.equal(run, merged)
			}
			t.Log(d.log.String())
			again, sum := d.merge("merged2", filepath.Join(d.dir, "2-0.db"), filepath.Join(d.dir, "2-1.db"))
			if sum.New+sum.Changed+sum.Compared > 0 {
				t.Errorf("joined again: %+v", sum)
			}
			d.equal(run, again)
		})
	}
}

// TestStopped holds that a merge which is stopped is finished by the next one, or by a run, and that a
// split which is stopped leaves no folder.
func TestStopped(t *testing.T) {
	d := newDesk(t, 5*time.Hour)
	path := records(t, 600)
	run := d.ingest("run.db", path)
	databases := d.split(2, path)
	for _, after := range []int{250, 700} {
		name := fmt.Sprint("stopped", after)
		from, err := d.open(databases...)
		if err != nil {
			t.Fatal(err)
		}
		d.fill(name, func(e *engine.Engine) error {
			ctx, cancel := context.WithCancel(d.ctx)
			defer cancel()
			records := func(yield func(source.Raw, *source.Reject) bool) {
				n := 0
				for raw, reject := range from.Records(ctx) {
					if n++; n == after {
						cancel()
					}
					if !yield(raw, reject) {
						return
					}
				}
			}
			if _, err := e.IngestGiven(ctx, "merge", "", records, d.in, from); !errors.Is(err, context.Canceled) {
				t.Errorf("error %v, want that it was stopped", err)
			}
			return nil
		})
		if err := from.Close(); err != nil {
			t.Fatal(err)
		}
		merged, _ := d.merge(name, databases...)
		d.equal(run, merged)
	}
	ctx, cancel := context.WithCancel(d.ctx)
	cancel()
	dir := filepath.Join(t.TempDir(), "out")
	if _, err := shard.Split(ctx, d.opt, source.Read(ctx, []string{path}, nil, d.in), d.in, dir, 2, func(*source.Reject) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that it was stopped", err)
	}
	if left, _ := filepath.Glob(dir + "*"); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
}

// TestAny holds that any databases can be joined, to one that has articles too: what they found out is
// taken over where it holds, and else found out anew.
func TestAny(t *testing.T) {
	d := newDesk(t, 5*time.Hour)
	a, b := records(t, 400), records(t, 700) // the first 400 are the same, but in other disorder
	run := d.ingest("run.db", a, b)
	one, two := d.ingest("one.db", a), d.ingest("two.db", b)
	merged, _ := d.merge("merged.db", one, two)
	d.equal(run, merged)
	more := d.ingest("more.db", a)
	from, err := d.open(two)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	d.fill("more.db", func(e *engine.Engine) error {
		_, err := e.IngestGiven(d.ctx, "merge", "", from.Records(d.ctx), d.in, from)
		return err
	})
	d.equal(run, more)
}

// TestDecisions holds that what people decided in databases stands in the joined one, as if it had been
// decided in one run: the later of two decisions on a pair, and none that contradicts what stands.
func TestDecisions(t *testing.T) {
	d := newDesk(t, 5*time.Hour)
	path := records(t, 600)
	run := d.ingest("run.db", path)
	databases := d.split(2, path)
	var keys [][]article.Key // of the clusters of two
	d.fill("run.db", func(e *engine.Engine) error {
		members := map[int64][]article.Key{}
		err := e.Store().Parts(d.ctx, func(_ uint32, p storage.Part) error {
			members[p.Cluster] = append(members[p.Cluster], p.Key)
			return nil
		})
		for _, c := range slices.Sorted(maps.Keys(members)) {
			if c != 0 && len(members[c]) == 2 {
				keys = append(keys, members[c])
			}
		}
		return err
	})
	one, two, three := keys[0], keys[1], keys[2]
	rule := func(path string, r engine.Ruling) {
		t.Helper()
		d.fill(filepath.Base(path), func(e *engine.Engine) error {
			_, err := review.Rule(d.ctx, e, "label add", "", r)
			return err
		})
	}
	label := func(after time.Duration, a, b article.Key, same bool) engine.Ruling {
		return engine.Ruling{Decide: []storage.Decision{storage.NewDecision(a, b, same, day.Add(after), "as told")}}
	}
	for _, path := range []string{run, databases[0]} {
		rule(path, label(0, one[0], one[1], false))
	}
	pinned := engine.Ruling{Pin: []storage.Pin{{Key: three[1], Decided: day}}}
	for _, path := range []string{run, databases[1]} {
		rule(path, label(0, one[0], two[0], true))
		rule(path, pinned)
	}
	rule(databases[0], label(-time.Hour, one[0], two[0], false))  // older than what the other says
	rule(databases[1], label(-2*time.Hour, one[1], two[0], true)) // is older, and contradicts two of them
	for i, order := range [][]string{databases, {databases[1], databases[0]}} {
		d.log.Reset()
		merged, _ := d.merge(fmt.Sprint("merged", i, ".db"), order...)
		d.equal(run, merged)
		if got := strings.Count(d.log.String(), "does not come along"); got != 2 {
			t.Errorf("%d decisions left out, want 2:\n%s", got, d.log.String())
		}
		again, sum := d.merge(fmt.Sprint("merged", i, ".db"), order...)
		if sum.New+sum.Changed+sum.Compared > 0 {
			t.Errorf("joined again: %+v", sum)
		}
		d.equal(run, again)
	}
}

// TestRefused holds that a database in which a run was stopped is refused, and one that is locked.
func TestRefused(t *testing.T) {
	d := newDesk(t, 5*time.Hour)
	path := d.fill("stopped.db", func(e *engine.Engine) error {
		ctx, cancel := context.WithCancel(d.ctx)
		defer cancel()
		e.Watch(func(step engine.Step, _, _ int) {
			if step == engine.Comparing {
				cancel()
			}
		})
		_, _ = e.Ingest(ctx, "test", "", source.Read(ctx, []string{records(t, 100)}, nil, d.in), d.in)
		return nil
	})
	if _, err := d.open(path); err == nil || !strings.Contains(err.Error(), "a run was stopped in "+path) {
		t.Errorf("error %v, want that a run was stopped", err)
	}
	lock, err := storage.Acquire(path, "ingest", day)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Release()
	if _, err := d.open(path); !errors.As(err, new(*storage.HeldError)) {
		t.Errorf("error %v, want that it is locked", err)
	}
}
