package similarity_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/similarity"
	"dedupe/text"
)

// randomTexts are texts of a vocabulary of so many words, some of them with boilerplate.
func randomTexts(n, vocabulary int) []*similarity.Text {
	r := rand.New(rand.NewPCG(1, uint64(vocabulary)))
	words := func(n int) []similarity.Token {
		out := make([]similarity.Token, n)
		for i := range out {
			h := uint32(r.IntN(vocabulary)) * 0x9E3779B1
			out[i] = similarity.NewToken(h, text.Kind(h%32), uint8(h>>8%7))
		}
		return out
	}
	var texts []*similarity.Text
	for i := range n {
		p := &similarity.Profile{K: 4, Words: words(r.IntN(600)), Headline: words(r.IntN(12)), Title: strings.Repeat("é", i%5), Hash: r.Uint64()}
		p.Distinct = p.Count()
		if i%3 == 2 && len(p.Words) > 40 {
			p.Notices = []similarity.Stretch{{From: 0, To: 9}, {From: 20, To: 21}}
		}
		t := similarity.Plain(p)
		if i%2 == 1 && len(p.Words) > 0 {
			boilerplate := make([]bool, len(p.Words))
			for from := r.IntN(2); from < len(boilerplate); from += 1 + r.IntN(200) {
				for j := from; j < min(len(boilerplate), from+1+r.IntN(90)); j++ {
					boilerplate[j] = true
				}
			}
			boilerplate[len(boilerplate)-1] = true
			t = similarity.NewText(p, boilerplate, p.Shingles(nil))
			t.Known = r.Uint64() | 1
		}
		texts = append(texts, t)
	}
	return texts
}

// TestAppend holds that a text comes back as it was.
func TestAppend(t *testing.T) {
	for i, want := range randomTexts(600, 10_000) {
		if diff := cmp.Diff(want, similarity.TextOf(want.Append(nil)), cmp.AllowUnexported(similarity.Token{})); diff != "" {
			t.Fatalf("text %d (-appended +read):\n%s", i, diff)
		}
	}
}
