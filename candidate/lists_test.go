package candidate

import (
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// heads is the plain definition of what a whole list gives an article: of the
// living ones that stand before it in its window, the first n/2 and the last
// (n+1)/2.
func (w *world) heads(list []Posting, article uint32, window Window, n int) []uint32 {
	in := w.before(list, article, window)
	if len(in) > n {
		in = append(in[:n/2:n/2], in[len(in)-(n+1)/2:]...)
	}
	slices.Sort(in)
	return in
}

// before returns the living articles of a list that stand before one in its window.
func (w *world) before(list []Posting, article uint32, window Window) (in []uint32) {
	own := w.place(article)
	for _, p := range list {
		q := w.place(p.Article())
		earlier := q.Compare(own) < 0 || q.Compare(own) == 0 && p.Article() < article
		if earlier && !q.Dead && q.Date >= window.Start(own.Date) && window.Holds(own.Date, q.Date) {
			in = append(in, p.Article())
		}
	}
	return in
}

// TestFind holds that looking up only what windows reach gives every article
// asked for the candidates that whole lists would give it, and says of each
// whether the anchor is boilerplate, rare or the whole text.
func TestFind(t *testing.T) {
	for seed := range uint64(1500) {
		r := rand.New(rand.NewPCG(seed, 3))
		w := newWorld(r, 2+r.IntN(120))
		q := Query{Segments: w.segments, Places: w.places, Heads: 1 + r.IntN(7), Rare: r.IntN(15), Fresh: w.fresh, Later: r.IntN(2) == 0}
		if r.IntN(4) > 0 {
			q.Window.Seconds = int64(1+r.IntN(30)) * 86400
		}
		stored := uint32(len(w.places))
		for _, p := range w.fresh {
			stored = min(stored, p.Article()-1)
		}
		asked := map[uint32]bool{}
		if r.IntN(2) == 0 { // the new articles are judged
			for a := stored + 1; int(a) <= len(w.places); a++ {
				asked[a] = true
			}
		} else { // stored ones are judged again
			for range 1 + r.IntN(5) {
				asked[uint32(1+r.IntN(len(w.places)))] = true
			}
			for _, p := range w.postings {
				if asked[p.Article()] {
					q.Keys = append(q.Keys, p.Key())
				}
			}
			r.Shuffle(len(q.Keys), func(i, j int) { q.Keys[i], q.Keys[j] = q.Keys[j], q.Keys[i] })
		}
		for _, article := range slices.Sorted(maps.Keys(asked)) {
			ask := Ask{Article: article}
			for _, key := range keys(w.postings) {
				switch r.IntN(4) {
				case 0:
					ask.Covered = append(ask.Covered, key)
				case 1:
					ask.Whole = key
				}
			}
			q.Asked = append(q.Asked, ask)
		}
		found, err := q.Find()
		if err != nil {
			t.Fatal(err)
		}
		for _, ask := range q.Asked {
			var want []Hit
			for _, p := range w.postings {
				if p.Article() != ask.Article {
					continue
				}
				key := p.Key()
				list := w.list(w.postings, key)
				few := len(w.before(list, ask.Article, q.Window)) < q.Rare
				for _, other := range w.heads(list, ask.Article, q.Window, q.Heads) {
					h := Hit(other) * hitBits
					if few {
						h |= rare
					}
					if !slices.Contains(ask.Covered, key) {
						h |= kept
					}
					if key == ask.Whole {
						h |= whole
					}
					want = append(want, h)
				}
			}
			got := slices.Sorted(slices.Values(found.Hits(ask.Article)))
			slices.Sort(want)
			if !slices.Equal(want, got) {
				t.Fatalf("seed %d: article %d has the hits %v, want %v (heads %d, window %d)", seed, ask.Article, got, want, q.Heads, q.Window.Seconds)
			}
		}
		if n := uint32(len(w.places)); !asked[n] && found.Hits(n) != nil || found.Hits(n+1) != nil {
			t.Fatalf("seed %d: an article that was not asked for has hits", seed)
		}
	}
}

// TestDecisive holds that where a list gives an article others without one of its
// members, or tells it something else of the anchor, that member is decisive.
func TestDecisive(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 5))
	turned := 0
	for range 150 {
		w := newWorld(r, 2+r.IntN(60))
		window := Window{Seconds: int64(r.IntN(30)) * 86400}
		o := Options{Heads: 1 + r.IntN(7), Rare: r.IntN(15)}
		for _, key := range keys(w.postings) {
			l := List(w.list(w.postings, key))
			for _, p := range l {
				z := p.Article()
				decisive := map[uint32]bool{}
				l.Decisive(z, w.place(z), window, o, w.place, func(other uint32) { decisive[other] = true })
				with, heads := len(w.before(l, z, window)) < o.Rare, w.heads(l, z, window, o.Heads)
				for i, x := range l {
					if x.Article() == z || w.place(x.Article()).Dead {
						continue
					}
					less := slices.Delete(slices.Clone(l), i, i+1)
					same := slices.Equal(heads, w.heads(less, z, window, o.Heads)) && with == (len(w.before(less, z, window)) < o.Rare)
					if same {
						continue
					}
					turned++
					if !decisive[x.Article()] {
						t.Fatalf("article %d in %v: without %d it has others, or another rarity (heads %d, rare %d)", z, l, x.Article(), o.Heads, o.Rare)
					}
				}
			}
		}
	}
	if turned < 1000 {
		t.Errorf("only %d members matter", turned)
	}
}

