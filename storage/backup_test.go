package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestRestoreBesideAReader holds that a database which another connection has open is not replaced, and
// that a backup never takes the place of a file.
func TestRestoreBesideAReader(t *testing.T) {
	folder := t.TempDir()
	path, backup := filepath.Join(folder, "a.db"), filepath.Join(folder, "a.backup")
	s := open(t, path, Options{})
	copied, err := Backup(t.Context(), path, backup, nil)
	if err != nil || copied.Schema != schemaVersion || copied.Rows["article"] != 0 {
		t.Fatalf("%+v, %v", copied, err)
	}
	if _, err := Backup(t.Context(), path, backup, nil); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a backup over a file: %v", err)
	}
	if _, err := Restore(t.Context(), backup, path, nil); !errors.Is(err, ErrBusy) {
		t.Errorf("restored beside a connection: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), backup, path, nil); err != nil {
		t.Errorf("restored alone: %v", err)
	}
	if err := os.WriteFile(path, []byte("SQLite format 3\x00 and then rubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Backup(t.Context(), path, backup+"2", nil); err == nil {
		t.Error("rubbish was backed up")
	}
	if _, err := os.Stat(backup + "2"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a backup that is none is there: %v", err)
	}
	if _, err := Restore(t.Context(), backup, path, nil); err != nil {
		t.Errorf("restored over rubbish: %v", err)
	}
}

// TestBackupOfEverySchema holds that databases of earlier versions are backed up as they are, and
// restored.
func TestBackupOfEverySchema(t *testing.T) {
	for version := 1; version < schemaVersion; version++ {
		path := readReleased(t, version)
		copied, err := Backup(t.Context(), path, path+".backup", nil)
		if err != nil || copied.Schema != version {
			t.Errorf("schema %d: %+v, %v", version, copied, err)
		}
		if _, err := Restore(t.Context(), path+".backup", path, nil); err != nil {
			t.Errorf("schema %d: %v", version, err)
		}
	}
}

// TestReplaceLeavesNoLog holds that a database which takes the place of another one is not read with the log that a killed
// process left beside that, also where the database itself is gone.
func TestReplaceLeavesNoLog(t *testing.T) {
	for _, gone := range []bool{false, true} {
		folder := t.TempDir()
		old, fresh := filepath.Join(folder, "old.db"), filepath.Join(folder, "fresh.db")
		for i, path := range []string{old, fresh} {
			db := sql.OpenDB(newConnector(path, []string{"journal_mode = WAL", "wal_autocheckpoint = 0"}, "rwc", "deferred"))
			for _, q := range []string{"CREATE TABLE t (n)", fmt.Sprintf("INSERT INTO t VALUES (%d)", i)} {
				if _, err := db.ExecContext(t.Context(), q); err != nil {
					t.Fatal(err)
				}
			}
			log, err := os.ReadFile(path + "-wal") // as a kill leaves it
			if err := errors.Join(err, db.Close()); err != nil || len(log) == 0 {
				t.Fatalf("a log of %d bytes, %v", len(log), err)
			}
			if path == old {
				if err := os.WriteFile(path+"-wal", log, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		if gone {
			if err := os.Remove(old); err != nil {
				t.Fatal(err)
			}
		}
		if err := Replace(t.Context(), fresh, old); err != nil {
			t.Fatal(err)
		}
		db := sql.OpenDB(newConnector(old, nil, "rw", "deferred"))
		var n int
		err := db.QueryRowContext(t.Context(), "SELECT n FROM t").Scan(&n)
		if err := errors.Join(err, db.Close()); err != nil || n != 1 {
			t.Errorf("gone %v: it says %d (%v), want what took its place", gone, n, err)
		}
	}
}
