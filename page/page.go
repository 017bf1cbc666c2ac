// Package page takes a news article out of a page of HTML: its text without menus, teasers
// and notes of the site, and who published it under which headline, when, at which address.
//
//	a, err := page.Read(data, "text/html; charset=utf-8", "https://harbour.example/ferry")
//	// a.Headline, a.Outlet, a.URL, a.Published, a.Byline, a.Language, a.Body
//
// The place of the story is found by Mozilla's readability (codeberg.org/readeck), which
// takes 7 ms a page and nothing at the program's start. What it leaves of captions, teasers
// and boxes is taken out here (story.go), by rules that hold for any site; docs/decisions has
// what they were chosen against. Fields come from JSON-LD, OpenGraph, <meta> and <time>
// (meta.go).
//
// Pages are hostile. Depth, number of elements and size are bounded before a tree is built,
// so that memory and time are linear in the size; nothing is fetched, run or followed.
package page

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"

	"dedupe/article"
	"dedupe/charset"
)

// MaxSize is the most bytes of a page that is read. The longest news pages, most of them
// programs and data, have 4 MB.
const MaxSize = 8 << 20

// ErrNoStory is what Read returns for a page of which nothing is a text: a list of links, a
// page that a program fills in, a notice alone.
var ErrNoStory = errors.New("page without a story: nothing but menus, links and notices")

// Read returns the article that a page shows. contentType is what the server said of it, and
// address where it was fetched from; both may be empty. The URL is the page's canonical
// address if it names one on the same site, else address. Published is the date as the page
// writes it, for article.ParseDate. Fields that the page does not tell are empty; Body has
// paragraphs with an empty line between them and is never empty. It is an error when the page
// is no text in an encoding that is known, is too large or too deeply nested, or has no story
// (ErrNoStory).
func Read(data []byte, contentType, address string) (article.Article, error) {
	if len(data) > MaxSize {
		return article.Article{}, fmt.Errorf("page of %d bytes: the most is %d", len(data), MaxSize)
	}
	data, _, err := charset.UTF8(data, contentType)
	if err != nil {
		return article.Article{}, err
	}
	if err := bounded(data); err != nil {
		return article.Article{}, err
	}
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return article.Article{}, fmt.Errorf("read HTML: %w", err)
	}
	base, err := url.Parse(address)
	if err != nil {
		base = &url.URL{}
	}
	f := gather(root)
	a := f.article(base)
	if a.Body, err = story(root, base, f, &a); err != nil {
		return article.Article{}, err
	}
	if a.Body == "" { // a program shows it, and this is for search engines
		a.Body = f.ld.story()
	}
	if a.Body == "" {
		return article.Article{}, ErrNoStory
	}
	return a, nil
}

// Bounds of a page's tree. News pages have up to 10,000 elements.
const (
	maxElements = 60_000
	maxRenewed  = 120_000
)

// formatting are elements that HTML opens anew in every block after the one in which they
// were left open.
var formatting = set("a b big code em font i nobr s small strike strong tt u")

// bounded returns an error if the tree of a page would have too many elements. A few hundred
// bytes of <font> left open are copied into every paragraph that follows, so that a small page
// can make a tree of gigabytes: such copies are counted too.
func bounded(data []byte) error {
	z := html.NewTokenizer(bytes.NewReader(data))
	elements, renewed, open := 0, 0, 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return nil
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			elements++
			if formatting[string(name)] {
				open++
			} else {
				renewed += open
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if formatting[string(name)] {
				open = max(0, open-1)
			} else {
				renewed += open
			}
		}
		if elements > maxElements || renewed > maxRenewed {
			return fmt.Errorf("page of more than %d elements", maxElements)
		}
	}
}

// set returns the words of a list as a set.
func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// parser returns readability as it is used here: classes are kept, for story.go reads them,
// and metadata is read by meta.go.
func parser() readability.Parser {
	p := readability.NewParser()
	p.KeepClasses = true
	p.DisableJSONLD = true
	return p
}
