package feed

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/net/html/charset"
)

func TestRead(t *testing.T) {
	tests := []struct {
		name, data string
		want       Feed
	}{
		{"RSS", `<?xml version="1.0"?><!-- made by hand --><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
			<channel><title>Harbour Times</title><link>https://harbour.example/</link><language>en-GB</language>
			<item><title>Ferry aground &amp;amp; safe</title><link>/ferry</link><guid isPermaLink="false">ht-17</guid><pubDate>Thu, 05 Mar 2026 06:12:00 GMT</pubDate>
			<dc:creator>Tove Lind</dc:creator><description>A ferry&nbsp;ran aground.</description><content:encoded><![CDATA[<p>A ferry ran aground off Skarholm.</p>]]></content:encoded></item>
			<item><title>Second</title><guid>https://harbour.example/second</guid><dc:date>2026-03-06</dc:date></item></channel></rss>`,
			Feed{Title: "Harbour Times", Link: "https://harbour.example/", Language: "en-GB", Items: []Item{
				{ID: "ht-17", URL: "https://harbour.example/ferry", Title: "Ferry aground &amp; safe", Byline: "Tove Lind", Published: "Thu, 05 Mar 2026 06:12:00 GMT", Language: "en-GB",
					Summary: "A ferry\u00a0ran aground.", Content: "<p>A ferry ran aground off Skarholm.</p>"},
				{ID: "https://harbour.example/second", URL: "https://harbour.example/second", Title: "Second", Published: "2026-03-06", Language: "en-GB"},
			}}},
		{"RSS 1.0", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>Lowmere</title></channel>
			<item rdf:about="https://lowmere.example/1"><title>Budget</title><link>https://lowmere.example/1</link></item></rdf:RDF>`,
			Feed{Title: "Lowmere", Items: []Item{{URL: "https://lowmere.example/1", Title: "Budget"}}}},
		{"aggregator", `<rss version="2.0"><channel><title>News</title><item><title>Ferry aground off Skarholm - Harbour Times</title><link>https://news.example/articles/CBM</link>
			<description>&lt;a href="https://news.example/articles/CBM"&gt;Ferry aground off Skarholm&lt;/a&gt;&amp;nbsp;&amp;nbsp;&lt;font&gt;Harbour Times&lt;/font&gt;</description>
			<source url="https://harbour.example">Harbour Times</source></item><item><title>Alone</title><source url="https://coast.example/rss"/></item></channel></rss>`,
			Feed{Title: "News", Items: []Item{
				{URL: "https://news.example/articles/CBM", Title: "Ferry aground off Skarholm", Outlet: "Harbour Times",
					Summary: `<a href="https://news.example/articles/CBM">Ferry aground off Skarholm</a>&nbsp;&nbsp;<font>Harbour Times</font>`},
				{Title: "Alone", Outlet: "coast.example"},
			}}},
		{"Atom", `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="sv"><title>Kusten</title><link rel="self" href="https://kusten.example/feed"/><link href="https://kusten.example/"/>
			<entry><id>tag:kusten.example,2026:1</id><title>Färja</title><link rel="alternate" href="https://kusten.example/1"/><updated>2026-03-05T08:00:00Z</updated><published>2026-03-05T07:00:00Z</published>
			<author><name>A</name></author><author><name>B</name></author><summary>Kort.</summary><content type="html">&lt;p&gt;Hela texten.&lt;/p&gt;</content></entry></feed>`,
			Feed{Title: "Kusten", Link: "https://kusten.example/", Language: "sv", Items: []Item{
				{ID: "tag:kusten.example,2026:1", URL: "https://kusten.example/1", Title: "Färja", Byline: "A, B", Published: "2026-03-05T07:00:00Z", Updated: "2026-03-05T08:00:00Z",
					Language: "sv", Summary: "Kort.", Content: "<p>Hela texten.</p>"},
			}}},
		{"JSON Feed", `{"version": "https://jsonfeed.org/version/1.1", "title": "Tarn", "home_page_url": "https://tarn.example/", "items": [null,
			{"id": 17, "url": "https://tarn.example/17", "title": "Swifts", "content_html": "<p>All of it.</p>", "summary": "Some.", "date_published": "2026-03-06T00:01:00Z", "authors": [{"name": "I. N."}], "language": "en"}]}`,
			Feed{Title: "Tarn", Link: "https://tarn.example/", Items: []Item{
				{ID: "17", URL: "https://tarn.example/17", Title: "Swifts", Byline: "I. N.", Published: "2026-03-06T00:01:00Z", Language: "en", Content: "<p>All of it.</p>", Summary: "Some."},
			}}},
		{"JSON Feed as PHP writes it, its version last", `{"title":"Tarn","items":[{"id":"1","url":"https:\/\/tarn.example\/1","title":"Swifts","content_text":"` + strings.Repeat("a ", 3000) + `"}],"version":"https:\/\/jsonfeed.org\/version\/1"}`,
			Feed{Title: "Tarn", Items: []Item{{ID: "1", URL: "https://tarn.example/1", Title: "Swifts", Content: strings.Repeat("a ", 3000)}}}},
		{"control characters, loose ends", "<rss><channel><title>A\x00\x0b</title><item><title>One & two</title><link>https://a.example/?a=1&b=2</link><br></item></channel></rss>",
			Feed{Title: "A", Items: []Item{{URL: "https://a.example/?a=1&b=2", Title: "One & two"}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Read([]byte(tt.data), "", "https://harbour.example/feed")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(&tt.want, got, cmpopts.IgnoreFields(Feed{}, "Broken")); diff != "" || got.Broken != nil {
				t.Errorf("Read (-want +got), broken %v:\n%s", got.Broken, diff)
			}
		})
	}
}

// In whatever encoding a feed comes, and whatever is declared wrongly of it.
func TestReadEncodings(t *testing.T) {
	const text = "Паром сел на мель у Скархольма, все пассажиры в безопасности"
	data := func(name string) string {
		return `<?xml version="1.0" encoding="` + name + `"?><rss><channel><item><title>` + text + `</title></item></channel></rss>`
	}
	for _, tt := range []struct{ declared, real, contentType string }{
		{"utf-8", "utf-8", ""}, {"windows-1251", "windows-1251", ""}, {"koi8-r", "koi8-r", "application/rss+xml"},
		{"utf-16", "utf-16le", ""}, {"iso-8859-1", "utf-8", "text/xml"}, {"utf-8", "windows-1251", "text/xml; charset=windows-1251"},
		{"utf-8", "utf-8", "text/xml; charset=iso-8859-1"},
	} {
		encoding, _ := charset.Lookup(tt.real)
		encoded, err := encoding.NewEncoder().String(data(tt.declared))
		if err != nil {
			t.Fatal(err)
		}
		if tt.real == "utf-16le" {
			encoded = "\xff\xfe" + encoded
		}
		f, err := Read([]byte(encoded), tt.contentType, "")
		if err != nil || len(f.Items) != 1 || f.Items[0].Title != text {
			t.Errorf("%+v: %+v, %v", tt, f, err)
		}
	}
}

// Of a feed that breaks off the whole items are read.
func TestReadBroken(t *testing.T) {
	item := func(n int) string { return fmt.Sprintf("<item><title>Story %d</title></item>", n) }
	begin := `<rss xmlns:a="b"><channel><title>T</title>`
	whole := begin + item(1) + item(2)
	for name, tt := range map[string]struct {
		data  string
		items int
		want  string
	}{
		"cut off":           {whole + "<item><title>Thi", 2, "breaks off in line 1"},
		"cut off in a tag":  {whole + "<item><tit", 2, "breaks off"},
		"no end":            {whole, 2, "breaks off"},
		"junk":              {whole + "<item><title>a</title><\x01 \" ></item></channel></rss>", 2, "breaks off"},
		"junk behind it":    {whole + "</channel></rss><script>a</script> & <b", 2, ""},
		"no whole item":     {begin + "<item><title>Thi", -1, "breaks off"},
		"too deep":          {begin + strings.Repeat("<a>", 1000), -1, "nested deeper than 100"},
		"name spaces":       {begin + strings.Repeat(`<a xmlns:b="c" xmlns:d="e" xmlns:f="g">`, 90), -1, "more than 200 name spaces"},
		"too many":          {begin + strings.Repeat(item(3), 10_001) + "</channel></rss>", 10_000, "more than 10000 items"},
		"as many as may be": {begin + strings.Repeat(item(3), 10_000) + "</channel></rss>", 10_000, ""},
		"a page":            {"<!doctype html><html><head><title>A</title></head></html>", -1, "is no feed"},
		"empty":             {"", -1, "is no feed"},
		"a word":            {"maintenance", -1, "is no feed"},
		"a bomb":            {`<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>` + begin + "<item><title>&b;</title></item></channel></rss>", 1, ""},
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			f, err := Read([]byte(tt.data), "", "")
			if tt.items < 0 {
				if err == nil || !strings.Contains(err.Error(), tt.want) {
					t.Errorf("Read: %v; want an error with %q", err, tt.want)
				}
			} else if err != nil || len(f.Items) != tt.items || (f.Broken == nil) != (tt.want == "") || f.Broken != nil && !strings.Contains(f.Broken.Error(), tt.want) {
				t.Errorf("Read: %v; want %d items and %q", err, tt.items, tt.want)
			} else if name == "a bomb" && f.Items[0].Title != "&b;" {
				t.Errorf("title %q", f.Items[0].Title)
			}
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}

func TestText(t *testing.T) {
	long := strings.Repeat("The council met again on Tuesday. ", 60)
	for name, tt := range map[string]struct {
		item Item
		text string
		full bool
	}{
		"content":              {Item{Title: "A", Content: "<p>All of it.</p>", Summary: "Some"}, "<p>All of it.</p>", true},
		"content alone":        {Item{Title: "A", Content: "Short news."}, "Short news.", true},
		"summary":              {Item{Title: "A", Summary: "A ferry ran aground."}, "A ferry ran aground.", false},
		"long summary":         {Item{Title: "A", Summary: long}, long, true},
		"summary twice":        {Item{Title: "A", Content: "<p>A ferry ran aground.</p>", Summary: "A ferry ran aground."}, "A ferry ran aground.", false},
		"all of it twice":      {Item{Title: "A", Content: long, Summary: long}, long, true},
		"content with dots":    {Item{Title: "A", Content: "<p>A ferry ran aground and&#8230;</p>"}, "<p>A ferry ran aground and&#8230;</p>", false},
		"long, with dots":      {Item{Title: "A", Content: long + "[...]"}, long + "[...]", false},
		"nothing":              {Item{Title: "A"}, "", false},
		"headline alone":       {Item{Title: "Ferry aground", Outlet: "Harbour Times", Summary: "<a>Ferry aground</a>&nbsp;Harbour Times"}, "", false},
		"headlines of a topic": {Item{Title: "Ferry aground", Outlet: "Harbour Times", Summary: "<ol><li><a>Ferry aground</a>&nbsp;Harbour Times</li><li><a>All safe after ferry runs onto a bank</a>&nbsp;Bay Courier</li></ol>"}, "", false},
		"link to the rest":     {Item{Title: "A", URL: "https://a.example/1?from=feed", Content: "<p>A ferry ran aground.</p><p><a class='more' href=\"https://a.example/1\">Weiterlesen</a> </p>", Summary: "A ferry"}, "<p>A ferry ran aground.</p><p><a class='more' href=\"https://a.example/1\">Weiterlesen</a> </p>", false},
		"link elsewhere":       {Item{Title: "A", URL: "https://a.example/1", Content: "<p>A ferry ran aground, says <a href='https://b.example/1'>the Bay Courier</a></p>"}, "<p>A ferry ran aground, says <a href='https://b.example/1'>the Bay Courier</a></p>", true},
		"link within":          {Item{Title: "A", URL: "https://a.example/1", Content: "<p>The post <a href='https://a.example/1'>A</a> appeared first on Tide.</p>"}, "<p>The post <a href='https://a.example/1'>A</a> appeared first on Tide.</p>", true},
		"begins with headline": {Item{Title: "Ferry aground", Content: "Ferry aground off Skarholm with 212 people."}, "Ferry aground off Skarholm with 212 people.", true},
	} {
		if text, full := tt.item.Text(); text != tt.text || full != tt.full {
			t.Errorf("%s: %.40q, %v; want %.40q, %v", name, text, full, tt.text, tt.full)
		}
	}
}

func TestLinks(t *testing.T) {
	const list = `<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>Mine</title></head><body>
		<outline text="Coast"><outline type="rss" text="Harbour Times" title="The Harbour Times" xmlUrl="https://harbour.example/feed" htmlUrl="https://harbour.example/"/>
		<outline text="Tarn &amp; lake" xmlurl="https://tarn.example/rss"/></outline>
		<outline text="again" xmlUrl="https://harbour.example/feed"/><outline text="relative" xmlUrl="/own.xml"/><outline text="odd" xmlUrl="file:///etc/passwd"/></body></opml>`
	got, err := Links([]byte(list), "", "https://lists.example/mine.opml")
	want := []Link{{"https://harbour.example/feed", "The Harbour Times"}, {"https://tarn.example/rss", "Tarn & lake"}, {"https://lists.example/own.xml", "relative"}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("Links (-want +got), %v:\n%s", err, diff)
	}
	for data, want := range map[string]string{
		"<rss/>": "is no list", "<opml><body>": "cannot be read", "<opml>" + strings.Repeat("<outline>", 1000): "nested deeper",
	} {
		if _, err := Links([]byte(data), "", ""); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.30s: %v; want an error with %q", data, err, want)
		}
	}
}

func TestNamed(t *testing.T) {
	const page = `<!doctype html><html><head><base href="https://harbour.example/news/"><link rel="stylesheet" href="a.css">
		<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed"><LINK REL="Alternate" TYPE="application/atom+xml; charset=utf-8" HREF="feed.atom" title="All news">
		<link rel="alternate" hreflang="de" href="/de"><link rel=alternate type=application/rss+xml href="javascript:alert(1)"></head></html>`
	got, err := Named([]byte(page), "text/html", "https://www.harbour.example/")
	want := []Link{{"https://harbour.example/news/feed.atom", "All news"}, {"https://harbour.example/comments/feed", "Comments"}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("Named (-want +got), %v:\n%s", err, diff)
	}
}

// Whatever bytes come, reading ends, within its bounds, and twice the same.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`<?xml version="1.0"?><rss><channel><title>T</title><item><title>A</title><guid>1</guid><description>d</description></item></channel></rss>`), "")
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>x</p></div></content><source><title>S</title></source></entry></feed>`), "text/xml; charset=utf-8")
	f.Add([]byte(`{"version": "https://jsonfeed.org/version/1", "items": [{"id": {}, "authors": [null]}]}`), "")
	f.Add([]byte(`<opml><body><outline xmlUrl="https://a.example/"/></body></opml>`), "")
	f.Add([]byte(`<rdf:RDF xmlns:rdf="r" xmlns:feedburner="f"><item><feedburner:origLink>a</feedburner:origLink></item>`), "")
	f.Add([]byte(`<link rel=alternate type=application/rss+xml href=a>`), "text/html")
	f.Fuzz(func(t *testing.T, data []byte, contentType string) {
		const address = "https://harbour.example/feed"
		got, err := Read(data, contentType, address)
		again, _ := Read(data, contentType, address)
		if diff := cmp.Diff(got, again, cmpopts.EquateErrors(), cmpopts.IgnoreFields(Feed{}, "Broken")); diff != "" {
			t.Fatalf("twice differs: %s", diff)
		}
		if err == nil {
			if len(got.Items) > maxItems {
				t.Fatalf("%d items", len(got.Items))
			}
			for i := range got.Items {
				got.Items[i].Text()
			}
		}
		for _, read := range []func([]byte, string, string) ([]Link, error){Links, Named} {
			links, _ := read(data, contentType, address)
			for _, l := range links {
				if !isAddress(l.URL) || len(l.Title) > maxTitle {
					t.Fatalf("link %+v", l)
				}
			}
		}
	})
}

func TestExportOfWordPress(t *testing.T) {
	item := func(title, status, kind string) string {
		return "<item><title>" + title + "</title><wp:status>" + status + "</wp:status><wp:post_type><![CDATA[" + kind + "]]></wp:post_type></item>"
	}
	f, err := Read([]byte(`<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>`+
		item("Ferry", "publish", "post")+item("Draft", "draft", "post")+item("IMG_1", "inherit", "attachment")+item("Home", "publish", "nav_menu_item")+
		item("Style", "publish", "wp_global_styles")+`<item><title>Plain</title></item></channel></rss>`), "", "")
	if err != nil || len(f.Items) != 2 || f.Items[0].Title != "Ferry" || f.Items[1].Title != "Plain" {
		t.Errorf("%+v, %v", f, err)
	}
}
