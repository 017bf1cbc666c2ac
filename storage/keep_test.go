package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// keptOf returns the schema of each copy beside a database, by the end of its name.
func keptOf(t *testing.T, path string) map[string]int {
	t.Helper()
	list, err := Kept(path)
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]int{}
	for _, name := range list {
		schema, err := inspect(t.Context(), name, Options{ReadOnly: true})
		if err != nil {
			t.Fatal(name, err)
		}
		of[name[len(path):]] = schema
	}
	return of
}

// before is how the copy is called that an update to the present schema makes.
func before() string { return fmt.Sprint(keptMark, schemaVersion) }

// A database of an older schema is copied before it is brought up to date, once; the copy of the
// last update goes then, and this one goes with the first article that is forgotten.
func TestKeep(t *testing.T) {
	path := readReleased(t, 10)
	if err := os.WriteFile(path+keptMark+"10", nil, 0o600); err != nil { // of the last update
		t.Fatal(err)
	}
	told := 0
	opt := Options{Updated: func(schema int, copied string) {
		told++
		if schema != 10 || copied != path+before() {
			t.Errorf("told of schema %d, copied to %s", schema, copied)
		}
	}}
	for range 2 {
		s, err := Open(t.Context(), path, opt)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string]int{before(): 10}, keptOf(t, path)); diff != "" {
			t.Errorf("copies (-want +got):\n%s", diff)
		}
	}
	if told != 1 {
		t.Errorf("told %d times", told)
	}
	back := filepath.Join(t.TempDir(), "back.db")
	if c, err := Restore(t.Context(), path+before(), back, nil); err != nil || c.Schema != 10 || c.Rows["article"] == 0 {
		t.Errorf("restored %+v, %v", c, err)
	}
	s := open(t, path, Options{})
	if err := s.SetMark(t.Context(), metaScrub, "1"); err != nil {
		t.Fatal(err)
	}
	if err := s.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := keptOf(t, path); len(got) > 0 {
		t.Errorf("after an article was forgotten there is %v", got)
	}
}

// An update that was broken off is gone on with, and the copy stays that of the state before it. One
// that is begun again from a copy makes another one.
func TestKeepWhenBrokenOff(t *testing.T) {
	path := readReleased(t, 3)
	if _, err := copyBefore(t.Context(), path, 3); err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(newConnector(path, writerPragmas(Options{}), "rw", "immediate"))
	if err := migrate(t.Context(), db, migrations[:7]); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := open(t, path, Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int{before(): 3}, keptOf(t, path)); diff != "" {
		t.Errorf("copies (-want +got):\n%s", diff)
	}
	older := readReleased(t, 2)
	if err := os.Rename(older, path); err != nil {
		t.Fatal(err)
	}
	if err := open(t, path, Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int{before(): 2}, keptOf(t, path)); diff != "" {
		t.Errorf("copies after another update (-want +got):\n%s", diff)
	}
}

// Without a copy nothing is changed, unless copies are turned off.
func TestKeepFails(t *testing.T) {
	path := readReleased(t, 12)
	if err := os.MkdirAll(filepath.Join(path+before(), "x"), 0o700); err != nil { // where the copy belongs
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path, Options{}); !errors.As(err, new(*Error)) {
		t.Errorf("without a copy: %v", err)
	}
	if schema, err := inspect(t.Context(), path, Options{ReadOnly: true}); err != nil || schema != 12 {
		t.Errorf("schema %d, %v; want 12", schema, err)
	}
	if err := os.RemoveAll(path + before()); err != nil {
		t.Fatal(err)
	}
	if err := open(t, path, Options{NoCopy: true}).Close(); err != nil {
		t.Fatal(err)
	}
	if schema, err := inspect(t.Context(), path, Options{ReadOnly: true}); err != nil || schema != schemaVersion {
		t.Errorf("schema %d, %v", schema, err)
	}
}
