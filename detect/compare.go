package detect

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"dedupe/article"
	"dedupe/similarity"
	"dedupe/text"
)

// Comparison is what is to be said of two articles, whether they were ever
// compared or not.
type Comparison struct {
	A, B      uint32 // A stands before B in canonical order
	Verdict   similarity.Verdict
	Candidacy Candidacy

	Thresholds similarity.Thresholds // by which the two are judged

	Decided bool // a person decided on them
	Same    bool // so: they belong together

	Passages   []Shared          // in the order of A; furniture included
	FurnitureA []similarity.Span // of the bodies
	FurnitureB []similarity.Span
}

// Shared is a passage that stands in both bodies.
type Shared struct {
	A, B  similarity.Span
	Words int
}

// Compare compares two articles, stored ones or visitors (see Visit), by the same
// rules as a run does.
func (e *Engine) Compare(ctx context.Context, a, b uint32) (Comparison, error) {
	var c Comparison
	for _, seq := range []uint32{a, b} {
		if seq == 0 || int(seq) > len(e.places) {
			return c, fmt.Errorf("compare article %d: there are %d", seq, len(e.places))
		}
	}
	if a == b {
		return c, fmt.Errorf("compare article %d: with itself", a)
	}
	if e.before(b, a) {
		a, b = b, a
	}
	c.A, c.B = a, b
	w := e.newWorker()
	// The later one is put on the scale, as judging it does.
	ta, err := e.text(ctx, w, a)
	if err != nil {
		return c, err
	}
	tb, err := e.text(ctx, w, b)
	if err != nil {
		return c, err
	}
	w.scale.Load(tb)
	c.Thresholds = e.Thresholds(a, b)
	c.Verdict = e.verdict(w, a, b, ta)
	if err := e.locate(ctx, &c, slices.Clone(w.scale.Passages()), ta, tb); err != nil {
		return c, err
	}
	if err := e.decision(ctx, &c); err != nil {
		return c, err
	}
	c.Candidacy, err = e.candidacy(ctx, w, a, b, ta, tb)
	return c, err
}

// decision looks up a person's word on the pair.
func (e *Engine) decision(ctx context.Context, c *Comparison) error {
	if len(e.decisions) == 0 {
		return nil
	}
	a, err := e.key(ctx, c.A)
	if err != nil {
		return err
	}
	b, err := e.key(ctx, c.B)
	if err != nil {
		return err
	}
	for _, d := range e.decisions[a] {
		if d.A == b || d.B == b {
			c.Decided, c.Same = true, d.Same
		}
	}
	return nil
}

// key returns the key of a stored article or a visitor.
func (e *Engine) key(ctx context.Context, seq uint32) (article.Key, error) {
	if v := e.visitor(seq); v != nil {
		return v.Key, nil
	}
	p, err := e.store.Part(ctx, seq)
	return p.Key, err
}

// locate finds the places in the bodies of shared passages and of furniture.
// Of a run, A is the place in b, which was on the scale.
func (e *Engine) locate(ctx context.Context, c *Comparison, runs []similarity.Run, ta, tb *similarity.Text) error {
	_, inA, err := e.visible(ctx, c.A)
	if err != nil {
		return err
	}
	_, inB, err := e.visible(ctx, c.B)
	if err != nil {
		return err
	}
	for _, r := range runs {
		c.Passages = append(c.Passages, Shared{A: span(inA, r.B, r.Len), B: span(inB, r.A, r.Len), Words: r.Len})
	}
	slices.SortFunc(c.Passages, func(x, y Shared) int {
		return cmp.Or(cmp.Compare(x.A.Start, y.A.Start), cmp.Compare(x.B.Start, y.B.Start))
	})
	c.FurnitureA, c.FurnitureB = furnitureSpans(inA, ta), furnitureSpans(inB, tb)
	return nil
}

// span is the part of a body that n words from the given one take up.
func span(words []text.Word, from, n int) similarity.Span {
	return similarity.Span{Start: words[from].Start, End: words[from+n-1].End}
}

func furnitureSpans(words []text.Word, t *similarity.Text) (spans []similarity.Span) {
	for i := 0; i < len(t.Furniture); i++ {
		n := 0
		for i+n < len(t.Furniture) && t.Furniture[i+n] {
			n++
		}
		if n > 0 {
			spans = append(spans, span(words, i, n))
			i += n
		}
	}
	return spans
}
