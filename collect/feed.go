package collect

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"dedupe/article"
	"dedupe/config"
	"dedupe/feed"
	"dedupe/fetch"
	"dedupe/page"
	"dedupe/source"
	"dedupe/storage"
)

const (
	acceptFeeds = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
	acceptPages = "text/html, application/xhtml+xml, */*;q=0.5"

	// pageTries is in how many runs a page is asked for that cannot be had just now.
	pageTries = 3
)

// content is what a place holds: what was fetched, or the bytes of a file.
type content struct {
	data      []byte
	kind      string // Content-Type
	address   string // where it came from
	unchanged bool
}

// get reads what a feed or a list holds, if it has changed. The error has in it when to come again.
func (c *Collector) get(ctx context.Context, j *job) (got content, until time.Time, err error) {
	if j.Path != "" {
		got.data, err = readFile(j.Path, c.opt.Read.MaxRecord)
		return got, until, err
	}
	at := cmp.Or(j.state.Moved, j.URL)
	answer, err := c.opt.Client.Get(ctx, fetch.Request{URL: at, Accept: acceptFeeds, ETag: j.state.ETag, Modified: j.state.Modified})
	if err != nil {
		if e := new(fetch.Error); errors.As(err, &e) {
			until = e.Until
		}
		j.state.Moved = "" // the next time where config.yaml says
		return got, until, err
	}
	j.state.Moved = cmp.Or(answer.Moved, j.state.Moved)
	j.state.ETag, j.state.Modified = answer.ETag, answer.Modified
	hash := storage.ItemHash(string(answer.Body))
	got = content{answer.Body, answer.Type, answer.URL, answer.NotModified || hash == j.state.Content}
	if !answer.NotModified {
		j.state.Content = hash
	}
	return got, until, nil
}

// readFile reads a feed in a file of at most so many bytes.
func readFile(path string, most int) ([]byte, error) {
	most = cmp.Or(most, source.DefaultMaxRecord)
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("is no regular file")
	}
	if err == nil && info.Size() > int64(most) {
		err = fmt.Errorf("a feed of %d bytes: the most is %d (max_record)", info.Size(), most)
	}
	if err != nil {
		if e := new(os.PathError); errors.As(err, &e) {
			err = fmt.Errorf("open: %w", e.Err)
		}
		return nil, err
	}
	return os.ReadFile(path)
}

// feedsOf returns the feeds of a list as sources of their own, and the list itself is done: they
// are those of the last time when it has not changed, or cannot be read now.
func (c *Collector) feedsOf(ctx context.Context, list *job, yield func(source.Raw, *source.Reject) bool) []*job {
	var links []feed.Link
	if c.due(list) {
		got, until, err := c.get(ctx, list)
		if ctx.Err() != nil {
			return nil
		}
		if err == nil && !got.unchanged {
			links, err = feed.Links(got.data, got.kind, got.address)
		}
		why := ""
		if err != nil {
			why = err.Error()
			list.state.ETag, list.state.Modified, list.state.Content = "", "", 0
		}
		c.done(list, why, until, yield)
		c.jobs = append(c.jobs, list)
	}
	known := len(links) > 0
	for at := range c.states {
		switch {
		case at.name != list.Name || at.place == list.Place():
		case !known:
			links = append(links, feed.Link{URL: at.place})
		case !slices.ContainsFunc(links, func(l feed.Link) bool { return l.URL == at.place }):
			c.gone = append(c.gone, at)
		}
	}
	if !known {
		slices.SortFunc(links, func(a, b feed.Link) int {
			return cmp.Compare(c.states[place{list.Name, a.URL}].ID, c.states[place{list.Name, b.URL}].ID)
		})
	}
	var jobs []*job
	for _, l := range links {
		s := list.Source
		s.Type, s.Path, s.URL = config.SourceFeed, "", l.URL
		j := c.job(s)
		j.label = Label(s.Name, l.URL)
		jobs = append(jobs, j)
	}
	return jobs
}

// Label is the name by which the records of a feed of a list are known.
func Label(list, address string) string { return list + " " + address }

