package source

import (
	"bytes"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	nethtml "golang.org/x/net/html"
)

// Bodies and headlines often come as HTML: from feeds, from the interfaces of
// content systems. Their words are those that a reader sees, so they are stored
// as plain text:
//
//	<p>The <b>ferry</b> &amp; the mole.</p><ul><li>One</li><li>Two</li></ul>
//
//	The ferry & the mole.
//
//	One
//	Two
//
// The tokenizer alone is used, no tree is built: cost is linear in the length,
// and no depth of elements costs memory. Whether a text is markup at all is told
// by its tags: see tags.go.

// maxEscapings is how often a text may be escaped as a whole, as feeds do that
// pack HTML into XML into JSON.
const maxEscapings = 3

// PlainText returns a body as plain text. A body that is no markup is returned as
// it is, byte for byte, whatever else it has in angle brackets. Of markup, block
// elements become paragraphs with an empty line between them; <br>, list items and
// rows of tables are lines, with a tab between cells; <pre> keeps its lines; scripts, styles, templates,
// comments, attributes, <wbr>, soft hyphens and the readings of ruby are nothing.
// Character references are decoded once. Markup that is escaped as a whole
// (&lt;p&gt;...) is read as markup too. PlainText(PlainText(s)) is PlainText(s).
// Text without "<" and "&" costs two looks for a byte.
func PlainText(body string) string {
	return plain(body, false)
}

// PlainHeadline returns a headline as plain text on one line: as PlainText, but
// what are blocks and lines there are blanks here. A headline without markup is
// returned as it is.
func PlainHeadline(s string) string {
	return plain(s, true)
}

func plain(s string, line bool) string {
	for round := range maxEscapings {
		markup, ok := asMarkup(s, line)
		if !ok {
			return s
		}
		if round > 0 && !beginsWithTag(s) {
			break
		}
		was := s
		if s = render(markup); line {
			s = strings.Join(strings.Fields(s), " ")
		}
		if s == was {
			return s
		}
	}
	if _, ok := asMarkup(s, line); !ok {
		return s
	}
	// A reader sees tags here: the text is about markup, or is to mislead. A blank
	// keeps them text.
	return disarm.Replace(s)
}

// disarm leaves nothing that is a tag or a reference to its beginning.
var disarm = strings.NewReplacer("<", "< ", "&lt", "& lt", "&LT", "& LT", "&#", "& #", "&amp;lt", "& amp;lt", "&amp;LT", "& amp;LT", "&amp;#", "& amp;#")

// asMarkup returns the markup that s is, or that s is when its references are
// decoded.
func asMarkup(s string, line bool) (markup string, ok bool) {
	if strings.IndexByte(s, '<') >= 0 && isMarkup(s) {
		return s, true
	}
	if strings.IndexByte(s, '&') < 0 || !hasEscapedTag(s) {
		return "", false
	}
	decoded := html.UnescapeString(s)
	if hasEscapedTag(decoded) && !strings.Contains(decoded, "<") {
		decoded = html.UnescapeString(decoded) // it was escaped twice
	}
	return decoded, (line || beginsWithTag(decoded)) && isMarkup(decoded) || worksAsMarkup(decoded)
}

// beginsWithTag reports whether the first character of s, as it is or escaped, is
// that of a tag.
func beginsWithTag(s string) bool {
	s = strings.TrimLeftFunc(s, unicode.IsSpace)
	return strings.HasPrefix(s, "<") || strings.HasPrefix(html.UnescapeString(s[:min(len(s), 8)]), "<")
}

// hasEscapedTag reports whether a reference to "<" stands in s, escaped once or twice.
func hasEscapedTag(s string) bool {
	for _, ref := range []string{"lt;", "LT;", "#60;", "#060;", "#x3c;", "#x3C;", "#x003c;", "#x003C;"} {
		for _, and := range []string{"&", "&amp;", "&#38;", "&#038;"} {
			if strings.Contains(s, and+ref) {
				return true
			}
		}
	}
	return false
}

