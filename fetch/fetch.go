// Package fetch gets feeds and pages from the network, and is the only package that does.
//
// It is polite: of each host one request at a time, with a delay between two, Retry-After and
// robots.txt heeded, and questions asked under conditions (ETag, Last-Modified) so that what has
// not changed is not sent. And it trusts nobody: only http and https; no address that is not public
// unless it is allowed; bounded redirects, sizes (unpacked) and times.
//
//	client := fetch.New(fetch.Options{UserAgent: "dedupe (desk@harbour.example)", Now: time.Now})
//	answer, err := client.Get(ctx, fetch.Request{URL: "https://harbour.example/feed"})
//
// Whether an address is public is looked at when the connection is made to it, not when the name
// is resolved: a name that resolves to another address the second time, and a redirect, come to
// nothing. Proxies of the environment are not used, for behind one nobody could look.
package fetch

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Options say how a Client fetches. UserAgent and Now are needed; other zero values mean the defaults.
type Options struct {
	UserAgent string           // says who asks; its first word is the name that robots.txt knows
	Timeout   time.Duration    // of a request with its answer; 0: 30 s
	Delay     time.Duration    // between two requests to a host; 0: none
	MaxBody   int64            // bytes of an answer, unpacked; 0: 16 MiB
	Allow     []netip.Prefix   // addresses that may be fetched from though they are not public
	Now       func() time.Time // the clock

	// Wait waits so long, or until ctx ends; nil: by a timer.
	Wait func(ctx context.Context, d time.Duration) error

	// Resolver resolves names; nil: that of the system.
	Resolver *net.Resolver
}

const (
	defaultTimeout = 30 * time.Second
	defaultBody    = 16 << 20
	maxRedirects   = 10
	maxURL         = 8 << 10 // bytes of an address
	maxHead        = 256 << 10
	maxWait        = 7 * 24 * time.Hour // that a host may ask for
	patience       = 10 * time.Second   // so long is waited for a host that asks for it, else the request is given up
)

// Client fetches. It is safe for concurrent use.
type Client struct {
	opt  Options
	http *http.Client

	mu    sync.Mutex
	hosts map[string]*host // by name and port
}

