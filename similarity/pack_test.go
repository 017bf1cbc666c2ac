package similarity

import (
	"encoding/binary"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// evidence draws figures as Measure gives them: rounded, and consistent.
func evidence(r *rand.Rand) Evidence {
	part := func() float64 { return float64(r.IntN(10_001)) / 1e4 }
	e := Evidence{
		TotalA: r.IntN(2000), TotalB: r.IntN(2000), Passage: r.IntN(300),
		Order: part(), Headline: part(), ToldA: part(), ToldB: part(), AsideA: part(), AsideB: part(), HeadlinesKnown: r.IntN(5) > 0,
		Numbers: r.IntN(10), NumberShare: part(), Names: r.IntN(10), NameShare: part(), OwnA: r.IntN(4), OwnB: r.IntN(4),
		SameOutlet: r.IntN(4) == 0, Days: float64(r.IntN(100_000)) / 100,
	}
	e.WordsA, e.WordsB = r.IntN(e.TotalA+1), r.IntN(e.TotalB+1)
	e.Titled = e.HeadlinesKnown || r.IntN(2) == 0
	if r.IntN(3) == 0 {
		e.Order = -1
	}
	e.LeftA, e.LeftB = 1+r.IntN(400), 1+r.IntN(400)
	e.Shared = r.IntN(min(e.LeftA, e.LeftB) + 1)
	if r.IntN(10) == 0 { // one text
		e.SameText, e.Shared, e.LeftB, e.TotalB, e.WordsB = true, e.LeftA, e.LeftA, e.TotalA, e.WordsA
	}
	e.ratios()
	e.HeadlinesTell = e.HeadlinesKnown && r.IntN(2) == 0
	e.Unrelated = e.HeadlinesKnown && e.Headline < 0.5 && e.Told() < 0.35 && r.IntN(2) == 0
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
	f.Add(Evidence{NameShare: 80}.Pack(nil)) // more than all
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
		e := Evidence{Days: days, Shared: shared, LeftA: left, LeftB: count, Numbers: count, OwnB: shared}
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

// TestUnpackEarlierVersions reads evidence of databases from before names of its own
// were counted, and from before it was asked what is aside.
func TestUnpackEarlierVersions(t *testing.T) {
	now := evidence(rand.New(rand.NewPCG(4, 4)))
	now.OwnA, now.OwnB, now.AsideA, now.AsideB, now.Days = 1, 2, 0, 0, 0 // a byte each
	data := now.Pack(nil)
	at := 2
	for range len(now.counts()) - 2 {
		_, n := binary.Uvarint(data[at:])
		at += n
	}
	end := len(data) - 3 // of the shares before those aside
	first := now
	first.OwnA, first.OwnB = 0, 0
	for _, tt := range []struct {
		name string
		old  []byte
		want Evidence
	}{
		{"1", slices.Concat([]byte{1}, data[1:at], data[at+2:end], data[len(data)-1:]), first},
		{"2", slices.Concat([]byte{2}, data[1:end], data[len(data)-1:]), now},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Unpack(tt.old)
			if err != nil || got != tt.want {
				t.Errorf("error %v (-want +got):\n%s", err, cmp.Diff(tt.want, got))
			}
		})
	}
}
