package engine_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/engine"
	"dedupe/storage"
)

// footer is what an outlet has below each of its pages.
const footer = `Copyright of this page is with its publisher. Write to the newsroom at any hour of the day. Follow our pages
wherever you read your news, take our letter in the morning, and tell a friend about us. All times are local times.`

// days are dumps of a feed with one id for all of its items, and of a wire that carries
// them under ids of its own. Two of the items are versions of earlier ones.
func days(t *testing.T) [][]record {
	t.Helper()
	under := func(day int, title, body string) record {
		return record{"https://one.example/news", "One", title, hour(24*day + 9), body + ".\n" + footer}
	}
	wire := func(r record) record {
		r.ID, r.Outlet, r.Body = "w-"+strings.Fields(r.Title)[0], "Wire", strings.TrimSuffix(r.Body, footer)
		return r
	}
	title := func(number int) string { return prose(900+number, 6) }
	a, b, c, d := under(0, title(1), prose(1, 70)), under(1, title(2), prose(2, 70)), under(2, title(3), prose(3, 70)), under(0, title(4), prose(4, 80))
	updated := under(2, title(5), prose(2, 70)+" "+prose(50, 20)) // of b, under another headline
	again := under(1, title(1), prose(60, 70))                    // a rewritten, under its headline
	return [][]record{{a, d, wire(a)}, {b, again, wire(b)}, {updated, c, wire(c)}}
}

// orders are those of three days.
var orders = [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}

// TestOneIDInAnyOrder holds that articles which came under one id are what they are
// whatever the order of days, the batches and the runs, and that what comes again
// changes nothing.
func TestOneIDInAnyOrder(t *testing.T) {
	days := days(t)
	for _, set := range []struct {
		name  string
		days  [][]record
		alone int // articles of the feed
	}{
		{"strangers and versions", days, 4},
		{"strangers", [][]record{{days[0][0], days[0][2]}, {days[1][0], days[1][2]}, {days[2][1], days[2][2]}}, 3},
	} {
		t.Run(set.name, func(t *testing.T) {
			var want []string
			for _, order := range orders {
				for _, batch := range []int{1, 2, 4000} {
					for _, runs := range []int{1, 3} {
						t.Run(fmt.Sprintf("days %v in %d runs, batches of %d", order, runs, batch), func(t *testing.T) {
							d := emptyDesk(t)
							var all []string
							for _, day := range order {
								lines := jsonl(t, set.days[day]...)
								if all = append(all, lines...); runs > 1 {
									d.takeWith(lines, func(o *engine.Options) { o.Batch = batch })
								}
							}
							if runs == 1 {
								d.takeWith(all, func(o *engine.Options) { o.Batch = batch })
							}
							whole(t, d.store)
							got := named(t, d.store)
							if want == nil {
								want = got
							}
							if slices.IsSorted(order) || set.name == "strangers" { // else another version is the current one
								if diff := cmp.Diff(content(t, stored(t, jsonl(t, slices.Concat(set.days...)...), manner{})), content(t, d.store)); diff != "" {
									t.Errorf("(-at once +so):\n%s", diff)
								}
							}
							if diff := cmp.Diff(want, got); diff != "" {
								t.Errorf("keys (-want +got):\n%s", diff)
							}
							if n := len(slices.DeleteFunc(slices.Clone(got), func(s string) bool { return !strings.HasPrefix(s, "https:") })); n != set.alone {
								t.Errorf("%d articles of the feed, want %d: %q", n, set.alone, got)
							}
							before := numbered(t, d.store)
							for _, day := range []int{0, 2, 1} {
								d.takeWith(jsonl(t, set.days[day]...), func(o *engine.Options) { o.Batch = batch })
							}
							if diff := cmp.Diff(before, numbered(t, d.store)); diff != "" {
								t.Errorf("the same again (-before +after):\n%s", diff)
							}
						})
					}
				}
			}
		})
	}
}

// named returns the ids and keys of all articles.
func named(t testing.TB, store *storage.Store) (list []string) {
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
		list = append(list, a.Name()+" "+a.Key.String())
	}
	slices.Sort(list)
	return list
}

