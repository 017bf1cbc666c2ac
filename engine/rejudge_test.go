package engine_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/engine"
	"dedupe/similarity"
	"dedupe/storage"
)

// masthead is a prompt such as a group of stations has on all its pages, in words by
// which it is not known in advance.
const masthead = `The Lantern Group has forty papers along the coast, all printed in the old customs house at Millbridge.
Its presses run from two in the morning, its vans leave at four, and at six there is a copy on every counter
of the county. Founded by two brothers with one hand press, the house has been in the family for five generations.`

// gated are pages that share nothing but the prompt. The first two have no
// headline, so that for a while nothing tells them from copies; of the others
// each tells its own.
func gated(t *testing.T) []string {
	return jsonl(t,
		record{"one", "one.example", "", hour(1), prose(1, 16) + ".\n\n" + masthead},
		record{"two", "two.example", "", hour(2), prose(2, 16) + ".\n\n" + masthead},
		told80("three", 3, 3, masthead), told80("four", 4, 4, masthead), told80("five", 5, 5, masthead), told80("six", 6, 6, masthead),
		told80("seven", 7, 7, masthead), told80("eight", 8, 8, masthead),
		record{"eight-again", "nine.example", "Another headline", hour(9), prose(8, 80) + ".\n\n" + masthead})
}

// TestBoilerplateRejudges holds that a link which rested on what is later learned to
// be boilerplate goes, and its cluster with it, whether it was made in an earlier
// run, an earlier batch, or the same one.
func TestBoilerplateRejudges(t *testing.T) {
	lines := gated(t)
	early := newDesk(t, lines[:2])
	if !early.together("one", "two") {
		t.Fatal("the prompt alone links no two pages, so there is nothing to re-judge")
	}
	old := early.find("one").Cluster
	early.take(lines[2:4])
	early.take(lines[4:])
	if a := early.find("one"); a.Cluster != 0 || a.Words != 16 {
		t.Errorf("one is in cluster %d and has %d words left, want none and 16", a.Cluster, a.Words)
	}
	if !early.together("eight", "eight-again") {
		t.Error("eight and its copy have parted")
	}
	whole(t, early.store)

	view, err := early.store.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	if _, err := view.Cluster(t.Context(), old); err == nil {
		t.Errorf("cluster %d still lives", old)
	}
	var events []string
	for e, err := range view.History(t.Context(), old) {
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, e.Event)
	}
	if n := len(events); n < 2 || events[0] != "made" || events[n-1] != "dissolved" {
		t.Errorf("the log says of it %q, want that it was made and at last dissolved", events)
	}
	rows, err := early.store.Boilerplate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) == 0 || rows[0].State != storage.Learned || rows[0].Example == 0 {
		t.Errorf("boilerplate is listed as %+v", rows)
	}

	want := content(t, early.store)
	for _, m := range []manner{{name: "one batch"}, {name: "one by one", batch: 1}, {name: "reversed", reverse: true}, {name: "reversed one by one", reverse: true, batch: 1},
		{name: "shuffled", shuffle: 1, batch: 2}, {name: "five runs", runs: 5, shuffle: 3}} {
		t.Run(m.name, func(t *testing.T) {
			if diff := cmp.Diff(want, content(t, stored(t, lines, m))); diff != "" {
				t.Errorf("(-in three runs +so):\n%s", diff)
			}
		})
	}
}

// TestIDStaysWithItsMembers holds that the id of a cluster does not go to articles
// that stood in it in passing, until a later batch of their run learned the prompt
// that held them there.
func TestIDStaysWithItsMembers(t *testing.T) {
	d := newDesk(t, gated(t)[:2])
	old := d.find("one").Cluster
	if old == 0 {
		t.Fatal("the prompt alone links no two pages")
	}
	short := prose(20, 16) + ".\n\n" + masthead
	passing := jsonl(t, record{"ten", "ten.example", "", hour(10), short}, record{"ten-again", "eleven.example", "", hour(11), short},
		record{"ten-more", "twelve.example", "", hour(12), short})
	teaching := jsonl(t, told80("three", 3, 20, masthead), told80("four", 4, 21, masthead), told80("five", 5, 22, masthead), told80("six", 6, 23, masthead), told80("seven", 7, 24, masthead))
	d.takeWith(slices.Concat(passing, teaching), func(o *engine.Options) { o.Batch = 3 })
	if id := d.find("ten").Cluster; id == 0 || id == old || id != d.find("ten-again").Cluster {
		t.Errorf("ten is in cluster %d, ten-again in %d; %d was that of others", id, d.find("ten-again").Cluster, old)
	}
	whole(t, d.store)
}

