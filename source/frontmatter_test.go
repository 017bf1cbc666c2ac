package source

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
)

// Pages with a head in YAML are read, whatever their name.
func TestFrontMatter(t *testing.T) {
	const story = "The council voted on Tuesday.\n\nNote: work begins in May."
	const url = "https://www.tide.example/coast/1"
	for _, c := range []struct {
		name, head string
		want       article.Article
	}{
		{"texts", "title: Harbour wall to rise\ndate: 2026-04-06\nurl: " + url, article.Article{Headline: "Harbour wall to rise", Published: "2026-04-06", URL: url}},
		{"windows", "title: Wall\r\nsource: Tide\r", article.Article{Headline: "Wall", Outlet: "Tide"}},
		{"quotes", "title: \"Wall: \\\"dear\\\"\"\nauthor: 'Jo O''Dea'\nid: 17 # of the archive", article.Article{Headline: `Wall: "dear"`, Byline: "Jo O'Dea", ID: "17"}},
		{"lists", "layout: post\ntitle: Wall\ntags:\n  - coast\n  - title\nauthors:\n- Ann Lee\n- \"Jo Falk\"\nlang: en", article.Article{Headline: "Wall", Byline: "Ann Lee, Jo Falk", Language: "en"}},
		{"lists in a line", "title: Wall\nauthor: [Ann Lee, \"Jo Falk\"]", article.Article{Headline: "Wall", Byline: "Ann Lee, Jo Falk"}},
		{"lines below", "title: >-\n  Harbour wall\n  to rise\nsource:\n  url: x\n  name: Tide\n# done", article.Article{Headline: "Harbour wall to rise", Outlet: "Tide"}},
		{"what is no address or date", "title: Wall\npublished: true\npermalink: /2026/wall\nauthor: null\ndate: 2026-04-06 10:00:00", article.Article{Headline: "Wall", Published: "2026-04-06 10:00:00"}},
		{"no title", "date: 2026-04-06", article.Article{Headline: "The council voted on Tuesday.", Published: "2026-04-06"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := "---\n" + c.head + "\n---\n\n" + story + "\n"
			for _, name := range []string{"a.txt", "a.md", "a", "-"} {
				if f, why := recognise([]byte(text), true, name); f != pages {
					t.Fatalf("%s is no page: %s", name, why)
				}
			}
			if c.want.Body = story; strings.HasPrefix(story, c.want.Headline) {
				c.want.Body = "Note: work begins in May."
			}
			got, rej := page(t, "-", text)
			if rej != nil {
				t.Fatal(rej)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("article (-want +got):\n%s", diff)
			}
		})
	}
	if f, _ := recognise([]byte("# Wall to rise\n\nIt will.\n"), true, "a.md"); f != nil {
		t.Error("a Markdown page without a head is read")
	}
}
