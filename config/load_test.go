package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"
)

// isolate moves the test into an empty folder with an empty home and returns it.
func isolate(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Chdir(dir)
	t.Setenv("HOME", dir)
	t.Setenv("XDG_CONFIG_HOME", "")
	return dir
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestLoadWithoutAnything(t *testing.T) {
	isolate(t)
	l, err := Load("", nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Default(), l.Config); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if l.File != "" {
		t.Errorf("file %q, want none", l.File)
	}
}

// TestOrder gives each source of settings on top of the weaker ones.
func TestOrder(t *testing.T) {
	isolate(t)
	check := func(want float64, origin string, flags *pflag.FlagSet) {
		t.Helper()
		l, err := Load("", flags)
		if err != nil {
			t.Fatal(err)
		}
		if got := l.Config.Thresholds.Near; got != want {
			t.Errorf("near %v, want %v", got, want)
		}
		if got := l.Origin("thresholds.near").String(); got != origin {
			t.Errorf("origin %q, want %q", got, origin)
		}
		if got, want := l.Config.Thresholds.Excerpt, Default().Thresholds.Excerpt; got != want {
			t.Errorf("excerpt %v, want the default %v", got, want)
		}
	}
	flags := pflag.NewFlagSet("test", pflag.ContinueOnError)
	Flag(flags, "thresholds.near", "near", "")

	check(Default().Thresholds.Near, "default", flags)
	write(t, "config.yaml", "# mine\nthresholds:\n  near: 0.61\n")
	check(0.61, "config.yaml:3", flags)
	t.Setenv("DEDUPE_THRESHOLDS_NEAR", "0.62")
	check(0.62, "DEDUPE_THRESHOLDS_NEAR", flags)
	if err := flags.Parse([]string{"--near", "0.63"}); err != nil {
		t.Fatal(err)
	}
	check(0.63, "--near", flags)
	check(0.62, "DEDUPE_THRESHOLDS_NEAR", nil)
}

func TestPlacesOfTheFile(t *testing.T) {
	dir := isolate(t)
	xdg := filepath.Join(dir, "xdg")
	check := func(path, want string) {
		t.Helper()
		l, err := Load(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if l.File != want {
			t.Errorf("file %q, want %q", l.File, want)
		}
	}
	write(t, filepath.Join(dir, ".config/dedupe/config.yaml"), "")
	check("", filepath.Join(dir, ".config/dedupe/config.yaml"))
	t.Setenv("XDG_CONFIG_HOME", xdg)
	check("", "")
	write(t, filepath.Join(xdg, "dedupe/config.yaml"), "batch: 1\n")
	check("", filepath.Join(xdg, "dedupe/config.yaml"))
	write(t, "config.yaml", "batch: 2\n")
	check("", "config.yaml")
	write(t, "other.yaml", "batch: 3\n")
	t.Setenv("DEDUPE_CONFIG", "other.yaml")
	check("", "other.yaml")
	check("config.yaml", "config.yaml")
}

func TestRelativePaths(t *testing.T) {
	isolate(t)
	write(t, "etc/c.yaml", "database: {path: a.db}\nsources: [in, /abs/in, ../up/*.jsonl]\n")
	l, err := Load("etc/c.yaml", nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := l.Config.Database.Path, "etc/a.db"; got != want {
		t.Errorf("database %q, want %q", got, want)
	}
	if diff := cmp.Diff([]string{"etc/in", "/abs/in", "up/*.jsonl"}, []string{l.Config.Sources[0].Path, l.Config.Sources[1].Path, l.Config.Sources[2].Path}); diff != "" {
		t.Errorf("sources (-want +got)\n%s", diff)
	}
	t.Setenv("DEDUPE_DATABASE_PATH", "a.db")
	if l, err = Load("etc/c.yaml", nil); err != nil {
		t.Fatal(err)
	}
	if got, want := l.Config.Database.Path, "a.db"; got != want {
		t.Errorf("database from the environment %q, want %q", got, want)
	}
}

// TestNamesKeepTheirCase guards against viper's folding of keys.
func TestNamesKeepTheirCase(t *testing.T) {
	isolate(t)
	write(t, "config.yaml", "outlets:\n  aliases:\n    BBC.co.uk: [BBC News]\n")
	l, err := Load("", nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string][]string{"BBC.co.uk": {"BBC News"}}, l.Config.Outlets.Aliases); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestProblems checks that every mistake is reported, all at once, with its
// place and what would be right.
func TestProblems(t *testing.T) {
	tests := []struct {
		name, file string
		env, args  []string
		want       []string // a part of each line
	}{
		{"unknown", "thresholds:\n  naer: 0.5\ncolour: red\n", nil, nil, []string{
			"config.yaml:2: thresholds.naer: is unknown; did you mean near? want near, excerpt, rewrite, headline, mentioned or min_words",
			"config.yaml:3: colour: is unknown; want database, sources, input, window,"}},
		{"every source", "thresholds:\n  near: 1.5\n", []string{"DEDUPE_WORKERS=many", "DEDUPE_WROKERS=2"}, []string{"--metric", "exact"}, []string{
			"DEDUPE_WROKERS: sets nothing",
			"config.yaml:2: thresholds.near: 1.5 is not allowed; want a number from 0 to 1",
			"--metric: headline.metric: exact is not allowed; want jaro-winkler, jaro,",
			"DEDUPE_WORKERS: workers: many is not allowed; want a whole number from 0 to 256"}},
		{"twice", "batch: 1\nwindow: 2d\nbatch: 3\n", nil, nil, []string{"config.yaml:3: batch: is set twice, first in line 1"}},
		{"empty value", "batch:\n", nil, nil, []string{`config.yaml:1: batch: "" is not allowed: no value stands there; remove the line to have the default; want a whole number from 1 to`}},
		{"empty section", "thresholds:\n", nil, nil, nil},
		{"only comments", "# nothing\n", nil, nil, nil},
		{"section is a value", "thresholds: 0.5\n", nil, nil, []string{"config.yaml:1: thresholds: 0.5 is not allowed; want near, excerpt,"}},
		{"no mapping", "- a\n", nil, nil, []string{"config.yaml:1: [a] is not allowed; want database,"}},
		{"dotted key", "thresholds.near: 0.5\n", nil, nil, []string{"config.yaml:1: thresholds.near: is unknown"}},
		{"no YAML", "a: [\n", nil, nil, []string{"config.yaml: yaml: line"}},
		{"two documents", "batch: 1\n---\nbatch: 2\n", nil, nil, []string{"config.yaml:2: has a second YAML document"}},
		{"alias", "report: {limit: &n 3}\nbatch: *n\n", nil, nil, []string{"config.yaml:2: batch: *n is not allowed: it is a YAML alias; write the value out; want a whole number from 1 to"}},
		{"nested list", "sources: [[a]]\n", nil, nil, []string{"config.yaml:1: sources: [[a]] is not allowed: a source is a path or an entry, but for line 1; want a list of files"}},
		{"two owners", "outlets:\n  owners: {A: [x], B: [X]}\n", nil, nil, []string{
			`config.yaml:2: outlets.owners: {A: [x], B: [X]} is not allowed: "X" is given to "A" and to "B"; want {owner: [outlet, ...], ...}`}},
		{"cycle of aliases", "outlets:\n  aliases: {A: [b], B: [a]}\n", nil, nil, []string{
			`config.yaml:2: outlets.aliases: {A: [b], B: [a]} is not allowed: "b" is a name of its own and given to "A"; want {outlet: [other name, ...], ...}`}},
		{"alias that has aliases", "outlets:\n  aliases: {A: [b], B: [c]}\n", nil, nil, []string{`"b" is a name of its own and given to "A"`}},
		{"one outlet twice", "outlets:\n  aliases: {www.x.example: [b], x.example: [c]}\n", nil, nil, []string{
			`"www.x.example" and "x.example" are one outlet`}},
		{"host of two outlets", "outlets:\n  aliases: {A: [x.example], B: ['https://www.x.example/news']}\n", nil, nil, []string{
			`"https://www.x.example/news" is given to "A" and to "B"`}},
		{"two owners by alias", "outlets:\n  aliases: {A: [x.example]}\n  owners: {O: [A], P: [x.example]}\n", nil, nil, []string{
			`config.yaml:3: outlets.owners: {O: [A], P: [x.example]} is not allowed: outlet "a": owned by both "O" and "P"; want {owner: [outlet, ...], ...}`}},
		{"outlet without a name", "outlets:\n  aliases: {' ': [x]}\n", nil, nil, []string{`" " is no name; want {outlet:`}},
		{"alias without a name", "outlets:\n  aliases: {A: ['*.']}\n", nil, nil, []string{`"*." is no name; want {outlet:`}},
		{"subdomains as an outlet", "outlets:\n  aliases: {'*.x.example': [x.example]}\n", nil, nil, []string{`"*.x.example" is no name`}},
		{"no aliases", "outlets:\n  aliases: {A: []}\n", nil, nil, []string{`"A" has no other name; want {outlet:`}},
		{"alias without brackets", "outlets:\n  aliases: {A: x}\n", nil, nil, []string{
			`config.yaml:2: outlets.aliases: {A: x} is not allowed: "A" has no list in brackets, in line 2; want {outlet:`}},
		{"map for a number", "thresholds:\n  near:\n    x: 5\n", nil, nil, []string{
			"config.yaml:3: thresholds.near: {x: 5} is not allowed; want a number from 0 to 1"}},
		{"list for a section", "thresholds: [1, [2]]\n", nil, nil, []string{"config.yaml:1: thresholds: [1, [2]] is not allowed; want near, excerpt,"}},
		{"list as a name", "? [a]\n: b\n", nil, nil, []string{"config.yaml:1: [a] is not allowed: it is no name; want database,"}},
		{"name that steers a terminal", "\"\\e[31m\": 5\n", nil, nil, []string{`config.yaml:1: "\x1b[31m": is unknown; want database,`}},
		{"quiet and verbose", "output: {quiet: true, verbose: true}\n", nil, nil, []string{"output.quiet: cannot be had together with output.verbose"}},
		{"bad boolean flag", "", nil, []string{"--json=maybe"}, []string{"--json: output.json: maybe is not allowed; want true or false"}},
		{"long value", "window: " + strings.Repeat("9", 1000) + "\n", nil, nil, []string{
			"config.yaml:1: window: " + strings.Repeat("9", 200) + "... is not allowed; want days"}},
		{"too long", "#" + strings.Repeat("x", maxFile) + "\n", nil, nil, []string{"config.yaml: is longer than 1MiB"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			isolate(t)
			write(t, "config.yaml", tt.file)
			for _, pair := range tt.env {
				name, value, _ := strings.Cut(pair, "=")
				t.Setenv(name, value)
			}
			flags := pflag.NewFlagSet("test", pflag.ContinueOnError)
			Flag(flags, "headline.metric", "metric", "")
			Flag(flags, "output.json", "json", "")
			if err := flags.Parse(tt.args); err != nil {
				t.Fatal(err)
			}
			l, err := Load("", flags)
			if len(tt.want) == 0 {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			var all *Error
			if !errors.As(err, &all) {
				t.Fatalf("error %v, want an *Error; loaded %v", err, l)
			}
			lines := strings.Split(err.Error(), "\n")
			if len(lines) != len(tt.want) {
				t.Fatalf("%d problems, want %d:\n%s", len(lines), len(tt.want), err)
			}
			for i, want := range tt.want {
				if !strings.Contains(lines[i], want) {
					t.Errorf("line %d is\n%s\nwant in it\n%s", i+1, lines[i], want)
				}
			}
		})
	}
}

func TestNamedFileMustBeThere(t *testing.T) {
	isolate(t)
	_, err := Load("absent.yaml", nil)
	if !errors.As(err, new(*Error)) || !strings.Contains(err.Error(), "absent.yaml") {
		t.Errorf("error %v, want one that names the file", err)
	}
}

func TestManyProblems(t *testing.T) {
	isolate(t)
	var file strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&file, "key%d: 1\n", i)
	}
	write(t, "config.yaml", file.String())
	_, err := Load("", nil)
	if err == nil {
		t.Fatal("no error")
	}
	if lines := strings.Split(err.Error(), "\n"); len(lines) != maxLines+1 || lines[maxLines] != "and 950 more" {
		t.Errorf("%d lines, the last is %q", len(lines), lines[len(lines)-1])
	}
}

func TestFlagHelp(t *testing.T) {
	flags := pflag.NewFlagSet("test", pflag.ContinueOnError)
	Flag(flags, "database.path", "db", "")
	Flag(flags, "output.json", "json", "")
	want := "      --db file   the SQLite file; it is made when it is not there [database.path] (default dedupe.db)\n" +
		"      --json      print results as JSON [output.json]\n"
	if diff := cmp.Diff(want, flags.FlagUsages()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// A folder that may not be read is passed over where another place has the file, and
// named where none has.
func TestPlacesThatMayNotBeRead(t *testing.T) {
	dir := isolate(t)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "xdg"))
	there := func(string) (os.FileInfo, error) { return nil, nil }
	none := func(place string) (os.FileInfo, error) {
		return nil, &os.PathError{Op: "stat", Path: place, Err: os.ErrNotExist}
	}
	closed := func(place string) (os.FileInfo, error) {
		return nil, &os.PathError{Op: "stat", Path: place, Err: os.ErrPermission}
	}
	second := filepath.Join(dir, "xdg", "dedupe", "config.yaml")
	type look = func(string) (os.FileInfo, error)
	for _, test := range []struct {
		name        string
		here, there look
		want        string
		says        []string
	}{
		{"the first is closed and the second has it", closed, there, second, nil},
		{"the first has it and the second is closed", there, closed, "config.yaml", nil},
		{"none and none", none, none, "", nil},
		{"closed and none", closed, none, "", []string{"in the folder .: permission denied", "--config", "DEDUPE_CONFIG"}},
		{"none and closed", none, closed, "", []string{"in the folder " + filepath.Dir(second) + ": permission denied"}},
		{"closed and closed", closed, closed, "", []string{"in the folder .:", "in the folder " + filepath.Dir(second)}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := locate("", func(place string) (os.FileInfo, error) {
				if place == "config.yaml" {
					return test.here(place)
				}
				return test.there(place)
			})
			if got != test.want || (err != nil) != (test.says != nil) {
				t.Fatalf("locate = %q, %v; want %q", got, err, test.want)
			}
			for _, part := range test.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error %q does not say %q", err, part)
				}
			}
		})
	}
}

// The same by the file system itself, where what should be a folder is a file.
func TestPlaceThatIsNoFolder(t *testing.T) {
	dir := isolate(t)
	write(t, filepath.Join(dir, "file"), "")
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(dir, "file"))
	if _, err := Load("", nil); err == nil || !strings.Contains(err.Error(), filepath.Join(dir, "file", "dedupe")) {
		t.Errorf("Load = %v; want an error that names the folder", err)
	}
	write(t, "config.yaml", "batch: 2\n")
	if l, err := Load("", nil); err != nil || l.File != "config.yaml" {
		t.Errorf("Load = %+v, %v; want config.yaml", l, err)
	}
	if l, err := Load(filepath.Join(dir, "config.yaml"), nil); err != nil || l.Config.Batch != 2 {
		t.Errorf("Load by name = %+v, %v", l, err)
	}
}
