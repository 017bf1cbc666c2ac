package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxFile bounds a configuration file in bytes. The largest sensible one lists
// some thousand outlets.
const maxFile = 1 << 20

// FileName is the name of a configuration file that is found, not named.
const FileName = "config.yaml"

// entry is one setting as a file gives it.
type entry struct {
	raw    any
	line   int
	former string // the key by which the file gives it, where that is one of the last version
}

// locate returns the file to read: path, or the first of the usual places that
// has one, or "" when none has. A place that cannot be looked into, because its folder
// may not be read or is none, is passed over; when no other has a file, that is an
// error which names the place.
func locate(path string, stat func(string) (os.FileInfo, error)) (string, error) {
	if path == "" {
		path = os.Getenv(Prefix + "CONFIG")
	}
	if path != "" {
		return path, nil
	}
	places := []string{FileName}
	home := os.Getenv("XDG_CONFIG_HOME")
	if home == "" {
		if user, err := os.UserHomeDir(); err == nil {
			home = filepath.Join(user, ".config")
		}
	}
	if home != "" {
		places = append(places, filepath.Join(home, "dedupe", FileName))
	}
	var closed []error
	for _, place := range places {
		_, err := stat(place)
		switch {
		case err == nil:
			return place, nil
		case errors.Is(err, fs.ErrNotExist):
		default:
			folder, cause := filepath.Dir(place), err
			if p := new(fs.PathError); errors.As(err, &p) {
				cause = p.Err
			}
			closed = append(closed, fmt.Errorf("look for the configuration in the folder %s: %w; name a file by --config or %sCONFIG, or make the folder readable", printable(folder), cause, Prefix))
		}
	}
	return "", errors.Join(closed...)
}

// readFile returns the settings a file gives, by key, and what is wrong in it.
func readFile(path string) (map[string]entry, []Problem) {
	whole := func(err error) (map[string]entry, []Problem) {
		return nil, []Problem{{Where: path, Message: err.Error()}}
	}
	failed := func(err error) (map[string]entry, []Problem) {
		op := "read"
		if p := new(os.PathError); errors.As(err, &p) {
			op, err = p.Op, p.Err
		}
		return nil, []Problem{{Message: fmt.Sprintf("%s %s: %v", op, printable(path), err)}}
	}
	if info, err := os.Stat(path); err == nil && info.Mode()&os.ModeNamedPipe != 0 {
		return failed(errors.New("a pipe, which is not waited for"))
	}
	f, err := os.Open(path)
	if err != nil {
		return failed(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return failed(err)
	}
	if len(data) > maxFile {
		return whole(fmt.Errorf("is longer than %s", formatSize(maxFile)))
	}
	return parseFile(path, data)
}

func parseFile(path string, data []byte) (map[string]entry, []Problem) {
	p := fileParser{path: path, entries: map[string]entry{}}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document, second yaml.Node
	if err := decoder.Decode(&document); err == io.EOF {
		return p.entries, nil // empty, or comments only
	} else if err != nil {
		return nil, []Problem{{Where: path, Message: err.Error()}}
	}
	if err := decoder.Decode(&second); err != io.EOF {
		p.report(max(second.Line, 1), "", "has a second YAML document; put everything into one")
	}
	for _, n := range document.Content {
		p.section("", n)
	}
	return p.entries, p.problems
}

type fileParser struct {
	path     string
	entries  map[string]entry
	problems []Problem
}

func (p *fileParser) report(line int, key, message string) {
	p.problems = append(p.problems, Problem{Where: fmt.Sprintf("%s:%d", p.path, line), Key: key, Message: message})
}

// section reads the settings below prefix, which is "" or ends with a dot. It
// goes no deeper than the table's keys do.
func (p *fileParser) section(prefix string, n *yaml.Node) {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return // a section with every setting commented out
	}
	if n.Kind != yaml.MappingNode {
		p.report(n.Line, strings.TrimSuffix(prefix, "."), notAllowed(spelled(n, 0), errNotAllowed, below(prefix)+", each with its value"))
		return
	}
	lines := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		key, was := Present(prefix+name.Value), ""
		if key != prefix+name.Value {
			was = prefix + name.Value
		}
		if first, ok := lines[key]; ok {
			p.report(name.Line, key, fmt.Sprintf("is set twice, first in line %d", first))
			continue
		}
		lines[key] = name.Line
		if name.Kind != yaml.ScalarNode {
			p.report(name.Line, strings.TrimSuffix(prefix, "."), notAllowed(spelled(name, 0), errors.New("it is no name"), below(prefix)))
		} else if strings.Contains(name.Value, ".") {
			p.report(name.Line, key, "is unknown; want "+below(prefix)+", sections by indentation")
		} else if s, ok := find(key); ok {
			raw, err := rawValue(value)
			if s.Type == "sources" {
				raw, err = rawSources(value)
			}
			if value.Kind == yaml.MappingNode && s.Type != Map {
				err = errNotAllowed
			}
			if err != nil {
				p.report(value.Line, key, notAllowed(spelled(value, 0), err, s.Allowed))
				continue
			}
			p.entries[key] = entry{raw, value.Line, was}
		} else if withdrawn[key] != "" {
			p.entries[key] = entry{"", name.Line, ""}
		} else if below(key+".") != "" {
			p.section(key+".", value)
		} else {
			p.report(name.Line, key, "is unknown"+meant(name.Value, namesBelow(prefix))+"want "+below(prefix))
		}
	}
}

