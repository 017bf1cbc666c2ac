package engine

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/candidate"
	"dedupe/similarity"
)

// TestLeft: of a page that is mostly boilerplate the few anchors of its story are all that
// counts, and sharing most of them is enough.
func TestLeft(t *testing.T) {
	var body strings.Builder
	for i := range 600 {
		fmt.Fprintf(&body, "harbour%d ", i)
	}
	p := (&similarity.Builder{K: 4}).Build("", "", body.String(), nil)
	shingles := p.Shingles(nil)
	anchors := DefaultOptions().Candidates.Anchors(nil, p, shingles)
	plain := new(worker).ask(1, similarity.Plain(p), anchors, true)
	if plain.Left != math.MaxUint16 {
		t.Errorf("%d anchors are left without boilerplate", plain.Left)
	}
	boilerplate := make([]bool, len(p.Words))
	for i := 60; i < len(boilerplate); i++ {
		boilerplate[i] = true
	}
	all := candidate.Common(anchors)
	page := new(worker).ask(1, similarity.NewText(p, boilerplate, shingles), anchors, true)
	if page.Left < all/15 || page.Left > all/6 {
		t.Fatalf("%d of %d anchors are left of a tenth of the words", page.Left, all)
	}
	e := &Engine{places: []candidate.Place{{Size: candidate.Size(all)}, {Size: candidate.Size(all)}}}
	e.opt.Candidates = candidate.DefaultOptions()
	hits := []hit{{seq: 2, all: page.Left, kept: page.Left}}
	enough := purpose{count: toLink.count}
	if got := e.best(1, plain.Left, hits, enough).list; len(got) != 0 {
		t.Errorf("%d of %d shared anchors are enough without boilerplate", page.Left, all)
	}
	if got := e.best(1, page.Left, hits, enough).list; len(got) != 1 {
		t.Errorf("all of %d anchors that are left are not enough", page.Left)
	}
}

