package engine_test

import (
	"maps"
	"slices"
	"testing"

	"dedupe/engine"
	"dedupe/similarity"
)

// What was decided apart stays apart under looser thresholds and when more
// articles come; what was put together stays together under stricter ones.
func TestDecisionsLast(t *testing.T) {
	t.Run("testdata", func(t *testing.T) {
		lines := readLines(t, 1000, fortnight)
		decisionsLast(t, lines[:len(lines)/2], lines[len(lines)/2:])
	})
	t.Run("planted-en", func(t *testing.T) {
		if testing.Short() {
			t.Skip("takes seconds")
		}
		lines := readLines(t, 1500, []string{"../../shared/data/planted-en/articles.jsonl.gz"})
		decisionsLast(t, lines[:500], lines[500:])
	})
}

// decisionsLast splits up a quarter of the clusters and joins as many articles
// that are alone.
func decisionsLast(t *testing.T, first, more []string) {
	d := newDesk(t, first)
	var apart, same [][2]string
	clusters := d.clusters()
	ids := slices.Sorted(maps.Keys(clusters))
	for i := 0; i < len(ids); i += 4 {
		m := clusters[ids[i]]
		apart = append(apart, [2]string{m[0], m[len(m)-1]})
	}
	var alone []string
	for name, cluster := range d.homes() {
		if cluster == 0 {
			alone = append(alone, name)
		}
	}
	slices.Sort(alone)
	for i := 0; len(same) < len(apart) && i+1 < len(alone); i += 2 {
		same = append(same, [2]string{alone[i], alone[i+1]})
	}
	var r engine.Ruling
	for _, x := range apart {
		r.Decide = append(r.Decide, d.decision(x[0], x[1], false))
	}
	for _, x := range same {
		r.Decide = append(r.Decide, d.decision(x[0], x[1], true))
	}
	d.rule(r)
	check := func(when string) {
		t.Helper()
		homes := d.homes()
		for _, x := range apart {
			if c := homes[x[0]]; c != 0 && c == homes[x[1]] {
				t.Errorf("%s: %v are together", when, x)
			}
		}
		for _, x := range same {
			if c := homes[x[0]]; c == 0 || c != homes[x[1]] {
				t.Errorf("%s: %v are apart", when, x)
			}
		}
	}
	check("at once")
	d.take(more)
	check("after more articles")
	d.recluster(func(o *engine.Options) {
		o.Thresholds = similarity.Thresholds{Near: 0.3, Excerpt: 0.2, Rewrite: 0.2, Headline: 0.5, Mentioned: 0.1, MinWords: 4}
	}, engine.Again{})
	check("under looser thresholds")
	d.recluster(func(o *engine.Options) { o.Thresholds.Excerpt, o.Thresholds.Rewrite = 1, 1 }, engine.Again{})
	check("under the strictest thresholds")
	d.recluster(nil, engine.Again{Texts: true})
	check("compared anew")
}

// homes returns the cluster of each article.
func (d *desk) homes() map[string]int64 {
	d.Helper()
	view, err := d.store.View(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	defer view.Close()
	out := map[string]int64{}
	for a, err := range view.Articles(d.Context()) {
		if err != nil {
			d.Fatal(err)
		}
		out[a.Name()] = a.Cluster
	}
	return out
}
