package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestKilledForget kills the forgetting of an outlet half-way, and lets the same command or a run end it. What is
// left is what a fresh ingest without the outlet makes, on the way the database is whole, and no part
// of a forgotten text is found in the end.
func TestKilledForget(t *testing.T) {
	lines := load(600)
	var others [][]byte
	var texts []string
	for _, line := range lines {
		var r struct{ Outlet, Body string }
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		if r.Outlet != "outlet 3" {
			others = append(others, line)
		} else {
			texts = append(texts, r.Body[100:160])
		}
	}
	texts = slices.DeleteFunc(texts, func(s string) bool { return bytes.Contains(bytes.Join(others, nil), []byte(s)) })[:20]
	for _, ending := range []string{"forget", "ingest"} {
		t.Run("ended by "+ending, func(t *testing.T) {
			t.Setenv("DEDUPE_STORAGE_COMPRESS", "false")
			folder := t.TempDir()
			db, fresh := filepath.Join(folder, "a.db"), filepath.Join(t.TempDir(), "b.db")
			dedupe(t, exitDone, bytes.NewReader(bytes.Join(lines, nil)), "--db", db, "ingest", "-")
			if n := found(t, folder, texts); n < len(texts) {
				t.Fatalf("%d of %d texts are found before", n, len(texts))
			}
			forget := []string{"--db", db, "forget", "--outlet", "outlet 3"}
			killed := killHalfway(t, db, forget...)
			dedupe(t, exitDone, nil, "--db", db, "report") // people may read meanwhile
			if ending == "forget" {
				dedupe(t, exitDone, nil, forget...)
			} else {
				dedupe(t, exitDone, strings.NewReader(""), "--db", db, "ingest", "-")
			}
			dedupe(t, exitDone, bytes.NewReader(bytes.Join(others, nil)), "--db", fresh, "ingest", "-")
			for _, what := range []string{"clusters", "pairs"} {
				got, _ := dedupe(t, exitDone, nil, "--db", db, "export", what)
				want, _ := dedupe(t, exitDone, nil, "--db", fresh, "export", what)
				gotten, wanted := sortedLines(got), sortedLines(want)
				if what == "clusters" {
					gotten, wanted = partition(t, got), partition(t, want)
				}
				if diff := cmp.Diff(wanted, gotten); diff != "" {
					t.Errorf("%s after %d kills (-without the outlet +forgotten):\n%s", what, killed, diff)
				}
			}
			if n := found(t, folder, texts); n > 0 {
				t.Errorf("after %d kills %d of %d texts are found", killed, n, len(texts))
			}
			dedupe(t, exitDone, nil, "--db", db, "doctor")
			dedupe(t, exitRejected, bytes.NewReader(bytes.Join(lines, nil)), "--db", db, "ingest", "-")
		})
	}
}

// TestKilledPrune kills prunes until one comes to its end: what is left is what one that was not killed
// leaves.
func TestKilledPrune(t *testing.T) {
	all := bytes.Join(load(600), nil)
	folder := t.TempDir()
	db, whole := filepath.Join(folder, "a.db"), filepath.Join(folder, "b.db")
	dedupe(t, exitDone, bytes.NewReader(all), "--db", db, "ingest", "-")
	dedupe(t, exitDone, nil, "--db", db, "backup", whole)
	// Articles are of March 2026: ages that fall among them.
	days := func(day int) string {
		return fmt.Sprintf("%dd", int(time.Since(time.Date(2026, 3, day, 0, 0, 0, 0, time.UTC)).Hours()/24))
	}
	t.Setenv("DEDUPE_RETENTION_ARTICLES", days(8))
	t.Setenv("DEDUPE_RETENTION_TEXTS", days(12))
	t.Setenv("DEDUPE_RETENTION_INDEX", days(15))
	dedupe(t, exitDone, nil, "--db", whole, "prune")
	killUntilDone(t, func() {
		dedupe(t, exitDone, nil, "--db", db, "report") // people may read meanwhile
	}, "--db", db, "prune")
	same(t, whole, db)
	dedupe(t, exitDone, nil, "--db", db, "doctor")
}
