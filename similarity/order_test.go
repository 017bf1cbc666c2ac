package similarity

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// TestOrderAgainstOracle compares the order of words with the textbook's
// heaviest common subsequence. Where a word stands more often than is looked
// at, the figure may be lower and never higher.
func TestOrderAgainstOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var scale Scale
	for i := range 1500 {
		a, b := words(r, i), words(r, i)
		if r.IntN(2) == 0 { // a rewrite: words dropped, added and moved
			b = rewrite(r, a)
		}
		ta, tb := flagged(r, a), flagged(r, b)
		scale.Load(ta)
		got, want := scale.measureOrder(tb), heaviest(ta, tb)
		exact := i%3 != 2
		if exact && got != want || got > want {
			t.Fatalf("case %d: order %v, want %v\n%s\n%s", i, got, want, strings.Join(a, " "), strings.Join(b, " "))
		}
	}
}

// words draws from many words (each third case: nearly all of them once), from
// some, and from so few that they stand all over the text.
func words(r *rand.Rand, which int) []string {
	list := make([]string, 1+r.IntN(90))
	vocabulary := []int{100_000, 40, 3}[which%3]
	for i := range list {
		n := r.IntN(vocabulary)
		list[i] = strings.Repeat("x", n%7) + strconv.Itoa(n) // of all weights
		if which%3 == 1 && i > 15 {
			list[i] += "abcdefghijklmnopqrstuvwxyz"[i/16 : i/16+1] // at most 16 places each
		}
	}
	return list
}

func rewrite(r *rand.Rand, words []string) []string {
	var out []string
	for _, w := range words {
		switch r.IntN(6) {
		case 0:
		case 1:
			out = append(out, "another", w)
		case 2:
			out = append([]string{w}, out...)
		default:
			out = append(out, w)
		}
	}
	return out
}

// flagged is a text of which, half of the time, some is boilerplate.
func flagged(r *rand.Rand, words []string) *Text {
	build := Builder{K: 3}
	p := build.Build("", "", strings.Join(words, " "), nil)
	if r.IntN(2) == 0 {
		return Plain(p)
	}
	boilerplate := make([]bool, len(p.Words))
	from := r.IntN(len(boilerplate) + 1)
	for i := from; i < min(len(boilerplate), from+20); i++ {
		boilerplate[i] = true
	}
	return NewText(p, boilerplate, p.Shingles(nil))
}

// heaviest is measureOrder by dynamic programming over all pairs of words.
func heaviest(a, b *Text) float64 {
	keep := func(t *Text) (kept []Token, weight int) {
		for i, w := range t.Words {
			if !masked(t.Boilerplate, i) && w.Weight() > 0 {
				kept = append(kept, w)
				weight += int(w.Weight())
			}
		}
		return kept, weight
	}
	wa, weightA := keep(a)
	wb, weightB := keep(b)
	above := make([]int, len(wb)+1)
	for _, x := range wa {
		row := make([]int, len(wb)+1)
		for j, y := range wb {
			row[j+1] = max(row[j], above[j+1])
			if x.Hash() == y.Hash() {
				row[j+1] = max(row[j+1], above[j]+int(x.Weight()))
			}
		}
		above = row
	}
	return share(above[len(wb)], min(weightA, weightB))
}

func BenchmarkMeasure(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 4))
	text := func(n int) []string {
		list := make([]string, n)
		for i := range list {
			list[i] = "word" + strconv.Itoa(int(float64(8000)*r.Float64()*r.Float64()*r.Float64()))
		}
		return list
	}
	story := text(500)
	for _, c := range []struct {
		name string
		with []string
	}{{"unrelated", text(500)}, {"copy", story}, {"excerpt", story[:250]}, {"rewrite", rewrite(r, story)}} {
		b.Run(c.name, func(b *testing.B) {
			build := Builder{K: 4}
			var scale Scale
			scale.Load(Plain(build.Build("", "", strings.Join(story, " "), nil)))
			other := Plain(build.Build("", "", strings.Join(c.with, " "), nil))
			b.ReportAllocs()
			for b.Loop() {
				scale.Measure(other)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pairs/s")
		})
	}
}
