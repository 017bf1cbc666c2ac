package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/storage"
)

// damageable makes a database that has rows in every table that a reader decodes, and returns
// the path of it.
func damageable(t *testing.T, dir, corpus string) string {
	t.Setenv("XDG_CONFIG_HOME", dir)
	path := filepath.Join(dir, "base.db")
	do := func(stdin string, args ...string) {
		t.Helper()
		var out bytes.Buffer
		if code := run(t.Context(), append([]string{"--db", path}, args...), strings.NewReader(stdin), &out, &out); code != exitDone {
			t.Fatalf("%v: exit code %d\n%s", args, code, &out)
		}
	}
	// Two runs, so that there are two segments and two rows of places.
	do("", "ingest", filepath.Join(corpus, "articles", "2026-03-week-1.jsonl"), filepath.Join(corpus, "articles", "daily-group.jsonl"))
	do("", "ingest", filepath.Join(corpus, "articles"), filepath.Join(corpus, "pages"))
	do("k\nq\n", "review")
	do("", "label", "add", "#1", "#2", "same")
	do("", "label", "add", "#1", "#9", "different")
	do("", "cluster", "pin", "#1")
	do("", "boilerplate", "block", "Subscribe to our morning letter and read what happens in town before anybody else does.")
	do("", "recluster")
	return path
}

// TestShareAboveOne opens a database that an earlier dedupe wrote: words weighed by the bytes of
// their spelling, so that an apostrophe (’ and ') made a share above 1, which no reader took. All
// goes on, and recluster or the next run makes it whole.
func TestShareAboveOne(t *testing.T) {
	packed, err := os.Open("testdata/share-above-one.db.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", dir)
	third := filepath.Join(dir, "third.jsonl")
	record, _ := json.Marshal(map[string]string{"id": "d", "outlet": "Pier Gazette", "published": "2026-04-10T12:00:00Z",
		"body": "The ferry's captain said island's plan to paint pier until May would the harbour's boats summer, and haven't been told who'll pay it or don't want to"})
	if err := os.WriteFile(third, record, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, mending := range [][]string{{"recluster"}, {"ingest", third}} {
		t.Run(mending[0], func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.db")
			if err := os.WriteFile(path, data, 0o666); err != nil {
				t.Fatal(err)
			}
			do := func(want int, args ...string) {
				t.Helper()
				var out, log bytes.Buffer
				if code := run(t.Context(), append([]string{"--db", path}, args...), strings.NewReader(""), &out, &log); code != want {
					t.Errorf("%v: exit code %d, want %d\n%s%s", args, code, want, &out, &log)
				}
				if want == exitRejected && !strings.Contains(log.String(), `row="pair 1-2"`) {
					t.Errorf("%v does not name the pair:\n%s", args, &log)
				}
			}
			if store, err := storage.Open(t.Context(), path, storage.Options{}); err != nil || store.Close() != nil { // of an earlier schema
				t.Fatal(err)
			}
			do(exitRejected, "report")
			do(exitRejected, "show", "1", "--format", "html")
			do(exitDone, "export", "pairs")
			do(exitDone, mending...)
			do(exitDone, "doctor")
			do(exitDone, "report")
			do(exitDone, "show", "1", "--format", "html")
			do(exitDone, "explain", "#1", "#2")
			do(exitDone, "tune")
		})
	}
}

// commands are all that read a database and leave it as it is, or a few of them.
func commands(corpus string, all bool) [][]string {
	if !all {
		return [][]string{{"report", "--format", "html"}, {"show", "#2"}, {"review"}, {"export", "articles", "--format", "jsonl"}, {"explain", "#2", "#5"}, {"doctor"}}
	}
	return [][]string{
		{"report"}, {"report", "--format", "html"}, {"report", "--format", "markdown"}, {"report", "--format", "json"}, {"report", "--format", "csv"},
		{"report", "--suspicious"}, {"show", "1"}, {"show", "1", "--format", "html"}, {"show", "2"}, {"show", "#2", "--format", "html"},
		{"review"}, {"tune"}, {"tune", "--gold", filepath.Join(corpus, "gold.tsv")},
		{"evaluate", "--gold", filepath.Join(corpus, "gold.tsv")}, {"evaluate", "--decisions"},
		{"export", "clusters"}, {"export", "pairs"}, {"export", "articles", "--format", "jsonl"}, {"export", "graph"}, {"export", "changes"},
		{"explain", "#2", "#5"}, {"explain", "#1", "#2"}, {"check", filepath.Join(corpus, "articles", "2026-03-week-1.jsonl")},
		{"label", "list"}, {"label", "export"}, {"boilerplate", "list"}, {"stats"}, {"doctor"},
	}
}

