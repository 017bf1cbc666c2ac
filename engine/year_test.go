package engine_test

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"dedupe/engine"
	"dedupe/plot"
	"dedupe/source"
	"dedupe/storage"
)

var (
	yearArticles = flag.Int("year.articles", 12, "articles a day of TestYear")
	yearPlot     = flag.String("year.plot", "", "the SVG `file` that TestYear draws")
)

// TestYear runs once a day for a year, each time as a process of its own would, and prunes: the size of
// the file, what is read and compared, and the memory are in the last tenth of the runs at most a tenth
// above those in the second. By the clock nothing is asserted, for others use the machine too.
func TestYear(t *testing.T) {
	days := 365
	if testing.Short() || racing() {
		days = 120
	}
	path := filepath.Join(t.TempDir(), "a.db")
	in := filepath.Join(t.TempDir(), "in.jsonl")
	ctx := context.WithoutCancel(t.Context())
	figures := map[string][]float64{}
	note := func(what string, x float64) { figures[what] = append(figures[what], x) }
	for day := range days {
		now := time.Date(2026, 1, 1, 20, 0, 0, 0, time.UTC).AddDate(0, 0, day)
		var list []record
		for i := range *yearArticles {
			story := day**yearArticles + i - i%3 // each is carried by three outlets
			body := prose(story, 120) + ".\n\n" + prose(5000000+story+i%3, 10)
			if i%4 == 0 {
				body += ".\n\n" + masthead
			}
			list = append(list, record{fmt.Sprintf("a%d-%d", day, i), fmt.Sprintf("outlet%d.example", i%7), strings.Join(strings.Fields(prose(story, 20))[2:8], " "),
				now.Add(time.Duration(i-20) * time.Minute).Format(time.RFC3339), body})
		}
		if err := os.WriteFile(in, []byte(strings.Join(jsonl(t, list...), "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		store, err := storage.Open(ctx, path, storage.Options{Compress: true})
		if err != nil {
			t.Fatal(err)
		}
		run := func() *engine.Engine {
			opt := engine.DefaultOptions()
			opt.Window = 10 * 24 * time.Hour
			e, err := engine.New(ctx, store, opt, slog.New(slog.DiscardHandler), func() time.Time { return now })
			if err != nil {
				t.Fatal(err)
			}
			return e
		}
		e := run()
		read := source.Options{FirstSeen: now}
		sum, err := e.Ingest(ctx, "run", "", source.Read(ctx, []string{in}, nil, read), read)
		if err != nil || sum.New != *yearArticles {
			t.Fatalf("day %d: %+v (%v)", day, sum, err)
		}
		age := func(days int) time.Time { return now.AddDate(0, 0, -days) }
		if _, err := run().Prune(ctx, "", engine.Prune{Index: age(15), Pairs: age(20), Texts: age(20), Articles: age(25)}); err != nil {
			t.Fatal(err)
		}
		var memory runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&memory)
		note("memory", float64(memory.HeapAlloc))
		runtime.KeepAlive(e)
		counters, err := store.Rows(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if day == days-1 {
			sound(t, store)
		}
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
		note("time", float64(time.Since(began).Milliseconds()))
		note("rows", float64(counters))
		note("compared", float64(sum.Compared))
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		note("size", float64(info.Size()))
	}
	tenth := days / 10
	mean := func(list []float64) (sum float64) {
		for _, x := range list {
			sum += x / float64(len(list))
		}
		return sum
	}
	for what, list := range figures {
		second, last := mean(list[tenth:2*tenth]), mean(list[days-tenth:])
		if testing.Short() || racing() { // the second tenth is not steady yet
			second = mean(list[4*tenth : 5*tenth])
		}
		t.Logf("%-8s second tenth %.0f, last tenth %.0f: %.3f", what, second, last, last/second)
		if last > 1.1*second && what != "time" {
			t.Errorf("%s grows: %.0f in the second tenth of the runs, %.0f in the last", what, second, last)
		}
	}
	if *yearPlot != "" {
		drawYear(t, figures, *yearPlot)
	}
}

// drawYear draws each figure as a share of its greatest.
func drawYear(t *testing.T, figures map[string][]float64, path string) {
	c := plot.Chart{Title: "a year of daily runs with retention", X: "of the year", Y: "of the greatest"}
	for _, what := range []string{"size", "rows", "memory", "time"} {
		most := 0.0
		for _, x := range figures[what] {
			most = max(most, x)
		}
		line := plot.Line{Name: what}
		for i, x := range figures[what] {
			line.Points = append(line.Points, [2]float64{float64(i) / float64(len(figures[what])-1), x / most})
		}
		c.Lines = append(c.Lines, line)
	}
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := plot.SVG(file, c.Title, []plot.Chart{c}); err != nil {
		t.Fatal(err)
	}
}
