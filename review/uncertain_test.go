package review_test

import (
	"slices"
	"testing"

	"dedupe/engine"
	"dedupe/explain"
	"dedupe/review"
	"dedupe/similarity"
	"dedupe/storage"
)

// TestUncertain holds the list of uncertain pairs: the same each time, of any length the beginning
// of the whole, and without what was decided.
func TestUncertain(t *testing.T) {
	d := newDesk(t)
	ask := func(n int) []review.Pair {
		t.Helper()
		list, err := review.Uncertain(t.Context(), d.engine(), n)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	all := ask(1000)
	if len(all) == 0 {
		t.Fatal("nothing is uncertain")
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
	eng := d.engine()
	for _, x := range all {
		c, err := explain.Compare(t.Context(), eng, x.A, x.B)
		if err != nil {
			t.Fatal(err)
		}
		if c.Verdict.Evidence.SameOutlet || c.Verdict.Veto == similarity.TooShort {
			t.Errorf("%d and %d are uncertain: %v, veto %v", x.A, x.B, c.Verdict.Kind, c.Verdict.Veto)
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
		d.rule(engine.Ruling{Decide: []storage.Decision{d.decision(a.Name(), b.Name(), i%2 == 0)}})
		now := ask(1000)
		if slices.ContainsFunc(now, func(x review.Pair) bool { return x.A == all[0].A && x.B == all[0].B }) {
			t.Fatalf("%s and %s are asked about again", a.Name(), b.Name())
		}
		all = now
	}
	if len(all) > 0 {
		t.Errorf("after 100 decisions %d pairs are uncertain", len(all))
	}
}

func BenchmarkUncertain(b *testing.B) {
	d := newDesk(b)
	e := d.engine()
	for b.Loop() {
		if _, err := review.Uncertain(b.Context(), e, 50); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(int(e.Articles())*b.N)/b.Elapsed().Seconds(), "articles/s")
}
