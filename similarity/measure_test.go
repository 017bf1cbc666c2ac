package similarity

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/text"
)

// pages makes two articles that share more or less: passages, a retold story, or
// nothing but words. Shingles hardly recur in one.
func pages(r *rand.Rand) (a, b [2]string) {
	n := 30 + r.IntN(300)
	all := make([]string, 2*n)
	for i := range all {
		all[i] = [...]string{"Port", "harbour", "of", "ferry", "keeper", "lamp", "quay", "tide"}[r.IntN(8)] + strconv.Itoa(r.IntN(900))
		switch r.IntN(8) {
		case 0:
			all[i] = strconv.Itoa(r.IntN(100))
		case 1:
			all[i] += "."
		}
	}
	if from := r.IntN(n); r.IntN(3) == 0 {
		all[from] = "“" + all[from]
		all[from+r.IntN(n-from)] += "”"
	}
	first, second := all[:n], all[n:]
	switch r.IntN(4) {
	case 0:
		second = append(append([]string{}, first[n/3:]...), second[:r.IntN(n)]...)
	case 1:
		second = rewrite(r, first)
	case 2:
		second = first
	}
	headline := func(words []string) string { return strings.Join(words[:min(len(words), r.IntN(9))], " ") }
	return [2]string{headline(first), strings.Join(first, " ")}, [2]string{headline(second), strings.Join(second, " ")}
}

// TestMeasureIsSymmetric holds that evidence is the same whichever article is
// on the scale.
func TestMeasureIsSymmetric(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 6))
	metric, err := NormalMetric("sorensen-dice")
	if err != nil {
		t.Fatal(err)
	}
	scale := Scale{Metric: metric}
	measure := func(a, b *Text) Evidence {
		scale.Load(a)
		return scale.Measure(b)
	}
	for range 2000 {
		a, b := pages(r)
		build := Builder{K: 4}
		ta, tb := Plain(build.Build("", a[0], a[1], nil)), Plain(build.Build("", b[0], b[1], nil))
		there, back := measure(ta, tb), measure(tb, ta).Swap()
		if len(ta.Words) == len(tb.Words) { // details are of either then
			back.Numbers, back.NumbersShared, back.Names, back.NamesShared = there.Numbers, there.NumbersShared, there.Names, there.NamesShared
		}
		if there != back {
			t.Fatalf("(-there +back):\n%s\n%q\n%q", cmp.Diff(there, back), a, b)
		}
		self := measure(ta, ta)
		if !self.SameText || self.Resemblance != 1 || self.ContainmentA != 1 || self.Passage != len(ta.Words) || self.Unrelated {
			t.Fatalf("with itself: %+v\n%q", self, a)
		}
	}
}

// TestQuoted holds that of what two texts share that is counted which stands in quotation marks, in
// either of them, whatever marks the language has.
func TestQuoted(t *testing.T) {
	const before, speech, after = "The minister opened the new bridge in Corley", "we have waited for this day longer than anybody can remember", "and went home by train"
	own := " while rain fell on everybody who had come to see it"
	build := Builder{K: 4}
	for _, tt := range []struct {
		a, b           string
		shared, quoted int
	}{
		{before + ". " + speech + ". " + after, speech + own, 8, 0},
		{before + ": “" + speech + "” " + after, speech + own, 8, 8},
		{before + ". " + speech + ". " + after, "«" + speech + "»" + own, 8, 8},
		{before + ": „" + speech + "“ " + after, before + " \"" + speech + "\"" + own, 16, 8},
	} {
		var s Scale
		s.Load(Plain(build.Build("", "", tt.a, nil)))
		if e := s.Measure(Plain(build.Build("", "", tt.b, nil))); e.Shared != tt.shared || e.Quoted != tt.quoted {
			t.Errorf("%q and %q: %d of %d quoted, want %d of %d", tt.a, tt.b, e.Quoted, e.Shared, tt.quoted, tt.shared)
		}
	}
}

