package page

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"dedupe/article"
)

// fields is what a page says of itself.
type fields struct {
	meta      map[string][]string // <meta> by name, property or itemprop, in lower case
	canonical string              // <link rel=canonical>
	lang      string              // of <html>
	title     string              // <title>
	headings  []string            // <h1>
	times     []string            // <time datetime>, those outside of teasers
	shown     []string            // what stands in the article where a date does by its markup
	ld        linked
}

// linked is what JSON-LD says of the article, and of who published it.
type linked struct {
	headline, published, modified, language, url string
	body                                         string // its text, which may be markup
	authors                                      []string
	outlet                                       string
}

// Bounds of what is kept of a page's fields.
const (
	maxValue  = 4 << 10 // bytes of one value
	maxValues = 20      // of one name
	maxNames  = 500
	maxTimes  = 20
	maxShown  = 100     // bytes of what is shown as a date
	maxLinked = 4 << 20 // bytes of JSON-LD
	maxNodes  = 5000    // objects of JSON-LD
	maxInside = 12      // its depth
)

// gather reads what a page says of itself, in one walk.
func gather(root *html.Node) *fields {
	f := &fields{meta: map[string][]string{}}
	left := maxLinked
	var scripts []string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "html":
			f.lang = attr(n, "lang")
		case "title":
			if f.title == "" && !inside(n, "svg") {
				f.title = oneLine(textOf(n))
			}
		case "meta":
			value := clip(oneLine(attr(n, "content")))
			for _, key := range []string{"property", "name", "itemprop"} {
				name := strings.ToLower(attr(n, key))
				if name != "" && value != "" && len(name) < 100 && (len(f.meta) < maxNames || f.meta[name] != nil) && len(f.meta[name]) < maxValues {
					f.meta[name] = append(f.meta[name], value)
				}
			}
		case "link":
			if f.canonical == "" && strings.EqualFold(attr(n, "rel"), "canonical") {
				f.canonical = clip(attr(n, "href"))
			}
		case "h1":
			if s := clip(oneLine(headingOf(n))); s != "" && len(f.headings) < maxValues {
				f.headings = append(f.headings, s)
			}
		case "time":
			if s := attr(n, "datetime"); s != "" && len(f.times) < maxTimes && !isTeaser(n) {
				f.times = append(f.times, clip(s))
			}
			f.show(n)
		case "p", "div", "span":
			f.show(n)
		case "script":
			if strings.HasPrefix(strings.ToLower(attr(n, "type")), "application/ld+json") {
				if s := textOf(n); len(s) <= left {
					left -= len(s)
					scripts = append(scripts, s)
				}
			}
		}
	}
	f.ld = readLinked(scripts)
	return f
}

// dateMarks are parts of the class, id or itemprop of what shows a date.
var dateMarks = []string{"date", "datum", "fecha", "publi", "posted"}

// show keeps the text of an element of the article that is marked up as a date: pages that were
// made by hand, or printed, have their date nowhere else. What stands outside may be today's.
func (f *fields) show(n *html.Node) {
	mark := strings.ToLower(attr(n, "class") + " " + attr(n, "id") + " " + attr(n, "itemprop"))
	is := n.Data == "time" || slices.ContainsFunc(dateMarks, func(m string) bool { return strings.Contains(mark, m) })
	if !is || len(f.shown) == maxTimes || !inside(n, "article") && !inside(n, "main") || isTeaser(n) {
		return
	}
	if s := oneLine(textOf(n)); s != "" && len(s) <= maxShown {
		f.shown = append(f.shown, s)
	}
}

// first returns the first value of the first of the names that has one.
func (f *fields) first(names ...string) string {
	for _, name := range names {
		if v := f.meta[name]; len(v) > 0 {
			return v[0]
		}
	}
	return ""
}

// article returns what is known of the article but for its text.
func (f *fields) article(base *url.URL) article.Article {
	a := article.Article{
		Outlet:    f.outlet(),
		URL:       f.address(base),
		Headline:  f.headline(),
		Published: f.published(),
		Byline:    f.byline(),
		Language:  f.language(),
	}
	return a
}

// outlet returns the name of the site, empty when the page tells none.
func (f *fields) outlet() string {
	for _, s := range []string{f.first("og:site_name"), f.ld.outlet, f.first("application-name", "publisher", "dc.publisher", "dcterms.publisher", "apple-mobile-web-app-title")} {
		if s != "" && !strings.HasPrefix(s, "http") {
			return s
		}
	}
	return siteOf(f.title)
}

// address returns the canonical address of the page if it is one of the same site, else
// where the page was fetched from. A page that names another site's address as its own is a
// copy that says so, or one that lies: neither makes it that site's article.
func (f *fields) address(base *url.URL) string {
	for _, s := range []string{f.canonical, f.first("og:url"), f.ld.url} {
		u, err := base.Parse(s)
		if s == "" || err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			continue
		}
		if base.Host == "" || sameSite(u.Hostname(), base.Hostname()) && (u.Path != "" && u.Path != "/" || base.Path == "" || base.Path == "/") {
			return u.String()
		}
	}
	if base.Host == "" {
		return ""
	}
	return base.String()
}

// sameSite reports whether two hosts end in the same two labels.
func sameSite(a, b string) bool {
	tail := func(h string) string {
		labels := strings.Split(strings.ToLower(strings.TrimSuffix(h, ".")), ".")
		return strings.Join(labels[max(0, len(labels)-2):], ".")
	}
	return tail(a) == tail(b)
}

