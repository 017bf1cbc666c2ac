package review

import (
	"context"
	"errors"
	"fmt"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/storage"
)

// Undo returns what takes a stored ruling back: that of a number, or the last one that stands where
// id is 0. What held before the ruling holds again then. To take back what took another ruling back
// restores that one. It is refused where the ruling was taken back already, or where a later ruling
// decided the same anew.
func Undo(ctx context.Context, v *storage.View, id int64) (r engine.Ruling, err error) {
	var of storage.Ruling
	if id == 0 {
		of, err = v.LastRuling(ctx)
	} else {
		of, err = v.Ruling(ctx, id)
	}
	switch {
	case id == 0 && errors.Is(err, storage.ErrNotFound):
		return r, errors.New("there is nothing to take back; dedupe undo --list shows what was decided")
	case err != nil:
		return r, err
	case of.Undone:
		return r, fmt.Errorf("ruling %d was taken back already; dedupe undo --list shows by which one", of.ID)
	}
	decided, pinned := map[[2]article.Key]*storage.Word{}, map[article.Key]*storage.Word{}
	for d, err := range v.Decisions(ctx) {
		if err != nil {
			return r, err
		}
		decided[[2]article.Key{d.A, d.B}] = &storage.Word{Same: d.Same, Decided: d.Decided, Note: d.Note}
	}
	for p, err := range v.Pins(ctx) {
		if err != nil {
			return r, err
		}
		pinned[p.Key] = &storage.Word{Same: true, Decided: p.Decided, Note: p.Note}
	}
	for c, err := range v.Said(ctx, of.ID) {
		if err != nil {
			return r, err
		}
		stands := decided[[2]article.Key{c.A, c.B}]
		if c.Pin {
			stands = pinned[c.A]
		}
		if !equal(stands, c.Now) {
			return r, changedSince(ctx, v, of, c)
		}
		switch {
		case c.Pin && c.Was == nil:
			r.Unpin = append(r.Unpin, c.A)
		case c.Pin:
			r.Pin = append(r.Pin, storage.Pin{Key: c.A, Decided: c.Was.Decided, Note: c.Was.Note})
		case c.A == c.B: // they are one article now, of which nothing is decided
		case c.Was != nil:
			r.Decide = append(r.Decide, c.Decision(c.Was))
		case c.Now != nil:
			r.Retract = append(r.Retract, c.Decision(c.Now))
		}
	}
	r.Undoes = of.ID
	return r, nil
}

// equal reports whether two words, nil for none, are one.
func equal(x, y *storage.Word) bool {
	if x == nil || y == nil {
		return x == y
	}
	return x.Same == y.Same && x.Decided.Equal(y.Decided) && x.Note == y.Note
}

func changedSince(ctx context.Context, v *storage.View, of storage.Ruling, c storage.Said) error {
	later, err := v.LaterRuling(ctx, of.ID, c)
	switch {
	case err != nil:
		return err
	case later == 0:
		return fmt.Errorf("what ruling %d decided does not stand any more", of.ID)
	}
	return fmt.Errorf("ruling %d decided the same anew after ruling %d: take it back first, by dedupe undo %d", later, of.ID, later)
}
