package page

import (
	"errors"
	"io/fs"
	"path/filepath"
	"testing"

	"dedupe/page/gold"
)

// TestPagesQuality measures on real pages, and holds what was reached. -v prints every page.
func TestPagesQuality(t *testing.T) {
	var s gold.Scores
	for p, err := range gold.Pages(filepath.Join("..", "..", "shared", "data", "pages")) {
		if errors.Is(err, fs.ErrNotExist) {
			t.Skipf("the pages are not on this machine: %v", err)
		}
		if err != nil {
			t.Fatal(err)
		}
		a, err := Read(p.HTML, "", p.URL)
		if err != nil {
			t.Errorf("%s: %v", p.ID, err)
		}
		t.Log(s.Add(p, a))
	}
	t.Log(s.String())
	if s.Mean() < 0.970 || s.Tenth() < 0.92 || s.Titles < 78 || s.Days < 77 {
		t.Error("below what was reached: mean 0.970, 10th percentile 0.92, 78 headlines, 77 dates")
	}
}