// published returns when the article was published, as the page writes it: the first of the
// places, from the one that can mean nothing else to the one that might, that is a date.
func (f *fields) published() string {
	places := []string{
		f.ld.published,
		f.first("article:published_time", "og:article:published_time", "datepublished", "article:published", "og:published_time", "parsely-pub-date", "sailthru.date",
			"publish_date", "publish-date", "published_date", "publication_date", "pubdate", "publishdate", "article.published", "article_date_original", "cxenseparse:recs:publishtime",
			"dcterms.created", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date", "dc.date.created", "citation_publication_date", "date", "created", "last-modified-original"),
	}
	places = append(append(places, f.times...), f.shown...)
	places = append(places, f.ld.modified, f.first("article:modified_time", "og:updated_time", "datemodified", "last-modified"))
	for _, s := range places {
		if _, ok := article.ParseDate(s); ok {
			return s
		}
	}
	return ""
}

// byline returns who wrote the article; addresses of profiles are no names.
func (f *fields) byline() string {
	lists := [][]string{f.ld.authors, f.meta["author"], f.meta["article:author"], f.meta["parsely-author"], f.meta["sailthru.author"], f.meta["dc.creator"], f.meta["byl"], f.meta["dcterms.creator"]}
	for _, list := range lists {
		var names []string
		for _, s := range list {
			if s != "" && !strings.Contains(s, "://") && !strings.HasPrefix(s, "/") && !contains(names, s) {
				names = append(names, s)
			}
		}
		if len(names) > 0 {
			return strings.Join(names, ", ")
		}
	}
	return ""
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// language returns the tag of the language that the page says it is in.
func (f *fields) language() string {
	for _, s := range []string{f.ld.language, f.lang, f.first("og:locale", "content-language", "inlanguage", "dc.language", "language")} {
		s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
		if primary, _, _ := strings.Cut(s, "-"); (len(primary) == 2 || len(primary) == 3) && len(s) <= 20 {
			return s
		}
	}
	return ""
}

// readLinked reads the article out of the scripts of JSON-LD. Of several articles the first
// with a headline counts: pages list others behind their own.
func readLinked(scripts []string) (l linked) {
	nodes := 0
	var article, page, site map[string]any
	var walk func(v any, depth int)
	walk = func(v any, depth int) {
		if nodes++; nodes > maxNodes || depth > maxInside {
			return
		}
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x, depth+1)
			}
		case map[string]any:
			switch kind := strings.ToLower(strings.Join(texts(v["@type"]), " ")); {
			case strings.Contains(kind, "article") || strings.Contains(kind, "posting") || strings.Contains(kind, "reportage") || strings.Contains(kind, "review"):
				if article == nil && (v["headline"] != nil || v["articleBody"] != nil || v["name"] != nil) {
					article = v
				}
			case strings.Contains(kind, "webpage"):
				if page == nil {
					page = v
				}
			case strings.Contains(kind, "website") || strings.Contains(kind, "organization"):
				if site == nil {
					site = v
				}
			case strings.Contains(kind, "itemlist") || strings.Contains(kind, "breadcrumb"):
				return
			}
			for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement"} {
				walk(v[key], depth+1)
			}
		}
	}
	for _, s := range scripts {
		var v any
		if json.Unmarshal([]byte(cleanJSON(s)), &v) == nil {
			walk(v, 0)
		}
	}
	if article != nil {
		l.headline = oneLine(text(article["headline"]))
		if l.headline == "" {
			l.headline = oneLine(text(article["name"]))
		}
		l.published, l.modified = text(article["datePublished"]), text(article["dateModified"])
		if l.published == "" {
			l.published = text(article["dateCreated"])
		}
		l.language, l.url, l.body = text(article["inLanguage"]), text(article["url"]), text(article["articleBody"])
		for _, s := range texts(article["author"]) {
			l.authors = append(l.authors, clip(oneLine(s)))
		}
		l.outlet = oneLine(text(article["publisher"]))
		if l.url == "" {
			l.url = text(article["mainEntityOfPage"])
		}
	}
	if l.published == "" && page != nil {
		l.published, l.modified = text(page["datePublished"]), text(page["dateModified"])
	}
	if l.language == "" && page != nil {
		l.language = text(page["inLanguage"])
	}
	if l.outlet == "" && site != nil {
		l.outlet = oneLine(text(site["name"]))
	}
	l.headline, l.outlet, l.url = clip(l.headline), clip(l.outlet), clip(l.url)
	return l
}

// cleanJSON returns a script without what sites put around JSON, and without line ends in
// its strings, which JSON does not allow.
func cleanJSON(s string) string {
	s = strings.TrimSpace(s)
	for _, mark := range []string{"<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/"} {
		s = strings.TrimSpace(strings.TrimPrefix(s, mark))
	}
	for _, mark := range []string{"-->", "//]]>", "]]>", "/*]]>*/", ";"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, mark))
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
}

// text returns the first string that a value of JSON-LD holds.
func text(v any) string {
	if list := texts(v); len(list) > 0 {
		return list[0]
	}
	return ""
}

// texts returns the strings that a value of JSON-LD holds: itself, the names of objects, or
// those of a list.
func texts(v any) (list []string) {
	switch v := v.(type) {
	case string:
		if s := strings.TrimSpace(html.UnescapeString(v)); s != "" {
			list = append(list, s)
		}
	case bool:
		if !v {
			list = append(list, "false")
		}
	case []any:
		for _, x := range v[:min(len(v), 100)] {
			if _, nested := x.([]any); !nested {
				list = append(list, texts(x)...)
			}
		}
	case map[string]any:
		for _, key := range []string{"name", "@value", "alternateName", "@id", "url"} {
			if s, ok := v[key].(string); ok && strings.TrimSpace(s) != "" {
				return append(list, strings.TrimSpace(html.UnescapeString(s)))
			}
		}
	}
	return list
}

func clip(s string) string {
	if len(s) <= maxValue {
		return s
	}
	return strings.ToValidUTF8(s[:maxValue], "")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
