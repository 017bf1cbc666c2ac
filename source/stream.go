package source

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// JSON that has no record a line is read as it comes, one record at a time:
//
//	{"status": "ok", "articles": [{...}, {...}]}    an object that holds the list
//	[{...}, {...}]                                  the list
//	{                                               objects one after the other
//	  "title": "Ferry aground"
//	}
//
// Only the ends of values are looked for here: what lies between them is checked when the
// record is decoded. A line end within a string, which JSON does not allow, ends the
// string, so that a quote too many spoils one record and not all that follow. Commas and
// byte order marks between values are passed over.
type stream struct {
	f     *file
	yield func(Raw, *Reject) bool
	line  int    // of the next byte
	buf   []byte // the value that was read
	size  int    // its bytes, of which buf has no more than the bound
}

// readStream makes each object that is no list's holder a record, and each element of a list.
func readStream(f *file, yield func(Raw, *Reject) bool) bool {
	head, _ := f.r.Peek(headSize)
	path := listPath(trimLeft(head))
	s := &stream{f: f, yield: yield, line: 1}
	for {
		c, err := s.next()
		switch {
		case err == io.EOF:
			return true
		case err != nil:
			return yield(Raw{}, f.readError(err, s.line))
		case c == '[':
			if !s.list() {
				return false
			}
		case c == '{' && path != nil:
			start := s.line
			found, more := s.holder(path)
			if !more {
				return false
			}
			if !found && !yield(Raw{}, reject(f.origin(start), "the object has no list %q, as the first one of the file has", strings.Join(path, "."))) {
				return false
			}
		default:
			if !s.record() {
				return false
			}
		}
		if f.ctx.Err() != nil {
			return false
		}
	}
}

// next returns the first byte of the next value, or a closing bracket, without taking it.
func (s *stream) next() (byte, error) {
	for {
		b, err := s.f.r.Peek(1)
		if err != nil {
			return 0, err
		}
		switch b[0] {
		case '\n':
			s.line++
		case ' ', '\t', '\r', ',', separator:
		case byteOrderMark[0]:
			if mark, _ := s.f.r.Peek(len(byteOrderMark)); !bytes.Equal(mark, byteOrderMark) {
				return b[0], nil
			}
			s.take(len(byteOrderMark) - 1)
		default:
			return b[0], nil
		}
		s.take(1)
	}
}

// take passes over bytes that were looked at.
func (s *stream) take(n int) { _, _ = s.f.r.Discard(n) }

// list gives out the elements of a list of which the bracket comes next.
func (s *stream) list() bool {
	start := s.line
	s.take(1)
	for {
		c, err := s.next()
		switch {
		case err != nil:
			s.broken(err, start, "list")
			return false
		case c == ']':
			s.take(1)
			return true
		case !s.record():
			return false
		}
		if s.f.ctx.Err() != nil {
			return false
		}
	}
}

// holder goes through an object, and gives out the list that lies in it at the path;
// found is whether there is one.
func (s *stream) holder(path []string) (found, more bool) {
	start := s.line
	s.take(1)
	for {
		c, err := s.next()
		if err == nil && c == '}' {
			s.take(1)
			return found, true
		}
		if err == nil {
			err = s.value()
		}
		name := ""
		if err == nil && c == '"' {
			key, _ := jsontext.AppendUnquote(nil, s.buf)
			name = string(key)
			if c, err = s.next(); err == nil && c == ':' {
				s.take(1)
				if c, err = s.next(); err == nil {
					switch {
					case name == path[0] && len(path) == 1 && c == '[':
						if !s.list() {
							return true, false
						}
						found = true
					case name == path[0] && len(path) > 1 && c == '{':
						inner, more := s.holder(path[1:])
						if !more {
							return true, false
						}
						found = found || inner
					case c != '}':
						err = s.value()
					}
				}
			}
		}
		if err != nil {
			s.broken(err, start, "object")
			return true, false
		}
	}
}

