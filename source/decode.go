package source

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"dedupe/article"
)

// defaultFields are the names that our fields have in JSON input when Options.Fields
// does not say otherwise, in the order in which they are tried: our own, then those that
// say most exactly what they hold. They are those of
//
//	NewsAPI            title, content, publishedAt, url, author, source.name
//	JSON Feed          title, content_text, content_html, date_published, url, authors, language
//	newspaper3k, 4k    title, text, publish_date, url, authors, meta_site_name, meta_lang
//	trafilatura        title, text, date, source (the address), source-hostname (the site's name), hostname
//	Scrapy, by custom  title, headline, text, content, body, published_at, date, link, source
//	Media Cloud        title, text, publish_date, url, media_name, media_url, language
//	GDELT              title, seendate, url, domain, language; no body
//	Event Registry     title, body, dateTimePub, url, source.title, source.uri, lang
//	news-please        title, maintext, date_publish, url, source_domain, language
//	schema.org         headline, articleBody, datePublished, publisher, inLanguage
//
// Of names that stand for the address as well as for the outlet, such as source, an
// address is taken for the one and all else for the other. No service's own identifier is
// among the names of id: an article that has an address is known by that.
var defaultFields = map[string][]string{
	"id": {"id"},
	"outlet": {"outlet", "source.name", "source.title", "media_name", "publisher", "publication", "site_name", "sitename", "siteName", "meta_site_name",
		"source-hostname", "source", "source.domain", "source.uri", "source_name", "source_domain", "domain", "hostname", "media_url"},
	"url":       {"url", "link", "canonical_url", "canonical_link", "source"},
	"title":     {"title", "headline"},
	"byline":    {"byline", "author", "authors", "creator"},
	"published": {"published", "publishedAt", "published_at", "date_published", "datePublished", "publish_date", "published_date", "publication_date", "date_publish", "dateTimePub", "pubDate", "pub_date", "dateTime", "date", "seendate"},
	"language":  {"language", "lang", "meta_lang", "inLanguage"},
	"body":      {"body", "text", "content", "content_text", "content_html", "articleBody", "article_body", "full_text", "fulltext", "maintext", "main_text", "article_text", "body_text", "story_text"},
}

// DefaultFields returns the names that our fields have in JSON input when
// Options.Fields does not say otherwise.
func DefaultFields() map[string][]string {
	names := map[string][]string{}
	for ours, theirs := range defaultFields {
		names[ours] = slices.Clone(theirs)
	}
	return names
}

// The fields of a record, in the order of fieldNames.
const (
	fieldID = iota
	fieldOutlet
	fieldURL
	fieldTitle
	fieldByline
	fieldPublished
	fieldLanguage
	fieldBody
	numFields
)

var fieldNames = [numFields]string{"id", "outlet", "url", "title", "byline", "published", "language", "body"}

// maxName bounds in bytes the fields that name something. They are kept in
// memory and in indexes, which headlines, author lines and bodies are not.
const maxName = 16 << 10

// maxOutlet bounds in bytes the name of an outlet, which every result repeats. A
// longer one is cut.
const maxOutlet = 1 << 10

// Decoder decodes records. It holds memory that is used again for each, so each
// goroutine needs its own.
type Decoder struct {
	firstSeen time.Time
	own       *reading // of records that have none of their source
	*reading           // of the record that is decoded
	json      *jsontext.Decoder
	input     input
	values    [numFields]value
	taken     [numFields]string // the names that gave the last record its fields; empty where none did
	remarks   []string          // on the record that is decoded
	scratch   []byte
}

// reading is what Options say of records, made ready for all decoders.
type reading struct {
	root             *nameNode
	names            [numFields][]string // of Options.Fields and the defaults
	outlet, language string              // of all records; empty: as each says
	dates            string              // Options.Dates
}

// knows reports whether a name may be a field of a record.
func (r *reading) knows(name string) bool { return r.root.children[name] != nil }

// value is what a record has given for a field so far.
type value struct {
	text string
	rank int // of its name among the names of the field, from 1; 0 when none
}

// nameNode is a place in the tree of the names that fields have in JSON:
//
//	{"title": ["title", "meta.title"]}  =>  title: field 3, rank 1
//	                                        meta:  title: field 3, rank 2
type nameNode struct {
	uses     []use
	children map[string]*nameNode
	address  bool // it may be the address and the outlet: what it holds says which
}

type use struct{ field, rank int }

// NewDecoder returns a decoder for input as described by opt. It is an error
// when Options.Fields names a field that articles do not have, or an empty name.
func NewDecoder(opt Options) (*Decoder, error) {
	own, err := newReading(&opt)
	return &Decoder{firstSeen: opt.FirstSeen, own: own, reading: own, json: jsontext.NewDecoder(strings.NewReader(""))}, err
}