// TestSight holds that the quick look sees what the full one does.
func TestSight(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 6))
	var scale Scale
	for range 500 {
		a, b := pages(r)
		build := Builder{K: 4}
		ta, tb := Plain(build.Build("", a[0], a[1], nil)), Plain(build.Build("", b[0], b[1], nil))
		scale.Load(ta)
		full := scale.Measure(tb)
		seen := scale.Sight(tb)
		if !seen.HeadlinesKnown && seen.Mentioned() == 0 {
			full.HeadlinesKnown, full.HeadlinesTell, full.MentionedA, full.MentionedB = false, false, 0, 0
		}
		full.NumbersReplaced, full.NumbersKept, full.NamesReplaced, full.NamesKept = 0, 0, 0, 0
		full.Titled, full.Order, full.Headline, full.Numbers, full.NumbersShared, full.Names, full.NamesShared, full.NameOnlyA, full.NameOnlyB, full.NotLocalA, full.NotLocalB = false, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0
		if full != seen {
			t.Fatalf("(-Measure +Sight):\n%s", cmp.Diff(full, seen))
		}
		for _, run := range scale.Passages() {
			for i := range run.Len {
				if ta.Words[run.A+i].Hash() != tb.Words[run.B+i].Hash() {
					t.Fatalf("passage %+v: word %d differs", run, i)
				}
			}
		}
	}
}

func headline(s string) []Token { return (&Builder{K: 4}).Build("", s, "", nil).Headline }

func TestHeadlinesTold(t *testing.T) {
	for _, tt := range []struct {
		name, headline, body string
		want                 float64
	}{
		{"all", "Harbour ferry aground", "The ferry ran aground in the harbour.", 1},
		{"none", "Harbour ferry aground", "Sign in to read this.", 0},
		{"letter case", "HARBOUR FERRY", "harbour ferry", 1},
		{"short words do not count", "The ferry is in", "ferry", 1},
		{"nothing to tell", "It is on", "it is on", 0},
		{"no headline", "", "ferry", 0},
		{"no body", "Harbour ferry", "", 0},
		{"by weight", "Harbour wall", "the harbour", 5. / 7},
		{"repeated in the headline", "Ferry, ferry, ferry", "ferry", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			words := (&Builder{K: 4}).Build("", "", tt.body, nil).Words
			var x index
			x.reset(words)
			h := headline(tt.headline)
			if got := x.mentions(h); got != round(tt.want) {
				t.Errorf("by the index %v, want %v", got, round(tt.want))
			}
			if got := mentionedIn(h, words); got != round(tt.want) {
				t.Errorf("without an index %v, want %v", got, round(tt.want))
			}
		})
	}
}

func TestAlike(t *testing.T) {
	const a = "Harbour ferry runs aground off Saltmarsh"
	for _, tt := range []struct {
		name, a, b string
		want       bool
	}{
		{"equal", a, a, true},
		{"cut", a, "Harbour ferry aground", true},
		{"words in another order", a, "Aground off Saltmarsh: the harbour ferry", true},
		{"one common word", a, "Harbour board rejects levy on yachts", false},
		{"nothing in common", a, "Quarterly profits beat forecasts", false},
		{"an empty one", a, "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x, y := headline(tt.a), headline(tt.b)
			if Alike(x, y) != tt.want || Alike(y, x) != tt.want {
				t.Errorf("%v, in the other order %v, want %v", Alike(x, y), Alike(y, x), tt.want)
			}
		})
	}
}

// TestDistinctive asks which headlines are not alike by chance.
func TestDistinctive(t *testing.T) {
	const long = "Harbour ferry runs aground off Saltmarsh"
	for _, tt := range []struct {
		name, a, b string
		want       bool
	}{
		{"two long ones", long, long, true},
		{"whatever they say", long, "Council closes library branches over budget", true},
		{"one short", long, "Ferry aground", false},
		{"one of a column", "Letters to the editor", "Letters to the editor", false},
		{"a form of another day", "Lottery numbers drawn on Saturday 5 March", "Lottery numbers drawn on Saturday 12 March", false},
		{"the same numbers in another order", "212 rescued by 3 lifeboats off Saltmarsh harbour", "Off Saltmarsh harbour 3 lifeboats rescued 212", true},
		{"characters", "渡轮在盐沼外搁浅二百一十二人获救救援持续", "渡轮在盐沼外搁浅二百一十二人获救救援持续", true},
		{"none", "", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x, y := headline(tt.a), headline(tt.b)
			if distinctive(x, y, nil) != tt.want || distinctive(y, x, nil) != tt.want {
				t.Errorf("%v, in the other order %v, want %v", distinctive(x, y, nil), distinctive(y, x, nil), tt.want)
			}
		})
	}
}