// TestOneID holds which texts under one id are versions of one article.
func TestOneID(t *testing.T) {
	title := func(number int) string { return prose(900+number, 6) }
	body := prose(1, 70)
	words := strings.Fields(body)
	cut := func(from, to int) string { return strings.Join(words[from:to], " ") }
	for _, c := range []struct {
		name    string
		records []record // title and body
		want    int      // articles
	}{
		{"another headline and another text", []record{{Title: title(1), Body: body}, {Title: title(2), Body: prose(2, 70)}}, 2},
		{"another headline and a footer in common", []record{{Title: title(1), Body: body + " " + footer}, {Title: title(2), Body: prose(2, 70) + " " + footer}}, 2},
		{"a short text and a footer in common", []record{{Title: title(1), Body: cut(0, 40) + " " + footer}, {Title: title(2), Body: prose(2, 40) + " " + footer}}, 2},
		{"a menu and a footer in common", []record{{Title: title(1), Body: prose(9, 30) + " " + body + " " + footer}, {Title: title(2), Body: prose(9, 30) + " " + prose(2, 70) + " " + footer}}, 2},
		{"another headline and the same text", []record{{Title: title(1), Body: body}, {Title: title(2), Body: body}}, 1},
		{"another headline and a longer text", []record{{Title: title(1), Body: body}, {Title: title(2), Body: body + " " + prose(2, 200)}}, 1},
		{"another headline and a new begin", []record{{Title: title(1), Body: body}, {Title: title(2), Body: prose(2, 25) + " " + cut(25, 70)}}, 1},
		{"another headline and half of the text", []record{{Title: title(1), Body: body}, {Title: title(2), Body: prose(2, 30) + " " + cut(20, 50) + " " + prose(3, 20)}}, 1},
		{"the same headline and another text", []record{{Title: title(1), Body: body}, {Title: title(1), Body: prose(2, 70)}}, 1},
		{"the same headline in other letters", []record{{Title: title(1), Body: body}, {Title: strings.ToUpper(title(1)), Body: prose(2, 70)}}, 1},
		{"a headline that says little and another text", []record{{Title: "Letters to the editor", Body: body}, {Title: "Letters to the editor", Body: prose(2, 70)}}, 2},
		{"a headline that says little and a longer text", []record{{Title: "Letters", Body: body}, {Title: "Letters", Body: body + " " + prose(2, 70)}}, 1},
		{"no headlines", []record{{Body: body}, {Body: prose(2, 70)}}, 1},
		{"a headline that comes later", []record{{Body: body}, {Title: title(1), Body: body + " " + prose(2, 10)}}, 1},
		{"no bodies", []record{{Title: title(1)}, {Title: title(2)}}, 2},
		{"no bodies and a longer headline", []record{{Title: title(1)}, {Title: title(1) + " today"}}, 1},
		{"no bodies and another number", []record{{Title: "Lottery numbers of Wednesday 12 April"}, {Title: "Lottery numbers of Wednesday 13 April"}}, 2},
		{"no bodies and the same numbers in another order", []record{{Title: "Storm leaves 12 injured and 3 dead in Corley"}, {Title: "Storm leaves 3 dead and 12 injured in Corley"}}, 1},
		{"no bodies and a number in another style", []record{{Title: "Storm damages 1.380 houses in Corley"}, {Title: "Storm damages 1,38 houses in Corley"}}, 1},
		{"a body that comes later", []record{{Title: "Fire in Harwick"}, {Title: "Fire in Harwick", Body: body}}, 1},
		{"short texts", []record{{Title: title(1), Body: "See the video."}, {Title: title(2), Body: "Read more here today."}}, 2},
		{"a chain", []record{{Title: title(1), Body: cut(0, 40)}, {Title: title(2), Body: cut(20, 60)}, {Title: title(3), Body: cut(40, 70) + " " + prose(2, 20)}}, 1},
		{"a chain and a stranger", []record{{Title: title(1), Body: cut(0, 40)}, {Title: title(2), Body: cut(20, 60)}, {Title: title(4), Body: prose(3, 60)}, {Title: title(3), Body: cut(40, 70) + " " + prose(2, 20)}}, 2},
		{"a stranger's own version", []record{{Title: title(1), Body: body}, {Title: title(2), Body: prose(2, 70)}, {Title: title(3), Body: prose(2, 70) + " " + prose(3, 20)}}, 2},
		{"Chinese", []record{{Title: "市议会批准新建跨河大桥计划", Body: "市议会星期二晚间以九票对三票批准在旧港区新建一座跨河大桥，工程预计明年春天开始，费用由省政府承担。"}, {Title: "动物园逃走的貘在酒店泳池找到", Body: "一只在雷雨中逃出动物园的貘星期天早上在两公里外一家酒店的泳池里被发现，客人们以为那是表演的一部分。"}}, 2},
		{"Chinese version", []record{{Title: "市议会批准新建跨河大桥计划", Body: "市议会星期二晚间以九票对三票批准在旧港区新建一座跨河大桥，工程预计明年春天开始，费用由省政府承担。"}, {Title: "跨河大桥明年动工", Body: "市议会星期二晚间以九票对三票批准在旧港区新建一座跨河大桥，工程预计明年夏天开始，费用由省政府承担。居民表示欢迎。"}}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			for i := range c.records {
				r := &c.records[i]
				r.ID, r.Outlet, r.Published = "0", "One", hour(i)
			}
			lines := jsonl(t, c.records...)
			want := named(t, stored(t, lines, manner{}))
			if len(want) != c.want {
				t.Fatalf("%d articles, want %d: %q", len(want), c.want, want)
			}
			for _, m := range []manner{{batch: 1}, {reverse: true, batch: 1}, {runs: len(lines), reverse: true}, {shuffle: 1, batch: 2}} {
				if diff := cmp.Diff(want, named(t, stored(t, lines, m))); diff != "" {
					t.Errorf("%+v (-at once +so):\n%s", m, diff)
				}
			}
		})
	}
}