// New returns a client.
func New(opt Options) *Client {
	opt.Timeout = cmp.Or(opt.Timeout, defaultTimeout)
	opt.MaxBody = cmp.Or(opt.MaxBody, defaultBody)
	if opt.Wait == nil {
		opt.Wait = Wait
	}
	c := &Client{opt: opt, hosts: map[string]*host{}}
	dialer := &net.Dialer{Timeout: opt.Timeout, Control: c.control, Resolver: opt.Resolver}
	c.http = &http.Client{
		Transport: &http.Transport{
			DialContext: dialer.DialContext, ForceAttemptHTTP2: true, DisableCompression: true,
			MaxConnsPerHost: 1, MaxIdleConns: 100, IdleConnTimeout: opt.Timeout,
			TLSHandshakeTimeout: opt.Timeout, MaxResponseHeaderBytes: maxHead,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c
}

// Close ends idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Wait waits so long, or until ctx ends, whose error it returns then.
func Wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Request says what to fetch.
type Request struct {
	URL      string
	Accept   string // media types; empty: any
	ETag     string // with Modified, the validators of the last answer: only what differs from it is sent
	Modified string
	Robots   bool // ask robots.txt first, as for pages; feeds are made to be fetched by programs
}

// Answer is what came.
type Answer struct {
	URL         string // where it came from, after redirects
	Moved       string // where the address has moved for good; empty: it has not
	NotModified bool   // nothing came, for it is as the validators say
	ETag        string
	Modified    string
	Type        string // Content-Type
	Body        []byte
}

// Error says why nothing came.
type Error struct {
	URL    string
	Reason string
	Status int       // with which the host answered; 0: it did not
	Until  time.Time // the host wants to be left alone until then; zero: it does not say
	Barred bool      // robots.txt, or the rule of addresses, forbids it: another try is in vain
	err    error
}

// Error returns what is wrong, without the address, which whoever asked has.
func (e *Error) Error() string { return e.Reason }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.err }

// Get fetches. The error is an *Error, or that of ctx when ctx has ended.
func (c *Client) Get(ctx context.Context, r Request) (*Answer, error) {
	at, err := parse(r.URL)
	if err != nil {
		return nil, &Error{URL: r.URL, Reason: err.Error(), Barred: true}
	}
	answer, err := c.follow(ctx, at, r)
	if err == nil {
		return answer, nil
	}
	if ended := ctx.Err(); ended != nil {
		return nil, ended
	}
	var known *Error
	if !errors.As(err, &known) {
		known = &Error{Reason: c.plain(err), err: err}
	}
	known.URL = r.URL
	return nil, known
}

// follow fetches from an address and those that it leads on to. Cookies that are set on the way, as by sites
// that lead back to the page with one, are kept for this request alone: sites also count readers by them.
func (c *Client) follow(ctx context.Context, at *url.URL, r Request) (*Answer, error) {
	permanent, moved := true, ""
	seen := map[string]bool{}
	by := *c.http
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	by.Jar = jar
	for range maxRedirects + 1 {
		visit := fmt.Sprint(at, jar.Cookies(at))
		if seen[visit] {
			return nil, &Error{Reason: "redirects lead in a circle, over " + at.Redacted()}
		}
		seen[visit] = true
		answer, next, forGood, err := c.ask(ctx, &by, at, r)
		if err != nil || next == nil {
			if answer != nil {
				answer.URL, answer.Moved = at.String(), moved
			}
			return answer, err
		}
		if permanent = permanent && forGood; permanent {
			moved = next.String()
		}
		at = next
	}
	return nil, &Error{Reason: fmt.Sprintf("more than %d redirects", maxRedirects)}
}

// ask makes one request, when it is the host's turn.
func (c *Client) ask(ctx context.Context, by *http.Client, at *url.URL, r Request) (answer *Answer, next *url.URL, forGood bool, err error) {
	h := c.host(at)
	if r.Robots {
		if err := c.permitted(ctx, h, at); err != nil {
			return nil, nil, false, err
		}
	}
	done, err := h.turn(ctx, c)
	if err != nil {
		return nil, nil, false, err
	}
	defer done()
	ctx, cancel := context.WithTimeout(ctx, c.opt.Timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, nil, false, err
	}
	request.Header.Set("User-Agent", c.opt.UserAgent)
	request.Header.Set("Accept-Encoding", "gzip")
	request.Header.Set("Accept", cmp.Or(r.Accept, "*/*"))
	if r.ETag != "" {
		request.Header.Set("If-None-Match", r.ETag)
	}
	if r.Modified != "" {
		request.Header.Set("If-Modified-Since", r.Modified)
	}
	response, err := by.Do(request)
	if err != nil {
		return nil, nil, false, err
	}
	defer response.Body.Close()
	switch code := response.StatusCode; {
	case code == http.StatusNotModified && (r.ETag != "" || r.Modified != ""):
		return &Answer{NotModified: true, ETag: r.ETag, Modified: r.Modified}, nil, false, nil
	case code == http.StatusOK || code == http.StatusNonAuthoritativeInfo:
		answer, err := c.read(response)
		return answer, nil, false, err
	case code == 301 || code == 302 || code == 303 || code == 307 || code == 308:
		where := response.Header.Get("Location")
		if where == "" {
			return nil, nil, false, &Error{Reason: "redirect without an address", Status: code}
		}
		next, err := parse(where, at)
		if err != nil {
			return nil, nil, false, &Error{Reason: "redirect: " + err.Error(), Barred: true}
		}
		return nil, next, code == 301 || code == 308, nil
	default:
		failed := &Error{Status: code, Reason: strings.TrimSpace(fmt.Sprintf("status %d %s", code, http.StatusText(code)))}
		if until := retryAfter(response.Header.Get("Retry-After"), c.opt.Now()); !until.IsZero() && (code == 429 || code >= 500) {
			h.rest(until)
			failed.Until = until
			failed.Reason += ", and wants to be left alone until " + until.UTC().Format("2006-01-02 15:04")
		}
		return nil, nil, false, failed
	}
}

// read reads the body of an answer. Servers err in what they say of how it is packed: its first bytes tell.
func (c *Client) read(response *http.Response) (*Answer, error) {
	in := bufio.NewReader(response.Body)
	for range 2 { // a packed file may be packed once more on its way
		if magic, _ := in.Peek(2); string(magic) != "\x1f\x8b" {
			break
		}
		z, err := gzip.NewReader(in)
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return nil, &Error{Reason: "the answer is cut off within the head of what is packed", err: err}
		}
		if err != nil {
			return nil, err
		}
		in = bufio.NewReader(z)
	}
	body, err := io.ReadAll(io.LimitReader(in, c.opt.MaxBody+1))
	if errors.Is(err, gzip.ErrHeader) && len(body) > 0 { // what follows is not packed
		err = nil
	}
	switch packed := strings.ToLower(response.Header.Get("Content-Encoding")); {
	case int64(len(body)) > c.opt.MaxBody:
		return nil, &Error{Reason: fmt.Sprintf("sends more than %d bytes (fetch.max_size)", c.opt.MaxBody)}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, &Error{Reason: fmt.Sprintf("the answer is cut off after %d bytes", len(body)), err: err}
	case err != nil:
		return nil, err
	case slices.Contains([]string{"br", "zstd", "deflate", "compress"}, packed) && !bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")):
		return nil, &Error{Reason: fmt.Sprintf("sends %q data, though gzip was asked for", packed)}
	}
	head := func(name string) string { // one that nobody could send back is none
		if v := response.Header.Get(name); len(v) <= 1<<10 {
			return v
		}
		return ""
	}
	return &Answer{ETag: head("ETag"), Modified: head("Last-Modified"), Type: head("Content-Type"), Body: body}, nil
}

