// Package feed reads what news sites offer to programs: feeds (RSS, Atom, JSON Feed), lists of
// feeds (OPML), and the links by which a page names its feeds. Bytes in, values out.
//
//	f, err := feed.Read(data, "application/rss+xml", "https://harbour.example/feed")
//	for _, item := range f.Items {
//		body, full := item.Text() // what the feed has of the text, and whether that is all of it
//	}
//
// The formats themselves are read by mmcdole/gofeed, which knows their dialects; it brings
// nothing but golang.org/x. Before it sees a feed, the encoding is made UTF-8, and the XML
// is walked once (bound.go): depth, declarations and number of items are bounded, and of a feed
// that breaks off the whole items are kept. Entities of a DTD are not expanded, nothing is fetched.
// Cost: 60 us an item of 4 kB.
package feed

import (
	"bytes"
	"cmp"
	plainjson "encoding/json"
	"errors"
	"fmt"
	"html"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/json"
	"github.com/mmcdole/gofeed/rss"

	"dedupe/article"
	"dedupe/charset"
)

// Feed is what a feed holds.
type Feed struct {
	Title    string
	Link     string // of the site
	Language string
	Items    []Item
	Broken   error // why there is no more, where the feed breaks off or is too long; else nil
}

// Item is one article of a feed, as the feed has it: texts may be markup.
type Item struct {
	ID        string // its lasting identifier; "" where there is none
	URL       string
	Title     string
	Byline    string
	Published string // as given
	Updated   string // as given
	Language  string
	Outlet    string // whom an aggregator names as its publisher; "" elsewhere
	Content   string // what the feed says is the text
	Summary   string // what it says is a summary, or does not say what it is
}

// Kind is what bytes are.
type Kind int

// The kinds.
const (
	None Kind = iota // neither a feed nor a list of them
	RSS
	Atom
	JSONFeed
	OPML
)

// KindOf tells what bytes in UTF-8 are by their beginning.
func KindOf(data []byte) Kind {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
	if bytes.HasPrefix(data, []byte("{")) {
		if isJSONFeed(data) {
			return JSONFeed
		}
		return None
	}
	switch rootName(data) {
	case "rss", "rdf":
		return RSS
	case "feed":
		return Atom
	case "opml":
		return OPML
	}
	return None
}

// isJSONFeed reports whether an object says that it is a JSON Feed.
func isJSONFeed(data []byte) bool {
	d := plainjson.NewDecoder(bytes.NewReader(data))
	_, err := d.Token()
	for err == nil && d.More() {
		var name plainjson.Token
		var value plainjson.RawMessage
		if name, err = d.Token(); err == nil {
			err = d.Decode(&value)
		}
		if version := ""; name == "version" && plainjson.Unmarshal(value, &version) == nil {
			return strings.Contains(version, "jsonfeed.org/version")
		}
	}
	return false
}

// ErrNone is what Read returns for bytes that are no feed.
var ErrNone = errors.New("is no feed: neither RSS, Atom nor JSON Feed")

// Read reads a feed. contentType is what came with it, address where it was fetched from, by
// which relative links are read; both may be empty.
func Read(data []byte, contentType, address string) (f *Feed, err error) {
	data, _, err = charset.UTF8(data, contentType)
	if err != nil {
		return nil, err
	}
	// A library of this size, fed by strangers, ends one feed at most.
	defer func() {
		if p := recover(); p != nil {
			f, err = nil, fmt.Errorf("the feed cannot be read: %v", p)
		}
	}()
	f = &Feed{}
	switch kind := KindOf(data); kind {
	case JSONFeed:
		err = f.readJSON(data)
	case RSS, Atom:
		data = plainXML(data)
		if data, f.Broken, err = bound(data); err == nil && kind == RSS {
			err = f.readRSS(data)
		} else if err == nil {
			err = f.readAtom(data)
		}
	default:
		return nil, ErrNone
	}
	if err != nil {
		return nil, fmt.Errorf("the feed cannot be read: %w", err)
	}
	base := baseOf(address)
	for i := range f.Items {
		it := &f.Items[i]
		it.URL = resolve(base, it.URL)
		it.Language = cmp.Or(it.Language, f.Language)
	}
	return f, nil
}

