package detect_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/storage"
)

// pageOf makes pages of a few outlets' furniture, whole and cut, around versions
// of a few stories, under headlines that tell the story, tell another, or say
// nothing: what is furniture is often in doubt, and often changes.
func pageOf(r *rand.Rand, id int) record {
	part := func(words string) string {
		list := strings.Fields(words)
		switch r.IntN(4) {
		case 0:
			list = list[:len(list)/2]
		case 1:
			list = list[len(list)/3:]
		}
		return strings.Join(list, " ")
	}
	number := 1 + r.IntN(7)
	story := prose(number, 30+10*number)
	headline := strings.Join(strings.Fields(story)[2:8], " ")
	switch r.IntN(5) {
	case 0:
		headline = ""
	case 1, 2:
		headline = prose(500+r.IntN(9), 6)
	case 3:
		headline = strings.Join(strings.Fields(prose(600+r.IntN(3), 40))[5:11], " ") // of a passage of furniture
	}
	var parts []string
	if r.IntN(4) > 0 {
		parts = append(parts, part(story))
	}
	for range r.IntN(3) {
		number := r.IntN(3)
		parts = append(parts, part(prose(600+number, 40*(1+number))))
	}
	parts = append(parts, prose(2000+r.IntN(1000), 1+r.IntN(40)))
	published := hour(r.IntN(300))
	if r.IntN(6) == 0 {
		published = ""
	}
	return record{fmt.Sprint("a", id), fmt.Sprintf("outlet%d.example", id%7), headline, published, strings.Join(parts, ".\n\n")}
}

// TestFurnitureFollows holds that what is furniture, and so what is linked,
// follows from the articles as they are now: not from the order in which pages
// came, nor from what they said before they changed.
func TestFurnitureFollows(t *testing.T) {
	seeds := uint64(24)
	if testing.Short() {
		seeds = 6
	}
	for seed := range seeds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(seed, 2))
			store := openStore(t, t.TempDir()+"/a.db", storage.Options{})
			last := map[int]record{}
			for range 5 {
				var come []record
				for range 8 + r.IntN(30) {
					id := r.IntN(90)
					now := pageOf(r, id)
					if before, known := last[id]; known {
						now.Published = before.Published
					}
					last[id] = now
					come = append(come, now)
				}
				takeIn(t, store, jsonl(t, come...), manner{batch: 1 + r.IntN(12)})
				whole(t, store)
			}
			var final []record
			for _, id := range slices.Sorted(maps.Keys(last)) {
				final = append(final, last[id])
			}
			want := content(t, stored(t, jsonl(t, final...), manner{}))
			if diff := cmp.Diff(want, content(t, store)); diff != "" {
				t.Errorf("(-in one run +after five):\n%s", diff)
			}
		})
	}
}

// TestStoryIsUnlearned holds that a story which was taken for furniture, because
// at first it came under headlines that say nothing of it, is a story when its
// source is there.
func TestStoryIsUnlearned(t *testing.T) {
	story := prose(40, 90)
	var empty, telling []record
	for i := range 8 {
		empty = append(empty, record{fmt.Sprint("empty", i), fmt.Sprintf("e%d.example", i), prose(700+i, 5), hour(30 + i), story})
	}
	for i := range 22 {
		telling = append(telling, record{fmt.Sprint("telling", i), fmt.Sprintf("t%d.example", i), strings.Join(strings.Fields(story)[4:10], " "), hour(i), story})
	}
	d := newDesk(t, jsonl(t, empty...))
	if d.together("empty0", "empty7") {
		t.Fatal("the text is no furniture under eight headlines that say nothing, so there is nothing to unlearn")
	}
	d.take(jsonl(t, telling...))
	whole(t, d.store)
	if rows, err := d.store.Furniture(t.Context()); err != nil || len(rows) > 0 {
		t.Errorf("furniture is still %+v (%v)", rows, err)
	}
	for _, r := range append(empty, telling...) {
		if !d.together("telling0", r.ID) {
			t.Errorf("%s is apart", r.ID)
		}
	}
}
