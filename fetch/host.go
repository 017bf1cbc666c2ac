package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
)

// host is what is known of one host, and its one place for a request.
type host struct {
	place chan struct{} // who has what is in it may ask

	mu    sync.Mutex
	next  time.Time     // no request before
	until time.Time     // it wants to be left alone until then
	delay time.Duration // between two requests

	robots sync.Mutex // who asks for robots.txt; others wait for the answer
	rules  *robotstxt.Group
	failed error // robots.txt cannot be read
}

// host returns the one that an address is of.
func (c *Client) host(at *url.URL) *host {
	name := at.Scheme + "://" + strings.ToLower(at.Host)
	c.mu.Lock()
	defer c.mu.Unlock()
	h := c.hosts[name]
	if h == nil {
		h = &host{place: make(chan struct{}, 1), delay: c.opt.Delay}
		h.place <- struct{}{}
		c.hosts[name] = h
	}
	return h
}

// turn waits until a request may be made, and returns what to call when it is over.
func (h *host) turn(ctx context.Context, c *Client) (done func(), err error) {
	select {
	case <-h.place:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	done = func() {
		h.mu.Lock()
		h.next = c.opt.Now().Add(h.delay)
		h.mu.Unlock()
		h.place <- struct{}{}
	}
	h.mu.Lock()
	next, until := h.next, h.until
	h.mu.Unlock()
	now := c.opt.Now()
	if until.After(now.Add(patience)) {
		h.place <- struct{}{}
		return nil, &Error{Reason: "the host wants to be left alone until " + until.UTC().Format("2006-01-02 15:04"), Until: until}
	}
	if until.After(next) {
		next = until
	}
	if d := next.Sub(now); d > 0 {
		if err := c.opt.Wait(ctx, d); err != nil {
			h.place <- struct{}{}
			return nil, err
		}
	}
	return done, nil
}

// rest leaves the host alone until a time.
func (h *host) rest(until time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.until = until
}

// maxCrawlDelay bounds what robots.txt may ask for between two requests.
const maxCrawlDelay = time.Minute

// permitted asks robots.txt, which is fetched once for each host, whether a page may be fetched.
// Where robots.txt cannot be had, nothing may (RFC 9309, 2.3.1.4); where there is none, all.
func (c *Client) permitted(ctx context.Context, h *host, at *url.URL) error {
	h.robots.Lock()
	defer h.robots.Unlock()
	if h.rules == nil && h.failed == nil {
		agent, _, _ := strings.Cut(strings.Fields(c.opt.UserAgent + " dedupe")[0], "/")
		code := http.StatusOK
		answer, err := c.follow(ctx, &url.URL{Scheme: at.Scheme, Host: at.Host, Path: "/robots.txt"}, Request{Accept: "text/plain"})
		if answer == nil {
			answer = &Answer{}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			code = http.StatusNotFound // no rules
			if e := new(Error); !errors.As(err, &e) || e.Status/100 != 4 || e.Status == 429 {
				h.failed = fmt.Errorf("robots.txt of the host cannot be read: %s", c.plain(err))
			}
		}
		rules, err := robotstxt.FromStatusAndBytes(code, answer.Body[:min(len(answer.Body), maxRobots)])
		switch {
		case h.failed != nil:
		case err != nil:
			h.failed = fmt.Errorf("robots.txt of the host cannot be read: %w", err)
		default:
			h.rules = rules.FindGroup(agent)
			h.mu.Lock()
			h.delay = max(h.delay, min(h.rules.CrawlDelay, maxCrawlDelay))
			h.mu.Unlock()
		}
	}
	switch {
	case h.failed != nil:
		return &Error{Reason: h.failed.Error()}
	case !h.rules.Test(at.RequestURI()):
		return &Error{Reason: "robots.txt of the host forbids it", Barred: true}
	}
	return nil
}

// maxRobots bounds what is read of a robots.txt in bytes, as search engines do.
const maxRobots = 500 << 10