// TestChangedBody holds that a changed body under one identity becomes version
// 2, is compared again, and that clusters follow: the old copy is left alone,
// the new one joins.
func TestChangedBody(t *testing.T) {
	ferry, lamp := prose(10, 120), prose(11, 120)
	at := func(id, body string, n int) record {
		return record{id, id + ".example", "", hour(n), body}
	}
	d := newDesk(t, jsonl(t, at("first", ferry, 1), at("copy", ferry, 2), at("other", lamp, 3)))
	if !d.together("first", "copy") {
		t.Fatal("first and its copy are apart")
	}
	d.take(jsonl(t, at("first", lamp, 1)))
	whole(t, d.store)
	a := d.find("first")
	if a.Version != 2 || !a.Current {
		t.Errorf("version %d, current %v", a.Version, a.Current)
	}
	if !d.together("first", "other") || d.find("copy").Cluster != 0 {
		t.Errorf("clusters are %v", d.clusters())
	}
	view, err := d.store.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	old, err := view.Article(t.Context(), 1)
	if err != nil || old.Key != a.Key || old.Version != 1 || old.Current || old.Cluster != 0 {
		t.Errorf("old version %+v, %v", old, err)
	}
	for seq, want := range map[int64]string{old.Seq: ferry, a.Seq: lamp} {
		if body, err := view.Body(t.Context(), seq); err != nil || body != want {
			t.Errorf("version %d has another body (%v)", seq, err)
		}
	}
	want := content(t, stored(t, jsonl(t, at("first", lamp, 1), at("copy", ferry, 2), at("other", lamp, 3)), manner{}))
	if diff := cmp.Diff(want, content(t, d.store)); diff != "" {
		t.Errorf("(-taken so at first +changed to it):\n%s", diff)
	}

	places, _, _, err := d.store.Places(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if was, is := places[old.Seq-1], places[a.Seq-1]; !was.Dead || is.Dead || was.Date != is.Date {
		t.Errorf("the old version's place is %+v, the new one's %+v: want the old one dead at the same date", was, is)
	}

	d.take(jsonl(t, at("first", ferry, 1))) // what was there already is no news
	if a := d.find("first"); a.Version != 2 || d.together("first", "copy") || !d.together("first", "other") {
		t.Errorf("read again it is version %d; clusters are %v", a.Version, d.clusters())
	}
	whole(t, d.store)
}

// TestOlderVersionsAreKnown holds that a folder whose files have several versions of an
// article, in any batches, is taken in once: a second run finds all of them known.
func TestOlderVersionsAreKnown(t *testing.T) {
	at := func(number int) record { return record{"first", "one.example", "", hour(1), prose(number, 60)} }
	lines := jsonl(t, at(20), record{"copy", "two.example", "", hour(2), prose(21, 60)}, at(21), at(22), at(20), at(23),
		record{"last", "three.example", "", hour(3), prose(23, 60)})
	for _, batch := range []int{1, 2, 3, 100} {
		t.Run(fmt.Sprint("batches of ", batch), func(t *testing.T) {
			d := emptyDesk(t)
			for run := range 3 {
				d.takeWith(lines, func(o *engine.Options) { o.Batch = batch + run })
				if a := d.find("first"); a.Version != 4 || d.together("first", "copy") || !d.together("first", "last") {
					t.Errorf("after run %d it is version %d; clusters are %v", run+1, a.Version, d.clusters())
				}
				whole(t, d.store)
			}
		})
	}
}

// TestHistoriesInAFile holds the same of a file in which each of many articles is followed
// by its later versions.
func TestHistoriesInAFile(t *testing.T) {
	var list []record
	for i := range 40 {
		for version := range 3 {
			list = append(list, record{fmt.Sprint("a", i), "one.example", "", hour(i), prose(100*i+version, 60)})
		}
	}
	d := emptyDesk(t)
	for run, batch := range []int{100, 100, 7, 1000} {
		d.takeWith(jsonl(t, list...), func(o *engine.Options) { o.Batch = batch })
		for i := range 40 {
			if a := d.find(fmt.Sprint("a", i)); a.Version != 3 {
				t.Errorf("after run %d article %d is version %d, want 3", run+1, i, a.Version)
			}
		}
	}
}

// TestWrongIDs holds that articles which are all given one id, as a mistake in a feed
// may, are kept apart, in any batches, and that a second run finds all of them known.
func TestWrongIDs(t *testing.T) {
	var list []record
	for i := range 300 {
		list = append(list, record{"the same", "one.example", prose(1000+i, 6), hour(i), prose(100+i, 60)})
	}
	list = append(list, record{"copy", "two.example", "", hour(2), list[99].Body})
	var want []string
	for _, batch := range []int{4000, 50} {
		d := emptyDesk(t)
		for range 2 {
			d.takeWith(jsonl(t, list...), func(o *engine.Options) { o.Batch = batch })
			whole(t, d.store)
		}
		got := content(t, d.store)
		articles := 0
		for _, line := range got {
			if strings.HasPrefix(line, "article the same") {
				articles++
			}
		}
		if counters, err := d.store.Counters(t.Context()); err != nil || articles != 300 || batch == 4000 && counters.Seq != 302 {
			t.Errorf("batches of %d: %d articles in %d rows, want 300 (%v)", batch, articles, counters.Seq-1, err)
		}
		if want == nil {
			want = got
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-at once +batches of %d):\n%s", batch, diff)
		}
		if len(d.clusters()) != 1 {
			t.Errorf("clusters are %v, want the copy with its source alone", d.clusters())
		}
	}
}

// TestRevision holds that two texts of one outlet are versions of one article
// and count as one outlet.
func TestRevision(t *testing.T) {
	body := prose(30, 150)
	d := newDesk(t, jsonl(t,
		record{"early", "one.example", "Ferry aground", hour(1), body},
		record{"late", "one.example", "Ferry aground", hour(3), body + " " + prose(31, 30)},
		record{"copy", "two.example", "Ferry aground", hour(4), body}))
	pairs, err := d.store.PairsWith(t.Context(), uint32(d.find("early").Seq))
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[similarity.Kind]int{}
	for _, p := range pairs {
		kinds[p.Verdict.Kind]++
	}
	if diff := cmp.Diff(map[similarity.Kind]int{similarity.Revision: 1, similarity.Identical: 1}, kinds); diff != "" {
		t.Errorf("kinds of the early version's links (-want +got):\n%s", diff)
	}
	view, err := d.store.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	c, err := view.Cluster(t.Context(), d.find("early").Cluster)
	if err != nil {
		t.Fatal(err)
	}
	if c.Size != 3 || c.Outlets != 2 {
		t.Errorf("a cluster of %d members and %d outlets, want 3 and 2", c.Size, c.Outlets)
	}
}
