package collect

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dedupe/config"
	"dedupe/fetch"
	"dedupe/source"
	"dedupe/storage"
)

// world is a store, a clock, and a server of which each address answers as is set.
type world struct {
	t     *testing.T
	store *storage.Store
	now   time.Time
	http  *httptest.Server

	mu      sync.Mutex
	answers map[string]http.HandlerFunc
	asked   []string
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), answers: map[string]http.HandlerFunc{}}
	w.http = httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		w.asked = append(w.asked, r.URL.Path)
		answer := w.answers[r.URL.Path]
		w.mu.Unlock()
		if answer == nil {
			http.NotFound(out, r)
			return
		}
		answer(out, r)
	}))
	t.Cleanup(w.http.Close)
	store, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	w.store = store
	return w
}

func (w *world) set(path string, answer http.HandlerFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answers[path] = answer
}

func text(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, s) }
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

// run runs over sources and returns what came: "headline|words of the body|summary", and rejects.
func (w *world) run(sources ...config.Source) (got []string) {
	w.t.Helper()
	client := fetch.New(fetch.Options{UserAgent: "dedupe", Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")},
		Now: func() time.Time { return w.now }, Wait: func(context.Context, time.Duration) error { return nil }})
	defer client.Close()
	c, err := New(w.t.Context(), w.store, Options{Sources: sources, Client: client, Hosts: 3, MaxPages: 2,
		Now: func() time.Time { return w.now }, Wait: func(context.Context, time.Duration) error { return nil }})
	if err != nil {
		w.t.Fatal(err)
	}
	w.asked = nil
	d, err := source.NewDecoder(source.Options{})
	if err != nil {
		w.t.Fatal(err)
	}
	for raw, rej := range c.Records(w.t.Context()) {
		if rej != nil {
			got = append(got, "reject "+rej.Reason)
			continue
		}
		a, rej := raw.Decode(d)
		if rej != nil {
			got = append(got, "reject "+rej.Reason)
			continue
		}
		kind := "text"
		if a.Summary {
			kind = "summary"
		}
		got = append(got, strings.Join([]string{a.Outlet, a.Headline, kind}, "|"))
	}
	if err := c.Save(w.t.Context(), nil); err != nil {
		w.t.Fatal(err)
	}
	return got
}

func (w *world) want(got []string, want ...string) {
	w.t.Helper()
	if !slices.Equal(got, want) {
		w.t.Errorf("got %q, want %q", got, want)
	}
}

func (w *world) feed(path string) config.Source {
	return config.Source{Name: path, Type: config.SourceFeed, URL: w.http.URL + path, Enabled: true, Pages: true}
}

func rss(items ...string) string {
	return `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>` + strings.Join(items, "") + "</channel></rss>"
}

func item(n int, text string) string {
	return fmt.Sprintf("<item><title>Story %d</title><link>/page/%d</link><description>Summary of story %d.</description>%s</item>", n, n, n, text)
}

const story = "<p>The harbour council voted on Tuesday evening to raise the northern wall by a full metre, after three winters in which the sea came over it and into the cellars of the old quarter.</p>" +
	"<p>Work is to begin in May, said the harbour master, and will close the fish market for six weeks; the traders have been promised stalls on the southern quay for as long as it lasts.</p>"

func pageOf(title string) http.HandlerFunc {
	return text("<!doctype html><html><head><title>" + title + "</title></head><body><article><h1>" + title + "</h1>" + story + story + "</article></body></html>")
}

