package boilerplate

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/notices"
	"dedupe/similarity"
)

// add makes shingles boilerplate.
func (s *Set) add(shingles ...uint64) {
	for _, h := range shingles {
		s.Vote(h, 1)
	}
}

// TestSet compares a set with counts and words kept apart.
func TestSet(t *testing.T) {
	var s Set
	if s.Has(0) || s.Has(7) || s.Votes(7) != 0 {
		t.Error("the zero set knows something")
	}
	r := rand.New(rand.NewPCG(1, 1))
	votes, allowed, blocked := map[uint64]int{}, map[uint64]bool{}, map[uint64]bool{}
	boilerplate := func(h uint64) bool { return !allowed[h] && (blocked[h] || votes[h] > 0) }
	keys := []uint64{0, 7}
	for range 300 {
		keys = append(keys, r.Uint64()>>r.IntN(64))
	}
	for range 5000 {
		h := keys[r.IntN(len(keys))]
		before, version := boilerplate(h), s.Version()
		var changed bool
		switch r.IntN(40) {
		case 0:
			allowed[h] = true
			s.Allow(h)
			changed = s.Version() != version
		case 1:
			blocked[h] = true
			s.Block(h)
			changed = s.Version() != version
		default:
			n := 1 - 2*r.IntN(2)
			votes[h] = max(0, votes[h]+n)
			changed = s.Vote(h, n)
		}
		if is := boilerplate(h); s.Has(h) != is || changed != (is != before) || changed != (s.Version() != version) || int(s.Votes(h)) != votes[h] {
			t.Fatalf("%x: known %v, want %v; changed %v from %v; %d votes, want %d", h, s.Has(h), is, changed, before, s.Votes(h), votes[h])
		}
		for _, other := range []uint64{h ^ 1, h ^ 1<<63} { // these share the bit of the filter
			if s.Has(other) != boilerplate(other) {
				t.Fatalf("%x is taken for known", other)
			}
		}
	}
	for h := range votes {
		if s.Has(h) != boilerplate(h) {
			t.Fatalf("%x: known %v", h, s.Has(h))
		}
	}
}

// marked draws a text as Mark flags it: words of boilerplate in brackets.
func marked(t *testing.T, s *Set, words string) string {
	p := (&similarity.Builder{K: 4}).Build("", "", words, nil)
	text := s.Mark(p, p.Shingles(nil), nil)
	var out []string
	for i, w := range strings.Fields(words) {
		if text.Boilerplate != nil && text.Boilerplate[i] {
			w = "[" + w + "]"
		}
		out = append(out, w)
	}
	left := len(p.Words)
	for i := range p.Words {
		if text.Boilerplate != nil && text.Boilerplate[i] {
			left--
		}
	}
	if left != text.WordsLeft {
		t.Errorf("%d words left, want %d", text.WordsLeft, left)
	}
	return strings.ReplaceAll(strings.Join(out, " "), "] [", " ")
}

