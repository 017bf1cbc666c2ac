package detect_test

import (
	"bufio"
	"compress/gzip"
	"os"
	"slices"
	"testing"

	"dedupe/detect"
	"dedupe/similarity"
	"dedupe/storage"
)

func TestDoubts(t *testing.T) {
	d := newDesk(t, readLines(t, 1000, fortnight))
	ask := func(n int) []detect.Doubt {
		t.Helper()
		list, err := d.engine(nil).Doubts(t.Context(), n)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	all := ask(1000)
	if len(all) == 0 {
		t.Fatal("nothing is in doubt")
	}
	if again := ask(1000); !slices.Equal(all, again) {
		t.Errorf("asked twice: %v, then %v", all, again)
	}
	if first := ask(2); !slices.Equal(first, all[:2]) {
		t.Errorf("the first two are %v; of all, %v", first, all[:2])
	}
	view, err := d.store.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	engine := d.engine(nil)
	for _, x := range all {
		c, err := engine.Compare(t.Context(), x.A, x.B)
		if err != nil {
			t.Fatal(err)
		}
		if c.Verdict.Evidence.SameOutlet || c.Verdict.Veto == similarity.TooShort {
			t.Errorf("%d and %d are in doubt: %v, veto %v", x.A, x.B, c.Verdict.Kind, c.Verdict.Veto)
		}
		if x.Uncertain <= 0 || x.Uncertain > 1 || x.Articles < 1 {
			t.Errorf("%d and %d: uncertain %v, %d articles", x.A, x.B, x.Uncertain, x.Articles)
		}
	}
	// Nothing that was decided is asked again, whatever was said.
	for i := 0; len(all) > 0 && i < 100; i++ {
		a, err := view.Article(t.Context(), int64(all[0].A))
		if err != nil {
			t.Fatal(err)
		}
		b, err := view.Article(t.Context(), int64(all[0].B))
		if err != nil {
			t.Fatal(err)
		}
		d.rule(detect.Ruling{Decide: []storage.Decision{d.decision(a.Name(), b.Name(), i%2 == 0)}})
		now := ask(1000)
		if slices.ContainsFunc(now, func(x detect.Doubt) bool { return x.A == all[0].A && x.B == all[0].B }) {
			t.Fatalf("%s and %s are asked about again", a.Name(), b.Name())
		}
		all = now
	}
	if len(all) > 0 {
		t.Errorf("after 100 decisions %d pairs are in doubt", len(all))
	}
}

// The benchmarks work on a database of real articles and copies of them.
func benchDesk(b *testing.B) (*desk, int) {
	const path, most = "../../shared/data/planted-en/articles.jsonl.gz", 4000
	file, err := os.Open(path)
	if err != nil {
		b.Skipf("%s is not on this machine", path)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		b.Fatal(err)
	}
	var lines []string
	scanner := bufio.NewScanner(z)
	scanner.Buffer(nil, 16<<20)
	for len(lines) < most && scanner.Scan() {
		lines = append(lines, scanner.Text())
	}
	if err := scanner.Err(); err != nil {
		b.Fatal(err)
	}
	return newDesk(b, lines), len(lines)
}

func BenchmarkDoubts(b *testing.B) {
	d, n := benchDesk(b)
	e := d.engine(nil)
	for b.Loop() {
		if _, err := e.Doubts(b.Context(), 50); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "articles/s")
}

// Thresholds go up and down, so that each time links change.
func BenchmarkRecluster(b *testing.B) {
	d, n := benchDesk(b)
	for i := 0; b.Loop(); i++ {
		d.recluster(func(o *detect.Options) {
			if i%2 == 0 {
				o.Thresholds.Excerpt, o.Thresholds.Rewrite = 0.7, 0.6
			}
		}, detect.Again{})
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "articles/s")
}
