package explain_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dedupe/engine"
	"dedupe/similarity"
	"dedupe/source"
	"dedupe/storage"
	"dedupe/text"
)

// desk is a database that is asked.
type desk struct {
	testing.TB
	store *storage.Store
}

func newDesk(t testing.TB, lines ...string) *desk {
	d := &desk{TB: t}
	var err error
	if d.store, err = storage.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), storage.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.store.Close(); err != nil {
			t.Error(err)
		}
	})
	d.take(lines...)
	return d
}

// take takes lines in, in a run of its own.
func (d *desk) take(lines ...string) {
	d.Helper()
	in := source.Options{FirstSeen: now()}
	ctx := context.WithoutCancel(d.Context())
	read := source.Read(ctx, []string{"-"}, strings.NewReader(strings.Join(lines, "\n")), in)
	if _, err := d.engine(nil).Ingest(ctx, "test", "", read, in); err != nil {
		d.Fatal(err)
	}
}

func now() time.Time { return time.Date(2026, 3, 21, 6, 0, 0, 0, time.UTC) }

// engine returns one that knows what is stored now.
func (d *desk) engine(change func(*engine.Options)) *engine.Engine {
	d.Helper()
	opt := engine.DefaultOptions()
	opt.Agencies = text.DefaultAgencies()
	var err error
	if opt.Metric, err = similarity.NormalMetric("sorensen-dice"); err != nil {
		d.Fatal(err)
	}
	if change != nil {
		change(&opt)
	}
	e, err := engine.New(d.Context(), d.store, opt, slog.New(slog.DiscardHandler), now)
	if err != nil {
		d.Fatal(err)
	}
	return e
}

// view returns what is stored now.
func (d *desk) view() *storage.View {
	d.Helper()
	v, err := d.store.View(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	d.Cleanup(func() { v.Close() })
	return v
}

// testdata returns the articles of testdata, a line each.
func testdata(t testing.TB) (lines []string) {
	for _, name := range []string{"2026-03-week-1.jsonl", "2026-03-week-2.jsonl", "daily-group.jsonl", "languages.jsonl.gz"} {
		file, err := os.Open("../testdata/articles/" + name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		var r io.Reader = file
		if strings.HasSuffix(name, ".gz") {
			if r, err = gzip.NewReader(file); err != nil {
				t.Fatal(err)
			}
		}
		scanner := bufio.NewScanner(r)
		scanner.Buffer(nil, 16<<20)
		for scanner.Scan() {
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

// prose returns n invented words, other ones for each number.
func prose(number, n int) string {
	r := rand.New(rand.NewPCG(uint64(number), 0))
	words := make([]string, n)
	for i := range words {
		for range 2 + r.IntN(3) {
			words[i] += string("bdfgklmnprstvz"[r.IntN(14)]) + string("aeiou"[r.IntN(5)])
		}
	}
	return strings.Join(words, " ")
}
