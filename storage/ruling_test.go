package storage

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
)

// What held before a ruling is noted with it, what took it back marks it, and both follow articles
// to their new keys.
func TestRulings(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	fill(t, s, harbour())
	at := time.Date(2026, 3, 9, 8, 0, 0, 0, time.UTC)
	key := func(n byte) article.Key { return article.Key{n} }
	write := func(b Batch) (id int64) {
		t.Helper()
		b.Run = 1
		if err := s.Write(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if b.Ruling != nil {
			id = b.Ruling.ID
		}
		return id
	}
	view := func(ask func(*View)) {
		t.Helper()
		v, err := s.View(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer v.Close()
		ask(v)
	}
	said := func(id int64, want ...Said) {
		t.Helper()
		var got []Said
		var err error
		view(func(v *View) { got, err = collect(v.Said(t.Context(), id)) })
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("ruling %d (-want +got):\n%s", id, diff)
		}
	}
	last := func(want int64) {
		t.Helper()
		var got Ruling
		var err error
		view(func(v *View) { got, err = v.LastRuling(t.Context()) })
		if err != nil && !errors.Is(err, ErrNotFound) || got.ID != want {
			t.Errorf("the last ruling that stands is %d, %v; want %d", got.ID, err, want)
		}
	}
	last(0)
	word := func(same bool, note string) *Word { return &Word{Same: same, Decided: at, Note: note} }
	write(Batch{Decided: []Decision{NewDecision(key(1), key(2), true, at, "imported")}}) // by nobody's ruling
	last(0)
	first := write(Batch{
		Ruling:  &Ruling{Command: "cluster split", Decided: at},
		Decided: []Decision{NewDecision(key(1), key(2), false, at, "two"), NewDecision(key(1), key(3), false, at, "")},
		Pinned:  []Pin{{Key: key(4), Decided: at, Note: "best"}},
	})
	said(first,
		Said{A: key(1), B: key(2), Was: word(true, "imported"), Now: word(false, "two")},
		Said{A: key(1), B: key(3), Now: word(false, "")},
		Said{A: key(4), B: key(4), Pin: true, Now: word(true, "best")})
	second := write(Batch{
		Ruling:    &Ruling{Command: "undo", Decided: at, Undoes: first},
		Decided:   []Decision{NewDecision(key(1), key(2), true, at, "imported")},
		Undecided: []Decision{NewDecision(key(1), key(3), false, at, "")},
		Unpinned:  []article.Key{key(4)},
	})
	last(0)
	third := write(Batch{Ruling: &Ruling{Command: "undo", Decided: at, Undoes: second}})
	last(first)
	var rulings []Ruling
	var err error
	view(func(v *View) { rulings, err = collect(v.Rulings(t.Context(), -1)) })
	if err != nil {
		t.Fatal(err)
	}
	want := []Ruling{
		{ID: third, Command: "undo", Decided: at, Undoes: second},
		{ID: second, Command: "undo", Decided: at, Undoes: first, Undone: true, Changes: 3},
		{ID: first, Command: "cluster split", Decided: at, Changes: 3},
	}
	if diff := cmp.Diff(want, rulings); diff != "" {
		t.Errorf("rulings (-want +got):\n%s", diff)
	}
	for _, c := range []Said{{A: key(1), B: key(3)}, {A: key(4), B: key(4), Pin: true}} {
		view(func(v *View) {
			if later, err := v.LaterRuling(t.Context(), first, c); later != second || err != nil {
				t.Errorf("LaterRuling(%v) = %d, %v; want %d", c, later, err, second)
			}
		})
	}

	write(Batch{Moved: map[article.Key]article.Key{key(1): key(9), key(4): key(8)}})
	said(first,
		Said{A: key(2), B: key(9), Was: word(true, "imported"), Now: word(false, "two")},
		Said{A: key(3), B: key(9), Now: word(false, "")},
		Said{A: key(8), B: key(8), Pin: true, Now: word(true, "best")})
}