func newReading(opt *Options) (*reading, error) {
	names := DefaultFields()
	for ours, theirs := range opt.Fields {
		if !slices.Contains(fieldNames[:], ours) {
			return nil, fmt.Errorf("field %q: unknown; known are %s", ours, strings.Join(fieldNames[:], ", "))
		}
		if len(theirs) > 0 {
			names[ours] = theirs
		}
	}
	d := &reading{root: &nameNode{}, outlet: opt.Outlet, language: opt.Language, dates: opt.Dates}
	for field, ours := range fieldNames {
		d.names[field] = names[ours]
		for i, name := range names[ours] {
			if name == "" {
				return nil, fmt.Errorf("field %q: an input name is empty", ours)
			}
			u := use{field, i + 1}
			d.root.add(u, name)
			if path := strings.Split(name, "."); len(path) > 1 {
				d.root.add(u, path...)
			}
		}
	}
	return d, nil
}

func (n *nameNode) add(u use, path ...string) {
	for _, name := range path {
		child := n.children[name]
		if child == nil {
			child = &nameNode{}
			if n.children == nil {
				n.children = map[string]*nameNode{}
			}
			n.children[name] = child
		}
		n = child
	}
	n.uses = append(n.uses, u)
	is := func(field int) bool { return slices.ContainsFunc(n.uses, func(u use) bool { return u.field == field }) }
	n.address = is(fieldURL) && is(fieldOutlet)
}

// set gives the value s to the fields that n stands for, unless they have one of
// an earlier name. Empty and blank values count as none.
func (d *Decoder) set(n *nameNode, s string) {
	if strings.TrimSpace(s) == "" {
		return
	}
	for _, u := range n.uses {
		if n.address && (u.field == fieldURL || u.field == fieldOutlet) && isURL(strings.TrimSpace(s)) != (u.field == fieldURL) {
			continue
		}
		if v := &d.values[u.field]; v.rank == 0 || u.rank < v.rank {
			*v = value{s, u.rank}
		}
	}
}

// noText begins the reject of a record that is read and has no words.
const noText = "neither title nor body"

// begin forgets the last record.
func (d *Decoder) begin() {
	d.values = [numFields]value{}
	d.taken = [numFields]string{}
	d.remarks = d.remarks[:0]
}

// finish makes the values an article, or says why they are none.
func (d *Decoder) finish(o article.Origin) (article.Article, *Reject) {
	v := &d.values
	body, short := uncut(strings.TrimSpace(v[fieldBody].text))
	a := article.Article{
		ID:        strings.TrimSpace(v[fieldID].text),
		Outlet:    d.outletName(v[fieldOutlet].text),
		URL:       strings.TrimSpace(v[fieldURL].text),
		Headline:  PlainHeadline(strings.TrimSpace(v[fieldTitle].text)),
		Byline:    PlainHeadline(strings.TrimSpace(v[fieldByline].text)),
		Published: strings.TrimSpace(v[fieldPublished].text),
		Language:  strings.TrimSpace(v[fieldLanguage].text),
		Body:      PlainText(body),
		Summary:   short,
	}
	for field := range v {
		if rank := v[field].rank; rank > 0 {
			d.taken[field] = d.names[field][rank-1]
		}
	}
	d.values = [numFields]value{}
	return d.bounded(o, a)
}

// bounded refuses an article without text, or with a field that is too long, and remarks on its date.
func (d *Decoder) bounded(o article.Origin, a article.Article) (article.Article, *Reject) {
	if a.Headline == "" && a.Body == "" {
		return article.Article{}, reject(o, "%s", strings.Join(append([]string{noText}, d.remarks...), "; "))
	}
	for _, f := range []struct{ name, value string }{{"id", a.ID}, {"url", a.URL}, {"published", a.Published}, {"language", a.Language}} {
		if len(f.value) > maxName {
			return article.Article{}, reject(o, "%s of %d bytes: the most is %d", f.name, len(f.value), maxName)
		}
	}
	a.Published = d.dated(a.Published)
	return a, d.warning(o)
}

// uncut returns a text without the note by which NewsAPI says that it left out the rest:
//
//	Divers will examine the pier on Wednes… [+1234 chars]
func uncut(body string) (text string, cut bool) {
	text, ok := strings.CutSuffix(body, " chars]")
	at := strings.LastIndex(text, "[+")
	if !ok || at < 0 || at+2 == len(text) || strings.Trim(text[at+2:], "0123456789") != "" {
		return body, false
	}
	return strings.TrimRight(strings.TrimRight(text[:at], " "), "…."), true
}

// warning returns what was remarked on the record, nil when nothing was.
func (d *Decoder) warning(o article.Origin) *Reject {
	if len(d.remarks) == 0 {
		return nil
	}
	return &Reject{Origin: o, Kept: true, Reason: strings.Join(d.remarks, "; ")}
}

// outletName returns the name of an outlet as it is stored: without white space at its
// ends, and cut to maxOutlet.
func (d *Decoder) outletName(name string) string {
	name = strings.TrimSpace(name)
	if len(name) <= maxOutlet {
		return name
	}
	d.remark("outlet of %d bytes: cut to %d", len(name), maxOutlet)
	return strings.TrimSpace(cut(name, maxOutlet))
}

// cut returns the beginning of s, of at most n bytes, that ends at a rune border.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// shorten is cut, with a sign where something is missing.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return cut(s, n) + "…"
}
