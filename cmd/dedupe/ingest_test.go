package main

import (
	"io"
	"path/filepath"
	"strings"
	"testing"
)

// The first run on a terminal says which field was taken for what; the next does not, nor
// does one whose results go to a program.
func TestFirstRunSaysFields(t *testing.T) {
	db := filepath.Join(t.TempDir(), "a.db")
	ingest := func(terminal bool) string {
		var out strings.Builder
		a := newApp(strings.NewReader(""), &out, io.Discard)
		a.terminal = terminal
		root := newRoot(a)
		root.SetArgs([]string{"--db", db, "ingest", "../../testdata/services/newsapi.json"})
		if err := root.ExecuteContext(t.Context()); err != nil {
			t.Fatal(err)
		}
		a.stdout.Flush()
		return strings.Join(strings.Fields(out.String()), " ")
	}
	const says = "fields outlet from source.name, url from url, headline from title, byline from author, published from publishedAt, body from content " +
		"not used: description, urlToImage; --dry-run shows examples articles 2 read"
	if got := ingest(true); !strings.HasPrefix(got, says) {
		t.Errorf("the first run on a terminal says\n%s\nwant\n%s", got, says)
	}
	if got := ingest(true); !strings.HasPrefix(got, "articles 2 read") {
		t.Errorf("the next run says\n%s", got)
	}
	db = filepath.Join(t.TempDir(), "b.db")
	if got := ingest(false); !strings.HasPrefix(got, "articles 2 read") {
		t.Errorf("a first run for a program says\n%s", got)
	}
}
