package storage

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// ticking is a clock that goes on a second each time it is asked.
func ticking() func() time.Time {
	at := time.Unix(0, 0)
	return func() time.Time { at = at.Add(time.Second); return at }
}

// rowsOf returns all rows of all tables.
func rowsOf(t *testing.T, s *Store) map[string][][]any {
	t.Helper()
	all := map[string][][]any{}
	tables, err := s.tables(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		all[table] = nil
		err := s.chunks(t.Context(), table, 3, func(list [][]any) error {
			if len(list) == 0 || len(list) > 3 {
				t.Errorf("%d rows in a part", len(list))
			}
			all[table] = append(all[table], list...)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func TestCopy(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "a.db"), Options{Compress: true})
	fillByWrite(t, s, harbour())
	written, took, err := s.Copy(t.Context(), filepath.Join(dir, "b.db"), 2, ticking())
	if err != nil {
		t.Fatal(err)
	}
	want := rowsOf(t, s)
	got := rowsOf(t, open(t, filepath.Join(dir, "b.db"), Options{ReadOnly: true}))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	rows := 0
	for _, list := range want {
		rows += len(list)
	}
	if written != rows || rows < 20 || took < 10*time.Second {
		t.Errorf("%d rows in %v, want %d", written, took, rows)
	}
}

func TestCopyStops(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "a.db"), Options{})
	fill(t, s, harbour())
	ctx, cancel := context.WithCancel(t.Context())
	now := func() time.Time { cancel(); return time.Time{} } // at the first write
	if _, _, err := s.Copy(ctx, filepath.Join(dir, "b.db"), 100, now); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
}
