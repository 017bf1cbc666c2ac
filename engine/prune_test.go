package engine_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/storage"
)

func (d *desk) prune(p engine.Prune) engine.Pruned {
	d.Helper()
	out, err := d.engine(func(o *engine.Options) { o.Batch = 7 }).Prune(context.WithoutCancel(d.Context()), "", p)
	if err != nil {
		d.Fatal(err)
	}
	return out
}

// at is an hour of the fortnight that tests play in.
func at(n int) time.Time { return time.Date(2026, 3, 2, n, 0, 0, 0, time.UTC) }

// TestFrozen holds that an article which is too old to be compared stays in its cluster, under its number,
// whatever else goes of it and whatever comes; that a copy of it is a new story, and a copy of a younger
// member joins it.
func TestFrozen(t *testing.T) {
	story := func(id string, n int, more string) record {
		return record{id, id + ".example", "", hour(n), prose(1, 90) + ".\n\n" + more}
	}
	var list []record
	for i := range 4 {
		list = append(list, story(fmt.Sprint("old", i), i, prose(50+i, 40)))
	}
	other := record{"alone", "alone.example", "", hour(1), prose(2, 90)}
	list = append(list, other, record{"cut", "cut.example", "", hour(2), prose(3, 90)}, record{"cut-again", "again.example", "", hour(3), prose(3, 90)}, story("young", 100, ""))
	d := newDesk(t, jsonl(t, list...))
	want := d.clusters()
	if len(want) != 2 || !d.together("old0", "young") {
		t.Fatalf("clusters are %v", want)
	}
	for _, p := range []engine.Prune{{Index: at(50), DryRun: true}, {Index: at(50)}, {Index: at(50), Pairs: at(50)}, {Index: at(50), Pairs: at(50), Texts: at(50)}} {
		out := d.prune(p)
		sound(t, d.store)
		if diff := cmp.Diff(want, d.clusters()); diff != "" {
			t.Fatalf("%+v did %+v (-before +after):\n%s", p, out, diff)
		}
		if p.DryRun && out.Frozen != 7 {
			t.Errorf("%d articles would be frozen, want 7", out.Frozen)
		}
	}
	before := numbered(t, d.store)
	d.take(jsonl(t, list...))
	if diff := cmp.Diff(before, numbered(t, d.store)); diff != "" {
		t.Errorf("the same again (-before +after):\n%s", diff)
	}
	d.recluster(nil, engine.Again{Texts: true})
	d.recluster(func(o *engine.Options) { o.Shingle = 5 }, engine.Again{Texts: true, Reindex: "other", Renew: true})
	sound(t, d.store)
	if diff := cmp.Diff(want, d.clusters()); diff != "" {
		t.Errorf("judged again (-before +after):\n%s", diff)
	}
	d = newDesk(t, jsonl(t, list...))
	d.prune(engine.Prune{Index: at(50), Pairs: at(50), Texts: at(50)})
	copied := other
	copied.ID, copied.Outlet = "alone-again", "later.example"
	d.take(jsonl(t, story("younger", 110, ""), copied))
	sound(t, d.store)
	whole := d.find("young").Cluster
	if a := d.find("younger"); a.Cluster != whole || !d.together("old0", "younger") || !d.together("old0", "old3") {
		t.Errorf("a copy of a young member is in cluster %d, its story in %d: %v", a.Cluster, whole, d.clusters())
	}
	if d.find("alone-again").Cluster != 0 || d.find("alone").Cluster != 0 {
		t.Error("a frozen article has found a copy")
	}

	// A frozen article can be changed and forgotten.
	changed := list[0]
	changed.Body += prose(90, 5)
	d.take(jsonl(t, changed))
	sound(t, d.store)
	if a := d.find("old0"); a.Cluster != whole || a.Version != 2 {
		t.Errorf("a new version of a frozen article is %d in cluster %d, want 2 in %d", a.Version, a.Cluster, whole)
	}
	d.forget(engine.Forget{}, "old1")
	sound(t, d.store)
	if !d.together("old2", "young") {
		t.Errorf("what was with a forgotten frozen article has parted: %v", d.clusters())
	}

	// The articles go, and do not come back.
	d.prune(engine.Prune{Articles: at(50)})
	sound(t, d.store)
	if diff := cmp.Diff(map[int64][]string{whole: {"young", "younger"}}, d.clusters()); diff != "" {
		t.Errorf("without old articles (-want +got):\n%s", diff)
	}
	before = numbered(t, d.store)
	d.take(jsonl(t, list...))
	if diff := cmp.Diff(before, numbered(t, d.store)); diff != "" {
		t.Errorf("old ones again (-before +after):\n%s", diff)
	}
	d.prune(engine.Prune{Articles: at(200)})
	if got := content(t, d.store); len(got) != 0 {
		t.Errorf("left are %q", got)
	}
	d.take(jsonl(t, told80("three", 3, 203, ""), told80("four", 3, 204, "")))
	sound(t, d.store)
	if !d.together("three", "four") {
		t.Error("what comes into the emptied database is not grouped")
	}
}