// TestSlight holds which of those that share less than is required are compared: the two
// that share most, of equals the earlier, with two anchors at least and of other outlets.
func TestSlight(t *testing.T) {
	e := &Engine{}
	e.opt.Candidates = candidate.DefaultOptions()
	for i := range uint32(6) {
		e.places = append(e.places, candidate.Place{Date: int64(i), Size: 100, Outlet: 1 + i%5})
	}
	for _, c := range []struct {
		name string
		hits []hit // of article 6, which is of one outlet with the first
		want []uint32
	}{
		{"two of three", []hit{{seq: 2, kept: 2}, {seq: 3, kept: 4}, {seq: 4, kept: 3}}, []uint32{3, 4}},
		{"equals", []hit{{seq: 4, kept: 3}, {seq: 3, kept: 3}, {seq: 2, kept: 3}}, []uint32{2, 3}},
		{"after what shares enough", []hit{{seq: 2, kept: 3}, {seq: 3, kept: 50}}, []uint32{3, 2}},
		{"one anchor", []hit{{seq: 2, kept: 1}, {seq: 3, kept: 2}}, []uint32{3}},
		{"of one outlet", []hit{{seq: 1, kept: 9}, {seq: 2, kept: 2}}, []uint32{2}},
		{"of one outlet, enough", []hit{{seq: 1, kept: 50}}, []uint32{1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, e.best(6, math.MaxUint16, c.hits, toLink).list); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if got := e.best(6, math.MaxUint16, []hit{{seq: 2, all: 4}}, toLearn).list; len(got) != 0 {
		t.Errorf("%d that share little are looked at to learn", len(got))
	}
}

// TestBeyondTheBest holds that beyond the best candidates for links only those are compared that
// share rare anchors, and to learn all the same.
func TestBeyondTheBest(t *testing.T) {
	e := &Engine{}
	e.opt.Candidates = candidate.Options{Best: 2, Most: 4}
	for i := range uint32(9) {
		e.places = append(e.places, candidate.Place{Date: int64(i), Size: 100, Outlet: 1 + i})
	}
	var hits []hit
	for i := range uint32(7) {
		rare := uint16(i % 2 * 20) // of every second one
		hits = append(hits, hit{seq: 1 + i, all: uint16(60 - i), kept: uint16(60 - i), rare: rare})
	}
	if diff := cmp.Diff([]uint32{1, 2, 4, 6}, e.best(9, math.MaxUint16, hits, toLink).list); diff != "" {
		t.Errorf("for links (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]uint32{1, 2, 3, 4}, e.best(9, math.MaxUint16, hits, toLearn).list); diff != "" {
		t.Errorf("to learn (-want +got):\n%s", diff)
	}
}

// TestRoundup holds that a long article is compared with more than the best where they are half as long
// at most, and that a part of it is none of the copies after which no more are looked at.
func TestRoundup(t *testing.T) {
	e := &Engine{}
	e.opt.Candidates = candidate.Options{Best: 2, Most: 4}
	for i, size := range []candidate.Size{150, 150, 80, 50, 50, 160} {
		e.places = append(e.places, candidate.Place{Date: int64(i), Size: size, Outlet: 1 + uint32(i)})
	}
	var hits []hit
	for i, kept := range []uint16{140, 139, 79, 40, 12} {
		hits = append(hits, hit{seq: 1 + uint32(i), all: kept, kept: kept})
	}
	want := []uint32{1, 2, 3, 4}
	if diff := cmp.Diff(want, e.best(6, math.MaxUint16, hits, toLink).list); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, c := range []struct {
		kind similarity.Kind
		held float64 // of the article in the other
		want bool
	}{
		{similarity.Near, 0.1, true}, {similarity.Excerpt, 0.6, true}, {similarity.Excerpt, 0.4, false}, {similarity.Rewrite, 0.9, false}, {similarity.Distinct, 0.9, false},
	} {
		v := similarity.Verdict{Kind: c.kind, Evidence: similarity.Evidence{ContainmentB: c.held}}
		if got := settles(v); got != c.want {
			t.Errorf("%v of which the other has %.1f settles: %t", c.kind, c.held, got)
		}
	}
}

// TestAlikeFirst holds that for links a short text that shares most of what it has stands before a
// long one that shares more, the same text before all, and to learn what is shared alone counts.
func TestAlikeFirst(t *testing.T) {
	e := &Engine{}
	e.opt.Candidates = candidate.DefaultOptions()
	for i, size := range []candidate.Size{900, 60, 50, 60} {
		e.places = append(e.places, candidate.Place{Date: int64(i), Size: size, Outlet: 1 + uint32(i)})
	}
	hits := []hit{{seq: 1, all: 40, kept: 40}, {seq: 2, all: 30, kept: 30}}
	if diff := cmp.Diff([]uint32{2, 1}, e.best(4, math.MaxUint16, hits, toLink).list); diff != "" {
		t.Errorf("for links (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]uint32{1, 2}, e.best(4, math.MaxUint16, hits, toLearn).list); diff != "" {
		t.Errorf("to learn (-want +got):\n%s", diff)
	}
	hits = append(hits, hit{seq: 3, all: math.MaxUint16, kept: math.MaxUint16})
	if got := e.best(4, math.MaxUint16, hits, toLink).list; len(got) == 0 || got[0] != 3 {
		t.Errorf("the same text is not the first of %v", got)
	}
}

// TestOneScale holds that what two short texts share, of all their anchors, counts as what it
// would be of a sample: beside a longer text that has more of the article they come after.
func TestOneScale(t *testing.T) {
	e := &Engine{}
	e.opt.Candidates = candidate.DefaultOptions()
	short := candidate.SizeOf([]candidate.Anchor{{Hash: 1}}) + 12
	for i, size := range []candidate.Size{short, 12, short} {
		e.places = append(e.places, candidate.Place{Date: int64(i), Size: size, Outlet: 1 + uint32(i)})
	}
	hits := []hit{{seq: 1, all: 9, kept: 9, rare: 9}, {seq: 2, all: 6, kept: 6, rare: 6}}
	if diff := cmp.Diff([]uint32{2, 1}, e.best(3, math.MaxUint16, hits, toLink).list); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	e.opt.Candidates.Best = 0
	hits[0].rare, hits[1].rare = 5, 2 // two are needed, and five of all are fewer
	if diff := cmp.Diff([]uint32{2}, e.best(3, math.MaxUint16, hits, toLink).list[:1]); diff != "" {
		t.Errorf("by rare anchors (-want +got):\n%s", diff)
	}
}

// TestLeastMentioned holds that a candidate that shares too little for a copy is compared where one
// of the two texts mentions the other's headline, or a headline says nothing.
func TestLeastMentioned(t *testing.T) {
	story := func(what string) string {
		return strings.Repeat("The council met on "+what+" and heard from residents of every street before members voted. ", 3)
	}
	for _, c := range []struct {
		name              string
		earlier, headline string // of the earlier article, which is about the harbour
		later             string // headline of the later one, which is about the library
		likely            int
		want              int
	}{
		{"no headline is mentioned", "harbour dredging", "Harbour dredging approved after long debate", "Library hours extended through winter", 0, 0},
		{"the same, and enough is shared", "harbour dredging", "Harbour dredging approved after long debate", "Library hours extended through winter", 1, 1},
		{"the later mentions the earlier's", "harbour dredging", "Council library opening hours", "Reading rooms reopen downtown soon", 0, 1},
		{"the earlier mentions the later's", "harbour dredging", "Ships wait offshore again", "Residents question harbour dredging plans", 0, 1},
		{"a headline says nothing", "harbour dredging", "Harbour dredging approved after long debate", "", 0, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := NewFew(DefaultOptions())
			text := func(headline, what string) *similarity.Text {
				return similarity.Plain((&similarity.Builder{K: similarity.DefaultK}).Build("", headline, story(what), nil))
			}
			f.Set([]Loose{
				{Place: candidate.Place{Date: 1, Key: 1}, Outlet: "a", Text: text(c.headline, c.earlier)},
				{Place: candidate.Place{Date: 2, Key: 2}, Outlet: "b", Text: text(c.later, "library opening hours")},
			})
			_, pairs, err := f.Judge(2, []uint32{1}, c.likely)
			if err != nil || len(pairs) != c.want {
				t.Errorf("%d pairs, %v; want %d", len(pairs), err, c.want)
			}
		})
	}
}
