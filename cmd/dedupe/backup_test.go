package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestBackupBesideARun holds that a backup is made while a run is at work, of what is committed then, and
// that nothing is restored over it.
func TestBackupBesideARun(t *testing.T) {
	lines := load(1200)
	folder := t.TempDir()
	db, backup := filepath.Join(folder, "a.db"), filepath.Join(folder, "a.backup")
	run := exec.Command("dedupe", "--db", db, "ingest", "--batch", "50", "-")
	in, err := run.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Write(bytes.Join(lines[:1000], nil)); err != nil { // a pipe takes 64 KiB: most of it has been read
		t.Fatal(err)
	}
	dedupe(t, exitDone, nil, "--db", db, "backup", backup)
	_, said := dedupe(t, exitLocked, nil, "--db", db, "restore", "--overwrite", backup)
	if !strings.Contains(said, "held by `ingest`") {
		t.Errorf("a restore says %q", said)
	}
	if _, err := in.Write(bytes.Join(lines[1000:], nil)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(in.Close(), run.Wait()); err != nil {
		t.Fatal(err)
	}
	stored, _ := dedupe(t, exitDone, nil, "--db", backup, "export", "clusters")
	if n := strings.Count(stored, "\n") - 1; n < 100 || n > 1000 {
		t.Errorf("%d articles are in the backup", n)
	}
	dedupe(t, exitDone, bytes.NewReader(bytes.Join(lines, nil)), "--db", backup, "ingest", "-") // it is gone on with
	same(t, db, backup)
}

// same holds that two databases have the same clusters and links.
func same(t *testing.T, want, got string) {
	t.Helper()
	a, _ := dedupe(t, exitDone, nil, "--db", want, "export", "clusters")
	b, _ := dedupe(t, exitDone, nil, "--db", got, "export", "clusters")
	if diff := cmp.Diff(partition(t, a), partition(t, b)); diff != "" {
		t.Errorf("clusters (-want +got):\n%s", diff)
	}
	a, _ = dedupe(t, exitDone, nil, "--db", want, "export", "pairs")
	b, _ = dedupe(t, exitDone, nil, "--db", got, "export", "pairs")
	if diff := cmp.Diff(sortedLines(a), sortedLines(b)); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
}

// TestKilledBackup kills backups and restores: a backup that is there is whole, and a database is the old
// one or the new one.
func TestKilledBackup(t *testing.T) {
	lines := load(1000)
	folder := t.TempDir()
	db, backup, before := filepath.Join(folder, "a.db"), filepath.Join(folder, "a.backup"), filepath.Join(folder, "before.db")
	dedupe(t, exitDone, bytes.NewReader(bytes.Join(lines[:500], nil)), "--db", db, "ingest", "-")
	killed := killUntilDone(t, func() {
		if _, err := os.Stat(backup); !errors.Is(err, fs.ErrNotExist) {
			dedupe(t, exitDone, nil, "--db", backup, "doctor", "--quiet")
		}
	}, "--db", db, "backup", "--overwrite", backup)
	same(t, db, backup)
	dedupe(t, exitDone, nil, "--db", db, "backup", before)
	dedupe(t, exitDone, bytes.NewReader(bytes.Join(lines, nil)), "--db", db, "ingest", "-")
	killed += killUntilDone(t, func() {
		stored, _ := dedupe(t, exitDone, nil, "--db", db, "export", "clusters")
		if n := strings.Count(stored, "\n") - 1; n != 500 && n != 1000 {
			t.Errorf("%d articles are there after a kill, want those of before or of the backup", n)
		}
	}, "--db", db, "restore", "--overwrite", backup)
	same(t, backup, db)
	if killed < 2 {
		t.Errorf("killed %d times only", killed)
	}
	for _, end := range []string{".part", ".restoring"} {
		if left, err := filepath.Glob(filepath.Join(folder, "*"+end)); err != nil || len(left) > 0 {
			t.Errorf("left are %q (%v)", left, err)
		}
	}
}
