package config

import (
	"cmp"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// Source is one place that articles come from. In config.yaml it is a path alone, or an entry:
//
//	sources:
//	  - archive/*.jsonl.gz
//	  - name: harbour
//	    type: feed
//	    url: https://harbour.example/feed
//	    outlet: Harbour Times
//	    every: 30m
type Source struct {
	Name     string // of an entry without one, and of a path alone, the path or address
	Type     string // one of SourceTypes
	Path     string // of files, or of a feed in a file
	URL      string
	Outlet   string              // of all its articles, whatever they say; empty: as they say
	Language string              // the same
	Fields   map[string][]string // names of fields, instead of those of input.fields; by the names of source.Options.Fields
	Every    time.Duration       // not read again before; 0: by every run
	Enabled  bool
	Pages    bool   // of feeds: pages are fetched of which the feed has no full text
	Finished string // of an inbox: the folder that files go to when they are stored, or "keep"
}

// The types of sources.
const (
	SourceFiles = "files" // a file, a folder with all below it, or a pattern
	SourceFeed  = "feed"  // RSS, Atom or JSON Feed
	SourceOPML  = "opml"  // a list of feeds
	SourceInbox = "inbox" // a folder that files are dropped into
)

// SourceTypes are the types of sources.
var SourceTypes = []string{SourceFiles, SourceFeed, SourceOPML, SourceInbox}

// Keep is Source.Finished of an inbox whose files stay where they are.
const Keep = "keep"

// Place is the address, or the path from the root, by which a source is known wherever a command starts.
func (s *Source) Place() string {
	if abs, err := filepath.Abs(s.Path); err == nil && s.URL == "" {
		return abs
	}
	return cmp.Or(s.URL, s.Path)
}

// Paths returns the paths of sources, for what looks at files alone.
func Paths(sources []Source) (paths []string) {
	for i := range sources {
		if s := &sources[i]; s.Path != "" && s.Enabled && s.Type != SourceOPML {
			paths = append(paths, s.Path)
		}
	}
	return paths
}

// sourceFields are the names that an entry has for the fields of input.fields, by those of
// source.Options.Fields.
var sourceFields = map[string]string{"id": "id", "outlet": "outlet", "url": "url", "headline": "title", "title": "title",
	"byline": "byline", "published": "published", "language": "language", "body": "body"}

// entryNames are the names of an entry.
var entryNames = []string{"name", "type", "path", "url", "outlet", "language", "fields", "every", "enabled", "pages", "finished"}

// sources is any number of places. As raw values an entry is its mapping on one line, in braces.
func sources() kind[[]Source] {
	return kind[[]Source]{
		name: "sources", allowed: "a list of files, folders, patterns and entries {type: feed, url: ...}",
		parse: func(raw any) ([]Source, error) {
			l, err := toList(raw)
			if err != nil {
				return nil, err
			}
			var all []Source
			names := map[string]bool{}
			for i, text := range l {
				s, err := parseSource(text)
				if err != nil {
					return nil, fmt.Errorf("entry %d: %w", i+1, err)
				}
				if names[s.Name] {
					return nil, fmt.Errorf("%q stands there twice", s.Name)
				}
				names[s.Name] = true
				all = append(all, s)
			}
			return all, nil
		},
		raw: func(all []Source) any {
			l := []string{}
			for i := range all {
				l = append(l, all[i].String())
			}
			return l
		},
	}
}

func parseSource(text string) (s Source, err error) {
	if text == "" {
		return s, errors.New("it is empty")
	}
	s = Source{Name: text, Type: SourceFiles, Path: text, Enabled: true, Pages: true}
	if !strings.HasPrefix(text, "{") {
		return s, nil
	}
	var document yaml.Node
	if len(text) > maxFile || yaml.Unmarshal([]byte(text), &document) != nil || len(document.Content) != 1 || document.Content[0].Kind != yaml.MappingNode {
		return s, errors.New("it is no mapping")
	}
	s.Name, s.Type, s.Path = "", "", ""
	n := document.Content[0]
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i].Value, n.Content[i+1]
		if seen[name] {
			return s, fmt.Errorf("%s is set twice", name)
		}
		seen[name] = true
		if err := s.set(name, value); err != nil {
			return s, err
		}
	}
	return s, s.check(seen)
}

