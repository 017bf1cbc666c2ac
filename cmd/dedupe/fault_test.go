//go:build darwin || freebsd || linux

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"dedupe/storage"
	"dedupe/storage/faultvfs"
)

// faultInEnvironment names the variable that lets the disk of a dedupe of these tests fail. It
// holds a faultvfs.Fault as JSON.
const faultInEnvironment = "TEST_FAULT_OF_DEDUPE"

func init() {
	if value := os.Getenv(faultInEnvironment); value != "" {
		var fault faultvfs.Fault
		if err := json.Unmarshal([]byte(value), &fault); err != nil {
			panic(err)
		}
		faultvfs.New(true).Set(fault)
	}
}

// TestFaultyDisk: a command whose disk fails says so in a line or two that name the file and what
// to do, exits with 1, and does its work when it is called again. What can be done without is done
// without.
func TestFaultyDisk(t *testing.T) {
	base := filepath.Join(t.TempDir(), "base.db")
	dedupe(t, exitDone, nil, "--db", base, "ingest", "../../testdata/articles/2026-03-week-1.jsonl")
	commands := [][]string{
		{"ingest", "--batch", "8", "../../testdata/articles/2026-03-week-2.jsonl"},
		{"label", "add", "c1", "c2", "different"},
		{"recluster", "--texts"},
		{"report", "--since-last"},
		{"show", "c1"},
	}
	commands[1] = append([]string{"label", "add"}, twoArticles(t, base)...)
	failed := 0
	for i, command := range commands {
		for call, name := range faultvfs.Calls {
			at := 1 + (i*7+int(call)*3)%20
			if testing.Short() && (i+int(call))%4 != 0 {
				continue
			}
			t.Run(command[0]+" "+name, func(t *testing.T) {
				db := filepath.Join(t.TempDir(), "a.db")
				data, err := os.ReadFile(base)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(db, data, 0o600); err != nil {
					t.Fatal(err)
				}
				value, _ := json.Marshal(faultvfs.Fault{Call: call, At: at, Lasting: i%2 == 0}) // plain numbers cannot fail
				var stderr bytes.Buffer
				args := append([]string{"--db", db}, command...)
				cmd := exec.Command("dedupe", args...)
				cmd.Env, cmd.Stderr = append(os.Environ(), faultInEnvironment+"="+string(value)), &stderr
				_ = cmd.Run()
				said := stderr.String()
				switch code := cmd.ProcessState.ExitCode(); {
				case code == exitFailed && strings.HasPrefix(said, "dedupe: ") && strings.Contains(said, db) && strings.Contains(said, "; "):
					failed++
				case code != exitDone:
					t.Errorf("%s fails: exit code %d\n%s", value, code, said)
				}
				if strings.Contains(said, "goroutine ") || strings.Count(said, "\n") > 4 {
					t.Errorf("%s fails: it says\n%s", value, said)
				}
				dedupe(t, exitDone, nil, args...)
				dedupe(t, exitDone, nil, "--db", db, "doctor")
			})
		}
	}
	if failed == 0 {
		t.Error("nothing failed")
	}
	t.Logf("%d commands failed", failed)
}

// twoArticles names two articles of a database, for label add.
func twoArticles(t *testing.T, db string) []string {
	t.Helper()
	store, err := storage.Open(t.Context(), db, storage.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	view, err := store.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	var names []string
	for a, err := range view.Articles(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if names = append(names, a.Name()); len(names) == 2 {
			break
		}
	}
	return append(names, "different")
}
