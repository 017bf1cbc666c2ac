package storage

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/similarity"
)

func TestInside(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	c := harbour()
	fill(t, s, c)
	key := func(seq int) (k [16]byte) { return c.texts[seq-1].Key }
	at := day(9, 8)
	if err := s.Write(t.Context(), &Batch{Run: 1, Decided: []Decision{
		NewDecision(key(1), key(2), true, at, ""), NewDecision(key(2), key(7), false, at, ""),
		NewDecision(key(4), key(1), true, at, ""), NewDecision([16]byte{1}, key(1), true, at, ""), // one that is not stored
	}}); err != nil {
		t.Fatal(err)
	}
	v, err := s.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()

	type inside struct {
		cluster int64
		a, b    uint32
		kind    similarity.Kind
	}
	read := func(cluster int64) (got []inside) {
		for p, err := range v.Inside(t.Context(), cluster, true) {
			if err != nil {
				t.Fatal(err)
			}
			a, b := c.texts[p.A-1], c.texts[p.B-1]
			if diff := cmp.Diff([]string{a.Outlet, a.Language, b.Outlet, b.Language}, []string{p.OutletA, p.LanguageA, p.OutletB, p.LanguageB}); diff != "" {
				t.Errorf("%d and %d (-want +got):\n%s", p.A, p.B, diff)
			}
			got = append(got, inside{p.Cluster, p.A, p.B, p.Kind})
		}
		return got
	}
	first := []inside{{1, 3, 1, similarity.Excerpt}, {1, 1, 2, similarity.Near}, {1, 8, 2, similarity.Identical}}
	for cluster, want := range map[int64][]inside{
		1: first, 2: {{2, 5, 7, similarity.Rewrite}}, 3: nil, // 1 and 4 were compared, and 4 is alone
	} {
		if diff := cmp.Diff(want, read(cluster), cmp.AllowUnexported(inside{})); diff != "" {
			t.Errorf("Inside(%d) (-want +got):\n%s", cluster, diff)
		}
	}
	for p, err := range v.Inside(t.Context(), 2, false) {
		if err != nil || p.OutletA+p.LanguageA+p.OutletB+p.LanguageB != "" {
			t.Errorf("without sorts: %+v, %v", p, err)
		}
	}
	if all := read(0); len(all) != 4 || all[0].cluster != 1 || all[3].cluster != 2 {
		t.Errorf("Inside(0) = %v; want four, by cluster", all)
	}

	decided := map[[2]uint32]DecidedPair{}
	for d, err := range v.DecidedPairs(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		decided[[2]uint32{min(d.A, d.B), max(d.A, d.B)}] = d
	}
	if d := decided[[2]uint32{1, 2}]; len(decided) != 3 || d.ClusterA != 1 || d.ClusterB != 1 || !d.Same {
		t.Errorf("DecidedPairs = %v; want three, 1 and 2 the same in cluster 1", decided)
	}
	if d := decided[[2]uint32{1, 4}]; d.ClusterA+d.ClusterB != 1 {
		t.Errorf("DecidedPairs of one that is alone = %+v", d)
	}

	sizes, err := v.Sizes(t.Context())
	if diff := cmp.Diff(map[int64]int{1: 4, 2: 2}, sizes); err != nil || diff != "" {
		t.Errorf("Sizes: %v (-want +got):\n%s", err, diff)
	}
	for _, tt := range []struct {
		name            string
		filter          Filter
		clusters        int
		firsts, credits []Tally
	}{
		{"all", Filter{}, 2, []Tally{{"beta.example", 1}, {"gamma.example", 1}}, []Tally{{"Northwire", 1}}},
		{"one of two", Filter{Among: []int64{2, 99}}, 1, []Tally{{"beta.example", 1}}, nil},
		{"none", Filter{Among: []int64{}}, 0, nil, nil},
		{"by headline", Filter{Query: "storm"}, 1, []Tally{{"gamma.example", 1}}, []Tally{{"Northwire", 1}}},
	} {
		n, _, err := v.CountClusters(t.Context(), tt.filter)
		if err != nil || n != tt.clusters {
			t.Errorf("%s: %d clusters, %v; want %d", tt.name, n, err, tt.clusters)
		}
		firsts, credits, err := v.Firsts(t.Context(), tt.filter, 9)
		if diff := cmp.Diff(tt.firsts, firsts); err != nil || diff != "" {
			t.Errorf("%s: Firsts: %v (-want +got):\n%s", tt.name, err, diff)
		}
		if diff := cmp.Diff(tt.credits, credits); diff != "" {
			t.Errorf("%s: credits (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestRelated(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	c := harbour()
	link := func(a, b int64, kind similarity.Kind, share float64) {
		e := similarity.Evidence{ContainmentB: share}
		c.pairs = append(c.pairs, Pair{A: a, B: b, Kind: kind, ContainmentB: share, Evidence: e.Pack(nil)})
	}
	link(1, 7, similarity.Rewrite, 0.2)
	link(5, 3, similarity.Excerpt, 0.57)  // the earlier one is of the other cluster
	link(2, 6, similarity.Excerpt, 0.9)   // that is no longer the version in force
	link(8, 4, similarity.Rewrite, 0.3)   // that is in no cluster
	link(2, 5, similarity.Distinct, 0.99) // no link
	fill(t, s, c)
	v, err := s.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for cluster, want := range map[int64][]Related{
		1: {{2, 5, "x1", "beta.example", similarity.Excerpt, 0.57, 2}, {0, 4, "x1", "alpha.example", similarity.Rewrite, 0.3, 1}},
		2: {{1, 3, "320ebaed67a3aae3bf4d0d5a5edc0219", "gamma.example", similarity.Excerpt, 0.57, 2}},
		9: nil,
	} {
		got, err := v.Related(t.Context(), cluster)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("Related(%d) (-want +got), %v:\n%s", cluster, err, diff)
		}
	}
	var got string
	if err := s.r.QueryRow(`SELECT group_concat(cluster || ' ' || coalesce(other, '-') || ' ' || article_other || ' ' || kind || ' ' || share, '; ' ORDER BY cluster, share)
		FROM related WHERE cluster = 1`).Scan(&got); err != nil || got != "1 2 v rewrite 0.2; 1 - x1 rewrite 0.3; 1 2 x1 excerpt 0.57" {
		t.Errorf("view related: %q, %v", got, err)
	}
}
