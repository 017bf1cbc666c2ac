package detect_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dedupe/detect"
	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/text"
)

// TestCompareAgreesWithRuns compares every two articles of testdata and holds
// what Compare says to what a run has stored: the same verdict where there is
// one, and where there is none, that they were no candidates or not worth keeping.
func TestCompareAgreesWithRuns(t *testing.T) {
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

	view, err := store.View(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	stored := map[[2]uint32]similarity.Kind{}
	bodies := map[uint32]string{}
	for a, err := range view.Texts(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		bodies[uint32(a.Seq)] = a.Body
		pairs, err := store.PairsWith(ctx, uint32(a.Seq))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pairs {
			stored[[2]uint32{p.A, p.B}] = p.Verdict.Kind
		}
	}
	if len(stored) == 0 {
		t.Fatal("the run stored no pair")
	}

	opt := detect.DefaultOptions()
	opt.Agencies = text.DefaultAgencies()
	if opt.Metric, err = similarity.HeadlineMetric("sorensen-dice"); err != nil {
		t.Fatal(err)
	}
	engine, err := detect.New(ctx, store, opt, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for a := uint32(1); int(a) <= len(bodies); a++ {
		for b := a + 1; int(b) <= len(bodies); b++ {
			c, err := engine.Compare(ctx, b, a)
			if err != nil {
				t.Fatal(err)
			}
			kind, is := stored[[2]uint32{c.A, c.B}]
			if is {
				found++
			}
			worth := c.Verdict.Linked() || c.Verdict.Evidence.Containment() >= 0.2 || c.Verdict.Evidence.Order >= 0.2
			switch {
			case is && (c.Verdict.Kind != kind || c.Candidacy.Outcome != detect.Compared):
				t.Errorf("%d and %d: Compare says %v, candidacy %+v; stored is %v", c.A, c.B, c.Verdict.Kind, c.Candidacy, kind)
			case !is && worth && c.Candidacy.Outcome == detect.Compared:
				t.Errorf("%d and %d: Compare says %v and that they were compared; nothing is stored", c.A, c.B, c.Verdict.Kind)
			}
			for _, p := range c.Passages {
				inA, inB := bodies[c.A][p.A.Start:p.A.End], bodies[c.B][p.B.Start:p.B.End]
				if !sameWords(inA, inB) {
					t.Errorf("%d and %d share %q and %q", c.A, c.B, inA, inB)
				}
			}
		}
	}
	if found != len(stored) {
		t.Errorf("met %d of %d stored pairs", found, len(stored))
	}
}

func sameWords(a, b string) bool {
	wa, wb := text.Words(nil, a), text.Words(nil, b)
	if len(wa) != len(wb) {
		return false
	}
	for i := range wa {
		if wa[i].Hash != wb[i].Hash {
			return false
		}
	}
	return true
}

func TestCompareRefuses(t *testing.T) {
	ctx := context.Background()
	store, err := storage.Open(ctx, filepath.Join(t.TempDir(), "a.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	engine, err := detect.New(ctx, store, detect.DefaultOptions(), slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	for _, pair := range [][2]uint32{{0, 0}, {0, 1}, {1, 2}, {1 << 31, 1}} {
		if _, err := engine.Compare(ctx, pair[0], pair[1]); err == nil {
			t.Errorf("Compare(%d, %d) of an empty database: no error", pair[0], pair[1])
		}
	}
}
