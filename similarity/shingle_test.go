package similarity

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestShinglesAgainstNaive compares the rolling hash with each shingle's
// polynomial worked out for itself.
func TestShinglesAgainstNaive(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 3))
	for range 500 {
		words := make([]Token, r.IntN(40))
		for i := range words {
			words[i] = NewToken(r.Uint32(), 0, 0)
		}
		for k := range 9 {
			var want []uint64
			for i := 0; k > 0 && i+k <= len(words); i++ {
				var h uint64
				for _, w := range words[i : i+k] {
					h = h*base + uint64(w.Hash())
				}
				want = append(want, mix(h))
			}
			if got := AppendShingles(nil, words, k); !slices.Equal(want, got) {
				t.Fatalf("%d words, k %d (-want +got):\n%s", len(words), k, cmp.Diff(want, got))
			}
		}
	}
}

// TestShinglesAreStable holds hashes that databases have stored.
func TestShinglesAreStable(t *testing.T) {
	build := Builder{K: 4}
	p := build.Build("", "", "The ferry ran aground, at dawn.", nil)
	want := []uint64{0xf2ed0a4932554622, 0x425f319effc84742, 0x41ebb2880654247b}
	if diff := cmp.Diff(want, p.Shingles(nil)); diff != "" {
		t.Errorf("every stored database is void (-want +got):\n%s", diff)
	}
}

func TestSampled(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 3))
	for _, n := range []int{-1, 0, 1, 2, 8, 16} {
		const trials = 40_000
		kept := 0
		for range trials {
			if Sampled(mix(r.Uint64()), n) {
				kept++
			}
		}
		want := trials / max(1, n)
		if kept < want*9/10 || kept > want*11/10 {
			t.Errorf("one in %d: kept %d of %d", n, kept, trials)
		}
	}
}

// TestTable compares a table with a map, over reuse with sets of any size.
func TestTable(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	var table Table
	for range 300 {
		shingles := make([]uint64, r.IntN(200))
		covered := make([]bool, len(shingles))
		for i := range shingles {
			shingles[i] = uint64(r.IntN(150)) << (8 * r.IntN(8)) // many are equal in their high bits
			covered[i] = r.IntN(2) == 0
		}
		table.Reset(shingles)
		table.hide(shingles, covered)
		first, open := map[uint64]int{}, map[uint64]bool{}
		for i, h := range shingles {
			if _, known := first[h]; !known {
				first[h] = i
			}
			open[h] = open[h] || !covered[i]
		}
		if table.Len() != len(first) {
			t.Fatalf("%d shingles, want %d", table.Len(), len(first))
		}
		for h, at := range first {
			s := table.find(h)
			if s.pos == 0 || s.place() != at || (s.pos&hidden == 0) != open[h] {
				t.Fatalf("shingle %x: %+v, want place %d, hidden %v", h, s, at, !open[h])
			}
		}
		for range 50 {
			h := r.Uint64()
			if _, known := first[h]; !known && table.find(h).pos != 0 {
				t.Fatalf("found %x, which is not there", h)
			}
		}
	}
}

func BenchmarkShingles(b *testing.B) {
	words := make([]Token, 500)
	for i := range words {
		words[i] = NewToken(uint32(i)*2654435761, 0, 0)
	}
	var dst []uint64
	b.ReportAllocs()
	for b.Loop() {
		dst = AppendShingles(dst[:0], words, 4)
	}
	b.ReportMetric(float64(len(words))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
