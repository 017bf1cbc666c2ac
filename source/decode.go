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

// DefaultFields returns the names that our fields have in JSON input when
// Options.Fields does not say otherwise.
func DefaultFields() map[string][]string {
	return map[string][]string{
		"id":        {"id"},
		"outlet":    {"outlet"},
		"url":       {"url"},
		"title":     {"title", "headline"},
		"byline":    {"byline", "author", "authors"},
		"published": {"published", "date"},
		"language":  {"language", "lang"},
		"body":      {"body", "text"},
	}
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
	root      *nameNode
	json      *jsontext.Decoder
	input     input
	values    [numFields]value
	remarks   []string // on the record that is decoded
	scratch   []byte
}

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
}

type use struct{ field, rank int }

// NewDecoder returns a decoder for input as described by opt. It is an error
// when Options.Fields names a field that articles do not have, or an empty name.
func NewDecoder(opt Options) (*Decoder, error) {
	names := DefaultFields()
	for ours, theirs := range opt.Fields {
		if !slices.Contains(fieldNames[:], ours) {
			return nil, fmt.Errorf("field %q: unknown; known are %s", ours, strings.Join(fieldNames[:], ", "))
		}
		if len(theirs) > 0 {
			names[ours] = theirs
		}
	}
	d := &Decoder{firstSeen: opt.FirstSeen, root: &nameNode{}, json: jsontext.NewDecoder(strings.NewReader(""))}
	for field, ours := range fieldNames {
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
}

// set gives the value s to the fields that n stands for, unless they have one of
// an earlier name. Empty values count as none.
func (d *Decoder) set(n *nameNode, s string) {
	if s == "" {
		return
	}
	for _, u := range n.uses {
		if v := &d.values[u.field]; v.rank == 0 || u.rank < v.rank {
			*v = value{s, u.rank}
		}
	}
}

// begin forgets the last record.
func (d *Decoder) begin() {
	d.values = [numFields]value{}
	d.remarks = d.remarks[:0]
}

// finish makes the values an article, or says why they are none.
func (d *Decoder) finish(o article.Origin) (article.Article, *Reject) {
	v := &d.values
	a := article.Article{
		ID:        strings.TrimSpace(v[fieldID].text),
		Outlet:    d.outlet(v[fieldOutlet].text),
		URL:       strings.TrimSpace(v[fieldURL].text),
		Headline:  PlainHeadline(strings.TrimSpace(v[fieldTitle].text)),
		Byline:    PlainHeadline(strings.TrimSpace(v[fieldByline].text)),
		Published: strings.TrimSpace(v[fieldPublished].text),
		Language:  strings.TrimSpace(v[fieldLanguage].text),
		Body:      PlainText(strings.TrimSpace(v[fieldBody].text)),
	}
	d.values = [numFields]value{}
	if a.Headline == "" && a.Body == "" {
		return article.Article{}, reject(o, "%s", strings.Join(append([]string{"neither title nor body"}, d.remarks...), "; "))
	}
	for _, f := range []struct{ name, value string }{{"id", a.ID}, {"url", a.URL}, {"published", a.Published}, {"language", a.Language}} {
		if len(f.value) > maxName {
			return article.Article{}, reject(o, "%s of %d bytes: the most is %d", f.name, len(f.value), maxName)
		}
	}
	d.checkDate(a.Published)
	return a, d.warning(o)
}

// warning returns what was remarked on the record, nil when nothing was.
func (d *Decoder) warning(o article.Origin) *Reject {
	if len(d.remarks) == 0 {
		return nil
	}
	return &Reject{Origin: o, Kept: true, Reason: strings.Join(d.remarks, "; ")}
}

// outlet returns the name of an outlet as it is stored: without white space at its
// ends, and cut to maxOutlet.
func (d *Decoder) outlet(name string) string {
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

// checkDate remarks when published is given but cannot be true.
func (d *Decoder) checkDate(published string) {
	if published == "" {
		return
	}
	seen := d.firstSeen
	if seen.IsZero() {
		seen = time.Date(2099, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	_, why := article.EffectiveDate(published, seen)
	if why == article.Given {
		return
	}
	place := "counts as undated"
	if _, ok := article.ParseDate(published); ok {
		place = "stands in order by it"
	}
	d.remark("published %.60q is %s: the article %s, and the time it was first seen is shown", published, dateFault[why], place)
}

var dateFault = map[article.DateReason]string{
	article.Unreadable: "no date that can be read",
	article.Future:     "in the future",
	article.TooOld:     "too old to be true",
}