// render returns the text of markup as a reader sees it.
func render(markup string) string {
	if strings.Contains(markup, cdataBegin) {
		markup = strings.NewReplacer(cdataBegin, "", cdataEnd, "").Replace(markup)
	}
	w := writer{breaks: lineEndsOf(markup)}
	w.out.Grow(len(markup) / 2)
	z := nethtml.NewTokenizer(strings.NewReader(markup))
	var (
		at      int                // of the tokenizer in markup
		pre     int                // <pre> that are open
		hidden  string             // the element of which all is nothing
		depth   int                // of elements of that name inside of it
		reading bool               // inside of <rt>, which tells how a word is read
		ends    = map[string]int{} // where the last end tag of a name is
	)
	endFollows := func(name string) bool {
		end, ok := ends[name]
		if !ok {
			end = lastEndTag(markup, name)
			ends[name] = end
		}
		return end >= at
	}
	for {
		kind := z.Next()
		at += len(z.Raw())
		switch kind {
		case nethtml.ErrorToken:
			return w.text()
		case nethtml.TextToken:
			if hidden == "" && !reading {
				w.write(z.Text(), pre > 0)
			}
			continue
		case nethtml.CommentToken, nethtml.DoctypeToken:
			continue
		}
		tag, _ := z.TagName()
		name, opens := string(tag), kind == nethtml.StartTagToken
		if name != "script" && name != "style" && kind != nethtml.EndTagToken {
			z.NextIsNotRawText() // a title that is cut off does not cost the rest
		}
		if hidden != "" {
			if name == hidden && opens {
				depth++
			} else if name == hidden && kind == nethtml.EndTagToken {
				if depth--; depth == 0 {
					hidden = ""
				}
			}
			continue
		}
		if raw := markup[at-len(z.Raw()) : at]; kind != nethtml.EndTagToken && isComparison(raw) {
			w.write([]byte(raw), pre > 0)
			continue
		}
		switch e := elements[name]; {
		case e == ruby:
			reading = opens && name != "ruby" && endFollows("ruby")
		case e == nothing:
			if opens && endFollows(name) {
				hidden, depth = name, 1
			}
		case e == preformatted:
			w.end(paragraph)
			if opens {
				pre++
			} else if pre > 0 {
				pre--
			}
		default:
			w.end(e)
		}
	}
}

// lastEndTag returns where the last "</name" begins in s, in any case of its
// letters, or -1.
func lastEndTag(s, name string) int {
	for end := len(s); ; {
		i := strings.LastIndex(s[:end], "</")
		if i < 0 {
			return -1
		}
		if rest := s[i+2:]; len(rest) >= len(name) && strings.EqualFold(rest[:len(name)], name) {
			return i
		}
		end = i
	}
}

// lineEnds says what a line end in the text of markup means.
type lineEnds int

const (
	blanks     lineEnds = iota // a blank, as HTML has it
	paragraphs                 // an empty line ends a paragraph: there are blocks, but neither <p> nor <br>
	verbatim                   // what it is: there is nothing but inline markup, or <pre>
)

// lineEndsOf tells by the elements of markup what its line ends mean: content
// systems store texts whose paragraphs are parted by empty lines.
func lineEndsOf(markup string) lineEnds {
	ends := verbatim
	for i := range len(markup) {
		if markup[i] != '<' {
			continue
		}
		name, _, _ := tagName(markup[i+1:])
		switch e := elements[name]; {
		case name == "p" || name == "br":
			return blanks
		case e == cell || e == newline || e == paragraph || e == preformatted:
			ends = paragraphs
		}
	}
	return ends
}

// writer puts plain text together. Blanks and breaks wait until a word follows.
type writer struct {
	out    strings.Builder
	breaks lineEnds
	wait   element // the break that waits; inline when none does
	blank  string  // the blank that waits
	space  []byte  // white space that waits and is to be kept
}

// end notes that an element begins or ends here.
func (w *writer) end(e element) { w.wait = max(w.wait, e) }

func (w *writer) write(text []byte, pre bool) {
	keep := pre || w.breaks == verbatim
	lines := 0 // line ends since the last word
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		switch {
		case r == softHyphen:
		case keep && (r == ' ' || r == '\t' || r == '\n'):
			w.space = append(w.space, byte(r))
		case r == '\u00a0':
			w.blank = "\u00a0"
		case r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f':
			if w.blank == "" {
				w.blank = " "
			}
			if r == '\n' {
				if lines++; lines > 1 && w.breaks == paragraphs {
					w.end(paragraph)
				}
			}
		default:
			// A word is written at once. Both special characters begin with 0xC2.
			for i+n < len(text) && text[i+n] > ' ' && text[i+n] != 0xC2 {
				n++
			}
			lines = 0
			w.flush()
			w.out.Write(text[i : i+n])
		}
		i += n
	}
}

const softHyphen = '\u00ad'

// flush writes the break or the blank that waits, but none at the beginning.
func (w *writer) flush() {
	switch {
	case w.out.Len() == 0:
	case w.wait >= paragraph:
		w.out.WriteString("\n\n")
	case w.wait == newline:
		w.out.WriteByte('\n')
	case w.blank != "" && w.wait != cell:
		w.out.WriteString(w.blank)
	case w.wait == cell && len(w.space) == 0:
		w.out.WriteByte('\t')
	}
	if w.wait >= newline {
		w.space = w.space[bytes.LastIndexByte(w.space, '\n')+1:] // the break is made; what indents stays
	}
	w.out.Write(w.space)
	w.wait, w.blank, w.space = inline, "", w.space[:0]
}

func (w *writer) text() string { return strings.TrimSpace(w.out.String()) }
