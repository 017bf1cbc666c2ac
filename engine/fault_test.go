//go:build darwin || freebsd || linux

package engine_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/similarity"
	"dedupe/source"
	"dedupe/storage"
	"dedupe/storage/faultvfs"
)

var faultPoints = flag.Int("faults", 0, "at how many points of each deed, and of each kind of call in it, tests let something fail; 0: at 1,000 in all, at a tenth of them with -short or -race")

// points is how many there are, of enough.
func points(enough int) int {
	switch {
	case *faultPoints > 0:
		return *faultPoints
	case testing.Short() || racing():
		return max(1, enough/10)
	}
	return enough
}

// racing reports whether the race detector is at work, which makes all ten times as slow.
func racing() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// deed is what one command does with a database.
type deed struct {
	name string
	do   func(ctx context.Context, t testing.TB, store *storage.Store) error
	// by are the thresholds that links were judged by when it is done.
	by similarity.Thresholds
}

// life is a short one of a database: what was done with it, what it was before each deed and
// what it held then. The deed i leads from before i to before i+1.
type life struct {
	deeds  []deed
	before []string // files
	want   [][]string
}

// liveShortly is a life without a fault.
func liveShortly(t *testing.T) *life {
	t.Helper()
	ferry := prose(40, 120)
	first := slices.Concat(gated(t), jsonl(t,
		record{"ferry", "north.example", "Ferry aground off the northern cape", hour(2), ferry},
		record{"ferry-copy", "south.example", "Ferry aground", hour(5), ferry},
		record{"ferry-cut", "west.example", "Ferry aground, all safe", hour(6), strings.Join(strings.Fields(ferry)[:80], " ")}))
	second := jsonl(t,
		record{"ferry", "north.example", "Ferry aground off the northern cape", hour(2), ferry + " " + prose(41, 12)},
		record{"ferry-late", "east.example", "The ferry of the northern cape", hour(30), ferry + " " + prose(42, 40)},
		record{"one", "one.example", "", hour(1), prose(43, 60) + ".\n\n" + masthead},
		record{"alone", "north.example", "", hour(8), prose(44, 60)})
	loose := similarity.DefaultThresholds()
	loose.Excerpt, loose.Rewrite, loose.Near = 0.3, 0.3, 0.8
	byDefault := similarity.DefaultThresholds()
	take := func(lines []string) func(context.Context, testing.TB, *storage.Store) error {
		path := filepath.Join(t.TempDir(), "in.jsonl")
		if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o666); err != nil {
			t.Fatal(err)
		}
		return func(ctx context.Context, t testing.TB, store *storage.Store) error {
			e, err := smallEngine(ctx, store, byDefault)
			if err != nil {
				return err
			}
			in := source.Options{FirstSeen: deskTime()}
			_, err = e.Ingest(ctx, "ingest", "", source.Read(ctx, []string{path}, nil, in), in)
			return err
		}
	}
	decide := func(ctx context.Context, t testing.TB, store *storage.Store) error {
		keys, err := keysNamed(ctx, store, "ferry", "ferry-copy", "alone")
		if err != nil {
			return err
		}
		e, err := smallEngine(ctx, store, byDefault)
		if err != nil {
			return err
		}
		_, err = e.Rule(ctx, "label", "", engine.Ruling{
			Decide: []storage.Decision{storage.NewDecision(keys[0], keys[1], false, deskTime(), "apart"), storage.NewDecision(keys[1], keys[2], true, deskTime(), "")},
			Pin:    []storage.Pin{{Key: keys[2], Decided: deskTime()}}})
		return err
	}
	again := func(by similarity.Thresholds, again engine.Again) func(context.Context, testing.TB, *storage.Store) error {
		return func(ctx context.Context, t testing.TB, store *storage.Store) error {
			e, err := smallEngine(ctx, store, by)
			if err == nil {
				_, err = e.Recluster(ctx, "settings", again)
			}
			return err
		}
	}
	var gone []article.Key // found before the first forget, which may be broken off
	forget := func(ctx context.Context, t testing.TB, store *storage.Store) error {
		if gone == nil {
			found, err := keysNamed(ctx, store, "ferry", "one")
			if err != nil {
				return err
			}
			gone = found
		}
		e, err := smallEngine(ctx, store, loose)
		if err == nil {
			_, err = e.Forget(ctx, "", engine.Forget{Keys: gone})
		}
		return err
	}
	prune := func(p engine.Prune) func(context.Context, testing.TB, *storage.Store) error {
		return func(ctx context.Context, t testing.TB, store *storage.Store) error {
			e, err := smallEngine(ctx, store, byDefault)
			if err == nil {
				_, err = e.Prune(ctx, "", p)
			}
			return err
		}
	}
	l := &life{deeds: []deed{
		{"ingest", take(first), byDefault},
		{"update", take(second), byDefault},
		{"decide", decide, byDefault},
		{"recluster", again(loose, engine.Again{}), loose},
		{"forget", forget, loose},
		{"renew", again(byDefault, engine.Again{Texts: true, Reindex: "new", Renew: true}), byDefault},
		{"prune", prune(engine.Prune{Index: at(30), Pairs: at(20), Texts: at(9), Articles: at(5)}), byDefault},
	}}
	path := filepath.Join(t.TempDir(), "a.db")
	for i := range l.deeds {
		if i == 0 { // the first run may be broken off too, but a file without a schema holds nothing
			if err := openStore(t, path, storage.Options{}).Close(); err != nil {
				t.Fatal(err)
			}
		}
		l.before = append(l.before, filepath.Join(t.TempDir(), "before.db"))
		copyFile(t, path, l.before[i])
		if err := l.do(t, i, path, "", nil); err != nil {
			t.Fatalf("%s: %v", l.deeds[i].name, err)
		}
		l.want = append(l.want, l.held(t, i, path))
	}
	return l
}

