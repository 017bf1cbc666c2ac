package source

import (
	"bytes"
	"encoding/json"
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
// (&lt;p&gt;...) is read as markup too.
// A body that was packed into JSON twice, so that its line ends are \n in letters and its tags
// <\/p> or \u003cp\u003e, is unpacked once more. PlainText(PlainText(s)) is PlainText(s), unless
// even the plain text has such escapes.
// Text without "<", "&" and "\" costs three looks for a byte.
func PlainText(body string) string {
	return plain(unpacked(body), false)
}

// packed reports whether a body has escapes of JSON left in it.
func packed(s string) bool {
	return strings.IndexByte(s, '\\') >= 0 && (strings.Contains(s, `<\/`) || strings.Contains(strings.ToLower(s), `\u003c/`) ||
		!strings.Contains(s, "\n") && (strings.Contains(s, `\n\n`) || strings.Contains(s, `>\n<`) || strings.Contains(s, `\r\n`) || strings.Count(s, `.\n`) > 1))
}

// unpacked returns a body without the escapes of JSON that were left in it, or as it is.
func unpacked(s string) string {
	if !packed(s) {
		return s
	}
	var out string
	if json.Unmarshal([]byte(`"`+s+`"`), &out) == nil {
		return out
	}
	return escapes.Replace(s)
}

// escapes are those of JSON, for a text of which something else is none.
var escapes = strings.NewReplacer(`\r\n`, "\n", `\n`, "\n", `\t`, "\t", `\/`, "/", `\"`, `"`, `\u003c`, "<", `\u003C`, "<", `\u003e`, ">", `\u003E`, ">", `\u0026`, "&")

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
var disarm = strings.NewReplacer("&amp;amp;", "& amp;amp;", "<", "< ", "&lt", "& lt", "&LT", "& LT", "&#", "& #", "&amp;lt", "& amp;lt", "&amp;LT", "& amp;LT", "&amp;#", "& amp;#")

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
	for range maxEscapings - 1 { // it may have been escaped several times
		if hasEscapedTag(decoded) && !strings.Contains(decoded, "<") {
			decoded = html.UnescapeString(decoded)
		}
	}
	return decoded, (line || beginsWithTag(decoded)) && isMarkup(decoded) || worksAsMarkup(decoded)
}

// beginsWithTag reports whether the first character of s, as it is or escaped, is
// that of a tag.
func beginsWithTag(s string) bool {
	s = trimBegin(s)
	return strings.HasPrefix(s, "<") || strings.HasPrefix(html.UnescapeString(s[:min(len(s), 12)]), "<")
}

// trimBegin returns s without blanks and byte order marks before it.
func trimBegin(s string) string {
	return strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' })
}

// hasEscapedTag reports whether a reference to "<" stands in s, escaped once or several times.
func hasEscapedTag(s string) bool { return escapedTag().MatchString(s) }

var escapedTag = pattern(`&(?:amp;|#0*38;)*(?:lt|LT|#0*60|#[xX]0*3[cC]);`)

// render returns the text of markup as a reader sees it.
func render(markup string) string {
	if markup = trimBegin(markup); strings.Contains(markup, cdataBegin) {
		markup = strings.NewReplacer("]]"+cdataEnd+cdataBegin+">", "", cdataBegin, "", cdataEnd, "").Replace(markup)
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
		mended  int                // tags that did not end where they should
	)
	from := func(i int) { // reads on from markup[i]
		at = i
		z = nethtml.NewTokenizer(strings.NewReader(markup[i:]))
		mended++
	}
	endFollows := func(name string) bool {
		end, ok := ends[name]
		if !ok {
			end = lastEndTag(markup, name)
			ends[name] = end
		}
		return end >= at
	}
	for {
		kind, begin := z.Next(), at
		at += len(z.Raw())
		if kind == nethtml.ErrorToken || kind == nethtml.StartTagToken || kind == nethtml.SelfClosingTagToken {
			if text, end := endOfBroken(markup[begin:], at-begin, kind == nethtml.ErrorToken); end > 0 && mended < maxMended {
				if hidden == "" && !reading {
					w.write([]byte(text), pre > 0)
				}
				from(begin + end)
				continue
			}
		}
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
		if kind != nethtml.EndTagToken && (!raws[name] || kind == nethtml.SelfClosingTagToken || !endFollows(name) && strings.Contains(markup[at:], "</")) {
			z.NextIsNotRawText() // a title or script that is cut off does not cost the rest
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
		if raw := markup[at-len(z.Raw()) : at]; kind != nethtml.EndTagToken && (isComparison(raw) || isAddress(raw)) {
			w.write([]byte(raw), pre > 0)
			continue
		}
		switch e := elements[name]; {
		case e == ruby:
			reading = opens && readings[name] && endFollows("ruby")
		case e == nothing:
			if opens && (endFollows(name) || raws[name] && !strings.Contains(markup[at:], "</")) {
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

// maxMended and maxTag bound how many broken tags of a text are mended, and how long they
// may be, so that the cost is linear.
const maxMended, maxTag = 16, 8 << 10

// endOfBroken returns what is text of a tag at the beginning of s that does not end where
// it should, and where it ends; 0 when it is none. size is what the tokenizer took for the
// tag, open that it found no end:
//
//	<p class="x>Two ferries. <p class="y">    a quote that is not closed ends with the ">"
//	if a<b then</p>                           a tag has no other one in it
func endOfBroken(s string, size int, open bool) (text string, end int) {
	if open {
		size = len(s)
	}
	if size < 2 || size > maxTag && !open || s[0] != '<' || s[1]|0x20 < 'a' || s[1]|0x20 > 'z' {
		return "", 0
	}
	raw, quote, first := s[:size], byte(0), strings.IndexByte(s[:size], '>')
	for i := 1; i < len(raw); i++ {
		switch c := raw[i]; {
		case quote == 0 && size <= maxTag && c == '<' && i+1 < len(raw) && (raw[i+1] == '/' || raw[i+1]|0x20 >= 'a' && raw[i+1]|0x20 <= 'z'):
			if name, _, _ := tagName(raw[1:]); name != "" && strings.Contains(raw[:i], "=") {
				return "", i
			}
			return raw[:i], i
		case quote == 0 && (c == '"' || c == '\'') && raw[i-1] == '=':
			quote = c
		case quote != 0 && c == quote:
			if i+1 < len(raw) && first > 0 && first < i && (raw[i+1]|0x20 >= 'a' && raw[i+1]|0x20 <= 'z') && strings.Contains(raw[first:i], "<") {
				return "", first + 1
			}
			quote = 0
		}
	}
	if open && quote != 0 && first > 0 {
		return "", first + 1
	}
	return "", 0
}

// isAddress reports whether what the tokenizer took for a tag is an address in angle
// brackets: <ann@x.example>, <https://x.example/>.
func isAddress(raw string) bool {
	name, _, rest := strings.Cut(strings.TrimSuffix(raw[1:], ">"), " ")
	return !rest && (strings.Contains(name, "@") || strings.Contains(name, "://")) && !strings.ContainsAny(name, "=\"'")
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
