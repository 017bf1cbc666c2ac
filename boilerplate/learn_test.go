package boilerplate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/similarity"
)

// page is an article whose body is made of parts.
type page struct {
	headline string
	parts    []string
	outlet   uint32 // 0: one of its own; nobody: it is not known
}

const nobody = math.MaxUint32

// at is the page at an outlet.
func (p page) at(outlet uint32) page {
	p.outlet = outlet
	return p
}

func (p page) body() string { return strings.Join(p.parts, "\n") }

// story returns n invented words, other ones for each number.
func story(number, n int) string {
	r := rand.New(rand.NewPCG(uint64(number), 0))
	words := make([]string, n)
	for i := range words {
		for range 2 + r.IntN(3) {
			words[i] += string("bdfgklmnprstvz"[r.IntN(14)]) + string("aeiou"[r.IntN(5)])
		}
		words[i] += fmt.Sprint(number)
	}
	return strings.Join(words, " ")
}

// told is a page of a story under a headline that it tells, and with more parts.
func told(number int, parts ...string) page {
	body := story(number, 80)
	return page{headline: strings.Join(strings.Fields(body)[3:9], " "), parts: append([]string{body}, parts...)}
}

// learn looks at the first page beside the others, as judging an article does,
// and returns what is learned, in words.
func learn(pages []page, stories int) (found []string) {
	build := similarity.Builder{K: 4}
	texts := make([]*similarity.Text, len(pages))
	for i, p := range pages {
		texts[i] = similarity.Plain(build.Build("", p.headline, p.body(), nil))
	}
	var scale similarity.Scale
	sight := func(a, b int) similarity.Evidence {
		scale.Load(texts[a])
		return scale.Sight(texts[b])
	}
	outlet := func(i int) uint32 {
		switch o := pages[i].outlet; o {
		case 0:
			return uint32(1000 + i)
		case nobody:
			return 0
		default:
			return o
		}
	}
	var sightings []Sighting
	for i := 1; i < len(pages); i++ {
		e := sight(0, i)
		sightings = append(sightings, Sight(&scale, texts[i], uint32(i), outlet(i), &e))
	}
	words := strings.Fields(pages[0].body())
	for _, p := range Learn(texts[0].Profile, outlet(0), sightings, stories, func(a, b uint32) bool { return sight(int(a), int(b)).Unrelated }) {
		found = append(found, strings.Join(words[p.Start:p.Start+p.Len], " "))
	}
	return found
}

const (
	prompt  = "sign in or create an account to read on and get our newsletter with the best of the week every friday morning free of charge"
	cookies = "we and our partners keep cookies on your device to measure how the site is read and to show advertisements that suit you accept or refuse"
)