// TestPruneAndForget holds for random histories of articles, changes, prunes and forgets that nothing is
// damaged, and that frozen articles stay with those with whom they were frozen.
func TestPruneAndForget(t *testing.T) {
	seeds := uint64(12)
	if testing.Short() || racing() {
		seeds = 4
	}
	for seed := range seeds {
		for name, page := range map[string]func(*rand.Rand, int) record{"editions": edition, "pages": pageOf} {
			t.Run(fmt.Sprint(name, ", seed ", seed), func(t *testing.T) {
				t.Parallel()
				r := rand.New(rand.NewPCG(seed, 4))
				d := emptyDesk(t)
				frozen := map[string][]string{} // articles -> frozen ones of their cluster
				for step := range 12 {
					var gone string
					switch r.IntN(4) {
					case 0:
						p := engine.Prune{Index: at(step * 25)}
						p.Pairs, p.Texts, p.Articles = at(step*25-r.IntN(100)), at(step*25-r.IntN(100)), at(step*25-60-r.IntN(100))
						dry := p
						dry.DryRun = true
						would := d.prune(dry)
						if did := d.prune(p); would.Frozen != did.Frozen || would.Pairs != did.Pairs || would.Texts != did.Texts || would.Articles != did.Articles {
							t.Fatalf("step %d: a dry run of %+v says %+v, and it did %+v", step, p, would, did)
						}
					case 1:
						if all := named(t, d.store); len(all) > 0 {
							view, err := d.store.View(t.Context())
							if err != nil {
								t.Fatal(err)
							}
							for a, err := range view.Articles(t.Context()) {
								if err != nil {
									t.Fatal(err)
								}
								if gone == "" || r.IntN(10) == 0 {
									gone = a.Name()
								}
							}
							view.Close()
							d.forget(engine.Forget{LetBack: true}, gone)
						}
					default:
						var come []record
						for range 5 + r.IntN(20) {
							come = append(come, page(r, r.IntN(60)))
						}
						d.takeWith(jsonl(t, come...), func(o *engine.Options) { o.Batch, o.Window = 1+r.IntN(12), windows[seed%2] })
						if r.IntN(3) == 0 {
							d.recluster(func(o *engine.Options) { o.Window = windows[seed%2] }, engine.Again{Texts: r.IntN(2) == 0})
						}
					}
					sound(t, d.store)
					now := frozenOf(t, d)
					for name, with := range frozen {
						is, there := now[name]
						for _, other := range with {
							if _, still := now[other]; there && still && !slices.Contains(is, other) {
								t.Fatalf("step %d: %s was frozen with %v and is with %v", step, name, with, is)
							}
						}
					}
					frozen = now
				}
			})
		}
	}
}

