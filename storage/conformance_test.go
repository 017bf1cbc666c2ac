package storage

import (
	"context"
	"errors"
	"iter"
	"testing"
	"time"

	"dedupe/article"
	"dedupe/similarity"

	"github.com/google/go-cmp/cmp"
)

// reader is what an engine has to answer. *View is SQLite's; the constructor of
// another engine goes into a test like TestSQLiteConforms.
type reader interface {
	Article(context.Context, int64) (Article, error)
	Body(context.Context, int64) (string, error)
	Articles(context.Context) iter.Seq2[Article, error]
	Texts(context.Context) iter.Seq2[ArticleText, error]
	Find(context.Context, string) (Article, error)
	Clusters(context.Context, Filter, Sort, int, int) ([]Cluster, error)
	CountClusters(context.Context, Filter) (int, int, error)
	Cluster(context.Context, int64) (Cluster, error)
	Resolve(context.Context, int64) (int64, error)
	Members(context.Context, int64) iter.Seq2[ClusterMember, error]
	Pair(context.Context, int64, int64) (Pair, error)
	Links(context.Context) iter.Seq2[Pair, error]
	Runs(context.Context, int) ([]Run, error)
	Rejects(context.Context, int64) iter.Seq2[Reject, error]
	History(context.Context, int64) iter.Seq2[Event, error]
	Totals(context.Context) (Totals, error)
}

// contents is what an engine is filled with before it is asked.
type contents struct {
	runs     []Run
	texts    []ArticleText
	pairs    []Pair
	clusters []storedCluster
	events   []Event
	rejects  []Reject
}

type storedCluster struct {
	Cluster
	successor *int64
}

func day(n int, hours int) time.Time {
	return time.Date(2026, time.March, n, hours, 0, 0, 0, time.UTC)
}

func exactly(at time.Time) article.Moment { return article.Moment{At: at, Known: article.ToMinute} }