// record gives out the value that comes next.
func (s *stream) record() bool {
	start := s.line
	if err := s.value(); err != nil {
		s.broken(err, start, "record")
		return false
	}
	if s.size > s.f.max {
		return s.yield(Raw{}, tooLong(s.f.origin(start), int64(s.size), s.f.max, s.buf))
	}
	return s.yield(Raw{Origin: s.f.origin(start), Data: bytes.Clone(bytes.TrimSpace(s.buf))}, nil)
}

// broken says that the input ended or failed within what began at a line.
func (s *stream) broken(err error, line int, what string) {
	if err != io.EOF {
		s.yield(Raw{}, s.f.readError(err, s.line))
		return
	}
	s.yield(Raw{}, reject(s.f.origin(line), "broken JSON: the file ends in line %d, within the %s that begins here", s.line, what))
}

// value reads the value that comes next into buf, as far as the bound goes. The error is
// io.EOF where the input ends within an object, a list or a string. What is none of these
// ends before the next bracket, comma, quote or line end, and with the word if it begins
// as a number, true, false or null does.
func (s *stream) value() error {
	s.buf, s.size = s.buf[:0], 0
	depth, quoted, escaped, bare, ends := 0, false, false, false, ""
	for first := true; ; {
		if _, err := s.f.r.Peek(1); err != nil {
			if bare && err == io.EOF {
				return nil
			}
			return err
		}
		chunk, _ := s.f.r.Peek(s.f.r.Buffered())
		n, done := 0, false
		for n < len(chunk) && !done {
			c := chunk[n]
			if c == '\n' {
				s.line++
				quoted, escaped = false, false
				done = depth == 0
			}
			switch {
			case bare:
				if done = strings.IndexByte(ends, c) >= 0; done {
					if c == '\n' {
						s.line--
					}
					n--
				}
			case escaped:
				escaped = false
			case quoted:
				escaped = c == '\\'
				quoted = c != '"'
				done = !quoted && depth == 0
			case c == '"':
				quoted = true
			case c == '{' || c == '[':
				depth++
			case c == '}' || c == ']':
				depth--
				done = depth <= 0
			case first:
				bare, ends = true, "{}[],:\"\n"
				if strings.IndexByte("-0123456789tfn", c) >= 0 {
					ends += " \t\r"
				}
			}
			first = false
			n++
		}
		s.size += n
		if s.size <= s.f.max || len(s.buf) < maxRejectHead {
			s.buf = append(s.buf, chunk[:n]...)
		}
		s.take(n)
		if done {
			return nil
		}
	}
}

// listNames are the names under which objects hold a list of articles: an answer of
// NewsAPI, GDELT and Event Registry (articles, articles.results), a JSON Feed (items), and
// what other services and databases answer. Below those that sure says the list needs no
// look at what it holds.
var listNames = map[string]struct{ sure bool }{
	"articles": {true}, "stories": {true}, "documents": {true}, "docs": {true}, "news": {true}, "posts": {true},
	"items": {}, "results": {}, "result": {}, "data": {}, "hits": {}, "records": {}, "rows": {}, "entries": {}, "response": {}, "value": {}, "list": {},
}

// longText is from how many bytes on a string is a text whatever its name.
const longText = 50

// listPath returns the names that lead from the first object of a file to the list of
// articles that it holds; nil when it holds none in its beginning, or is an article itself.
func listPath(head []byte) []string { return listBelow(head, 0) }

func listBelow(head []byte, depth int) (path []string) {
	const deepest = 4
	d := jsontext.NewDecoder(bytes.NewReader(head))
	if d.PeekKind() != '{' || depth == deepest {
		return nil
	}
	var own look
	guessed := false // that the list is one
	_, err := d.ReadToken()
	for err == nil && d.PeekKind() == '"' {
		token, e := d.ReadToken()
		if e != nil {
			break
		}
		name := token.String()
		own.name(name)
		if own.fields[fieldTitle] && own.fields[fieldURL] || own.fields[fieldBody] {
			return nil // an article, with a list of its own
		}
		if kind, known := listNames[name]; known && path == nil {
			rest := bytes.TrimLeft(head[d.InputOffset():], " \t\r\n:")
			list, empty := lookAt(rest)
			if inner := listBelow(rest, depth+1); inner != nil {
				path = append([]string{name}, inner...)
			} else if kind.sure && bytes.HasPrefix(rest, []byte("[")) && bytes.IndexAny(trimLeft(rest[1:]), "{]") == 0 || empty || list.articles() {
				path = []string{name}
			} else if list.long {
				path, guessed = []string{name}, true
			}
		}
		err = own.value(d)
	}
	if guessed && own.long {
		return nil // an article with names of its own
	}
	return path
}

