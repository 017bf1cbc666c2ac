package source

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// element says what an element does to the text around it. The greater one counts
// where several stand together.
type element int

const (
	inline       element = iota // nothing; also of elements that are not known
	cell                        // a tab, so that the numbers of two cells are never one
	newline                     // a line end
	paragraph                   // an empty line
	preformatted                // a paragraph that keeps its lines
	nothing                     // the element with all that is in it
	ruby                        // parts of which those that tell how a word is read are nothing
)

// elements are those of HTML, but void ones that are nothing.
var elements = map[string]element{}

// void elements have no end tag; those of loose often are written without it.
var void, loose = nameSet("br hr img wbr input meta link embed source col area base track param"), nameSet("p li tr td th dt dd")

func init() {
	for e, names := range map[element]string{
		inline: "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp small span strike strong sub sup time tt u var blink slot math mi mo mn mrow msup msub mfrac semantics " +
			"img wbr input meta link embed source col area base track param picture map",
		cell:    "td th",
		newline: "br li tr dt dd option",
		paragraph: "address article aside blockquote body button caption center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 " +
			"head header hgroup hr html legend main menu nav ol p search section summary marquee noframes frameset hl1 hl2 table tbody tfoot thead ul",
		preformatted: "pre listing xmp",
		nothing:      "annotation script style template noscript iframe object svg title textarea select canvas audio video",
		ruby:         "ruby rb rt rp rtc",
	} {
		for name := range nameSet(names) {
			elements[name] = e
		}
	}
}

func nameSet(names string) map[string]bool {
	set := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		set[name] = true
	}
	return set
}

// raws are elements whose text is no markup, readings those that tell how a word is read.
var raws, readings = nameSet("script style"), nameSet("rt rp rtc")

const cdataBegin, cdataEnd = "<![CDATA[", "]]>"

// tag is what looks like one in a text.
type tag struct {
	name    string // in lower case; empty when it is none of HTML
	closing bool   // </p>
	value   bool   // it has an attribute with a value
	bare    bool   // it has no attribute
	end     int    // behind its ">"
}

// tagName returns the name of the tag whose "<" stands before s, in lower case,
// or an empty one when HTML has no such element.
func tagName(s string) (name string, closing bool, size int) {
	rest, closing := strings.CutPrefix(s, "/")
	n := 0
	for n < len(rest) && n <= maxTagName && (rest[n]|0x20 >= 'a' && rest[n]|0x20 <= 'z' || n > 0 && rest[n] >= '1' && rest[n] <= '6') {
		n++
	}
	name = strings.ToLower(rest[:n])
	if _, known := elements[name]; !known || n == len(rest) || !strings.ContainsRune("> \t\r\n\f/", rune(rest[n])) {
		return "", closing, 0
	}
	return name, closing, len(s) - len(rest) + n
}

// maxTagName is the length of the longest name: blockquote, figcaption.
const maxTagName = 10

// tagAt returns the tag that begins at s[i], which is "<", and ends before end,
// or a tag without a name.
func tagAt(s string, i, end int) tag {
	name, closing, size := tagName(s[i+1 : end])
	attributes := strings.Trim(s[i+1+size:end], " \t\r\n\f/>")
	return tag{name: name, closing: closing, value: strings.Contains(attributes, "="), bare: attributes == "", end: end}
}

// isMarkup reports whether a text is HTML, or a part of it. One tag that does its
// work is enough:
//
//   - <!doctype html>, a comment that ends, CDATA at the beginning
//   - a tag with a value that needs no end tag: <img src="a">, <p class="b">
//   - <br>, <hr>, <p> and the like, where they part what stands around them
//   - two tags of a name, around what stands between them: <b>ferry</b>
//   - the end of a block: ferry</p>
//   - an element that HTML does not have, with a value or with its end: <o:p>ferry</o:p>
//
// A tag that is only mentioned, between blanks, quotes or brackets ("the <div>
// tag", "(<p>)"), does none. Nothing else in angle brackets is looked at. The cost
// is linear.
func isMarkup(s string) bool {
	begin := trimBegin(s)
	if strings.HasPrefix(begin, cdataBegin) || len(begin) >= 9 && strings.EqualFold(begin[:9], "<!doctype") {
		return true
	}
	open, lone := map[string]opened{}, map[string]int{}
	comment := strings.Index(s, "<!--")
	if comment >= 0 && strings.Contains(s[comment:], "-->") {
		return true
	}
	for at := 0; ; {
		size := strings.IndexByte(s[at:], '>')
		if size < 0 {
			return false
		}
		end := at + size + 1
		i := strings.LastIndexByte(s[at:end], '<')
		if i < 0 {
			at = end
			continue
		}
		i += at
		at = end
		t := tagAt(s, i, end)
		if t.name == "" && isUnknownElement(s, i, end) {
			return true
		}
		if t.name == "" || records[t.name] || !t.value && !t.bare {
			continue // "if a <b and c> d" is no tag
		}
		left, right := s[:i], s[end:]
		mention := isMention(left, right)
		first := beginsLine(left)
		if breaks[t.name] && i > len(s)-len(begin) && first && endsLine(right) {
			// A list of tags too has each on its own line, but each only once.
			if lone[t.name]++; lone[t.name] < 2 {
				open[t.name] = opened{t.value, mention, first}
				continue
			}
		}
		switch o, isOpen := open[t.name]; {
		case t.closing:
			if !mention && elements[t.name] != inline || isOpen && (o.value || !o.mention || !mention || o.first && endsLine(right)) {
				return true
			}
		case t.value && (void[t.name] || loose[t.name] || !mention || i == len(s)-len(begin)):
			return true
		case breaks[t.name] && (right != "" || void[t.name]) && (!mention || isBreak(left, right)):
			return true
		case !void[t.name]:
			open[t.name] = opened{t.value, mention, first}
		}
	}
}

