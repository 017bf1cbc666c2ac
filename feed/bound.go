package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Bounds of a feed. Feeds of news sites have up to 500 items, and elements in elements up to 12.
const (
	maxItems  = 10_000
	maxDepth  = 100
	maxSpaces = 200 // name spaces declared around an element
)

var errTooMany = fmt.Errorf("more than %d items: the rest is left out", maxItems)

// plainXML returns XML in UTF-8 without what stands above its root element, which may declare
// another encoding, and without the control characters that XML does not have.
func plainXML(data []byte) []byte {
	data = bytes.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return ' '
		}
		return r
	}, data)
	at, _ := rootAt(data)
	return data[at:]
}

// rootName returns the name of the root element, without a prefix and in lower case; "" of what is no XML.
func rootName(data []byte) string {
	at, name := rootAt(data)
	if name == "" || at >= len(data) {
		return ""
	}
	_, local, ok := strings.Cut(name, ":")
	if !ok {
		local = name
	}
	return strings.ToLower(local)
}

// rootAt returns where the root element begins, behind declarations, comments and a DTD, and its name.
func rootAt(data []byte) (at int, name string) {
	for {
		rest := bytes.TrimLeft(data[at:], " \t\r\n")
		at = len(data) - len(rest)
		end := ""
		switch {
		case bytes.HasPrefix(rest, []byte("<?")):
			end = "?>"
		case bytes.HasPrefix(rest, []byte("<!--")):
			end = "-->"
		case bytes.HasPrefix(rest, []byte("<!")):
			end = ">"
			if open := bytes.IndexByte(rest, '['); open >= 0 && open < bytes.IndexByte(rest, '>') {
				end = "]>"
			}
		case bytes.HasPrefix(rest, []byte("<")):
			return at, tagName(rest)
		default:
			return at, ""
		}
		i := bytes.Index(rest, []byte(end))
		if i < 0 {
			return len(data), ""
		}
		at += i + len(end)
	}
}

// tagName returns the name of the tag with which XML begins.
func tagName(data []byte) string {
	end := bytes.IndexAny(data, " \t\r\n/>")
	if end < 1 || !utf8.Valid(data[1:end]) {
		return ""
	}
	return string(data[1:end])
}

// bound walks over the XML of a feed as gofeed will, and returns what it may read: all of it, or,
// where it is broken off or has too many items, the whole items with the tags that close what
// is open around them, and why. Too deep a feed, or one without a whole item where it is
// broken, is an error.
func bound(data []byte) (good []byte, broken, err error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = false
	var (
		open   []string // names of the elements around, as they are written
		spaces []int    // name spaces declared by them
		all    int      // name spaces declared around
		items  int
		end    int // of the last item
		around []string
	)
	cut := func(why error) ([]byte, error, error) {
		if end == 0 {
			return nil, nil, why
		}
		good := bytes.Clone(data[:end])
		for i := len(around) - 1; i >= 0; i-- {
			good = fmt.Appendf(good, "</%s>", around[i])
		}
		return good, why, nil
	}
	for {
		from := d.InputOffset()
		token, err := d.Token()
		if err == io.EOF {
			return data, nil, nil
		}
		if err != nil {
			var syntax *xml.SyntaxError
			if errors.As(err, &syntax) {
				err = fmt.Errorf("it breaks off in line %d: %s", syntax.Line, syntax.Msg)
			}
			return cut(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			n := 0
			for _, a := range t.Attr {
				if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
					n++
				}
			}
			open, spaces, all = append(open, tagName(data[from:])), append(spaces, n), all+n
			switch {
			case len(open) > maxDepth:
				return nil, nil, fmt.Errorf("elements nested deeper than %d", maxDepth)
			case all > maxSpaces:
				return nil, nil, fmt.Errorf("more than %d name spaces", maxSpaces)
			}
		case xml.EndElement:
			if len(open) == 0 {
				continue
			}
			last := len(open) - 1
			all -= spaces[last]
			if open, spaces = open[:last], spaces[:last]; last == 0 { // what follows is none of the feed
				return data[:d.InputOffset()], nil, nil
			}
			if name := t.Name.Local; (name == "item" || name == "entry") && last <= 2 {
				if items++; items > maxItems {
					return cut(errTooMany)
				}
				end, around = int(d.InputOffset()), append(around[:0], open...)
			}
		}
	}
}
