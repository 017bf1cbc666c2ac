package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// empty wants a folder with nothing in it:
//
//	[!] empty FOLDER
func empty(ts *testscript.TestScript, negated bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: empty FOLDER")
	}
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	if (len(entries) == 0) == negated {
		ts.Fatalf("%d entries in %s", len(entries), args[0])
	}
}

// onWrite calls a function at the first write.
type onWrite struct {
	bytes.Buffer
	do func()
}

func (w *onWrite) Write(p []byte) (int, error) {
	if w.Len() == 0 {
		w.do()
	}
	return w.Buffer.Write(p)
}

// TestBenchInterrupted stops the benchmark, as a signal does, when the load is
// made: nothing stays of it.
func TestBenchInterrupted(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Chdir(t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	stderr := &onWrite{do: func() {
		if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
			t.Errorf("before it is stopped %d folders: %v", len(entries), err)
		}
		cancel()
	}}
	var stdout bytes.Buffer
	if code := run(ctx, []string{"bench", "--articles", "500"}, strings.NewReader(""), &stdout, stderr); code != exitFailed {
		t.Errorf("exit code %d, want %d", code, exitFailed)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("%d folders stay: %v", len(entries), err)
	}
	if !strings.HasSuffix(stderr.String(), "dedupe: stopped; nothing was measured\n") || stdout.Len() > 0 {
		t.Errorf("standard error:\n%s\nstandard output:\n%s", stderr, &stdout)
	}
}