// nothingComes is a run over nothing by the settings of deed i, after which no work that was begun is left.
func (l *life) nothingComes(t *testing.T, i int, path string) {
	t.Helper()
	store := openStore(t, path, storage.Options{})
	defer store.Close()
	e, err := smallEngine(t.Context(), store, l.deeds[i].by)
	if err == nil {
		_, err = e.Ingest(t.Context(), "run", "", source.Read(t.Context(), nil, nil, source.Options{}), source.Options{FirstSeen: deskTime()})
	}
	if err != nil {
		t.Fatal(err)
	}
	sound(t, store)
	if halfway, err := store.Halfway(t.Context()); err != nil || halfway {
		t.Errorf("articles are halfway out: %t, %v", halfway, err)
	}
}

// keysNamed are those of articles.
func keysNamed(ctx context.Context, store *storage.Store, names ...string) (keys []article.Key, err error) {
	view, err := store.View(ctx)
	if err != nil {
		return nil, err
	}
	defer view.Close()
	for _, name := range names {
		a, err := view.Find(ctx, name)
		if err != nil {
			return nil, err
		}
		keys = append(keys, a.Key)
	}
	return keys, nil
}

// smallEngine has batches so small that a deed has several.
func smallEngine(ctx context.Context, store *storage.Store, by similarity.Thresholds) (*engine.Engine, error) {
	opt := engine.DefaultOptions()
	opt.Batch, opt.Cache, opt.Workers, opt.Thresholds = 4, 1<<20, 2, by
	return engine.New(ctx, store, opt, slog.New(slog.DiscardHandler), deskTime)
}

