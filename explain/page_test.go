package explain_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"dedupe/engine"
	"dedupe/explain"
	"dedupe/report"
	"dedupe/review"
	"dedupe/similarity"
	"dedupe/storage"
)

// A page of 500 clusters has less than 8 MB, also where each has seven long texts of which all are
// different, under long headlines and addresses. A phone opens that.
func TestPageOf500Clusters(t *testing.T) {
	if testing.Short() {
		t.Skip("takes in 3,500 articles")
	}
	const clusters, outlets, words = 500, 7, 400
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string { return fmt.Sprintf("w%xq", r.Uint32()>>8) }
	var lines []string
	for i := range clusters {
		text := make([]string, words)
		for j := range text {
			text[j] = word()
		}
		for k := range outlets {
			own := strings.Fields(strings.Join(text, " "))
			for range 20 { // words that this outlet alone has: passages begin and end there
				own[r.IntN(words)] = word()
			}
			headline := strings.Join(text[:12], " ")
			lines = append(lines, fmt.Sprintf(`{"id": "%d-%d", "outlet": "outlet number %d of the coast", "url": "https://outlet%d.example/%s", "title": %q, "published": "2026-03-05T%02d:00:00Z", "body": %q}`,
				i, k, k, k, strings.Repeat("a-long-address/", 8), headline, k, strings.Join(own, " ")))
		}
	}
	d := newDesk(t, lines...)
	view := d.view()
	opt := engine.DefaultOptions()
	opt.Metric, _ = similarity.NormalMetric("sorensen-dice")
	s, err := report.NewSurvey(t.Context(), view, report.Rules{Thresholds: opt.Thresholds})
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.List(t.Context(), report.Query{Filter: storage.Filter{MinOutlets: 2}, Limit: clusters, Page: 1})
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Clusters) != clusters {
		t.Fatalf("%d clusters, want %d", len(list.Clusters), clusters)
	}
	page, err := s.Page(t.Context(), list, now())
	if err != nil {
		t.Fatal(err)
	}
	texts, err := explain.NewTexts(t.Context(), view, opt, clusters, report.MaxColumns)
	if err != nil {
		t.Fatal(err)
	}
	details := list.Details(func(c *storage.Cluster, x report.Summarized, in *review.Inside) (*report.Detail, error) {
		return texts.Detail(t.Context(), c, x, in)
	})
	var size counter
	if err := report.WriteHTML(&size, page, details, report.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Logf("%.1f MB", float64(size)/1e6)
	if size > 8e6 {
		t.Errorf("the page has %d bytes, want 8,000,000 at most", size)
	}
}

// counter counts bytes.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
