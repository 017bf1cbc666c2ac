// Package gold measures what is read of pages against what people's rules for each outlet say:
// main text by words, headlines and dates.
//
//	var s gold.Scores
//	for p, err := range gold.Pages(dir) {
//		a, _ := page.Read(p.HTML, "", p.URL)
//		s.Add(p, a)
//	}
//	fmt.Println(s.String())
//
// A folder of pages has gold.jsonl, a line {"id", "url", "title", "published", "body"} a page, and
// html/ID.html.gz.
package gold

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"time"

	"dedupe/article"
	"dedupe/text"
)

// Page is a page, and what is right of it. Its title is empty where that is not known.
type Page struct {
	ID, URL, Title, Published, Body string

	HTML []byte `json:"-"`
}

// Pages returns the pages of a folder in the order of gold.jsonl. An error ends them.
func Pages(dir string) iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {
		list, err := os.Open(filepath.Join(dir, "gold.jsonl"))
		if err != nil {
			yield(Page{}, err)
			return
		}
		defer list.Close()
		lines := bufio.NewScanner(list)
		lines.Buffer(nil, 16<<20)
		for lines.Scan() {
			var p Page
			if err = json.Unmarshal(lines.Bytes(), &p); err == nil {
				p.HTML, err = unzip(filepath.Join(dir, "html", filepath.Base(p.ID)+".html.gz"))
			}
			if !yield(p, err) || err != nil {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(Page{}, err)
		}
	}
}

func unzip(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// Scores sums what was read against what is right. The zero value is ready.
type Scores struct {
	F1         []float64 // of the words of the main text, from 0 to 1, a page each
	Titles, Of int       // headlines with the right words, of those that are known
	Days, In   int       // dates on the right day, of those that are known
}

// Add scores what was read of a page, and returns a line that says it.
func (s *Scores) Add(p Page, got article.Article) string {
	precision, recall, f1 := overlap(words(p.Body), words(got.Body))
	s.F1 = append(s.F1, f1)
	line := fmt.Sprintf("%.3f  precision %.3f  recall %.3f  %s", f1, precision, recall, p.ID)
	if p.Title != "" {
		s.Of++
		if slices.Equal(words(p.Title), words(got.Headline)) {
			s.Titles++
		} else {
			line += fmt.Sprintf("\n       headline %q\n       gold     %q", got.Headline, p.Title)
		}
	}
	if p.Published != "" {
		s.In++
		if sameDay(p.Published, got.Published) {
			s.Days++
		} else {
			line += fmt.Sprintf("\n       date %q, gold %q", got.Published, p.Published)
		}
	}
	return line
}

// Mean returns the mean F1; 0 without pages.
func (s *Scores) Mean() float64 {
	sum := 0.0
	for _, f := range s.F1 {
		sum += f
	}
	return sum / float64(max(1, len(s.F1)))
}

// Tenth returns the F1 that nine of ten pages reach; 0 without pages.
func (s *Scores) Tenth() float64 {
	if len(s.F1) == 0 {
		return 0
	}
	return slices.Sorted(slices.Values(s.F1))[len(s.F1)/10]
}

// String returns all figures on one line.
func (s *Scores) String() string {
	return fmt.Sprintf("%d pages  main text F1 mean %.4f, 10th percentile %.4f  headline %d of %d  date %d of %d",
		len(s.F1), s.Mean(), s.Tenth(), s.Titles, s.Of, s.Days, s.In)
}

// sameDay reports whether two dates are less than half a day apart, or one day.
func sameDay(want, got string) bool {
	w, known := article.ParseDate(want)
	g, ok := article.ParseDate(got)
	return known && ok && (w.Sub(g).Abs() < 12*time.Hour || w.Format(time.DateOnly) == g.Format(time.DateOnly))
}

func words(s string) (forms []uint64) {
	for _, w := range text.Words(nil, s) {
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
