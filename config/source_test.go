package config

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func plain(path string) Source {
	return Source{Name: path, Type: SourceFiles, Path: path, Enabled: true, Pages: true}
}

func TestSources(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "c.yaml", `sources:
  - /news/*.jsonl # a path alone
  - name: harbour
    type: feed
    url: https://harbour.example/feed?a=1&b=2 # the main one
    outlet: "Harbour: Times"
    language: en
    every: 30m
    pages: false
  - {url: "https://tarn.example/rss", enabled: false}
  - {type: inbox, path: drop, fields: {body: [content, text], headline: kop}}
  - {type: opml, path: /lists/mine.opml, name: list}
`)
	l, err := Load("c.yaml", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []Source{
		plain("/news/*.jsonl"),
		{Name: "harbour", Type: SourceFeed, URL: "https://harbour.example/feed?a=1&b=2", Outlet: "Harbour: Times", Language: "en", Every: 30 * time.Minute, Enabled: true},
		{Name: "https://tarn.example/rss", Type: SourceFeed, URL: "https://tarn.example/rss", Pages: true},
		{Name: "drop", Type: SourceInbox, Path: "drop", Fields: map[string][]string{"body": {"content", "text"}, "title": {"kop"}}, Enabled: true, Pages: true, Finished: "done"},
		{Name: "list", Type: SourceOPML, Path: "/lists/mine.opml", Enabled: true, Pages: true},
	}
	if diff := cmp.Diff(want, l.Config.Sources); diff != "" {
		t.Errorf("sources (-want +got)\n%s", diff)
	}
	// What is printed is read as the same.
	again := Default()
	s, _ := find("sources")
	if err := s.set(&again, l.Config.Value("sources")); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, again.Sources); diff != "" {
		t.Errorf("printed and read again (-want +got)\n%s", diff)
	}
}

func TestSourcesRefused(t *testing.T) {
	t.Chdir(t.TempDir())
	for entry, want := range map[string]string{
		`{type: fed, url: "https://a.example"}`:            "entry 1: type fed is unknown; want files, feed, opml or inbox",
		`{typ: feed}`:                                      `"typ" is unknown; want name, type,`,
		`{type: feed}`:                                     "feed: want either path or url",
		`{path: a, url: "https://a.example"}`:              "want either path or url",
		`{type: feed, url: "ftp://a.example/feed"}`:        "only addresses of http and https",
		`{type: feed, url: "file:///etc/passwd"}`:          "only addresses of http and https",
		`{type: inbox, url: "https://a.example"}`:          "inbox have a path and no url",
		`{url: "https://a.example", every: soon}`:          "every: soon is no length of time",
		`{url: "https://a.example", every: 9000d}`:         "every: 9000d is no length of time",
		`{url: "https://a.example", enabled: perhaps}`:     "enabled: perhaps is not allowed",
		`{url: "https://a.example", finished: done}`:       "finished is for inboxes",
		`{path: a, pages: false}`:                          "pages is for feeds",
		`{path: a, fields: {text: a}}`:                     `fields: "text" is unknown`,
		`{path: a, fields: [a]}`:                           "fields: want names of fields",
		`{url: "https://a.example", fields: {body: a}}`:    "the names of fields in a feed are known",
		`{path: a, path: b}`:                               "path is set twice",
		`{path: [a]}`:                                      "path has no value",
		`{path: }`:                                         "path has no value",
		"a\n  - {path: b, name: a}":                        `"a" stands there twice`,
		"{path: a, fields: {body: {a: {b: {c: {d: e}}}}}}": "no deep nesting",
	} {
		write(t, "c.yaml", "sources:\n  - "+entry+"\n")
		if _, err := Load("c.yaml", nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s:\n%v\nwant %q in it", entry, err, want)
		}
	}
}

func TestAddSources(t *testing.T) {
	feed := Source{Name: "harbour", Type: SourceFeed, URL: "https://harbour.example/feed", Outlet: "Harbour: Times #1", Enabled: true, Pages: true}
	const entry = "- name: harbour\n    type: feed\n    url: https://harbour.example/feed\n    outlet: 'Harbour: Times #1'\n"
	tests := []struct{ name, before, after string }{
		{"empty file", "", "sources:\n  " + entry},
		{"no list", "workers: 2 # two\n", "workers: 2 # two\nsources:\n  " + entry},
		{"no line end", "workers: 2", "workers: 2\nsources:\n  " + entry},
		{"empty list", "sources: [] # none yet\nworkers: 2\n", "sources: # none yet\n  " + entry + "workers: 2\n"},
		{"list on a line", "# mine\nsources: [a, 'b, c', {path: d, every: 1h}] # these\nworkers: 2\n",
			"# mine\nsources: # these\n  - a\n  - b, c\n  - {path: d, every: 1h}\n  " + entry + "workers: 2\n"},
		{"a line each", "sources:\n  # first\n  - a # one\n  - path: b # two\n    every: 1h\n\n# more\nworkers: 2\n",
			"sources:\n  # first\n  - a # one\n  - path: b # two\n    every: 1h\n  " + entry + "\n# more\nworkers: 2\n"},
		{"not indented", "sources:\n- a\nworkers: 2\n", "sources:\n- a\n" + strings.ReplaceAll(entry, "\n    ", "\n  ") + "workers: 2\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := addSources([]byte(tt.before), []Source{feed})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.after, string(got)); diff != "" {
				t.Errorf("the file (-want +got)\n%s", diff)
			}
			if _, err := addSources(got, []Source{feed}); err == nil || !strings.Contains(err.Error(), "https://harbour.example/feed is there already") {
				t.Errorf("added twice: %v", err)
			}
		})
	}
	// A site has feeds for its sections. What a person called it is not changed.
	const host = "sources:\n  - {name: harbour.example, type: feed, url: https://harbour.example/feed}\n"
	second := []Source{{Name: "harbour.example", Type: SourceFeed, URL: "https://www.harbour.example/sport/feed", Enabled: true, Pages: true}}
	if got, err := addSources([]byte(host), second); err != nil || second[0].Name != "www.harbour.example/sport/feed" || !strings.Contains(string(got), "- name: www.harbour.example/sport/feed\n") {
		t.Errorf("a second feed of a host: %s, %v", got, err)
	}
	for want, again := range map[string]Source{
		`https://harbour.example/feed is there already, as "harbour.example"`: {Name: "other", Type: SourceFeed, URL: "https://harbour.example/feed", Enabled: true, Pages: true},
		`"harbour.example" is the name of another source`:                     {Name: "harbour.example", Type: SourceFeed, URL: "https://bay.example/feed", Enabled: true, Pages: true},
	} {
		if got, err := addSources([]byte(host), []Source{again}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s, %v; want an error with %q", got, err, want)
		}
	}
	for _, before := range []string{"sources: [a,\n  b]\n", "sources: a\n"} {
		if _, err := addSources([]byte(before), []Source{feed}); err == nil || !strings.Contains(err.Error(), "by hand") {
			t.Errorf("%q: %v; want it left alone", before, err)
		}
	}
	own, err := addSources(Default().YAML(), []Source{feed, plain("/a b/c.jsonl")})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(strings.Split(string(own), "\n")) - len(strings.Split(string(Default().YAML()), "\n")); n != 5 {
		t.Errorf("%d more lines, want 5", n)
	}
}
