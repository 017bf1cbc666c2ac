package storage

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// What a run learned of sources comes back, by name and place; items are forgotten when the
// source has not had them for long.
func TestSources(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	at := day(9, 6)
	first := SourceChange{
		Source: Source{Name: "coast", Place: "https://coast.example/feed", Checked: at, Succeeded: at, Next: at.Add(time.Hour),
			Found: 3, New: 2, Rejected: 1, Moved: "https://coast.example/rss", ETag: `"a"`, Modified: "Mon", Content: 1<<63 + 5},
		Taken: []Taken{{Item: 1<<63 + 1, Version: 7}, {Item: 2, Version: 8}},
	}
	other := SourceChange{Source: Source{Name: "coast", Place: "https://coast.example/sport", Checked: at, Failing: at, Failures: 1, Error: "404", Told: "404"}}
	save := func(at time.Time, changes ...SourceChange) {
		t.Helper()
		if err := s.SaveSources(t.Context(), at, changes); err != nil {
			t.Fatal(err)
		}
	}
	want := func(taken map[uint64]uint64, sources ...SourceChange) {
		t.Helper()
		got, err := s.Sources(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var list []Source
		for i, c := range sources {
			c.ID = int64(i + 1)
			list = append(list, c.Source)
		}
		if diff := cmp.Diff(list, got); diff != "" {
			t.Errorf("Sources (-want +got):\n%s", diff)
		}
		items, err := s.TakenOf(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(taken, items); diff != "" {
			t.Errorf("TakenOf (-want +got):\n%s", diff)
		}
	}
	want(map[uint64]uint64{})
	save(at, first, other)
	want(map[uint64]uint64{1<<63 + 1: 7, 2: 8}, first, other)

	later := at.Add(forget + time.Hour)
	first.New, first.Taken = 0, []Taken{{Item: 2, Version: 9}}
	save(later, first)
	want(map[uint64]uint64{2: 9}, first, other)

	if n, err := s.Forget(t.Context(), "coast", first.Place); err != nil || n != 1 {
		t.Fatalf("Forget = %d, %v; want 1", n, err)
	}
	first.Next, first.Checked, first.ETag, first.Modified, first.Content = time.Time{}, time.Time{}, "", "", 0
	want(map[uint64]uint64{}, first, other)
}

// A row of a source or an item that cannot be read is told of and stepped over, and saving the
// source again mends it.
func TestDamagedSources(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	at := day(9, 6)
	var changes []SourceChange
	for _, name := range []string{"coast", "harbour"} {
		changes = append(changes, SourceChange{Source: Source{Name: name, Place: "https://" + name + ".example/feed", Checked: at}, Taken: []Taken{{1, 1}, {2, 2}}})
	}
	s := open(t, path, Options{})
	if err := s.SaveSources(t.Context(), at, changes); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"PRAGMA writable_schema = 1;UPDATE sqlite_schema SET sql = replace(replace(sql, ') STRICT,', ')'), ') STRICT', ')') WHERE name IN ('source', 'taken')",
		"UPDATE source SET checked = 'soon' WHERE id = 1",
		"UPDATE taken SET version = 'new' WHERE source = 2 AND item = 1",
	} {
		if n, err := Tamper(t.Context(), path, statement); err != nil || n == 0 {
			t.Fatalf("%s: %d rows, %v", statement, n, err)
		}
	}
	var told []string
	s = open(t, path, Options{Damaged: func(d Damage) { told = append(told, d.Table+" "+d.Row) }})
	list, err := s.Sources(t.Context())
	if err != nil || len(list) != 1 || list[0].Name != "harbour" {
		t.Fatalf("Sources = %+v, %v", list, err)
	}
	taken, err := s.TakenOf(t.Context(), 2)
	if diff := cmp.Diff(map[uint64]uint64{2: 2}, taken); err != nil || diff != "" {
		t.Errorf("TakenOf: %v (-want +got):\n%s", err, diff)
	}
	if diff := cmp.Diff([]string{"source 1", "taken 2-1"}, told); diff != "" {
		t.Errorf("told of (-want +got):\n%s", diff)
	}
	if err := s.SaveSources(t.Context(), at, changes); err != nil {
		t.Fatal(err)
	}
	if list, err := s.Sources(t.Context()); err != nil || len(list) != 2 {
		t.Errorf("saved again, Sources = %+v, %v", list, err)
	}
}