// A page is fetched where the feed has no text, once; one that cannot be had now is asked for
// by two more runs, and one that cannot be had at all is not.
func TestPagesOfFeeds(t *testing.T) {
	w := newWorld(t)
	w.set("/feed", text(rss(item(1, "<content:encoded>All of it, and that is more than the summary has.</content:encoded>"), item(2, ""), item(3, ""), item(4, ""))))
	w.set("/page/2", pageOf("Story 2"))
	w.set("/page/3", status(503))
	s := w.feed("/feed")
	s.Outlet = "Harbour Times"
	w.want(w.run(s), "Harbour Times|Story 1|text", "Harbour Times|Story 2|text", "Harbour Times|Story 3|summary")
	w.want(w.run(s), "Harbour Times|Story 3|summary", "Harbour Times|Story 4|summary") // two pages a run; the fourth is not there
	w.set("/page/3", pageOf("Story 3"))
	w.want(w.run(s), "Harbour Times|Story 3|text")
	w.want(w.run(s))
	if slices.ContainsFunc(w.asked, func(p string) bool { return p != "/feed" }) {
		t.Errorf("asked %q again", w.asked)
	}
	w.set("/feed", text(rss(item(5, "")+strings.Replace(item(1, "<content:encoded>All of it, and that is more again than the summary has.</content:encoded>"), "Story 1", "Story 1 now", 1))))
	w.set("/robots.txt", text("User-agent: *\nDisallow: /page/"))
	w.set("/page/5", pageOf("Story 5"))
	w.want(w.run(s), "Harbour Times|Story 5|summary", "Harbour Times|Story 1 now|text")
	s.Pages = false
	w.set("/feed", text(rss(item(6, ""))))
	w.want(w.run(s), "Harbour Times|Story 6|summary")
}

// A page that two feeds name, also by another address of it, is fetched once, and both have its text.
func TestPageOfTwoFeeds(t *testing.T) {
	w := newWorld(t)
	w.set("/news", text(rss(item(1, ""), item(2, ""))))
	w.set("/sport", text(rss(strings.Replace(item(1, ""), "/page/1", "/page/1?utm_source=sport", 1), item(3, ""))))
	w.set("/page/1", pageOf("Story 1"))
	w.set("/page/3", status(503))
	w.want(w.run(w.feed("/news"), w.feed("/sport")), "|Story 1|text", "|Story 2|summary", "|Story 1|text", "|Story 3|summary")
	slices.Sort(w.asked)
	w.want(w.asked, "/news", "/page/1", "/page/2", "/page/3", "/robots.txt", "/sport")
}

// A feed that fails is told once, rested for longer each time, and told again after it was read.
func TestFailingFeed(t *testing.T) {
	w := newWorld(t)
	w.set("/feed", status(500))
	s := w.feed("/feed")
	w.want(w.run(s), "reject status 500 Internal Server Error")
	for _, rest := range []time.Duration{5 * time.Minute, 10 * time.Minute, 20 * time.Minute} {
		w.now = w.now.Add(rest - time.Minute)
		w.want(w.run(s))
		if len(w.asked) > 0 {
			t.Errorf("asked before %s are over", rest)
		}
		w.now = w.now.Add(time.Minute)
		w.want(w.run(s))
		if len(w.asked) != 1 {
			t.Errorf("asked %q after %s", w.asked, rest)
		}
	}
	states, err := w.store.Sources(t.Context())
	if err != nil || len(states) != 1 || states[0].Failures != 4 || states[0].Failing.IsZero() || states[0].Error != "status 500 Internal Server Error" {
		t.Errorf("state %+v, %v", states, err)
	}
	w.now = w.now.Add(24 * time.Hour)
	w.set("/feed", text(rss(item(1, "<content:encoded>All of it, and that is more than the summary has.</content:encoded>"))))
	if got := w.run(s); len(got) != 1 || strings.HasPrefix(got[0], "reject") {
		t.Errorf("got %q", got)
	}
	w.set("/feed", text("<html><head><link rel=alternate type=application/rss+xml href=/rss></head></html>"))
	w.want(w.run(s), "reject is no feed: neither RSS, Atom nor JSON Feed; it is a page that names the feed "+w.http.URL+"/rss")
	w.now = w.now.Add(24 * time.Hour)
	w.set("/feed", func(out http.ResponseWriter, _ *http.Request) {
		out.Header().Set("Retry-After", "172800")
		out.WriteHeader(429)
	})
	w.want(w.run(s)) // it has been told
	w.now = w.now.Add(47 * time.Hour)
	w.want(w.run(s))
	if len(w.asked) > 0 {
		t.Error("asked though it wants to be left alone")
	}
	// What is read anew, as by dedupe rejects retry, tells it anew.
	if _, err := w.store.Forget(t.Context(), s.Name, ""); err != nil {
		t.Fatal(err)
	}
	if got := w.run(s); len(got) != 1 || !strings.HasPrefix(got[0], "reject status 429") {
		t.Errorf("got %q", got)
	}
	w.want(w.run(s))
}

