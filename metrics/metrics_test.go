package metrics

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"dedupe/collect"
	"dedupe/config"
	"dedupe/engine"
	"dedupe/storage"
)

// at is when the run of the tests ended.
var at = time.Date(2026, 3, 12, 6, 0, 2, 500e6, time.UTC)

func run() *Run {
	return &Run{
		Version: "v1.2.3", Revision: "abc", Code: 4, Began: at.Add(-2500 * time.Millisecond), Ended: at,
		Sum: engine.Summary{New: 5, Known: 2, Rejected: 1, Made: 1},
		Sources: []collect.State{
			{Source: config.Source{Name: "harbour \"east\"\\\n\xff", Enabled: true}, Places: []storage.Source{
				{Succeeded: at.Add(-time.Hour)}, {Failing: at, Succeeded: at.Add(-2 * time.Hour)}}},
			{Source: config.Source{Name: "coast", Enabled: true}, Places: []storage.Source{{Succeeded: at}}},
			{Source: config.Source{Name: "never", Enabled: true}},
			{Source: config.Source{Name: "off"}, Places: []storage.Source{{Failing: at}}},
		},
		Stored: &Stored{Totals: storage.Totals{Articles: 1_000_000, Clusters: 7}, Good: at, Bytes: 1 << 40, Schema: 15},
	}
}

// TestLint holds the figures to Prometheus' own parser and to its conventions for names, units
// and help.
func TestLint(t *testing.T) {
	empty := &Run{}
	failed := run()
	failed.Stored, failed.Code = nil, 1
	for name, r := range map[string]*Run{"whole": run(), "failed": failed, "empty": empty} {
		t.Run(name, func(t *testing.T) {
			problems, err := promlint.New(bytes.NewReader(Format(r.Families()))).Lint()
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range problems {
				t.Errorf("%s: %s", p.Metric, p.Text)
			}
		})
	}
}

// TestFigures: what stands in the file is what the run and the database say.
func TestFigures(t *testing.T) {
	whole := string(Format(run().Families()))
	for _, want := range []string{
		`dedupe_build_info{version="v1.2.3",revision="abc"} 1`,
		"dedupe_last_run_success 1",
		"dedupe_last_run_exit_code 4",
		"dedupe_last_run_timestamp_seconds 1773295202.5",
		"dedupe_last_run_duration_seconds 2.5",
		`dedupe_last_run_records{result="new"} 5`,
		"dedupe_sources 3",
		"dedupe_sources_failing 1",
		`dedupe_source_failing_places{source="harbour \"east\"\\\n` + "\uFFFD" + `"} 1`,
		`dedupe_source_failing_places{source="never"} 0`,
		`dedupe_source_last_success_timestamp_seconds{source="harbour \"east\"\\\n` + "\uFFFD" + `"} 1773291602.5`,
		"dedupe_last_success_timestamp_seconds 1773295202.5",
		"dedupe_articles 1000000",
		"dedupe_database_bytes 1099511627776",
	} {
		if !strings.Contains(whole, "\n"+want+"\n") {
			t.Errorf("no line %s in\n%s", want, whole)
		}
	}
	r := run()
	r.Stored, r.Code = nil, 1
	if s := string(Format(r.Families())); strings.Contains(s, "last_success_timestamp_seconds 1") || !strings.Contains(s, "\ndedupe_last_run_success 0\n") {
		t.Errorf("a run that failed and could not read the database says:\n%s", s)
	}
}

// TestWrite: a file is replaced as a whole, others may read it, and nothing is left beside it; in
// a folder that is not there nothing is written.
func TestWrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "dedupe.prom")
	for range 2 {
		if err := Write(path, run().Families()); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Fatalf("%v is in the folder, %v", entries, err)
	}
	if info, err := entries[0].Info(); err != nil || info.Mode() != 0o644 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if err := Write(filepath.Join(dir, "none", "dedupe.prom"), nil); err == nil {
		t.Error("no error for a folder that is not there")
	}
	if err := Write(dir, nil); err == nil {
		t.Error("no error for a folder in the file's place")
	}
	if entries, _ := os.ReadDir(filepath.Dir(dir)); len(entries) > 2 {
		t.Errorf("left beside the folder: %v", entries)
	}
}
