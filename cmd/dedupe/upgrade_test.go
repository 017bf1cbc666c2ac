package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/storage"
)

// upgradeInput is what testdata/upgrade/old.db.gz was made of by the version before
// stored articles were made anew after an update, with two decisions and a pin.
var upgradeInput = []string{"testdata/upgrade/articles.jsonl", "testdata/upgrade/shared.jsonl", "../../testdata/articles", "../../testdata/pages"}

// oldDatabase unpacks that database, and notes in it that it is of an older version.
func oldDatabase(t *testing.T) (path string) {
	t.Helper()
	path = unpacked(t, "old.db.gz")
	store, err := storage.Open(t.Context(), path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := store.SetMeta(t.Context(), map[string]string{"version of words": "0", "version of links": "0"}); err != nil {
		t.Fatal(err)
	}
	return path
}

// unpacked is a database of testdata/upgrade.
func unpacked(t *testing.T, name string) (path string) {
	t.Helper()
	packed, err := os.Open(filepath.Join("testdata/upgrade", name))
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	z, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "old.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// exported is a row of export articles.
type exported struct {
	Article, Outlet, URL, Title, Published, Body, Byline, Date, Language, Credit string

	Representative bool
	Cluster        json.Number
}

// name is the same in every version.
func (e *exported) name() string { return e.URL + " " + e.Title }

func exportedArticles(t *testing.T, db string) (list []exported) {
	t.Helper()
	out, _ := dedupe(t, exitDone, nil, "--db", db, "export", "articles", "--format", "jsonl")
	for line := range strings.Lines(out) {
		var e exported
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		if e.Date >= "2026-11" {
			e.Date = "when it was first seen"
		}
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b exported) int { return strings.Compare(a.Article, b.Article) })
	return list
}

// freshDatabase takes the input in by this version, with what was decided.
func freshDatabase(t *testing.T, decisions string, input ...string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "fresh.db")
	takenIn(t, path, input...)
	file := filepath.Join(t.TempDir(), "decisions.jsonl")
	if err := os.WriteFile(file, []byte(decisions), 0o600); err != nil {
		t.Fatal(err)
	}
	dedupe(t, exitDone, nil, "--db", path, "label", "import", file)
	return path
}

