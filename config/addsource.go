package config

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// AddSources writes sources to the end of the list in a configuration file, and leaves all
// else as it stands. One that is there already is refused, with all others. A source that is named by its
// host, as another one is, is named by its address. See Write.
func AddSources(path string, sources []Source) error {
	return rewrite(path, func(before []byte) ([]byte, error) { return addSources(before, sources) })
}

// errUnusual refuses what cannot be changed line by line.
var errUnusual = errors.New("its form is too unusual to be changed by a program: change it by hand")

// addSources is AddSources for the text of a file. What it returns has been read again.
func addSources(data []byte, sources []Source) ([]byte, error) {
	want, problems := parseFile("", data)
	if len(problems) > 0 {
		return nil, &Error{problems}
	}
	all, _ := want["sources"].raw.([]string)
	for i := range sources {
		if err := sources[i].beside(all); err != nil {
			return nil, err
		}
		all = append(all, sources[i].String())
	}
	s, _ := find("sources")
	var probe Config
	if err := s.set(&probe, all); err != nil {
		return nil, fmt.Errorf("sources: %w", err)
	}
	want["sources"] = entry{raw: s.raw(&probe)}
	out, err := insertSources(data, sources)
	if err != nil {
		return nil, err
	}
	got, problems := parseFile("", out)
	if len(problems) > 0 || len(got) != len(want) {
		return nil, errUnusual
	}
	for key, w := range want {
		g := got[key]
		if key == "sources" {
			var c Config
			if s.set(&c, g.raw) != nil {
				return nil, errUnusual
			}
			g.raw = s.raw(&c)
		}
		if flow(g.raw) != flow(w.raw) {
			return nil, errUnusual
		}
	}
	return out, nil
}

// beside makes a source one of a list with others.
func (s *Source) beside(others []string) error {
	for _, text := range others {
		other, err := parseSource(text)
		switch u, _ := url.Parse(s.URL); {
		case err != nil: // is said when the file is read
		case other.Place() == s.Place():
			return fmt.Errorf("sources: %s is there already, as %q", cmp.Or(s.URL, s.Path), other.Name)
		case other.Name == s.Name && s.URL != "" && s.Name == strings.TrimPrefix(u.Hostname(), "www."):
			s.Name = u.Host + strings.TrimRight(u.Path, "/")
		case other.Name == s.Name:
			return fmt.Errorf("sources: %q is the name of another source: give this one a name of its own (--name)", s.Name)
		}
	}
	return nil
}

func insertSources(data []byte, sources []Source) ([]byte, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		return nil, err
	}
	e := editor{lines: bytes.SplitAfter(data, []byte("\n")), end: "\n"}
	if bytes.Contains(data, []byte("\r\n")) {
		e.end = "\r\n"
	}
	if last := len(e.lines) - 1; len(e.lines[last]) > 0 {
		e.lines[last] = append(slices.Clone(e.lines[last]), e.end...)
	}
	var list *yaml.Node
	if len(document.Content) > 0 {
		top := document.Content[0]
		for i := 0; i+1 < len(top.Content); i += 2 {
			if top.Content[i].Value == "sources" {
				list = top.Content[i+1]
			}
		}
	}
	switch {
	case list == nil:
		return e.bytes(e.insert(len(e.lines), "sources:"+e.end+entries(sources, "  ", e.end))), nil
	case list.Kind != yaml.SequenceNode:
		return nil, errUnusual
	case list.Style == yaml.FlowStyle:
		return e.unfold(list, sources)
	}
	return e.bytes(e.insert(last(list), entries(sources, strings.Repeat(" ", list.Column-1), e.end))), nil
}

func (e *editor) insert(at int, text string) [][]byte {
	return slices.Insert(e.lines, at, []byte(text))
}

// unfold turns a list in brackets, which stands on one line, into one of a line an element, and
// adds sources to it. What follows the brackets stays where it is.
func (e *editor) unfold(list *yaml.Node, sources []Source) ([]byte, error) {
	line := e.lines[list.Line-1]
	from := offset(line, list.Column)
	to := closing(line, from)
	if to < 0 {
		return nil, errUnusual
	}
	var b strings.Builder
	b.WriteString(strings.TrimRight(string(line[:from]), " "))
	b.WriteString(strings.TrimRight(string(line[to:]), " \r\n") + e.end)
	for _, item := range list.Content {
		raw := flow(item.Value)
		if item.Kind == yaml.MappingNode {
			if err := flatten(item, 0); err != nil {
				return nil, err
			}
			out, err := yaml.Marshal(item)
			if err != nil {
				return nil, err
			}
			raw = strings.TrimSuffix(string(out), "\n")
		}
		b.WriteString("  - " + raw + e.end)
	}
	b.WriteString(entries(sources, "  ", e.end))
	e.lines[list.Line-1] = []byte(b.String())
	return e.bytes(e.lines), nil
}

// closing returns what follows the bracket that closes the one at from, -1 when it is not on the line.
func closing(line []byte, from int) int {
	depth, quote := 0, byte(0)
	for i := from; i < len(line); i++ {
		switch c := line[i]; {
		case quote != 0:
			if c == '\\' && quote == '"' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// entries writes sources as elements of a list: a path alone, or a line a name.
func entries(sources []Source, indent, end string) string {
	var b strings.Builder
	for i := range sources {
		text := sources[i].String()
		var n yaml.Node
		if !strings.HasPrefix(text, "{") || yaml.Unmarshal([]byte(text), &n) != nil {
			b.WriteString(indent + "- " + flow(text) + end)
			continue
		}
		start := "- "
		for pairs := n.Content[0].Content; len(pairs) > 1; pairs = pairs[2:] {
			if pairs[1].Kind == yaml.ScalarNode {
				pairs[1].Style = 0 // quotes that it needs in braces alone
			}
			value, err := yaml.Marshal(pairs[1])
			if err != nil {
				return ""
			}
			b.WriteString(indent + start + pairs[0].Value + ": " + strings.TrimSuffix(string(value), "\n") + end)
			start = "  "
		}
	}
	return b.String()
}

// Beside is how a path that counts from the current folder is written into a configuration file,
// whose paths count from its own: as it is where these are one, otherwise in full.
func Beside(file, path string) (string, error) {
	if filepath.IsAbs(path) || filepath.Dir(file) == "." {
		return path, nil
	}
	return filepath.Abs(path)
}
