package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// loopback lets tests fetch from their own servers.
var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}

// clock is a time that waiting moves on.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	waits []time.Duration
}

func (c *clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }

func (c *clock) Wait(_ context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waits = append(c.waits, d)
	c.now = c.now.Add(d)
	return nil
}

func newClock() *clock { return &clock{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)} }

func client(t *testing.T, change func(*Options)) *Client {
	at := newClock()
	opt := Options{UserAgent: "dedupe/1.0 (desk@harbour.example)", Timeout: 5 * time.Second, MaxBody: 1 << 20, Allow: loopback, Now: at.Now, Wait: at.Wait}
	if change != nil {
		change(&opt)
	}
	c := New(opt)
	t.Cleanup(c.Close)
	return c
}

func serve(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	return s
}

// misbehaving is a server with a page for each way of going wrong.
func misbehaving(w http.ResponseWriter, r *http.Request) {
	raw := func(answer string) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			_, _ = io.WriteString(conn, answer)
			_ = conn.Close()
		}
	}
	switch r.URL.Path {
	case "/cut":
		raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this")
	case "/cut-gzip":
		raw("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 10\r\n\r\n\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03")
	case "/nonsense":
		raw("GO AWAY\r\n\r\n")
	case "/silent":
		raw("")
	case "/slow":
		for range 1000 {
			if _, err := io.WriteString(w, "."); err != nil || r.Context().Err() != nil {
				return
			}
			w.(http.Flusher).Flush()
			select {
			case <-r.Context().Done():
			case <-time.After(20 * time.Millisecond):
			}
		}
	case "/endless":
		for r.Context().Err() == nil {
			if _, err := io.WriteString(w, strings.Repeat("endless ", 1000)); err != nil {
				return
			}
		}
	case "/long":
		w.Header().Set("Content-Length", fmt.Sprint(1<<40))
		_, _ = io.WriteString(w, strings.Repeat("long ", 1<<20))
	case "/bomb":
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		for range 1000 {
			if _, err := z.Write(make([]byte, 1<<20)); err != nil {
				return
			}
		}
		_ = z.Close()
	case "/brotli":
		w.Header().Set("Content-Encoding", "br")
	case "/header":
		w.Header().Set("X-Long", strings.Repeat("x", 1<<20))
	case "/circle":
		http.Redirect(w, r, "/circle-back", http.StatusFound)
	case "/circle-back":
		http.Redirect(w, r, "/circle", http.StatusFound)
	case "/spiral":
		http.Redirect(w, r, "/spiral?"+r.URL.RawQuery+"x", http.StatusFound)
	case "/to-file":
		http.Redirect(w, r, "file:///etc/passwd", http.StatusMovedPermanently)
	case "/to-private":
		http.Redirect(w, r, "http://169.254.169.254/latest/meta-data", http.StatusFound)
	case "/to-nowhere":
		w.WriteHeader(http.StatusFound)
	case "/gone":
		w.WriteHeader(http.StatusGone)
	case "/broken":
		w.WriteHeader(http.StatusBadGateway)
	case "/not-asked":
		w.WriteHeader(http.StatusNotModified)
	default:
		_, _ = io.WriteString(w, "good")
	}
}

func TestMisbehavingServer(t *testing.T) {
	s := serve(t, misbehaving)
	tests := []struct{ path, want string }{
		{"/cut", "the answer is cut off after 9 bytes"},
		{"/cut-gzip", "the answer is cut off after 0 bytes"},
		{"/nonsense", "malformed HTTP"},
		{"/silent", "EOF"},
		{"/slow", "no whole answer within"},
		{"/endless", "sends more than 1048576 bytes"},
		{"/long", "sends more than 1048576 bytes"},
		{"/bomb", "sends more than 1048576 bytes"},
		{"/brotli", `sends "br" data`},
		{"/header", "server response headers exceeded"},
		{"/circle", "redirects lead in a circle"},
		{"/spiral", "more than 10 redirects"},
		{"/to-file", "only http and https are fetched"},
		{"/to-private", "its address 169.254.169.254 is not public"},
		{"/to-nowhere", "redirect without an address"},
		{"/gone", "status 410 Gone"},
		{"/broken", "status 502 Bad Gateway"},
		{"/not-asked", "status 304"},
	}
	for _, tt := range tests {
		t.Run(tt.path[1:], func(t *testing.T) {
			c := client(t, func(o *Options) {
				if tt.path == "/slow" {
					o.Timeout = 200 * time.Millisecond
				}
			})
			answer, err := c.Get(t.Context(), Request{URL: s.URL + tt.path})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("Get = %+v, %v; want an error with %q", answer, err, tt.want)
			}
			if strings.Contains(err.Error(), s.URL) && !strings.HasPrefix(err.Error(), "redirects lead") {
				t.Errorf("%q repeats the address", err)
			}
			// What went wrong with one page spoils none that follows.
			if answer, err := c.Get(t.Context(), Request{URL: s.URL}); err != nil || string(answer.Body) != "good" {
				t.Errorf("the next page: %+v, %v", answer, err)
			}
		})
	}
}