// What has moved for good is asked there, and where config.yaml says once that fails.
func TestMovedFeed(t *testing.T) {
	w := newWorld(t)
	w.set("/old", func(out http.ResponseWriter, r *http.Request) {
		http.Redirect(out, r, "/new", http.StatusMovedPermanently)
	})
	w.set("/new", text(rss(item(1, "<content:encoded>All of it, and that is more than the summary has.</content:encoded>"))))
	s := w.feed("/old")
	w.run(s)
	w.run(s)
	if !slices.Equal(w.asked, []string{"/new"}) {
		t.Errorf("asked %q", w.asked)
	}
	w.set("/new", status(404))
	w.run(s)
	w.now = w.now.Add(time.Hour)
	w.set("/old", text(rss(item(2, "<content:encoded>All of it, and that is more than the summary has.</content:encoded>"))))
	if got := w.run(s); len(got) != 1 || !slices.Equal(w.asked, []string{"/old"}) {
		t.Errorf("got %q, asked %q", got, w.asked)
	}
}

// The feeds of a list are read, also when the list cannot be; those of a source that is off are not.
func TestListOfFeeds(t *testing.T) {
	w := newWorld(t)
	list := func(paths ...string) http.HandlerFunc {
		s := "<opml><body>"
		for _, p := range paths {
			s += fmt.Sprintf("<outline xmlUrl=%q/>", w.http.URL+p)
		}
		return text(s + "</body></opml>")
	}
	for n, path := range []string{"/a", "/b", "/c"} {
		w.set(path, text(rss(item(n, "<content:encoded>All of it, and that is more than the summary has.</content:encoded>"))))
	}
	w.set("/list", list("/b", "/a"))
	s := config.Source{Name: "mine", Type: config.SourceOPML, URL: w.http.URL + "/list", Enabled: true, Pages: true}
	w.want(w.run(s), "|Story 1|text", "|Story 0|text")
	w.set("/list", status(500))
	w.set("/a", text(rss(item(7, "<content:encoded>All of it, and that is more than the summary has.</content:encoded>"))))
	w.want(w.run(s), "reject status 500 Internal Server Error", "|Story 7|text")
	w.now = w.now.Add(time.Hour)
	w.set("/list", list("/c"))
	w.want(w.run(s), "|Story 2|text")
	w.set("/list", status(500))
	w.set("/b", text(rss(item(8, "<content:encoded>All of it, and that is more than the summary has.</content:encoded>"))))
	w.want(w.run(s), "reject status 500 Internal Server Error")
	if slices.Contains(w.asked, "/b") {
		t.Errorf("asked %q, of which the list has not all", w.asked)
	}
	s.Enabled = false
	w.want(w.run(s))
	if len(w.asked) > 0 {
		t.Errorf("asked %q of a source that is off", w.asked)
	}
}

func TestEvery(t *testing.T) {
	w := newWorld(t)
	w.set("/feed", text(rss()))
	s := w.feed("/feed")
	s.Every = time.Hour
	for _, step := range []struct {
		after time.Duration
		asked int
	}{{0, 1}, {30 * time.Minute, 0}, {29*time.Minute + 10*time.Second, 1}, {time.Minute, 0}} {
		w.now = w.now.Add(step.after)
		if w.run(s); len(w.asked) != step.asked {
			t.Errorf("after %s asked %q", step.after, w.asked)
		}
	}
}

