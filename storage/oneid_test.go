package storage

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
)

// TestMovedKeys: what people decided goes with articles that have other keys, all at
// once, though one takes the key that another leaves. The later word on a pair holds.
func TestMovedKeys(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	fill(t, s, harbour())
	at := time.Date(2026, 3, 9, 8, 0, 0, 0, time.UTC)
	later := at.Add(time.Hour)
	key := func(n byte) article.Key { return article.Key{n} }
	write := func(b Batch) {
		t.Helper()
		b.Run = 1
		if err := s.Write(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
	}
	write(Batch{
		Decided: []Decision{
			NewDecision(key(5), key(1), true, at, "moves"), NewDecision(key(5), key(9), false, at, "moves, other way round"),
			NewDecision(key(5), key(2), false, at, "yields"), NewDecision(key(7), key(2), true, later, "stays"),
			NewDecision(key(5), key(10), false, later, "moves and holds"), NewDecision(key(7), key(10), true, at, "earlier"),
			NewDecision(key(5), key(7), false, at, "on itself"), NewDecision(key(3), key(4), true, at, "not concerned"),
			NewDecision(key(8), key(4), true, at, "moves to the key that is left"),
		},
		Pinned: []Pin{{Key: key(5), Decided: at, Note: "moves"}, {Key: key(6), Decided: at, Note: "not concerned"}},
	})
	for _, k := range []Skip{
		NewSkip(key(5), key(11), at), NewSkip(key(5), key(7), at),
		NewSkip(key(5), key(2), at), NewSkip(key(7), key(9), at), // decided, when all has moved
	} {
		if err := s.Skip(t.Context(), k, false); err != nil {
			t.Fatal(err)
		}
	}
	write(Batch{Moved: map[article.Key]article.Key{key(5): key(7), key(8): key(5)}})
	v, err := s.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	decisions, err := collect(v.Decisions(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	want := []Decision{
		NewDecision(key(1), key(7), true, at, "moves"), NewDecision(key(2), key(7), true, later, "stays"),
		NewDecision(key(3), key(4), true, at, "not concerned"), NewDecision(key(4), key(5), true, at, "moves to the key that is left"),
		NewDecision(key(7), key(9), false, at, "moves, other way round"), NewDecision(key(7), key(10), false, later, "moves and holds"),
	}
	if diff := cmp.Diff(want, decisions); diff != "" {
		t.Errorf("decisions (-want +got):\n%s", diff)
	}
	pins, err := collect(v.Pins(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Pin{{Key: key(6), Decided: at, Note: "not concerned"}, {Key: key(7), Decided: at, Note: "moves"}}, pins); diff != "" {
		t.Errorf("pins (-want +got):\n%s", diff)
	}
	skips, err := collect(v.Skips(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Skip{NewSkip(key(7), key(11), at)}, skips); diff != "" {
		t.Errorf("skips (-want +got):\n%s", diff)
	}
}

func TestTextsOfID(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	run, err := s.BeginRun(t.Context(), "test", "", time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	feed, other := article.Article{ID: "0", Outlet: "star"}, article.Article{ID: "1", Outlet: "star"}
	base := feed.Key()
	near := base // begins like the id's keys and is of another id
	near[15]++
	b := Batch{Run: run, Outlets: []OutletRow{{ID: 1, Name: "star"}}}
	for i, x := range []struct {
		key     article.Key
		id      string
		version int
		past    bool
	}{
		{base, "0", 1, false}, {base.Other(7 << 40), "0~x", 1, false}, {other.Key(), "1", 1, false}, {near, "2", 1, false},
		{base, "0", 2, false}, {base.Other(9 << 40), "0~y", 1, false}, {base.Other(9 << 40), "0~y", 2, true},
	} {
		b.Articles = append(b.Articles, NewArticle{
			Seq: uint32(i + 1), Key: x.key, Outlet: 1, Version: x.version, Past: x.past, TextHash: uint64(100 + i),
			Article: article.Article{ID: x.id, Headline: "h" + string(rune('1'+i)), Language: "en"}, Packed: s.PackBody(nil, "text"), FirstSeen: 50,
		})
	}
	if err := s.Write(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	if err := s.Write(t.Context(), &Batch{Run: run, Superseded: []uint32{1}}); err != nil {
		t.Fatal(err)
	}
	texts, err := s.TextsOfID(t.Context(), base)
	if err != nil {
		t.Fatal(err)
	}
	want := []IDText{
		{1, base, 1, 100, "h1"}, {2, base.Other(7 << 40), 1, 101, "h2"}, {5, base, 2, 104, "h5"},
		{6, base.Other(9 << 40), 1, 105, "h6"}, {7, base.Other(9 << 40), 2, 106, "h7"},
	}
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	a, seen, err := s.Received(t.Context(), 2)
	if err != nil || a.ID != "0~x" || a.Outlet != "star" || a.Body != "text" || seen.Unix() != 50 {
		t.Errorf("Received = %+v, %v, %v", a, seen, err)
	}
	v, err := s.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	count, most, err := v.SharedIDs(t.Context(), 5)
	if err != nil || count != 1 || len(most) != 1 || most[0].Articles != 3 || most[0].Keeper.Seq != 5 || most[0].Other.Seq != 2 {
		t.Errorf("SharedIDs = %d, %+v, %v", count, most, err)
	}
}