func TestNoHost(t *testing.T) {
	closed := serve(t, misbehaving)
	closed.Close()
	for address, want := range map[string]string{
		closed.URL:                            "connection refused",
		"ftp://harbour.example/feed":          "only http and https",
		"http:///feed":                        "names no host",
		"harbour.example/feed":                "only http and https",
		"http://[::1":                         "is no address",
		"http://127.0.0.2/":                   "its address 127.0.0.2 is not public",
		"http://[::ffff:127.0.0.2]/":          "is not public",
		"http://[::1]/":                       "its address ::1 is not public",
		"http://10.0.0.1/":                    "is not public",
		"http://0.0.0.0/":                     "is not public",
		"http://" + strings.Repeat("a", 9000): "an address of 9007 bytes",
	} {
		_, err := client(t, nil).Get(t.Context(), Request{URL: address})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: %v; want an error with %q", address, err, want)
		}
	}
}

func TestPublic(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.216.34": true, "2606:2800:220:1::1": true,
		"127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false,
		"0.0.0.0": false, "255.255.255.255": false, "224.0.0.1": false, "198.18.0.1": false,
		"::1": false, "::": false, "fe80::1": false, "fe80::1%eth0": false, "fd00::1": false, "ff02::1": false, "fec0::1": false,
		"::ffff:10.0.0.1": false, "::7f00:1": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false, "2001:0:1::": false,
	} {
		if got := Public(netip.MustParseAddr(address)); got != want {
			t.Errorf("Public(%s) = %v, want %v", address, got, want)
		}
	}
}

// names is a server of names that answers with each of the addresses in turn.
func names(t *testing.T, addresses ...string) *net.Resolver {
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	var asked atomic.Int32
	go func() {
		data := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(data)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(data[:n]) != nil || len(m.Questions) != 1 {
				continue
			}
			q := m.Questions[0]
			m.Response, m.Authoritative, m.Additionals = true, true, nil
			if q.Type == dnsmessage.TypeA {
				i := min(int(asked.Add(1)), len(addresses)) - 1
				m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class},
					Body: &dnsmessage.AResource{A: netip.MustParseAddr(addresses[i]).As4()}}}
			}
			if packed, err := m.Pack(); err == nil {
				_, _ = conn.WriteTo(packed, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

// A name that leads to an allowed address first and to another one the next time is not
// followed there.
func TestRebinding(t *testing.T) {
	reached := false
	inner, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skip(err)
	}
	_, port, _ := net.SplitHostPort(inner.Addr().String())
	outer, err := net.Listen("tcp", "127.0.0.1:"+port)
	if err != nil {
		t.Skip(err)
	}
	for l, h := range map[net.Listener]http.HandlerFunc{
		inner: func(http.ResponseWriter, *http.Request) { reached = true },
		outer: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Connection", "close")
			_, _ = io.WriteString(w, "good")
		},
	} {
		s := &http.Server{Handler: h}
		go func() { _ = s.Serve(l) }()
		t.Cleanup(func() { _ = s.Close() })
	}
	c := client(t, func(o *Options) { o.Resolver = names(t, "127.0.0.1", "127.0.0.2") })
	address := "http://rebinding.example:" + port + "/"
	if answer, err := c.Get(t.Context(), Request{URL: address}); err != nil || string(answer.Body) != "good" {
		t.Fatalf("the allowed address: %v, %v", answer, err)
	}
	_, err = c.Get(t.Context(), Request{URL: address})
	if want := "its address 127.0.0.2 is not public"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("the other address: %v; want an error with %q", err, want)
	}
	if reached {
		t.Error("the address that is not allowed was reached")
	}
}

