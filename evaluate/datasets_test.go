package evaluate_test

import (
	"context"
	"encoding/csv"
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
	"dedupe/engine"
	"dedupe/evaluate"
	"dedupe/source"
	"dedupe/storage"
)

// shared measures a set of the shared data.
func shared(t *testing.T, s dataset) *judged {
	dir := filepath.Join(sharedData, s.name)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no real data beside the repository: %v", err)
	}
	in := ingest(t, dir, filepath.Join(dir, "articles.jsonl.gz"))
	return in.judge(sharedGold(t, s.name, in.found, in.articles), 40)
}

// sharedGold reads the truth about a set of the shared data, and leaves out of
// what was found the links that it says nothing of.
func sharedGold(t *testing.T, set string, found *evaluate.Found, articles map[string]storage.Article) *evaluate.Gold {
	dir := filepath.Join(sharedData, set)
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
	if set == "scraped-local-news" {
		found.Links = slices.DeleteFunc(found.Links, func(l [2]string) bool { return !twoOutlets(l[0], l[1]) })
	}
	for _, row := range rows(t, filepath.Join(dir, "pairs.tsv")) {
		p := evaluate.Pair{A: row["id1"], B: row["id2"], Label: row["label"], Kind: row["kind"]}
		if set == "scraped-local-news" && !p.Apart() && !twoOutlets(p.A, p.B) {
			continue
		}
		if c, err := strconv.ParseFloat(row["containment5"], 64); err == nil && c >= 0.5 && p.Label == "partial" {
			p.Kind = "contained"
		}
		if err := gold.AddPair(p); err != nil {
			t.Fatal(err)
		}
	}
	return gold
}

// own measures the project's own articles.
func own(t *testing.T, s dataset) *judged {
	in := ingest(t, ownData, filepath.Join(ownData, "articles"), filepath.Join(ownData, "pages"))
	gold := evaluate.New()
	f, err := os.Open(filepath.Join(ownData, "gold.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := gold.Read(f); err != nil {
		t.Fatal(err)
	}
	j := in.judge(gold, 1000)
	if j.Missing > 0 {
		t.Errorf("%d articles of gold.tsv are not stored", j.Missing)
	}
	return j
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
	in := ingest(t, "", prefix+".jsonl")
	truth, err := os.ReadFile(prefix + ".truth.tsv")
	if err != nil {
		t.Fatal(err)
	}
	gold := evaluate.New()
	if err := gold.Read(strings.NewReader("id\tcluster\tkind\n" + string(truth))); err != nil {
		t.Fatal(err)
	}
	return in.judge(gold, 10)
}

// taken is what became of the articles of a set.
type taken struct {
	found    *evaluate.Found
	articles map[string]storage.Article // by name
	kinds    map[[2]string]string       // of the links
	sum      engine.Summary
	copies   map[[2]string]bool // by brute force: whether the engine has them
}

// ingest is take with a million pairs by brute force.
func ingest(t *testing.T, root string, paths ...string) *taken {
	t.Helper()
	return take(t, root, 1_000_000, paths...)
}

// take puts files into a new database with the default settings, and compares so many
// pairs by brute force. An article without an id of its own is called by its path below root.
func take(t *testing.T, root string, brute int, paths ...string) *taken {
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
	opt := engine.DefaultOptions()
	eng, err := engine.New(ctx, store, opt, slog.New(slog.NewTextHandler(io.Discard, nil)), now)
	check(err)
	in := source.Options{FirstSeen: now()}
	names := pageNames(t, root, opt.Outlets, in, paths)
	sum, err := eng.Ingest(ctx, "quality", "", source.Read(ctx, paths, nil, in), in)
	check(err)
	if sum.Rejected > 0 {
		t.Errorf("%d records rejected", sum.Rejected)
	}
	t.Logf("%d articles in %d clusters, %d compared, %d linked", sum.New, sum.Made, sum.Compared, sum.Linked)
	all := &taken{sum: sum}
	all.found, all.articles, all.kinds = stored(t, ctx, store, names)
	if brute > 0 {
		all.copies = bruteForce(t, store, opt, all.found, all.articles, brute)
	}
	return all
}

// now is the day of all measurements. Which does not matter, but that it is one:
// later dates are not believed.
func now() time.Time { return time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC) }

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

// stored returns clusters and links, the articles by name, and the kinds of the links.
func stored(t *testing.T, ctx context.Context, store *storage.Store, names map[article.Key]string) (*evaluate.Found, map[string]storage.Article, map[[2]string]string) {
	view, err := store.View(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	found := &evaluate.Found{Cluster: map[string]string{}}
	articles, kinds := map[string]storage.Article{}, map[[2]string]string{}
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
		link := [2]string{bySeq[p.A], bySeq[p.B]}
		found.Links, kinds[link] = append(found.Links, link), p.Kind.String()
	}
	return found, articles, kinds
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
