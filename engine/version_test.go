package engine_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/similarity"
	"dedupe/source"
	"dedupe/storage"
	"dedupe/text"
)

// TestVersions: what is made of a fixed text does not change under one version.
// Where it has to, the version grows by one and the sum here is the new one; where
// the articles in testdata changed, only the sum is.
func TestVersions(t *testing.T) {
	lines := readLines(t, 1000, []string{"../testdata/articles/2026-03-week-1.jsonl", "../testdata/articles/2026-03-week-2.jsonl", "../testdata/articles/languages.jsonl.gz", "../testdata/articles/daily-group.jsonl"})
	d := newDesk(t, lines)
	for _, v := range []struct {
		name     string
		now, was int
		sum      string
		made     string
	}{
		{"WordsVersion", engine.WordsVersion, 9, "f12ddd01e9953b6d", madeOfTexts(d)},
		{"LinksVersion", engine.LinksVersion, 17, "64d73c955b6b4ac7", madeOfPairs(d)},
	} {
		t.Run(v.name, func(t *testing.T) {
			if v.now != v.was || v.made != v.sum {
				t.Errorf("version %d made %s of testdata and is said to make %s as version %d: see TestVersions", v.now, v.made, v.sum, v.was)
			}
		})
	}
}

// madeOfTexts sums up what is compared and indexed of the stored articles.
func madeOfTexts(d *desk) string {
	d.Helper()
	view, err := d.store.View(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	defer view.Close()
	opt, builder, h := engine.DefaultOptions(), similarity.Builder{K: 4, Notices: engine.DefaultOptions().Notices}, sha256.New()
	for a, err := range view.Texts(d.Context()) {
		if err != nil {
			d.Fatal(err)
		}
		var skip []similarity.Span
		for _, f := range text.DefaultAgencies().Frames(a.Headline, a.Body) {
			skip = append(skip, similarity.Span{Start: f.Start, End: f.End})
		}
		p := builder.Build(a.Outlet, a.Headline, a.Body, skip)
		fmt.Fprintln(h, p.Title, p.Headline, p.Words, p.Notices, opt.Candidates.Anchors(nil, p, p.Shingles(nil)))
	}
	// What testdata has little of: dates, addresses and markup.
	for _, published := range []string{"8:00 AM ET, April 6, 2026", "2026年4月6日", "6 апреля 2026 г., 12:30", "1775462400000", "Mon Apr 06 2026 08:00:00 GMT+0200 (CEST)", "06/04/2026"} {
		date, ok := article.ParseDate(published)
		fmt.Fprintln(h, date.Unix(), ok)
	}
	for _, url := range []string{"https://www.corleytimes.example/a/7?utm_source=x&cmp=9&id=3#top", "https://web.archive.org/web/20260406120000/https://corleytimes.example/a/7", "corleytimes.example/index.html"} {
		a := article.Article{URL: url, Outlet: article.OutletOf("", url)}
		fmt.Fprintln(h, a.Outlet, a.Key())
	}
	for _, body := range []string{"<p>One&nbsp;line.</p><p>Two<br>three</p><script>x</script>", "a < b", "&lt;p&gt;Escaped&lt;/p&gt;"} {
		fmt.Fprintf(h, "%q\n", source.PlainText(body))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// madeOfPairs sums up the stored pairs with their figures and verdicts, and what was learned.
func madeOfPairs(d *desk) string {
	d.Helper()
	h := sha256.New()
	err := d.store.PairsIn(d.Context(), 0, 1<<31, func(p storage.PairRow) error {
		_, err := fmt.Fprintln(h, p.A, p.B, p.Verdict)
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
	rows, err := d.store.Boilerplate(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	for _, r := range rows {
		fmt.Fprintln(h, r.Passage, r.Shingles, r.Votes)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