// The way of an answer is remembered as far as it was for good; what has not changed is not sent.
func TestRedirectsAndConditions(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/old":
			http.Redirect(w, r, "/older", http.StatusMovedPermanently)
		case "/older":
			http.Redirect(w, r, "/feed", http.StatusPermanentRedirect)
		case "/mixed":
			http.Redirect(w, r, "/today", http.StatusMovedPermanently)
		case "/blanks":
			w.Header().Set("Location", "/feed?section=home news&a=é")
			w.WriteHeader(http.StatusFound)
		case "/today":
			http.Redirect(w, r, "/feed", http.StatusTemporaryRedirect)
		case "/feed":
			w.Header().Set("ETag", `"v1"`)
			w.Header().Set("Last-Modified", "Mon, 02 Mar 2026 09:00:00 GMT")
			if r.Header.Get("If-None-Match") == `"v1"` && r.Header.Get("If-Modified-Since") != "" {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			_, _ = fmt.Fprintf(w, "%s, %s", r.UserAgent(), r.Header.Get("Accept-Encoding"))
		}
	})
	c := client(t, nil)
	for path, moved := range map[string]string{"/old": "/feed", "/mixed": "/today", "/feed": ""} {
		if moved != "" {
			moved = s.URL + moved
		}
		answer, err := c.Get(t.Context(), Request{URL: s.URL + path})
		if err != nil || answer.URL != s.URL+"/feed" || answer.Moved != moved || string(answer.Body) != "dedupe/1.0 (desk@harbour.example), gzip" {
			t.Errorf("%s: %+v, %v; want it from /feed, moved to %q", path, answer, err, moved)
		}
	}
	if answer, err := c.Get(t.Context(), Request{URL: s.URL + "/blanks"}); err != nil || answer.URL != s.URL+"/feed?section=home%20news&a=é" {
		t.Errorf("blanks in an address: %+v, %v", answer, err)
	}
	answer, err := c.Get(t.Context(), Request{URL: s.URL + "/feed", ETag: `"v1"`, Modified: "Mon, 02 Mar 2026 09:00:00 GMT"})
	if err != nil || !answer.NotModified || answer.ETag != `"v1"` || len(answer.Body) > 0 {
		t.Errorf("asked again: %+v, %v", answer, err)
	}
}

// Servers err in how they say that a body is packed: its first bytes tell.
func TestPackedBodies(t *testing.T) {
	gz := func(s string) string {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = io.WriteString(z, s)
		_ = z.Close()
		return b.String()
	}
	for name, tt := range map[string]struct{ says, body string }{
		"as it says":         {"gzip", gz("<rss>")},
		"is not packed":      {"gzip", "<rss>"},
		"an encoding":        {"UTF-8", "<rss>"},
		"none":               {"none", "<rss>"},
		"the old name":       {"x-gzip", gz("<rss>")},
		"a packed file":      {"", gz("<rss>")},
		"packed twice":       {"gzip", gz(gz("<rss>"))},
		"rubbish behind it":  {"gzip", gz("<rss>") + "\r\n<!-- cached -->"},
		"brotli that is not": {"br", "<rss>"},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				if tt.says != "" {
					w.Header().Set("Content-Encoding", tt.says)
				}
				_, _ = io.WriteString(w, tt.body)
			})
			if answer, err := client(t, nil).Get(t.Context(), Request{URL: s.URL}); err != nil || string(answer.Body) != "<rss>" {
				t.Errorf("%+v, %v", answer, err)
			}
		})
	}
}

// Some sites lead back to the page with a cookie. It is kept for this page alone: sites count by it, too.
func TestCookieOfARedirect(t *testing.T) {
	first := 0
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("seen"); err == nil {
			_, _ = io.WriteString(w, "good")
			return
		}
		first++
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1"})
		http.Redirect(w, r, r.URL.Path, http.StatusFound)
	})
	c := client(t, nil)
	for n := range 2 {
		if answer, err := c.Get(t.Context(), Request{URL: s.URL + "/page"}); err != nil || string(answer.Body) != "good" || first != n+1 {
			t.Errorf("%+v, %v; %d times without a cookie", answer, err, first)
		}
	}
}