// harbour is a small database with one case of everything: a cluster whose
// first publisher is not its representative, a member held by another one than
// the representative, an id that two outlets use, an article of two versions,
// and dead clusters with and without successors.
func harbour() contents {
	to := func(id int64) *int64 { return &id }
	text := func(seq int64, outlet, id, url, headline string, at time.Time, cluster int64) ArticleText {
		t := ArticleText{Body: headline + ". The port said so on Monday."}
		in := article.Article{ID: id, Outlet: outlet, URL: url, Headline: headline, Body: t.Body}
		t.Article = Article{Seq: seq, Key: in.Key(), External: id, Outlet: outlet, OutletKey: outlet, URL: url, Headline: headline,
			Published: at.Format(time.RFC3339), Effective: at, FirstSeen: day(9, 6), Language: "en",
			Words: 8, TextHash: 1<<63 + uint64(seq), Version: 1, Current: true, Run: 1, Cluster: cluster}
		return t
	}
	pair := func(a, b int64, kind similarity.Kind, resemblance, inB, inA float64) Pair {
		e := similarity.Evidence{Resemblance: resemblance, ContainmentA: inB, ContainmentB: inA}
		return Pair{A: a, B: b, Kind: kind, Resemblance: resemblance, ContainmentA: inB, ContainmentB: inA, Evidence: e.Pack(nil)}
	}
	c := contents{
		runs: []Run{
			{ID: 1, Command: "ingest", Started: day(9, 6), Finished: day(9, 7), Settings: "5e77", Summary: `{"new":8}`},
			{ID: 2, Command: "run", Started: day(10, 6), Settings: "5e77", Summary: "{}"},
		},
		texts: []ArticleText{
			text(1, "alpha.example", "s1", "https://alpha.example/storm", "Storm closes harbour", day(2, 9), 1),
			text(2, "beta.example", "b7", "https://beta.example/b7?utm_source=x", "Harbour shut by storm", day(2, 10), 1),
			text(3, "gamma.example", "", "https://www.gamma.example/harbour/", "Storm shuts harbour", day(2, 8), 1),
			text(4, "alpha.example", "x1", "", "ÜBERFAHRT fällt aus", day(3, 9), 0),
			text(5, "beta.example", "x1", "", "Mayor opens bridge", day(4, 9), 2),
			text(6, "gamma.example", "v", "", "Bridge is open", day(4, 11), 0),
			text(7, "gamma.example", "v", "", "Bridge is open to all", day(4, 11), 2),
			text(8, "delta.example", "d:1", "", "Storm closes harbour", day(2, 9), 1),
		},
		pairs: []Pair{
			pair(1, 2, similarity.Near, 0.8, 0.9, 0.85),
			pair(3, 1, similarity.Excerpt, 0.4, 1, 0.4),
			pair(8, 2, similarity.Identical, 1, 1, 1),
			pair(5, 7, similarity.Rewrite, 0.1, 0.2, 0.15),
			pair(1, 4, similarity.Distinct, 0, 0, 0),
		},
		clusters: []storedCluster{
			{Cluster{ID: 1, Representative: 1, Reason: "agency", Size: 4, Outlets: 4, First: day(2, 8), Last: day(2, 10), Made: 1, Changed: 1}, nil},
			{Cluster{ID: 2, Representative: 5, Reason: "earliest", Size: 2, Outlets: 2, First: day(4, 9), Last: day(4, 11), Made: 1, Changed: 2}, nil},
			{Cluster{ID: 3, Representative: 2, Reason: "longest", Made: 1, Changed: 1}, to(1)},
			{Cluster{ID: 4, Representative: 2, Reason: "longest", Made: 1, Changed: 1}, to(3)},
			{Cluster{ID: 5, Representative: 4, Reason: "longest", Made: 1, Changed: 1}, to(0)},
			{Cluster{ID: 6, Representative: 4, Reason: "longest", Made: 1, Changed: 1}, to(7)},
			{Cluster{ID: 7, Representative: 4, Reason: "longest", Made: 1, Changed: 1}, to(6)},
		},
		events: []Event{
			{Run: 1, At: day(9, 6), Cluster: 1, Event: "made", Members: 2},
			{Run: 1, At: day(9, 6), Cluster: 2, Event: "made", Members: 2},
			{Run: 2, At: day(10, 6), Cluster: 1, Event: "merged", Other: 3, OtherLabel: "c3", Members: 4},
		},
		rejects: []Reject{
			{Run: 1, First: 1, Path: "a.jsonl", Line: 3, Reason: "broken JSON"},
			{Run: 1, First: 1, Path: "a.jsonl", Line: 9, Reason: "published: no date", Kept: true},
			{Run: 2, First: 2, Path: "b.jsonl", Reason: "truncated gzip"},
		},
	}
	c.texts[0].Representative, c.texts[4].Representative = true, true
	c.texts[0].Credit, c.texts[0].Agency = "Northwire", true
	c.texts[3].State, c.texts[3].Language = TooShort, "de"
	c.texts[5].Current = false
	c.texts[6].Version = 2
	return c
}