// look is what the names and values of an object tell.
type look struct {
	fields, hints [numFields]bool // that names are known for, and that they look like
	known         int             // of fields
	long          bool            // a value is a text
	inner         bool            // it lies in an object, and those in it are not looked at
}

// lookAt looks at the first object of a list; empty is whether that has no elements.
func lookAt(list []byte) (l look, empty bool) {
	d := jsontext.NewDecoder(bytes.NewReader(list))
	if d.PeekKind() != '[' {
		return l, false
	}
	if _, err := d.ReadToken(); err == nil && d.PeekKind() == '{' {
		l.object(d)
	}
	return l, d.PeekKind() == ']' && d.InputOffset() == 1
}

// object takes in an object.
func (l *look) object(d *jsontext.Decoder) {
	_, err := d.ReadToken()
	for err == nil && d.PeekKind() == '"' {
		var token jsontext.Token
		if token, err = d.ReadToken(); err == nil {
			l.name(token.String())
			err = l.value(d)
		}
	}
}

func (l *look) name(name string) {
	for field, ours := range fieldNames {
		if !l.fields[field] && slices.Contains(defaultFields[ours], name) {
			l.fields[field] = true
			l.known++
		}
	}
	for i := range hints {
		if hints[i].in(strings.ToLower(name)) >= 0 {
			l.hints[hints[i].field] = true
		}
	}
}

// value takes in a value: what lies in an object, as in the _source of search engines, is looked at too.
func (l *look) value(d *jsontext.Decoder) error {
	value, err := d.ReadValue()
	if err != nil {
		return err
	}
	switch value.Kind() {
	case '"':
		l.long = l.long || len(value) >= longText && !bytes.Contains(value[:min(len(value), 12)], []byte("://"))
	case '{':
		if !l.inner {
			in := look{inner: true}
			in.object(jsontext.NewDecoder(bytes.NewReader(value)))
			l.known, l.long = max(l.known, in.known), l.long || in.long
		}
	}
	return nil
}

// articles reports whether names by which two fields of articles are known are there, or names that look like
// those of a headline, an address and a date.
func (l *look) articles() bool {
	return l.known >= 2 || l.hints[fieldTitle] && l.hints[fieldURL] && l.hints[fieldPublished]
}

// looksJSON reports whether a file is JSON with no record a line. Of a file whose name
// says JSON lines the first line may be broken, so that what follows it has to agree.
func looksJSON(h *head) bool {
	lines := h.ext == ".jsonl" || h.ext == ".ndjson"
	first, rest, several := bytes.Cut(h.text, []byte("\n"))
	first, rest = bytes.TrimSpace(first), trimLeft(rest)
	inner, isList := bytes.CutPrefix(h.text, []byte("["))
	inner = trimLeft(inner)
	switch {
	case isList && h.whole && string(trim(inner)) == "]":
		return true
	case isList && bytes.HasPrefix(inner, []byte("{")):
		return !lines || string(first) == "[" || isListOfObjects(h.text)
	case several && string(first) == "{" && (bytes.HasPrefix(rest, []byte(`"`)) || !lines && !bytes.HasPrefix(rest, []byte("{"))):
		return true
	case several && bytes.HasPrefix(first, []byte("{")) && bytes.HasSuffix(first, []byte(",")) && bytes.HasPrefix(rest, []byte(`"`)):
		return true // an object that is broken between two of its names
	}
	return listPath(h.text) != nil
}

// isListOfObjects reports whether a list goes on behind its first element, or ends.
func isListOfObjects(list []byte) bool {
	d := jsontext.NewDecoder(bytes.NewReader(list))
	if _, err := d.ReadToken(); err != nil {
		return false
	}
	return d.SkipValue() == nil && (d.PeekKind() == '{' || d.PeekKind() == ']')
}