func TestLearn(t *testing.T) {
	wire := story(900, 120)
	brief := story(901, 40)
	report := story(905, 110)
	footer := story(906, 110)
	endless := story(907, MaxPassage+1)
	for _, tt := range []struct {
		name  string
		pages []page
		want  []string
	}{
		{"a prompt on three unrelated pages", []page{told(1, prompt), told(2, prompt), told(3, prompt)}, []string{prompt}},
		{"on two", []page{told(1, prompt), told(2, prompt)}, nil},
		{"on three, two of them of one story", []page{told(1, prompt), told(2, prompt), told(2, prompt)}, nil},
		{"at other places of the page", []page{{headline: told(1).headline, parts: []string{prompt, told(1).body()}}, told(2, prompt), told(3, prompt)}, []string{prompt}},
		{"pages that are nothing else", []page{{headline: "Ferry aground", parts: []string{prompt}}, {headline: "Council passes budget", parts: []string{prompt}}, {headline: "Lamp switched off", parts: []string{prompt}}}, []string{prompt}},
		{"two prompts of different pages", []page{told(1, prompt, cookies), told(2, prompt), told(3, prompt), told(4, cookies), told(5, cookies)}, []string{prompt + " " + cookies}},
		{"under the label of one column", []page{labelled(told(1, prompt)), labelled(told(2, prompt)), labelled(told(3, prompt))}, []string{prompt}},
		{"a story under a label and headlines that it does not tell", []page{
			labelled(page{headline: "Harbour ferry aground", parts: []string{brief}}), labelled(page{headline: "Harbour ferry aground again", parts: []string{brief}}), labelled(page{headline: "Ferry aground in harbour", parts: []string{brief}}),
		}, nil},
		{"of two prompts one on three pages", []page{told(1, prompt, cookies), told(2, prompt, cookies), told(3, prompt)}, []string{prompt}},
		{"a name in the middle", []page{
			told(1, "get email notifications on Nora Lindqvist daily with all of the stories that matter to you and yours sent to your inbox every morning at six"),
			told(2, "get email notifications on Tomas Greve daily with all of the stories that matter to you and yours sent to your inbox every morning at six"),
			told(3, "get email notifications on Elise Marchetti daily with all of the stories that matter to you and yours sent to your inbox every morning at six"),
		}, []string{"daily with all of the stories that matter to you and yours sent to your inbox every morning at six"}},
		{"a sentence that three outlets quote within their paragraphs", []page{quoting(1, brief), quoting(2, brief), quoting(3, brief)}, nil},
		{"at the end of three pages, behind the last words of the story", []page{
			told(1, story(2001, 12)+" "+prompt), told(2, story(2002, 12)+" "+prompt), told(3, story(2003, 12)+" "+prompt),
		}, []string{prompt}},
		{"the quoted sentence at one outlet", []page{quoting(1, brief).at(1), quoting(2, brief).at(1), quoting(3, brief).at(1)}, []string{brief}},
		{"in pages without paragraphs", []page{flat(quoting(1, brief)), flat(quoting(2, brief)), flat(quoting(3, brief))}, []string{brief}},
		{"a phrase", []page{told(1, "he told reporters on Monday"), told(2, "he told reporters on Monday"), told(3, "he told reporters on Monday")}, nil},

		{"a story under its headline", []page{
			{headline: "Harbour ferry aground", parts: []string{wire}}, {headline: "Harbour ferry aground", parts: []string{wire}}, {headline: "Harbour ferry aground", parts: []string{wire}}, {headline: "Harbour ferry aground", parts: []string{wire}},
		}, nil},
		{"a story under headlines that it tells, each another", []page{
			retitled(wire, 0), retitled(wire, 10), retitled(wire, 20), retitled(wire, 30), retitled(wire, 40), retitled(wire, 50),
		}, nil},
		{"a story under one headline that it does not tell, and quoted under two others", []page{
			{headline: "Harbour ferry aground", parts: []string{brief}}, {headline: "Harbour ferry aground", parts: []string{brief}}, {headline: "Ferry aground in harbour", parts: []string{brief}},
			{headline: "Harbour ferry aground", parts: []string{brief}}, told(1, brief), told(2, brief),
		}, nil},
		{"from one of these two", []page{told(1, brief), told(2, brief),
			{headline: "Harbour ferry aground", parts: []string{brief}}, {headline: "Harbour ferry aground", parts: []string{brief}}, {headline: "Ferry aground in harbour", parts: []string{brief}},
		}, nil},
		{"a story wrapped in three local ones, beside itself", []page{retitled(brief, 0), told(1, brief), told(2, brief), told(3, brief)}, nil},
		{"a story that three outlets wrap and edit, of which one has a copy", []page{told(1, edited(report, 1)), told(2, edited(report, 2)), told(3, edited(report, 3)), told(1, edited(report, 4))}, nil},
		{"of which one wraps it at length, beside the story alone", []page{told(1, story(2015, 300), edited(report, 1)), told(2, edited(report, 2)), told(3, edited(report, 3)), retitled(edited(report, 4), 0)}, nil},
		{"a prompt on three pages, of which one has a copy", []page{told(1, prompt), told(2, prompt), told(3, prompt), told(1, "picture by Ada Holm", prompt)}, []string{prompt}},
		{"on pages that have little else, under one headline", []page{told(1, prompt, cookies), told(2, prompt, cookies), told(3, prompt, cookies), told(4, prompt, cookies), told(4, cookies)}, []string{prompt + " " + cookies}},
		{"a footer, also on a page that has little else and is no copy", []page{told(1, footer), told(2, footer), told(3, footer), {headline: "What we know", parts: []string{story(2009, 12), footer}}}, []string{footer}},
		{"a line that a copy has four times", []page{told(1, prompt), told(2, prompt), told(3, prompt), told(1, "a", prompt, "b", prompt, "c", prompt, "d", prompt)}, []string{prompt}},
		{"a footer as long as the story, beside a version at the same outlet", []page{told(1, footer).at(1), told(2, footer), told(3, footer), told(1, "changed at noon", footer).at(1)}, []string{footer}},
		{"beside a copy at another outlet, which may be all that is shared", []page{told(1, footer), told(2, footer), told(3, footer), told(1, "changed at noon", footer)}, nil},
		{"beside a copy at an outlet that is not known", []page{told(1, footer), told(2, footer), told(3, footer), told(1, "changed at noon", footer).at(nobody)}, nil},
		{"of an article whose outlet is not known", []page{told(1, footer).at(nobody), told(2, footer), told(3, footer), told(1, "changed at noon", footer).at(nobody)}, nil},
		{"a footer on a page of which a third is in the other", []page{told(1, footer, story(2010, 200)), told(2, footer), told(3, footer), {headline: told(1).headline, parts: []string{footer, story(2011, 200)}}}, []string{footer}},
		{"a third of what a copy has", []page{told(1, prompt, report), told(2, prompt), told(3, prompt), told(1, "changed at noon", prompt, report)}, []string{prompt}},
		{"one that a related page tells", []page{told(1, brief), told(2, brief), told(3, brief), {headline: told(1).headline + " " + retitled(brief, 4).headline, parts: []string{brief}}}, nil},

		{"a passage as long as a story", []page{
			{headline: "Harbour ferry aground", parts: []string{story(902, MaxPassage+1)}}, {headline: "Council passes budget", parts: []string{story(902, MaxPassage+1)}}, {headline: "Lamp switched off", parts: []string{story(902, MaxPassage+1)}},
		}, nil},
		{"a long story that three outlets wrapped under local headlines", []page{told(1, wire+" "+brief), told(2, wire+" "+brief), told(3, wire+" "+brief)}, nil},
		{"edited by each", []page{told(1, edited(wire+" "+brief, 1)), told(2, edited(wire+" "+brief, 2)), told(3, edited(wire+" "+brief, 3))}, nil},
		{"two blocks of a page, long together", []page{told(1, first(footer, 65), story(2012, 30), report), told(2, first(footer, 65), story(2013, 30), report), told(3, first(footer, 65), story(2014, 30), report)}, []string{first(footer, 65), report}},
		{"a prompt beside a passage as long as a story", []page{told(1, prompt, "a", endless), told(2, prompt, "b", endless), told(3, prompt, "c", endless)}, []string{prompt}},
		{"long terms of use on two pages of one outlet", []page{told(1, wire+" "+brief).at(1), told(2, wire+" "+brief).at(2), told(3, wire+" "+brief).at(1)}, []string{wire + " " + brief}},
		{"nothing in common", []page{told(1), told(2), told(3)}, nil},
		{"a page alone", []page{told(1, prompt)}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, learn(tt.pages, 3)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// first is the first words of a text.
func first(body string, n int) string { return strings.Join(strings.Fields(body)[:n], " ") }

// edited is a text of which every 40th word is another one, other ones for each number.
func edited(body string, number int) string {
	words := strings.Fields(body)
	for i := 2 * number; i < len(words); i += 40 {
		words[i] = fmt.Sprint("edited", number)
	}
	return strings.Join(words, " ")
}

// labelled is a page under the name of a column.
func labelled(p page) page {
	p.headline = "Remembering together: " + first(p.headline, 2)
	return p
}

// retitled is a story under a headline of its words from one on.
func retitled(body string, from int) page {
	return page{headline: strings.Join(strings.Fields(body)[from%30:from%30+6], " "), parts: []string{body}}
}

// quoting is a page that has a sentence within a paragraph.
func quoting(number int, sentence string) page {
	p := told(number)
	p.parts = append(p.parts, story(2000+number, 12)+" "+sentence+" "+story(3000+number, 12), story(4000+number, 20))
	return p
}

// flat is a page as a scraper leaves it that drops line ends.
func flat(p page) page {
	p.parts = []string{strings.Join(p.parts, " ")}
	return p
}

func TestLearnCountsStories(t *testing.T) {
	pages := []page{told(1, prompt), told(2, prompt), told(3, prompt), told(4, prompt), told(5, prompt)}
	for n := 2; n <= 6; n++ {
		for stories := 2; stories <= 6; stories++ {
			got := learn(pages[:min(n, len(pages))], stories)
			if learned := len(got) > 0; learned != (min(n, len(pages)) >= stories) {
				t.Errorf("%d pages, %d stories wanted: learned %q", n, stories, got)
			}
		}
	}
}

// TestLearnInAnyOrder holds that the order of sightings does not matter.
func TestLearnInAnyOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	all := []string{prompt, cookies, story(903, 30), story(904, 12)}
	learned := 0
	for range 200 {
		pages := []page{}
		for i := range 2 + r.IntN(7) {
			p := told(1 + r.IntN(5))
			if i == 0 {
				p.parts = append(p.parts, all...)
			} else {
				for _, part := range all {
					if r.IntN(3) > 0 {
						p.parts = append(p.parts, part)
					}
				}
			}
			pages = append(pages, p)
		}
		want := learn(pages, 3)
		learned += len(want)
		others := pages[1:]
		r.Shuffle(len(others), func(i, j int) { others[i], others[j] = others[j], others[i] })
		if got := learn(pages, 3); !slices.Equal(want, got) {
			t.Fatalf("(-before +shuffled):\n%s", cmp.Diff(want, got))
		}
	}
	if learned == 0 {
		t.Error("nothing was ever learned")
	}
}

func BenchmarkLearn(b *testing.B) {
	pages := make([]page, 9)
	for i := range pages {
		pages[i] = told(i+1, prompt, cookies)
	}
	for b.Loop() {
		learn(pages, 3)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}