// A host is asked one thing at a time, with a delay between two.
func TestOneConnectionWithDelay(t *testing.T) {
	var at, most atomic.Int32
	s := serve(t, func(http.ResponseWriter, *http.Request) {
		most.Store(max(most.Load(), at.Add(1)))
		time.Sleep(5 * time.Millisecond)
		at.Add(-1)
	})
	time := newClock()
	c := client(t, func(o *Options) { o.Delay, o.Now, o.Wait = 2e9, time.Now, time.Wait })
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			if _, err := c.Get(t.Context(), Request{URL: s.URL}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if most.Load() != 1 {
		t.Errorf("%d requests at a time", most.Load())
	}
	if got := fmt.Sprint(time.waits); got != "[2s 2s 2s 2s]" {
		t.Errorf("waited %s, want 2 s between each two", got)
	}
}

// A host that wants to be left alone is: for a while it is waited, else given up.
func TestRetryAfter(t *testing.T) {
	var asked atomic.Int32
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if after := r.URL.Query().Get("after"); after != "" {
			w.Header().Set("Retry-After", after)
			w.WriteHeader(http.StatusTooManyRequests)
		}
	})
	now := newClock()
	for after, want := range map[string]time.Duration{
		"3600": time.Hour, "Mon, 02 Mar 2026 11:00:00 GMT": 2 * time.Hour, "99999999": maxWait, "Mon, 02 Mar 2020 09:00:00 GMT": 0, "soon": 0, "-5": 0,
	} {
		c := client(t, nil)
		_, err := c.Get(t.Context(), Request{URL: s.URL + "/?after=" + strings.ReplaceAll(after, " ", "+")})
		var e *Error
		if !errors.As(err, &e) || !e.Until.IsZero() != (want > 0) || want > 0 && e.Until.Sub(now.now) != want {
			t.Errorf("Retry-After %s: %+v; want a rest of %s", after, e, want)
		}
		before := asked.Load()
		_, err = c.Get(t.Context(), Request{URL: s.URL})
		if rested := asked.Load() == before; rested != (want > 0) || (err != nil) != rested {
			t.Errorf("Retry-After %s: asked again %v, %v", after, !rested, err)
		}
	}
	waited := newClock()
	c := client(t, func(o *Options) { o.Now, o.Wait = waited.Now, waited.Wait })
	_, _ = c.Get(t.Context(), Request{URL: s.URL + "/?after=5"})
	if _, err := c.Get(t.Context(), Request{URL: s.URL}); err != nil || len(waited.waits) != 1 || waited.waits[0] != 5*time.Second {
		t.Errorf("a rest of 5 s: %v, waited %v", err, waited.waits)
	}
}

func TestRobots(t *testing.T) {
	for _, tt := range []struct {
		name, rules string
		code        int
		want        string // empty: permitted
	}{
		{"none", "", 404, ""},
		{"empty", "", 200, ""},
		{"all", "User-agent: *\nDisallow: /", 200, "forbids"},
		{"others", "User-agent: otherbot\nDisallow: /", 200, ""},
		{"ours", "User-agent: *\nDisallow:\n\nUser-agent: Dedupe\nDisallow: /news/", 200, "forbids"},
		{"allowed", "User-agent: *\nDisallow: /\nAllow: /news/", 200, ""},
		{"down", "", 503, "cannot be read"},
		{"asked too often", "", 429, "cannot be read"},
		{"refused", "", 403, ""},
		{"with a mark before it", "\ufeffUser-agent: *\r\nDisallow: /*/1$\r\n", 200, "forbids"},
		{"page instead", "<!doctype html><html><body>Not found: sorry</body></html>", 200, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var asked atomic.Int32
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					asked.Add(1)
					w.WriteHeader(tt.code)
					_, _ = io.WriteString(w, tt.rules)
				}
			})
			c := client(t, nil)
			for range 2 {
				_, err := c.Get(t.Context(), Request{URL: s.URL + "/news/1", Robots: true})
				if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
					t.Errorf("Get: %v; want %q", err, tt.want)
				}
			}
			if asked.Load() != 1 {
				t.Errorf("robots.txt was fetched %d times", asked.Load())
			}
			if _, err := c.Get(t.Context(), Request{URL: s.URL + "/news/feed"}); err != nil {
				t.Errorf("a feed asks no robots.txt: %v", err)
			}
		})
	}
	now := newClock()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "User-agent: *\nCrawl-delay: 7")
	})
	c := client(t, func(o *Options) { o.Now, o.Wait = now.Now, now.Wait })
	for range 2 {
		if _, err := c.Get(t.Context(), Request{URL: s.URL + "/a", Robots: true}); err != nil {
			t.Fatal(err)
		}
	}
	if got := fmt.Sprint(now.waits[len(now.waits)-1]); got != "7s" {
		t.Errorf("waited %v; robots.txt asks for 7 s", now.waits)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := serve(t, func(_ http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() })
	if _, err := client(t, nil).Get(ctx, Request{URL: s.URL}); !errors.Is(err, context.Canceled) {
		t.Errorf("Get = %v; want it cancelled", err)
	}
}