// set gives the entry the value of a name.
func (s *Source) set(name string, n *yaml.Node) (err error) {
	if name == "fields" {
		s.Fields, err = fieldNames(n)
		return err
	}
	if !slices.Contains(entryNames, name) {
		return fmt.Errorf("%q is unknown; want %s", name, oneOf(entryNames))
	}
	if n.Kind != yaml.ScalarNode || n.Value == "" || n.Tag == "!!null" {
		return fmt.Errorf("%s has no value", name)
	}
	flag := func(to *bool) error {
		*to, err = strconv.ParseBool(n.Value)
		if err != nil {
			return fmt.Errorf("%s: %s is not allowed; want true or false", name, n.Value)
		}
		return nil
	}
	switch name {
	case "name":
		s.Name = n.Value
	case "type":
		if s.Type = n.Value; !slices.Contains(SourceTypes, s.Type) {
			return fmt.Errorf("type %s is unknown; want %s", s.Type, oneOf(SourceTypes))
		}
	case "path":
		s.Path = n.Value
	case "url":
		s.URL = n.Value
		if !isWeb(s.URL) {
			return fmt.Errorf("url %s: only addresses of http and https are fetched", s.URL)
		}
	case "outlet":
		s.Outlet = n.Value
	case "language":
		s.Language = n.Value
	case "every":
		if s.Every, err = parseLength(n.Value); err != nil {
			return fmt.Errorf("every: %w", err)
		}
	case "enabled":
		return flag(&s.Enabled)
	case "pages":
		return flag(&s.Pages)
	case "finished":
		s.Finished = n.Value
	}
	return nil
}

// isWeb reports whether an address is one of http or https.
func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// fieldNames reads the fields of an entry: names, or lists of names.
func fieldNames(n *yaml.Node) (map[string][]string, error) {
	if n.Kind != yaml.MappingNode {
		return nil, errors.New("fields: want names of fields, such as {body: [content, text]}")
	}
	m := map[string][]string{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		ours, value := sourceFields[n.Content[i].Value], n.Content[i+1]
		if ours == "" {
			return nil, fmt.Errorf("fields: %q is unknown; want id, outlet, url, headline, byline, published, language or body", n.Content[i].Value)
		}
		list := []*yaml.Node{value}
		if value.Kind == yaml.SequenceNode {
			list = value.Content
		}
		for _, item := range list {
			if item.Kind != yaml.ScalarNode || item.Value == "" {
				return nil, fmt.Errorf("fields: %s has no names", n.Content[i].Value)
			}
			m[ours] = append(m[ours], item.Value)
		}
	}
	return m, nil
}

// check fills in what was not given, and says what does not go together.
func (s *Source) check(given map[string]bool) error {
	if s.Type == "" {
		s.Type = SourceFiles
		if s.URL != "" {
			s.Type = SourceFeed
		}
	}
	s.Name = cmp.Or(s.Name, s.URL, s.Path)
	local := s.Type == SourceFiles || s.Type == SourceInbox
	switch {
	case (s.URL == "") == (s.Path == ""):
		return fmt.Errorf("%s: want either path or url", cmp.Or(s.Name, s.Type))
	case local && s.URL != "":
		return fmt.Errorf("%s: %s have a path and no url", s.Name, s.Type)
	case given["finished"] && s.Type != SourceInbox:
		return fmt.Errorf("%s: finished is for inboxes", s.Name)
	case given["pages"] && local:
		return fmt.Errorf("%s: pages is for feeds", s.Name)
	case given["fields"] && !local:
		return fmt.Errorf("%s: the names of fields in a feed are known", s.Name)
	}
	if s.Type == SourceInbox {
		s.Finished = cmp.Or(s.Finished, "done")
	}
	return nil
}

// String returns the source as an element of the list: a path, or an entry on one line.
func (s *Source) String() string {
	if s.Name == s.Path && s.Type == SourceFiles && s.Outlet == "" && s.Language == "" && len(s.Fields) == 0 && s.Every == 0 && s.Enabled {
		return s.Path
	}
	n := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
	add := func(name string, raw any, given bool) {
		if given {
			n.Content = append(n.Content, node(name), node(raw))
		}
	}
	add("name", s.Name, s.Name != cmp.Or(s.URL, s.Path))
	add("type", s.Type, true)
	add("path", s.Path, s.Path != "")
	add("url", s.URL, s.URL != "")
	add("outlet", s.Outlet, s.Outlet != "")
	add("language", s.Language, s.Language != "")
	add("fields", s.Fields, len(s.Fields) > 0)
	add("every", formatLength(s.Every), s.Every > 0)
	add("enabled", "false", !s.Enabled)
	add("pages", "false", !s.Pages)
	add("finished", s.Finished, s.Type == SourceInbox)
	out, err := yaml.Marshal(n)
	if err != nil {
		return s.Name
	}
	return strings.TrimSuffix(string(out), "\n")
}

