package report

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/similarity"
	"dedupe/storage"
)

func TestGravest(t *testing.T) {
	list := []suspected{
		{id: 1, confidence: 1, size: 900},
		{id: 2, confidence: 0.7, size: 3},
		{id: 3, confidence: 0.6, size: 3},
		{id: 4, confidence: 0.7, size: 40},
		{id: 5, confidence: 1, size: 2, contradicted: 1},
		{id: 6, confidence: 0.9, size: 2, contradicted: 2},
		{id: 7, confidence: 0.7, size: 40},
	}
	slices.SortFunc(list, gravest)
	var got []int64
	for _, s := range list {
		got = append(got, s.id)
	}
	if diff := cmp.Diff([]int64{6, 5, 3, 7, 4, 2, 1}, got); diff != "" {
		t.Errorf("the gravest first (-want +got):\n%s", diff)
	}
}

func TestQueryWords(t *testing.T) {
	q := Query{Suspicious: true, Filter: storage.Filter{MinOutlets: 2, Since: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Outlets: []string{"a", "b", "c"},
		Kind: similarity.Near, Language: "en", Query: "storm", ChangedSince: 7}}
	want := []string{"2 outlets or more", "since 2026-03-01 00:00", "in a or 2 others of the owner", "with a copy of kind near",
		"in language en", "headline holds “storm”", "new or changed since run 7", "uncertain"}
	if diff := cmp.Diff(want, q.words()); diff != "" {
		t.Errorf("words (-want +got):\n%s", diff)
	}
	if got := (&Query{}).words(); got != nil {
		t.Errorf("words of nothing = %q", got)
	}
}
