package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"dedupe/charset"
)

// Link names a feed.
type Link struct {
	URL   string
	Title string // "" where it has none
}

// maxLinks bounds the feeds of a list; maxNamed those that a page names.
const (
	maxLinks = 5_000
	maxNamed = 50
	maxTitle = 200 // bytes
)

// Links reads a list of feeds (OPML): the feeds in their order, none twice. address is where the
// list came from, by which relative addresses are read.
func Links(data []byte, contentType, address string) ([]Link, error) {
	data, _, err := charset.UTF8(data, contentType)
	if err != nil {
		return nil, err
	}
	if KindOf(data) != OPML {
		return nil, errors.New("is no list of feeds (OPML)")
	}
	base := baseOf(address)
	d := xml.NewDecoder(bytes.NewReader(plainXML(data)))
	d.Strict = false
	var list linkList
	for depth := 0; ; {
		token, err := d.Token()
		if err == io.EOF {
			return list.links, nil
		}
		if err != nil {
			return nil, fmt.Errorf("the list of feeds cannot be read: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return nil, fmt.Errorf("the list of feeds cannot be read: elements nested deeper than %d", maxDepth)
			}
			link, title := "", ""
			for _, a := range t.Attr {
				switch strings.ToLower(a.Name.Local) {
				case "xmlurl":
					link = a.Value
				case "title":
					title = a.Value
				case "text":
					if title == "" {
						title = a.Value
					}
				}
			}
			if len(list.links) == maxLinks {
				return nil, fmt.Errorf("the list of feeds has more than %d", maxLinks)
			}
			list.add(base, link, title)
		case xml.EndElement:
			depth--
		}
	}
}

// Named returns the feeds that a page of HTML names (<link rel="alternate">), at most 50, in
// the order in which it names them: feeds of comments come last.
func Named(data []byte, contentType, address string) ([]Link, error) {
	data, _, err := charset.UTF8(data, contentType)
	if err != nil {
		return nil, err
	}
	base := baseOf(address)
	z := html.NewTokenizer(bytes.NewReader(data))
	var list, comments linkList
	for len(list.links) < maxNamed && len(comments.links) < maxNamed {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		token := z.Token()
		attr := map[string]string{}
		for _, a := range token.Attr {
			attr[a.Key] = a.Val
		}
		switch token.Data {
		case "base":
			if u, err := base.Parse(strings.TrimSpace(attr["href"])); err == nil {
				base = u
			}
		case "link":
			if !strings.Contains(" "+strings.ToLower(attr["rel"])+" ", " alternate ") || !isFeedType(attr["type"]) {
				continue
			}
			to := &list
			if strings.Contains(strings.ToLower(attr["href"]+" "+attr["title"]), "comment") {
				to = &comments
			}
			to.add(base, attr["href"], attr["title"])
		}
	}
	return append(list.links, comments.links...), nil
}

func isFeedType(s string) bool {
	s, _, _ = strings.Cut(strings.ToLower(s), ";")
	switch strings.TrimSpace(s) {
	case "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml":
		return true
	}
	return false
}

// linkList is links, each once.
type linkList struct {
	links []Link
	has   map[string]bool
}

func (l *linkList) add(base *url.URL, link, title string) {
	link = resolve(base, link)
	if !isAddress(link) || l.has[link] {
		return
	}
	if l.has == nil {
		l.has = map[string]bool{}
	}
	l.has[link] = true
	l.links = append(l.links, Link{URL: link, Title: shorten(title, maxTitle)})
}

func baseOf(address string) *url.URL {
	if u, err := url.Parse(address); err == nil {
		return u
	}
	return &url.URL{}
}