// TestIDsAreGivenAgain holds that ids which are given to other articles again and again,
// earlier and later ones, and to their versions, leave what one run over all makes.
func TestIDsAreGivenAgain(t *testing.T) {
	given := func(r *rand.Rand, id int) record {
		now := edition(r, id)
		now.Title = prose(300+r.IntN(5), 6)
		return now
	}
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			leavesNoTrace(t, history{rand.New(rand.NewPCG(seed, 3)), 12, 4, 12, 8, windows[seed%2], given, true})
		})
	}
}

// TestDecisionsFollowTheArticle holds that what people decided stays with the article that
// they decided on, though its id goes to another one that comes late, and that it keeps
// its cluster.
func TestDecisionsFollowTheArticle(t *testing.T) {
	title := func(number int) string { return prose(900+number, 6) }
	under := func(at, number int) record { return record{"0", "One", title(number), hour(at), prose(number, 70)} }
	d := newDesk(t, jsonl(t, under(30, 1), record{"copy", "Two", title(1), hour(31), prose(1, 70)},
		record{"third", "Three", title(1), hour(32), prose(1, 70)}, record{"far", "Four", title(7), hour(33), prose(7, 70)}))
	cluster := d.find("copy").Cluster
	d.rule(engine.Ruling{
		Decide: []storage.Decision{d.decision("0", "third", false), d.decision("0", "far", true)},
		Pin:    []storage.Pin{{Key: d.find("0").Key, Decided: deskTime()}},
	})
	if err := d.store.Skip(t.Context(), storage.NewSkip(d.find("0").Key, d.find("copy").Key, deskTime()), false); err != nil {
		t.Fatal(err)
	}
	check := func(id string) {
		t.Helper()
		whole(t, d.store)
		a := d.find(id)
		if a.Headline != title(1) || a.Cluster != cluster || !a.Representative {
			t.Errorf("%s is %+v, want the representative of cluster %d", id, a, cluster)
		}
		if !d.together(id, "copy") || d.together(id, "third") || !d.together(id, "far") {
			t.Errorf("clusters are %v", d.clusters())
		}
		var skips []storage.Skip
		view, err := d.store.View(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer view.Close()
		for k, err := range view.Skips(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			skips = append(skips, k)
		}
		if want := storage.NewSkip(a.Key, d.find("copy").Key, deskTime()); len(skips) != 1 || skips[0].A != want.A || skips[0].B != want.B {
			t.Errorf("skipped pairs are %v, want %v", skips, want)
		}
	}
	check("0")
	d.take(jsonl(t, under(20, 2))) // earlier
	if a := d.find("0"); a.Headline != title(2) || a.Cluster != 0 {
		t.Errorf("the id belongs to %+v, want the article that is first", a)
	}
	var other string
	for name := range d.homes() {
		if strings.HasPrefix(name, "0~") {
			other = name
		}
	}
	check(other)
	// Taken in at once it is the same, and one that is earlier still moves nobody but the first.
	d.take(jsonl(t, under(10, 3)))
	check(other)
	// Two articles become one by a version between them: what was decided of either stays.
	d.take(jsonl(t, record{"0", "One", title(8), hour(40), prose(2, 70) + " " + prose(1, 70)}))
	for name := range d.homes() {
		if strings.HasPrefix(name, "0~") && d.find(name).Headline == title(8) {
			if !d.together(name, "far") {
				t.Errorf("%s is not with what it was decided to be the same as: %v", name, d.clusters())
			}
			return
		}
	}
	t.Errorf("nothing is current that joins the two: %v", d.homes())
}