// conformance asks an engine that holds harbour everything.
func conformance(t *testing.T, engine func(*testing.T, contents) reader) {
	want := harbour()
	r := engine(t, want)
	ctx := t.Context()
	seqs := func(s iter.Seq2[Article, error]) (all []int64) {
		for a, err := range s {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, a.Seq)
		}
		return all
	}

	t.Run("articles", func(t *testing.T) {
		for _, w := range want.texts {
			got, err := r.Article(ctx, w.Seq)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(w.Article, got); diff != "" {
				t.Errorf("article %d (-want +got):\n%s", w.Seq, diff)
			}
			if body, err := r.Body(ctx, w.Seq); err != nil || body != w.Body {
				t.Errorf("body %d = %q, %v; want %q", w.Seq, body, err, w.Body)
			}
		}
		if _, err := r.Article(ctx, 99); !errors.Is(err, ErrNotFound) {
			t.Errorf("article 99: %v; want %v", err, ErrNotFound)
		}
		if _, err := r.Body(ctx, 99); !errors.Is(err, ErrNotFound) {
			t.Errorf("body 99: %v; want %v", err, ErrNotFound)
		}
	})

	t.Run("walks leave old versions out", func(t *testing.T) {
		current := []int64{1, 2, 3, 4, 5, 7, 8}
		if diff := cmp.Diff(current, seqs(r.Articles(ctx))); diff != "" {
			t.Errorf("articles (-want +got):\n%s", diff)
		}
		var got []int64
		for x, err := range r.Texts(ctx) {
			if err != nil || x.Body != want.texts[x.Seq-1].Body {
				t.Fatalf("text %d = %q, %v", x.Seq, x.Body, err)
			}
			got = append(got, x.Seq)
		}
		if diff := cmp.Diff(current, got); diff != "" {
			t.Errorf("texts (-want +got):\n%s", diff)
		}
		for range r.Articles(ctx) { // stopping early leaves the view usable
			break
		}
		if n := len(seqs(r.Articles(ctx))); n != len(current) {
			t.Errorf("second walk has %d articles", n)
		}
	})

	t.Run("find", func(t *testing.T) {
		tests := []struct {
			name string
			seq  int64 // 0: not found, -1: ambiguous
		}{
			{"#4", 4}, {"#99", 0}, {"#", 0}, {"", 0}, {":", 0}, {"s1", 1}, {"b7", 2}, {"x1", -1},
			{"alpha.example:x1", 4}, {"Beta.Example:x1", 5}, {"gamma.example:x1", 0},
			{"delta.example:d:1", 8}, {"d:1", 8},
			{"gamma.example:v", 7}, {"v", 7}, {"4", 4}, {"99", 0}, {"6", 6},
			{"http://alpha.example/storm#top", 1}, {"https://beta.example/b7", 2},
			{"https://gamma.example/harbour?fbclid=1", 3}, {"https://gamma.example/", 0}, {"://", 0},
			{want.texts[2].Key.String(), 3}, {want.texts[2].Key.String()[:8], 3},
			{"gamma.example:" + want.texts[2].Key.String(), 3},
			{want.texts[2].Key.String()[:7], 0}, {"0123456789abcdefg", 0},
			{"' OR 1=1 --", 0}, {"\x00\xff", 0},
		}
		for _, test := range tests {
			got, err := r.Find(ctx, test.name)
			_, ambiguous := errors.AsType[*AmbiguousError](err)
			switch {
			case test.seq < 0 && !ambiguous, test.seq == 0 && !errors.Is(err, ErrNotFound),
				test.seq > 0 && (err != nil || got.Seq != test.seq):
				t.Errorf("Find(%q) = %d, %v; want %d", test.name, got.Seq, err, test.seq)
			}
		}
		_, err := r.Find(ctx, "x1")
		if want := "find article x1: it may be alpha.example:x1 or beta.example:x1"; err == nil || err.Error() != want {
			t.Errorf("error %v; want %s", err, want)
		}
	})

	one := want.clusters[0].Cluster
	one.Headline, one.Language, one.Credit, one.FirstOutlet = "Storm closes harbour", "en", "Northwire", "gamma.example"
	one.FirstKnown, one.LastKnown = article.ToMinute, article.ToMinute
	one.Kinds = Kinds{similarity.Near: 1, similarity.Excerpt: 1}
	two := want.clusters[1].Cluster
	two.Headline, two.Language, two.FirstOutlet = "Mayor opens bridge", "en", "beta.example"
	two.FirstKnown, two.LastKnown = article.ToMinute, article.ToMinute
	two.Kinds = Kinds{similarity.Rewrite: 1}

	t.Run("clusters", func(t *testing.T) {
		tests := []struct {
			name   string
			filter Filter
			sort   Sort
			limit  int
			offset int
			want   []Cluster
		}{
			{"largest", Filter{}, Largest, -1, 0, []Cluster{one, two}},
			{"newest", Filter{}, Newest, 20, 0, []Cluster{two, one}},
			{"listed", Filter{Among: []int64{2, 99, 1}}, Listed, -1, 0, []Cluster{two, one}},
			{"listed the other way", Filter{Among: []int64{1, 2}}, Listed, -1, 0, []Cluster{one, two}},
			{"listed, second page", Filter{Among: []int64{1, 2}}, Listed, 1, 1, []Cluster{two}},
			{"listed, filtered", Filter{Among: []int64{2, 1}, MinOutlets: 3}, Listed, -1, 0, []Cluster{one}},
			{"nothing listed", Filter{Among: []int64{}}, Listed, -1, 0, nil},
			{"second page", Filter{}, Largest, 1, 1, []Cluster{two}},
			{"past the end", Filter{}, Newest, 1, 2, nil},
			{"outlets", Filter{MinOutlets: 3}, Largest, -1, 0, []Cluster{one}},
			{"since", Filter{Since: day(4, 11)}, Largest, -1, 0, []Cluster{two}},
			{"since later", Filter{Since: day(4, 12)}, Largest, -1, 0, nil},
			{"until", Filter{Until: day(2, 8)}, Largest, -1, 0, []Cluster{one}},
			{"outlet", Filter{Outlet: "delta.example"}, Newest, -1, 0, []Cluster{one}},
			{"outlet of both", Filter{Outlet: "beta.example"}, Newest, -1, 0, []Cluster{two, one}},
			{"no such outlet", Filter{Outlet: "nobody"}, Newest, -1, 0, nil},
			{"kind, representative first", Filter{Kind: similarity.Near}, Largest, -1, 0, []Cluster{one}},
			{"kind, representative second", Filter{Kind: similarity.Excerpt}, Largest, -1, 0, []Cluster{one}},
			{"kind between other members", Filter{Kind: similarity.Identical}, Largest, -1, 0, nil},
			{"language", Filter{Language: "de"}, Largest, -1, 0, nil},
			{"query", Filter{Query: "BRIDGE mayor"}, Largest, -1, 0, []Cluster{two}},
			{"query with a percent", Filter{Query: "%"}, Largest, -1, 0, nil},
			{"changed", Filter{ChangedSince: 2}, Largest, -1, 0, []Cluster{two}},
			{"made", Filter{MadeSince: 2}, Largest, -1, 0, nil},
			{"all at once", Filter{Since: day(1, 0), Until: day(9, 0), Outlet: "beta.example", MinOutlets: 2,
				Kind: similarity.Rewrite, Language: "en", Query: "opens", MadeSince: 1, ChangedSince: 1}, Newest, 5, 0, []Cluster{two}},
		}
		for _, test := range tests {
			got, err := r.Clusters(ctx, test.filter, test.sort, test.limit, test.offset)
			if err != nil {
				t.Fatalf("%s: %v", test.name, err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.name, diff)
			}
			all, err := r.Clusters(ctx, test.filter, test.sort, -1, 0)
			if err != nil {
				t.Fatal(err)
			}
			members := 0
			for _, c := range all {
				members += c.Size
			}
			if n, m, err := r.CountClusters(ctx, test.filter); err != nil || n != len(all) || m != members {
				t.Errorf("%s: count = %d, %d, %v; want %d, %d", test.name, n, m, err, len(all), members)
			}
		}
		if got, err := r.Cluster(ctx, 1); err != nil || !cmp.Equal(got, one) {
			t.Errorf("Cluster(1) = %v, %v (-want +got):\n%s", got, err, cmp.Diff(one, got))
		}
		if _, err := r.Cluster(ctx, 3); !errors.Is(err, ErrNotFound) {
			t.Errorf("Cluster(3) = %v; want %v", err, ErrNotFound)
		}
	})

	t.Run("successors", func(t *testing.T) {
		for id, want := range map[int64]int64{1: 1, 2: 2, 3: 1, 4: 1} {
			if got, err := r.Resolve(ctx, id); err != nil || got != want {
				t.Errorf("Resolve(%d) = %d, %v; want %d", id, got, err, want)
			}
		}
		for id, want := range map[int64]error{5: ErrDissolved, 6: ErrCorrupt, 99: ErrNotFound, 0: ErrNotFound} {
			if got, err := r.Resolve(ctx, id); !errors.Is(err, want) {
				t.Errorf("Resolve(%d) = %d, %v; want %v", id, got, err, want)
			}
		}
	})

	t.Run("members", func(t *testing.T) {
		type member struct {
			Seq    int64
			Linked bool
			Kind   similarity.Kind
			In, Of float64
		}
		var got []member
		for m, err := range r.Members(ctx, 1) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, member{m.Seq, m.Linked, m.Kind, m.InRepresentative, m.OfRepresentative})
		}
		at9 := []member{{Seq: 1}, {Seq: 8}} // at one moment: by key
		if k1, k8 := want.texts[0].Key, want.texts[7].Key; string(k8[:]) < string(k1[:]) {
			at9[0], at9[1] = at9[1], at9[0]
		}
		wantMembers := []member{
			{3, true, similarity.Excerpt, 1, 0.4}, at9[0], at9[1],
			{2, true, similarity.Near, 0.85, 0.9},
		}
		if diff := cmp.Diff(wantMembers, got); diff != "" {
			t.Errorf("members (-want +got):\n%s", diff)
		}
	})

	t.Run("pairs", func(t *testing.T) {
		ab, err := r.Pair(ctx, 1, 2)
		if err != nil {
			t.Fatal(err)
		}
		w := want.pairs[0]
		w.NameA, w.NameB, w.SameCluster = "s1", "b7", true
		if w.Evidence = ab.Evidence; len(w.Evidence) == 0 { // its form is that of package similarity, at the time
			t.Error("pair 1 2 has no evidence")
		}
		if diff := cmp.Diff(w, ab); diff != "" {
			t.Errorf("pair 1 2 (-want +got):\n%s", diff)
		}
		if ba, err := r.Pair(ctx, 2, 1); err != nil || !cmp.Equal(ab, ba) {
			t.Errorf("pair 2 1 = %v, %v; want %v", ba, err, ab)
		}
		if _, err := r.Pair(ctx, 1, 5); !errors.Is(err, ErrNotFound) {
			t.Errorf("pair 1 5: %v; want %v", err, ErrNotFound)
		}
		list := func(s iter.Seq2[Pair, error]) (all [][2]int64) {
			for p, err := range s {
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, [2]int64{p.A, p.B})
			}
			return all
		}
		if diff := cmp.Diff([][2]int64{{3, 1}, {1, 2}, {8, 2}, {5, 7}}, list(r.Links(ctx))); diff != "" {
			t.Errorf("links (-want +got):\n%s", diff)
		}
	})

	t.Run("runs", func(t *testing.T) {
		got, err := r.Runs(ctx, -1)
		if diff := cmp.Diff([]Run{want.runs[1], want.runs[0]}, got); err != nil || diff != "" {
			t.Errorf("runs: %v (-want +got):\n%s", err, diff)
		}
		if got, err := r.Runs(ctx, 1); err != nil || len(got) != 1 || got[0].ID != 2 {
			t.Errorf("last run = %v, %v; want 2", got, err)
		}
		rejects, err := collect(r.Rejects(ctx, 1))
		if diff := cmp.Diff(want.rejects[:2], rejects); err != nil || diff != "" {
			t.Errorf("rejects: %v (-want +got):\n%s", err, diff)
		}
		if all, err := collect(r.Rejects(ctx, 0)); err != nil || len(all) != 3 {
			t.Errorf("all rejects = %v, %v; want 3", all, err)
		}
		events, err := collect(r.History(ctx, 1))
		if diff := cmp.Diff([]Event{want.events[0], want.events[2]}, events); err != nil || diff != "" {
			t.Errorf("history: %v (-want +got):\n%s", err, diff)
		}
	})

	t.Run("totals", func(t *testing.T) {
		got, err := r.Totals(ctx)
		want := Totals{Articles: 7, Versions: 8, Outlets: 4, TooShort: 1, Clustered: 6, Clusters: 2, Syndicated: 2,
			Links: Kinds{1, 1, 1, 1, 1, 0}, First: exactly(day(2, 8)), Last: exactly(day(4, 11))}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("totals: %v (-want +got):\n%s", err, diff)
		}
	})
}
