package evaluate_test

import (
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"dedupe/article"
	"dedupe/detect"
	"dedupe/evaluate"
	"dedupe/similarity"
	"dedupe/source"
	"dedupe/storage"
	"dedupe/text"
)

var update = flag.Bool("update", false, "write the figures reached to testdata/golden/quality.txt")

const (
	goldenFile = "../testdata/golden/quality.txt"
	ownData    = "../testdata"
	sharedData = "../../shared/data" // real articles, beside the repository where they are there at all
	loadMaker  = "../../shared/load/gen.py"
)

// dataset is one set of articles with what is to be measured on it.
type dataset struct {
	name    string
	figures []figure
	load    func(t *testing.T, s dataset) *judged
}

// figure is one cell of the table of quality.
type figure struct {
	name string
	aim  string // ">=0.99", or "<=0.01" where less is better
	of   func(j *judged) float64
}

// judged is a set that was ingested and scored.
type judged struct {
	*evaluate.Result
	articles map[string]storage.Article // by the name that gold has for them
}

// share is how many were found of the pairs with one of the labels, or kinds.
func share(names ...string) func(j *judged) float64 {
	return func(j *judged) float64 {
		hits, of := 0, 0
		for _, k := range j.Kinds {
			if slices.Contains(names, k.Label) || k.Kind != "" && slices.Contains(names, k.Kind) {
				hits, of = hits+k.Hits, of+k.Of
			}
		}
		if of == 0 {
			return -1 // no figure meets an aim by having nothing to say
		}
		return float64(hits) / float64(of)
	}
}

func precision(j *judged) float64  { return j.Pairwise.Precision.Value }
func recall(j *judged) float64     { return j.Pairwise.Recall.Value }
func pairwiseF1(j *judged) float64 { return j.Pairwise.F1.Value }
func bcubedF1(j *judged) float64   { return j.BCubed.F1.Value }
func linksRight(j *judged) float64 { return j.Links.Share.Value }
func linksFound(j *judged) float64 { return float64(j.Links.Of) }
func falsePairs(j *judged) float64 {
	return sum(j.Merged, func(m evaluate.Merge) int { return m.Pairs })
}
func missedPairs(j *judged) float64 {
	return sum(j.Split, func(s evaluate.Split) int { return s.Pairs })
}

func sum[T any](list []T, of func(T) int) float64 {
	total := 0
	for _, v := range list {
		total += of(v)
	}
	return float64(total)
}

// planted are the figures of the sets with copies made on purpose.
func planted(kind, wrap, heavy, traps, right string) []figure {
	list := []figure{{"pairwise precision", right, precision}}
	for _, k := range []string{"exact", "byline", "retitle", "edit", "update", "trim"} {
		list = append(list, figure{k + " found", kind, share(k)})
	}
	return append(list,
		figure{"wrap found", wrap, share("wrap")},
		figure{"heavy found", heavy, share("heavy")},
		figure{"quote linked", traps, share("quote")},
		figure{"boiler linked", traps, share("boiler")},
		figure{"pairwise recall", "", recall},
		figure{"B-cubed F1", "", bcubedF1},
	)
}

// datasets are all sets, the slowest first.
func datasets() []dataset {
	list := []dataset{
		{"planted-en", planted(">=0.995", ">=0.98", ">=0.95", "<=0.002", ">=0.995"), shared},
		{"planted-multilingual", planted(">=0.985", ">=0.97", ">=0.94", "<=0.012", ">=0.985"), shared},
		{"scraped-local-news", []figure{
			{"links of one incident", ">=0.99", linksRight},
			{"links between outlets", "", linksFound},
			{"dup and partial found", ">=0.95", share("dup", "partial")},
			{"different linked", "<=0", share("different")},
			{"same event linked", "", share("same_event")},
		}, shared},
		{"event-coverage", []figure{
			{"dup found", ">=0.98", share("dup")},
			{"partial, contained, found", ">=0.95", share("contained")},
			{"partial found", ">=0.8", share("partial")},
			{"same event linked", "<=0.03", share("same_event")},
		}, shared},
		{"rewrites", []figure{
			{"dup found", ">=1", share("dup")},
			{"partial found", ">=1", share("partial")},
			{"rewrite found", ">=0.842", share("rewrite")},
			{"different linked", "<=0", share("different")},
		}, shared},
		{"aggregator-en", []figure{{"different linked", "<=0", share("different")}, {"same event linked", "", share("same_event")}}, shared},
		{"aggregator-ru", []figure{{"different linked", "<=0", share("different")}, {"same event linked", "", share("same_event")}}, shared},
		{"planted-small", []figure{{"dup found", ">=1", share("dup")}}, shared},
		{"testdata", []figure{
			{"pairwise precision", ">=1", precision},
			{"pairwise recall", ">=1", recall},
			{"false pairs", "<=0", falsePairs},
			{"missed pairs", "<=0", missedPairs},
		}, own},
	}
	for _, seed := range []int{9, 8, 7} {
		list = slices.Insert(list, 1, dataset{fmt.Sprintf("load-20000-%d", seed), []figure{
			{"pairwise F1", ">=0.999", pairwiseF1},
			{"pairwise precision", "", precision},
			{"B-cubed F1", "", bcubedF1},
		}, func(t *testing.T, s dataset) *judged { return generated(t, 20000, seed) }})
	}
	return list
}

