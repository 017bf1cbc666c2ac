package explain

import (
	"cmp"
	"context"
	"slices"

	"dedupe/engine"
	"dedupe/notices"
	"dedupe/similarity"
	"dedupe/text"
)

// Comparison is what is to be said of two articles, whether they were ever
// compared or not.
type Comparison struct {
	A, B       uint32 // A stands before B in canonical order
	Verdict    similarity.Verdict
	Thresholds similarity.Thresholds // by which the two are judged
	Candidacy  engine.Candidacy

	Passages     []Shared          // in the order of A; boilerplate included
	BoilerplateA []similarity.Span // of the bodies
	BoilerplateB []similarity.Span
	NoticesA     []notices.Notice // of the bodies: boilerplate that was known in advance
	NoticesB     []notices.Notice
}

// Shared is a passage that stands in both bodies.
type Shared struct {
	A, B  similarity.Span
	Words int
}

// Compare compares two articles of an engine, stored ones or visitors, by the same rules as
// a run does. It is an error to compare one that is not there, or one with itself; one whose
// text cannot be read is a storage.Damage. Cost: the search for candidates of the later one, some
// milliseconds.
func Compare(ctx context.Context, e *engine.Engine, a, b uint32) (c Comparison, err error) {
	if c.A, c.B, err = e.InOrder(a, b); err != nil {
		return c, err
	}
	j := e.NewJudge()
	ta, err := j.Text(ctx, c.A)
	if err != nil {
		return c, err
	}
	if err := j.Load(ctx, c.B); err != nil {
		return c, err
	}
	tb, err := j.Text(ctx, c.B)
	if err != nil {
		return c, err
	}
	c.Thresholds = e.Thresholds(c.A, c.B)
	if c.Verdict, err = j.Verdict(ctx, c.A); err != nil {
		return c, err
	}
	if err := c.locate(ctx, e, j, ta, tb); err != nil {
		return c, err
	}
	c.Candidacy, err = j.Candidacy(ctx, c.A)
	return c, err
}

// locate finds the places in the bodies of shared passages and of boilerplate.
func (c *Comparison) locate(ctx context.Context, e *engine.Engine, j *engine.Judge, ta, tb *similarity.Text) error {
	bodyA, inA, err := j.Words(ctx, c.A)
	if err != nil {
		return err
	}
	bodyB, inB, err := j.Words(ctx, c.B)
	if err != nil {
		return err
	}
	for _, r := range j.Passages() { // the later article was loaded
		c.Passages = append(c.Passages, Shared{A: similarity.SpanOf(inA, r.B, r.Len), B: similarity.SpanOf(inB, r.A, r.Len), Words: r.Len})
	}
	slices.SortFunc(c.Passages, func(x, y Shared) int {
		return cmp.Or(cmp.Compare(x.A.Start, y.A.Start), cmp.Compare(x.B.Start, y.B.Start))
	})
	c.BoilerplateA, c.BoilerplateB = boilerplateOf(inA, ta), boilerplateOf(inB, tb)
	known := e.Options().Notices
	c.NoticesA, c.NoticesB = known.In(bodyA), known.In(bodyB)
	return nil
}

func boilerplateOf(words []text.Word, t *similarity.Text) (spans []similarity.Span) {
	for i := 0; i < len(t.Boilerplate); i++ {
		n := 0
		for i+n < len(t.Boilerplate) && t.Boilerplate[i+n] {
			n++
		}
		if n > 0 {
			spans = append(spans, similarity.SpanOf(words, i, n))
			i += n
		}
	}
	return spans
}