// TestDamagedRows damages each kind of stored row and wants every command to go on: none fails
// by it, doctor names the row, recluster mends what can be, and the next run takes articles in.
func TestDamagedRows(t *testing.T) {
	dir := t.TempDir()
	corpus, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	base := damageable(t, dir, corpus)
	more := filepath.Join(dir, "more.jsonl")
	record, _ := json.Marshal(map[string]string{"id": "late", "outlet": "Harbour Post", "title": "Late ferry", "published": "2026-03-15T09:00:00Z",
		"body": "The last ferry of the day left the harbour an hour late on Sunday because a rope had to be cut from its screw by divers, the line said in a note to its passengers."})
	if err := os.WriteFile(more, append(record, '\n'), 0o666); err != nil {
		t.Fatal(err)
	}
	copied := func(t *testing.T) (path string, do func(args ...string) string) {
		path = filepath.Join(t.TempDir(), "a.db")
		data, err := os.ReadFile(base)
		if err == nil {
			err = os.WriteFile(path, data, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
		return path, func(args ...string) string {
			t.Helper()
			var out, log bytes.Buffer
			code := run(t.Context(), append([]string{"--db", path}, args...), strings.NewReader("q\n"), &out, &log)
			if code != exitDone && code != exitRejected {
				t.Errorf("%s: exit code %d\n%s", strings.Join(args, " "), code, &log)
			}
			if code == exitRejected && log.Len() == 0 {
				t.Errorf("%s: exit code %d, and nothing is said", strings.Join(args, " "), code)
			}
			return fmt.Sprintf("%d\n%s", code, &out)
		}
	}
	clusters := func(do func(args ...string) string) string { // and what stays of each article and link
		return do("export", "clusters", "--format", "csv")[2:] + do("export", "pairs")[2:]
	}
	_, whole := copied(t)
	articles := strings.Count(whole("export", "articles", "--format", "jsonl"), "\n")
	whole("ingest", more)
	whole("recluster")
	want := clusters(whole)

	const first = "(SELECT min(b * 10000 + a) FROM pair WHERE kind > 0)"
	const link = "WHERE b * 10000 + a = " + first
	// Without STRICT a column takes a value of any type, as a damaged page may have it.
	const loose = "PRAGMA writable_schema = 1;UPDATE sqlite_schema SET sql = replace(replace(sql, ') STRICT,', ')'), ') STRICT', ')') WHERE type = 'table'; "
	met := map[string]bool{} // tables that all commands have met damaged
	for _, tt := range []struct {
		name, statement string
		named           string // in what doctor finds
		stays           bool   // recluster cannot mend it
		lacks           bool   // the row is of what is exported, and lacks there
	}{
		{"evidence cut", "UPDATE pair SET evidence = substr(evidence, 1, length(evidence) - 1) " + link, "pair ", false, false},
		{"evidence of another version", "UPDATE pair SET evidence = CAST(x'63' || substr(evidence, 2) AS BLOB) " + link, "pair ", false, false},
		{"evidence empty", "UPDATE pair SET evidence = x'' " + link, "pair ", false, false},
		{"evidence of zeros", "UPDATE pair SET evidence = zeroblob(length(evidence)) " + link, "pair ", false, false},
		{"evidence of huge numbers", "UPDATE pair SET evidence = CAST(substr(evidence, 1, 2) || x'ffffffffffffffffff01' AS BLOB) " + link, "pair ", false, false},
		{"all evidence", "UPDATE pair SET evidence = x'03'", "pair ", false, false},
		{"evidence with a share above one", "UPDATE pair SET evidence = CAST(substr(evidence, 1, length(evidence) - 1) || x'80808001' || substr(evidence, -1) AS BLOB) " + link, "pair ", false, false},
		{"resemblance above one", "UPDATE pair SET resemblance = 1.5 " + link, "pair ", false, false},
		{"containment below zero", "UPDATE pair SET containment_a = -0.25 " + link, "pair ", false, false},
		{"containment without end", "UPDATE pair SET containment_b = 9e999 " + link, "pair ", false, false},
		{"another resemblance", "UPDATE pair SET resemblance = 0.123 " + link, "pair ", false, false},
		{"no such kind", "UPDATE pair SET kind = 300 " + link, "pair ", false, false},
		{"a kind below all", "UPDATE pair SET kind = -1 " + link, "pair ", false, false},
		{"pair of no article", "UPDATE pair SET a = 5000000000 " + link, "pair ", false, false},
		{"pair of article 0", "UPDATE pair SET a = 0 " + link, "pair ", false, false},
		{"pair of no later article", "UPDATE pair SET b = 5000000000 " + link, "pair ", false, false},
		{"body cut", "UPDATE body SET data = substr(data, 1, length(data) / 2) WHERE seq = 2", "body 2", true, false},
		{"body of another form", "UPDATE body SET data = CAST(x'09' || substr(data, 2) AS BLOB) WHERE seq = 2", "body 2", true, false},
		{"body of zeros", "UPDATE body SET data = zeroblob(length(data)) WHERE seq = 2", "body 2", true, false},
		{"body empty", "UPDATE body SET data = x'' WHERE seq = 2", "body 2", true, false},
		{"body of huge length", "UPDATE body SET data = x'02ffffffffffffffffff01' WHERE seq = 2", "body 2", true, false},
		{"body gone", "DELETE FROM body WHERE seq = 2", "body 2", true, false},
		{"body with other letters", "UPDATE body SET data = CAST(x'00' || 'Another text.' AS BLOB) WHERE seq = 2", "body 2", true, false},
		{"body gone, and its evidence", "DELETE FROM body WHERE seq = 2; UPDATE pair SET evidence = x'01' WHERE a = 2 OR b = 2", "body 2", true, false},
		{"all bodies", "UPDATE body SET data = x'07'", "body 2", true, false},
		{"key cut", "UPDATE article SET key = substr(key, 1, 7) WHERE seq = 2", "article 2", true, true},
		{"hash cut", "UPDATE article SET text_hash = x'00' WHERE seq = 2", "article 2", true, true},
		{"flags", "UPDATE article SET agency = 7, state = 900 WHERE seq = 2", "article 2", true, false},
		{"reason", "UPDATE article SET effective_reason = 900 WHERE seq = 2", "article 2", false, false},
		{"date without end", "UPDATE article SET effective = 9223372036854775807 WHERE seq = 2", "article 2", false, false},
		{"votes cut", "UPDATE boilerplate SET votes = substr(votes, 1, 1) WHERE id = (SELECT min(id) FROM boilerplate WHERE state = 0)", "boilerplate ", false, false},
		{"votes without end", "UPDATE boilerplate SET votes = x'ffffffffffffffffffff' WHERE state = 0", "boilerplate ", false, false},
		{"shingles cut", "UPDATE boilerplate SET shingles = substr(shingles, 1, 13)", "boilerplate ", false, false},
		{"no such state", "UPDATE boilerplate SET state = 77 WHERE state = 0", "boilerplate ", false, false},
		{"vote cut", "UPDATE vote SET passages = x'80'", "vote ", false, false},
		{"vote for words that there are not", "UPDATE vote SET passages = x'ffff0308'", "vote ", false, false},
		{"vote for one word", "UPDATE vote SET passages = x'0101'", "", false, false},
		{"changed", "INSERT INTO changed (first, shingles, keys) VALUES (3, x'0102', x'03')", "changed ", false, false},
		{"changed without end", "INSERT INTO changed (first, shingles, keys) VALUES (-9, x'', x'')", "changed ", false, false},
		{"places cut", "UPDATE place SET data = substr(data, 1, 100) WHERE first = 1", "place 1", false, false},
		{"places of zeros", "UPDATE place SET data = zeroblob(length(data)) WHERE first = 1", "place 1", false, false},
		{"places too long", "UPDATE place SET data = CAST(data || zeroblob(44) AS BLOB) WHERE first = 1", "place ", false, false},
		{"places gone", "DELETE FROM place", "place 1", false, false},
		{"places of a row gone", "DELETE FROM place WHERE first > 1", "place ", false, false},
		{"places from elsewhere", "UPDATE place SET first = 1000000000000 WHERE first = 1", "place 1000000000000", false, false},
		{"fences cut", "UPDATE segment SET fences = substr(fences, 1, length(fences) - 3)", "segment ", false, false},
		{"fences of zeros", "UPDATE segment SET fences = zeroblob(length(fences))", "posting ", false, false},
		{"fences out of order", "UPDATE segment SET fences = CAST(substr(fences, 9, 8) || substr(fences, 1, 8) || substr(fences, 17) AS BLOB)", "segment ", false, false},
		{"postings of another number", "UPDATE segment SET postings = -5", "segment ", false, false},
		{"segment of articles that there are not", "UPDATE segment SET last = 4000000000", "segment ", false, false},
		{"a block cut", "UPDATE posting SET data = substr(data, 1, 9) WHERE id = (SELECT min(id) FROM posting)", "posting ", false, false},
		{"all blocks", "UPDATE posting SET data = x'ffffffffffffffffffffff'", "posting ", false, false},
		{"blocks of zeros", "UPDATE posting SET data = zeroblob(length(data))", "posting ", false, false},
		{"a block gone", "DELETE FROM posting WHERE id = (SELECT max(id) FROM posting)", "posting ", false, false},
		{"decision with a short key", "UPDATE decision SET a = substr(a, 1, 5) WHERE same = 0", "decision ", true, false},
		{"decision that says neither", "UPDATE decision SET same = 5 WHERE same = 1", "decision ", true, false},
		{"pin with a long key", "UPDATE pin SET key = CAST(key || key AS BLOB)", "pin ", true, false},
		{"skip with a short key", "UPDATE skip SET b = x'00'", "skip ", true, false},
		{"size of a cluster", "UPDATE cluster SET size = 12345 WHERE id = 2", "cluster 2", false, false},
		{"cluster of a stranger", "UPDATE cluster SET representative = 60 WHERE id = 2", "cluster 2", false, false},
		{"cluster of nobody", "UPDATE cluster SET representative = 5000000000 WHERE id = 2", "cluster 2", false, false},
		{"segment gone", "DELETE FROM segment WHERE id = (SELECT max(id) FROM segment)", "of segment ", false, false},
		{"all segments gone", "DELETE FROM segment", "of segment ", false, false},
		{"segment of number 0", "UPDATE segment SET id = 0 WHERE id = (SELECT max(id) FROM segment)", "posting ", false, false},
		{"postings that are text", loose + "UPDATE segment SET postings = 'many'", "segment ", false, false},
		{"decision that is text", loose + "UPDATE decision SET same = 'x' WHERE same = 0", "decision ", true, false},
		{"decision of no time", loose + "UPDATE decision SET decided = x'ff' WHERE same = 0", "decision ", true, false},
		{"pin of no time", loose + "UPDATE pin SET decided = 'now'", "pin ", true, false},
		{"pin of a number", loose + "UPDATE pin SET key = 7", "pin ", true, false},
		{"skip of no time", loose + "UPDATE skip SET skipped = 'now'", "skip ", true, false},
		{"size that is text", loose + "UPDATE cluster SET size = 'big' WHERE id = 2", "cluster 2", false, false},
		{"size without end", "UPDATE cluster SET size = 9223372036854775807", "cluster 2", false, false},
		{"dates that are text", loose + "UPDATE cluster SET first = 'May', last = x'00' WHERE id = 2", "cluster 2", false, false},
		{"last cluster gone", "DELETE FROM cluster WHERE id = (SELECT max(id) FROM cluster)", "which is not there", false, false},
	} {
		table := strings.TrimRight(tt.named, " 0123456789")
		all := !met[table]
		met[table] = true
		t.Run(tt.name, func(t *testing.T) {
			path, do := copied(t)
			for statement := range strings.SplitSeq(tt.statement, "; ") {
				if n, err := storage.Tamper(t.Context(), path, statement); err != nil || n == 0 {
					t.Fatalf("%s: %d rows, %v", statement, n, err)
				}
			}
			for _, args := range commands(corpus, all) {
				if out := do(args...); args[0] == "doctor" && (tt.named == "") != strings.HasPrefix(out, "0") || args[0] == "doctor" && !strings.Contains(out, tt.named) {
					t.Errorf("doctor: want %q in\n%s", tt.named, out)
				}
			}
			lost := 0 // articles that are not printed
			switch {
			case tt.name == "all bodies":
				lost = articles - 1
			case table == "body" && tt.name != "body with other letters" && tt.name != "body empty" && tt.name != "body of zeros", tt.name == "key cut", tt.name == "hash cut":
				lost = 1
			}
			if n := strings.Count(do("export", "articles", "--format", "jsonl"), "\n"); n != articles-lost {
				t.Errorf("%d articles are exported; want %d without %d", n, articles-1, lost)
			}
			do("ingest", more)
			do("recluster")
			if got := clusters(do); table != "decision" && !tt.lacks {
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("clusters and links (-want +got):\n%s", diff)
				}
			}
			if out := do("doctor"); tt.stays != strings.HasPrefix(out, "4") || tt.stays && !strings.Contains(out, tt.named) {
				t.Errorf("doctor after recluster: want %v, %q in\n%s", tt.stays, tt.named, out)
			}
			do("ingest", more)
		})
	}
}

// TestLostRows takes whole rows away, which others name, and wants doctor to say so, runs to go
// on, and recluster to mend what the texts tell. Article 2 comes again with the second run.
func TestLostRows(t *testing.T) {
	dir := t.TempDir()
	corpus, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	base := damageable(t, dir, corpus)
	fresh := filepath.Join(dir, "fresh.jsonl")
	if err := os.WriteFile(fresh, []byte(`{"id":"f","outlet":"A new outlet","title":"Pier","body":"The pier was painted on Monday and nobody walked on it until the evening of the next day."}`), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, statement, named string
		asked                  []string // a command that must fail, and what it says
		after                  int      // exit code of doctor after recluster
	}{
		{"article", "DELETE FROM article WHERE seq = 2", "article 2: it is not there", []string{"explain", "#2", "#5", "article 2: not found"}, exitDone},
		{"number far off", "UPDATE article SET seq = 16777275 WHERE seq = 2", "article 16777275: its number is far beyond", []string{"show", "#2", "not found"}, exitDone},
		{"outlet", "DELETE FROM outlet WHERE id = (SELECT outlet FROM article WHERE seq = 2)", "article 2: of outlet ", nil, exitFailed},
		{"cluster", "DELETE FROM cluster WHERE id = 2", "of cluster 2, which is not there", []string{"show", "2", "cluster c2 has members"}, exitDone},
		{"segments", "DELETE FROM segment", "of segment 2, which is not there", nil, exitDone},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.db")
			data, err := os.ReadFile(base)
			if err == nil {
				err = os.WriteFile(path, data, 0o666)
			}
			if err != nil {
				t.Fatal(err)
			}
			if n, err := storage.Tamper(t.Context(), path, tt.statement); err != nil || n == 0 {
				t.Fatalf("%d rows, %v", n, err)
			}
			do := func(args ...string) (code int, printed string) {
				var out bytes.Buffer
				code = run(t.Context(), append([]string{"--db", path}, args...), strings.NewReader("q\n"), &out, &out)
				return code, out.String()
			}
			if code, out := do("doctor"); code == exitDone || !strings.Contains(out, tt.named) {
				t.Errorf("doctor: exit code %d, want %q in\n%s", code, tt.named, out)
			}
			if n := len(tt.asked); n > 0 {
				if code, out := do(tt.asked[:n-1]...); code != exitFailed || !strings.Contains(out, tt.asked[n-1]) {
					t.Errorf("%s: exit code %d\n%s", tt.asked, code, out)
				}
			}
			for _, args := range [][]string{{"report"}, {"show", "1"}, {"export", "articles"}, {"review"}, {"stats"}, {"ingest", fresh},
				{"ingest", filepath.Join(corpus, "articles")}, {"recluster", "--dry-run"}, {"recluster"}} {
				if code, out := do(args...); code != exitDone && code != exitRejected {
					t.Errorf("%s: exit code %d\n%s", args, code, out)
				}
			}
			if code, out := do("doctor"); code != tt.after {
				t.Errorf("doctor after recluster: exit code %d, want %d\n%s", code, tt.after, out)
			}
			if _, out := do("export", "articles"); !strings.Contains(out, "northwire-") || !strings.Contains(out, "A new outlet") && !strings.Contains(out, "a new outlet") {
				t.Errorf("articles are missing:\n%s", out)
			}
		})
	}
}

