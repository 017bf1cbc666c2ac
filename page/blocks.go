package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// block is a paragraph, heading, item or row of a page.
type block struct {
	text   string
	linked int  // bytes of it that are links
	closed bool // its end is no link
	tag    string
	words  []string   // see foldWords
	kind   string     // how it is marked up: the names and classes of its element and those around it
	node   *html.Node // the innermost element that holds all of it
}

// Elements that begin a block, that are no text, and those of a block that go on in a line
// of their own below the one before.
var (
	blockTags = set("address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody tfoot thead tr ul")
	noText    = set("script style noscript template iframe object embed svg math canvas audio video button select textarea input img picture head title rt rp link meta")
)

// blocksOf returns the text below an element, cut where a reader sees a new line.
func blocksOf(root *html.Node) (list []block) {
	var b strings.Builder
	linked, closed := 0, false
	holder := root
	end := func() {
		if s := tidy(b.String()); s != "" {
			list = append(list, block{text: s, linked: linked, closed: closed, words: foldWords(s), tag: holder.Data, kind: kindOf(holder), node: holder})
		}
		b.Reset()
		linked = 0
	}
	var walk func(n *html.Node, link bool)
	walk = func(n *html.Node, link bool) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
			if size := len(strings.TrimSpace(n.Data)); size > 0 {
				closed = !link
				if link {
					linked += size
				}
			}
			return
		case n.Type == html.ElementNode && noText[n.Data]:
			return
		case n.Data == "br":
			b.WriteByte('\v')
			if twoBreaks(b.String()) {
				end()
			}
			return
		case n.Data == "td" || n.Data == "th":
			b.WriteByte('\t')
		}
		isBlock := n.Type == html.ElementNode && blockTags[n.Data]
		outer := holder
		if isBlock {
			end()
			holder = n
		}
		for c := range n.ChildNodes() {
			walk(c, link || n.Data == "a")
		}
		if isBlock {
			end()
			holder = outer
		}
	}
	walk(root, false)
	end()
	return list
}

// twoBreaks reports whether a text ends in two line breaks with nothing between them, which
// end a paragraph.
func twoBreaks(s string) bool {
	s = strings.TrimRight(s, " \t\r\n")
	s, ok := strings.CutSuffix(s, "\v")
	return ok && strings.HasSuffix(strings.TrimRight(s, " \t\r\n"), "\v")
}

// tidy returns the text of a block with single blanks, without marks that nobody sees; a
// line break is a line end.
func tidy(s string) string {
	lines := strings.Split(s, "\v")
	kept := lines[:0]
	for _, line := range lines {
		line = strings.Map(func(r rune) rune {
			if r == '\u00ad' || r == '\u200b' || r == '\ufeff' || r == '\u2060' || unicode.IsControl(r) && !unicode.IsSpace(r) {
				return -1
			}
			return r
		}, line)
		if line = oneLine(line); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// textOf returns all text below an element, scripts included: callers ask for those that
// are titles, headings and scripts.
func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// inline are elements that mark a part of a word up, or words of a sentence.
var inline = []string{"a", "abbr", "b", "em", "font", "i", "mark", "q", "small", "strong", "sub", "sup", "u", "wbr"}

// headingOf returns the text of a heading, with a blank where the page shows its parts apart: at line
// ends, and between elements that are not inline. A first letter of its own belongs to its word.
func headingOf(n *html.Node) string {
	var b strings.Builder
	var last *html.Node
	for c := range n.Descendants() {
		if c.Type != html.TextNode {
			continue
		}
		if last != nil && last.Parent != c.Parent && utf8.RuneCountInString(strings.TrimSpace(last.Data)) > 1 {
			border := last.Parent
			if border == n {
				border = c.Parent
			}
			if !slices.Contains(inline, border.Data) {
				b.WriteByte(' ')
			}
		} else if c.PrevSibling != nil && c.PrevSibling.Data == "br" {
			b.WriteByte(' ')
		}
		b.WriteString(c.Data)
		last = c
	}
	return b.String()
}

// inside reports whether an element lies in one of a name.
func inside(n *html.Node, name string) bool {
	for p := range n.Ancestors() {
		if p.Data == name {
			return true
		}
	}
	return false
}

// kindOf returns how an element is marked up: its name and class, and those of the two
// elements around it.
func kindOf(n *html.Node) string {
	var b strings.Builder
	for range 3 {
		if n == nil || n.Type != html.ElementNode {
			break
		}
		b.WriteString(n.Data + "." + attr(n, "class") + " ")
		n = n.Parent
	}
	return b.String()
}
