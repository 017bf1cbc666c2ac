package engine_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/storage"
)

// numbered is all that is stored, with numbers and ids.
func numbered(t testing.TB, store *storage.Store) (lines []string) {
	t.Helper()
	view, err := store.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	for a, err := range view.Articles(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, fmt.Sprintf("%+v", a))
	}
	for p, err := range view.Links(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, fmt.Sprintf("%+v", p))
	}
	counters, err := store.Counters(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return append(lines, fmt.Sprintf("%+v", counters))
}

// TestSameAgain holds that what was taken in before changes nothing, not even a
// number, however it comes.
func TestSameAgain(t *testing.T) {
	lines := slices.Concat(readLines(t, 1000, fortnight), gated(t))
	store := stored(t, lines, manner{runs: 2})
	want := numbered(t, store)
	for _, m := range []manner{{name: "as before"}, {name: "reversed", reverse: true}, {name: "shuffled in small batches", shuffle: 1, batch: 9}, {name: "one of them", runs: len(lines)}} {
		t.Run(m.name, func(t *testing.T) {
			takeIn(t, store, lines, m)
			if diff := cmp.Diff(want, numbered(t, store)); diff != "" {
				t.Errorf("(-before +after):\n%s", diff)
			}
		})
	}
	whole(t, store)
}

// TestUnrelatedLeavesAlone holds that articles which share nothing with any
// other leave all clusters as they were, ids included.
func TestUnrelatedLeavesAlone(t *testing.T) {
	d := newDesk(t, readLines(t, 1000, fortnight))
	want := d.clusters()
	var strangers []record
	for i := range 30 {
		strangers = append(strangers, told80(fmt.Sprint("stranger", i), 100+i, 24*(i%14), ""))
	}
	d.take(jsonl(t, strangers...))
	if diff := cmp.Diff(want, d.clusters()); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	for _, s := range strangers {
		if a := d.find(s.ID); a.Cluster != 0 {
			t.Errorf("%s is in cluster %d", s.ID, a.Cluster)
		}
	}
}

// edition makes versions of a few stories, most of which share passages: copies,
// cuts, wraps, and edits, so many that lists are longer than what is looked at.
func edition(r *rand.Rand, id int) record {
	base := 1 + r.IntN(3)
	words := strings.Fields(prose(base, 150))
	switch r.IntN(4) {
	case 0:
		words = words[:60+r.IntN(60)]
	case 1:
		words = append(strings.Fields(prose(1000+r.IntN(1000), 20+r.IntN(100))), words...)
	case 2:
		for range 10 {
			words[r.IntN(len(words))] = "another"
		}
	}
	return record{fmt.Sprint("a", id), fmt.Sprintf("outlet%d.example", id%9), "", hour(r.IntN(300)), strings.Join(words, " ")}
}

// windows of histories, whose articles are of 300 hours.
var windows = []time.Duration{0, 48 * time.Hour}

// TestHistoryLeavesNoTrace holds that what is stored follows from the articles
// as they are now: after runs in which they came late, changed and changed
// again it is what one run over the last versions makes.
func TestHistoryLeavesNoTrace(t *testing.T) {
	for seed := range uint64(12) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			leavesNoTrace(t, history{rand.New(rand.NewPCG(seed, 1)), 30, 4, 12, 8, windows[seed%2], edition, false})
		})
	}
}

// history is five runs of random articles, some of which change what came before.
type history struct {
	*rand.Rand
	ids         int // that articles have
	least, more int // articles of a run
	batch       int // the largest
	window      time.Duration
	make        func(r *rand.Rand, id int) record
	others      bool // an id may be given to another article
}

// leavesNoTrace holds that what is stored after a history is what one run over
// the last versions makes, the last that were new; where ids are given to other
// articles too, what one run over all of them makes.
func leavesNoTrace(t *testing.T, h history) {
	store := openStore(t, t.TempDir()+"/a.db", storage.Options{})
	last := map[int]record{}
	were := map[record]bool{} // what was stored once is known
	var all []record          // in the order in which they came first
	for range 5 {
		var come []record
		for range h.least + h.IntN(h.more) {
			id := h.IntN(h.ids)
			now := h.make(h.Rand, id)
			if before, known := last[id]; known && !h.others {
				now.Published, now.Title = before.Published, before.Title // a version has its article's date and headline
			}
			if !were[now] {
				last[id] = now
				all = append(all, now)
			}
			were[now] = true
			come = append(come, now)
		}
		takeIn(t, store, jsonl(t, come...), manner{batch: 1 + h.IntN(h.batch), window: h.window})
		whole(t, store)
	}
	var final []record
	for _, id := range slices.Sorted(maps.Keys(last)) {
		final = append(final, last[id])
	}
	if h.others {
		final = all
	}
	want := content(t, stored(t, jsonl(t, final...), manner{window: h.window}))
	if diff := cmp.Diff(want, content(t, store)); diff != "" {
		t.Errorf("(-in one run +after five):\n%s", diff)
	}
}