// rawSources returns the raw value of a list of sources.
func rawSources(n *yaml.Node) (any, error) {
	if n.Kind != yaml.SequenceNode {
		return rawValue(n)
	}
	l := make([]string, len(n.Content))
	for i, item := range n.Content {
		switch item.Kind {
		case yaml.ScalarNode:
			l[i] = item.Value
		case yaml.MappingNode:
			if err := flatten(item, 0); err != nil {
				return nil, err
			}
			out, err := yaml.Marshal(item)
			if err != nil {
				return nil, err
			}
			l[i] = strings.TrimSuffix(string(out), "\n")
		default:
			return nil, fmt.Errorf("a source is a path or an entry, but for line %d", item.Line)
		}
	}
	return l, nil
}

// flatten makes a node one that is written on one line, without comments.
func flatten(n *yaml.Node, depth int) error {
	const deepest = 3
	if n.Kind == yaml.AliasNode || n.Anchor != "" || depth > deepest {
		return fmt.Errorf("line %d: an entry has no aliases and no deep nesting", n.Line)
	}
	n.HeadComment, n.LineComment, n.FootComment = "", "", ""
	if n.Style = 0; n.Kind != yaml.ScalarNode {
		n.Style = yaml.FlowStyle
	} else if strings.ContainsAny(n.Value, "\n\r\u0085\u2028\u2029") {
		return fmt.Errorf("line %d: a value has one line", n.Line)
	}
	for _, inner := range n.Content {
		if err := flatten(inner, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// maxLength is the longest time between two readings of a source, and the longest delay.
const maxLength = 365 * 24 * time.Hour

// parseLength reads a length of time: 90s, 15m, 2h or 1d.
func parseLength(s string) (time.Duration, error) {
	days, isDays := strings.CutSuffix(s, "d")
	d, err := time.ParseDuration(s)
	if isDays {
		var n int
		n, err = strconv.Atoi(days)
		d = time.Duration(min(max(n, -1), 1000)) * 24 * time.Hour
	}
	if err != nil || d < 0 || d > maxLength {
		return 0, fmt.Errorf("%s is no length of time; want such as 90s, 15m, 2h or 1d", s)
	}
	return d, nil
}

// formatLength writes a length of time as parseLength reads it.
func formatLength(d time.Duration) string {
	for _, unit := range []struct {
		name string
		of   time.Duration
	}{{"d", 24 * time.Hour}, {"h", time.Hour}, {"m", time.Minute}} {
		if d > 0 && d%unit.of == 0 {
			return strconv.Itoa(int(d/unit.of)) + unit.name
		}
	}
	return d.String()
}

// length is a length of time.
func length(low, high time.Duration) kind[time.Duration] {
	return scalar("length of time", fmt.Sprintf("a length of time from %s to %s", formatLength(low), formatLength(high)),
		func(s string) (time.Duration, bool) {
			d, err := parseLength(s)
			return d, err == nil && low <= d && d <= high
		}, formatLength)
}

// networks is any number of addresses and networks.
func networks() kind[[]netip.Prefix] {
	names := optional(list("addresses and networks such as 127.0.0.1 and 10.1.0.0/16"))
	return kind[[]netip.Prefix]{
		name: names.name, allowed: names.allowed,
		parse: func(raw any) (all []netip.Prefix, err error) {
			l, err := names.parse(raw)
			for _, s := range l {
				p, err := netip.ParsePrefix(s)
				if err != nil {
					a, err := netip.ParseAddr(s)
					if err != nil {
						return nil, fmt.Errorf("%q is neither an address nor a network", s)
					}
					p = netip.PrefixFrom(a, a.BitLen())
				}
				all = append(all, p.Masked())
			}
			return all, err
		},
		raw: func(all []netip.Prefix) any {
			l := []string{}
			for _, p := range all {
				if p.IsSingleIP() {
					l = append(l, p.Addr().String())
				} else {
					l = append(l, p.String())
				}
			}
			return l
		},
	}
}
