package dedupe_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// documents returns the documents of the project by their paths.
func documents(t *testing.T) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/decisions/*.md", "testdata/*.md", "testdata/*/*.md"} {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			pages[path] = string(text)
		}
	}
	return pages
}

// retired are words that ARCHITECTURE.md has another one for.
var retired = []string{"furniture", "facing", "surely above", "had it first", "who copied whom", "stands in the other"}

// spared may have retired words: what was decided, how old databases are brought up to date,
// old names of JSON, old configurations, articles that were written as they are, and this check.
var spared = []string{"docs/decisions/", "storage/migrations/", "report/renamed.go", "cmd/dedupe/testdata/upgrade/",
	"testdata/articles/", "report/testdata/stats.json", "report/testdata/golden/stats.json", "documents_test.go"}

// TestRetiredWords holds code, its comments, what is printed and its tests to one word an idea.
func TestRetiredWords(t *testing.T) {
	kinds := []string{".go", ".md", ".txtar", ".yaml", ".tmpl", ".css", ".js", ".json", ".html", ".sql", ".tsv"}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !slices.Contains(kinds, filepath.Ext(path)) ||
			slices.ContainsFunc(spared, func(s string) bool { return strings.HasPrefix(filepath.ToSlash(path), s) }) {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		lower := strings.ToLower(string(text))
		for _, word := range retired {
			if i := strings.Index(lower, word); i >= 0 {
				t.Errorf("%s:%d: %q: ARCHITECTURE.md has the word for it", path, strings.Count(lower[:i], "\n")+1, word)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestLengths holds documents to the lengths that a reader has patience for.
func TestLengths(t *testing.T) {
	longest := map[string]int{"README.md": 300, "ARCHITECTURE.md": 250}
	for path, text := range documents(t) {
		if most := longest[path]; most > 0 && strings.Count(text, "\n") > most {
			t.Errorf("%s has more than %d lines: move what few readers need to docs", path, most)
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)

// TestLinks checks that what documents link to is there.
func TestLinks(t *testing.T) {
	for path, text := range documents(t) {
		for _, found := range link.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), found[1])); err != nil {
				t.Errorf("%s links to %s: %v", path, found[1], err)
			}
		}
	}
}

var (
	goBlock  = regexp.MustCompile("(?s)```go\n(package main\n.*?)```")
	modBlock = regexp.MustCompile("(?s)```\n(module .*?replace dedupe => )\\S+\n```")
)

// TestPrograms builds the programs of docs/library.md, each as a module of its own that
// imports this one by the lines that are shown there.
func TestPrograms(t *testing.T) {
	if testing.Short() {
		t.Skip("builds two programs")
	}
	page := documents(t)["docs/library.md"]
	mod := modBlock.FindStringSubmatch(page)
	programs := goBlock.FindAllStringSubmatch(page, -1)
	if mod == nil || len(programs) != 2 {
		t.Fatalf("docs/library.md shows %d programs, and go.mod: %t", len(programs), mod != nil)
	}
	root, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	sums, err := os.ReadFile("go.sum")
	if err != nil {
		t.Fatal(err)
	}
	for i, program := range programs {
		t.Run(fmt.Sprint(i+1), func(t *testing.T) {
			dir := t.TempDir()
			for name, text := range map[string]string{"go.mod": mod[1] + root + "\n", "go.sum": string(sums), "main.go": program[1]} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			run := func(name string, args ...string) string {
				t.Helper()
				command := exec.Command(name, args...)
				command.Dir = dir
				out, err := command.CombinedOutput()
				if err != nil {
					t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
				}
				return string(out)
			}
			run("go", "build", "-mod=mod", "-o", "program", ".")
			if i == 1 { // it takes articles in
				if out := run("./program", "news.db", filepath.Join(root, "testdata", "articles")); !strings.Contains(out, "Linked:") {
					t.Errorf("it prints %s", out)
				}
			}
		})
	}
}