// below lists what may stand below a prefix of keys, "" when nothing may.
func below(prefix string) string {
	names := namesBelow(prefix)
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return oneOf(names)
}

// namesBelow returns the names that may follow a prefix of keys.
func namesBelow(prefix string) (names []string) {
	for _, s := range table {
		rest, ok := strings.CutPrefix(s.Key, prefix)
		if !ok {
			continue
		}
		if name, _, _ := strings.Cut(rest, "."); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// rawValue returns a node's raw value. Scalars keep their spelling: the kind
// of the setting, not YAML, says what 045 or yes means.
func rawValue(n *yaml.Node) (any, error) {
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Tag == "!!null" {
			return nil, errors.New("no value stands there; remove the line to have the default")
		}
		return n.Value, nil
	case yaml.SequenceNode:
		return rawList(n)
	case yaml.MappingNode:
		m := map[string][]string{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			name, value := n.Content[i], n.Content[i+1]
			if _, ok := m[name.Value]; ok {
				return nil, fmt.Errorf("%q stands there twice, again in line %d", name.Value, name.Line)
			}
			if name.Kind != yaml.ScalarNode || value.Kind != yaml.SequenceNode {
				return nil, fmt.Errorf("%q has no list in brackets, in line %d", name.Value, value.Line)
			}
			l, err := rawList(value)
			if err != nil {
				return nil, err
			}
			m[name.Value] = l
		}
		return m, nil
	}
	return nil, errors.New("it is a YAML alias; write the value out")
}

func rawList(n *yaml.Node) ([]string, error) {
	l := make([]string, len(n.Content))
	for i, item := range n.Content {
		if item.Kind != yaml.ScalarNode {
			return nil, fmt.Errorf("a list has single values, but for line %d", item.Line)
		}
		l[i] = item.Value
	}
	return l, nil
}

// spelled writes a node on one line for a message, no deeper than a sensible
// file goes.
func spelled(n *yaml.Node, depth int) string {
	const deepest = 4
	var parts []string
	switch {
	case n.Kind == yaml.ScalarNode:
		return flow(n.Value)
	case n.Kind == yaml.AliasNode:
		return "*" + n.Value
	case depth == deepest:
		return "..."
	case n.Kind == yaml.SequenceNode:
		for _, item := range n.Content {
			parts = append(parts, spelled(item, depth+1))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		parts = append(parts, spelled(n.Content[i], depth+1)+": "+spelled(n.Content[i+1], depth+1))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}
