package page

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"dedupe/article"
)

const ferry = `<!doctype html><html lang="en-GB"><head><title>Ferry aground off Skarholm | News | Harbour Times</title>
<meta property="og:site_name" content="Harbour Times"><meta property="og:title" content="Ferry aground off Skarholm - Harbour Times">
<meta property="og:description" content="All 212 people aboard were taken off safely, the coast guard says.">
<link rel="canonical" href="/ferry-aground">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, {"@type": "NewsArticle", "headline": "Ferry aground off Skarholm",
 "datePublished": "2026-03-05T06:12:00Z", "author": [{"@type": "Person", "name": "Ann Lee"}, {"name": "Bo Ek"}], "publisher": {"name": "Harbour Media"}}]}</script>
</head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Ferry aground off Skarholm</h1><p class="teaser-text">All 212 people aboard were taken off safely, the coast guard says.</p>
<p class="byline">By Ann Lee and Bo Ek</p>
<figure><img src="f.jpg"><figcaption>The ferry off Skarholm, photographed from the pier on Thursday. Photo: C. Dahl</figcaption></figure>
<p>The ferry ran aground in fog shortly after five in the morning, two miles off the harbour of Skarholm, and lay there for most of the day.</p>
<p>Nobody was hurt, said the coast guard, which sent three boats and a helicopter and had taken off everybody aboard by eight o'clock.</p>
<div class="newsletter-box"><p>Sign up for our morning letter and never miss a story from the coast again.</p></div>
<h2>Third time this year</h2>
<p>It was the third ferry to run aground on the same bank this year. Pilots have asked for a second light since the spring storms moved the sand.</p>
<ul class="links"><li><a href="/a">Pilots ask for a light</a></li><li><a href="/b">Storm moves bank</a></li></ul>
<p>The line's owner said that sailings would begin again on Friday, weather permitting, and that tickets stay valid until the end of the month.</p>
</article><aside><h3>Most read</h3><p>Vessby lighthouse sold for one crown to a couple who mean to live in it, the county says.</p></aside>
<footer><p>Copyright Harbour Media. All rights reserved. Nothing of this page may be copied without leave.</p></footer></body></html>`

func TestRead(t *testing.T) {
	a, err := Read([]byte(ferry), "text/html", "https://www.harbour.example/ferry-aground?utm_source=x")
	if err != nil {
		t.Fatal(err)
	}
	want := article.Article{Outlet: "Harbour Times", URL: "https://www.harbour.example/ferry-aground", Headline: "Ferry aground off Skarholm",
		Byline: "Ann Lee, Bo Ek", Published: "2026-03-05T06:12:00Z", Language: "en-GB", Body: a.Body}
	if a != want {
		t.Errorf("got  %+v\nwant %+v", a, want)
	}
	for _, in := range []string{"All 212 people aboard", "ran aground in fog", "Third time this year", "tickets stay valid"} {
		if !strings.Contains(a.Body, in) {
			t.Errorf("%q is missing in %q", in, a.Body)
		}
	}
	for _, out := range []string{"Sport", "photographed", "morning letter", "Pilots ask", "lighthouse", "Copyright", "By Ann Lee"} {
		if strings.Contains(a.Body, out) {
			t.Errorf("%q of the page is in %q", out, a.Body)
		}
	}
}

