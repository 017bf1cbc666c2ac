package review

import (
	"math/rand/v2"
	"testing"
	"time"

	"dedupe/article"
	"dedupe/storage"
)

func decided(a, b byte, same bool) storage.Decision {
	return storage.NewDecision(article.Key{a}, article.Key{b}, same, time.Time{}, "")
}

func TestTies(t *testing.T) {
	list := []storage.Decision{decided(1, 2, true), decided(2, 3, true), decided(4, 5, true), decided(3, 4, false), decided(8, 9, false)}
	tests := []struct {
		name        string
		a, b        byte
		same, known bool
		chain       int // decisions from which the opposite of the opposite follows
	}{
		{"decided", 1, 2, true, true, 1},
		{"by a chain", 1, 3, true, true, 2},
		{"apart by chains on both sides", 1, 5, false, true, 4},
		{"apart", 8, 9, false, true, 1},
		{"not tied", 1, 8, false, false, 0},
		{"apart is not transitive", 9, 3, false, false, 0},
		{"never mentioned", 1, 77, false, false, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, pair := range [][2]byte{{test.a, test.b}, {test.b, test.a}} {
				ties := NewTies(list)
				same, known := ties.Known(article.Key{pair[0]}, article.Key{pair[1]})
				if same != test.same || known != test.known {
					t.Errorf("Known(%v) = %v, %v; want %v, %v", pair, same, known, test.same, test.known)
				}
				chain := ties.Contradicted(decided(pair[0], pair[1], !test.same))
				if len(chain) != test.chain {
					t.Errorf("Contradicted(%v) = %v; want %d decisions", pair, chain, test.chain)
				}
			}
		})
	}
}

// A set of decisions to which nothing contradicting is added has a partition
// that keeps all of them, and Known agrees with what is always so in it.
func TestTiesKeepDecisionsConsistent(t *testing.T) {
	const n = 7
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 0))
		ties := NewTies(nil)
		group := [n]int{0, 1, 2, 3, 4, 5, 6} // by must-links
		var apart [][2]int
		for range r.IntN(14) {
			a, b := r.IntN(n), r.IntN(n)
			if a == b {
				continue
			}
			d := decided(byte(a), byte(b), r.IntN(2) == 0)
			oppose := false
			if d.Same {
				for _, x := range apart {
					oppose = oppose || group[x[0]] == group[a] && group[x[1]] == group[b] || group[x[0]] == group[b] && group[x[1]] == group[a]
				}
			} else {
				oppose = group[a] == group[b]
			}
			if got := ties.Contradicted(d) != nil; got != oppose {
				t.Fatalf("seed %d: Contradicted(%d, %d, %v) = %v; want %v", seed, a, b, d.Same, got, oppose)
			}
			if oppose {
				continue
			}
			ties.Add(d)
			if !d.Same {
				apart = append(apart, [2]int{a, b})
				continue
			}
			from, to := group[a], group[b]
			for i := range group {
				if group[i] == from {
					group[i] = to
				}
			}
		}
	}
}