func resolve(base *url.URL, link string) string {
	link = strings.TrimSpace(link)
	if u, err := base.Parse(link); err == nil && link != "" {
		return u.String()
	}
	return link
}

func (f *Feed) readRSS(data []byte) error {
	in, err := (&rss.Parser{}).Parse(bytes.NewReader(data))
	if err != nil {
		return err
	}
	f.Title, f.Link, f.Language = in.Title, in.Link, in.Language
	for _, it := range in.Items {
		if unpublished(it) {
			continue
		}
		out := Item{URL: it.Link, Title: it.Title, Byline: it.Author, Published: it.PubDate, Content: it.Content, Summary: it.Description}
		if it.GUID != nil {
			out.ID = strings.TrimSpace(it.GUID.Value)
			if out.URL == "" && isAddress(out.ID) {
				out.URL = out.ID
			}
		}
		if dc := it.DublinCoreExt; dc != nil {
			out.Byline = cmp.Or(out.Byline, strings.Join(dc.Creator, ", "))
			out.Published = cmp.Or(out.Published, first(dc.Date))
			out.Language = first(dc.Language)
		}
		if real := it.Extensions["feedburner"]["origLink"]; len(real) > 0 { // else the address of who counts clicks
			out.URL = cmp.Or(real[0].Value, out.URL)
		}
		if s := it.Source; s != nil {
			out.ofAggregator(s.Title, s.URL)
		}
		f.Items = append(f.Items, out)
	}
	return nil
}

// unpublished reports whether an item of an export of WordPress is no article of the site: a draft, a
// picture (whose status is inherit), an entry of a menu.
func unpublished(it *rss.Item) bool {
	if status := it.Extensions["wp"]["status"]; len(status) > 0 && status[0].Value != "publish" {
		return true
	}
	kind := it.Extensions["wp"]["post_type"]
	return len(kind) > 0 && (kind[0].Value == "nav_menu_item" || strings.HasPrefix(kind[0].Value, "wp_"))
}

func (f *Feed) readAtom(data []byte) error {
	in, err := (&atom.Parser{}).Parse(bytes.NewReader(data))
	if err != nil {
		return err
	}
	f.Title, f.Link, f.Language = in.Title, alternate(in.Links), in.Language
	for _, it := range in.Entries {
		out := Item{ID: strings.TrimSpace(it.ID), URL: alternate(it.Links), Title: it.Title, Published: cmp.Or(it.Published, it.Updated), Updated: it.Updated, Summary: it.Summary}
		var names []string
		for _, a := range it.Authors {
			names = append(names, a.Name)
		}
		out.Byline = strings.Join(names, ", ")
		if it.Content != nil {
			out.Content = it.Content.Value
			out.URL = cmp.Or(out.URL, it.Content.Src)
		}
		if out.URL == "" && isAddress(out.ID) {
			out.URL = out.ID
		}
		if s := it.Source; s != nil {
			out.ofAggregator(s.Title, alternate(s.Links))
		}
		f.Items = append(f.Items, out)
	}
	return nil
}

func (f *Feed) readJSON(data []byte) error {
	in, err := (&json.Parser{}).Parse(bytes.NewReader(data))
	if err != nil {
		return err
	}
	f.Title, f.Link, f.Language = in.Title, in.HomePageURL, in.Language
	for _, it := range in.Items {
		if len(f.Items) == maxItems {
			f.Broken = errTooMany
			break
		}
		if it == nil {
			continue
		}
		var names []string
		for _, a := range append(it.Authors, it.Author) {
			if a != nil && a.Name != "" {
				names = append(names, a.Name)
			}
		}
		f.Items = append(f.Items, Item{ID: it.ID, URL: cmp.Or(it.URL, it.ExternalURL), Title: it.Title, Byline: strings.Join(names, ", "),
			Published: cmp.Or(it.DatePublished, it.DateModified), Updated: it.DateModified, Language: it.Language,
			Content: cmp.Or(it.ContentHTML, it.ContentText), Summary: it.Summary})
	}
	return nil
}

