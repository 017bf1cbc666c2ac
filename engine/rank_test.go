package engine_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"dedupe/engine"
	"dedupe/explain"
)

// retelling keeps three in four words of a text, and puts others in the place of
// the rest.
func retelling(r *rand.Rand, words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		if out[i] = w; r.IntN(4) == 0 {
			out[i] = prose(10_000+r.IntN(1_000_000), 1)
		}
	}
	return strings.Join(out, " ")
}

// TestRewritesDoNotSettle holds that an article is compared with more retellings of
// its story than copies are looked at, for the text that they retell may come after
// them.
func TestRewritesDoNotSettle(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 17))
	words := strings.Fields(prose(1, 200))
	var told, copied []record
	for i := range 8 {
		told = append(told, record{fmt.Sprint("r", i), fmt.Sprintf("outlet%d.example", i), "", hour(i), retelling(r, words)})
		copied = append(copied, record{fmt.Sprint("c", i), fmt.Sprintf("outlet%d.example", i), "", hour(i), strings.Join(words, " ")})
	}
	linksOf := func(name string, list []record) (n int) {
		for _, p := range newDesk(t, jsonl(t, list...)).pairs() {
			if strings.HasPrefix(p, name+" ") || strings.Contains(p, " "+name+" ") {
				n++
			}
		}
		return n
	}
	if n := linksOf("c7", copied); n != 4 {
		t.Errorf("the last copy has %d links, want 4", n)
	}
	if n := linksOf("r7", told); n <= 4 {
		t.Errorf("the last retelling has %d links, want more than copies have", n)
	}
}

// passing makes articles that share a passage with others and nothing else: so much
// that they are compared while few articles have it.
func passing(r *rand.Rand, id int) record {
	own, shared := strings.Fields(prose(1000+r.IntN(1_000_000), 160)), strings.Fields(prose(1+id%2, 26))
	at := r.IntN(len(own))
	words := append(append(append([]string{}, own[:at]...), shared[r.IntN(6):]...), own[at:]...)
	return record{fmt.Sprint("a", id), fmt.Sprintf("outlet%d.example", id%9), "", hour(r.IntN(300)), strings.Join(words, " ")}
}

// TestRarityLeavesNoTrace holds that an anchor which late articles make common, or
// changed ones rare again, leaves what one run would.
func TestRarityLeavesNoTrace(t *testing.T) {
	for seed := range uint64(10) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			leavesNoTrace(t, history{rand.New(rand.NewPCG(seed, 18)), 40, 5, 12, 8, windows[seed%2], passing, false})
		})
	}
}

// TestRare holds that all articles which share less than is required are compared where
// few have what they share, and where many have it two at most.
func TestRare(t *testing.T) {
	for _, c := range []struct{ articles, most int }{{8, 8}, {30, 2}} {
		told := 0 // how often more than two share little
		for seed := range uint64(12) {
			r := rand.New(rand.NewPCG(seed, 19))
			var list []record
			for i := range c.articles {
				list = append(list, passing(r, 2*i+1))
				list[i].Published = hour(i)
			}
			eng := newDesk(t, jsonl(t, list...)).engine(nil)
			little, compared := 0, 0
			for seq := 1; seq < c.articles; seq++ {
				got, err := explain.Compare(t.Context(), eng, uint32(seq), uint32(c.articles))
				if err != nil {
					t.Fatal(err)
				}
				if y := got.Candidacy; y.Enough <= y.Shared && y.Shared < y.Needed && y.Outcome != engine.Crowded {
					if little++; y.Outcome == engine.Compared {
						compared++
					}
				}
			}
			if compared > c.most || c.most > 2 && compared < little {
				t.Errorf("seed %d, %d articles: %d of %d that share little were compared", seed, c.articles, compared, little)
			}
			if little > 2 {
				told++
			}
		}
		if told == 0 {
			t.Errorf("of %d articles never more than two share little with the last", c.articles)
		}
	}
}