// TestSameNumbers: numbers count in any order, in either reading, each as often as it stands.
func TestSameNumbers(t *testing.T) {
	for _, tt := range []struct {
		name, a, b string
		want       bool
	}{
		{"none", "Ferry aground", "Council meets", true},
		{"one has none", "Ferry aground", "Ferry 3 aground", false},
		{"in another order", "12 injured and 3 dead", "3 dead and 12 injured", true},
		{"others", "12 injured and 3 dead", "12 injured and 4 dead", false},
		{"once and twice", "3 of 3 boats", "3 of 4 boats", false},
		{"another style", "Storm damages 1.380 houses", "Storm damages 1,38 houses", true},
		{"nothing", "", "", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x, y := headline(tt.a), headline(tt.b)
			if SameNumbers(x, y) != tt.want || SameNumbers(y, x) != tt.want {
				t.Errorf("%v, in the other order %v, want %v", SameNumbers(x, y), SameNumbers(y, x), tt.want)
			}
		})
	}
}

// TestSays: a headline says as much as its words weigh.
func TestSays(t *testing.T) {
	for _, tt := range []struct {
		headline string
		least    int
		want     bool
	}{{"", 0, true}, {"", 1, false}, {"Harbour ferry runs aground off Saltmarsh", 10, true}, {"Letters to the editor", 10, false}} {
		if got := Says(headline(tt.headline), tt.least); got != tt.want {
			t.Errorf("%q says %d: %v, want %v", tt.headline, tt.least, got, tt.want)
		}
	}
}