func copyFile(t testing.TB, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// do is deed i, from opening the database by a VFS to closing it. done is called when the deed
// says that it is done.
func (l *life) do(t testing.TB, i int, path, vfs string, done func()) (err error) {
	ctx := context.WithoutCancel(t.Context())
	store, err := storage.Open(ctx, path, storage.Options{VFS: vfs})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := l.deeds[i].do(ctx, t, store); err != nil {
		return err
	}
	if done != nil {
		done()
	}
	return nil
}

// back makes a database what it was before deed i.
func (l *life) back(t testing.TB, i int, path string) {
	t.Helper()
	for _, name := range storage.Files(path) {
		_ = os.Remove(name)
	}
	copyFile(t, l.before[i], path)
}

// held is all that is in a database after deed i.
func (l *life) held(t testing.TB, i int, path string) (lines []string) {
	t.Helper()
	undamaged(t, path, 2, func(store *storage.Store, view *storage.View) {
		lines = slices.Concat(contentBy(t, store, l.deeds[i].by), said(t, store))
	})
	return lines
}

// said is what people decided.
func said(t testing.TB, store *storage.Store) (lines []string) {
	t.Helper()
	view, err := store.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	for d, err := range view.Decisions(t.Context()) {
		lines = append(lines, fmt.Sprint("decision ", d, err))
	}
	for p, err := range view.Pins(t.Context()) {
		lines = append(lines, fmt.Sprint("pin ", p, err))
	}
	return lines
}

// undamaged holds that a file is undamaged and its contents are whole, with clusters of so many
// members. more, which may be nil, looks at it too.
func undamaged(t testing.TB, path string, least int, more func(*storage.Store, *storage.View)) {
	t.Helper()
	store, err := storage.Open(t.Context(), path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	view, err := store.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	if damage, err := view.Check(t.Context(), 3); err != nil || len(damage) > 0 {
		t.Errorf("damage %q, %v", damage, err)
	}
	for d, err := range view.Damaged(t.Context(), nil) {
		t.Errorf("damaged: %v, %v", d, err)
	}
	wholeFrom(t, store, least, similarity.DefaultK)
	if more != nil {
		more(store, view)
	}
}

// recovers holds that a database in which deed i was broken off is whole, and that the deed done
// again ends as if nothing had happened. Where it was reported to be done, it is not done again.
func (l *life) recovers(t testing.TB, i int, path string, reported bool) {
	t.Helper()
	if !reported {
		least := 2
		if l.deeds[i].name == "forget" || l.deeds[i].name == "prune" {
			least = 1 // who is left of a cluster is alone in it until the next run
		}
		undamaged(t, path, least, nil)
		if err := l.do(t, i, path, "", nil); err != nil {
			t.Fatalf("the next run: %v", err)
		}
	}
	if diff := cmp.Diff(l.want[i], l.held(t, i, path)); diff != "" {
		t.Errorf("reported: %t (-without a fault +after it):\n%s", reported, diff)
	}
}

// TestFaults lets one call of SQLite to the disk fail, or all from one on, at points of each deed,
// and holds that the deed says so, and what recovers holds.
func TestFaults(t *testing.T) {
	l := liveShortly(t)
	began := time.Now()
	var n atomic.Int64
	t.Run("points", func(t *testing.T) {
		for i := range l.deeds {
			for call, name := range faultvfs.Calls {
				t.Run(l.deeds[i].name+" "+name, func(t *testing.T) {
					t.Parallel()
					n.Add(int64(l.faults(t, i, call)))
				})
			}
		}
	})
	t.Logf("%d faults in %v", n.Load(), time.Since(began).Round(time.Second))
}

// faults lets calls of one kind fail in deed i, and returns how many points that were.
func (l *life) faults(t *testing.T, i int, call faultvfs.Call) (n int) {
	disk := faultvfs.New(false)
	path := filepath.Join(t.TempDir(), "a.db")
	hows := []faultvfs.How{faultvfs.Error}
	if call == faultvfs.Write {
		hows = append(hows, faultvfs.Torn, faultvfs.Full)
	}
	begin := func(f faultvfs.Fault) (reported bool, err error) {
		l.back(t, i, path)
		disk.Set(f)
		err = l.do(t, i, path, disk.Name, func() { reported = true })
		return reported, err
	}
	if _, err := begin(faultvfs.Fault{}); err != nil {
		t.Fatalf("without a fault: %v", err)
	}
	calls := disk.Count(call)
	for _, how := range hows {
		most := min(calls, points(10))
		for k := range most {
			f := faultvfs.Fault{Call: call, At: nth(k, most, calls), How: how, Lasting: (k+int(call))%2 == 1}
			reported, err := begin(f)
			if disk.Failed() == 0 {
				continue // goroutines take turns otherwise each time
			}
			n++
			disk.Set(faultvfs.Fault{})
			if known := new(storage.Error); err != nil && !errors.As(err, &known) {
				t.Errorf("%v: the error %v does not say what was done to which file", f, err)
			}
			t.Run(f.String(), func(t *testing.T) { l.recovers(t, i, path, reported) })
		}
	}
	return n
}

// nth is the k-th of so many calls out of all: half of them are the first, the rest is spread.
func nth(k, most, calls int) int {
	if k < most/2 {
		return 1 + k
	}
	return 1 + k*calls/most
}

// TestPowerCut holds what recovers holds when the power is cut at points of each deed: what was
// not synced until then is lost, or there in parts. What was reported to be done is not lost.
func TestPowerCut(t *testing.T) {
	l := liveShortly(t)
	began := time.Now()
	var n atomic.Int64
	t.Run("points", func(t *testing.T) {
		for i := range l.deeds {
			t.Run(l.deeds[i].name, func(t *testing.T) {
				t.Parallel()
				disk := faultvfs.New(false)
				path := filepath.Join(t.TempDir(), "a.db")
				copyFile(t, l.before[i], path)
				disk.Note()
				if err := l.do(t, i, path, disk.Name, disk.Mark); err != nil {
					t.Fatal(err)
				}
				notes := disk.Notes()
				cuts := points(120)
				for k := range cuts {
					first := (k + 1) * notes.Len() / cuts
					t.Run(fmt.Sprintf("after %d of %d", first, notes.Len()), func(t *testing.T) {
						l.back(t, i, path)
						if err := notes.Cut(path, first, rand.New(rand.NewPCG(uint64(i), uint64(k)))); err != nil {
							t.Fatal(err)
						}
						l.recovers(t, i, path, notes.Marks(first) > 0)
					})
				}
				n.Add(int64(cuts))
			})
		}
	})
	t.Logf("%d cuts in %v", n.Load(), time.Since(began).Round(time.Second))
}

// TestKilledAtEveryCommit kills each deed after each of its transactions. What is there then is whole; a
// run over nothing, which is what comes next from cron, leaves no work that was begun; and the deed
// done again ends as if nothing had happened.
func TestKilledAtEveryCommit(t *testing.T) {
	l := liveShortly(t)
	var n atomic.Int64
	t.Run("deeds", func(t *testing.T) {
		for i, d := range l.deeds {
			t.Run(d.name, func(t *testing.T) {
				t.Parallel()
				disk := faultvfs.New(false)
				path := filepath.Join(t.TempDir(), "a.db")
				copyFile(t, l.before[i], path)
				disk.Note()
				if err := l.do(t, i, path, disk.Name, nil); err != nil {
					t.Fatal(err)
				}
				notes := disk.Notes()
				for k, after := range notes.Commits() {
					if (testing.Short() || racing()) && (k+i)%7 != 0 {
						continue
					}
					n.Add(1)
					t.Run(fmt.Sprint("commit ", k+1), func(t *testing.T) {
						l.back(t, i, path)
						if err := notes.Kill(path, after); err != nil {
							t.Fatal(err)
						}
						if d.name != "recluster" && d.name != "renew" { // which is gone on with before anything is taken in
							l.nothingComes(t, i, path)
						}
						l.recovers(t, i, path, false)
					})
				}
			})
		}
	})
	t.Logf("%d kills", n.Load())
}

// TestForgetAgain lets the disk fail at many points of forgetting an article that others share its id with, and calls it again
// as long as it has not come to its end: who has taken the id over stays, also where nothing but the writing of the file is left.
func TestForgetAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	first, before := path+".first", []string{}
	var key article.Key
	with := func(do func(d *desk)) {
		d := &desk{TB: t, store: openStore(t, path, storage.Options{}), folder: t.TempDir()}
		do(d)
		if err := d.store.Close(); err != nil {
			t.Fatal(err)
		}
	}
	with(func(d *desk) {
		for i := range 3 {
			d.take(jsonl(t, record{shared, "one.example", prose(900+i, 6), hour(24 * i), prose(1+i, 90)}))
		}
		key, before = d.find(shared).Key, named(t, d.store)
	})
	copyFile(t, path, first)
	var want []string
	with(func(d *desk) {
		d.forget(engine.Forget{Keys: []article.Key{key}})
		want = content(t, d.store)
	})
	disk := faultvfs.New(false)
	again, written := 0, 0 // how often it was called again, and how often only the file was to be written anew
	for at := 1; ; at += 11 {
		for _, name := range storage.Files(path) {
			_ = os.Remove(name)
		}
		copyFile(t, first, path)
		store := openStore(t, path, storage.Options{VFS: disk.Name})
		e, err := smallEngine(t.Context(), store, similarity.DefaultThresholds())
		if err != nil {
			t.Fatal(err)
		}
		disk.Set(faultvfs.Fault{Call: faultvfs.Write, At: at, Lasting: true})
		_, failed := e.Forget(t.Context(), "", engine.Forget{Keys: []article.Key{key}})
		disk.Set(faultvfs.Fault{})
		_ = store.Close()
		if failed == nil {
			break
		}
		with(func(d *desk) {
			halfway, err := d.store.Halfway(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if !halfway && slices.Equal(before, named(t, d.store)) {
				return // it has not begun
			}
			if halfway {
				if left, err := d.store.Leaving(t.Context()); err == nil && len(left) == 0 {
					written++
				}
				again++
				d.forget(engine.Forget{Keys: []article.Key{key}})
			}
			if diff := cmp.Diff(want, content(t, d.store)); diff != "" {
				t.Errorf("failed from write %d on and called again (-without a fault +so):\n%s", at, diff)
			}
		})
	}
	if t.Logf("called again %d times, %d of them to write the file anew", again, written); again == written || written == 0 {
		t.Errorf("of %d calls %d were for the file alone", again, written)
	}
}
