package similarity

import (
	"math/rand/v2"
	"testing"

	"github.com/adrg/strutil/metrics"
)

// TestDiceIsStrutils holds the default metric to strutil's, for texts of few
// characters, so that pairs recur, and for long ones.
func TestDiceIsStrutils(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 15))
	draw := func() string {
		n := r.IntN(12)
		if r.IntN(4) == 0 {
			n = r.IntN(500)
		}
		s := make([]byte, 0, n)
		for range n {
			s = append(s, [...]string{"a", "b", "c", " ", "é", "к", "火", "\xff"}[r.IntN(1+r.IntN(8))]...)
		}
		return string(s)
	}
	want := metrics.NewSorensenDice()
	for range 20_000 {
		a, b := draw(), draw()
		if got := (dice{}).Compare(a, b); got != want.Compare(a, b) {
			t.Fatalf("%q and %q: %v, by strutil %v", a, b, got, want.Compare(a, b))
		}
	}
}

func BenchmarkDice(b *testing.B) {
	const x, y = "harbour board rejects levy on yachts after a long night", "board of the harbour says no to a levy on yachts"
	b.Run("here", func(b *testing.B) {
		for b.Loop() {
			dice{}.Compare(x, y)
		}
	})
	b.Run("strutil", func(b *testing.B) {
		m := metrics.NewSorensenDice()
		for b.Loop() {
			m.Compare(x, y)
		}
	})
}