func TestMark(t *testing.T) {
	know := func(passages ...string) *Set {
		s := &Set{}
		for _, words := range passages {
			s.add((&similarity.Builder{K: 4}).Build("", "", words, nil).Shingles(nil)...)
		}
		return s
	}
	for _, tt := range []struct {
		name string
		set  *Set
		want string
	}{
		{"nothing known", know(), "the ferry ran aground at dawn"},
		{"nothing of it here", know("sign in to read this story"), "the ferry ran aground at dawn"},
		{"at the end", know("sign in to read this story"), "the ferry ran aground [sign in to read this story]"},
		{"all of it", know("sign in to read this story"), "[sign in to read this story]"},
		{"less than a shingle of it", know("sign in to read this story"), "he had to read this book"},
		{"a variable part", know("get email notifications on", "daily with the news of the day"),
			"aground [get email notifications on Nora Lindqvist daily with the news of the day]"},
		{"a variable part that is too long", know("get email notifications on", "daily with the news of the day"),
			"aground [get email notifications on] one two three four five [daily with the news of the day]"},
		{"two variable parts", know("get email notifications on", "and the news of", "every day of the week"),
			"[get email notifications on Nora and the news of Harwick every day of the week] aground"},
		{"a story between far parts", know("get email notifications on", "daily with the news of the day"),
			"[get email notifications on] the ferry ran aground off Saltmarsh [daily with the news of the day]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			words := strings.NewReplacer("[", "", "]", "").Replace(tt.want)
			if diff := cmp.Diff(tt.want, marked(t, tt.set, words)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestMarkAgain holds that what is marked does not depend on how much was known
// before, and that a text which nothing new touches stays the same.
func TestMarkAgain(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	vocabulary := strings.Fields("sign in to read alerts daily harbour ferry news of the day")
	build := similarity.Builder{K: 3}
	for range 500 {
		words := make([]string, 5+r.IntN(50))
		for i := range words {
			words[i] = vocabulary[r.IntN(len(vocabulary))]
		}
		p := build.Build("", "", strings.Join(words, " "), nil)
		shingles := p.Shingles(nil)
		var s Set
		text := s.Mark(p, shingles, nil)
		if text.Boilerplate != nil || text.Left != p.Distinct || text.WordsLeft != p.Len() {
			t.Fatalf("without boilerplate: %+v", text)
		}
		for range 4 {
			s.add(r.Uint64())
			if s.Mark(p, shingles, text) != text {
				t.Fatal("a text that nothing touched was made anew")
			}
			if len(shingles) > 0 {
				from := r.IntN(len(shingles))
				for _, h := range shingles[from:min(len(shingles), from+r.IntN(9)+1)] {
					s.Vote(h, 1-2*r.IntN(2))
				}
			}
			text = s.Mark(p, shingles, text)
			fresh := s.Mark(p, shingles, nil)
			if !slices.Equal(text.Boilerplate, fresh.Boilerplate) || text.Left != fresh.Left || text.WordsLeft != fresh.WordsLeft || text.Known != fresh.Known {
				t.Fatalf("step by step (-) and at once (+):\n%s", cmp.Diff(text.Boilerplate, fresh.Boilerplate))
			}
		}
	}
}

// TestBridge compares bridging with its definition: a gap of up to maxGap words
// between runs that are long enough, which bridged gaps make longer to the left.
func TestBridge(t *testing.T) {
	const enough = MinPassage / 2
	naive := func(flags []bool) []bool {
		out := slices.Clone(flags)
		for i := 0; i < len(out); i++ {
			if out[i] || i == 0 || !out[i-1] {
				continue
			}
			before, gap, after := 0, 0, 0
			for j := i - 1; j >= 0 && out[j]; j-- {
				before++
			}
			for i+gap < len(out) && !out[i+gap] {
				gap++
			}
			for j := i + gap; j < len(out) && out[j]; j++ {
				after++
			}
			if gap <= maxGap && before >= enough && after >= enough {
				for j := range gap {
					out[i+j] = true
				}
			}
		}
		return out
	}
	r := rand.New(rand.NewPCG(3, 3))
	for range 20_000 {
		var flags []bool
		for len(flags) < 40 {
			run := r.IntN(8)
			for range run {
				flags = append(flags, len(flags)%2 == 0)
			}
			flags = append(flags, slices.Repeat([]bool{r.IntN(2) == 0}, r.IntN(9))...)
		}
		want := naive(flags)
		got := slices.Clone(flags)
		bridge(got)
		if !slices.Equal(want, got) {
			t.Fatalf("of %v (-want +got):\n%s", flags, cmp.Diff(want, got))
		}
	}
}

// TestSame holds that where Same says so, the words that are boilerplate are the same
// whichever of the changed shingles are, and that it says so where prompts meet.
func TestSame(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	same, parted := 0, 0
	for range 4000 {
		words := make([]string, 8+r.IntN(30))
		for i := range words {
			words[i] = string(rune('a' + i%26))
		}
		p := (&similarity.Builder{K: 4 + r.IntN(2)}).Build("", "", strings.Join(words, " "), nil)
		shingles := p.Shingles(nil)
		var s Set
		changed := map[uint64]bool{}
		for at := 0; at < len(shingles); {
			n := 1 + r.IntN(8)
			for _, h := range shingles[at:min(at+n, len(shingles))] {
				if r.IntN(2) == 0 {
					s.add(h)
				}
				changed[h] = r.IntN(6) == 0
			}
			at += n
		}
		is := func(h uint64) bool { return changed[h] }
		if !s.Same(p, shingles, is) {
			parted++
			continue
		}
		same++
		want := s.flags(p, shingles, s.Has)
		for range 8 {
			some := r.Uint64()
			got := s.flags(p, shingles, func(h uint64) bool {
				if changed[h] {
					return (h*some)>>63 == 0
				}
				return s.Has(h)
			})
			if !slices.Equal(want, got) {
				t.Fatalf("K %d, changed %v (-as it is +otherwise):\n%s", p.K, changed, cmp.Diff(want, got))
			}
		}
	}
	if same < 100 || parted < 100 {
		t.Errorf("%d texts are the same, %d are not: too few to tell", same, parted)
	}
}

// TestNotices: notices known in advance are boilerplate whatever the set has, but for what
// a person allowed.
func TestNotices(t *testing.T) {
	build := similarity.Builder{K: 4, Notices: notices.Default()}
	p := build.Build("", "", "MILLBRIDGE (AP) The bridge is closed until May. We use cookies on this site to measure our audience. Accept all.\nNobody was hurt.",
		[]similarity.Span{{Start: 0, End: 15}})
	shingles := p.Shingles(nil)
	if diff := cmp.Diff([]similarity.Stretch{{From: 6, To: 18}}, p.Notices); diff != "" {
		t.Fatalf("notices (-want +got):\n%s", diff)
	}
	var s Set
	marked := s.Mark(p, shingles, nil)
	if marked.WordsLeft != 9 || marked.Boilerplate[5] || !marked.Boilerplate[6] || !marked.Boilerplate[17] || marked.Boilerplate[18] {
		t.Errorf("%d words are left: %v", marked.WordsLeft, marked.Boilerplate)
	}
	s.Block(shingles[:3]...) // words 0 to 5
	blocked := s.Mark(p, shingles, marked)
	if blocked.WordsLeft != 3 {
		t.Errorf("%d words are left where the beginning is blocked: %v", blocked.WordsLeft, blocked.Boilerplate)
	}
	s.Allow(shingles[6:15]...)
	if allowed := s.Mark(p, shingles, blocked); allowed.WordsLeft != 15 {
		t.Errorf("%d words are left where the notice is allowed: %v", allowed.WordsLeft, allowed.Boilerplate)
	}
	if s.Same(p, shingles, func(h uint64) bool { return h == shingles[0] }) {
		t.Error("nothing changes when what stands before the notice turns")
	}
}

func BenchmarkMark(b *testing.B) {
	r := rand.New(rand.NewPCG(4, 4))
	var s Set
	for range 20_000 {
		s.add(r.Uint64())
	}
	words := make([]string, 500)
	for i := range words {
		words[i] = strings.Repeat("x", 1+i%7) + strings.Repeat("y", i/7)
	}
	p := (&similarity.Builder{K: 4}).Build("", "", strings.Join(words, " "), nil)
	shingles := p.Shingles(nil)
	s.add(shingles[300:340]...)
	b.ReportAllocs()
	for b.Loop() {
		s.Mark(p, shingles, nil)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}
