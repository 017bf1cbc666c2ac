package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/page"
	"dedupe/page/gold"
	"dedupe/similarity"
	"dedupe/text"
)

// TestOutletPages shows on made pages how learned boilerplate mends what the extraction of one page
// leaves: text that stands among the paragraphs of the story, marked up as they are, and that only
// the outlet's other pages tell from it. Six outlets of two owners have 20 pages each, and a fourth of the
// stories is in two outlets. The standing text of an owner has 78 or 84 words; where it stands, its outlets
// differ: above the story, below it, in its middle.
func TestOutletPages(t *testing.T) {
	const outlets, pages = 6, 20
	standing := func(owner int) (list []string) {
		for k := range 3 {
			list = append(list, sentences(9000+10*owner+k, 23+3*k+2*owner))
		}
		return list
	}
	type made struct {
		story string // number
		gold  gold.Page
	}
	set := map[string]made{}
	var lines []string
	var read gold.Scores
	for o := range outlets {
		for n := range pages {
			number := 100*o + n
			if n%4 == 3 { // one story in two outlets, of either owner
				number = 1000 + 100*(o/2) + n
			}
			story := []string{sentences(number, 30), sentences(number+5000, 25+number%50), sentences(number+6000, 40)}
			above, below := standing(o%2), []string(nil)
			var paragraphs []string
			switch o / 2 {
			case 0:
				paragraphs = append(above, story...)
			case 1:
				paragraphs = append(append(paragraphs, story...), above...)
			default:
				below = above[1:]
				paragraphs = append(append(append(paragraphs, story[0], above[0]), story[1:]...), below...)
			}
			headline := strings.Join(strings.Fields(story[0])[:7], " ")
			p := gold.Page{ID: fmt.Sprintf("o%d-%d", o, n), URL: fmt.Sprintf("https://outlet%d.example/%d", o, n), Body: strings.Join(story, "\n\n"),
				HTML: fmt.Appendf(nil, `<!doctype html><html lang=en><title>%s</title><body><nav><a href=/>Home</a> <a href=/sport>Sport</a></nav><article><h1>%s</h1><p>%s</p></article></body></html>`,
					headline, headline, strings.Join(paragraphs, "</p><p>"))}
			a, err := page.Read(p.HTML, "", p.URL)
			if err != nil {
				t.Fatal(err)
			}
			read.Add(p, a)
			set[p.ID] = made{fmt.Sprint(number), p}
			lines = append(lines, jsonl(t, record{p.ID, fmt.Sprintf("Outlet %d", o), a.Headline, hour(number % 300), a.Body})...)
		}
	}

	// wrong counts the links between different stories, and right those of one.
	links := func(d *desk) (right, wrong int) {
		for _, pair := range d.pairs() {
			names := strings.Fields(pair)
			if set[names[0]].story == set[names[1]].story {
				right++
			} else {
				wrong++
			}
		}
		return right, wrong
	}
	learned := newDesk(t, lines)
	var mended gold.Scores
	rows, err := learned.store.Boilerplate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	known := engine.Boilerplate(rows)
	builder := similarity.Builder{K: similarity.DefaultK}
	view, err := learned.store.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	for id, m := range set {
		a := learned.find(id)
		body, err := view.Body(t.Context(), a.Seq)
		if err != nil {
			t.Fatal(err)
		}
		profile := builder.Build(a.OutletKey, a.Headline, body, nil)
		flags := known.Mark(profile, profile.Shingles(nil), nil).Boilerplate
		var left []string
		for i, w := range text.Words(nil, body) {
			if len(flags) == 0 || !flags[i] {
				left = append(left, body[w.Start:w.End])
			}
		}
		mended.Add(m.gold, article.Article{Body: strings.Join(left, " ")})
	}
	right, wrong := links(learned)
	plainRight, plainWrong := links(newDeskWith(t, lines, func(o *engine.Options) { o.Stories = 1000 }))
	t.Logf("main text F1 as the extraction leaves it %.3f, without what was learned %.3f; links of one story %d and %d, of different ones %d and %d",
		read.Mean(), mended.Mean(), plainRight, right, plainWrong, wrong)
	if read.Mean() > 0.85 || mended.Mean() < 0.99 || wrong > 0 || right < plainRight {
		t.Error("want a F1 of 0.99 with learned boilerplate where the extraction has less than 0.85, no link between different stories, and none of one story lost")
	}
}

// sentences is prose of n words in sentences of eleven.
func sentences(number, n int) string {
	words := strings.Fields(prose(number, n))
	for i := range words {
		if i%11 == 0 {
			words[i] = strings.ToUpper(words[i][:1]) + words[i][1:]
		}
		if i%11 == 10 || i == n-1 {
			words[i] += "."
		}
	}
	return strings.Join(words, " ")
}
