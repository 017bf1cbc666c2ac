package main

import (
	"bytes"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// process is a run in the middle of its input.
type process struct {
	*exec.Cmd
	in   io.WriteCloser
	errs bytes.Buffer
}

func startRun(t *testing.T, db string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command("dedupe", "--db", db, "ingest", "--batch", "20", "-")}
	p.Stderr = &p.errs
	var err error
	if p.in, err = p.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Process.Kill() }) // it may have ended
	return p
}

// feed gives it some of its input; one that has ended reads no more.
func (p *process) feed(lines [][]byte) { _, _ = p.in.Write(bytes.Join(lines, nil)) }

func (p *process) end() (code int, said string) {
	_ = p.in.Close()
	_ = p.Wait() // the exit code says how it ended
	return p.ProcessState.ExitCode(), p.errs.String()
}

// TestTwoRunsWithoutLock deletes the lock file while a run is at work and begins
// another one over the same articles, batches of both in any order. One of them comes
// to its end and the other one ends with code 3, or is killed; afterwards all is as if
// one had run.
func TestTwoRunsWithoutLock(t *testing.T) {
	const records = 1000
	lines := load(records)
	all := bytes.Join(lines, nil)
	whole := filepath.Join(t.TempDir(), "whole.db")
	dedupe(t, exitDone, bytes.NewReader(all), "--db", whole, "ingest", "-")
	for _, test := range []struct {
		name         string
		first        int // records that the first reads before the second begins
		order        string
		codes        [2]int
		killedSecond bool
	}{
		{"the second ends while the first waits", 400, "22221", [2]int{-1, -1}, false},
		{"the first goes on while the second waits", 400, "11112", [2]int{-1, -1}, false},
		{"in turn", 300, "", [2]int{-1, -1}, false},
		{"in turn from the start", 0, "", [2]int{-1, -1}, false},
		{"the second is killed before it stores anything", 400, "1111", [2]int{exitDone, -1}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			db := filepath.Join(t.TempDir(), "a.db")
			var runs [2]*process
			left := [2][][]byte{lines[test.first:], lines}
			runs[0] = startRun(t, db)
			runs[0].feed(lines[:test.first])
			waitFor(t, db+".lock")
			waitFor(t, db+"-wal")
			if err := os.Remove(db + ".lock"); err != nil {
				t.Fatal(err)
			}
			runs[1] = startRun(t, db)
			waitFor(t, db+".lock")
			if test.killedSecond {
				if err := runs[1].Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
			order := test.order
			for r := rand.New(rand.NewPCG(1, 1)); order == "" && len(left[0])+len(left[1]) > 0; {
				who := r.IntN(2)
				n := min(len(left[who]), 1+r.IntN(60))
				runs[who].feed(left[who][:n])
				left[who] = left[who][n:]
			}
			var codes [2]int
			var said [2]string
			ended := [2]bool{}
			for _, c := range order {
				who := int(c - '1')
				n := min(len(left[who]), records/4)
				runs[who].feed(left[who][:n])
				if left[who] = left[who][n:]; len(left[who]) == 0 && !ended[who] {
					codes[who], said[who] = runs[who].end()
					ended[who] = true
				}
			}
			for who := range runs {
				if !ended[who] {
					codes[who], said[who] = runs[who].end()
				}
			}
			t.Logf("codes %d", codes)
			if test.codes[0] >= 0 && codes[0] != test.codes[0] || test.codes[1] >= 0 && codes[1] != test.codes[1] {
				t.Errorf("codes %d, want %d", codes, test.codes)
			}
			done := 0
			for who, code := range codes {
				switch {
				case code == exitDone:
					done++
				case test.killedSecond && who == 1:
				case code != exitLocked || !strings.Contains(said[who], "another run has begun: ") || strings.Contains(said[who], "panic"):
					t.Errorf("run %d ends with code %d and says\n%s", who+1, code, said[who])
				}
			}
			if done != 1 {
				t.Errorf("%d runs came to their end, want one of the two", done)
			}
			dedupe(t, exitDone, bytes.NewReader(all), "--db", db, "ingest", "-")
			for what, of := range map[string]func(string) []string{
				"clusters": func(s string) []string { return partition(t, s) }, "pairs": sortedLines,
			} {
				got, _ := dedupe(t, exitDone, nil, "--db", db, "export", what)
				want, _ := dedupe(t, exitDone, nil, "--db", whole, "export", what)
				if diff := cmp.Diff(of(want), of(got)); diff != "" {
					t.Errorf("%s (-want +got):\n%s", what, diff)
				}
			}
		})
	}
}

// waitFor waits until a file is there.
func waitFor(t *testing.T, name string) {
	t.Helper()
	for {
		if _, err := os.Stat(name); err == nil {
			return
		}
		if err := t.Context().Err(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestReplacedDuringRun replaces the database while a run is at work: it ends with code
// 1 and says what happened, and what was put in its place is as it was.
func TestReplacedDuringRun(t *testing.T) {
	lines := load(600)
	for _, test := range []struct {
		name string
		do   func(db, backup string) error
		says string
		left bool // the backup stands there then
	}{
		{"removed", func(db, _ string) error { return os.Remove(db) }, "it was moved or removed during the run", false},
		{"moved", func(db, _ string) error { return os.Rename(db, db+".old") }, "it was moved or removed during the run", false},
		{"backup moved in", func(db, backup string) error { return os.Rename(backup, db) }, "another file was put in its place during the run", true},
		{"backup copied over", func(db, backup string) error {
			data, err := os.ReadFile(backup)
			if err != nil {
				return err
			}
			return os.WriteFile(db, data, 0o600)
		}, "another content was written over it during the run", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			db, backup := filepath.Join(dir, "a.db"), filepath.Join(dir, "backup.db")
			dedupe(t, exitDone, bytes.NewReader(bytes.Join(lines[:100], nil)), "--db", db, "ingest", "-")
			data, err := os.ReadFile(db)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(backup, data, 0o600); err != nil {
				t.Fatal(err)
			}
			run := startRun(t, db)
			run.feed(lines[100:400])
			waitFor(t, db+"-wal")
			if err := test.do(db, backup); err != nil {
				t.Fatal(err)
			}
			run.feed(lines[400:])
			code, said := run.end()
			if code != exitFailed || strings.Count(said, test.says) != 1 || !strings.Contains(said, "run again") || strings.Contains(said, "panic") {
				t.Errorf("code %d, want %d and %q; it says\n%s", code, exitFailed, test.says, said)
			}
			if !test.left {
				return
			}
			if now, err := os.ReadFile(db); !bytes.Equal(now, data) {
				t.Errorf("the backup was changed, %v", err)
			}
			rows, _ := dedupe(t, exitDone, nil, "--db", db, "export", "clusters")
			if n := strings.Count(rows, "\n") - 1; n != 100 {
				t.Errorf("%d articles in the backup, want 100", n)
			}
			dedupe(t, exitDone, bytes.NewReader(bytes.Join(lines, nil)), "--db", db, "ingest", "-")
			rows, _ = dedupe(t, exitDone, nil, "--db", db, "export", "clusters")
			if n := strings.Count(rows, "\n") - 1; n != 600 {
				t.Errorf("%d articles after the next run, want 600", n)
			}
		})
	}
}
