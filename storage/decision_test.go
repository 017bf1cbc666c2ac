package storage

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
)

func TestDecisions(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	fill(t, s, harbour())
	at := time.Date(2026, 3, 9, 8, 0, 0, 0, time.UTC)
	key := func(n byte) article.Key { return article.Key{n} }
	write := func(b Batch) {
		t.Helper()
		b.Run = 1
		if err := s.Write(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
	}
	check := func(want ...Decision) {
		t.Helper()
		got, err := s.Decisions(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	first := NewDecision(key(2), key(1), true, at, "one ferry")
	second := NewDecision(key(2), key(3), false, at, "")
	if first.A != key(1) {
		t.Errorf("NewDecision keeps the order %v, %v", first.A, first.B)
	}
	write(Batch{Decided: []Decision{second, first}})
	check(first, second)
	changed := NewDecision(key(1), key(2), false, at.Add(time.Hour), "two ferries")
	write(Batch{Decided: []Decision{changed}})
	check(changed, second)
	write(Batch{Undecided: []Decision{second}})
	check(changed)
}

// A pinned member represents its cluster whenever the cluster is stored, until
// the pin is taken back.
func TestPins(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	fill(t, s, harbour())
	view := func() *View {
		v, err := s.View(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	v := view()
	c, err := v.Cluster(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	var other Article
	for m, err := range v.Members(t.Context(), 1) {
		if err != nil {
			t.Fatal(err)
		}
		if m.Seq != c.Representative {
			other = m.Article
		}
	}
	v.Close()
	row := ClusterRow{ID: 1, Representative: uint32(c.Representative), Reason: c.Reason, Size: c.Size, Outlets: c.Outlets, First: c.First.Unix(), Last: c.Last.Unix()}
	at := time.Date(2026, 3, 9, 8, 0, 0, 0, time.UTC)
	for _, step := range []struct {
		name  string
		batch Batch
		want  int64
		why   string
	}{
		{"pinned", Batch{Pinned: []Pin{{Key: other.Key, Decided: at, Note: "the best text"}}}, other.Seq, "pinned"},
		{"stored again", Batch{}, other.Seq, "pinned"},
		{"taken back", Batch{Unpinned: []article.Key{other.Key}}, c.Representative, c.Reason},
	} {
		step.batch.Run, step.batch.Clusters = 1, []ClusterRow{row}
		if err := s.Write(t.Context(), &step.batch); err != nil {
			t.Fatal(err)
		}
		v := view()
		got, err := v.Cluster(t.Context(), 1)
		v.Close()
		if err != nil || got.Representative != step.want || got.Reason != step.why {
			t.Errorf("%s: represented by %d, %s, %v; want %d, %s", step.name, got.Representative, got.Reason, err, step.want, step.why)
		}
	}
	v = view()
	defer v.Close()
	pins, err := collect(v.Pins(t.Context()))
	if err != nil || len(pins) != 0 {
		t.Errorf("Pins = %v, %v", pins, err)
	}
}

func TestViewOfDecisions(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	fill(t, s, harbour())
	v, err := s.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var keys []article.Key
	for m, err := range v.Members(t.Context(), 1) {
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, m.Key)
	}
	v.Close()
	at := time.Date(2026, 3, 9, 8, 0, 0, 0, time.UTC)
	b := Batch{Run: 1, Decided: []Decision{NewDecision(keys[0], keys[1], true, at, ""), NewDecision(keys[0], article.Key{255}, false, at, "")}}
	if err := s.Write(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	var got string
	err = s.r.QueryRow("SELECT group_concat(decision || ' ' || (article_a IS NULL OR article_b IS NULL) || ' ' || coalesce(same_cluster, '-') || ' ' || decided, '; ' ORDER BY decision) FROM decisions").Scan(&got)
	if want := "different 1 - 2026-03-09T08:00:00Z; same 0 1 2026-03-09T08:00:00Z"; err != nil || got != want {
		t.Errorf("decisions = %q, %v; want %q", got, err, want)
	}
}