// A page that a program fills in has its text for search engines alone.
func TestTextOfJSONLD(t *testing.T) {
	const text = "Ferry number 7 ran aground in fog shortly after five in the morning, two miles off the harbour of Skarholm.\n\nNobody was hurt, said the coast guard, which sent three boats and a helicopter."
	for name, body := range map[string]string{
		"plain":  text,
		"markup": "<p>" + strings.ReplaceAll(strings.ReplaceAll(text, "fog", "<b>fog</b>"), "\n\n", "</p><p>") + "</p><script>x()</script>",
	} {
		ld, err := json.Marshal(map[string]string{"@type": "NewsArticle", "headline": "Ferry aground", "articleBody": body})
		if err != nil {
			t.Fatal(err)
		}
		a, err := Read([]byte(`<!doctype html><title>Ferry aground</title><script type="application/ld+json">`+string(ld)+`</script><div id="root"></div>`), "", "https://harbour.example/1")
		if err != nil || a.Body != text || a.Headline != "Ferry aground" {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	}
}

// The heading of a page may be the name of the site.
func TestHeadingThatIsTheSite(t *testing.T) {
	a, err := Read([]byte(`<!doctype html><title>Ferry aground off Skarholm | Harbour Times</title><h1><a href="/">Harbour Times</a></h1><h2>Ferry aground off Skarholm</h2>
<p>Ferry number 7 ran aground in fog shortly after five in the morning, two miles off the harbour of Skarholm, and lay there all day.</p>
<p>Nobody was hurt, said the coast guard, which sent three boats and a helicopter and took off everybody aboard by eight.</p>`), "", "")
	if err != nil || a.Headline != "Ferry aground off Skarholm" || a.Outlet != "Harbour Times" {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestDateThatIsOnlyShown(t *testing.T) {
	story := "<p>" + strings.Repeat("The ferry ran aground in fog shortly after five in the morning, two miles off the harbour. ", 5) + "</p>"
	for _, tt := range []struct{ name, page, want string }{
		{"a time without its attribute", `<article><h1>Ferry</h1><time>03.06.2026 08:15</time>` + story + `</article>`, "03.06.2026 08:15"},
		{"a class", `<main><h1>Ferry</h1><p class="article-date">3. Juni 2026</p>` + story + `</main>`, "3. Juni 2026"},
		{"today's, above the article", `<div class="date">30 November 2026</div><article><h1>Ferry</h1>` + story + `</article>`, ""},
		{"a teaser's", `<article><h1>Ferry</h1>` + story + `<ul><li><span class="date">3 June 2026</span> Storm</li></ul></article>`, ""},
		{"no date", `<article><h1>Ferry</h1><span class="update">three hours ago</span>` + story + `</article>`, ""},
		{"what can mean nothing else comes first", `<meta property="article:published_time" content="2026-06-02"><article><h1>Ferry</h1><time>03.06.2026</time>` + story + `</article>`, "2026-06-02"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := Read([]byte("<html><title>Ferry</title><body>"+tt.page), "", "")
			if err != nil || a.Published != tt.want {
				t.Errorf("published %q, %v, want %q", a.Published, err, tt.want)
			}
		})
	}
}

func TestHeadline(t *testing.T) {
	for _, tt := range []struct{ name, heading, linked, graph, title, want string }{
		{"the site's name behind it", "Ferry aground", "", "Ferry aground | Harbour Times", "Ferry aground | Harbour Times", "Ferry aground"},
		{"a section and a date", "Ferry aground", "Ferry aground", "Ferry aground – HT – 05.03.2026", "", "Ferry aground"},
		{"no other place confirms it", "", "", "Ferry aground off Skarholm - Harbour Times", "", "Ferry aground off Skarholm"},
		{"a hyphen is no separator", "", "", "Ex-Minister sails", "Ex-Minister sails | Harbour Times", "Ex-Minister sails"},
		{"a kicker above it", "Coast : Ferry aground off Skarholm", "Ferry aground off Skarholm", "Ferry aground off Skarholm", "", "Ferry aground off Skarholm"},
		{"a kicker of another name elsewhere", "Storm - Ferry with 212 aboard runs aground", "", "In the north: Ferry with 212 aboard runs aground", "", "Ferry with 212 aboard runs aground"},
		{"a kicker that only JSON-LD leaves out", "Storm Day two: ferry with 212 aboard runs aground", "Day two: ferry with 212 aboard runs aground", "Storm / Day two: ferry with 212 aboard runs aground", "Storm Day two: ferry with 212 aboard runs aground", "Storm / Day two: ferry with 212 aboard runs aground"},
		{"no kicker, the same place before a colon", "Skarholm: ferry with 212 aboard runs aground", "", "Skarholm: ferry with 212 aboard runs aground", "", "Skarholm: ferry with 212 aboard runs aground"},
		{"OpenGraph has the site's name", "Watch ferry drama", "Watch ferry drama", "Ferry aground off Skarholm | Harbour Times", "Watch ferry drama | Harbour Times", "Watch ferry drama"},
		{"the heading was rewritten", "Watch ferry drama", "Watch ferry drama", "Ferry aground off Skarholm", "Watch ferry drama", "Ferry aground off Skarholm"},
		{"title for search engines", "Ferry aground off Skarholm", "Ferry accident Skarholm 2026", "Ferry aground off Skarholm", "Ferry accident Skarholm 2026", "Ferry aground off Skarholm"},
		{"Japanese", "津波注意報が出た", "", "津波注意報が出た：港新聞デジタル", "", "津波注意報が出た"},
		{"nothing", "", "", "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := &fields{meta: map[string][]string{"og:site_name": {"Harbour Times"}}, title: tt.title, ld: linked{headline: tt.linked}}
			if tt.heading != "" {
				f.headings = []string{tt.heading}
			}
			if tt.graph != "" {
				f.meta["og:title"] = []string{tt.graph}
			}
			if got := f.headline(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// Parts of a heading that the page shows apart are words of their own.
func TestHeading(t *testing.T) {
	for in, want := range map[string]string{
		"<h1><span>Storm</span>Ferry aground</h1>":            "Storm Ferry aground",
		"<h1>Ferry<br>aground</h1>":                           "Ferry aground",
		"<h1><span class=drop>F</span>erry aground</h1>":      "Ferry aground",
		"<h1>Ferry a<em>ground</em></h1>":                     "Ferry aground",
		"<h1><div>Storm</div><div>Ferry <b>aground</b></div>": "Storm Ferry aground",
	} {
		root, err := html.Parse(strings.NewReader(in))
		if err != nil {
			t.Fatal(err)
		}
		if f := gather(root); len(f.headings) != 1 || f.headings[0] != want {
			t.Errorf("%s is %q, want %q", in, f.headings, want)
		}
	}
}

// TestBounds gives pages that make other readers run out of memory or time.
func TestBounds(t *testing.T) {
	fonts := ""
	for i := range 400 {
		fonts += fmt.Sprintf("<font size=%d>", i)
	}
	for _, tt := range []struct{ name, page string }{
		{"nested deeply", strings.Repeat("<div>", 100_000) + "text"},
		{"a million elements", strings.Repeat("<i>a</i>", 1_000_000)},
		{"elements left open in every paragraph", "<p>" + fonts + "</p>" + strings.Repeat("<p>x</p>", 50_000)},
		{"too large", strings.Repeat("word ", MaxSize/4)},
		{"no story", "<html><body><a href=/>Home</a></body></html>"},
		{"empty", ""},
		{"binary", "\x00\x01\x02\xff\xfe\x89"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if a, err := Read([]byte(tt.page), "", ""); err == nil {
				t.Errorf("read as %.100q", a.Body)
			}
		})
	}
}

func TestForeignAddress(t *testing.T) {
	page := strings.Replace(ferry, `href="/ferry-aground"`, `href="https://other.example/ferry"`, 1)
	if a, err := Read([]byte(page), "", "https://www.harbour.example/f"); err != nil || a.URL != "https://www.harbour.example/f" {
		t.Errorf("URL %q, %v; a page does not become another site's", a.URL, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(ferry), "text/html", "https://www.harbour.example/ferry")
	f.Add([]byte("<p>a<br><br>b<table><tr><td>c"), "", "::")
	f.Add([]byte(`<script type="application/ld+json">{"@type":"NewsArticle","headline":[{"name":3}],"author":"x"}</script><h1>a | b | c</h1>`), "", "")
	f.Fuzz(func(t *testing.T, data []byte, contentType, address string) {
		a, err := Read(data, contentType, address)
		if (err == nil) != (a.Body != "") {
			t.Errorf("body %q, error %v", a.Body, err)
		}
		again, _ := Read(data, contentType, address)
		if a != again {
			t.Errorf("%+v, and then %+v", a, again)
		}
	})
}
