package shard

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/review"
	"dedupe/storage"
)

// decided is a decision with the database that it is from.
type decided struct {
	storage.Decision
	from *database
}

// Rule makes what people decided in the databases stand in the joined one, before their articles are
// taken in, as one ruling that can be undone. What stands there already stays; of two decisions on one
// pair the later counts. Those that contradict others are left out, the older ones first, and remark is
// told. Where nothing is new no ruling is stored.
func (d *Databases) Rule(ctx context.Context, e *engine.Engine, settings string, remark func(path, what string)) error {
	var all []decided
	var pins []storage.Pin
	for _, x := range d.list {
		for _, s := range x.decisions {
			all = append(all, decided{s, x})
		}
		pins = append(pins, x.pins...)
	}
	slices.SortStableFunc(all, func(a, b decided) int {
		return cmp.Or(b.Decided.Compare(a.Decided), bytes.Compare(a.A[:], b.A[:]), bytes.Compare(a.B[:], b.B[:]))
	})
	slices.SortStableFunc(pins, func(a, b storage.Pin) int { return b.Decided.Compare(a.Decided) })
	stand := e.Decisions()
	ties := review.NewTies(stand)
	same := map[[2]article.Key]bool{}
	for _, s := range stand {
		same[[2]article.Key{s.A, s.B}] = s.Same
	}
	var r engine.Ruling
	for _, s := range all {
		pair := [2]article.Key{s.A, s.B}
		if was, known := same[pair]; known && was == s.Same {
			continue
		} else if known || ties.Contradicted(s.Decision) != nil {
			what, err := s.said(ctx)
			if err != nil {
				return err
			}
			remark(s.from.path, what)
			continue
		}
		same[pair] = s.Same
		ties.Add(s.Decision)
		r.Decide = append(r.Decide, s.Decision)
	}
	pinned, err := pinsOf(ctx, e.Store())
	if err != nil {
		return err
	}
	for _, p := range pins {
		if !slices.ContainsFunc(pinned, func(o storage.Pin) bool { return o.Key == p.Key }) {
			pinned, r.Pin = append(pinned, p), append(r.Pin, p)
		}
	}
	if len(r.Decide)+len(r.Pin) == 0 {
		return nil
	}
	_, err = review.Rule(ctx, e, "merge", settings, r)
	return err
}

// said says that a decision was left out.
func (s *decided) said(ctx context.Context) (string, error) {
	v, err := s.from.store.View(ctx)
	if err != nil {
		return "", err
	}
	defer v.Close()
	a, err := v.Keyed(ctx, s.A)
	if err != nil {
		return "", err
	}
	b, err := v.Keyed(ctx, s.B)
	if err != nil {
		return "", err
	}
	word := "different"
	if s.Same {
		word = "the same"
	}
	return fmt.Sprintf("a person's decision that %s and %s are %s does not come along: others that stand or are later say otherwise",
		cmp.Or(a.External, s.A.String()), cmp.Or(b.External, s.B.String()), word), nil
}

func pinsOf(ctx context.Context, s *storage.Store) (pins []storage.Pin, err error) {
	v, err := s.View(ctx)
	if err != nil {
		return nil, err
	}
	defer v.Close()
	for p, err := range v.Pins(ctx) {
		if err != nil {
			return nil, err
		}
		pins = append(pins, p)
	}
	return pins, nil
}