// TestDistinctiveBelow: a short text that is the same tells with its headline.
func TestDistinctiveBelow(t *testing.T) {
	for _, tt := range []struct {
		name, headline, body string
		want                 bool
	}{
		{"a brief", "Fire out", "The fire at Tanner Street school is out, the brigade says.", true},
		{"a button", "Letters to the editor", "Read more", false},
		{"the headline once more", "Letters to the editor", "Letters to the editor", false},
		{"a button again and again", "Letters to the editor", "Read more read more read more read more", false},
		{"nothing", "Letters to the editor", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x, body := headline(tt.headline), headline(tt.body)
			if got := distinctive(x, x, body); got != tt.want {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

// TestCommon compares the share of words that rests have in common with sets.
func TestCommon(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 6))
	draw := func() (words []Token, flags []bool) {
		for range 1 + r.IntN(60) {
			h := uint32(r.IntN(80))
			words = append(words, NewToken(h*2654435761, 0, uint8(h%5)))
			flags = append(flags, r.IntN(3) == 0)
		}
		return words, flags
	}
	for range 2000 {
		a, inA := draw()
		b, inB := draw()
		rest := map[uint32]bool{} // of a
		anywhere := map[uint32]bool{}
		weightA, weightB, both := 0, 0, 0
		for i, w := range a {
			anywhere[w.Hash()] = true
			if !inA[i] && !rest[w.Hash()] {
				rest[w.Hash()] = true
				weightA += int(w.Weight())
			}
		}
		seen := map[uint32]bool{}
		for i, w := range b {
			// A word that a has nowhere counts each time.
			if inB[i] || anywhere[w.Hash()] && seen[w.Hash()] {
				continue
			}
			seen[w.Hash()] = true
			weightB += int(w.Weight())
			if rest[w.Hash()] {
				both += int(w.Weight())
			}
		}
		var x index
		x.reset(a)
		if got, want := x.common(inA, b, inB), share(both, min(weightA, weightB)); got != want {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}

// TestSharesAtMostOne: words with one hash may weigh differently, as two words do whose
// hashes collide; no share exceeds 1 by that.
func TestSharesAtMostOne(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	draw := func(n, different int) []Token {
		words := make([]Token, n)
		for i := range words {
			words[i] = NewToken(uint32(r.IntN(different))*2654435761, text.Kind(r.IntN(32)), uint8(r.IntN(7)))
		}
		return words
	}
	var scale Scale
	for range 3000 {
		different := 1 + r.IntN(60)
		var texts [2]*Text
		for i := range texts {
			p := &Profile{K: 4, Words: draw(r.IntN(80), different), Headline: draw(r.IntN(8), different)}
			p.Distinct = len(p.Shingles(nil))
			texts[i] = Plain(p)
		}
		scale.Load(texts[0])
		e := scale.Measure(texts[1])
		if e.Order = scale.measureOrder(texts[1]); e.Order > 1 {
			t.Fatalf("order %v", e.Order)
		}
		flags := [2][]bool{}
		for i, x := range texts {
			flags[i] = make([]bool, len(x.Words))
			for j := range flags[i] {
				flags[i][j] = r.IntN(3) == 0
			}
		}
		if c := scale.words().common(flags[0], texts[1].Words, flags[1]); c > 1 {
			t.Fatalf("common words %v", c)
		}
		for _, x := range e.shares() {
			if *x > 1 {
				t.Fatalf("a share of %v: %+v", *x, e)
			}
		}
	}
}

// FuzzMeasure compares two texts of any bytes: figures are shares, the pair is the
// same from either side, and what is shared is what sets of shingles share, or less where
// one text is much longer.
func FuzzMeasure(f *testing.F) {
	f.Add("Ferry aground", "The harbour ferry ran aground at dawn off Saltmarsh.", "Ferry", "The harbour ferry ran aground at dawn, 40 rescued.", uint8(4))
	f.Add("", "一二三四五六七八九十", "x", "一二三四五", uint8(2))
	f.Add("a", "a a a a a a a a", "", "a a a", uint8(3))
	f.Add("\xff", "\xf0\x9f", strings.Repeat("word ", 99), "", uint8(0))
	f.Fuzz(func(t *testing.T, headA, bodyA, headB, bodyB string, k uint8) {
		build := Builder{K: int(k%8) + 1}
		var profiles [2]*Profile
		sets := [2]map[uint64]bool{{}, {}}
		for i, a := range [][2]string{{headA, bodyA}, {headB, bodyB}} {
			p := build.Build("outlet", a[0], a[1], nil)
			if n := len(text.Words(nil, a[1])); len(p.Words) != n && !(len(p.Words) == 0 && n <= len(p.Headline)+maxOutletWords) {
				t.Fatalf("%d tokens of %d words", len(p.Words), n)
			}
			for _, h := range p.Shingles(nil) {
				sets[i][h] = true
			}
			if p.Distinct != len(sets[i]) {
				t.Fatalf("%d different shingles, want %d", p.Distinct, len(sets[i]))
			}
			profiles[i] = p
		}
		shared := 0
		for h := range sets[0] {
			if sets[1][h] {
				shared++
			}
		}
		var scale Scale
		a, b := Plain(profiles[0]), Plain(profiles[1])
		scale.Load(a)
		e := scale.Measure(b)
		// Of a much longer text only the best stretch is compared: some of what both have.
		short, long := min(len(a.Words), len(b.Words)), max(len(a.Words), len(b.Words))
		if e.Shared > shared || long <= room(short) && e.Shared < shared {
			t.Fatalf("%d shared shingles, want %d", e.Shared, shared)
		}
		for _, x := range append(e.shares(), &e.Resemblance, &e.ContainmentA, &e.ContainmentB) {
			if *x > 1 || *x < 0 && x != &e.Order {
				t.Fatalf("a share of %v: %+v", *x, e)
			}
		}
		if back, err := Unpack(e.Pack(nil)); err != nil || back != e {
			t.Fatalf("stored: %v\n%s", err, cmp.Diff(e, back))
		}
		scale.Load(b)
		if back := scale.Measure(a).Swap(); back.Shared != e.Shared || back.LeftA != e.LeftA || back.SameText != e.SameText {
			t.Fatalf("(-there +back):\n%s", cmp.Diff(e, back))
		}
	})
}
