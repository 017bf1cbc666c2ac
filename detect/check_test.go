package detect_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dedupe/article"
	"dedupe/detect"
	"dedupe/similarity"
	"dedupe/source"
	"dedupe/storage"
	"dedupe/text"
)

// TestCheckForesees takes single articles out of testdata, checks them against
// the rest, then takes them in: an article gets into a cluster just when copies of
// it were found, and into that of one of them.
func TestCheckForesees(t *testing.T) {
	ctx := context.Background()
	lines := readLines(t, 1000, []string{
		"../testdata/articles/2026-03-week-1.jsonl", "../testdata/articles/2026-03-week-2.jsonl",
		"../testdata/articles/daily-group.jsonl", "../testdata/articles/languages.jsonl.gz",
	})
	opt := detect.DefaultOptions()
	opt.Agencies = text.DefaultAgencies()
	var err error
	if opt.Metric, err = similarity.HeadlineMetric("sorensen-dice"); err != nil {
		t.Fatal(err)
	}
	clustered := 0
	for i := 0; i < len(lines); i += 4 {
		folder := t.TempDir()
		store, err := storage.Open(ctx, filepath.Join(folder, "a.db"), storage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		rest, one := filepath.Join(folder, "rest.jsonl"), filepath.Join(folder, "one.jsonl")
		for path, content := range map[string]string{
			rest: strings.Join(slices.Concat(lines[:i], lines[i+1:]), "\n"), one: lines[i],
		} {
			if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		take(t, store, rest, manner{})

		engine, err := detect.New(ctx, store, opt, slog.New(slog.DiscardHandler), time.Now)
		if err != nil {
			t.Fatal(err)
		}
		a := decode(t, one)
		found, err := engine.Check(ctx, a)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := engine.Check(ctx, a); err != nil || len(again.Copies) != len(found.Copies) {
			t.Errorf("%s: checked again: %d copies, %v; want %d", a.ID, len(again.Copies), err, len(found.Copies))
		}
		if found.Known != 0 {
			continue // delivered twice
		}
		take(t, store, one, manner{})
		clustered += foreseen(t, ctx, store, a, found)
	}
	if clustered == 0 {
		t.Error("no article got into a cluster")
	}
}

// foreseen returns 1 for an article that got into a cluster.
func foreseen(t *testing.T, ctx context.Context, store *storage.Store, a *article.Article, found detect.Sighted) int {
	view, err := store.View(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	stored, err := view.Find(ctx, a.Outlet+":"+a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if (stored.Cluster != 0) != (len(found.Copies) > 0) {
		t.Errorf("%s: %d copies were found, and it is in cluster %d", a.ID, len(found.Copies), stored.Cluster)
	}
	if stored.Cluster == 0 {
		return 0
	}
	for _, p := range found.Copies {
		other, err := view.Article(ctx, int64(p.A))
		if err != nil {
			t.Fatal(err)
		}
		if other.Cluster == stored.Cluster {
			return 1
		}
	}
	t.Errorf("%s: it is in cluster %d with none of the copies found", a.ID, stored.Cluster)
	return 1
}

func decode(t *testing.T, path string) *article.Article {
	decoder, err := source.NewDecoder(source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for raw, reject := range source.Read(t.Context(), []string{path}, nil, source.Options{}) {
		if reject != nil {
			t.Fatal(reject)
		}
		a, reject := raw.Decode(decoder)
		if reject != nil {
			t.Fatal(reject)
		}
		return &a
	}
	t.Fatalf("%s is empty", path)
	return nil
}

// TestCheckSeesLaterOnes: copies that appeared after the text, by an hour or by weeks, are
// found as those before it are.
func TestCheckSeesLaterOnes(t *testing.T) {
	for i, days := range []int{-39, -5, -1, 0, 0, 0, 0, 1, 5, 6, 20, 39, 44} {
		at := 37 * i // steps of the window begin anywhere
		stored := record{"stored", "one.example", "Harbour bridge closed after storm", hour(at + 24*days + 1), prose(1, 120)}
		engine := newDesk(t, jsonl(t, stored)).engine(func(o *detect.Options) { o.Window = 45 * 24 * time.Hour })
		got, err := engine.Check(t.Context(), &article.Article{ID: "new", Outlet: "two.example", Headline: stored.Title, Published: hour(at), Body: stored.Body})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Copies) != 1 {
			t.Errorf("stored %d days later: %d copies, want 1", days, len(got.Copies))
		}
	}
}
