package explain_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/explain"
	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/text"
)

// TestCompareAgreesWithRuns compares every two articles of testdata and holds
// what Compare says to what a run has stored: the same verdict where there is
// one, and where there is none, that they were no candidates or not worth keeping.
func TestCompareAgreesWithRuns(t *testing.T) {
	ctx := t.Context()
	d := newDesk(t, testdata(t)...)
	store, view, eng := d.store, d.view(), d.engine(nil)
	stored := map[[2]uint32]similarity.Kind{}
	bodies := map[uint32]string{}
	for a, err := range view.Texts(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		bodies[uint32(a.Seq)] = a.Body
		pairs, err := store.PairsWith(ctx, uint32(a.Seq))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pairs {
			stored[[2]uint32{p.A, p.B}] = p.Verdict.Kind
		}
	}
	if len(stored) == 0 {
		t.Fatal("the run stored no pair")
	}

	found := 0
	for a := uint32(1); int(a) <= len(bodies); a++ {
		for b := a + 1; int(b) <= len(bodies); b++ {
			c, err := explain.Compare(ctx, eng, b, a)
			if err != nil {
				t.Fatal(err)
			}
			kind, is := stored[[2]uint32{c.A, c.B}]
			if is {
				found++
			}
			worth := c.Verdict.Linked() || c.Verdict.Evidence.Containment() >= 0.2 || c.Verdict.Evidence.Order >= 0.2
			switch {
			case is && (c.Verdict.Kind != kind || c.Candidacy.Outcome != engine.Compared):
				t.Errorf("%d and %d: Compare says %v, candidacy %+v; stored is %v", c.A, c.B, c.Verdict.Kind, c.Candidacy, kind)
			case !is && worth && c.Candidacy.Outcome == engine.Compared:
				t.Errorf("%d and %d: Compare says %v and that they were compared; nothing is stored", c.A, c.B, c.Verdict.Kind)
			}
			for _, p := range c.Passages {
				inA, inB := bodies[c.A][p.A.Start:p.A.End], bodies[c.B][p.B.Start:p.B.End]
				if !sameWords(inA, inB) {
					t.Errorf("%d and %d share %q and %q", c.A, c.B, inA, inB)
				}
			}
		}
	}
	if found != len(stored) {
		t.Errorf("met %d of %d stored pairs", found, len(stored))
	}
}

func sameWords(a, b string) bool {
	wa, wb := text.Words(nil, a), text.Words(nil, b)
	if len(wa) != len(wb) {
		return false
	}
	for i := range wa {
		if wa[i].Hash != wb[i].Hash {
			return false
		}
	}
	return true
}

func TestCompareRefuses(t *testing.T) {
	eng := newDesk(t).engine(nil)
	for _, pair := range [][2]uint32{{0, 0}, {0, 1}, {1, 2}, {1 << 31, 1}} {
		if _, err := explain.Compare(t.Context(), eng, pair[0], pair[1]); err == nil {
			t.Errorf("Compare(%d, %d) of an empty database: no error", pair[0], pair[1])
		}
	}
}

// TestVisitorIsJudgedAsStored lets stored articles of testdata come as visitors
// as well: what Compare says of them and any other is what it says of the stored
// ones, and when they have left, all is as before.
func TestVisitorIsJudgedAsStored(t *testing.T) {
	ctx := t.Context()
	d := newDesk(t, testdata(t)...)
	view, eng := d.view(), d.engine(nil)
	var all []storage.ArticleText
	for a, err := range view.Texts(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, a)
	}
	visitor := func(a *storage.ArticleText) *article.Article {
		return &article.Article{ID: a.External, Outlet: a.Outlet, URL: a.URL, Headline: a.Headline, Byline: a.Byline,
			Published: a.Published, Language: a.Language, Body: a.Body}
	}
	linked := 0
	for i := 0; i < len(all); i += 5 {
		for j := range all {
			if i == j {
				continue
			}
			a, b := uint32(all[i].Seq), uint32(all[j].Seq)
			want, err := explain.Compare(ctx, eng, a, b)
			if err != nil {
				t.Fatal(err)
			}
			first, leave, err := eng.Visit(ctx, visitor(&all[i]), visitor(&all[j]))
			if err != nil {
				t.Fatal(err)
			}
			got, err := explain.Compare(ctx, eng, first, first+1)
			if err != nil {
				t.Fatal(err)
			}
			leave()
			back := map[uint32]uint32{first: a, first + 1: b}
			got.A, got.B = back[got.A], back[got.B]
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%s and %s (-stored +visitors):\n%s", all[i].Name(), all[j].Name(), diff)
			}
			if got.Verdict.Linked() {
				linked++
			}
		}
	}
	if linked == 0 {
		t.Error("no two of them are copies")
	}
	if _, err := explain.Compare(ctx, eng, uint32(len(all)+1), 1); err == nil {
		t.Error("a visitor that has left can be compared")
	}
}

// TestVisitorsOfAnUnseenOutlet: two visitors of one outlet that nothing is stored of are
// versions of one article, as they are when they are stored; of two outlets they are not.
func TestVisitorsOfAnUnseenOutlet(t *testing.T) {
	eng := newDesk(t).engine(nil)
	visitor := func(id, outlet string) *article.Article {
		return &article.Article{ID: id, Outlet: outlet, Headline: "Harbour bridge closed after storm", Body: prose(1, 120)}
	}
	for outlet, want := range map[string]similarity.Kind{"one.example": similarity.Revision, "two.example": similarity.Identical, "": similarity.Identical} {
		first, leave, err := eng.Visit(t.Context(), visitor("1", "one.example"), visitor("2", outlet), visitor("3", outlet))
		if err != nil {
			t.Fatal(err)
		}
		got, err := explain.Compare(t.Context(), eng, first, first+1)
		if err != nil {
			t.Fatal(err)
		}
		if got.Verdict.Kind != want {
			t.Errorf("of one.example and %q: %v, want %v", outlet, got.Verdict.Kind, want)
		}
		leave()
	}
}
