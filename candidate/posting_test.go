package candidate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dedupe/similarity"
)

func TestPosting(t *testing.T) {
	for _, h := range []uint64{0, 1, 1<<28 - 1, 1 << 28, 1<<64 - 1} {
		for _, article := range []uint32{0, 1, MaxArticle} {
			p := posting(h, article)
			if p.Article() != article || p.Key() != Key(h) {
				t.Errorf("posting(%x, %d) is of key %x and article %d", h, article, p.Key(), p.Article())
			}
		}
	}
}

func TestSketch(t *testing.T) {
	build := similarity.Builder{K: 4}
	words := func(n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = fmt.Sprint("telling", i)
		}
		return strings.Join(list, " ")
	}
	opt := DefaultOptions()
	for _, tt := range []struct {
		name, headline, body string
		least, most          int
	}{
		{"nothing", "", "", 1, 1},
		{"a headline alone", "Ferry aground", "", 1, 1},
		{"one telling word", "", words(1), 1, 1},
		{"one pair", "", words(2), 2, 2},
		{"short: all pairs and the whole", "", words(79), 79, 79},
		{"long: one in three", "", words(4001), 1200, 1470},
		{"small words between", "", "harbour of the council", 2, 2},
		{"no telling words: shingles", "", strings.Repeat("on it ", 30) + "we go to it as is", 5, 9},
		{"repetitions once", "", strings.Repeat("harbour council ", 35), 3, 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := build.Build("", tt.headline, tt.body, nil)
			before := []Posting{7}
			got := Sketch(before, opt.Anchors(nil, p, p.Shingles(nil)), 3)
			if got[0] != 7 {
				t.Fatal("what was there before is gone")
			}
			got = slices.DeleteFunc(got[1:], Posting.Guard)
			if len(got) < tt.least || len(got) > tt.most {
				t.Errorf("%d postings, want %d to %d", len(got), tt.least, tt.most)
			}
			if !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != len(got) {
				t.Error("not sorted, or not without repetition")
			}
			for _, p := range got {
				if p.Article() != 3 {
					t.Errorf("posting of article %d", p.Article())
				}
			}
		})
	}
}

// TestSketchOfParts holds what containment from sketches rests on: what a text
// keeps of a passage, every other text that has the passage keeps too.
func TestSketchOfParts(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	words := make([]string, 600)
	for i := range words {
		words[i] = fmt.Sprint("word", r.IntN(5000))
	}
	build := similarity.Builder{K: 4}
	opt := DefaultOptions()
	sketch := func(words []string) []Posting {
		p := build.Build("", "", strings.Join(words, " "), nil)
		anchors := opt.Anchors(nil, p, p.Shingles(nil))
		return Sketch(nil, slices.DeleteFunc(anchors, Anchor.Whole), 1)
	}
	whole := sketch(words)
	for _, p := range sketch(words[100:400]) {
		if _, found := slices.BinarySearch(whole, p); !found {
			t.Fatalf("the part keeps %x, the whole does not", p)
		}
	}
}

// TestNames holds that names are kept in texts of any length, and what is one.
func TestNames(t *testing.T) {
	build := similarity.Builder{K: 4}
	rest := strings.Repeat(" and it went on to be as it was", 40) // of no telling words, and not short
	opt := DefaultOptions()
	for _, tt := range []struct {
		body string
		want int
	}{
		{"they met Marcus Bexley at noon", 1},
		{"they met Marcus Aurelius Bexley at noon", 2},
		{"they met Marcus Bexley and again Marcus Bexley", 1},
		{"they met marcus bexley at noon", 0},
		{"they met Marcus and Bexley at noon", 0},                               // not together
		{"it was late. Marcus Bexley slept", 0},                                 // the first word has its capital from the sentence
		{"see Council Approves Budget Against Protests now", 0},                 // a headline
		{"it ends. Council Approves Budget Against", 0},                         // another, whose first word begins a sentence
		{"see " + strings.Repeat("Council Approves Budget ", 100) + "today", 0}, // without an end
	} {
		names, _ := opt.pairs(nil, build.Build("", "", tt.body+rest, nil))
		names = slices.DeleteFunc(names, func(a Anchor) bool { return !a.Name })
		if got := int(Common(names)); got != tt.want {
			t.Errorf("%q keeps %d names, want %d", tt.body, got, tt.want)
		}
	}
}

