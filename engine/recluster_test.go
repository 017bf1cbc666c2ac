package engine_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/engine"
	"dedupe/similarity"
)

// settingsChanges are ways to change what links are judged by.
var settingsChanges = []struct {
	name   string
	texts  bool // evidence does not suffice
	index  bool // nor does the index
	change func(*engine.Options)
}{
	{"none", false, false, func(*engine.Options) {}},
	{"strict", false, false, func(o *engine.Options) {
		o.Thresholds.Near, o.Thresholds.Excerpt, o.Thresholds.Rewrite = 0.7, 0.75, 0.7
	}},
	{"loose", false, false, func(o *engine.Options) {
		o.Thresholds.Near, o.Thresholds.Excerpt, o.Thresholds.Rewrite, o.Thresholds.Mentioned = 0.3, 0.3, 0.3, 0.2
	}},
	{"only identical", false, false, func(o *engine.Options) { o.Thresholds.Excerpt, o.Thresholds.Rewrite = 1, 1 }},
	{"longer texts only", false, false, func(o *engine.Options) { o.Thresholds.MinWords = 100 }},
	{"on figures that pairs have", false, false, func(o *engine.Options) {
		o.Thresholds.Near, o.Thresholds.Excerpt, o.Thresholds.Rewrite, o.Thresholds.Headline, o.Thresholds.Mentioned = 3./4, 2./3, 0.6, 2./3, 0.5
	}},
	{"thresholds of their own", false, false, ownThresholds},
	{"earliest represents", false, false, func(o *engine.Options) { o.Representative = []string{"earliest"} }},
	{"preferred represents", false, false, func(o *engine.Options) {
		o.Representative, o.Preferred = []string{"preferred", "longest"}, []string{"no such outlet", "bay courier", "meridian standard"}
	}},
	{"latest represents", false, false, func(o *engine.Options) { o.Representative = []string{"latest", "shortest"} }},
	{"shortest represents", false, false, func(o *engine.Options) { o.Representative = []string{"shortest"} }},
	{"below what is stored", true, false, func(o *engine.Options) { o.Thresholds.Excerpt = 0.15 }},
	{"narrow window", true, false, func(o *engine.Options) { o.Window = 6 * 3600e9 }},
	{"more stories for boilerplate", true, false, func(o *engine.Options) { o.Stories = 5 }},
	{"other metric", true, false, func(o *engine.Options) {
		o.Metric, _ = similarity.NormalMetric("jaccard")
	}},
	{"shorter shingles", true, true, func(o *engine.Options) { o.Shingle = 3 }},
	{"longer shingles", true, true, func(o *engine.Options) { o.Shingle = 6 }},
	{"more anchors", true, true, func(o *engine.Options) { o.Candidates.Sample = 1 }},
}

// TestRecluster holds that judging everything again after a change of settings
// yields what a fresh ingest by the new ones does.
func TestRecluster(t *testing.T) {
	for _, set := range []struct {
		name  string
		limit int
		long  bool
		paths []string
	}{
		{"testdata", 1000, false, fortnight},
		{"planted-en", 800, true, []string{"../../shared/data/planted-en/articles.jsonl.gz"}},
		{"scraped-local-news", 1000, true, []string{"../../shared/data/scraped-local-news/articles.jsonl.gz"}},
	} {
		t.Run(set.name, func(t *testing.T) {
			if set.long && testing.Short() {
				t.Skip("takes seconds")
			}
			lines := readLines(t, set.limit, set.paths)
			for _, c := range settingsChanges {
				t.Run(c.name, func(t *testing.T) {
					t.Parallel()
					d, fresh := newDesk(t, lines), newDeskWith(t, lines, c.change)
					before, pairs := d.clusters(), d.pairs()
					dry := d.recluster(c.change, engine.Again{Texts: c.texts, Reindex: reindex(c.index, "changed"), DryRun: true})
					if diff := cmp.Diff(before, d.clusters()); diff != "" {
						t.Fatalf("a dry run changed clusters:\n%s", diff)
					}
					if diff := cmp.Diff(pairs, d.pairs()); diff != "" {
						t.Fatalf("a dry run changed pairs:\n%s", diff)
					}
					out := d.recluster(c.change, engine.Again{Texts: c.texts, Reindex: reindex(c.index, "changed")})
					if diff := cmp.Diff(dry.Events, out.Events); diff != "" {
						t.Errorf("a dry run foretells other events (-dry +real):\n%s", diff)
					}
					t.Logf("%d articles, %d pairs by evidence, %d anew, +%d -%d links, %d events", out.Articles, out.Pairs, out.Anew, out.Linked, out.Unlinked, len(out.Events))
					if diff := cmp.Diff(fresh.pairs(), d.pairs()); diff != "" {
						t.Errorf("pairs (-fresh +reclustered):\n%s", diff)
					}
					if diff := cmp.Diff(fresh.told(), d.told()); diff != "" {
						t.Errorf("clusters (-fresh +reclustered):\n%s", diff)
					}
					if c.name == "none" {
						if diff := cmp.Diff(before, d.clusters()); diff != "" || len(out.Events) > 0 {
							t.Errorf("under the same settings: events %v, clusters\n%s", out.Events, diff)
						}
					}
					again := d.recluster(c.change, engine.Again{})
					if again.Linked+again.Unlinked+len(again.Events) > 0 && c.name != "below what is stored" {
						t.Errorf("once more: %d linked, %d unlinked, events %v", again.Linked, again.Unlinked, again.Events)
					}
					if out.Summary.Boilerplate > 0 && !c.texts {
						return // what was learned stays
					}
					// Back again, links are what they were.
					d.recluster(nil, engine.Again{Texts: c.texts, Reindex: reindex(c.index, "back")})
					if diff := cmp.Diff(pairs, d.pairs()); diff != "" {
						t.Errorf("pairs (-before +there and back):\n%s", diff)
					}
				})
			}
		})
	}
}

