package similarity

import (
	"encoding/hex"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// evidence draws figures as Measure gives them: rounded, and consistent.
func evidence(r *rand.Rand) Evidence {
	part := func() float64 { return float64(r.IntN(10_001)) / 1e4 }
	e := Evidence{
		TotalA: r.IntN(2000), TotalB: r.IntN(2000), Passage: r.IntN(300),
		Order: part(), Headline: part(), MentionedA: part(), MentionedB: part(), NotLocalA: part(), NotLocalB: part(), HeadlinesKnown: r.IntN(5) > 0,
		Numbers: r.IntN(10), Names: r.IntN(10), NameOnlyA: r.IntN(4), NameOnlyB: r.IntN(4),
		SameOutlet: r.IntN(4) == 0, Days: float64(r.IntN(100_000)) / 100,
	}
	if r.IntN(2) == 0 {
		e.OrderElsewhere, e.ContainmentElsewhere = part(), part()
	}
	e.WordsA, e.WordsB = r.IntN(e.TotalA+1), r.IntN(e.TotalB+1)
	e.NumbersShared, e.NamesShared = r.IntN(e.Numbers+1), r.IntN(e.Names+1)
	e.Titled = e.HeadlinesKnown || r.IntN(2) == 0
	if r.IntN(3) == 0 {
		e.Order = -1
	}
	e.LeftA, e.LeftB = 1+r.IntN(400), 1+r.IntN(400)
	e.Shared = r.IntN(min(e.LeftA, e.LeftB) + 1)
	if r.IntN(10) == 0 { // one text
		e.SameText, e.Shared, e.LeftB, e.TotalB, e.WordsB = true, e.LeftA, e.LeftA, e.TotalA, e.WordsA
	}
	e.Quoted = r.IntN(e.Shared + 1)
	e.ratios()
	e.HeadlinesTell = e.HeadlinesKnown && r.IntN(2) == 0
	e.Unrelated = e.HeadlinesKnown && e.Headline < 0.5 && e.Mentioned() < 0.35 && r.IntN(2) == 0
	return e
}

// TestPack holds that stored evidence is the evidence.
func TestPack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 4))
	for range 20_000 {
		want := evidence(r)
		data := want.Pack([]byte("before"))
		if string(data[:6]) != "before" {
			t.Fatal("what was there before is gone")
		}
		got, err := Unpack(data[6:])
		if err != nil {
			t.Fatalf("%v: %+v", err, want)
		}
		if got != want {
			t.Fatalf("(-want +got):\n%s", cmp.Diff(want, got))
		}
		if back := want.Swap().Swap(); back != want {
			t.Fatalf("swapped twice (-want +got):\n%s", cmp.Diff(want, back))
		}
	}
}

func TestUnpackRefuses(t *testing.T) {
	whole := evidence(rand.New(rand.NewPCG(2, 4))).Pack(nil)
	for n := range whole {
		if _, err := Unpack(whole[:n]); !errors.Is(err, ErrEvidence) {
			t.Errorf("the first %d bytes of %d: error %v", n, len(whole), err)
		}
	}
	for name, data := range map[string][]byte{
		"more behind it":  append(whole[:len(whole):len(whole)], 0),
		"another version": append([]byte{packVersion + 1}, whole[1:]...),
		"nothing":         nil,
	} {
		if _, err := Unpack(data); !errors.Is(err, ErrEvidence) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// FuzzUnpack reads bytes that nothing packed: what is taken has figures that
// are shares, and comes back from its own packing.
func FuzzUnpack(f *testing.F) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 5 {
		f.Add(evidence(r).Pack(nil))
	}
	f.Add(Evidence{Order: -1}.Pack(nil))
	f.Add(Evidence{MentionedA: 80}.Pack(nil)) // more than all
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := Unpack(data)
		if err != nil {
			if e != (Evidence{}) {
				t.Fatalf("an error together with %+v", e)
			}
			return
		}
		for _, x := range append([]*float64{&e.Resemblance, &e.ContainmentA, &e.ContainmentB}, e.shares()...) {
			if *x > 1 || *x < -1 || math.IsNaN(*x) {
				t.Fatalf("a share of %v: %+v", *x, e)
			}
		}
		again, err := Unpack(e.Pack(nil))
		if err != nil || again != e {
			t.Fatalf("error %v (-first +again):\n%s", err, cmp.Diff(e, again))
		}
		Decide(e, DefaultThresholds())
	})
}