// ofAggregator notes the outlet that an aggregator names for an item, and takes its name off
// the end of the headline, where aggregators put it: "Ferry aground - Harbour Times".
func (it *Item) ofAggregator(name, address string) {
	it.Outlet = strings.TrimSpace(name)
	if it.Outlet == "" {
		if u, err := url.Parse(strings.TrimSpace(address)); err == nil {
			it.Outlet = u.Hostname()
		}
		return
	}
	if headline, ok := strings.CutSuffix(strings.TrimSpace(it.Title), " - "+it.Outlet); ok {
		it.Title = headline
	}
}

// fullSize is from how many bytes of visible text on a summary is believed to be the whole
// text: 250 words, or 500 characters of a script without spaces. Summaries of news feeds have 20 to 80 words.
const fullSize = 1500

// Text returns what the feed has of the article's text, which may be markup, and whether that
// is the whole text. It is not when the feed calls it a summary and it is short, when what it
// calls the content is no more than the summary, when it ends with dots, or, short, with a link to the
// page. A text that says no more than the headline, as aggregators have it, or goes on with those of
// other outlets, is none.
func (it *Item) Text() (text string, full bool) {
	content, summary := visible(it.Content), visible(it.Summary)
	text, seen := it.Content, content
	called := true // the content
	if len(content) <= len(summary) {
		text, seen, called = it.Summary, summary, false
	}
	if extra, ok := strings.CutPrefix(seen, visible(it.Title)); ok {
		if len(extra) <= len(it.Outlet)+8 || it.Outlet != "" && strings.HasPrefix(strings.TrimSpace(extra), it.Outlet) {
			return "", false
		}
	}
	for _, dots := range []string{"…", "...", "[…]", "[...]"} {
		if strings.HasSuffix(seen, dots) {
			return text, false
		}
	}
	return text, called && !it.leadsOn(text) || len(seen) >= fullSize
}

// leadsOn reports whether a text ends with a link to the item's page, whatever words that has.
func (it *Item) leadsOn(text string) bool {
	text = strings.ToLower(text)
	at := strings.LastIndex(text, "<a ")
	page, _, _ := strings.Cut(strings.ToLower(it.URL), "?")
	if at < 0 || page == "" {
		return false
	}
	link, rest, closed := strings.Cut(text[at:], "</a>")
	return closed && strings.Contains(link, page) && visible(rest) == ""
}

// visible returns about what a reader sees of a text that may be markup, its blanks made one.
func visible(s string) string {
	var b strings.Builder
	for s != "" {
		open := strings.IndexByte(s, '<')
		if open < 0 {
			open = len(s)
		}
		b.WriteString(s[:open])
		s = s[open:]
		if end := strings.IndexByte(s, '>'); end >= 0 {
			b.WriteByte(' ')
			s = s[end+1:]
		} else {
			b.WriteString(s)
			s = ""
		}
	}
	return strings.Join(strings.Fields(references.Replace(b.String())), " ")
}

var references = strings.NewReplacer("&nbsp;", " ", "&#160;", " ", "&#xa0;", " ", "&hellip;", "…", "&#8230;", "…", "&#x2026;", "…", "&amp;", "&", "&quot;", `"`, "&#39;", "'")

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func alternate(links []*atom.Link) string {
	for _, l := range links {
		if l.Rel == "" || l.Rel == "alternate" {
			return l.Href
		}
	}
	return ""
}

func isAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// shorten returns the beginning of s, of at most n bytes.
func shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// Article returns the article that an item tells of. One that has an address is known by that
// and not by its identifier, as in all other input: an outlet's feeds may differ in these.
func (it *Item) Article() article.Article {
	a := article.Article{Outlet: it.Outlet, URL: it.URL, Headline: it.Title, Byline: it.Byline, Published: it.Published, Language: it.Language}
	if a.URL == "" {
		a.ID = it.ID
	}
	if plain := html.UnescapeString(a.Headline); !strings.ContainsAny(plain, "<>") {
		a.Headline = plain // Harbour&#8217;s mole, as in CDATA; tags are looked for later
	}
	text, full := it.Text()
	a.Body, a.Summary = text, !full && text != ""
	return a
}
