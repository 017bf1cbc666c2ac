package config

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// edit makes one change. Its result is not checked.
func edit(data []byte, c Change, allowed string) ([]byte, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		return nil, err
	}
	if bytes.ContainsAny(bytes.ReplaceAll(data, []byte("\r\n"), nil), "\r\u0085\u2028\u2029") {
		return nil, errors.New("the file has line breaks of another kind than \\n and \\r\\n; change it by hand")
	}
	e := editor{lines: bytes.SplitAfter(data, []byte("\n")), end: "\n"}
	if bytes.Contains(data, []byte("\r\n")) {
		e.end = "\r\n"
	}
	path := strings.Split(c.Key, ".")
	if len(document.Content) == 0 {
		return e.bytes(e.append(0, "", path, c.Value, allowed)), nil
	}
	at := document.Content[0]
	for depth, name := range path {
		if at.Kind != yaml.MappingNode {
			return nil, errors.New("its section holds no settings")
		}
		i := 0
		for i < len(at.Content) && at.Content[i].Value != name {
			i += 2
		}
		switch {
		case i >= len(at.Content):
			return e.bytes(e.add(at, path[:depth], path[depth:], c.Value, allowed)), nil
		case depth == len(path)-1:
			return e.bytes(e.replace(at.Content[i+1], c.Value)), nil
		case at.Content[i+1].Tag == "!!null" && at.Content[i+1].Value == "":
			return e.bytes(e.under(at.Content[i], path[depth+1:], c.Value, allowed)), nil
		}
		at = at.Content[i+1]
	}
	return nil, errors.New("is a section")
}

// editor holds a file as lines with their ends.
type editor struct {
	lines [][]byte
	end   string
}

func (e *editor) bytes(lines [][]byte) []byte { return bytes.Join(lines, nil) }

// replace puts a value in the place of a scalar.
func (e *editor) replace(n *yaml.Node, value string) [][]byte {
	line := e.lines[n.Line-1]
	at := offset(line, n.Column)
	old := len(n.Value)
	switch n.Style {
	case yaml.DoubleQuotedStyle, yaml.SingleQuotedStyle:
		quote := line[at]
		old = 2 + bytes.IndexByte(line[at+1:], quote)
	}
	old = min(old, len(line)-at)
	e.lines[n.Line-1] = slices.Concat(line[:at], []byte(value), line[at+old:])
	return e.lines
}

// offset is where the column of a line begins, which counts characters from 1.
func offset(line []byte, column int) (at int) {
	for range column - 1 {
		_, n := utf8.DecodeRune(line[at:])
		at += n
	}
	return at
}

// add adds a setting to the section at, which lies below the names above.
func (e *editor) add(at *yaml.Node, above, names []string, value, allowed string) [][]byte {
	if at.Style == yaml.FlowStyle {
		line := e.lines[at.Line-1]
		open := offset(line, at.Column) + 1
		text := strings.Join(names, ": {") + ": " + value + strings.Repeat("}", len(names)-1)
		if len(at.Content) > 0 {
			text += ", "
		}
		e.lines[at.Line-1] = slices.Concat(line[:open], []byte(text), line[open:])
		return e.lines
	}
	indent := strings.Repeat(" ", at.Content[0].Column-1)
	from, to := at.Content[0].Line-1, last(at)
	if len(above) == 0 {
		to = len(e.lines)
	}
	if len(names) == 1 && e.uncomment(from, e.stretch(from, indent), indent, names[0], value) {
		return e.lines
	}
	return e.append(to, indent, names, value, allowed)
}

// under adds a setting to a section that is there and holds none.
func (e *editor) under(section *yaml.Node, names []string, value, allowed string) [][]byte {
	indent := strings.Repeat(" ", section.Column+1)
	if len(names) == 1 && e.uncomment(section.Line, e.stretch(section.Line, indent), indent, names[0], value) {
		return e.lines
	}
	return e.append(section.Line, indent, names, value, allowed)
}

// stretch is the line after those that are indented at least so far, or blank.
func (e *editor) stretch(from int, indent string) int {
	for ; from < len(e.lines); from++ {
		if line := e.lines[from]; len(bytes.TrimSpace(line)) > 0 && !bytes.HasPrefix(line, []byte(indent)) {
			break
		}
	}
	return from
}

// uncomment puts a setting in force that stands in the lines as "# name: value".
func (e *editor) uncomment(from, to int, indent, name, value string) bool {
	start := []byte(indent + "# " + name + ": ")
	for i := from; i < to; i++ {
		rest, ok := bytes.CutPrefix(e.lines[i], start)
		if !ok {
			continue
		}
		_, rest, commented := bytes.Cut(rest, []byte(" #"))
		tail := e.end
		if commented {
			tail = " #" + string(rest)
		}
		e.lines[i] = []byte(indent + name + ": " + value + tail)
		return true
	}
	return false
}

// append puts a setting below line number at.
func (e *editor) append(at int, indent string, names []string, value, allowed string) [][]byte {
	if at > 0 && !bytes.HasSuffix(e.lines[at-1], []byte("\n")) {
		if len(e.lines[at-1]) > 0 {
			e.lines[at-1] = append(slices.Clone(e.lines[at-1]), e.end...)
		}
	}
	var text strings.Builder
	for i, name := range names {
		text.WriteString(indent + strings.Repeat("  ", i) + name + ":")
		if i == len(names)-1 {
			text.WriteString(" " + value + " # " + allowed)
		}
		text.WriteString(e.end)
	}
	return slices.Insert(e.lines, at, []byte(text.String()))
}

// last is the number of the last line of a node.
func last(n *yaml.Node) int {
	line := n.Line
	for _, c := range n.Content {
		line = max(line, last(c))
	}
	return line
}
