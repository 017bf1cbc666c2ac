package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestManPages writes the manual pages: one for each command, items on lines of their own.
func TestManPages(t *testing.T) {
	if testing.Short() {
		t.Skip("links the program anew")
	}
	dir := t.TempDir()
	if out, err := exec.Command("go", "run", "-tags", "man", ".", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, page := range []string{"dedupe.1", "dedupe-label-add.1", "dedupe-tune.1"} {
		text, err := os.ReadFile(filepath.Join(dir, page))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "SYNOPSIS") || strings.Contains(string(text), "HISTORY") {
			t.Errorf("%s is\n%s", page, text)
		}
	}
}