// TestRestoreTells: what is damaged in a backup comes back with it, and is named at once.
func TestRestoreTells(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", dir)
	t.Setenv("DEDUPE_STORAGE_COMPRESS", "false")
	path, backup := filepath.Join(dir, "a.db"), filepath.Join(dir, "a.backup")
	do := func(want int, args ...string) string {
		t.Helper()
		var out, log bytes.Buffer
		if code := run(t.Context(), append([]string{"--db", path}, args...), strings.NewReader(""), &out, &log); code != want {
			t.Errorf("%v: exit code %d, want %d\n%s%s", args, code, want, &out, &log)
		}
		return log.String()
	}
	do(exitDone, "ingest", filepath.Join("..", "..", "testdata", "articles", "2026-03-week-1.jsonl"))
	do(exitDone, "backup", backup)
	do(exitDone, "restore", "--overwrite", backup)
	data, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	damaged := bytes.ReplaceAll(data, []byte("212 people on board"), []byte("211 people on board"))
	if bytes.Equal(damaged, data) {
		t.Fatal("the words to damage are not in the file")
	}
	if err := os.WriteFile(backup, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	if log := do(exitRejected, "restore", "--overwrite", backup); !strings.Contains(log, `row="body `) {
		t.Errorf("the damaged texts are not told of:\n%s", log)
	}
	do(exitRejected, "doctor")
}
