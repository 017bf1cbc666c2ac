package detect_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
	"dedupe/detect"
	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/text"
)

// TestVisitorIsJudgedAsStored lets stored articles of testdata come as visitors
// as well: what Compare says of them and any other is what it says of the stored
// ones, and when they have left, all is as before.
func TestVisitorIsJudgedAsStored(t *testing.T) {
	ctx := context.Background()
	folder := t.TempDir()
	lines := readLines(t, 1000, []string{
		"../testdata/articles/2026-03-week-1.jsonl", "../testdata/articles/2026-03-week-2.jsonl",
		"../testdata/articles/daily-group.jsonl", "../testdata/articles/languages.jsonl.gz",
	})
	path := filepath.Join(folder, "a.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o666); err != nil {
		t.Fatal(err)
	}
	store, err := storage.Open(ctx, filepath.Join(folder, "a.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	take(t, store, path, manner{})
	opt := detect.DefaultOptions()
	opt.Agencies = text.DefaultAgencies()
	if opt.Metric, err = similarity.HeadlineMetric("sorensen-dice"); err != nil {
		t.Fatal(err)
	}
	engine, err := detect.New(ctx, store, opt, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	view, err := store.View(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	var all []storage.ArticleText
	for a, err := range view.Texts(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, a)
	}
	visitor := func(a *storage.ArticleText) *article.Article {
		return &article.Article{ID: a.External, Outlet: a.Outlet, URL: a.URL, Headline: a.Headline, Byline: a.Byline,
			Published: a.Published, Language: a.Language, Body: a.Body}
	}
	linked := 0
	for i := 0; i < len(all); i += 5 {
		for j := range all {
			if i == j {
				continue
			}
			a, b := uint32(all[i].Seq), uint32(all[j].Seq)
			want, err := engine.Compare(ctx, a, b)
			if err != nil {
				t.Fatal(err)
			}
			first, leave, err := engine.Visit(ctx, visitor(&all[i]), visitor(&all[j]))
			if err != nil {
				t.Fatal(err)
			}
			got, err := engine.Compare(ctx, first, first+1)
			if err != nil {
				t.Fatal(err)
			}
			leave()
			back := map[uint32]uint32{first: a, first + 1: b}
			got.A, got.B = back[got.A], back[got.B]
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%s and %s (-stored +visitors):\n%s", all[i].Name(), all[j].Name(), diff)
			}
			if got.Verdict.Linked() {
				linked++
			}
		}
	}
	if linked == 0 {
		t.Error("no two of them are copies")
	}
	if _, err := engine.Compare(ctx, uint32(len(all)+1), 1); err == nil {
		t.Error("a visitor that has left can be compared")
	}
}

// TestVisitorsOfAnUnseenOutlet: two visitors of one outlet that nothing is stored of are
// versions of one article, as they are when they are stored; of two outlets they are not.
func TestVisitorsOfAnUnseenOutlet(t *testing.T) {
	engine := emptyDesk(t).engine(nil)
	visitor := func(id, outlet string) *article.Article {
		return &article.Article{ID: id, Outlet: outlet, Headline: "Harbour bridge closed after storm", Body: prose(1, 120)}
	}
	for outlet, want := range map[string]similarity.Kind{"one.example": similarity.Revision, "two.example": similarity.Identical, "": similarity.Identical} {
		first, leave, err := engine.Visit(t.Context(), visitor("1", "one.example"), visitor("2", outlet), visitor("3", outlet))
		if err != nil {
			t.Fatal(err)
		}
		got, err := engine.Compare(t.Context(), first, first+1)
		if err != nil {
			t.Fatal(err)
		}
		if got.Verdict.Kind != want {
			t.Errorf("of one.example and %q: %v, want %v", outlet, got.Verdict.Kind, want)
		}
		leave()
	}
}