// TestQuality measures every set and holds the figures to their floors. To see
// the table: go test ./evaluate -run Quality -v
func TestQuality(t *testing.T) {
	if testing.Short() {
		t.Skip("ingests all sets of data")
	}
	golden := readGolden(t)
	sets := datasets()
	values := make([]map[string]float64, len(sets))
	t.Run("sets", func(t *testing.T) {
		for i, s := range sets {
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				j := s.load(t, s)
				values[i] = map[string]float64{}
				for _, f := range s.figures {
					values[i][f.name] = f.of(j)
				}
				for _, p := range j.Wrong {
					t.Logf("wrong: %s %s %s %s", p.Label, p.Kind, p.A, p.B)
				}
				for _, m := range j.Merged {
					t.Logf("merged: %+v", m)
				}
				for _, s := range j.Split {
					t.Logf("split: %+v", s)
				}
			})
		}
	})
	for i, s := range sets {
		if values[i] == nil {
			continue // skipped, or failed already
		}
		for _, f := range s.figures {
			golden.check(t, s.name, f, values[i][f.name])
		}
	}
	t.Logf("\n%s", golden)
	if *update {
		golden.write(t)
	}
}

// shared measures a set of the shared data.
func shared(t *testing.T, s dataset) *judged {
	dir := filepath.Join(sharedData, s.name)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no real data beside the repository: %v", err)
	}
	found, articles := ingest(t, dir, filepath.Join(dir, "articles.jsonl.gz"))
	gold := evaluate.New()
	if f, err := os.Open(filepath.Join(dir, "clusters.tsv")); err == nil {
		defer f.Close()
		if err := gold.Read(f); err != nil {
			t.Fatal(err)
		}
	}
	// What is copied within one outlet is no syndication: on the pages as
	// scraped, only what goes from one outlet to another counts.
	twoOutlets := func(a, b string) bool { return articles[a].Outlet != articles[b].Outlet }
	if s.name == "scraped-local-news" {
		found.Links = slices.DeleteFunc(found.Links, func(l [2]string) bool { return !twoOutlets(l[0], l[1]) })
	}
	for _, row := range rows(t, filepath.Join(dir, "pairs.tsv")) {
		p := evaluate.Pair{A: row["id1"], B: row["id2"], Label: row["label"], Kind: row["kind"]}
		if s.name == "scraped-local-news" && !p.Apart() && !twoOutlets(p.A, p.B) {
			continue
		}
		if c, err := strconv.ParseFloat(row["containment5"], 64); err == nil && c >= 0.5 && p.Label == "partial" {
			p.Kind = "contained"
		}
		if err := gold.AddPair(p); err != nil {
			t.Fatal(err)
		}
	}
	return &judged{evaluate.Score(gold, found, evaluate.Options{Worst: 100}), articles}
}

