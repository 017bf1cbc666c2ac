package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// steering holds what terminals obey or hide: an escape sequence, its C1 form,
// a bell, an override of direction, a byte that is no UTF-8. It is also a line.
const steering = "\x1b[31mred\u009b2J\a\u202egnp.\xff\nforged"

// TestMessagesDoNotSteer gives every place that takes a name one that steers
// terminals, and wants none of it in what is printed.
func TestMessagesDoNotSteer(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	t.Setenv("XDG_CONFIG_HOME", dir)
	corpus := filepath.Join(dir, "articles.jsonl")
	record := `{"id":"\u001b[31mred","outlet":"\u009b2J","title":"\u001b]0;owned\u0007 by \u202e night","body":"Ten boats of the fleet."}` + "\n"
	if err := os.WriteFile(corpus, []byte(record+strings.Replace(record, "red", "blue", 1)+"{\"\\u001b[31m\":1,\"\\u001b[31m\":2}\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if code := run(t.Context(), []string{"--db", "a.db", "ingest", corpus}, nil, &out, &out); code != exitRejected {
		t.Fatalf("exit code %d\n%s", code, &out)
	}
	if err := os.WriteFile(steering+".txt", []byte("Boats\n\nTen boats of the fleet came home on Monday."), 0o666); err != nil {
		t.Skip("no such names here:", err)
	}
	for _, c := range []struct {
		name string
		args []string
	}{
		{"command", []string{steering}},
		{"flag", []string{"report", "--" + steering}},
		{"argument", []string{"config", steering}},
		{"topic", []string{"help", steering}},
		{"no database", []string{"--db", steering + ".db", "report"}},
		{"no folder", []string{"--db", steering + "/a.db", "ingest", corpus}},
		{"new database", []string{"--db", steering + ".db", "ingest", "absent"}},
		{"database", []string{"--db", steering + ".db", "recluster"}},
		{"no database, a text", []string{"--db", steering + ".txt", "doctor"}},
		{"configuration", []string{"--config", steering, "config"}},
		{"input", []string{"--db", "a.db", "ingest", steering}},
		{"pattern", []string{"--db", "a.db", "ingest", "[" + steering}},
		{"page", []string{"--db", "a.db", "ingest", steering + ".txt"}},
		{"check", []string{"--db", "a.db", "check", steering}},
		{"show", []string{"--db", "a.db", "show", steering}},
		{"explain", []string{"--db", "a.db", "explain", steering, corpus}},
		{"explain articles", []string{"--db", "a.db", "explain", "\x1b[31mred", "\x1b[31mblue"}},
		{"gold", []string{"--db", "a.db", "evaluate", "--gold", steering}},
		{"gold of another kind", []string{"--db", "a.db", "evaluate", "--gold", steering + ".txt"}},
		{"label", []string{"--db", "a.db", "label", "same", "\x1b[31mred", "\x1b[31mblue"}},
		{"decisions", []string{"--db", "a.db", "label", "import", steering}},
		{"format", []string{"--db", "a.db", "report", "--format", steering}},
		{"value of a setting", []string{"--db", "a.db", "report", "--sort", steering}},
		{"number", []string{"--db", "a.db", "export", "changes", "--after", steering}},
		{"time", []string{"--db", "a.db", "report", "--since", steering}},
		{"passage", []string{"--db", "a.db", "boilerplate", "allow", steering}},
		{"report", []string{"--db", "a.db", "report", "--min-outlets", "1"}},
		{"stats", []string{"--db", "a.db", "stats"}},
		{"doctor", []string{"--db", "a.db", "doctor"}},
		{"settings", []string{"--db", steering, "config"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			run(t.Context(), c.args, strings.NewReader(""), &stdout, &stderr)
			for name, printed := range map[string]string{"stdout": stdout.String(), "stderr": stderr.String()} {
				if i := strings.IndexFunc(printed, func(r rune) bool {
					return r != '\n' && r != '\t' && (unicode.IsControl(r) || r == '\u202e' || r == utf8.RuneError)
				}); i >= 0 && !strings.HasPrefix(printed[i:], "\ufffd") {
					t.Errorf("%s steers a terminal:\n%q", name, printed)
				}
				if strings.Contains(strings.ReplaceAll(printed, "\ndedupe: ", "\n"), "\nforged") {
					t.Errorf("a name made a line of its own on %s:\n%s", name, printed)
				}
			}
		})
	}
}

func TestFlagsSayWhatTheyMayBe(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"export changes --after abc", `dedupe: --after: "abc" is not allowed; want a whole number`},
		{"evaluate --worst 1e3", `dedupe: --worst: "1e3" is not allowed; want a whole number`},
		{"config --defaults=maybe", `dedupe: --defaults: "maybe" is not allowed; want true or false`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			code := run(t.Context(), strings.Fields(c.name), nil, &stdout, &stderr)
			if first, _, _ := strings.Cut(stderr.String(), "\n"); code != exitUsage || first != c.want {
				t.Errorf("exit code %d, %q; want %d, %q", code, first, exitUsage, c.want)
			}
		})
	}
}
