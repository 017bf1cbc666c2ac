package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestKilledForget kills the forgetting of an outlet again and again until it comes to its end. What is
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
			killed := 0
			if ending == "forget" {
				killed = killUntilDone(t, func() {
					dedupe(t, exitDone, nil, "--db", db, "report") // people may read meanwhile
				}, forget...)
			} else {
				killed = killHalfway(t, db, forget...)
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
