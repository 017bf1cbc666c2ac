package engine_test

import (
	"context"
	"errors"
	"iter"
	"log/slog"
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

// attempt is one run over a file that may fail. records, if not nil, stands
// between the file and the engine.
func attempt(ctx context.Context, t *testing.T, store *storage.Store, path string, batch int, records func(engine.Records) engine.Records) error {
	t.Helper()
	opt := engine.DefaultOptions()
	opt.Agencies = text.DefaultAgencies()
	opt.Batch = batch
	var err error
	if opt.Metric, err = similarity.NormalMetric("sorensen-dice"); err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Date(2026, 3, 20, 6, 0, 0, 0, time.UTC) }
	eng, err := engine.New(context.WithoutCancel(ctx), store, opt, slog.New(slog.DiscardHandler), now)
	if err != nil {
		t.Fatal(err)
	}
	in := source.Options{FirstSeen: now()}
	var all engine.Records = source.Read(ctx, []string{path}, nil, in)
	if records != nil {
		all = records(all)
	}
	_, err = eng.Ingest(ctx, "test", "", all, in)
	return err
}

func write(t *testing.T, lines []string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "in.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestFullDisk holds that a run which the store refuses to go on with leaves a
// whole database, wherever it stops, and that the next run finishes the work.
func TestFullDisk(t *testing.T) {
	lines := slices.Concat(readLines(t, 1000, fortnight), gated(t))
	path := write(t, lines)
	want := content(t, stored(t, lines, manner{}))
	failed := 0
	for pages := 24; pages <= 80; pages += 3 {
		file := filepath.Join(t.TempDir(), "a.db")
		full, err := storage.Open(t.Context(), file, storage.Options{MaxPages: pages})
		if err != nil {
			continue // not even the schema
		}
		err = attempt(t.Context(), t, full, path, 5, nil)
		if err != nil {
			failed++
			if !errors.Is(err, storage.ErrFull) {
				t.Errorf("%d pages: %v, want %v", pages, err, storage.ErrFull)
			}
		}
		whole(t, full)
		if err := full.Close(); err != nil {
			t.Errorf("%d pages: %v", pages, err)
		}
		store := openStore(t, file, storage.Options{})
		whole(t, store)
		if err := attempt(t.Context(), t, store, path, 50, nil); err != nil {
			t.Fatalf("%d pages, the next run: %v", pages, err)
		}
		whole(t, store)
		if diff := cmp.Diff(want, content(t, store)); diff != "" {
			t.Errorf("%d pages (-in one run +after a full disk):\n%s", pages, diff)
		}
	}
	if failed < 3 {
		t.Errorf("only %d runs failed", failed)
	}
}

// TestCancel holds the same of a run that is told to stop.
func TestCancel(t *testing.T) {
	lines := slices.Concat(readLines(t, 1000, fortnight), gated(t))
	path := write(t, lines)
	want := content(t, stored(t, lines, manner{}))
	for after := 0; after <= len(lines); after += 7 {
		store := openStore(t, filepath.Join(t.TempDir(), "a.db"), storage.Options{})
		ctx, cancel := context.WithCancel(t.Context())
		err := attempt(ctx, t, store, path, 4, func(all engine.Records) engine.Records { return endAfter(all, after, cancel) })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("after %d records: error %v", after, err)
		}
		cancel()
		whole(t, store)
		if err := attempt(t.Context(), t, store, path, 50, nil); err != nil {
			t.Fatalf("after %d records, the next run: %v", after, err)
		}
		whole(t, store)
		if diff := cmp.Diff(want, content(t, store)); diff != "" {
			t.Errorf("after %d records (-in one run +after stopping):\n%s", after, diff)
		}
	}
}

// endAfter hands on some records and then calls end.
func endAfter(all iter.Seq2[source.Raw, *source.Reject], n int, end func()) engine.Records {
	return func(yield func(source.Raw, *source.Reject) bool) {
		left := n
		for raw, reject := range all {
			if left == 0 {
				end()
			}
			left--
			if !yield(raw, reject) {
				return
			}
		}
		end()
	}
}
