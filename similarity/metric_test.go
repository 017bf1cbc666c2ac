package similarity_test

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/adrg/strutil"
	"github.com/google/go-cmp/cmp"

	"dedupe/similarity"
)

func metric(tb testing.TB, name string) func(a, b string) float64 {
	tb.Helper()
	m, err := similarity.HeadlineMetric(name)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

func TestHeadlineMetric(t *testing.T) {
	want := []string{"jaro-winkler", "jaro", "levenshtein", "smith-waterman-gotoh", "hamming",
		"sorensen-dice", "jaccard", "overlap-coefficient"}
	if diff := cmp.Diff(want, similarity.MetricNames()); diff != "" {
		t.Fatalf("names (-want +got):\n%s", diff)
	}
	const (
		a = "Harbour ferry runs aground off Saltmarsh, 40 rescued"
		b = "40 rescued as harbour ferry runs aground"
		c = "Quarterly profits at Nordbank beat forecasts"
	)
	for _, name := range similarity.MetricNames() {
		t.Run(name, func(t *testing.T) {
			m := metric(t, name)
			tests := []struct {
				name, a, b string
				want       float64 // below 0: strictly between 0 and 1
			}{
				{"equal", a, a, 1},
				{"letter case and space", a, "  " + strings.ToUpper(a) + "\n", 1},
				{"one letter", "x", "x", 1},
				{"both empty", "", "", 0},
				{"one empty", a, "", 0},
				{"only space", " \t", "\n", 0},
				{"no common character", "aaaa", "bbbb", 0},
				{"other script", "首相が辞任を表明", "首相は辞任を否定", -1},
				{"alike", a, "Harbour ferry runs aground off Saltmarsh, 14 rescued", -1},
				{"equal in the part that counts", strings.Repeat("é", 400) + "x", strings.Repeat("é", 400) + "y", 1},
			}
			for _, tt := range tests {
				t.Run(tt.name, func(t *testing.T) {
					got := m(tt.a, tt.b)
					if tt.want >= 0 && got != tt.want || tt.want < 0 && (got <= 0 || got >= 1) {
						t.Errorf("got %v, want %v", got, tt.want)
					}
				})
			}
			if name != "hamming" && name != "smith-waterman-gotoh" && m(a, b) <= m(a, c) {
				t.Errorf("the same story %v, another one %v", m(a, b), m(a, c))
			}
		})
	}
	t.Run("unknown", func(t *testing.T) {
		_, err := similarity.HeadlineMetric("cosine")
		if err == nil || !strings.Contains(err.Error(), "jaro-winkler") {
			t.Errorf("error %v names no metric that there is", err)
		}
	})
}

func TestHeadlineMetricConcurrently(t *testing.T) {
	for _, name := range similarity.MetricNames() {
		m := metric(t, name)
		want := m("ferry runs aground", "ferry ran aground")
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for range 50 {
					if got := m("ferry runs aground", "ferry ran aground"); got != want {
						t.Errorf("%s: got %v, want %v", name, got, want)
					}
				}
			})
		}
		wg.Wait()
	}
}

func FuzzHeadlineMetric(f *testing.F) {
	f.Add("Ferry aground", "Ferry afloat")
	f.Add("", "x")
	f.Add("\xff\xfe", strings.Repeat("長", 5000))
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, name := range similarity.MetricNames() {
			m := metric(t, name)
			got := m(a, b)
			if math.IsNaN(got) || got < 0 || got > 1 {
				t.Errorf("%s: %v is not within 0 and 1", name, got)
			}
			if back := m(b, a); back != got {
				t.Errorf("%s: %v one way, %v the other", name, got, back)
			}
		}
	})
}

func TestSetMetrics(t *testing.T) {
	tests := []struct {
		name                     string
		k                        int
		a, b                     string
		resemblance, containment float64
	}{
		{"equal", 2, "a ferry ran aground", "A ferry ran aground.", 1, 1},
		{"cut", 2, "a ferry ran aground at noon", "a ferry ran aground", 3. / 5, 1},
		{"one word changed", 2, "a ferry ran aground", "a trawler ran aground", 1. / 5, 1. / 3},
		{"repeated shingles count once", 1, "on and on and on", "on and off", 2. / 3, 1},
		{"apart", 2, "a ferry ran aground", "shares rose in Tokyo", 0, 0},
		{"both empty", 2, "", "", 0, 0},
		{"one empty", 2, "a ferry", "", 0, 0},
		{"only signs", 2, "...", "...", 0, 0},
		{"shorter than a shingle and equal", 5, "A ferry!", "a ferry", 1, 1},
		{"shorter than a shingle and other", 5, "a ferry", "a trawler", 0, 0},
		{"shorter than a shingle and contained", 3, "a ferry", "a ferry ran aground", 0, 0},
		{"usual size", 0, "a ferry ran aground", "a ferry ran aground at", 1. / 2, 1},
		{"no spaces", 2, "首相が辞任を表明した", "首相が辞任を表明した", 1, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, pair := range [][2]string{{tt.a, tt.b}, {tt.b, tt.a}} {
				got := [2]float64{
					strutil.Similarity(pair[0], pair[1], similarity.Resemblance{K: tt.k}),
					strutil.Similarity(pair[0], pair[1], similarity.Containment{K: tt.k}),
				}
				if diff := cmp.Diff([2]float64{tt.resemblance, tt.containment}, got); diff != "" {
					t.Errorf("resemblance and containment (-want +got):\n%s", diff)
				}
			}
		})
	}
}

