package engine

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/similarity"
	"dedupe/text"
)

// TestKeysOn holds that whoever shares a run of candidate.Guard words with a text is found by
// the keys of a shingle in it: short texts beside long ones, in the index with what these keep.
func TestKeysOn(t *testing.T) {
	const seeds = 400
	build := similarity.Builder{K: 4}
	opt := candidate.DefaultOptions()
	for seed := range uint64(seeds) {
		r := rand.New(rand.NewPCG(seed, 1))
		random := func(n int) []string {
			words := make([]string, n)
			for i := range words {
				words[i] = []string{"on", "it", "is", "harbour", "council", "Marcus", "Bexley"}[r.IntN(7)] + string(rune('a'+r.IntN(9)*r.IntN(2)))
			}
			return words
		}
		run := random(candidate.Guard)
		before := random(r.IntN(40))
		voter := build.Build("", "", strings.Join(slices.Concat(before, run, random(r.IntN(40))), " "), nil)
		holder := build.Build("", "", strings.Join(slices.Concat(random(100+r.IntN(40)), run, random(r.IntN(200))), " "), nil)
		kept := map[uint64]bool{}
		for _, a := range opt.Anchors(nil, holder, holder.Shingles(nil)) {
			kept[candidate.Key(a.Hash)] = true
		}
		shingles := voter.Shingles(nil)
		pairs := opt.Sampled(voter)
		for i := range candidate.Guard - 3 {
			at := len(before) + i
			passage := boilerplate.Passage{Start: at, Len: 4}
			keys := keysOn(pairs, shingles, passage, map[uint64]bool{shingles[at]: true}, 4)
			if !slices.ContainsFunc(keys, func(k uint64) bool { return kept[k] }) {
				t.Fatalf("seed %d: the text that holds %q is not found by the shingle at %d", seed, run, i)
			}
		}
	}
}

// TestLacks: a text without the words of a changed shingle is not looked at, and one that has
// them is, however it is written.
func TestLacks(t *testing.T) {
	const from = "All rights of the River Courier are reserved"
	words := text.Words(nil, from)
	var s changed
	for i := range len(words) - 3 {
		h := uint64(i + 1)
		s.shingles.Set(h, true)
		s.tell(h, from, words[i:i+4])
	}
	for body, want := range map[string]bool{
		"The river rose over night, and nobody saw a courier.": true,
		"All rights of the RIVER COU\u00adRIER are reserved.":  false,
		"All rights of the River Co\u00fbrier are reserved.":   false, // it may be written so
		"All rights of the Ri&#118;er Courier are reserved.":   false,
		"It says: the River Courier (9) are reserved.":         false, // one shingle of four, with a number more
		"The council closed the bridge at Quarry Road.":        true,
		"": true,
	} {
		if got := s.lacks(&worker{}, body, nil, s.asked()); got != want {
			t.Errorf("%q lacks all: %v, want %v", body, got, want)
		}
	}
	s.shingles.Set(99, true) // of an earlier run: its words are not known
	if s.lacks(&worker{}, "", nil, s.asked()) {
		t.Error("what is not known is lacking")
	}
	var few changed
	few.shingles.Set(1, true)
	few.tell(1, "as 1 it 2", text.Words(nil, "as 1 it 2"))
	if few.lacks(&worker{}, "nothing", nil, few.asked()) {
		t.Error("a shingle of short words is lacking")
	}
}