// takenIn is one run over the input, whatever it says of single records.
func takenIn(t *testing.T, db string, input ...string) (stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := exec.Command("dedupe", append([]string{"--db", db, "ingest"}, input...)...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != exitRejected {
		t.Fatalf("%v\n%s", err, &errs)
	}
	return out.String(), errs.String()
}

// upgraded holds that an old database is now what a fresh ingest makes, with the numbers
// of its clusters and with what people decided.
func upgraded(t *testing.T, db string, before []exported) {
	t.Helper()
	said, _ := dedupe(t, exitDone, nil, "--db", db, "ingest", "-")
	if !strings.Contains(said, " 0 new, 0 known, 0 changed") {
		t.Errorf("a run over nothing says %q", said)
	}
	if said, _ := takenIn(t, db, upgradeInput...); !strings.Contains(said, " 0 new, ") || !strings.Contains(said, " 0 changed, ") {
		t.Errorf("the same input again: %s", said)
	}
	decisions, _ := dedupe(t, exitDone, nil, "--db", db, "label", "export")
	if n := strings.Count(decisions, "\n"); n != 2 {
		t.Errorf("%d decisions, want 2:\n%s", n, decisions)
	}
	fresh := freshDatabase(t, decisions, upgradeInput...)
	now, want := exportedArticles(t, db), exportedArticles(t, fresh)
	stayed := map[json.Number]map[json.Number]int{}
	was := map[string]json.Number{}
	for _, e := range before {
		was[e.name()] = e.Cluster
	}
	for i := range now {
		if id := was[now[i].name()]; id != "" {
			if stayed[id] == nil {
				stayed[id] = map[json.Number]int{}
			}
			stayed[id][now[i].Cluster]++
		}
		if strings.HasSuffix(now[i].URL, "aldwenherald.example/2026/tram") && !now[i].Representative {
			t.Errorf("the pinned article does not represent its cluster: %+v", now[i])
		}
	}
	for id, to := range stayed {
		most := json.Number("")
		for other := range to {
			if most == "" || to[other] > to[most] {
				most = other
			}
		}
		if most != id {
			t.Errorf("most of cluster %s are in cluster %q now: %v", id, most, to)
		}
	}
	for _, list := range [][]exported{now, want} {
		for i := range list {
			list[i].Cluster, list[i].Representative = "", false
		}
	}
	if diff := cmp.Diff(want, now); diff != "" {
		t.Errorf("articles (-fresh +upgraded):\n%s", diff)
	}
	sameExports(t, fresh, db)
	dedupe(t, exitDone, nil, "--db", db, "doctor")
}

// sameExports holds that two databases have the same clusters, whatever their numbers, and links.
func sameExports(t *testing.T, fresh, db string) {
	t.Helper()
	for _, what := range []string{"clusters", "pairs"} {
		got, _ := dedupe(t, exitDone, nil, "--db", db, "export", what)
		want, _ := dedupe(t, exitDone, nil, "--db", fresh, "export", what)
		gotten, wanted := sortedLines(got), sortedLines(want)
		if what == "clusters" {
			gotten, wanted = partition(t, got), partition(t, want)
		}
		if diff := cmp.Diff(wanted, gotten); diff != "" {
			t.Errorf("%s (-fresh +upgraded):\n%s", what, diff)
		}
	}
}

// TestUpgrade: the first run over a database that the version before this one left brings
// it up to date by itself.
func TestUpgrade(t *testing.T) {
	db := oldDatabase(t)
	before := exportedArticles(t, db)
	_, said := dedupe(t, exitDone, strings.NewReader(""), "--db", db, "ingest", "-")
	if n := strings.Count(said, "up to date with this version of dedupe"); n != 1 {
		t.Errorf("said %d times what is done:\n%s", n, said)
	}
	upgraded(t, db, before)
}

// TestKilledUpgrade kills runs while they bring a database up to date, until one comes to
// its end. On the way what is stored can be read.
func TestKilledUpgrade(t *testing.T) {
	db := oldDatabase(t)
	before := exportedArticles(t, db)
	killed, told := 0, 0
	for pause := 5 * time.Millisecond; ; pause += pause / 5 {
		run := exec.Command("dedupe", "--db", db, "ingest", "--batch", "3", "-")
		if err := run.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(pause, func() { _ = run.Process.Kill() }) // it may have ended
		err := run.Wait()
		timer.Stop()
		if err == nil {
			break
		}
		killed++
		readers := [][]string{{"report"}, {"export", "clusters"}, {"export", "pairs"}, {"stats"}, {"label", "list"}}
		_, half := dedupe(t, exitDone, nil, append([]string{"--db", db}, readers[killed%len(readers)]...)...)
		told += strings.Count(half, "is being brought up to date with this version of dedupe")
	}
	t.Logf("killed %d times, told %d times that the database is half up to date", killed, told)
	if told == 0 {
		t.Error("never said that the database is half up to date")
	}
	upgraded(t, db, before)
}

// TestConfigOfTheVersionBefore: a configuration file that was written for the version
// before this one still does. All that is said of it is that it fixes the names of fields of that version,
// has a setting by its former name, and one that there is no more.
func TestConfigOfTheVersionBefore(t *testing.T) {
	db := filepath.Join(t.TempDir(), "a.db")
	_, said := dedupe(t, exitDone, strings.NewReader(""), "--db", db, "--config", "testdata/upgrade/config.yaml", "ingest", "-")
	for _, want := range []string{
		"input.fields has the default names of the last version for outlet, url, byline, published, language, body: ",
		"thresholds.told is called thresholds.mentioned now: ",
		"thresholds.full_words is no setting any more: ",
	} {
		if !strings.Contains(said, want) || strings.Count(said, "\n") != 3 {
			t.Errorf("said %q, want %q", said, want)
		}
	}
}
