package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dedupe/notify"
)

// newsOf are texts by their headlines.
var newsOf = map[string]string{
	"Ferry":      "The ferry ran aground at dawn off the northern mole with two hundred people on board and nobody was hurt.",
	"Lighthouse": "The lighthouse was sold for one crown to the town that has always looked after it, and nobody else made an offer.",
	"Mussels":    "Mussels cost twice what they did a year ago, because storms tore the ropes of three farms off the western shore.",
	"Bridge":     "The old bridge over the inner harbour will be closed for two winters while its rusty bearings are taken out and made anew.",
	"Lamp":       "Forty lamps along the sea wall burn all day since the storm, and the council has found nobody yet who can turn them off.",
	"Choir":      "A choir of forty dockers sang in the empty fish hall on Sunday, and its master says that it may stay there.",
}

// TestNotifyAddress: an address gets each new cluster by POST. One that is never taken holds up no
// other: it goes behind them. An address that takes one is well, though time runs out over the next.
func TestNotifyAddress(t *testing.T) {
	var got []string
	refused, slow := "", false
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var e notify.Event
		if err := json.NewDecoder(r.Body).Decode(&e); err != nil || e.ID != r.Header.Get("Idempotency-Key") {
			t.Errorf("event %+v, %v", e, err)
		}
		if e.Cluster.Headline == refused {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		if slow && len(got) > 0 {
			<-r.Context().Done()
			return
		}
		got = append(got, e.Cluster.Headline)
	}))
	defer server.Close()
	dir := t.TempDir()
	file := filepath.Join(dir, "config.yaml")
	settings := fmt.Sprintf("database: {path: news.db}\nsources: [feeds]\nnotify: {url: %q, timeout: 2s}\n", server.URL)
	if err := os.WriteFile(file, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	runs := 0
	next := func(headlines ...string) string {
		t.Helper()
		runs++
		var feed strings.Builder
		for _, h := range headlines {
			for _, outlet := range []string{"Bay Courier", "Tide Daily"} {
				fmt.Fprintf(&feed, `{"id":%[2]q,"outlet":%[1]q,"title":%[2]q,"published":"2026-03-05","body":%[3]q}`+"\n", outlet, h, newsOf[h])
			}
		}
		if err := os.MkdirAll(filepath.Join(dir, "feeds"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "feeds", fmt.Sprintf("%d.jsonl", runs)), []byte(feed.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		var stderr strings.Builder
		if code := run(t.Context(), []string{"--config", file, "run", "-q"}, strings.NewReader(""), &strings.Builder{}, &stderr); code != exitDone {
			t.Fatalf("exit code %d: %s", code, stderr.String())
		}
		return stderr.String()
	}
	next("Ferry")
	refused = "Lighthouse"
	if said := next("Lighthouse", "Mussels", "Choir"); !strings.Contains(said, "it answers 400 Bad Request") || len(got) > 0 && slices.Contains(got, "Lighthouse") {
		t.Errorf("told %q, said %s", got, said)
	}
	next()
	slices.Sort(got)
	if want := []string{"Choir", "Mussels"}; !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
	refused, got = "", nil
	next()
	if want := []string{"Lighthouse"}; !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
	refused, got = "Bridge", nil
	next("Bridge")
	told := func() string {
		var stdout strings.Builder
		run(t.Context(), []string{"--config", file, "doctor"}, strings.NewReader(""), &stdout, &strings.Builder{})
		return stdout.String()
	}
	if said := told(); !strings.Contains(said, "takes nothing") {
		t.Errorf("doctor says of an address that fails:\n%s", said)
	}
	refused, slow = "", true
	next("Lamp")
	if said := told(); len(got) != 1 || strings.Contains(said, "takes nothing") {
		t.Errorf("doctor says of an address that took %q:\n%s", got, said)
	}
}
