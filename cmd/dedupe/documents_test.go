package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write what commands print now into README.md and docs")

// TestDocuments runs the commands that README.md and the pages of docs show in blocks of
// console, page by page, and compares what they print to standard output with what the
// page shows. A page of docs begins where "dedupe run" has been; its commands go on from
// one another. In what is shown "(differs)" stands for any text of a line, and a line
// "[...]" for any lines.
func TestDocuments(t *testing.T) {
	if testing.Short() {
		t.Skip("runs some forty commands")
	}
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages in docs (%v)", err)
	}
	for _, page := range append(pages, "../../README.md") {
		t.Run(filepath.Base(page), func(t *testing.T) { checkPage(t, page) })
	}
}

// shown is a command of a page, and what it prints by that.
type shown struct {
	command string
	first   int // line of the page after the command's
	lines   []string
}

// readShown returns the commands in blocks of console.
func readShown(lines []string) (list []shown) {
	inside := false
	for i, line := range lines {
		switch {
		case strings.HasPrefix(line, "```"):
			inside = line == "```console"
		case !inside:
		case strings.HasPrefix(line, "$ "):
			command := strings.ReplaceAll(line[2:], "go run ./cmd/dedupe", "dedupe")
			list = append(list, shown{command: command, first: i + 1})
		default:
			last := &list[len(list)-1]
			last.lines = append(last.lines, line)
		}
	}
	return list
}

func checkPage(t *testing.T, page string) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	list := readShown(lines)
	if len(list) == 0 {
		t.Skip("shows no commands")
	}
	dir := t.TempDir()
	settings, err := os.ReadFile("../../config.yaml")
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "config.yaml"), settings, 0o666)
	}
	if err == nil {
		err = os.CopyFS(filepath.Join(dir, "testdata"), os.DirFS("../../testdata"))
	}
	if err != nil {
		t.Fatal(err)
	}
	var script strings.Builder
	if filepath.Base(page) != "README.md" {
		script.WriteString("dedupe run --quiet > /dev/null\n")
	}
	for _, s := range list {
		fmt.Fprintf(&script, "printf '\\001'\n%s\n", s.command)
	}
	shell := exec.Command("sh", "-c", script.String())
	shell.Dir = dir
	shell.Stderr = os.Stderr
	if !testing.Verbose() {
		shell.Stderr = nil
	}
	out, _ := shell.Output() // the exit code is that of the last command, whatever it is to be
	printed := strings.Split(strings.NewReplacer("\u2068", "", "\u2069", "").Replace(string(out)), "\x01")[1:]
	if len(printed) != len(list) {
		t.Fatalf("%d of %d commands were run: %q", len(printed), len(list), out)
	}
	for i := len(list) - 1; i >= 0; i-- { // backwards, so that lines keep their places
		s := list[i]
		if _, err := exec.LookPath("sqlite3"); err != nil && strings.Contains(s.command, "sqlite3") {
			continue
		}
		got := strings.Split(strings.TrimRight(printed[i], "\n"), "\n")
		for j := range got {
			got[j] = strings.TrimRight(got[j], " ")
		}
		want := s.lines
		for len(want) > 0 && want[len(want)-1] == "" {
			want = want[:len(want)-1]
		}
		if pattern(want).MatchString(strings.Join(got, "\n") + "\n") {
			continue
		}
		if *update {
			lines = append(lines[:s.first:s.first], append(got, lines[s.first+len(want):]...)...)
		}
		t.Errorf("$ %s (-shown +printed); if that is right: go test ./cmd/dedupe -run Documents -update, then look at the page\n%s",
			s.command, cmp.Diff(want, got))
	}
	if *update {
		if err := os.WriteFile(page, []byte(strings.Join(lines, "\n")), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

var differs = regexp.MustCompile(`\\\(differs\\\) *`) // quoted, with what fills the column

// pattern is what output must match that is shown so.
func pattern(lines []string) *regexp.Regexp {
	var b strings.Builder
	b.WriteString(`\A`)
	if len(lines) == 0 {
		b.WriteString(`\n?`)
	}
	for _, line := range lines {
		if line == "[...]" {
			b.WriteString(`(?:.*\n)*?`)
			continue
		}
		b.WriteString(differs.ReplaceAllLiteralString(regexp.QuoteMeta(strings.TrimRight(line, " ")), `.*`) + `\n`)
	}
	b.WriteString(`\z`)
	return regexp.MustCompile(b.String())
}
