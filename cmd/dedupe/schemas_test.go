//go:build darwin || freebsd || linux

package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"dedupe/storage"
	"dedupe/storage/faultvfs"
)

// schemaInput is what testdata/upgrade/schema-N.db.gz are made of, each by the last version of dedupe that had
// schema N, with a decision and a pin (from schema 2 on, which was the first to have them).
const schemaInput = "testdata/upgrade/articles.jsonl"

// writeSchema makes that database of the present schema.
func writeSchema(t *testing.T) {
	t.Helper()
	db := filepath.Join(t.TempDir(), "a.db")
	takenIn(t, db, schemaInput)
	dedupe(t, exitDone, nil, "--db", db, "label", "add", "lock-cut", "lock-wire", "different")
	dedupe(t, exitDone, nil, "--db", db, "cluster", "pin", "tram-soft")
	data, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	_, _ = z.Write(data) // memory does not fail
	_ = z.Close()
	if err := os.WriteFile(fmt.Sprintf("testdata/upgrade/schema-%d.db.gz", storage.SchemaVersion()), packed.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestUpgradeOfEverySchema: a whole database of each earlier schema is copied and brought up to date by the
// first run, which goes on with it, though disks fail on the way; it is then what a fresh
// ingest makes, and doctor finds nothing wrong.
func TestUpgradeOfEverySchema(t *testing.T) {
	if *update {
		writeSchema(t)
	}
	const more = "testdata/upgrade/shared.jsonl"
	for version := 1; version < storage.SchemaVersion(); version++ {
		name := fmt.Sprintf("schema-%d.db.gz", version)
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			if testing.Short() && version%5 != 1 {
				t.Skip("takes a second")
			}
			t.Parallel()
			if _, err := os.Stat(filepath.Join("testdata/upgrade", name)); err != nil {
				t.Fatalf("%v: in a worktree of the last commit of that schema\n\tgo test ./cmd/dedupe -run TestUpgradeOfEverySchema -update", err)
			}
			db := unpacked(t, name)
			said := ""
			for _, f := range []faultvfs.Fault{
				{Call: faultvfs.Write, At: 1 + 5*version, Lasting: true},
				{Call: faultvfs.Write, At: 150 + 31*version, How: faultvfs.Torn, Lasting: true},
				{Call: faultvfs.Sync, At: 3 + version%7, Lasting: true},
			} {
				value, _ := json.Marshal(f) // plain numbers cannot fail
				var stderr bytes.Buffer
				run := exec.Command("dedupe", "--db", db, "ingest", "--batch", "3", more)
				run.Env, run.Stderr = append(os.Environ(), faultInEnvironment+"="+string(value)), &stderr
				_ = run.Run() // it may have come to its end before
				said += stderr.String()
			}
			_, errs := takenIn(t, db, more)
			kept, err := storage.Kept(db)
			if err != nil || len(kept) != 1 || !strings.Contains(said+errs, kept[0]) {
				t.Fatalf("copies %v, %v", kept, err)
			}
			if copied, err := storage.Backup(t.Context(), kept[0], filepath.Join(t.TempDir(), "copy.db"), nil); err != nil || copied.Schema != version {
				t.Errorf("the copy is of schema %d, %v", copied.Schema, err)
			}
			decisions, _ := dedupe(t, exitDone, nil, "--db", db, "label", "export")
			if n := strings.Count(decisions, "\n"); n != min(1, version-1) {
				t.Errorf("%d decisions: %s", n, decisions)
			}
			for _, a := range exportedArticles(t, db) {
				if version > 1 && strings.HasSuffix(a.Article, "tram-soft") && !a.Representative {
					t.Error("the pinned article does not represent its cluster")
				}
			}
			sameExports(t, freshDatabase(t, decisions, schemaInput, more), db)
			dedupe(t, exitDone, nil, "--db", db, "doctor")
			// Until schema 4 a version was not stored that another one of the same batch followed.
			if out, _ := takenIn(t, db, schemaInput, more); !strings.Contains(out, " 0 new, ") || version > 4 && !strings.Contains(out, " 0 changed, ") {
				t.Errorf("the same input again: %s", out)
			}
		})
	}
}
