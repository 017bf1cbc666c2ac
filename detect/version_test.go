package detect_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"

	"dedupe/detect"
	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/text"
)

// TestVersions: what is made of a fixed text does not change under one version.
// Where it has to, the version grows by one and the sum here is the new one; where
// the articles in testdata changed, only the sum is.
func TestVersions(t *testing.T) {
	lines := readLines(t, 1000, []string{"../testdata/articles/2026-03-week-1.jsonl", "../testdata/articles/2026-03-week-2.jsonl", "../testdata/articles/languages.jsonl.gz"})
	d := newDesk(t, lines)
	for _, v := range []struct {
		name     string
		now, was int
		sum      string
		made     string
	}{
		{"WordsVersion", detect.WordsVersion, 1, "55cd84e9c2f76203", madeOfTexts(d)},
		{"LinksVersion", detect.LinksVersion, 4, "8af0037ca37369d0", madeOfPairs(d)},
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
	opt, builder, h := detect.DefaultOptions(), similarity.Builder{K: 4}, sha256.New()
	for a, err := range view.Texts(d.Context()) {
		if err != nil {
			d.Fatal(err)
		}
		var skip []similarity.Span
		for _, f := range text.DefaultAgencies().Frames(a.Headline, a.Body) {
			skip = append(skip, similarity.Span{Start: f.Start, End: f.End})
		}
		p := builder.Build(a.Outlet, a.Headline, a.Body, skip)
		fmt.Fprintln(h, p.Title, p.Headline, p.Words, opt.Candidates.Anchors(nil, p, p.Shingles(nil)))
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// madeOfPairs sums up the stored pairs with their figures and verdicts.
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
	return hex.EncodeToString(h.Sum(nil)[:8])
}
