package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"

	"dedupe/storage"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"dedupe": main})
}

// TestScripts runs every file of testdata/script: the command line as people
// and cron see it. Besides testscript's own commands there is
//
//	exits CODE COMMAND [arguments]
//
// which runs the command and wants exactly that exit code, and
//
//	forms FILE N
//
// which writes a file of N articles of as many outlets, all cut from one form,
//
//	longline FILE BYTES
//
// which appends a record of that length to a file, "empty FOLDER", and
//
//	note DATABASE NAME VALUE
//
// which notes a fact of the whole database as another version of dedupe would. $TESTDATA is the folder of
// that name at the root of the repository.
func TestScripts(t *testing.T) {
	corpus, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               func(env *testscript.Env) error { env.Setenv("TESTDATA", corpus); return nil },
		Condition:           condition,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "longline": longline, "forms": writeForms, "empty": empty, "note": note},
	})
}

// condition knows, besides testscript's own, "root": rights mean nothing, and
// "namespaces": unshare can mount in a namespace of its own.
func condition(name string) (bool, error) {
	switch name {
	case "root":
		return os.Geteuid() == 0, nil
	case "namespaces":
		return exec.Command("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt").Run() == nil, nil
	}
	return false, fmt.Errorf("unknown condition %q", name)
}

// longline appends one JSON record of so many bytes.
func longline(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 2 {
		ts.Fatalf("usage: longline FILE BYTES")
	}
	size, err := strconv.Atoi(args[1])
	ts.Check(err)
	file, err := os.OpenFile(ts.MkAbs(args[0]), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	ts.Check(err)
	const head, tail = `{"title":"Long","body":"`, "\"}\n"
	const filler = "words without end "
	_, err = file.WriteString(head + strings.Repeat(filler, size/len(filler)) + tail)
	ts.Check(errors.Join(err, file.Close()))
}

// writeForms writes a file of so many articles.
func writeForms(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 2 {
		ts.Fatalf("usage: forms FILE N")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), forms(n), 0o666))
}

// note stores a fact of the whole database.
func note(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) != 3 {
		ts.Fatalf("usage: note DATABASE NAME VALUE")
	}
	store, err := storage.Open(context.Background(), ts.MkAbs(args[0]), storage.Options{})
	ts.Check(err)
	ts.Check(errors.Join(store.SetMeta(context.Background(), map[string]string{args[1]: args[2]}), store.Close()))
}

func exits(ts *testscript.TestScript, negated bool, args []string) {
	if negated || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [arguments]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit := new(exec.ExitError)
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// TestBuildWithoutCompiler checks that a build without a C compiler, for which
// Go turns cgo off, names the remedy.
func TestBuildWithoutCompiler(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the standard library without cgo")
	}
	build := exec.Command("go", "build", "-o", os.DevNull, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	if err == nil {
		t.Fatal("dedupe builds without a C compiler, and would fail at its first query")
	}
	if !strings.Contains(string(out), "install_gcc") {
		t.Errorf("the compiler does not name the remedy:\n%s", out)
	}
}

// TestManual holds doc.go to the commands and global flags there are.
func TestManual(t *testing.T) {
	data, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	manual := string(data)
	root := newRoot(newApp(strings.NewReader(""), io.Discard, io.Discard))
	for _, c := range root.Commands() {
		if !strings.Contains(manual, "\n\tdedupe "+c.Name()) {
			t.Errorf("doc.go does not name the command %s", c.Name())
		}
	}
	for _, flag := range []string{"config", "db", "json", "quiet", "verbose", "no-color"} {
		if root.PersistentFlags().Lookup(flag) == nil {
			t.Errorf("no global flag --%s", flag)
		}
		if !strings.Contains(manual, "\n\t--"+flag) {
			t.Errorf("doc.go does not name the flag --%s", flag)
		}
	}
}

// TestCommands holds every command to the form of all: it says what it does,
// and leaves printing of errors and loading of settings to run.
func TestCommands(t *testing.T) {
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		for _, child := range c.Commands() {
			t.Run(child.CommandPath(), func(t *testing.T) {
				if child.Short == "" || strings.HasSuffix(child.Short, ".") {
					t.Errorf("short description %q, want one line without a full stop", child.Short)
				}
				if child.Runnable() && (child.RunE == nil || child.Args == nil) {
					t.Error("a command has RunE and says with Args what it takes")
				}
				if child.PersistentPreRunE != nil || child.PersistentPreRun != nil {
					t.Error("a PersistentPreRun of a command's own hides that of the root, which loads the settings")
				}
			})
			walk(child)
		}
	}
	walk(newRoot(newApp(strings.NewReader(""), io.Discard, io.Discard)))
}
