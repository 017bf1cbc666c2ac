package engine

import (
	"context"
	"fmt"
	"slices"

	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/text"
)

// Judge compares articles by the rules of a run, stored ones or visitors (see Visit), and
// stores nothing. It is for one goroutine, and for as long as its engine takes nothing in.
//
//	j := engine.NewJudge()
//	err := j.Load(ctx, later)
//	verdict, err := j.Verdict(ctx, earlier)
type Judge struct {
	e                  *Engine
	w                  *worker
	b                  uint32  // is loaded
	order, containment float64 // what other stories have of it: see similarity.Elsewhere
	text               *similarity.Text
}

// NewJudge returns a Judge that has nothing loaded.
func (e *Engine) NewJudge() *Judge { return &Judge{e: e, w: e.newWorker()} }

// Load takes the later article of the pairs to come. The error is a storage.Damage where its
// text cannot be read.
func (j *Judge) Load(ctx context.Context, b uint32) (err error) {
	if j.text, err = j.e.text(ctx, j.w, b); err != nil {
		return err
	}
	j.b = b
	defer func() { j.w.scale.Load(j.text) }()
	j.order, j.containment, err = j.e.elsewhere(ctx, j.w, b)
	return err
}

// Verdict judges article a, which stands before the loaded one in canonical order, with that.
// Cost: some microseconds, and those of reading a where it was not read lately.
func (j *Judge) Verdict(ctx context.Context, a uint32) (v similarity.Verdict, err error) {
	t, err := j.e.text(ctx, j.w, a)
	if err != nil {
		return v, err
	}
	return j.e.beside(j.e.verdict(j.w, a, j.b, t).Evidence, a, j.b, j.order, j.containment), nil
}

// Passages returns what the two articles of the last Verdict have word for word: A is the place
// in the loaded article, B that in the earlier one, in words as Words gives them.
func (j *Judge) Passages() []similarity.Run { return slices.Clone(j.w.scale.Passages()) }

// Text returns an article in the form that is compared, with the boilerplate marked that is
// known now.
func (j *Judge) Text(ctx context.Context, seq uint32) (*similarity.Text, error) {
	return j.e.text(ctx, j.w, seq)
}

// Words returns the body of an article as it was received, and the words of it that are
// compared, with their places in it.
func (j *Judge) Words(ctx context.Context, seq uint32) (body string, words []text.Word, err error) {
	return j.e.visible(ctx, seq)
}

// InOrder puts two articles in canonical order. It is an error to ask for one that is not there,
// or for one and the same.
func (e *Engine) InOrder(a, b uint32) (earlier, later uint32, err error) {
	for _, seq := range []uint32{a, b} {
		if seq == 0 || int(seq) > len(e.places) {
			return 0, 0, fmt.Errorf("compare article %d: there are %d", seq, len(e.places))
		}
	}
	if a == b {
		return 0, 0, fmt.Errorf("compare article %d: with itself", a)
	}
	if e.before(b, a) {
		a, b = b, a
	}
	return a, b, nil
}

// Living returns the articles that count, which are the newest versions, in canonical order.
// Cost: a sort of all.
func (e *Engine) Living() (list []uint32) {
	for i, p := range e.places {
		if !p.Dead {
			list = append(list, uint32(i+1))
		}
	}
	slices.SortFunc(list, e.compare)
	return list
}

// InWindow reports whether a, which stands before b, is near enough in time to be compared with
// it. Without a window all are.
func (e *Engine) InWindow(a, b uint32) bool {
	return e.window.Holds(e.place(b).Date, e.place(a).Date)
}

// Store returns the store that the engine works on.
func (e *Engine) Store() *storage.Store { return e.store }

// Options returns those by which the engine was made. What is shared in them is not changed.
func (e *Engine) Options() Options { return e.opt }