// Files of an inbox are read once, when nobody writes to them any more, and go where they are to go.
func TestInbox(t *testing.T) {
	w := newWorld(t)
	dir := t.TempDir()
	put := func(name, data string, age time.Duration) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, w.now.Add(-age), w.now.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	files := func(folder string) (names []string) {
		entries, _ := os.ReadDir(filepath.Join(dir, folder))
		for _, e := range entries {
			if !e.IsDir() {
				names = append(names, e.Name())
			}
		}
		return names
	}
	const record = `{"outlet":"o","title":"Story %d","body":"Nine boats came home."}`
	put("a.jsonl", fmt.Sprintf(record, 1), time.Minute)
	put("new.jsonl", fmt.Sprintf(record, 2), 0)
	put("b.jsonl.part", "{", time.Minute)
	put(".hidden.jsonl", "{", time.Minute)
	put("junk", "\x7fELF\x02\x01\x01\x00", time.Minute)
	s := config.Source{Name: "drop", Type: config.SourceInbox, Path: dir, Enabled: true, Finished: "done"}
	got := w.run(s)
	if len(got) != 3 || got[0] != "o|Story 1|text" || !strings.HasPrefix(got[1], "reject is a program") || got[2] != "o|Story 2|text" {
		t.Errorf("got %q", got)
	}
	w.want(files("done"), "a.jsonl", "new.jsonl")
	w.want(files("failed"), "junk")
	w.want(files(""), ".hidden.jsonl", "b.jsonl.part")
	w.want(w.run(s))
	put("a.jsonl", fmt.Sprintf(record, 3), 50*time.Second)
	w.want(w.run(s), "o|Story 3|text")
	w.want(files("done"), "2-a.jsonl", "a.jsonl", "new.jsonl")

	s.Finished = config.Keep
	put("c.jsonl", fmt.Sprintf(record, 4), time.Minute)
	w.want(w.run(s), "o|Story 4|text")
	w.want(w.run(s))
	put("c.jsonl", fmt.Sprintf(record, 5), 30*time.Second)
	w.want(w.run(s), "o|Story 5|text")
	w.want(files(""), ".hidden.jsonl", "b.jsonl.part", "c.jsonl")

	// Nothing of it is an article.
	s.Finished = "done"
	put("bad.jsonl", "{\"title\": broken}\n{\"none\": 1}\n", time.Minute)
	put("half.jsonl", "{\"title\": broken}\n"+fmt.Sprintf(record, 6), time.Minute)
	if got := w.run(s); len(got) != 3 || got[2] != "o|Story 6|text" {
		t.Errorf("got %q", got)
	}
	w.want(files("failed"), "bad.jsonl", "junk")

	// What cannot be moved is not read, run after run.
	put("d.jsonl", fmt.Sprintf(record, 7), time.Minute)
	s.Finished = "d.jsonl"
	w.want(w.run(s), "reject finished files cannot be moved to d.jsonl: not a directory")
	w.want(w.run(s))
	if os.Getuid() != 0 {
		s.Finished = "done"
		if err := os.Chmod(dir, 0o555); err != nil {
			t.Fatal(err)
		}
		w.run(s)
		w.want(w.run(s))
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	s.Finished = "done"
	w.want(w.run(s), "o|Story 7|text")
	s.Path = filepath.Join(dir, "gone")
	w.want(w.run(s), "reject open: no such file or directory")
	w.want(w.run(s))
}

// A file that grows while it is looked at is left for the next run.
func TestInboxGrowing(t *testing.T) {
	w := newWorld(t)
	path := filepath.Join(t.TempDir(), "a.jsonl")
	if err := os.WriteFile(path, []byte("{"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, w.now, w.now); err != nil {
		t.Fatal(err)
	}
	c, err := New(t.Context(), w.store, Options{Now: func() time.Time { return w.now }, Wait: func(context.Context, time.Duration) error {
		return os.WriteFile(path, []byte(`{"title":`), 0o666)
	}})
	if err != nil {
		t.Fatal(err)
	}
	if info, err := c.whole(t.Context(), path); info != nil || err != nil {
		t.Errorf("whole = %v, %v; want it left", info, err)
	}
}
