package config

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// header begins a rendered configuration file.
const header = `# Settings of dedupe: every one, with its default. A line that is left out means the default.
# A flag outranks the environment, which outranks this file. The variable of a setting is its section and
# name: DEDUPE_THRESHOLDS_NEAR. "dedupe config" prints what is in force and where it came from.
`

// lineWidth is where comments are broken.
const lineWidth = 110

// YAML returns the settings as a configuration file with a comment for each.
// That of Default is the config.yaml which comes with dedupe.
func (c Config) YAML() []byte {
	var b bytes.Buffer
	b.WriteString(header)
	var above []string // sections the setting before was in
	for _, s := range table {
		path := strings.Split(s.Key, ".")
		in, name := path[:len(path)-1], path[len(path)-1]
		if len(in) == 0 || len(above) == 0 || in[0] != above[0] {
			b.WriteByte('\n')
		}
		for depth := range in {
			if depth < len(above) && above[depth] == in[depth] {
				continue
			}
			comment(&b, depth, sections[in[depth]])
			fmt.Fprintf(&b, "%s%s:\n", indent(depth), in[depth])
		}
		above = in
		comment(&b, len(in), s.Doc)
		if s.Key == "preset" {
			presetComment(&b)
		}
		value, mark := flow(s.raw(&c)), ""
		if preset, ok := c.presetValue(s.Key); ok && preset == value {
			mark = "# " // left to the preset, or another preset could never be chosen
		}
		fmt.Fprintf(&b, "%s%s%s: %s # %s\n", indent(len(in)), mark, name, value, s.Allowed)
	}
	return b.Bytes()
}

// presetComment writes the presets with their figures.
func presetComment(b *bytes.Buffer) {
	comment(b, 0, "Found of labelled pairs, by each: measured by `go test ./evaluate -run Presets -v`.")
	for line := range strings.Lines(PresetTable()) {
		b.WriteString("#   " + strings.TrimRight(line, " \n") + "\n")
	}
}

func indent(depth int) string { return strings.Repeat("  ", depth) }

// comment writes text broken into lines.
func comment(b *bytes.Buffer, depth int, text string) {
	start := indent(depth) + "#"
	line := start
	for _, word := range strings.Fields(text) {
		if len(line)+1+len(word) > lineWidth && line != start {
			b.WriteString(line + "\n")
			line = start
		}
		line += " " + word
	}
	if line != start {
		b.WriteString(line + "\n")
	}
}

// Value returns the value of the setting of that key as config.yaml would have
// it, on one line; "" when there is no such setting.
func (c Config) Value(key string) string {
	s, ok := find(key)
	if !ok {
		return ""
	}
	return flow(s.raw(&c))
}

// flow returns a raw value as YAML on one line, quoted only where it must be.
func flow(raw any) string {
	if s, ok := raw.(string); ok && !utf8.ValidString(s) {
		return strconv.Quote(s) // YAML would have it in base64
	}
	out, err := yaml.Marshal(node(raw))
	if err != nil {
		return fmt.Sprintf("%q", raw)
	}
	return strings.TrimSuffix(string(out), "\n")
}

func node(raw any) *yaml.Node {
	switch raw := raw.(type) {
	case []string:
		n := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		for _, s := range raw {
			n.Content = append(n.Content, node(s))
		}
		return n
	case map[string][]string:
		n := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
		for _, name := range slices.Sorted(maps.Keys(raw)) {
			n.Content = append(n.Content, node(name), node(raw[name]))
		}
		return n
	}
	s := fmt.Sprint(raw)
	n := &yaml.Node{Kind: yaml.ScalarNode, Value: s}
	// Without a tag the writer leaves words like true and 0.5 bare, which is
	// how people write them. Text that would not come back is quoted.
	if s == "" || s == "~" || strings.EqualFold(s, "null") || strings.ContainsAny(s, "\n\r\u0085\u2028\u2029") {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}