// FuzzSetMetrics compares with sets of words in maps, and resemblance with
// containment.
func FuzzSetMetrics(f *testing.F) {
	f.Add("a ferry ran aground", "a ferry ran", 2)
	f.Add("a a a a", "a", 1)
	f.Add("首相が辞任", "首相", 9)
	f.Fuzz(func(t *testing.T, a, b string, k int) {
		k %= 20
		r, c := similarity.Resemblance{K: k}.Compare(a, b), similarity.Containment{K: k}.Compare(a, b)
		if r < 0 || r > c || c > 1 {
			t.Errorf("resemblance %v, containment %v", r, c)
		}
		if back := (similarity.Resemblance{K: k}).Compare(b, a); back != r {
			t.Errorf("resemblance %v one way, %v the other", r, back)
		}
		same := func(s string) float64 { return similarity.Resemblance{K: k}.Compare(s, s) }
		if s := same(a); s != 1 && s != 0 {
			t.Errorf("resemblance with itself %v", s)
		}
		wordsA, wordsB := strings.Fields(a), strings.Fields(b)
		for _, w := range append(wordsA, wordsB...) {
			for _, c := range w {
				if c < 'a' || c > 'z' {
					return // the oracle knows plain words only
				}
			}
		}
		if k < 1 {
			k = 4
		}
		setA, setB := shingleSet(wordsA, k), shingleSet(wordsB, k)
		shared := 0
		for s := range setA {
			if setB[s] {
				shared++
			}
		}
		want := 0.
		if shared > 0 {
			want = float64(shared) / float64(len(setA)+len(setB)-shared)
		}
		if r != want {
			t.Errorf("resemblance %v, by maps %v", r, want)
		}
	})
}

func shingleSet(words []string, k int) map[string]bool {
	set := map[string]bool{}
	if len(words) > 0 && len(words) < k {
		set[strings.Join(words, " ")] = true
	}
	for i := 0; i+k <= len(words); i++ {
		set[strings.Join(words[i:i+k], " ")] = true
	}
	return set
}

func ExampleResemblance() {
	const (
		agency = "The ferry ran aground off Saltmarsh on Friday with 40 people on board."
		outlet = "The ferry ran aground off Saltmarsh on Friday with 40 people on board, the coastguard said."
	)
	fmt.Printf("%.2f\n", strutil.Similarity(agency, outlet, similarity.Resemblance{K: 3}))
	// Output: 0.79
}

func ExampleContainment() {
	const (
		agency = "The ferry ran aground off Saltmarsh on Friday with 40 people on board."
		brief  = "ferry ran aground off Saltmarsh on Friday"
	)
	fmt.Printf("%.2f\n", strutil.Similarity(agency, brief, similarity.Containment{K: 3}))
	// Output: 1.00
}

func ExampleHeadlineMetric() {
	alike, err := similarity.HeadlineMetric("sorensen-dice")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.2f\n", alike("Ferry runs aground off Saltmarsh", "FERRY AGROUND OFF SALTMARSH"))
	// Output: 0.91
}

func BenchmarkHeadlineMetric(b *testing.B) {
	const (
		x = "Harbour ferry runs aground off Saltmarsh with 40 people on board"
		y = "Forty rescued as harbour ferry hits sandbank near Saltmarsh"
	)
	for _, name := range similarity.MetricNames() {
		b.Run(name, func(b *testing.B) {
			m := metric(b, name)
			b.ReportAllocs()
			for b.Loop() {
				m(x, y)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pairs/s")
		})
	}
}

func BenchmarkSetMetric(b *testing.B) {
	x := strings.Repeat("The ferry ran aground off Saltmarsh on Friday with 40 people on board. ", 50)
	y := x[len(x)/3:]
	for _, m := range []strutil.StringMetric{similarity.Resemblance{}, similarity.Containment{}} {
		b.Run(fmt.Sprintf("%T", m), func(b *testing.B) {
			b.SetBytes(int64(len(x) + len(y)))
			b.ReportAllocs()
			for b.Loop() {
				m.Compare(x, y)
			}
		})
	}
}
