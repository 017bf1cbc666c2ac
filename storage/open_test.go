package storage

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func open(t testing.TB, path string, opt Options) *Store {
	t.Helper()
	s, err := Open(t.Context(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// sqliteFile makes a database without this package.
func sqliteFile(t *testing.T, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "other.db")
	db := sql.OpenDB(newConnector(path, nil, "rwc", "deferred"))
	defer db.Close()
	if _, err := db.Exec(script); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOpenRefusesAndLeavesAlone(t *testing.T) {
	ours := func(version int) string {
		return fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version)
	}
	write := func(data string) string {
		path := filepath.Join(t.TempDir(), "some.file")
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	damaged, err := os.ReadFile(sqliteFile(t, ours(1)+"; CREATE TABLE t (x)"))
	if err != nil {
		t.Fatal(err)
	}
	for i := 100; i < len(damaged); i++ {
		damaged[i] = 0xff
	}
	tests := []struct {
		name string
		path string
		opt  Options
		want error
	}{
		{"text", write("Dear reader,\n"), Options{}, ErrNotDatabase},
		{"long text", write(strings.Repeat("Dear reader, ", 5000)), Options{}, ErrNotDatabase},
		{"half a header", write("SQLite for"), Options{}, ErrNotDatabase},
		{"header only", write("SQLite format 3\x00"), Options{}, ErrNotDatabase},
		{"damaged", write(string(damaged)), Options{}, ErrCorrupt},
		{"tables of another program", sqliteFile(t, "CREATE TABLE note (x)"), Options{}, ErrForeign},
		{"another application", sqliteFile(t, "PRAGMA application_id = 77"), Options{}, ErrForeign},
		{"a version but no application", sqliteFile(t, "PRAGMA user_version = 1"), Options{}, ErrForeign},
		{"newer", sqliteFile(t, ours(schemaVersion+1)+"; CREATE TABLE future (x)"), Options{}, ErrNewer},
		{"newer to read", sqliteFile(t, ours(schemaVersion+1)), Options{ReadOnly: true}, ErrNewer},
		{"empty to read", write(""), Options{ReadOnly: true}, ErrEmpty},
		{"without tables to read", sqliteFile(t, "VACUUM"), Options{ReadOnly: true}, ErrEmpty},
		{"folder", t.TempDir(), Options{}, ErrNotDatabase},
		{"device", os.DevNull, Options{}, ErrNotDatabase},
		{"missing to read", filepath.Join(t.TempDir(), "none.db"), Options{ReadOnly: true}, fs.ErrNotExist},
		{"folder missing", filepath.Join(t.TempDir(), "no", "such", "f.db"), Options{}, fs.ErrNotExist},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before, _ := os.ReadFile(test.path)
			s, err := Open(t.Context(), test.path, test.opt)
			if s != nil || !errors.Is(err, test.want) {
				t.Fatalf("Open = %v, %v; want %v", s, err, test.want)
			}
			e, ok := errors.AsType[*Error](err)
			if !ok || !strings.Contains(e.Error(), test.path) {
				t.Errorf("error %q is no *Error that names the file", err)
			}
			if after, _ := os.ReadFile(test.path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
			left, _ := filepath.Glob(test.path + "*")
			if len(left) > 1 {
				t.Errorf("files left behind: %q", left)
			}
		})
	}
}

func TestOpenPaths(t *testing.T) {
	for _, name := range []string{"plain.db", "with space.db", "what?mode=memory.db", "a#b.db", "100%41.db", "ü&x=1.db"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, name)
			s := open(t, path, Options{})
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			entries, err := os.ReadDir(dir)
			if err != nil || len(entries) != 1 || entries[0].Name() != name {
				t.Errorf("folder holds %v, %v; want %s only", entries, err, name)
			}
			open(t, path, Options{ReadOnly: true})
		})
	}
}

func TestPragmasOnEveryConnection(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	get := func(db *sql.DB) map[string]string {
		got := map[string]string{}
		for _, name := range []string{"journal_mode", "synchronous", "foreign_keys", "busy_timeout", "query_only", "page_size"} {
			var v string
			if err := db.QueryRow("PRAGMA " + name).Scan(&v); err != nil {
				t.Fatal(err)
			}
			got[name] = v
		}
		return got
	}
	want := map[string]string{"journal_mode": "wal", "synchronous": "1", "foreign_keys": "1",
		"busy_timeout": "10000", "query_only": "0", "page_size": "8192"}
	if diff := cmp.Diff(want, get(s.w)); diff != "" {
		t.Errorf("writer (-want +got):\n%s", diff)
	}
	want["query_only"] = "1"
	s.r.SetMaxIdleConns(0) // each look-up on a new connection
	for range 3 {
		if diff := cmp.Diff(want, get(s.r)); diff != "" {
			t.Errorf("reader (-want +got):\n%s", diff)
		}
	}
}

func TestReadOnlyRefusesToWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	if err := open(t, path, Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	s := open(t, path, Options{ReadOnly: true})
	err := s.update(t.Context(), "store", func(*sql.Tx) error { return nil })
	if !errors.Is(err, ErrReadOnly) {
		t.Errorf("update = %v; want %v", err, ErrReadOnly)
	}
	if _, err := s.r.Exec("DELETE FROM meta"); !errors.Is(fail("delete", path, err), ErrReadOnly) {
		t.Errorf("delete by a reader = %v; want %v", err, ErrReadOnly)
	}
}

// A full disk takes back the batch that did not fit and nothing else.
func TestFullDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	s := open(t, path, Options{MaxPages: 60})
	insert := func(n int) error {
		return s.update(t.Context(), "store bodies", func(tx *sql.Tx) error {
			for range n {
				if _, err := tx.Exec("INSERT INTO body (data) VALUES (zeroblob(8000))"); err != nil {
					return err
				}
			}
			return nil
		})
	}
	count := func() (n int) {
		if err := s.r.QueryRow("SELECT count(*) FROM body").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if err := insert(5); err != nil {
		t.Fatal(err)
	}
	err := insert(100)
	if !errors.Is(err, ErrFull) || !strings.Contains(err.Error(), "free some space") {
		t.Fatalf("insert = %v; want %v with a hint", err, ErrFull)
	}
	if n := count(); n != 5 {
		t.Errorf("%d bodies after the failure; want the 5 committed before", n)
	}
	if err := insert(1); err != nil { // the connection is usable again
		t.Error(err)
	}
	var verdict string
	if err := s.r.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("integrity_check = %q, %v", verdict, err)
	}
}

func TestMigrationsFull(t *testing.T) {
	_, err := Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), Options{MaxPages: 3})
	if !errors.Is(err, ErrFull) {
		t.Errorf("Open = %v; want %v", err, ErrFull)
	}
}
