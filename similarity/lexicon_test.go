package similarity_test

import (
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/similarity"
	"dedupe/text"
)

// randomTexts are texts of a vocabulary of so many words, some of them with furniture.
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
			furniture := make([]bool, len(p.Words))
			for from := r.IntN(2); from < len(furniture); from += 1 + r.IntN(200) {
				for j := from; j < min(len(furniture), from+1+r.IntN(90)); j++ {
					furniture[j] = true
				}
			}
			furniture[len(furniture)-1] = true
			t = similarity.NewText(p, furniture, p.Shingles(nil))
			t.Known = r.Uint64() | 1
		}
		texts = append(texts, t)
	}
	return texts
}

func TestLexicon(t *testing.T) {
	for _, vocabulary := range []int{1, 100, 10_000, 300_000} { // in the last all numbers are given
		var l similarity.Lexicon
		texts := randomTexts(600, vocabulary)
		packed := make([][]byte, len(texts))
		var wg sync.WaitGroup
		for g := range 4 {
			wg.Go(func() {
				for i := g; i < len(texts); i += 4 {
					packed[i] = l.Pack(nil, texts[i])
				}
			})
		}
		wg.Wait()
		for i, want := range texts {
			if diff := cmp.Diff(want, l.Unpack(packed[i]), cmp.AllowUnexported(similarity.Token{})); diff != "" {
				t.Fatalf("%d words: text %d (-packed +unpacked):\n%s", vocabulary, i, diff)
			}
		}
	}
}

func TestLexiconIsSmall(t *testing.T) {
	p := (&similarity.Builder{K: 4}).Build("", "", strings.Repeat("the quick brown fox of 1999 jumps over the lazy dog in ", 100), nil)
	var l similarity.Lexicon
	if n := len(l.Pack(nil, similarity.Plain(p))); n > len(p.Words)+100 {
		t.Errorf("%d words of a small vocabulary take %d bytes", len(p.Words), n)
	}
}

func BenchmarkLexicon(b *testing.B) {
	var l similarity.Lexicon
	texts := randomTexts(1000, 20_000)
	words, size := 0, 0
	packed := make([][]byte, len(texts))
	for i, t := range texts {
		packed[i] = l.Pack(nil, t)
		words += t.Len()
		size += len(packed[i])
	}
	perWord := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(words), "ns/word")
		b.ReportMetric(float64(size)/float64(words), "B/word")
	}
	b.Run("pack", func(b *testing.B) {
		var data []byte
		for b.Loop() {
			for _, t := range texts {
				data = l.Pack(data[:0], t)
			}
		}
		perWord(b)
	})
	b.Run("unpack", func(b *testing.B) {
		for b.Loop() {
			for _, data := range packed {
				l.Unpack(data)
			}
		}
		perWord(b)
	})
}
