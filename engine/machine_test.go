//go:build darwin || freebsd || linux

package engine_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/review"
	"dedupe/similarity"
	"dedupe/source"
	"dedupe/storage"
	"dedupe/storage/faultvfs"
)

var machines = flag.Duration("machines", 0, "how long TestMachine goes on, with other seeds each time; 0: once through")

// TestMachine does anything in any order with a database: articles come, change, come again and are
// forgotten, people decide, settings change, runs are killed, disks fail, the database is closed
// and opened. A naive model knows which articles there must be and what was decided, and what is
// stored must be what one run over those articles makes, with those decisions. In a third of the machines
// articles are pruned: from the first prune on it must be what a database holds in which all was done without an interruption.
// What fails is cut down to the fewest and smallest steps that still do.
//
//	go test ./engine -run TestMachine -timeout 3h -args -machines 2h
func TestMachine(t *testing.T) {
	checks := "10"
	if testing.Short() || racing() {
		checks = "2"
	}
	set := func(name, value string) {
		if err := flag.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	set("rapid.nofailfile", "true") // the seed, which is printed, does
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue {
		set("rapid.checks", checks)
	}
	disk := faultvfs.New(false)
	done := map[string]int{}
	for began := time.Now(); ; {
		rapid.Check(t, func(r *rapid.T) {
			m := newMachine(t, r, disk, done)
			defer m.end()
			r.Repeat(map[string]func(*rapid.T){
				"": m.check, "articles come": m.articles, "more articles come": m.articles, "known articles come again": m.again, "strangers come": m.strangers, "a person decides": m.decide,
				"a person chooses": m.pin, "articles are forgotten": m.forget, "what is old is pruned": m.prune, "settings change": m.settings, "all is made anew": m.renew,
				"it is closed and opened": m.reopen,
			})
		})
		if t.Failed() || time.Since(began) >= *machines {
			break
		}
	}
	t.Logf("done: %v", done)
}

// machine is a database and the model of it.
type machine struct {
	testing.TB // of the whole test; what fails goes to rapid, which cuts it down
	r          *rapid.T
	dir        string
	store      *storage.Store
	disk       *faultvfs.Disk
	done       map[string]int // how often what was done, by all machines

	by      similarity.Thresholds
	shingle int
	window  time.Duration

	came    []record         // in the order in which they came first, but for forgotten ones
	barred  map[string]bool  // identities and texts that may not come back
	decided map[pairing]bool // the same; else different
	pinned  map[article.Key]bool
	strange int            // how many strangers there were
	prunes  bool           // it prunes
	shadow  *storage.Store // from the first prune on: a database in which nothing is interrupted; nil before
	checked bool           // nothing has changed since
}

type pairing struct{ a, b article.Key }

func newMachine(t *testing.T, r *rapid.T, disk *faultvfs.Disk, done map[string]int) *machine {
	dir, err := os.MkdirTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	m := &machine{TB: t, r: r, dir: dir, disk: disk, done: done, by: similarity.DefaultThresholds(), shingle: similarity.DefaultK,
		barred: map[string]bool{}, decided: map[pairing]bool{}, pinned: map[article.Key]bool{}}
	disk.Set(faultvfs.Fault{})
	m.open()
	m.prunes = rapid.IntRange(0, 2).Draw(r, "prunes") == 0
	return m
}

// What fails is of the machine, so that rapid can find a smaller one.
func (m *machine) Errorf(format string, args ...any) { m.r.Errorf(format, args...) }
func (m *machine) Error(args ...any)                 { m.r.Error(args...) }
func (m *machine) Fatalf(format string, args ...any) { m.r.Fatalf(format, args...) }
func (m *machine) Fatal(args ...any)                 { m.r.Fatal(args...) }
func (m *machine) Helper()                           {}
func (m *machine) Context() context.Context          { return context.WithoutCancel(m.TB.Context()) }

func (m *machine) open() {
	var err error
	if m.store, err = storage.Open(m.Context(), filepath.Join(m.dir, "a.db"), storage.Options{VFS: m.disk.Name}); err != nil {
		m.Fatal(err)
	}
}

func (m *machine) end() {
	var err error
	if m.shadow != nil {
		err = m.shadow.Close()
	}
	if err := errors.Join(err, m.store.Close(), os.RemoveAll(m.dir)); err != nil {
		m.Error(err)
	}
}

func (m *machine) count(what string) {
	m.done[what]++
	m.checked = false
}

func (m *machine) reopen(*rapid.T) {
	m.count("reopened")
	if err := m.store.Close(); err != nil {
		m.Fatal(err)
	}
	m.open()
}

// engine has batches and workers of any number.
func (m *machine) engine(store *storage.Store, batch, workers int) *engine.Engine {
	opt := engine.DefaultOptions()
	opt.Batch, opt.Workers, opt.Cache = batch, workers, 1<<20
	opt.Thresholds, opt.Shingle, opt.Window = m.by, m.shingle, m.window
	e, err := engine.New(m.Context(), store, opt, slog.New(slog.DiscardHandler), deskTime)
	if err != nil {
		m.Fatal(err)
	}
	return e
}

// interrupted does something until it comes to its end: it may be killed before, or the disk may
// fail, after which another process goes on. do is given what it is to call now and then.
func (m *machine) interrupted(r *rapid.T, what string, do func(ctx context.Context, e *engine.Engine, tick func()) error) {
	m.count(what)
	ended := false
	for n := rapid.IntRange(0, 2).Draw(r, "interruptions"); n > 0 && !ended; n-- {
		ctx, cancel := context.WithCancel(m.Context())
		e := m.engine(m.store, rapid.IntRange(1, 8).Draw(r, "batch"), 1)
		left := -1
		if rapid.Bool().Draw(r, "killed") {
			left = rapid.IntRange(0, 12).Draw(r, "after")
		} else {
			m.disk.Set(faultvfs.Fault{Call: faultvfs.Call(rapid.IntRange(int(faultvfs.Read), int(faultvfs.ShmLock)).Draw(r, "call")), At: rapid.IntRange(1, 60).Draw(r, "at"),
				How: faultvfs.How(rapid.IntRange(0, 2).Draw(r, "how")), Lasting: rapid.Bool().Draw(r, "lasting")})
		}
		err := do(ctx, e, func() {
			if left--; left == -1 {
				cancel()
			}
		})
		cancel()
		known := new(storage.Error)
		if err != nil && !errors.Is(err, context.Canceled) && !errors.As(err, &known) {
			m.Fatalf("%s was broken off and says %v", what, err)
		}
		if ended = err == nil; !ended {
			m.done["interrupted"]++
		}
		m.disk.Set(faultvfs.Fault{Call: faultvfs.Read}) // closing may still fail of what has failed before
		_ = m.store.Close()
		m.open()
		shingle := m.shingle
		if what == "settings" {
			shingle = 0
		}
		wholeFrom(m, m.store, 1, shingle)
	}
	if !ended {
		e := m.engine(m.store, rapid.IntRange(1, 8).Draw(r, "batch"), rapid.SampledFrom([]int{1, 4}).Draw(r, "workers"))
		if err := do(m.Context(), e, func() {}); err != nil {
			m.Fatalf("%s: %v", what, err)
		}
	}
	if m.shadow == nil {
		return
	}
	if err := do(m.Context(), m.engine(m.shadow, 4000, 1), func() {}); err != nil {
		m.Fatalf("%s without an interruption: %v", what, err)
	}
}

// ingest takes records in, with interruptions.
func (m *machine) ingest(r *rapid.T, what string, list []record) {
	path := filepath.Join(m.dir, "in.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(jsonl(m, list...), "\n")), 0o666); err != nil {
		m.Fatal(err)
	}
	m.interrupted(r, what, func(ctx context.Context, e *engine.Engine, tick func()) error {
		return ingestFile(ctx, e, path, tick)
	})
	for _, x := range list {
		if !m.barred[identity(x)] && !m.barred[words(x)] && !slices.Contains(m.came, x) {
			m.came = append(m.came, x)
		}
	}
}

func ingestFile(ctx context.Context, e *engine.Engine, path string, tick func()) error {
	in := source.Options{FirstSeen: deskTime()}
	e.Watch(func(engine.Step, int, int) { tick() })
	_, err := e.Ingest(ctx, "test", "", func(yield func(source.Raw, *source.Reject) bool) {
		for raw, reject := range source.Read(ctx, []string{path}, nil, in) {
			tick()
			if !yield(raw, reject) {
				return
			}
		}
	}, in)
	return err
}

// What an article that was forgotten for good may not come back by.
func identity(x record) string { return "id " + x.Outlet + " " + x.ID }
func words(x record) string    { return "text " + x.Outlet + " " + x.Title + " " + x.Body }

// shared is an id under which an outlet publishes several articles.
const shared = "latest"

// drawRecord is an article of a small pool, in which many have to do with each other: copies and cuts
// of few stories, versions, notices, lists of short passages, articles under one id.
func drawRecord(r *rapid.T) record {
	kind := rapid.SampledFrom([]string{"edition", "page", "shared", "notice", "short"}).Draw(r, "kind")
	id, seed := rapid.IntRange(0, 11).Draw(r, "id"), rapid.Uint64Range(0, 5).Draw(r, "version")
	random := rand.New(rand.NewPCG(seed, uint64(id)))
	var x record
	switch kind {
	case "edition":
		x = edition(random, id)
		x.Title, x.Published = "", hour(25*id) // a version has its article's
	case "page":
		x = pageOf(random, id)
		x.ID, x.Title, x.Published = "p"+x.ID, prose(500+id%4, 6), hour(20*id)
	case "notice":
		x = told80(fmt.Sprint("n", id), 60+id, id, masthead)
	case "short":
		x = record{fmt.Sprint("s", id), fmt.Sprintf("outlet%d.example", id%3), prose(70+id%2, 5), "", prose(int(80+seed), 8)}
	case "shared":
		number := int(seed) % 4
		x = record{shared, "one.example", prose(900+number, 6), hour(24*number + 9), prose(1+number, 70+20*(id%2))}
	}
	return x
}

func (m *machine) articles(r *rapid.T) {
	var list []record
	for range rapid.IntRange(1, 8).Draw(r, "records") {
		list = append(list, drawRecord(r))
	}
	m.ingest(r, "ingest", list)
}

// again: what is known changes nothing, not even a number.
func (m *machine) again(r *rapid.T) {
	if len(m.came) == 0 {
		r.Skip("there are none")
	}
	before := numbered(m, m.store)
	n := rapid.IntRange(1, len(m.came)).Draw(r, "records")
	from := rapid.IntRange(0, len(m.came)-n).Draw(r, "from")
	list := slices.Clone(m.came[from : from+n])
	if rapid.Bool().Draw(r, "reversed") {
		slices.Reverse(list)
	}
	m.ingest(r, "known", list)
	if diff := unlike(before, numbered(m, m.store)); diff != "" {
		m.Errorf("known articles came again (-before +after):\n%s", diff)
	}
}

// strangers: articles that share nothing with any other leave all others alone.
func (m *machine) strangers(r *rapid.T) {
	before := contentBy(m, m.store, m.by)
	m.strange++
	number := 3000 + m.strange
	x := told80("stranger"+strconv.Itoa(number), number, rapid.IntRange(0, 300).Draw(r, "hour"), "")
	m.ingest(r, "stranger", []record{x})
	after := slices.DeleteFunc(contentBy(m, m.store, m.by), func(line string) bool { return strings.HasPrefix(line, "article "+x.ID+":") })
	if diff := unlike(before, after); diff != "" {
		m.Errorf("a stranger came (-before +after):\n%s", diff)
	}
}

// stored returns the current articles, by name.
func (m *machine) stored() []storage.Article {
	list, err := m.read()
	if err != nil {
		m.Fatal(err)
	}
	return list
}

// read is stored where the disk may fail.
func (m *machine) read() (list []storage.Article, err error) {
	view, err := m.store.View(m.Context())
	if err != nil {
		return nil, err
	}
	defer view.Close()
	for a, err := range view.Articles(m.Context()) {
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	slices.SortFunc(list, func(a, b storage.Article) int {
		return cmp.Or(cmp.Compare(a.Name(), b.Name()), bytes.Compare(a.Key[:], b.Key[:]))
	})
	return list, nil
}

// drawAmong are some articles.
func (m *machine) drawAmong(r *rapid.T, n int, all []storage.Article) (list []storage.Article) {
	if len(all) < n {
		r.Skip("there are too few")
	}
	for range n {
		i := rapid.IntRange(0, len(all)-1).Draw(r, "article")
		list = append(list, all[i])
		all = slices.Delete(all, i, i+1)
	}
	return list
}

// drawLasting are some but for those under the shared id: their keys may be others' later, of which
// TestDecisionsFollowTheArticle is.
func (m *machine) drawLasting(r *rapid.T, n int) (list []storage.Article) {
	return m.drawAmong(r, n, slices.DeleteFunc(m.stored(), func(a storage.Article) bool { return strings.HasPrefix(a.External, shared) }))
}

// decide: of two articles, that they are the same, or not, or nothing any more.
func (m *machine) decide(r *rapid.T) {
	two := m.drawLasting(r, 2)
	what := rapid.SampledFrom([]string{"same", "different", "nothing"}).Draw(r, "decision")
	d := storage.NewDecision(two[0].Key, two[1].Key, what == "same", deskTime(), "")
	ruling := engine.Ruling{Decide: []storage.Decision{d}}
	next := maps.Clone(m.decided)
	next[pairing{d.A, d.B}] = d.Same
	if what == "nothing" {
		ruling = engine.Ruling{Retract: []storage.Decision{d}}
		delete(next, pairing{d.A, d.B})
	}
	contradicted := false
	m.interrupted(r, "decide", func(ctx context.Context, e *engine.Engine, tick func()) error {
		tick()
		_, err := review.Rule(ctx, e, "test", "", ruling)
		if contradicted = errors.As(err, new(*review.ContradictionError)); contradicted {
			return nil
		}
		return err
	})
	if contradicted != contradicts(next) {
		m.Fatalf("refused as a contradiction: %t", contradicted)
	}
	if !contradicted {
		m.decided = next
	}
}

// contradicts reports whether of decisions some that articles are the same lead from one article to
// another of which it was decided that they are not.
func contradicts(decided map[pairing]bool) bool {
	group := map[article.Key]article.Key{}
	var of func(k article.Key) article.Key
	of = func(k article.Key) article.Key {
		if up, known := group[k]; known && up != k {
			return of(up)
		}
		return k
	}
	for p, same := range decided {
		if same {
			group[of(p.a)] = of(p.b)
		}
	}
	for p, same := range decided {
		if !same && of(p.a) == of(p.b) {
			return true
		}
	}
	return false
}

// pin: an article represents its cluster from now on, or no longer.
func (m *machine) pin(r *rapid.T) {
	key := m.drawLasting(r, 1)[0].Key
	ruling := engine.Ruling{Pin: []storage.Pin{{Key: key, Decided: deskTime()}}}
	if m.pinned[key] {
		ruling = engine.Ruling{Unpin: []article.Key{key}}
	}
	m.interrupted(r, "pin", func(ctx context.Context, e *engine.Engine, tick func()) error {
		tick()
		_, err := e.Rule(ctx, "test", "", ruling)
		return err
	})
	if m.pinned[key] {
		delete(m.pinned, key)
	} else {
		m.pinned[key] = true
	}
}

// forget: some articles are gone with all of their versions, and may come back or not.
func (m *machine) forget(r *rapid.T) {
	list := m.drawAmong(r, rapid.IntRange(1, 3).Draw(r, "articles"), m.stored())
	f := engine.Forget{LetBack: rapid.Bool().Draw(r, "may come back")}
	gone, names := map[article.Key]bool{}, map[string]bool{}
	for _, a := range list {
		f.Keys = append(f.Keys, a.Key)
		gone[a.Key] = true
		id, _, _ := strings.Cut(a.External, "~") // what tells it from others of the id
		names[id+"\n"+a.Headline] = true
	}
	failed := false
	m.interrupted(r, "forget", func(ctx context.Context, e *engine.Engine, tick func()) error {
		e.Watch(func(engine.Step, int, int) { tick() })
		left := f
		if halfway, err := m.store.Halfway(ctx); err == nil && failed && !halfway { // it has not begun, or all is done
			left.Keys = nil
			stored, err := m.read()
			if err != nil {
				return err
			}
			for _, a := range stored {
				if slices.ContainsFunc(list, func(x storage.Article) bool { return x.Key == a.Key && x.Headline == a.Headline }) {
					left.Keys = append(left.Keys, a.Key)
				}
			}
		}
		_, err := e.Forget(ctx, "", left)
		failed = err != nil
		return err
	})
	m.came = slices.DeleteFunc(m.came, func(x record) bool {
		is := names[x.ID+"\n"+x.Title]
		if is && !f.LetBack {
			m.barred[identity(x)], m.barred[words(x)] = true, true
		}
		return is
	})
	for _, x := range m.came {
		delete(m.barred, identity(x)) // it keeps the shared id now
	}
	maps.DeleteFunc(m.decided, func(p pairing, _ bool) bool { return gone[p.a] || gone[p.b] })
	maps.DeleteFunc(m.pinned, func(k article.Key, _ bool) bool { return gone[k] })
}

// prune: what is old leaves the index, and pairs, texts and articles go.
func (m *machine) prune(r *rapid.T) {
	if !m.prunes {
		r.Skip("it prunes nothing")
	}
	if m.shadow == nil {
		path := filepath.Join(m.dir, "shadow.db")
		_, err := storage.Backup(m.Context(), filepath.Join(m.dir, "a.db"), path, nil)
		if err == nil {
			m.shadow, err = storage.Open(m.Context(), path, storage.Options{})
		}
		if err != nil {
			m.Fatal(err)
		}
	}
	var p engine.Prune
	for _, part := range []*time.Time{&p.Index, &p.Pairs, &p.Texts, &p.Articles} {
		if rapid.Bool().Draw(r, "part") {
			*part = at(rapid.IntRange(0, 200).Draw(r, "hour"))
		}
	}
	m.interrupted(r, "prune", func(ctx context.Context, e *engine.Engine, tick func()) error {
		e.Watch(func(engine.Step, int, int) { tick() })
		tick()
		_, err := e.Prune(ctx, "", p)
		return err
	})
	left := map[article.Key]bool{}
	for _, a := range m.stored() {
		left[a.Key] = true
	}
	maps.DeleteFunc(m.decided, func(p pairing, _ bool) bool { return !left[p.a] || !left[p.b] })
	maps.DeleteFunc(m.pinned, func(k article.Key, _ bool) bool { return !left[k] })
}

// settings: thresholds, the window or the length of shingles are others.
func (m *machine) settings(r *rapid.T) {
	again := engine.Again{}
	switch rapid.SampledFrom([]string{"thresholds", "window", "shingles"}).Draw(r, "which") {
	case "thresholds":
		m.by = similarity.DefaultThresholds()
		m.by.Near, m.by.Excerpt = rapid.SampledFrom([]float64{0.3, 0.5, 0.9}).Draw(r, "near"), rapid.SampledFrom([]float64{0.3, 0.5, 0.9}).Draw(r, "excerpt")
	case "window":
		again.Texts = true
		m.window = rapid.SampledFrom(windows).Draw(r, "window")
	case "shingles":
		again.Texts = true
		m.shingle = rapid.SampledFrom([]int{3, 4}).Draw(r, "words")
		again.Reindex = strconv.Itoa(m.shingle)
	}
	m.recluster(r, "settings", again)
}

func (m *machine) renew(r *rapid.T) {
	m.recluster(r, "renew", engine.Again{Texts: true, Reindex: "anew", Renew: true})
}

func (m *machine) recluster(r *rapid.T, what string, again engine.Again) {
	m.interrupted(r, what, func(ctx context.Context, e *engine.Engine, tick func()) error {
		again := again
		again.Progress = func(engine.Step, int, int) { tick() }
		_, err := e.Recluster(ctx, fmt.Sprint(m.by, m.window, m.shingle), again)
		return err
	})
}

// unlike is the difference of two lists, "" where there is none.
func unlike(want, got []string) string {
	if slices.Equal(want, got) {
		return ""
	}
	return gocmp.Diff(want, got)
}

// check holds what is stored against the model.
func (m *machine) check(*rapid.T) {
	if m.checked {
		return
	}
	m.checked = true
	wholeFrom(m, m.store, 2, m.shingle)
	m.undamaged()
	if m.shadow != nil {
		m.sameAs(m.shadow, "of a machine that prunes (-without an interruption +so)")
		return
	}
	fresh, err := storage.Open(m.Context(), filepath.Join(m.dir, "fresh.db"), storage.Options{})
	if err != nil {
		m.Fatal(err)
	}
	defer func() {
		if err := fresh.Close(); err != nil {
			m.Fatal(err)
		}
		for _, name := range storage.Files(filepath.Join(m.dir, "fresh.db")) {
			_ = os.Remove(name)
		}
	}()
	path := filepath.Join(m.dir, "all.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(jsonl(m, m.came...), "\n")), 0o666); err != nil {
		m.Fatal(err)
	}
	if err := ingestFile(m.Context(), m.engine(fresh, 4000, 1), path, func() {}); err != nil {
		m.Fatal(err)
	}
	var ruling engine.Ruling
	for p, same := range m.decided {
		ruling.Decide = append(ruling.Decide, storage.NewDecision(p.a, p.b, same, deskTime(), ""))
	}
	for key := range m.pinned {
		ruling.Pin = append(ruling.Pin, storage.Pin{Key: key, Decided: deskTime()})
	}
	if len(ruling.Decide)+len(ruling.Pin) > 0 {
		if _, err := m.engine(fresh, 4000, 1).Rule(m.Context(), "test", "", ruling); err != nil {
			m.Fatal(err)
		}
	}
	m.sameAs(fresh, fmt.Sprintf("of %d records (-in one run +so)", len(m.came)))
}

// sameAs holds that another database has the same in it.
func (m *machine) sameAs(other *storage.Store, what string) {
	if diff := unlike(contentBy(m, other, m.by), contentBy(m, m.store, m.by)); diff != "" {
		m.Errorf("%s:\n%s", what, diff)
	}
	if diff := unlike(said(m, other), said(m, m.store)); diff != "" {
		m.Errorf("decisions, %s:\n%s", what, diff)
	}
}

// undamaged holds that no row is damaged and nothing is left to do.
func (m *machine) undamaged() {
	view, err := m.store.View(m.Context())
	if err != nil {
		m.Fatal(err)
	}
	defer view.Close()
	for d, err := range view.Damaged(m.Context(), nil) {
		m.Errorf("damaged: %v, %v", d, err)
	}
	if left, err := m.store.WorkLeft(m.Context()); err != nil || left != [storage.Done]int{} {
		m.Errorf("work is left: %v, %v", left, err)
	}
}
