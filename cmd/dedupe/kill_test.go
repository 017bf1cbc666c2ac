package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/storage"
)

// load returns n records as JSON lines, a fifth of them copies, enough text to
// fill pipes.
func load(n int) [][]byte {
	r := rand.New(rand.NewPCG(7, 7))
	words := func(n int) string {
		var b strings.Builder
		for range n {
			fmt.Fprintf(&b, "word%x ", r.IntN(5000))
		}
		return b.String()
	}
	var lines [][]byte
	body := ""
	for i := range n {
		if i%5 != 4 {
			body = words(150)
		}
		line, _ := json.Marshal(map[string]string{
			"id": fmt.Sprint(i), "outlet": fmt.Sprintf("outlet %d", i%7), "title": strings.Join(strings.Fields(body)[:8], " "),
			"published": fmt.Sprintf("2026-03-%02dT08:00:00Z", 1+i*20/n), "body": body,
		})
		lines = append(lines, append(line, '\n'))
	}
	return lines
}

// dedupe runs one command line in a process of its own.
func dedupe(t *testing.T, want int, stdin io.Reader, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := exec.Command("dedupe", args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = stdin, &out, &errs
	err := cmd.Run()
	if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != want {
		t.Fatalf("dedupe %s: exit code %d, want %d\n%s", strings.Join(args, " "), got, want, &errs)
	}
	return out.String(), errs.String()
}

// partition reads an export of clusters as sets of articles, whatever the
// clusters' numbers.
func partition(t *testing.T, export string) []string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(export)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	members := map[string][]string{}
	for _, row := range rows[1:] {
		id := row[1]
		if id == "" {
			id = "alone " + row[0]
		}
		members[id] = append(members[id], row[0])
	}
	var sets []string
	for _, list := range members {
		slices.Sort(list)
		sets = append(sets, strings.Join(list, " "))
	}
	slices.Sort(sets)
	return sets
}

// TestKilledRun holds a run in the middle of its input, looks at the lock it
// holds, kills it, and wants the next run to finish the work as if nothing had
// happened.
func TestKilledRun(t *testing.T) {
	const records, written = 2000, 1600
	lines := load(records)
	all := bytes.Join(lines, nil)
	db := filepath.Join(t.TempDir(), "a.db")
	args := []string{"--db", db, "ingest", "--batch", "50", "-"}

	run := exec.Command("dedupe", args...)
	in, err := run.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	// A pipe takes 64 KiB: once all this is written, most of it has been read,
	// and all but the last batches are stored.
	if _, err := in.Write(bytes.Join(lines[:written], nil)); err != nil {
		t.Fatal(err)
	}

	_, held := dedupe(t, exitLocked, nil, "--db", db, "ingest", "-")
	for _, want := range []string{"held by `ingest`", fmt.Sprintf("process %d on ", run.Process.Pid)} {
		if !strings.Contains(held, want) {
			t.Errorf("a second run says %q, which does not name the holder: %q", held, want)
		}
	}
	dedupe(t, exitDone, nil, "--db", db, "report") // people may read meanwhile

	if err := run.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = run.Wait() // it was killed
	stored, _ := dedupe(t, exitDone, nil, "--db", db, "export", "clusters")
	if n := strings.Count(stored, "\n") - 1; n < written/4 || n > written {
		t.Errorf("%d articles of %d are stored after the kill", n, written)
	}
	_, warned := dedupe(t, exitDone, bytes.NewReader(all), args...)
	if !strings.Contains(warned, "the last run did not end by itself") {
		t.Errorf("the next run says nothing of the one that was killed: %q", warned)
	}

	whole := filepath.Join(t.TempDir(), "b.db")
	dedupe(t, exitDone, bytes.NewReader(all), "--db", whole, "ingest", "-")
	got, _ := dedupe(t, exitDone, nil, "--db", db, "export", "clusters")
	want, _ := dedupe(t, exitDone, nil, "--db", whole, "export", "clusters")
	if diff := cmp.Diff(partition(t, want), partition(t, got)); diff != "" {
		t.Errorf("clusters after a kill and a second run (-want +got):\n%s", diff)
	}
	got, _ = dedupe(t, exitDone, nil, "--db", db, "export", "pairs")
	want, _ = dedupe(t, exitDone, nil, "--db", whole, "export", "pairs")
	if diff := cmp.Diff(sortedLines(want), sortedLines(got)); diff != "" {
		t.Errorf("links after a kill and a second run (-want +got):\n%s", diff)
	}
}

