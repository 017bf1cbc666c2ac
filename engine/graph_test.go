package engine

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
	"dedupe/storage"
)

// TestMovedDecisions: words on pairs follow their articles to other keys as in the store:
// all at once, and of two on one pair the later holds.
func TestMovedDecisions(t *testing.T) {
	key := func(n byte) article.Key { return article.Key{n} }
	day := func(n int) time.Time { return time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC) }
	to := map[article.Key]article.Key{key(5): key(7), key(8): key(5)}
	for _, tt := range []struct {
		name string
		from []storage.Decision
		want []storage.Decision
	}{
		{"none concerned", []storage.Decision{storage.NewDecision(key(1), key(2), true, day(1), "")}, []storage.Decision{storage.NewDecision(key(1), key(2), true, day(1), "")}},
		{"moves", []storage.Decision{storage.NewDecision(key(6), key(5), true, day(1), "")}, []storage.Decision{storage.NewDecision(key(6), key(7), true, day(1), "")}},
		{"both move, one to what the other leaves", []storage.Decision{storage.NewDecision(key(5), key(8), true, day(1), "")}, []storage.Decision{storage.NewDecision(key(5), key(7), true, day(1), "")}},
		{"on itself", []storage.Decision{storage.NewDecision(key(5), key(7), true, day(1), "")}, nil},
		{"the later one moved", []storage.Decision{storage.NewDecision(key(1), key(5), true, day(2), "moved"), storage.NewDecision(key(1), key(7), false, day(1), "there")}, []storage.Decision{storage.NewDecision(key(1), key(7), true, day(2), "moved")}},
		{"the later one was there", []storage.Decision{storage.NewDecision(key(1), key(5), true, day(1), "moved"), storage.NewDecision(key(1), key(7), false, day(2), "there")}, []storage.Decision{storage.NewDecision(key(1), key(7), false, day(2), "there")}},
		{"of one moment", []storage.Decision{storage.NewDecision(key(1), key(5), true, day(1), "moved"), storage.NewDecision(key(1), key(7), false, day(1), "there")}, []storage.Decision{storage.NewDecision(key(1), key(7), true, day(1), "moved")}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, newDecisions(tt.from).moved(to).list()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
