package page

import (
	"bytes"
	"net/url"

	"golang.org/x/net/html"

	"dedupe/article"
)

// story returns the main text of a page.
func story(root *html.Node, base *url.URL, f *fields, a *article.Article) (string, error) {
	p := parser()
	found, err := p.ParseAndMutate(root, base)
	if err != nil || found.Node == nil {
		return "", nil
	}
	blocks := blocksOf(found.Node)
	var out bytes.Buffer
	for i, b := range blocks {
		if i > 0 {
			if b.tag == "li" && blocks[i-1].tag == "li" || b.tag == "tr" && blocks[i-1].tag == "tr" {
				out.WriteString("\n")
			} else {
				out.WriteString("\n\n")
			}
		}
		out.WriteString(b.text)
	}
	return out.String(), nil
}

// isTeaser reports whether an element belongs to a teaser of another article: an <article>
// in another one, a list, an aside or the navigation.
func isTeaser(n *html.Node) bool {
	articles := 0
	for p := range n.Ancestors() {
		switch p.Data {
		case "aside", "nav", "footer", "li", "a":
			return true
		case "article":
			articles++
		}
	}
	return articles > 1
}

// headline returns the headline of the article.
func (f *fields) headline() string {
	switch {
	case len(f.headings) == 1:
		return f.headings[0]
	case f.ld.headline != "":
		return f.ld.headline
	}
	if s := f.first("og:title", "twitter:title"); s != "" {
		return s
	}
	return f.title
}