// frozenOf returns the frozen articles, each with those of its cluster.
func frozenOf(t *testing.T, d *desk) map[string][]string {
	t.Helper()
	places, _, _, err := d.store.Places(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	view, err := d.store.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	clusters, of := map[int64][]string{}, map[string]int64{}
	for a, err := range view.Articles(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if places[a.Seq-1].Frozen {
			of[a.Key.String()+fmt.Sprint(a.Version)] = a.Cluster
			clusters[a.Cluster] = append(clusters[a.Cluster], a.Key.String()+fmt.Sprint(a.Version))
		}
	}
	out := map[string][]string{}
	for name, id := range of {
		if id != 0 {
			out[name] = clusters[id]
		}
	}
	return out
}

// TestVotesOfPruned holds that what pruned articles showed to be boilerplate is counted on, until texts are judged anew: then what
// is stored is what a fresh ingest of the articles that are left makes.
func TestVotesOfPruned(t *testing.T) {
	var old, young []record
	for i := range 6 {
		old = append(old, told80(fmt.Sprint("old", i), 10+i, i, masthead))
	}
	for i := range 2 {
		young = append(young, told80(fmt.Sprint("young", i), 20+i, 100+i, masthead))
	}
	d := newDesk(t, jsonl(t, slices.Concat(old, young)...))
	votes := func() (n uint32) {
		rows, err := d.store.Boilerplate(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			n = max(n, slices.Max(r.Votes))
		}
		return n
	}
	before := votes()
	for _, p := range []engine.Prune{{Index: at(50)}, {Texts: at(50)}, {Articles: at(50)}} {
		d.prune(p)
		sound(t, d.store)
		if now := votes(); before == 0 || now != before {
			t.Errorf("%+v left %d votes of %d", p, now, before)
		}
	}
	later := told80("later", 30, 110, masthead)
	d.take(jsonl(t, later))
	if now := votes(); now != before+1 {
		t.Errorf("with a later article there are %d votes, want %d", now, before+1)
	}
	d.recluster(nil, engine.Again{Texts: true})
	sound(t, d.store)
	whole(t, d.store)
	if diff := cmp.Diff(content(t, newDesk(t, jsonl(t, append(young, later)...)).store), content(t, d.store)); diff != "" {
		t.Errorf("judged anew (-fresh ingest of those left +so):\n%s", diff)
	}
}

// TestOneIDOfPruned holds that an old version whose text was pruned stays with its article, where that gave its id up to an
// earlier one: it is forgotten with that, and with no other, and nothing that comes makes it one of another.
func TestOneIDOfPruned(t *testing.T) {
	under := func(day, number int, more string) record {
		return record{"https://one.example/news", "One", prose(900+day, 6), hour(24 * day), prose(number, 70) + more}
	}
	first, second, third := under(10, 1, ""), under(11, 1, " "+prose(50, 20)), under(30, 1, " "+prose(51, 20))
	early := under(5, 2, "")
	make := func(t *testing.T) *desk {
		d := newDesk(t, jsonl(t, first))
		for _, r := range []record{second, third, early} {
			d.take(jsonl(t, r))
		}
		d.prune(engine.Prune{Texts: at(24 * 12)})
		sound(t, d.store)
		return d
	}
	left := func(d *desk) (titles []string) {
		for _, r := range []record{first, second, third, early} {
			if slices.ContainsFunc(foundIn(t, d.folder, []byte(r.Title)), func(name string) bool { return strings.HasPrefix(name, "a.db") }) {
				titles = append(titles, r.Title)
			}
		}
		return titles
	}
	for _, c := range []struct {
		name   string
		forget record
		want   []string
	}{
		{"the later article", third, []string{early.Title}},
		{"the earlier one", early, []string{first.Title, third.Title}}, // whose the second was, nothing tells any more
	} {
		t.Run(c.name, func(t *testing.T) {
			d := make(t)
			d.forget(engine.Forget{Keys: []article.Key{d.titled(c.forget.Title).Key}})
			sound(t, d.store)
			if diff := cmp.Diff(c.want, left(d)); diff != "" {
				t.Errorf("headlines in the file (-want +got):\n%s", diff)
			}
			before := numbered(t, d.store)
			d.take(jsonl(t, first, second, third, early))
			if diff := cmp.Diff(before, numbered(t, d.store)); diff != "" {
				t.Errorf("the same again (-before +after):\n%s", diff)
			}
		})
	}
	for _, c := range []struct {
		name  string
		comes record
		more  int // articles
	}{
		{"a stranger comes", under(16, 3, ""), 1},
		{"a new version comes", record{first.ID, "One", prose(940, 6), hour(24 * 16), prose(1, 70) + " " + prose(52, 20)}, 0},
		{"a new version comes under the headline of a pruned one", record{first.ID, "One", second.Title, hour(24 * 16), prose(1, 70) + " " + prose(52, 20)}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := make(t)
			before := named(t, d.store)
			d.take(jsonl(t, c.comes))
			sound(t, d.store)
			if got := named(t, d.store); len(got) != len(before)+c.more {
				t.Errorf("of %q %q was made", before, got)
			}
		})
	}
}

// TestPrunedTellsNothing holds that of what comes under an id whose article has lost its text to its age, two strangers are not
// taken for versions of one article.
func TestPrunedTellsNothing(t *testing.T) {
	under := func(day, number int) record {
		return record{"https://one.example/news", "One", prose(900+number, 6), hour(24 * day), prose(number, 70)}
	}
	for _, runs := range []bool{false, true} {
		d := newDesk(t, jsonl(t, under(1, 1)))
		d.prune(engine.Prune{Texts: at(24 * 12)})
		come := []record{under(14, 2), under(15, 3)}
		if d.take(jsonl(t, come[0])); runs {
			d.take(jsonl(t, come[1]))
		} else {
			d.take(jsonl(t, come...))
		}
		sound(t, d.store)
		for _, r := range come {
			if d.titled(r.Title).Seq == 0 {
				t.Errorf("runs apart %v: %q is no article: %v", runs, r.Title, named(t, d.store))
			}
		}
	}
}

// titled is the current article under a headline.
func (d *desk) titled(headline string) (found storage.Article) {
	d.Helper()
	view, err := d.store.View(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	defer view.Close()
	for a, err := range view.Articles(d.Context()) {
		if err != nil {
			d.Fatal(err)
		}
		if a.Headline == headline {
			found = a
		}
	}
	return found
}
