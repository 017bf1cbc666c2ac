package candidate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestSorted holds that lists which come sorted, a posting at a time, give what a query over all
// of them gives, also where they are longer than a block, and that little of them is kept.
func TestSorted(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 3))
			sizes := []int{1, 2, 7, 40, 2*sortedBlock + r.IntN(sortedBlock), 1, sortedBlock, 30}
			window := Window{Seconds: []int64{0, 40 * 86400, 3 * 86400}[seed%3]}
			n := slices.Max(sizes)
			var places Places
			for range n {
				p := Place{Date: int64(r.IntN(90)) * 86400 / 3, Key: r.Uint64()}
				if r.IntN(20) == 0 || seed == 3 {
					p.Date = Undated
				}
				places = append(places, p)
			}
			slices.SortFunc(places, func(a, b Place) int { return a.Compare(&b) }) // so that numbers are in canonical order
			var postings []Posting
			whole := map[uint32]uint64{}
			for key, size := range sizes {
				members := r.Perm(n)[:size]
				slices.Sort(members)
				for _, m := range members {
					postings = append(postings, Posting(uint64(key+1)<<articleBits|uint64(m+1)))
					if r.IntN(9) == 0 {
						whole[uint32(m+1)] = uint64(key + 1)
					}
				}
			}
			type given struct {
				Whole, Rare bool
				Candidates  []uint32
			}
			want, got := map[string]given{}, map[string]given{}
			q := Query{Places: places, Window: window, Heads: 6, Rare: 10}
			for _, list := range slices.Collect(chunks(postings)) { // a key at a time: hits do not say of which they are
				q.Fresh, q.Asked = list, nil
				for _, p := range list {
					q.Asked = append(q.Asked, Ask{Article: p.Article(), Whole: whole[p.Article()]})
				}
				found, err := q.Find()
				if err != nil {
					t.Fatal(err)
				}
				for _, a := range q.Asked {
					var x given
					for _, h := range found.Hits(a.Article) {
						x.Whole, x.Rare = h.Whole(), h.Rare()
						x.Candidates = append(x.Candidates, h.Article())
					}
					if x.Candidates != nil {
						slices.Sort(x.Candidates)
						want[fmt.Sprint(list[0].Key(), " ", a.Article)] = x
					}
				}
			}
			most := 0
			s := Sorted[uint32]{Window: window, Heads: 6, Rare: 10, Give: func(key uint64, article uint32, whole, rare bool, candidates []uint32) {
				candidates = slices.Clone(candidates)
				slices.Sort(candidates)
				got[fmt.Sprint(key, " ", article)] = given{whole, rare, candidates}
			}}
			for _, p := range postings {
				if err := s.Add(p.Key(), places[p.Article()-1], whole[p.Article()] == p.Key(), p.Article()); err != nil {
					t.Fatal(err)
				}
				most = max(most, len(s.entries))
			}
			if err := s.Flush(); err != nil {
				t.Fatal(err)
			}
			if diff := gocmp.Diff(want, got); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff[:min(len(diff), 3000)])
			}
			if most > sortedBlock+100 {
				t.Errorf("%d postings of a list are in memory", most)
			}
		})
	}
}

// chunks yields the postings of one key after another.
func chunks(postings []Posting) func(func([]Posting) bool) {
	return func(yield func([]Posting) bool) {
		for n := 0; len(postings) > 0; postings = postings[n:] {
			if n = cut(postings); !yield(postings[:n:n]) {
				return
			}
		}
	}
}
