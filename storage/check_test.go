package storage

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCheck(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	s := open(t, path, Options{})
	fill(t, s, harbour())
	check := func(want int) {
		t.Helper()
		v, err := s.View(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		found, err := v.Check(t.Context(), 10)
		if err != nil || len(found) != want {
			t.Errorf("Check found %q, %v; want %d lines", found, err, want)
		}
		undated, err := v.Undated(t.Context(), 10)
		if diff := cmp.Diff([]Undated(nil), undated); err != nil || diff != "" {
			t.Errorf("Undated: %v (-want +got):\n%s", err, diff)
		}
	}
	check(0)
	if _, err := s.w.Exec("PRAGMA foreign_keys = OFF"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.w.Exec("UPDATE article SET run = 99 WHERE seq = 1"); err != nil {
		t.Fatal(err)
	}
	check(1)
}

func TestUndated(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	c := harbour()
	for i := range c.texts {
		a := &c.texts[i].Article
		a.Outlet = "alpha.example"
		a.Cluster, a.Current = 0, true
		a.Version = 1
		a.Key[0] = byte(i)
		if i < 5 {
			a.Reason = 1
		}
	}
	c.clusters, c.pairs, c.events = nil, nil, nil
	fill(t, s, c)
	v, err := s.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	got, err := v.Undated(t.Context(), 10)
	if diff := cmp.Diff([]Undated{{"alpha.example", 8, 5}}, got); err != nil || diff != "" {
		t.Errorf("Undated: %v (-want +got):\n%s", err, diff)
	}
}
