package engine_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/engine"
)

// TestUpdatedStoryKeepsItsID: a story of which every member gets a new version, in one
// batch or one after the other, is the same cluster, and nothing happened to it but that
// another one joined.
func TestUpdatedStoryKeepsItsID(t *testing.T) {
	version := func(more string, members int) []string {
		var list []record
		for i := range members {
			list = append(list, record{fmt.Sprint("a", i), fmt.Sprintf("outlet%d.example", i), "", hour(i), prose(1, 120) + more})
		}
		return jsonl(t, list...)
	}
	for _, batch := range []int{1, 2, 100} {
		t.Run(fmt.Sprint("batches of ", batch), func(t *testing.T) {
			d := newDesk(t, version("", 3))
			was := d.clusters()
			if len(was) != 1 {
				t.Fatalf("%d clusters, want 1", len(was))
			}
			small := func(o *engine.Options) { o.Batch = batch }
			d.takeWith(version(" "+prose(2, 30), 3), small)
			if diff := cmp.Diff(was, d.clusters()); diff != "" {
				t.Errorf("(-before +after all were updated):\n%s", diff)
			}
			d.takeWith(version(" "+prose(3, 30), 4), small)
			var events []string
			for id := range was {
				if got := d.clusters()[id]; len(got) != 4 {
					t.Errorf("cluster %d has %v, want four members", id, got)
				}
				events = d.events(id)
			}
			if diff := cmp.Diff([]string{"made 3", "joined 4"}, events); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
		})
	}
}

// events returns what became of a cluster.
func (d *desk) events(id int64) (list []string) {
	d.Helper()
	view, err := d.store.View(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	defer view.Close()
	for e, err := range view.History(d.Context(), id) {
		if err != nil {
			d.Fatal(err)
		}
		list = append(list, fmt.Sprint(e.Event, " ", e.Members))
	}
	return list
}
