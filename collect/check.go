package collect

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"dedupe/article"
	"dedupe/config"
	"dedupe/feed"
	"dedupe/fetch"
	"dedupe/page"
	"dedupe/source"
)

// Checked is what came of trying a source.
type Checked struct {
	Name, Type, Place string
	Found             int    // records, or feeds of a list
	Full              int    // of these, with a whole text
	Rejected          int    // records that cannot be taken
	Example           string // a headline
	Page              string // what came of the first page that is needed; empty: none is
	Error             string // why it cannot be read, or why the first record cannot be taken
	Failed            bool   // it cannot be read
}

// maxChecked is how many records of files are tried.
const maxChecked = 1000

// Check tries sources, and each feed of a list, without remembering anything: what they have, and
// whether it can be taken. Sources that are not enabled are tried too. The results are in the order of the sources.
func Check(ctx context.Context, opt Options) ([]Checked, error) {
	c := &Collector{opt: opt}
	var jobs []*job
	var lists []Checked
	for _, s := range opt.Sources {
		j := c.job(s)
		if s.Type != config.SourceOPML {
			jobs = append(jobs, j)
			continue
		}
		result := checked(j)
		got, _, err := c.get(ctx, j)
		if err == nil {
			var links []feed.Link
			links, err = feed.Links(got.data, got.kind, got.address)
			result.Found = len(links)
			for _, l := range links {
				of := s
				of.Name, of.Type, of.Path, of.URL = Label(s.Name, l.URL), config.SourceFeed, "", l.URL
				jobs = append(jobs, c.job(of))
			}
		}
		result.fail(err)
		lists = append(lists, result)
	}
	results := make([]Checked, len(jobs))
	decoder, err := source.NewDecoder(opt.Read)
	if err != nil {
		return nil, err
	}
	places := make(chan struct{}, max(opt.Hosts, 1))
	var all sync.WaitGroup
	for i, j := range jobs {
		if !remote(&j.Source) {
			results[i] = c.checkFiles(ctx, j, decoder)
			continue
		}
		places <- struct{}{}
		all.Go(func() {
			results[i] = c.checkFeed(ctx, j)
			<-places
		})
	}
	all.Wait()
	return append(lists, results...), ctx.Err()
}

func checked(j *job) Checked { return Checked{Name: j.Name, Type: j.Type, Place: j.named()} }

func (r *Checked) fail(err error) {
	if err != nil {
		r.Error, r.Failed = err.Error(), true
	}
}

func (c *Collector) checkFiles(ctx context.Context, j *job, d *source.Decoder) Checked {
	r := checked(j)
	paths := []string{j.Path}
	if j.Type == config.SourceInbox {
		var err error
		if paths, err = c.waiting(j); err != nil {
			r.fail(fmt.Errorf("open: %w", cause(err)))
			return r
		}
	}
	for raw, rej := range source.Read(ctx, paths, c.opt.Stdin, c.reading(j)) {
		var a article.Article
		if rej == nil {
			a, rej = raw.Decode(d)
		}
		switch {
		case rej != nil && rej.Passed:
		case rej != nil && !rej.Kept:
			r.Failed = r.Failed || rej.Origin.Path == j.Path && rej.Origin.Line == 0
			r.Rejected++
			if r.Error == "" {
				r.Error = rej.Error()
			}
		default:
			r.add(a)
		}
		if r.Found+r.Rejected >= maxChecked {
			break
		}
	}
	return r
}

func (r *Checked) add(a article.Article) {
	r.Found++
	if a.Body != "" && !a.Summary {
		r.Full++
	}
	if r.Example == "" {
		r.Example = a.Headline
	}
}

func (c *Collector) checkFeed(ctx context.Context, j *job) Checked {
	r := checked(j)
	got, _, err := c.get(ctx, j)
	var f *feed.Feed
	if err == nil {
		f, err = readFeed(got)
	}
	if err != nil {
		r.fail(err)
		return r
	}
	for i := range f.Items {
		a := f.Items[i].Article()
		r.add(a)
		if r.Page == "" && j.Pages && a.URL != "" && (a.Summary || a.Body == "") {
			r.Page = c.checkPage(ctx, a.URL)
		}
	}
	if f.Broken != nil {
		r.Error = f.Broken.Error()
	}
	return r
}

func (c *Collector) checkPage(ctx context.Context, address string) string {
	answer, err := c.opt.Client.Get(ctx, fetch.Request{URL: address, Accept: acceptPages, Robots: true})
	if err != nil {
		return err.Error()
	}
	a, err := page.Read(answer.Body, answer.Type, answer.URL)
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("read, %d words", len(strings.Fields(a.Body)))
}