// FuzzPack packs figures that nothing measures, and holds that they can be read: shares stay
// shares, and what Unpack gives comes back from its own packing.
func FuzzPack(f *testing.F) {
	for _, x := range []float64{0, 1, -1, 1.0001, 1.5, -0.3, 1e300, math.Inf(1), math.Inf(-1), math.NaN(), math.SmallestNonzeroFloat64} {
		f.Add(x, x, x, 1, 2, 3)
		f.Add(x, 0.5, 0.0, math.MaxInt, -1, math.MinInt)
	}
	f.Fuzz(func(t *testing.T, share, other, days float64, shared, left, count int) {
		e := Evidence{Days: days, Shared: shared, LeftA: left, LeftB: count, Numbers: count, NameOnlyB: shared}
		for i, x := range e.shares() {
			*x = []float64{share, other}[i%2]
		}
		got, err := Unpack(e.Pack(nil))
		if err != nil {
			t.Fatalf("%v: %+v", err, e)
		}
		for _, x := range append([]*float64{&got.Resemblance, &got.ContainmentA, &got.ContainmentB}, got.shares()...) {
			if !(*x == -1 || *x >= 0 && *x <= 1) {
				t.Fatalf("a share of %v: %+v", *x, got)
			}
		}
		for i, x := range e.shares() {
			if y := *got.shares()[i]; *x >= 0 && *x <= 1 && math.Abs(y-*x) > 0.5e-4+1e-12 {
				t.Fatalf("share %v came back as %v", *x, y)
			}
		}
		again, err := Unpack(got.Pack(nil))
		if err != nil || again != got {
			t.Fatalf("error %v (-first +again):\n%s", err, cmp.Diff(got, again))
		}
	})
}

// TestUnpackEarlierVersions reads what earlier versions wrote of one pair: before names of
// its own were counted, before it was asked what is not local, while shares of numbers and
// names were stored, to which their counts lead back, and before quoted speech was counted.
func TestUnpackEarlierVersions(t *testing.T) {
	third := Evidence{WordsA: 412, WordsB: 398, TotalA: 430, TotalB: 398, LeftA: 405, LeftB: 391, Shared: 307, Passage: 118,
		Order: 0.8123, Titled: true, HeadlinesKnown: true, Headline: 0.6667, MentionedA: 0.75, MentionedB: 1, NotLocalA: 0.3333,
		Numbers: 7, NumbersShared: 3, Names: 64, NamesShared: 61, NameOnlyA: 2, NameOnlyB: 3, Unrelated: true, Days: 1.25}
	third.ratios()
	second := third
	second.NotLocalA = 0
	first := second
	first.NameOnlyA, first.NameOnlyB = 0, 0
	sixth := third
	sixth.NumbersReplaced, sixth.NamesKept, sixth.OrderElsewhere, sixth.ContainmentElsewhere = 2, 5, 0.25, 0.5
	for _, tt := range []struct {
		packed string
		want   Evidence
	}{
		{"01199c038e03ae038e0395038703b302760740bc3f8c34cd3a914ebf21bc4a7d", first},
		{"02199c038e03ae038e0395038703b3027607400203bc3f8c34cd3a914ebf21bc4a7d", second},
		{"03199c038e03ae038e0395038703b3027607400203bc3f8c34cd3a914ebf21bc4a861a017d", third},
		{"06199c038e03ae038e0395038703b3027607400203033d02000005bc3f8c34cd3a914e861a01c51389277d", sixth},
	} {
		t.Run(tt.packed[:2], func(t *testing.T) {
			data, err := hex.DecodeString(tt.packed)
			if err != nil {
				t.Fatal(err)
			}
			got, err := Unpack(data)
			if err != nil || got != tt.want {
				t.Errorf("error %v (-want +got):\n%s", err, cmp.Diff(tt.want, got))
			}
			for n := range data {
				if _, err := Unpack(data[:n]); !errors.Is(err, ErrEvidence) {
					t.Errorf("the first %d bytes of %d: error %v", n, len(data), err)
				}
			}
		})
	}
}
