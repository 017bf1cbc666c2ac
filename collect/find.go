package collect

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"dedupe/config"
	"dedupe/feed"
	"dedupe/fetch"
)

// Found is a source that a place was found to be.
type Found struct {
	config.Source
	Title string   // of the feed
	Items int      // of the feed, or feeds of the list
	Also  []string // feeds that the page names besides
}

// Find returns what source an address or path is: a feed, a list of feeds, a page that names a
// feed, a folder, or a file of records. With inbox a folder is one that files are dropped into.
// It says so when it is none of these.
func Find(ctx context.Context, client *fetch.Client, where string, inbox bool) (Found, error) {
	if strings.Contains(where, "://") {
		return findAddress(ctx, client, where, true)
	}
	found := Found{Source: config.Source{Name: where, Type: config.SourceFiles, Path: where, Enabled: true, Pages: true}}
	info, err := os.Stat(where)
	switch {
	case err != nil && strings.ContainsAny(where, "*?["):
		if _, err := filepath.Match(where, ""); err != nil {
			return found, fmt.Errorf("%s: %w", where, err)
		}
		return found, nil
	case err != nil && strings.Contains(where, "."):
		return found, fmt.Errorf("open %s: %w; if it is an address, write https://%s", where, cause(err), where)
	case err != nil:
		return found, fmt.Errorf("open %s: %w", where, cause(err))
	case inbox && !info.IsDir():
		return found, fmt.Errorf("%s is no folder, as an inbox is", where)
	case inbox:
		found.Type, found.Finished = config.SourceInbox, "done"
		return found, nil
	case info.IsDir():
		return found, nil
	}
	data, err := readFile(where, 0)
	if err != nil { // whatever it is, it is no feed
		return found, nil
	}
	found.Source.Type, found.Title, found.Items, err = kindOf(content{data: data})
	if err != nil {
		found.Type = config.SourceFiles
	}
	return found, nil
}

// findAddress finds what an address is; of a page it follows the feed that it names.
func findAddress(ctx context.Context, client *fetch.Client, address string, follow bool) (Found, error) {
	found := Found{Source: config.Source{URL: address, Enabled: true, Pages: true}}
	answer, err := client.Get(ctx, fetch.Request{URL: address, Accept: acceptFeeds})
	if err != nil {
		return found, fmt.Errorf("%s: %w", address, err)
	}
	if answer.Moved != "" {
		found.URL = answer.Moved
	}
	found.Name = found.URL
	if u, err := url.Parse(found.URL); err == nil {
		found.Name = strings.TrimPrefix(u.Hostname(), "www.")
	}
	got := content{answer.Body, answer.Type, answer.URL, false}
	found.Source.Type, found.Title, found.Items, err = kindOf(got)
	if err == nil {
		return found, nil
	}
	links, e := feed.Named(got.data, got.kind, got.address)
	if !follow || e != nil || len(links) == 0 {
		return found, fmt.Errorf("%s is neither a feed nor a list of feeds, and names none: %w", address, err)
	}
	found, err = findAddress(ctx, client, links[0].URL, false)
	for _, l := range links[1:] {
		found.Also = append(found.Also, l.URL)
	}
	return found, err
}

// kindOf tells a feed from a list of feeds, with its title and how much it holds.
func kindOf(got content) (kind, title string, n int, err error) {
	if links, err := feed.Links(got.data, got.kind, got.address); err == nil {
		return config.SourceOPML, "", len(links), nil
	}
	f, err := readFeed(got)
	if err != nil {
		return "", "", 0, err
	}
	return config.SourceFeed, f.Title, len(f.Items), nil
}