// feed reads a feed: items that are new or have changed, each with the text that the feed has of
// it, or that of its page.
func (c *Collector) feed(ctx context.Context, j *job, yield func(source.Raw, *source.Reject) bool) {
	before := j.state
	got, until, err := c.get(ctx, j)
	if ctx.Err() != nil {
		return
	}
	if err != nil || got.unchanged {
		why := ""
		if err != nil {
			why = err.Error()
		}
		c.done(j, why, until, yield)
		return
	}
	f, err := readFeed(got)
	if err != nil {
		j.state.ETag, j.state.Modified, j.state.Content = before.ETag, before.Modified, before.Content
		c.done(j, err.Error(), until, yield)
		return
	}
	taken, err := c.store.TakenOf(ctx, j.state.ID)
	if err != nil {
		c.done(j, err.Error(), until, yield)
		return
	}
	r := &items{c: c, j: j, taken: taken, pages: c.opt.MaxPages}
	for i := range f.Items {
		if !r.take(ctx, i, &f.Items[i], yield) {
			return
		}
	}
	if r.pending { // ask for all of it the next time
		j.state.ETag, j.state.Modified, j.state.Content = "", "", 0
	}
	c.done(j, "", until, yield)
	if f.Broken != nil {
		yield(source.Raw{}, &source.Reject{Origin: article.Origin{Source: j.label, Path: j.named()}, Reason: fmt.Sprintf("after item %d %s", len(f.Items), f.Broken)})
	}
}

// readFeed reads a feed, and says of a page instead which feed it names.
func readFeed(got content) (*feed.Feed, error) {
	f, err := feed.Read(got.data, got.kind, got.address)
	if errors.Is(err, feed.ErrNone) {
		if links, _ := feed.Named(got.data, got.kind, got.address); len(links) > 0 {
			err = fmt.Errorf("%w; it is a page that names the feed %s", err, links[0].URL)
		}
	}
	return f, err
}

// items takes the items of one feed.
type items struct {
	c       *Collector
	j       *job
	taken   map[uint64]uint64
	pages   int  // that may still be fetched
	pending bool // some items are to be taken, or their pages asked for, by the next run
}

// take gives out an item that is new or has changed; false when no more is wanted.
func (r *items) take(ctx context.Context, i int, it *feed.Item, yield func(source.Raw, *source.Reject) bool) bool {
	id := storage.ItemHash(cmp.Or(it.ID, it.URL, it.Title))
	version := storage.ItemHash(it.Title, it.Updated, it.Content, it.Summary)
	had, known := r.taken[id]
	if known && had == version {
		r.j.taken = append(r.j.taken, storage.Taken{Item: id, Version: version})
		return true
	}
	a := it.Article()
	if r.j.Pages && a.URL != "" && (a.Summary || a.Body == "") {
		if r.pages == 0 {
			r.pending = true
			return true
		}
		r.pages--
		again, err := r.page(ctx, &a)
		if ctx.Err() != nil {
			return false
		}
		if err != nil && again {
			tries := 0 // the summary is taken until the page can be had
			for n := 1; n < pageTries; n++ {
				if known && had == tried(version, n) {
					tries = n
				}
			}
			if tries+1 < pageTries {
				r.pending = true
				version = tried(version, tries+1)
			}
		}
	}
	a.Outlet, a.Language = cmp.Or(r.j.Outlet, a.Outlet), cmp.Or(r.j.Language, a.Language)
	r.j.taken = append(r.j.taken, storage.Taken{Item: id, Version: version})
	return yield(source.Made(article.Origin{Source: r.j.label, Path: r.j.named(), Line: i + 1}, a), nil)
}

// tried is the version of an item of which the page could not be had so many times.
func tried(version uint64, times int) uint64 { return version + uint64(times) }

// page fills in an article from its page. When there is an error, again says whether it is one
// that may pass.
func (r *items) page(ctx context.Context, a *article.Article) (again bool, err error) {
	f := r.c.pages.read(ctx, a.URL)
	switch {
	case f.err != nil:
		return f.again, f.err
	case len(f.article.Body) < len(source.PlainText(a.Body)): // a notice instead of the story
		return false, page.ErrNoStory
	}
	f.into(a)
	return false, nil
}