// parse reads an absolute address, or one relative to another, of http or https.
func parse(address string, base ...*url.URL) (*url.URL, error) {
	if len(address) > maxURL {
		return nil, fmt.Errorf("an address of %d bytes: the most is %d", len(address), maxURL)
	}
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return nil, fmt.Errorf("%.200q is no address", address)
	}
	for _, b := range base {
		u = b.ResolveReference(u)
		u.User = nil // what another says of names and passwords
	}
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("%.200q: only http and https are fetched", address)
	case u.Hostname() == "":
		return nil, fmt.Errorf("%.200q names no host", address)
	}
	u.Fragment, u.RawFragment = "", ""
	u.RawQuery = strings.ReplaceAll(u.RawQuery, " ", "%20")
	return u, nil
}

// retryAfter reads when a host wants to be asked again; zero: it does not say.
func retryAfter(value string, now time.Time) time.Time {
	until, err := http.ParseTime(value)
	if seconds, e := strconv.ParseUint(value, 10, 31); e == nil {
		until, err = now.Add(time.Duration(seconds)*time.Second), nil
	}
	if err != nil || !until.After(now) {
		return time.Time{}
	}
	if last := now.Add(maxWait); until.After(last) {
		return last
	}
	return until
}

// plain says what went wrong in the words of people, without addresses and methods.
func (c *Client) plain(err error) string {
	var name *net.DNSError
	var timeout net.Error
	switch {
	case errors.As(err, &name) && name.IsNotFound:
		return "no host has this name"
	case errors.As(err, &name):
		return "the name of the host cannot be looked up: " + name.Err
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Sprintf("no whole answer within %s (fetch.timeout)", c.opt.Timeout)
	}
	var of *url.Error
	if errors.As(err, &of) {
		err = of.Err
	}
	return err.Error()
}
