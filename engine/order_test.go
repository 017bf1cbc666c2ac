package engine_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/engine"
	"dedupe/similarity"
	"dedupe/source"
	"dedupe/storage"
	"dedupe/text"
)

// manner is a way in which the same articles may come in. The zero value is all
// of them at once, in the order of the files.
type manner struct {
	name    string
	shuffle uint64 // seed; 0: not shuffled
	reverse bool
	runs    int // 0: one
	batch   int // 0: the default
	workers int
	window  time.Duration // 0: unlimited
}

// TestOrder holds that clusters, their representatives included, are a function
// of the articles: the order of arrival, the number of runs, the size of batches
// and the number of workers change nothing.
func TestOrder(t *testing.T) {
	manners := []manner{
		{name: "one worker", workers: 1},
		{name: "eight workers", workers: 8},
		{name: "small batches", batch: 7},
		{name: "one by one", batch: 1, workers: 1},
		{name: "ten runs", runs: 10},
		{name: "reversed", reverse: true},
		{name: "reversed in small batches", reverse: true, batch: 11},
		{name: "shuffled", shuffle: 1},
		{name: "shuffled in small batches", shuffle: 2, batch: 13, workers: 8},
		{name: "shuffled in ten runs", shuffle: 3, runs: 10, batch: 50},
		{name: "shuffled in runs of a few", shuffle: 4, runs: 25, workers: 1},
	}
	for _, set := range []struct {
		name  string
		limit int // records
		long  bool
		paths []string
	}{
		{"testdata", 1000, false, []string{
			"../testdata/articles/2026-03-week-1.jsonl", "../testdata/articles/2026-03-week-2.jsonl",
			"../testdata/articles/daily-group.jsonl", "../testdata/articles/languages.jsonl.gz",
		}},
		{"planted-en", 500, true, []string{"../../shared/data/planted-en/articles.jsonl.gz"}},
		{"scraped-local-news", 1000, true, []string{"../../shared/data/scraped-local-news/articles.jsonl.gz"}},
	} {
		t.Run(set.name, func(t *testing.T) {
			if set.long && testing.Short() {
				t.Skip("takes seconds")
			}
			lines := readLines(t, set.limit, set.paths)
			want := groups(t, lines, manner{})
			for _, m := range manners {
				t.Run(m.name, func(t *testing.T) {
					if len(lines) > 100 && m.batch == 1 {
						t.Skip("a transaction an article takes long")
					}
					t.Parallel()
					if diff := cmp.Diff(want, groups(t, lines, m)); diff != "" {
						t.Errorf("(-want +got):\n%s", diff)
					}
				})
			}
		})
	}
}

// readLines returns the first records of JSONL files, some of them compressed.
func readLines(t *testing.T, limit int, paths []string) (lines []string) {
	for _, path := range paths {
		file, err := os.Open(path)
		if os.IsNotExist(err) {
			t.Skipf("%s is not on this machine", path)
		}
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		var r io.Reader = file
		if strings.HasSuffix(path, ".gz") {
			if r, err = gzip.NewReader(file); err != nil {
				t.Fatal(err)
			}
		}
		scanner := bufio.NewScanner(r)
		scanner.Buffer(nil, 16<<20)
		for len(lines) < limit && scanner.Scan() {
			if line := strings.TrimSpace(scanner.Text()); line != "" {
				lines = append(lines, line)
			}
		}
		if err := scanner.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return lines
}

// groups takes lines in, in the given manner, and returns the clusters.
func groups(t *testing.T, lines []string, m manner) []string {
	lines = slices.Clone(lines)
	if m.shuffle != 0 {
		rand.New(rand.NewPCG(m.shuffle, 0)).Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	}
	if m.reverse {
		slices.Reverse(lines)
	}
	folder := t.TempDir()
	ctx := context.WithoutCancel(t.Context())
	store, err := storage.Open(ctx, filepath.Join(folder, "a.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	runs := max(1, m.runs)
	for i := range runs {
		part := lines[i*len(lines)/runs : (i+1)*len(lines)/runs]
		path := filepath.Join(folder, fmt.Sprintf("%d.jsonl", i))
		if err := os.WriteFile(path, []byte(strings.Join(part, "\n")), 0o666); err != nil {
			t.Fatal(err)
		}
		take(t, store, path, m)
	}
	view, err := store.View(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	return told(t, ctx, view)
}

// take is one run over one file.
func take(t *testing.T, store *storage.Store, path string, m manner) {
	ctx := context.WithoutCancel(t.Context())
	opt := engine.DefaultOptions()
	opt.Agencies = text.DefaultAgencies()
	opt.Workers, opt.Window = m.workers, m.window
	if m.batch > 0 {
		opt.Batch = m.batch
	}
	var err error
	if opt.Metric, err = similarity.NormalMetric("sorensen-dice"); err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Date(2026, 3, 20, 6, 0, 0, 0, time.UTC) }
	eng, err := engine.New(ctx, store, opt, slog.New(slog.DiscardHandler), now)
	if err != nil {
		t.Fatal(err)
	}
	in := source.Options{FirstSeen: now()}
	if _, err := eng.Ingest(ctx, "test", "", source.Read(ctx, []string{path}, nil, in), in); err != nil {
		t.Fatal(err)
	}
}

// told returns the members of each cluster, the representative with a star,
// without numbers of arrival.
func told(t testing.TB, ctx context.Context, view *storage.View) (clusters []string) {
	members := map[int64][]string{}
	for a, err := range view.Articles(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		if a.Cluster == 0 {
			continue
		}
		name := a.Outlet + ":" + a.Name()
		if a.Representative {
			name += "*"
		}
		members[a.Cluster] = append(members[a.Cluster], name)
	}
	for _, list := range members {
		slices.Sort(list)
		clusters = append(clusters, strings.Join(list, " "))
	}
	slices.Sort(clusters)
	return clusters
}
