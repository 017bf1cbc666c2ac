package detect

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"dedupe/candidate"
	"dedupe/similarity"
)

// TestLeft: of a page that is mostly furniture the few anchors of its story are all that
// counts, and sharing most of them is enough.
func TestLeft(t *testing.T) {
	var body strings.Builder
	for i := range 600 {
		fmt.Fprintf(&body, "harbour%d ", i)
	}
	p := (&similarity.Builder{K: 4}).Build("", "", body.String(), nil)
	shingles := p.Shingles(nil)
	anchors := DefaultOptions().Candidates.Anchors(nil, p, shingles)
	plain := ask(1, similarity.Plain(p), anchors)
	if plain.Left != math.MaxUint16 {
		t.Errorf("%d anchors are left without furniture", plain.Left)
	}
	furniture := make([]bool, len(p.Words))
	for i := 60; i < len(furniture); i++ {
		furniture[i] = true
	}
	all := candidate.Common(anchors)
	page := ask(1, similarity.NewText(p, furniture, shingles), anchors)
	if page.Left < all/15 || page.Left > all/6 {
		t.Fatalf("%d of %d anchors are left of a tenth of the words", page.Left, all)
	}
	e := &Engine{places: []candidate.Place{{Sampled: all}, {Sampled: all}}}
	e.opt.Candidates.Best = 16
	hits := []hit{{seq: 2, all: page.Left, kept: page.Left}}
	if got := e.best(1, plain.Left, hits, hit.toLink); len(got) != 0 {
		t.Errorf("%d of %d shared anchors are enough without furniture", page.Left, all)
	}
	if got := e.best(1, page.Left, hits, hit.toLink); len(got) != 1 {
		t.Errorf("all of %d anchors that are left are not enough", page.Left)
	}
}
