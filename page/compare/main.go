// Compare prints how right package page and the libraries that it was chosen against are on a
// folder of pages with their truth, and how long a page takes:
//
//	go run . FOLDER
//
// It is a module of its own, so that none of these libraries is part of dedupe.
package main

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"time"

	readability "codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"

	"dedupe/article"
	"dedupe/page"
	"dedupe/page/gold"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "compare needs a folder with gold.jsonl and html: go run . FOLDER")
		os.Exit(2)
	}
	for _, reader := range []struct {
		name string
		read func(gold.Page) article.Article
	}{
		{"dedupe", func(p gold.Page) article.Article {
			a, _ := page.Read(p.HTML, "", p.URL)
			return a
		}},
		{"readability", readable},
		{"trafilatura", func(p gold.Page) article.Article { return trafilature(p, false) }},
		{"trafilatura with fallback", func(p gold.Page) article.Article { return trafilature(p, true) }},
	} {
		var s gold.Scores
		var took time.Duration
		for p, err := range gold.Pages(os.Args[1]) {
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			start := time.Now()
			a := reader.read(p)
			took += time.Since(start)
			s.Add(p, a)
		}
		fmt.Printf("%-26s %s  %.1f ms a page\n", reader.name, s.String(), float64(took.Microseconds())/1000/float64(max(1, len(s.F1))))
	}
}

// readable reads a page by readability alone.
func readable(p gold.Page) (a article.Article) {
	address, _ := url.Parse(p.URL)
	found, err := readability.FromReader(bytes.NewReader(p.HTML), address)
	if err != nil || found.Node == nil {
		return a
	}
	var body bytes.Buffer
	_ = found.RenderText(&body)
	a.Headline, a.Body = found.Title(), body.String()
	if at, err := found.PublishedTime(); err == nil {
		a.Published = at.Format(time.RFC3339)
	}
	return a
}

// trafilature reads a page by trafilatura, with its fallback to other libraries or without.
func trafilature(p gold.Page, fallback bool) (a article.Article) {
	address, _ := url.Parse(p.URL)
	found, err := trafilatura.Extract(bytes.NewReader(p.HTML), trafilatura.Options{OriginalURL: address, EnableFallback: fallback, ExcludeComments: true})
	if err != nil {
		return a
	}
	a.Headline, a.Body = found.Metadata.Title, found.ContentText
	if !found.Metadata.Date.IsZero() {
		a.Published = found.Metadata.Date.Format(time.RFC3339)
	}
	return a
}