// killUntilDone runs a command line again and again, each time a little longer before it is killed,
// until it comes to its end. between is called after each kill. It returns the number of kills.
func killUntilDone(t *testing.T, between func(), args ...string) (killed int) {
	t.Helper()
	for pause := 5 * time.Millisecond; ; pause += pause / 4 {
		var errs bytes.Buffer
		run := exec.Command("dedupe", args...)
		run.Stderr = &errs
		if err := run.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(pause, func() { _ = run.Process.Kill() }) // it may have ended
		err := run.Wait()
		timer.Stop()
		if err == nil {
			t.Logf("killed %d times", killed)
			return killed
		}
		if run.ProcessState.ExitCode() >= 0 {
			t.Fatalf("dedupe %s: %v\n%s", strings.Join(args, " "), err, &errs)
		}
		killed++
		between()
	}
}

// TestKilledRecluster kills reclusters in the middle, of each kind, until one
// comes to its end. What comes out is what a fresh ingest by the new settings
// yields; on the way the database is whole, and knows what is not finished.
func TestKilledRecluster(t *testing.T) {
	const records = 1500
	all := bytes.Join(load(records), nil)
	for _, tt := range []struct {
		name  string
		flags []string
		env   []string
	}{
		{"evidence", nil, []string{"DEDUPE_THRESHOLDS_EXCERPT=0.95", "DEDUPE_THRESHOLDS_REWRITE=0.95"}},
		{"texts", []string{"--texts"}, []string{"DEDUPE_THRESHOLDS_EXCERPT=0.95"}},
		{"index", nil, []string{"DEDUPE_TEXT_SHINGLE_SIZE=5"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			db, fresh := filepath.Join(t.TempDir(), "a.db"), filepath.Join(t.TempDir(), "b.db")
			dedupe(t, exitDone, bytes.NewReader(all), "--db", db, "ingest", "-")
			for _, setting := range tt.env {
				name, value, _ := strings.Cut(setting, "=")
				t.Setenv(name, value)
			}
			args := append([]string{"--db", db, "recluster", "--batch", "20"}, tt.flags...)
			killed := killUntilDone(t, func() {}, args...)
			dedupe(t, exitDone, bytes.NewReader(all), "--db", fresh, "ingest", "-")
			for _, what := range []string{"clusters", "pairs"} {
				got, _ := dedupe(t, exitDone, nil, "--db", db, "export", what)
				want, _ := dedupe(t, exitDone, nil, "--db", fresh, "export", what)
				gotten, wanted := sortedLines(got), sortedLines(want)
				if what == "clusters" {
					gotten, wanted = partition(t, got), partition(t, want)
				}
				if diff := cmp.Diff(wanted, gotten); diff != "" {
					t.Errorf("%s after %d kills (-fresh +reclustered):\n%s", what, killed, diff)
				}
			}
			_, said := dedupe(t, exitDone, strings.NewReader(""), "--db", db, "ingest", "-")
			if said != "" {
				t.Errorf("the next run says %q", said)
			}
		})
	}
}

// TestSettingsSetBack kills reclusters in the middle and sets the settings back: the next run
// finishes what was half done, so that no links of two settings are mixed.
func TestSettingsSetBack(t *testing.T) {
	all := bytes.Join(load(1500), nil)
	for _, tt := range []struct {
		name, setting, value string
	}{
		{"evidence", "DEDUPE_THRESHOLDS_EXCERPT", "0.95"},
		{"texts", "DEDUPE_WINDOW", "2d"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			db := filepath.Join(t.TempDir(), "a.db")
			dedupe(t, exitDone, bytes.NewReader(all), "--db", db, "ingest", "-")
			want, _ := dedupe(t, exitDone, nil, "--db", db, "export", "pairs")
			halfway := 0
			for pause := 40 * time.Millisecond; pause < 2*time.Second; pause += pause / 10 {
				run := exec.Command("dedupe", "--db", db, "recluster", "--batch", "5")
				run.Env = append(os.Environ(), tt.setting+"="+tt.value)
				if err := run.Start(); err != nil {
					t.Fatal(err)
				}
				timer := time.AfterFunc(pause, func() { _ = run.Process.Kill() }) // it may have ended
				ended := run.Wait() == nil
				timer.Stop()
				_, said := dedupe(t, exitDone, strings.NewReader(""), "--db", db, "ingest", "-")
				if strings.Contains(said, "stopped before its end") {
					halfway++
				}
				if ended {
					break
				}
				got, _ := dedupe(t, exitDone, nil, "--db", db, "export", "pairs")
				if diff := cmp.Diff(sortedLines(want), sortedLines(got)); diff != "" {
					t.Fatalf("links after a kill at %v and settings set back (-before +after):\n%s", pause, diff)
				}
			}
			if halfway == 0 {
				t.Error("no recluster was found half done")
			}
		})
	}
}

