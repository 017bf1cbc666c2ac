package bench

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"

	"dedupe/similarity"
)

// sum is a hash of a load with its truth.
func sum(t *testing.T, opt Options) string {
	t.Helper()
	h := fnv.New64a()
	e := json.NewEncoder(h)
	for a, truth := range Load(opt) {
		if err := e.Encode(a); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(h, truth)
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// articles is a load without its truth.
func articles(opt Options) iter.Seq[Article] {
	return func(yield func(Article) bool) {
		for a := range Load(opt) {
			if !yield(a) {
				return
			}
		}
	}
}

// TestLoadIsTheSame holds the bytes of version 1: with others, measurements
// would be compared that do not compare.
func TestLoadIsTheSame(t *testing.T) {
	const want = "f0fc3976c05233b3"
	if got := sum(t, Options{Articles: 500, Seed: 1}); got != want {
		t.Errorf("version %d of the load has the sum %s, want %s: where the change is meant, raise Version and put the new sum here", Version, got, want)
	}
	n := 0
	var first []Article
	for a := range Load(Options{Articles: 500, More: 50, Seed: 1}) {
		if n++; n <= 500 {
			first = append(first, a)
		}
	}
	if n != 550 || !slices.Equal(first, slices.Collect(articles(Options{Articles: 500, Seed: 1}))) {
		t.Errorf("with 50 more the first 500 of %d differ", n)
	}
	if other := sum(t, Options{Articles: 500, Seed: 2}); other == want {
		t.Error("another seed gives the same load")
	}
}

// TestTruth holds what is said of each article, and how many are of each kind.
func TestTruth(t *testing.T) {
	const n = 5000
	seen := map[string]Truth{}
	kinds := map[Kind]int{}
	stories := map[string]int{}
	for a, truth := range Load(Options{Articles: n, Seed: 3}) {
		of, known := seen[truth.Of]
		switch {
		case a.ID == "" || a.Outlet == "" || a.URL == "" || a.Title == "" || a.Published == "" || len(strings.Fields(a.Body)) < 40:
			t.Fatalf("an article without its parts: %+v", a)
		case truth.Kind == Own && truth.Of != "":
			t.Errorf("%s is a story of its own, of %s", a.ID, truth.Of)
		case truth.Kind != Own && !known:
			t.Errorf("%s is made from %q, which did not come before it", a.ID, truth.Of)
		case truth.Kind.Copy() && truth.Story != of.Story:
			t.Errorf("%s is a copy of %s and of another story", a.ID, truth.Of)
		case slices.Contains(Traps, truth.Kind) && truth.Story == of.Story:
			t.Errorf("%s is a trap with %s and of its story", a.ID, truth.Of)
		}
		if _, twice := seen[a.ID]; twice {
			t.Errorf("two articles %s", a.ID)
		}
		seen[a.ID] = truth
		kinds[truth.Kind]++
		stories[truth.Story]++
	}
	if len(seen) != n {
		t.Fatalf("%d articles, want %d", len(seen), n)
	}
	copies := 0
	for _, k := range slices.Concat(Kinds, Traps) {
		if kinds[k] < n/500 {
			t.Errorf("%d articles of kind %s", kinds[k], k)
		}
		if k.Copy() {
			copies += kinds[k]
		}
	}
	if share := float64(copies) / n; share < 0.37 || share > 0.43 {
		t.Errorf("%.2f of the articles are copies, want 0.40", share)
	}
	biggest := 0
	for _, size := range stories {
		biggest = max(biggest, size)
	}
	if biggest < n/70 {
		t.Errorf("the biggest story has %d articles, want about %d", biggest, n/50)
	}
}

// TestKinds holds each kind to what it says, by what its texts share: four-word
// shingles, without the page around them.
func TestKinds(t *testing.T) {
	tests := []struct {
		kind      Kind
		low, high float64 // containment of the shorter text
		sameTitle bool
	}{
		{Exact, 1, 1, true},
		{Byline, 0.97, 1, true},
		{Retitle, 1, 1, false},
		{Edit, 0.6, 0.97, false},
		{Update, 0.7, 1, false},
		{Trim, 1, 1, false},
		{Wrap, 0.99, 1, false},
		{Heavy, 0.35, 0.75, false},
		{Quote, 0.04, 0.45, false},
		{Event, 0, 0.1, false},
		{Boilerplate, 0, 0.1, false},
	}
	for _, tt := range tests {
		t.Run(string(tt.kind), func(t *testing.T) {
			w := newWriter(9)
			for range 100 {
				s := w.story(170 + w.r.IntN(510))
				var made *story
				if tt.kind.Copy() {
					made = w.copy(s, tt.kind)
				} else {
					made = w.trap(s, tt.kind)
				}
				if got := shared(s, made); got < tt.low || got > tt.high {
					t.Fatalf("containment %.3f, want %.2f to %.2f\n%s\n--\n%s", got, tt.low, tt.high, strings.Join(s.paras, "\n"), strings.Join(made.paras, "\n"))
				}
				if tt.sameTitle && made.title != s.title {
					t.Fatalf("title %q, want %q", made.title, s.title)
				}
			}
		})
	}
	t.Run("unrelated", func(t *testing.T) {
		w := newWriter(9)
		for range 100 {
			if got := shared(w.story(400), w.story(400)); got > 0.05 {
				t.Fatalf("two stories of their own share %.3f of their shingles", got)
			}
		}
	})
	t.Run(string(Template), func(t *testing.T) {
		w := newWriter(9)
		for range 100 {
			s := w.series()
			a, b := w.tell(s), w.tell(s)
			if got := shared(a, b); got == 0 || got > 0.6 {
				t.Fatalf("two tellings share %.3f of their shingles", got)
			}
			if slices.Equal(a.cast.people, b.cast.people) {
				t.Fatal("two tellings of the same people")
			}
		}
	})
}

// shared is the containment of the shorter text in the other.
func shared(a, b *story) float64 {
	text := func(s *story) *similarity.Text {
		return similarity.Plain((&similarity.Builder{K: 4}).Build("", "", strings.Join(s.paras, "\n\n"), nil))
	}
	var scale similarity.Scale
	scale.Load(text(a))
	e := scale.Measure(text(b))
	return e.Containment()
}

// TestParseWords holds that what is wrong in words.txt does not go by.
func TestParseWords(t *testing.T) {
	for _, tt := range []struct{ name, old, new string }{
		{"unknown slot", "{n}", "{x}"},
		{"open slot", "{n}", "{n"},
		{"no verbs", "[verbs]", "[nouns]"},
		{"no forms", "[forms]", "[sentences]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := parseWords(strings.ReplaceAll(wordsFile, tt.old, tt.new)); err == nil {
				t.Error("no error")
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	const n = 2000
	b.ReportAllocs()
	for b.Loop() {
		e := json.NewEncoder(io.Discard)
		for a := range Load(Options{Articles: n, Seed: 1}) {
			if err := e.Encode(a); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "articles/s")
}
