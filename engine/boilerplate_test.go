package engine_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pageOf makes pages of a few outlets' boilerplate, whole and cut, around versions
// of a few stories, under headlines that tell the story, tell another, or say
// nothing: what is boilerplate is often uncertain, and often changes.
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
		headline = strings.Join(strings.Fields(prose(600+r.IntN(3), 40))[5:11], " ") // of a passage of boilerplate
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

// TestBoilerplateFollows holds that what is boilerplate, and so what is linked,
// follows from the articles as they are now: not from the order in which pages
// came, nor from what they said before they changed.
func TestBoilerplateFollows(t *testing.T) {
	seeds := uint64(24)
	if testing.Short() {
		seeds = 6
	}
	for seed := range seeds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			leavesNoTrace(t, history{rand.New(rand.NewPCG(seed, 2)), 90, 8, 30, 12, windows[seed%2], pageOf, false})
		})
	}
}

// TestStoryIsUnlearned holds that a story which was taken for boilerplate, because
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
		t.Fatal("the text is no boilerplate under eight headlines that say nothing, so there is nothing to unlearn")
	}
	d.take(jsonl(t, telling...))
	whole(t, d.store)
	if rows, err := d.store.Boilerplate(t.Context()); err != nil || len(rows) > 0 {
		t.Errorf("boilerplate is still %+v (%v)", rows, err)
	}
	for _, r := range append(empty, telling...) {
		if !d.together("telling0", r.ID) {
			t.Errorf("%s is apart", r.ID)
		}
	}
}

// TestFewInAnyOrder takes a few articles in one by one, in all their orders: the
// clusters and who represents them must be those of all at once.
func TestFewInAnyOrder(t *testing.T) {
	at := func(id, outlet, headline, published, body string) record {
		return record{id, outlet, headline, published, body}
	}
	for _, tt := range []struct {
		name     string
		articles []record
	}{
		{"a prompt with hardly a telling word", []record{
			at("a", "One", "takovida", hour(1), "we can keep on telling the stories of"),
			at("b", "One", "lito", hour(50), "we can keep on telling the stories of"),
			at("c", "One", "from", hour(3), "today so that we can keep on telling the stories of your"),
			at("d", "Two", "", hour(60), "today so that we can keep on telling the stories of your"),
		}},
		{"the longest, until a prompt in it is learned", []record{
			at("a010", "Outlet 1", "Kida on 177.", "", "Bosesode vesili at lalivo tabovoni said vadimo said for from vebu. Vibole by."),
			at("a019", "Outlet 0", "362.", "", "Sign in to continue reading this article. Create a get email notifications daily. We use cookies to improve and you can opt out at any time."),
			at("a011", "Outlet 1", "Kida on 177.", "", "Sign in to continue reading this article. Create and you can opt out at any time. Bosesode vesili at lalivo tabovoni said vadimo said for from vebu. Vibole by."),
			at("a026", "Outlet 0", "mekakimo", "", "Sign in to continue reading this article. Create experience and you can opt out at any time. Dodoki"),
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			lines := jsonl(t, tt.articles...)
			want := groups(t, lines, manner{})
			var permute func(n int)
			permute = func(n int) { // Heap 1963
				if n == 1 {
					if diff := cmp.Diff(want, groups(t, lines, manner{batch: 1})); diff != "" {
						t.Errorf("%v (-at once +one by one):\n%s", lines, diff)
					}
					return
				}
				for i := range n {
					permute(n - 1)
					lines[n-1], lines[(1-n%2)*i] = lines[(1-n%2)*i], lines[n-1]
				}
			}
			permute(len(lines))
		})
	}
}
