package evaluate_test

import (
	"cmp"
	"encoding/binary"
	"slices"
	"testing"

	"dedupe/article"
	"dedupe/boilerplate"
	"dedupe/engine"
	"dedupe/evaluate"
	"dedupe/similarity"
	"dedupe/storage"
)

// compared is an article as it is compared.
type compared struct {
	name    string
	outlet  string
	date    int64 // 0: not known
	key     uint64
	text    *similarity.Text
	cluster string
}

// bruteForce compares a sample of the articles with all that stand before them,
// leaving out the search for candidates, and returns the pairs that are copies by this, and of each
// whether the engine has it in one cluster or linked. It compares about budget pairs,
// of some microseconds each. With -v it lists some that the engine has not.
func bruteForce(t *testing.T, store *storage.Store, opt engine.Options, found *evaluate.Found, articles map[string]storage.Article, budget int) (copies map[[2]string]bool) {
	t.Helper()
	all := comparedAs(t, store, opt, found, articles)
	copies, linked := map[[2]string]bool{}, map[[2]string]bool{}
	missed := 0
	for _, l := range found.Links {
		linked[[2]string{min(l[0], l[1]), max(l[0], l[1])}] = true
	}
	step := 1 + len(all)*len(all)/2/budget
	scale := similarity.Scale{Metric: opt.Metric}
	for i := step - 1; i < len(all); i += step {
		a := all[i]
		scale.Load(a.text)
		var list []similarity.Evidence
		var with []compared
		for _, b := range all[:i] {
			e := scale.Measure(b.text).Swap()
			e.SameOutlet = a.outlet != "" && a.outlet == b.outlet
			if a.date != 0 && b.date != 0 {
				e.Days = similarity.DaysBetween(a.date, b.date)
				if opt.Window > 0 && e.Days*24 > opt.Window.Hours() {
					continue
				}
			}
			list, with = append(list, e), append(with, b)
		}
		order, containment := similarity.Elsewhere(list)
		for n, b := range with {
			e := list[n]
			e.OrderElsewhere, e.ContainmentElsewhere = order, containment
			v := similarity.Decide(e, opt.Thresholds)
			if !v.Linked() {
				continue
			}
			pair := [2]string{min(a.name, b.name), max(a.name, b.name)}
			copies[pair] = a.cluster != "" && a.cluster == b.cluster || linked[pair]
			if missed += number(!copies[pair]); !copies[pair] && missed < 40 {
				t.Logf("by brute force only: %s %s %s, containment %.2f, order %.2f", v.Kind, b.name, a.name, e.Containment(), e.Order)
			}
		}
	}
	return copies
}

// comparedAs returns all articles in canonical order: by date, undated ones
// last, then by key.
func comparedAs(t *testing.T, store *storage.Store, opt engine.Options, found *evaluate.Found, articles map[string]storage.Article) []compared {
	t.Helper()
	boilerplate := boilerplateOf(t, store)
	view, err := store.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	names := map[int64]string{}
	for name, a := range articles {
		names[a.Seq] = name
	}
	var all []compared
	builder := similarity.Builder{K: opt.Shingle, Notices: opt.Notices}
	for a, err := range view.Texts(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		var skip []similarity.Span
		for _, f := range opt.Agencies.Frames(a.Headline, a.Body) {
			skip = append(skip, similarity.Span{Start: f.Start, End: f.End})
		}
		p := builder.Build(a.Outlet, a.Headline, a.Body, skip)
		c := compared{
			name: names[a.Seq], outlet: a.Outlet, key: binary.BigEndian.Uint64(a.Key[:]), cluster: found.Cluster[names[a.Seq]],
			text: boilerplate.Mark(p, p.Shingles(nil), nil),
		}
		if date, ok := article.ParseDate(a.Published); ok {
			c.date = date.Unix()
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b compared) int {
		if (a.date == 0) != (b.date == 0) {
			return cmp.Compare(b.date, a.date)
		}
		return cmp.Or(cmp.Compare(a.date, b.date), cmp.Compare(a.key, b.key))
	})
	return all
}

// boilerplateOf returns the passages that the engine ended with.
func boilerplateOf(t *testing.T, store *storage.Store) *boilerplate.Set {
	t.Helper()
	rows, err := store.Boilerplate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return engine.Boilerplate(rows)
}