// own measures the project's own articles.
func own(t *testing.T, s dataset) *judged {
	found, articles := ingest(t, ownData, filepath.Join(ownData, "articles"), filepath.Join(ownData, "pages"))
	gold := evaluate.New()
	f, err := os.Open(filepath.Join(ownData, "gold.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := gold.Read(f); err != nil {
		t.Fatal(err)
	}
	r := evaluate.Score(gold, found, evaluate.Options{Worst: 1000})
	if r.Missing > 0 {
		t.Errorf("%d articles of gold.tsv are not stored", r.Missing)
	}
	return &judged{r, articles}
}

// generated measures a load made for the purpose.
func generated(t *testing.T, n, seed int) *judged {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 to make the load with")
	}
	if _, err := os.Stat(loadMaker); err != nil {
		t.Skipf("no maker of loads beside the repository: %v", err)
	}
	prefix := filepath.Join(t.TempDir(), "load")
	if out, err := exec.Command(python, loadMaker, strconv.Itoa(n), prefix, strconv.Itoa(seed)).CombinedOutput(); err != nil {
		t.Fatalf("make load: %v\n%s", err, out)
	}
	found, articles := ingest(t, "", prefix+".jsonl")
	truth, err := os.ReadFile(prefix + ".truth.tsv")
	if err != nil {
		t.Fatal(err)
	}
	gold := evaluate.New()
	if err := gold.Read(strings.NewReader("id\tcluster\tkind\n" + string(truth))); err != nil {
		t.Fatal(err)
	}
	return &judged{evaluate.Score(gold, found, evaluate.Options{Worst: 10}), articles}
}

// ingest puts files into a new database with the default options and returns
// the clusters and links. An article without an id of its own is called by its path below root.
func ingest(t *testing.T, root string, paths ...string) (*evaluate.Found, map[string]storage.Article) {
	t.Helper()
	ctx := t.Context()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	store, err := storage.Open(ctx, filepath.Join(t.TempDir(), "quality.db"), storage.Options{})
	check(err)
	defer store.Close()
	opt := detect.DefaultOptions()
	opt.Metric, err = similarity.HeadlineMetric("sorensen-dice")
	check(err)
	opt.Outlets, err = article.NewOutlets(nil)
	check(err)
	opt.Agencies = text.DefaultAgencies()
	// The day does not matter, but that it is one day: later dates are not believed.
	now := func() time.Time { return time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC) }
	engine, err := detect.New(ctx, store, opt, slog.New(slog.NewTextHandler(io.Discard, nil)), now)
	check(err)
	in := source.Options{FirstSeen: now()}
	names := pageNames(t, root, opt.Outlets, in, paths)
	sum, err := engine.Ingest(ctx, "quality", "", source.Read(ctx, paths, nil, in), in)
	check(err)
	if sum.Rejected > 0 {
		t.Errorf("%d records rejected", sum.Rejected)
	}
	t.Logf("%d articles in %d clusters, %d compared, %d linked", sum.New, sum.Made, sum.Compared, sum.Linked)
	return stored(t, ctx, store, names)
}

// pageNames returns the paths of articles that have no id.
func pageNames(t *testing.T, root string, outlets *article.Outlets, in source.Options, paths []string) map[article.Key]string {
	names := map[article.Key]string{}
	if root == "" {
		return names
	}
	decoder, err := source.NewDecoder(in)
	if err != nil {
		t.Fatal(err)
	}
	for raw, reject := range source.Read(t.Context(), paths, nil, in) {
		if reject != nil {
			continue // counted by ingest
		}
		a, reject := raw.Decode(decoder)
		if a.ID != "" || reject != nil && !reject.Kept {
			continue
		}
		a.Outlet = outlets.Name(a.Outlet, a.URL)
		path, err := filepath.Rel(root, raw.Origin.Path)
		if err != nil {
			t.Fatal(err)
		}
		names[a.Key()] = filepath.ToSlash(path)
	}
	return names
}

func stored(t *testing.T, ctx context.Context, store *storage.Store, names map[article.Key]string) (*evaluate.Found, map[string]storage.Article) {
	view, err := store.View(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	found := &evaluate.Found{Cluster: map[string]string{}}
	articles := map[string]storage.Article{}
	bySeq := map[int64]string{}
	for a, err := range view.Articles(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		name, ok := names[a.Key]
		if !ok {
			name = a.Name()
		}
		articles[name], bySeq[a.Seq] = a, name
		found.Cluster[name] = ""
		if a.Cluster > 0 {
			found.Cluster[name] = strconv.FormatInt(a.Cluster, 10)
		}
	}
	for p, err := range view.Links(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		found.Links = append(found.Links, [2]string{bySeq[p.A], bySeq[p.B]})
	}
	return found, articles
}

// rows reads a table with a header.
func rows(t *testing.T, path string) (list []map[string]string) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes = '\t', true
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatalf("read %s: %v", path, err)
	}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		list = append(list, row)
	}
	return list
}