// reindex names settings of texts, where the index needs them.
func reindex(needed bool, name string) string {
	if !needed {
		return ""
	}
	return name
}

func newDeskWith(t testing.TB, lines []string, change func(*engine.Options)) *desk {
	d := emptyDesk(t)
	d.takeWith(lines, change)
	return d
}

func (d *desk) recluster(change func(*engine.Options), again engine.Again) engine.Reclustered {
	d.Helper()
	out, err := d.engine(change).Recluster(context.WithoutCancel(d.Context()), "settings", again)
	if err != nil {
		d.Fatal(err)
	}
	return out
}

// pairs returns all links, by name.
func (d *desk) pairs() (list []string) {
	d.Helper()
	view, err := d.store.View(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	defer view.Close()
	for p, err := range view.Links(d.Context()) {
		if err != nil {
			d.Fatal(err)
		}
		list = append(list, fmt.Sprintf("%s %s %v", p.NameA, p.NameB, p.Kind))
	}
	slices.Sort(list)
	return list
}

func (d *desk) told() []string {
	d.Helper()
	view, err := d.store.View(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	defer view.Close()
	return told(d.TB.(*testing.T), d.Context(), view)
}

// A recluster that is stopped, at any step, is finished by the next one.
func TestReclusterGoesOn(t *testing.T) {
	lines := readLines(t, 1000, fortnight)
	loose := func(o *engine.Options) { o.Thresholds.Excerpt, o.Thresholds.Rewrite, o.Batch = 0.3, 0.3, 10 }
	for _, tt := range []struct {
		name   string
		again  engine.Again
		change func(*engine.Options)
	}{
		{"evidence", engine.Again{}, loose},
		{"texts", engine.Again{Texts: true}, loose},
		{"index", engine.Again{Texts: true, Reindex: "changed"}, func(o *engine.Options) { loose(o); o.Shingle = 3 }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			whole, stopped, fresh := newDesk(t, lines), newDesk(t, lines), newDeskWith(t, lines, tt.change)
			whole.recluster(tt.change, tt.again)
			for at := range 12 {
				ctx, cancel := context.WithCancel(t.Context())
				n := 0
				again := tt.again
				again.Progress = func(engine.Step, int, int) {
					if n++; n > at%4 {
						cancel()
					}
				}
				_, err := stopped.engine(tt.change).Recluster(ctx, "settings", again)
				if err != nil && !errors.Is(err, context.Canceled) {
					t.Logf("stopped: %v", err)
				}
				cancel()
			}
			stopped.recluster(tt.change, tt.again)
			for _, other := range []struct {
				name string
				desk *desk
			}{{"whole", whole}, {"fresh", fresh}} {
				if diff := cmp.Diff(other.desk.pairs(), stopped.pairs()); diff != "" {
					t.Errorf("pairs (-%s +stopped):\n%s", other.name, diff)
				}
				if diff := cmp.Diff(other.desk.told(), stopped.told()); diff != "" {
					t.Errorf("clusters (-%s +stopped):\n%s", other.name, diff)
				}
			}
		})
	}
}

// benchDesk is a database of real articles and copies of them.
func benchDesk(b *testing.B) (*desk, int) {
	const path, most = "../../shared/data/planted-en/articles.jsonl.gz", 4000
	file, err := os.Open(path)
	if err != nil {
		b.Skipf("%s is not on this machine", path)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		b.Fatal(err)
	}
	var lines []string
	scanner := bufio.NewScanner(z)
	scanner.Buffer(nil, 16<<20)
	for len(lines) < most && scanner.Scan() {
		lines = append(lines, scanner.Text())
	}
	if err := scanner.Err(); err != nil {
		b.Fatal(err)
	}
	return newDesk(b, lines), len(lines)
}

// Thresholds go up and down, so that each time links change.
func BenchmarkRecluster(b *testing.B) {
	d, n := benchDesk(b)
	for i := 0; b.Loop(); i++ {
		d.recluster(func(o *engine.Options) {
			if i%2 == 0 {
				o.Thresholds.Excerpt, o.Thresholds.Rewrite = 0.7, 0.6
			}
		}, engine.Again{})
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "articles/s")
}
