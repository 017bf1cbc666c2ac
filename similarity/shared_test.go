package similarity

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestSharedWithoutBoilerplate compares the count of shared shingles with the
// plain definition: those that stand outside boilerplate in both texts. A
// shingle may be boilerplate here and story there, for boilerplate takes in the
// words between two of its passages.
func TestSharedWithoutBoilerplate(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	vocabulary := strings.Fields("harbour council ferry budget bridge keeper lamp vote storm")
	build := Builder{K: 3}
	text := func() *Text {
		words := make([]string, 20+r.IntN(60))
		for i := range words {
			words[i] = vocabulary[r.IntN(len(vocabulary))]
		}
		p := build.Build("", "", strings.Join(words, " "), nil)
		if r.IntN(4) > 0 {
			boilerplate := make([]bool, len(p.Words))
			for from := r.IntN(len(words)); from < len(words); from += r.IntN(40) + 1 {
				for i := from; i < min(len(words), from+r.IntN(20)); i++ {
					boilerplate[i] = true
				}
			}
			return NewText(p, boilerplate, p.Shingles(nil))
		}
		return Plain(p)
	}
	kept := func(t *Text) map[uint64]bool {
		set := map[uint64]bool{}
		for i, h := range t.Profile.Shingles(nil) {
			if t.Covered == nil || !t.Covered[i] {
				set[h] = true
			}
		}
		return set
	}
	var scale Scale
	for range 500 {
		a, b := text(), text()
		inA, inB := kept(a), kept(b)
		want := 0
		for h := range inA {
			if inB[h] {
				want++
			}
		}
		scale.Load(a)
		e := scale.Measure(b)
		if e.Shared != want || e.LeftA != len(inA) || e.LeftB != len(inB) {
			t.Fatalf("shared %d of %d and %d; want %d of %d and %d", e.Shared, e.LeftA, e.LeftB, want, len(inA), len(inB))
		}
		if _, err := Unpack(e.Pack(nil)); err != nil {
			t.Fatal(err)
		}
	}
}
