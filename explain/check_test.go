package explain_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/explain"
	"dedupe/report"
	"dedupe/source"
)

// TestCheckForesees takes single articles out of testdata, checks them against
// the rest, then takes them in: an article gets into a cluster just when copies of
// it were found, and into that of one of them.
func TestCheckForesees(t *testing.T) {
	lines := testdata(t)
	clustered := 0
	for i := 0; i < len(lines); i += 4 {
		d := newDesk(t, slices.Concat(lines[:i], lines[i+1:])...)
		x := explain.New(d.engine(nil), d.view(), explain.Options{})
		a := decode(t, lines[i])
		found, err := x.Check(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := x.Check(t.Context(), a); err != nil || !cmp.Equal(found, again) {
			t.Errorf("%s: checked again: %+v, %v; want %+v", a.ID, again, err, found)
		}
		if found.Known {
			continue // delivered twice
		}
		d.take(lines[i])
		clustered += d.foreseen(a, found)
	}
	if clustered == 0 {
		t.Error("no article got into a cluster")
	}
}

// foreseen returns 1 for an article that got into a cluster.
func (d *desk) foreseen(a *article.Article, found report.Checked) int {
	view := d.view()
	stored, err := view.Find(d.Context(), a.Outlet+":"+a.ID)
	if err != nil {
		d.Fatal(err)
	}
	if (stored.Cluster != 0) != (len(found.Copies) > 0) {
		d.Errorf("%s: %d copies were found, and it is in cluster %d", a.ID, len(found.Copies), stored.Cluster)
	}
	if stored.Cluster == 0 {
		return 0
	}
	for _, c := range found.Copies {
		other, err := view.Find(d.Context(), c.Outlet+":"+c.Article)
		if err != nil {
			d.Fatal(err)
		}
		if other.Cluster == stored.Cluster {
			return 1
		}
	}
	d.Errorf("%s: it is in cluster %d with none of the copies found", a.ID, stored.Cluster)
	return 1
}

func decode(t *testing.T, line string) *article.Article {
	decoder, err := source.NewDecoder(source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for raw, reject := range source.Read(t.Context(), []string{"-"}, strings.NewReader(line), source.Options{}) {
		if reject != nil {
			t.Fatal(reject)
		}
		a, reject := raw.Decode(decoder)
		if reject != nil {
			t.Fatal(reject)
		}
		return &a
	}
	t.Fatalf("%s is no article", line)
	return nil
}

// TestCheckSeesLaterOnes: copies that appeared after the text, by an hour or by weeks, are
// found as those before it are.
func TestCheckSeesLaterOnes(t *testing.T) {
	for i, days := range []int{-39, -5, -1, 0, 0, 0, 0, 1, 5, 6, 20, 39, 44} {
		hour := func(n int) string { return time.Date(2026, 3, 2, n, 0, 0, 0, time.UTC).Format(time.RFC3339) }
		at := 37 * i // steps of the window begin anywhere
		const headline = "Harbour bridge closed after storm"
		stored, err := json.Marshal(map[string]string{"id": "stored", "outlet": "one.example", "title": headline,
			"published": hour(at + 24*days + 1), "body": prose(1, 120)})
		if err != nil {
			t.Fatal(err)
		}
		d := newDesk(t, string(stored))
		eng := d.engine(func(o *engine.Options) { o.Window = 45 * 24 * time.Hour })
		got, err := explain.New(eng, d.view(), explain.Options{}).Check(t.Context(),
			&article.Article{ID: "new", Outlet: "two.example", Headline: headline, Published: hour(at), Body: prose(1, 120)})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Copies) != 1 {
			t.Errorf("stored %d days later: %d copies, want 1", days, len(got.Copies))
		}
	}
}