// TestStoppedRun asks a run that waits for more input to end: it says so, gives
// the lock back, and keeps what it stored.
func TestStoppedRun(t *testing.T) {
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			db := filepath.Join(t.TempDir(), "a.db")
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			run := exec.CommandContext(ctx, "dedupe", "--db", db, "ingest", "--batch", "50", "-")
			var errs bytes.Buffer
			run.Stderr = &errs
			in, err := run.StdinPipe() // stays open: the run waits
			if err != nil {
				t.Fatal(err)
			}
			if err := run.Start(); err != nil {
				t.Fatal(err)
			}
			if _, err := in.Write(bytes.Join(load(1000), nil)); err != nil {
				t.Fatal(err)
			}
			if err := run.Process.Signal(signal); err != nil {
				t.Skip("no such signal here:", err)
			}
			_ = run.Wait() // the exit code says how it ended
			if got := run.ProcessState.ExitCode(); got != exitFailed || !strings.Contains(errs.String(), "dedupe: stopped; what was committed stays") {
				t.Errorf("exit code %d, want %d; it says\n%s", got, exitFailed, &errs)
			}
			if left, _ := filepath.Glob(db + "*"); len(left) != 1 {
				t.Errorf("left behind: %q", left)
			}
			_, said := dedupe(t, exitDone, strings.NewReader(""), "--db", db, "ingest", "-")
			if said != "" {
				t.Errorf("the next run says %q", said)
			}
		})
	}
}

func sortedLines(s string) []string { return slices.Sorted(strings.Lines(s)) }

// killHalfway kills a command line that forgets, until it is killed after it has begun to.
func killHalfway(t *testing.T, db string, args ...string) (killed int) {
	t.Helper()
	for pause := 20 * time.Millisecond; ; pause += pause / 4 {
		run := exec.Command("dedupe", args...)
		if err := run.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(pause, func() { _ = run.Process.Kill() }) // it may have ended
		err := run.Wait()
		timer.Stop()
		if err == nil {
			t.Fatalf("killed %d times, never half-way", killed)
		}
		killed++
		store, err := storage.Open(t.Context(), db, storage.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		halfway, err := store.Halfway(t.Context())
		if err = errors.Join(err, store.Close()); err != nil {
			t.Fatal(err)
		}
		if halfway {
			return killed
		}
	}
}

// found counts the texts that stand in the files of a folder.
func found(t *testing.T, folder string, texts []string) (n int) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, data...)
	}
	for _, text := range texts {
		if bytes.Contains(all, []byte(text)) {
			n++
		}
	}
	return n
}

// TestKilledShards kills shard and merge in the middle until each comes to its end: the folder is there at the end and whole,
// or not at all; the databases are joined to what one run makes, and those joined stay as they are.
func TestKilledShards(t *testing.T) {
	t.Setenv("DEDUPE_WINDOW", "2d")
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	all := bytes.Join(load(1500), nil)
	if err := os.WriteFile(at("all.jsonl"), all, 0o666); err != nil {
		t.Fatal(err)
	}
	read := func(pattern string) (list []string) {
		names, err := filepath.Glob(at(pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, filepath.Base(name)+"\n"+string(data))
		}
		return list
	}
	dedupe(t, exitDone, nil, "shard", "--shards", "3", "--out", at("whole"), at("all.jsonl"))
	want := read("whole/*")
	killed := killUntilDone(t, func() {
		if got := read("shards/*"); len(got) > 0 && !slices.Equal(want, got) { // it was killed after its end
			t.Error("a part of the shards is there")
		}
		if err := os.RemoveAll(at("shards")); err != nil {
			t.Fatal(err)
		}
	}, "shard", "--shards", "3", "--out", at("shards"), at("all.jsonl"))
	if got := read("shards/*"); len(want) != 3 || !slices.Equal(want, got) {
		t.Errorf("after %d kills %d shards are not those of one that was not killed", killed, len(got))
	}
	merge := []string{"--db", at("joined.db"), "merge", "--batch", "20"}
	for i := range want {
		name, _, _ := strings.Cut(want[i], "\n")
		db := at(fmt.Sprint("shard", i, ".db"))
		dedupe(t, exitDone, nil, "--db", db, "ingest", at("shards/"+name))
		merge = append(merge, db)
	}
	before := read("shard?.db")
	killed = killUntilDone(t, func() {}, merge...)
	if !slices.Equal(before, read("shard?.db")) {
		t.Error("what was joined is not as it was")
	}
	dedupe(t, exitDone, nil, "--db", at("one.db"), "ingest", at("all.jsonl"))
	for _, what := range []string{"clusters", "pairs"} {
		got, _ := dedupe(t, exitDone, nil, "--db", at("joined.db"), "export", what)
		want, _ := dedupe(t, exitDone, nil, "--db", at("one.db"), "export", what)
		gotten, wanted := sortedLines(got), sortedLines(want)
		if what == "clusters" {
			gotten, wanted = partition(t, got), partition(t, want)
		}
		if diff := cmp.Diff(wanted, gotten); diff != "" {
			t.Errorf("%s after %d kills (-one run +joined):\n%s", what, killed, diff)
		}
	}
	if _, said := dedupe(t, exitDone, strings.NewReader(""), "--db", at("joined.db"), "ingest", "-"); said != "" {
		t.Errorf("the next run says %q", said)
	}
}
