package page

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"dedupe/article"
	words "dedupe/text"
)

// TestPagesQuality measures on real pages with their text told by people's rules for each
// outlet, and holds the floors. -v prints every page.
func TestPagesQuality(t *testing.T) {
	dir := filepath.Join("..", "..", "shared", "data", "pages")
	gold, err := os.Open(filepath.Join(dir, "gold.jsonl"))
	if err != nil {
		t.Skipf("no pages to measure on: %v", err)
	}
	defer gold.Close()
	var sum scores
	lines := bufio.NewScanner(gold)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var g struct{ ID, Outlet, URL, Title, Published, Body string }
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		a, err := Read(unzip(t, filepath.Join(dir, "html", g.ID+".html.gz")), "", g.URL)
		if err != nil {
			t.Errorf("%s: %v", g.ID, err)
		}
		sum.add(g.ID, article.Article{Headline: g.Title, Published: g.Published, Body: g.Body}, a)
	}
	slices.Sort(sum.lines)
	for _, line := range sum.lines {
		t.Log(line)
	}
	t.Log(sum.String())
	sorted := slices.Sorted(slices.Values(sum.f1))
	if sum.mean() < 0.970 || sorted[len(sorted)/10] < 0.92 || sum.titles < 75 || sum.days < 77 {
		t.Error("below what was reached: mean 0.970, 10th percentile 0.92, 75 headlines, 77 dates")
	}
}

func unzip(t *testing.T, name string) []byte {
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// scores sums what was read against what is right.
type scores struct {
	f1                             []float64
	titles, titlesOf, days, daysOf int
	lines                          []string
}

func (s *scores) add(id string, want, got article.Article) {
	p, r, f1 := overlap(wordsOf(want.Body), wordsOf(got.Body))
	s.f1 = append(s.f1, f1)
	line := fmt.Sprintf("%.3f p %.3f r %.3f %s", f1, p, r, id)
	if want.Headline != "" {
		s.titlesOf++
		if slices.Equal(wordsOf(want.Headline), wordsOf(got.Headline)) {
			s.titles++
		} else {
			line += fmt.Sprintf("\n        headline %q\n        gold     %q", got.Headline, want.Headline)
		}
	}
	if want.Published != "" {
		s.daysOf++
		if sameDay(want.Published, got.Published) {
			s.days++
		} else {
			line += fmt.Sprintf("\n        date %q, gold %q", got.Published, want.Published)
		}
	}
	s.lines = append(s.lines, line)
}

func (s *scores) mean() float64 {
	sum := 0.0
	for _, f := range s.f1 {
		sum += f
	}
	return sum / float64(len(s.f1))
}

func (s *scores) String() string {
	sorted := slices.Sorted(slices.Values(s.f1))
	return fmt.Sprintf("%d pages  main text F1 mean %.4f, 10th percentile %.4f  headline %d of %d  date %d of %d",
		len(sorted), s.mean(), sorted[len(sorted)/10], s.titles, s.titlesOf, s.days, s.daysOf)
}

// sameDay reports whether two dates are one day on the clock of the one that is right.
func sameDay(want, got string) bool {
	w, ok := article.ParseDate(want)
	g, found := article.ParseDate(got)
	return ok && found && (w.Sub(g).Abs() < 12*time.Hour || w.Format(time.DateOnly) == g.Format(time.DateOnly))
}

func wordsOf(s string) (forms []uint64) {
	for _, w := range words.Words(nil, s) {
		forms = append(forms, w.Hash)
	}
	return forms
}

// overlap returns precision, recall and F1 of words, each counted as often as it stands.
func overlap(want, got []uint64) (precision, recall, f1 float64) {
	left := map[uint64]int{}
	for _, w := range want {
		left[w]++
	}
	shared := 0
	for _, w := range got {
		if left[w] > 0 {
			left[w]--
			shared++
		}
	}
	if shared == 0 {
		return 0, 0, 0
	}
	precision, recall = float64(shared)/float64(len(got)), float64(shared)/float64(len(want))
	return precision, recall, 2 * precision * recall / (precision + recall)
}
