package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// feedArticle is an article of testdata as a feed has it.
type feedArticle struct{ ID, Outlet, URL, Title, Published, Body, Language string }

// outletFeeds returns the articles of the outlets of testdata, by outlet, at most n outlets.
func outletFeeds(t *testing.T, n int) map[string][]feedArticle {
	t.Helper()
	all := map[string][]feedArticle{}
	for _, name := range []string{"2026-03-week-1.jsonl", "2026-03-week-2.jsonl", "daily-group.jsonl"} {
		f, err := os.Open(filepath.Join("../../testdata/articles", name))
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			var a feedArticle
			if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
				t.Fatal(err)
			}
			if len(all) < n || all[a.Outlet] != nil {
				all[a.Outlet] = append(all[a.Outlet], a)
			}
		}
		f.Close()
	}
	if len(all) < n {
		t.Fatalf("%d outlets", len(all))
	}
	return all
}

// newsServer serves a feed for each outlet, of which every second item has no more than a
// summary, and the pages. It answers conditional requests, and remembers what was asked.
type newsServer struct {
	*httptest.Server
	outlets []string
	feeds   map[string][]feedArticle

	mu        sync.Mutex
	requests  []string // "GET /path" or "GET /path if"
	refreshed int      // what was sent whole
}

func serveNews(t *testing.T, n int) *newsServer {
	s := &newsServer{feeds: outletFeeds(t, n)}
	for outlet := range s.feeds {
		s.outlets = append(s.outlets, outlet)
	}
	slices.Sort(s.outlets)
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *newsServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	etag := fmt.Sprintf(`"%s"`, r.URL.Path)
	conditional := r.Header.Get("If-None-Match") == etag
	s.mu.Lock()
	s.requests = append(s.requests, strings.TrimSuffix("GET "+r.URL.Path+" if", map[bool]string{false: " if"}[conditional]))
	s.mu.Unlock()
	if conditional {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	var outlet, item int
	var body string
	if n, _ := fmt.Sscanf(r.URL.Path, "/feed/%d", &outlet); n == 1 && outlet < len(s.outlets) {
		body = s.rss(outlet)
	} else if n, _ := fmt.Sscanf(r.URL.Path, "/page/%d/%d", &outlet, &item); n == 2 {
		a := s.feeds[s.outlets[outlet]][item]
		body = "<!doctype html><html><head><title>" + html.EscapeString(a.Title) + "</title></head><body><nav><a href=/>Home</a></nav><article><h1>" + html.EscapeString(a.Title) + "</h1>"
		for p := range strings.SplitSeq(a.Body, "\n\n") {
			body += "<p>" + html.EscapeString(p) + "</p>\n"
		}
		body += "</article></body></html>"
	} else {
		http.NotFound(w, r)
		return
	}
	s.mu.Lock()
	s.refreshed++
	s.mu.Unlock()
	w.Header().Set("ETag", etag)
	fmt.Fprint(w, body)
}

func (s *newsServer) rss(outlet int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>%s</title>`, html.EscapeString(s.outlets[outlet]))
	for i, a := range s.feeds[s.outlets[outlet]] {
		first, _, _ := strings.Cut(a.Body, "\n\n")
		fmt.Fprintf(&b, "<item><title>%s</title><link>%s/page/%d/%d</link><guid>%s</guid><pubDate>%s</pubDate><description>%s</description>",
			html.EscapeString(a.Title), s.URL, outlet, i, html.EscapeString(a.ID), a.Published, html.EscapeString(first))
		if i%2 == 0 {
			fmt.Fprintf(&b, "<content:encoded>%s</content:encoded>", html.EscapeString("<p>"+strings.ReplaceAll(html.EscapeString(a.Body), "\n\n", "</p><p>")+"</p>"))
		}
		b.WriteString("</item>")
	}
	b.WriteString("</channel></rss>")
	return b.String()
}

// reset returns what was asked since the last time.
func (s *newsServer) reset() (requests []string, refreshed int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	requests, refreshed = s.requests, s.refreshed
	s.requests, s.refreshed = nil, 0
	return requests, refreshed
}

// dedupeIn runs a command with a configuration in a folder.
func dedupeIn(t *testing.T, folder string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), append([]string{"--config", filepath.Join(folder, "config.yaml")}, args...), strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

// A run over 20 feeds takes all articles in; a second one stores nothing and sends nothing but
// conditional requests, one for each feed.
func TestRunOverFeedsTwice(t *testing.T) {
	const outlets = 20
	s := serveNews(t, outlets)
	folder := t.TempDir()
	settings := "database: {path: a.db}\nfetch: {allow: [127.0.0.1], delay: 0s, max_pages: 1000}\nsources:\n"
	articles := 0
	for i, outlet := range s.outlets {
		settings += fmt.Sprintf("  - {type: feed, url: \"%s/feed/%d\", outlet: %q}\n", s.URL, i, outlet)
		articles += len(s.feeds[outlet])
	}
	if err := os.WriteFile(filepath.Join(folder, "config.yaml"), []byte(settings), 0o666); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := dedupeIn(t, folder, "run")
	if want := fmt.Sprintf("articles  %d read: %d new, 0 known, 0 changed, 0 rejected\n", articles, articles); code != 0 || !strings.HasPrefix(stdout, want) {
		t.Fatalf("first run: code %d\n%s%s\nwant %s", code, stdout, stderr, want)
	}
	requests, _ := s.reset()
	count := func(prefix, suffix string) (n int) {
		for _, r := range requests {
			if strings.HasPrefix(r, prefix) && strings.HasSuffix(r, suffix) {
				n++
			}
		}
		return n
	}
	feeds, pages := count("GET /feed/", ""), count("GET /page/", "")
	if feeds != outlets || count("GET /robots.txt", "") != 1 || pages == 0 || pages > articles || len(requests) != feeds+1+pages {
		t.Errorf("first run asked %q; want each feed and robots.txt once, and pages of some articles", requests)
	}
	_, clusters, _ := dedupeIn(t, folder, "report")
	for again := range 2 {
		code, stdout, stderr = dedupeIn(t, folder, "run")
		if code != 0 || !strings.HasPrefix(stdout, "articles  0 read: 0 new, 0 known, 0 changed, 0 rejected\n") || stderr != "" {
			t.Errorf("run %d: code %d\n%s%s", again+2, code, stdout, stderr)
		}
		requests, refreshed := s.reset()
		for i := range s.outlets {
			if want := fmt.Sprintf("GET /feed/%d if", i); !slices.Contains(requests, want) {
				t.Errorf("run %d did not ask %q", again+2, want)
			}
		}
		if len(requests) != outlets || refreshed != 0 {
			t.Errorf("run %d asked %q, of which %d were sent", again+2, requests, refreshed)
		}
	}
	if _, now, _ := dedupeIn(t, folder, "report"); now != clusters || !strings.Contains(clusters, "Trump says he will meet Putin") {
		t.Errorf("clusters were\n%s\nand are\n%s", clusters, now)
	}
}