// unknownTag is the beginning of a start tag of any name that has a value, and of one
// whose name has a part in front of it, as <o:p> and <amp-img>.
var (
	valueTag  = pattern(`^<([A-Za-z][\w.:-]*)\s+[\w.:-]+=["'][^<>]*>`)
	prefixTag = pattern(`^<([A-Za-z]\w*[:-][\w.:-]*\w)\s*>`)
)

// isUnknownElement reports whether a tag that begins at s[i], and ends before end, is
// one of an element that HTML does not have, and does its work.
func isUnknownElement(s string, i, end int) bool {
	if end-i > 1<<10 || isMention(s[:i], s[end:]) && !beginsLine(s[:i]) {
		return false
	}
	if valueTag().MatchString(s[i:end]) {
		return true
	}
	m := prefixTag().FindStringSubmatch(s[i:end])
	if m == nil {
		return false
	}
	const near = 4 << 10 // an end tag is looked for so far, so that the cost is linear
	return strings.Contains(s[end:min(len(s), end+near)], "</"+m[1]+">")
}

// worksAsMarkup is isMarkup for a text whose tags were escaped, and may be shown to a
// reader: a tag has to have a value, or its end, or to recur where it ends a line, and
// such as are mentioned do not count.
func worksAsMarkup(s string) bool {
	open, voids := map[string]bool{}, map[string]int{}
	for at := 0; ; {
		size := strings.IndexByte(s[at:], '>')
		if size < 0 {
			return false
		}
		end := at + size + 1
		i := strings.LastIndexByte(s[at:end], '<')
		if i < 0 {
			at = end
			continue
		}
		i += at
		at = end
		t, left, right := tagAt(s, i, end), s[:i], s[end:]
		if t.name == "" || records[t.name] || !t.value && !t.bare || isMention(left, right) && !(void[t.name] && endsInBlank(left) && isBreak(left, right)) {
			continue
		}
		switch {
		case t.closing && (open[t.name] || elements[t.name] != inline && !endsInBlank(left)), t.value && !t.closing:
			return true
		case void[t.name]:
			if voids[t.name]++; voids[t.name] > 1 || !endsInBlank(left) && !beginsWithBlank(right) {
				return true
			}
		case !t.closing:
			open[t.name] = true
		}
	}
}

func endsInBlank(s string) bool     { return s == "" || strings.TrimRight(s, blankBytes) != s }
func beginsWithBlank(s string) bool { return s == "" || strings.TrimLeft(s, blankBytes) != s }

// isComparison reports whether what the tokenizer took for a start tag is none: "a <b
// && c> d", "a <b and c> d": two words, which are no values and no flags.
func isComparison(raw string) bool {
	if strings.Contains(raw, "=") {
		return false
	}
	words := 0
	for _, f := range strings.Fields(strings.TrimRight(raw, "/>"))[1:] {
		if !flags[strings.ToLower(f)] && !strings.Contains(f, "-") {
			words++
		}
	}
	return words > 1
}

// flags are the attributes that need no value.
var flags = nameSet("allowfullscreen async autofocus autoplay checked compact contenteditable controls default defer disabled download draggable hidden inert ismap " +
	"itemscope loop multiple muted nohref nomodule noresize noshade novalidate nowrap open playsinline readonly required reversed selected seamless spellcheck translate")

// records are elements whose names also tag records that are no HTML: <TITLE>, <SOURCE>.
var records = nameSet("title source data summary section label map menu object time")

// opened is the last tag of a name that may be closed.
type opened struct{ value, mention, first bool }

// breaks are elements that need no value and no end tag to be told.
var breaks = nameSet("br hr wbr p li tr td th dt dd")

// isMention reports whether a tag between left and right is only named there.
func isMention(left, right string) bool {
	if beginsLine(left) && endsLine(right) {
		return false // it has a line of its own
	}
	l, _ := utf8.DecodeLastRuneInString(left)
	r, _ := utf8.DecodeRuneInString(right)
	return (left == "" || unicode.IsSpace(l) || strings.ContainsRune("([{\"'`“‘„«‹「『《/", l)) &&
		(right == "" || unicode.IsSpace(r) || strings.ContainsRune(")]}\"'`”’“»›」』》/.,:;!?-、。，", r))
}

// isBreak reports whether a tag among blanks stands between two sentences, or has
// another tag beside it.
func isBreak(left, right string) bool {
	left, right = strings.TrimRight(left, blankBytes), strings.TrimLeft(right, blankBytes)
	last, _ := utf8.DecodeLastRuneInString(left)
	next, _ := utf8.DecodeRuneInString(right)
	if last == '"' && next == '"' {
		last, _ = utf8.DecodeLastRuneInString(strings.TrimRight(left, `"`)) // it may be quoted itself
		if last == ' ' {
			return false
		}
	}
	return next == '<' || last == '>' || strings.ContainsRune(".!?…。！？”\"", last) &&
		(unicode.IsLetter(next) && !unicode.IsLower(next) || unicode.IsDigit(next) || strings.ContainsRune("“„«\"'(¿¡「—", next))
}

const blankBytes = " \t\r\n"

func beginsLine(left string) bool {
	left = strings.TrimRight(left, " \t")
	return left == "" || strings.HasSuffix(left, "\n")
}

func endsLine(right string) bool {
	right = strings.TrimLeft(right, " \t\r")
	return right == "" || strings.HasPrefix(right, "\n")
}