// TestHeads holds that a list gives any of its articles what its definition says.
func TestHeads(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for range 300 {
		w := newWorld(r, 2+r.IntN(100))
		window, n := Window{Seconds: int64(r.IntN(30)) * 86400}, 1+r.IntN(7)
		for _, key := range keys(w.postings) {
			l := List(w.list(w.postings, key))
			for _, p := range l {
				var got []uint32
				l.Heads(p.Article(), w.place(p.Article()), window, n, w.place, func(other uint32) { got = append(got, other) })
				slices.Sort(got)
				if want := w.heads(l, p.Article(), window, n); !slices.Equal(want, got) {
					t.Fatalf("article %d has the candidates %v, want %v (heads %d, window %d)", p.Article(), got, want, n, window.Seconds)
				}
			}
		}
	}
}

// TestFollowed holds that the lists are those, whole from the one asked for on, in
// which something follows it, and none unless they are asked for.
func TestFollowed(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	lists := 0
	for range 200 {
		w := newWorld(r, 2+r.IntN(100))
		asked := uint32(1 + r.IntN(len(w.places)))
		q := Query{Segments: w.segments, Places: w.places, Heads: 3, Fresh: w.fresh, Keys: keys(w.stored), Asked: []Ask{{Article: asked}}}
		found, err := q.Find()
		if err != nil {
			t.Fatal(err)
		}
		if n := len(found.Followed()); n > 0 {
			t.Fatalf("%d lists that nobody wants", n)
		}
		q.Later = true
		if found, err = q.Find(); err != nil {
			t.Fatal(err)
		}
		got := found.Followed()
		for _, key := range keys(w.postings) {
			list := w.list(w.postings, key)
			from := slices.Index(list, posting(key<<articleBits, asked))
			if from < 0 || from+1 == len(list) {
				continue
			}
			lists++
			if len(got) == 0 || got[0][0].Key() != key {
				t.Fatalf("no list of key %x, or not in its place", key)
			}
			at := slices.Index(got[0], list[from])
			if at < 0 || !slices.Equal(got[0][at:], List(list[from:])) {
				t.Fatalf("list of %x (-want +got):\n%s", key, cmp.Diff(list[from:], []Posting(got[0])))
			}
			got = got[1:]
		}
		if len(got) > 0 {
			t.Fatalf("%d lists in which nothing follows", len(got))
		}
	}
	if lists == 0 {
		t.Error("nothing followed")
	}
}

func TestHolders(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	for range 300 {
		w := newWorld(r, 2+r.IntN(100))
		q := Query{Segments: w.segments, Fresh: w.fresh, Places: w.places}
		for _, key := range keys(w.postings) {
			if r.IntN(3) == 0 {
				q.Keys = append(q.Keys, key)
			}
		}
		r.Shuffle(len(q.Keys), func(i, j int) { q.Keys[i], q.Keys[j] = q.Keys[j], q.Keys[i] })
		type holder struct {
			key     uint64
			article uint32
		}
		want, got := map[holder]bool{}, map[holder]bool{}
		for _, p := range w.postings {
			if slices.Contains(q.Keys, p.Key()) {
				want[holder{p.Key(), p.Article()}] = true
			}
		}
		if err := q.Holders(func(key uint64, article uint32) { got[holder{key, article}] = true }); err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(want, got) {
			t.Fatalf("want %v, got %v", want, got)
		}
	}
}

// TestDamagedBlock holds that a damaged block is an error, not fewer candidates.
func TestDamagedBlock(t *testing.T) {
	blocks := Encode([]Posting{posting(1<<40, 1), posting(1<<40, 2)})
	blocks[0].Data = blocks[0].Data[:3]
	s := &Segment{Len: 2, Fences: []Posting{blocks[0].First}, Load: FromMemory(blocks)}
	q := Query{Keys: []uint64{Key(1 << 40)}, Segments: []*Segment{s}, Places: Places{{}, {}}}
	if _, err := q.Find(); !errors.Is(err, ErrCorrupt) {
		t.Errorf("Find: %v, want %v", err, ErrCorrupt)
	}
}

func BenchmarkFind(b *testing.B) {
	r := rand.New(rand.NewPCG(7, 7))
	const articles, fresh, each = 20_000, 500, 40
	w := &world{places: make([]Place, articles)}
	for i := range w.places {
		w.places[i] = Place{Date: int64(i) * 60, Key: r.Uint64()}
	}
	part := func(from, to uint32) (list []Posting) {
		for a := from; a < to; a++ {
			for range each {
				// One key in four is of a story that many have.
				h := r.Uint64()
				if r.IntN(4) == 0 {
					h = uint64(r.IntN(2000)) << 50
				}
				list = append(list, posting(h, a))
			}
		}
		SortPostings(list, w.places)
		return slices.Compact(list)
	}
	w.segments = []*Segment{w.segment(1, part(1, articles/2)), w.segment(2, part(articles/2, articles-fresh+1))}
	q := Query{Fresh: part(articles-fresh+1, articles+1), Segments: w.segments, Places: w.places, Window: Window{Seconds: 14 * 86400}, Heads: 6}
	for a := uint32(articles - fresh + 1); a <= articles; a++ {
		q.Asked = append(q.Asked, Ask{Article: a})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := q.Find(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(fresh)*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}
