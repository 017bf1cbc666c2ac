package page

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// What belongs to the page and not to its story is told by the element (<nav>, <figcaption>),
// by its role for readers of screens, by being hidden, and by its name: sites in all languages
// name the classes of their boxes in English, for the programs that make them do so.
//
// Names err. So nothing is taken out that has more than its share of the page's sentences: a
// story in a box named "paywall-content" or a form that is the whole page stays.

// mostPruned is the share of a page's sentences that an element may have to be taken out.
const mostPruned = 0.25

var (
	prunedTags  = set("nav footer aside form figure figcaption dialog menu label")
	prunedRoles = set("navigation complementary contentinfo search dialog alert alertdialog menu menubar toolbar tooltip tablist figure")

	// prunedNames are words of the names of classes and identifiers.
	prunedNames = set("ad ads adv advert advertisement advertising author authors bio breadcrumb breadcrumbs byline caption captions comment comments consent cookie cookies copyright credit credits " +
		"disclaimer flyout footer gallery kicker login menu modal newsletter newsletters outbrain pagination pager player poll popular popup promo promos promotion promoted pubdate rating recirc recommend recommendation recommendations " +
		"recommended related share shares sharing sidebar signup similar skip social sponsor sponsored subscribe subscription subscriptions taboola tag taglist tags teaser teasers tiktok timestamp toolbar tooltip topic topics trending tweet instagram widget")
)

// prune takes out of a page's tree what is not its story; blocks are those of the tree.
func prune(root *html.Node, blocks []block) {
	sentences := map[*html.Node]int{} // bytes of sentences below an element
	total := 0
	for _, b := range blocks {
		if len(b.text) < 80 || 2*b.linked > len(b.text) {
			continue
		}
		total += len(b.text)
		sentences[b.node] += len(b.text)
		for p := range b.node.Ancestors() {
			sentences[p] += len(b.text)
		}
	}
	most := int(mostPruned * float64(total))
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; {
			next := c.NextSibling
			if c.Type == html.ElementNode && c.Data != "body" && c.Data != "html" {
				if sentences[c] <= most && isPruned(c) {
					n.RemoveChild(c)
				} else {
					walk(c)
				}
			} else {
				walk(c)
			}
			c = next
		}
	}
	walk(root)
}

// isPruned reports whether an element says of itself that it is not the story.
func isPruned(n *html.Node) bool {
	if prunedTags[n.Data] {
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			if a.Val == "true" {
				return true
			}
		case "role":
			if prunedRoles[strings.ToLower(a.Val)] {
				return true
			}
		case "style":
			if style := strings.ReplaceAll(strings.ToLower(a.Val), " ", ""); strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		case "class", "id":
			if named(a.Val) {
				return true
			}
		}
	}
	return false
}

// named reports whether a class or identifier has one of prunedNames for a word: words are
// parted by signs and by capitals, as in "article__tagList".
func named(name string) bool {
	start := 0
	var last rune
	for i, r := range name {
		if unicode.IsLetter(r) && !(unicode.IsUpper(r) && unicode.IsLower(last)) {
			last = r
			continue
		}
		if prunedNames[strings.ToLower(name[start:i])] {
			return true
		}
		if start = i; !unicode.IsLetter(r) {
			start = i + len(string(r))
		}
		last = r
	}
	return prunedNames[strings.ToLower(name[start:])]
}