// TestGuards holds that two texts have an anchor in every run of Guard words that
// stands in both, whatever stands around it, and that there is no guard where
// there is one without.
func TestGuards(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	build := similarity.Builder{K: 4}
	opt := DefaultOptions()
	opt.Sample = 12 // so that many runs have no pair but names
	random := func(n int) []string {
		words := make([]string, n)
		for i := range words {
			words[i] = []string{"on", "it", "is", "harbour", "council", "Marcus", "Bexley"}[r.IntN(7)] + string(rune('a'+r.IntN(9)*r.IntN(2)))
		}
		return words
	}
	sketch := func(words []string) []Posting {
		p := build.Build("", "", strings.Join(words, " "), nil)
		return Sketch(nil, slices.DeleteFunc(opt.Anchors(nil, p, p.Shingles(nil)), Anchor.Whole), 1)
	}
	guards := 0
	for range 2000 {
		run := random(Guard)
		a := sketch(slices.Concat(random(r.IntN(150)), run, random(r.IntN(150))))
		b := sketch(slices.Concat(random(r.IntN(150)), run, random(r.IntN(150))))
		own := sketch(run)
		if !slices.ContainsFunc(own, func(p Posting) bool { return slices.Contains(a, p) && slices.Contains(b, p) }) {
			t.Fatalf("nothing of %q is kept in both", run)
		}
		for _, p := range own {
			if p.Guard() {
				guards++
			}
		}
	}
	if guards == 0 || guards == 2000 {
		t.Errorf("%d of 2000 runs have a guard", guards)
	}
}

func TestWindow(t *testing.T) {
	const day = 86400
	week := Window{Seconds: 7 * day}
	for _, tt := range []struct {
		name   string
		window Window
		a, b   int64
		want   bool
	}{
		{"same date", week, 5, 5, true},
		{"the window apart", week, 0, 7 * day, true},
		{"a second more", week, 0, 7*day + 1, false},
		{"either order", week, 7*day + 1, 0, false},
		{"before 1970", week, -8 * day, -2 * day, true},
		{"undated", week, Undated, 0, true},
		{"both undated", week, Undated, Undated, true},
		{"unlimited", Window{}, -1 << 60, 1 << 60, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.window.Holds(tt.a, tt.b); got != tt.want {
				t.Errorf("Holds(%d, %d) = %v", tt.a, tt.b, got)
			}
		})
	}
}

// TestWindowStart holds that the start lies inside the window, at least seven
// eighths of it back, and never goes back as dates go on.
func TestWindowStart(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for range 20_000 {
		w := Window{Seconds: 1 + r.Int64N(100*86400)}
		date := r.Int64N(4e9) - 2e9
		start := w.Start(date)
		if start > date || !w.Holds(start, date) {
			t.Fatalf("window %d: start %d of %d", w.Seconds, start, date)
		}
		if back := date - start; back < w.Seconds-max(1, w.Seconds/8) {
			t.Fatalf("window %d: only %d back", w.Seconds, back)
		}
		if w.Start(date+r.Int64N(1000)) < start {
			t.Fatalf("window %d: start goes back after %d", w.Seconds, date)
		}
	}
	if got := (Window{}).Start(5); got != -1<<63 {
		t.Errorf("unlimited: %d", got)
	}
	if got := (Window{Seconds: 9}).Start(Undated); got != -1<<63 {
		t.Errorf("undated: %d", got)
	}
}

// TestPlaceOrder holds that the order of places is one: undated articles last.
func TestPlaceOrder(t *testing.T) {
	order := []Place{{Date: -5}, {Date: 0, Key: 1}, {Date: 0, Key: 2}, {Date: 9, Key: 0}, {Date: Undated, Key: 0}, {Date: Undated, Key: 1}}
	for i, p := range order {
		for j, q := range order {
			if got := p.Compare(&q); got < 0 != (i < j) || got > 0 != (i > j) {
				t.Errorf("place %d to %d: %d", i, j, got)
			}
		}
	}
}
