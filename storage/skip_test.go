package storage

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
)

func TestSkips(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	fill(t, s, harbour())
	key := func(n byte) article.Key { return article.Key{n} }
	at := day(9, 8)
	first, second := NewSkip(key(2), key(1), at), NewSkip(key(2), key(3), at)
	check := func(want ...Skip) {
		t.Helper()
		v, err := s.View(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		got, err := collect(v.Skips(t.Context()))
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	}
	note := func(k Skip, undo bool) {
		t.Helper()
		if err := s.Skip(t.Context(), k, undo); err != nil {
			t.Fatal(err)
		}
	}
	note(second, false)
	note(first, false)
	note(first, false)
	check(first, second)
	note(second, true)
	check(first)
	if err := s.Write(t.Context(), &Batch{Run: 1, Decided: []Decision{NewDecision(key(1), key(2), true, at, "")}}); err != nil {
		t.Fatal(err)
	}
	check()
}
