//go:build unix

package main

import (
	"encoding/json"
	"flag"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"dedupe/bench"
)

var (
	cronRuns     = flag.Int("cron.runs", 20, "runs of TestCronDay; a day of one every five minutes has 288")
	cronArticles = flag.Int("cron.articles", 50, "new articles of each run of TestCronDay")
)

// maxGrown is how much more the last tenth of the runs may cost than the second: the load is
// random, and other work on the machine costs processor time too.
const maxGrown = 1.5

// cost is what one run took.
type cost struct {
	busy, took time.Duration
	memory     int64 // KiB
}

// TestCronDay is a day of cron: a run every five minutes, each a process of its own with so many
// new articles, all of that day. What a run costs must not grow: the last tenth of the runs takes as much
// processor time and memory as the second tenth, but for what is stored of each article (40
// bytes of memory). The whole day:
//
//	go test ./cmd/dedupe -run CronDay -v -timeout 3h -cron.runs 288 -cron.articles 2000
//
// The dates are those of the day and the news is package bench's; no clock is waited for.
func TestCronDay(t *testing.T) {
	if testing.Short() {
		t.Skip("starts many processes")
	}
	dir := t.TempDir()
	db, prom := filepath.Join(dir, "a.db"), filepath.Join(dir, "dedupe.prom")
	next, stop := iter.Pull2(bench.Load(bench.Options{Articles: *cronRuns * *cronArticles, Seed: 1}))
	defer stop()
	day := time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)
	var costs []cost
	for r := range *cronRuns {
		file := filepath.Join(dir, "feed.jsonl")
		out, err := os.Create(file)
		if err != nil {
			t.Fatal(err)
		}
		e := json.NewEncoder(out)
		for i := range *cronArticles {
			a, _, _ := next()
			at := day.Add(time.Duration(r)*5*time.Minute + time.Duration(i)*5*time.Minute/time.Duration(*cronArticles))
			a.Published = at.Format(time.RFC3339)
			if err := e.Encode(a); err != nil {
				t.Fatal(err)
			}
		}
		if err := out.Close(); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		cmd := exec.Command("dedupe", "--db", db, "ingest", "-q", "--metrics-file", prom, file)
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("run %d: %v\n%s", r+1, err, said)
		}
		u := cmd.ProcessState.SysUsage().(*syscall.Rusage)
		costs = append(costs, cost{cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), time.Since(start), u.Maxrss})
	}
	tenth := max(1, len(costs)/10)
	middle := func(from int, of func(cost) float64) float64 {
		var all []float64
		for _, c := range costs[from : from+tenth] {
			all = append(all, of(c))
		}
		slices.Sort(all)
		return all[len(all)/2]
	}
	busy := func(c cost) float64 { return c.busy.Seconds() }
	took := func(c cost) float64 { return c.took.Seconds() }
	memory := func(c cost) float64 { return float64(c.memory) / 1024 }
	for i := range 10 {
		from := min(i*tenth, len(costs)-tenth)
		sum, most := 0.0, cost{}
		for _, c := range costs[from : from+tenth] {
			sum += busy(c)
			most = cost{busy: max(most.busy, c.busy), memory: max(most.memory, c.memory)}
		}
		t.Logf("tenth %2d: processor %.2f s, clock %.2f s, memory %.0f MiB (medians); processor %.2f s on average; at most %.2f s and %.0f MiB",
			i+1, middle(from, busy), middle(from, took), middle(from, memory), sum/float64(tenth), busy(most), memory(most))
	}
	info, err := os.Stat(db)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d runs of %d articles; database %.0f MiB", len(costs), *cronArticles, float64(info.Size())/(1<<20))
	last := len(costs) - tenth
	stored := float64((last-tenth)**cronArticles) * 40 / (1 << 20)
	for name, grown := range map[string]float64{
		"processor time": middle(last, busy) / middle(tenth, busy),
		"memory":         (middle(last, memory) - stored) / middle(tenth, memory),
	} {
		if name == "processor time" && tenth < 9 {
			continue // of two runs it is noise
		}
		if grown > maxGrown {
			t.Errorf("%s of a run grows: the last tenth takes %.2f of the second", name, grown)
		}
	}
}
