package storage

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
)

// TestRenewVersions: a version that no longer counts leaves its cluster to the one that
// does, if that is in none; the rows of clusters stay true; its pairs go.
func TestRenewVersions(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	fill(t, s, harbour())
	key := harbour().texts
	renewal := &Renewal{
		Articles: []Renewed{
			{Seq: 1, Key: key[3].Key, Outlet: 1, Headline: "Storm", Language: "en", TextHash: 1},
			{Seq: 8, Key: key[4].Key, Outlet: 2, Headline: "Mayor", Language: "en", TextHash: 2, Packed: s.PackBody(nil, "other")},
		},
		Standing: []Standing{
			{Seq: 1, Version: 1}, {Seq: 4, Version: 2, Current: true},
			{Seq: 8, Version: 2}, {Seq: 5, Version: 3, Current: true},
		},
		Heirs: map[uint32]uint32{1: 4, 8: 5},
		Meta:  map[string]string{"renew": "x 9"},
	}
	for range 2 { // again without harm
		if err := s.Renew(t.Context(), renewal); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	err := s.Clusters(t.Context(), 0, func(c ClusterRow) error {
		members, err := s.ClusterMembers(t.Context(), c.ID)
		got = append(got, fmt.Sprintf("cluster %d of %d from %d: %v, by %d", c.ID, c.Size, c.Outlets, members, c.Representative))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, seq := range []uint32{1, 2, 8} {
		pairs, err := s.PairsWith(t.Context(), seq)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%d has %d pairs", seq, len(pairs)))
	}
	known, err := s.Known(t.Context(), []article.Key{key[3].Key, key[4].Key})
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []article.Key{key[3].Key, key[4].Key} {
		got = append(got, fmt.Sprintf("known as %d, version %d, older %x", known[k].Seq, known[k].Version, known[k].Older))
	}
	at, err := s.Meta(t.Context(), "renew")
	if err != nil {
		t.Fatal(err)
	}
	body, err := s.Words(t.Context(), 8)
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, at, body.Outlet+" "+body.Headline+" "+body.Body)
	want := []string{
		"cluster 1 of 3 from 3: [2 3 4], by 3",
		"cluster 2 of 2 from 2: [5 7], by 5",
		"1 has 0 pairs", "2 has 0 pairs", "8 has 0 pairs",
		"known as 4, version 2, older [1]",
		"known as 5, version 3, older [2]",
		"x 9", "beta.example Mayor other",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRenewDecisions: of two words on what is one pair now the later one holds, in either
// order of the keys, and one on versions of one article goes.
func TestRenewDecisions(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	fill(t, s, harbour())
	key := func(n byte) article.Key { return article.Key{n} }
	day := func(n int) time.Time { return time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC) }
	err := s.Write(t.Context(), &Batch{Run: 1, Decided: []Decision{
		NewDecision(key(1), key(2), true, day(1), "moves, turned round"),
		NewDecision(key(3), key(4), true, day(2), "earlier"),
		NewDecision(key(5), key(4), false, day(3), "later"),
		NewDecision(key(3), key(5), true, day(4), "on itself"),
		NewDecision(key(6), key(7), false, day(5), "stays"),
	}, Pinned: []Pin{{key(3), day(1), "earlier"}, {key(5), day(2), "later"}, {key(6), day(3), "stays"}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []Skip{NewSkip(key(1), key(8), day(1)), NewSkip(key(3), key(9), day(2)), NewSkip(key(8), key(9), day(3))} {
		if err := s.Skip(t.Context(), k, false); err != nil {
			t.Fatal(err)
		}
	}
	moved := map[article.Key]article.Key{key(1): key(30), key(3): key(20), key(5): key(20)}
	if err := s.Renew(t.Context(), &Renewal{Moved: moved}); err != nil {
		t.Fatal(err)
	}
	v, err := s.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	var got []string
	for d, err := range v.Decisions(t.Context()) {
		got = append(got, fmt.Sprintln(d.A[0], d.B[0], d.Same, d.Note, err))
	}
	for p, err := range v.Pins(t.Context()) {
		got = append(got, fmt.Sprintln(p.Key[0], p.Note, err))
	}
	for k, err := range v.Skips(t.Context()) {
		got = append(got, fmt.Sprintln(k.A[0], k.B[0], err))
	}
	want := []string{
		fmt.Sprintln(2, 30, true, "moves, turned round", nil), fmt.Sprintln(4, 20, false, "later", nil), fmt.Sprintln(6, 7, false, "stays", nil),
		fmt.Sprintln(6, "stays", nil), fmt.Sprintln(20, "later", nil),
		fmt.Sprintln(8, 9, nil), fmt.Sprintln(8, 30, nil), fmt.Sprintln(9, 20, nil),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
