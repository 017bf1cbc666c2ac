package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"dedupe/article"
	"dedupe/config"
	"dedupe/engine"
	"dedupe/report"
	"dedupe/review"
	"dedupe/storage"
)

// rule stores what a person decides, under the lock, and prints what it did.
func (a *app) rule(ctx context.Context, command string, ruling func(*storage.View) (engine.Ruling, error)) error {
	return a.change(ctx, command, func(store *storage.Store) error {
		out, err := a.ruleIn(ctx, store, command, ruling)
		if err != nil || out == nil {
			return err
		}
		return a.print(out)
	})
}

// ruleIn stores what a person decides. It returns nil when that is nothing.
func (a *app) ruleIn(ctx context.Context, store *storage.Store, command string, ruling func(*storage.View) (engine.Ruling, error)) (*report.Ruled, error) {
	view, err := store.View(ctx)
	if err != nil {
		return nil, err
	}
	defer view.Close()
	was, err := standing(ctx, view) // and so the view is of before the ruling, whatever that reads
	if err != nil {
		return nil, err
	}
	r, err := ruling(view)
	if err != nil || len(r.Decide)+len(r.Retract)+len(r.Pin)+len(r.Unpin) == 0 {
		return nil, err
	}
	engine, err := a.engine(ctx, store)
	if err != nil {
		return nil, err
	}
	out, err := review.Rule(ctx, engine, command, a.settings().Hash(config.Links), r)
	if contradicted := new(review.ContradictionError); errors.As(err, &contradicted) {
		return nil, explainContradictions(ctx, view, contradicted)
	}
	if err != nil {
		return nil, err
	}
	if err := a.warnUnmet(ctx, view, out.Unmet); err != nil {
		return nil, err
	}
	after, err := store.View(ctx)
	if err != nil {
		return nil, err
	}
	defer after.Close()
	result, err := ruledReport(ctx, view, after, r, out)
	if err != nil {
		return nil, err
	}
	replaced(was, result)
	return result, nil
}

// standing returns all decisions by the keys of their articles.
func standing(ctx context.Context, v *storage.View) (map[[2]string]storage.Decision, error) {
	all := map[[2]string]storage.Decision{}
	for d, err := range v.Decisions(ctx) {
		if err != nil {
			return nil, err
		}
		all[[2]string{d.A.String(), d.B.String()}] = d
	}
	return all, nil
}

// replaced notes which decisions of before were the opposite of the new ones.
func replaced(was map[[2]string]storage.Decision, r *report.Ruled) {
	for i := range r.Decisions {
		x := &r.Decisions[i]
		if d, known := was[[2]string{x.KeyA, x.KeyB}]; known && word(d.Same) != x.Decision {
			old := x.Label
			old.Decision, old.Decided, old.Note = word(d.Same), d.Decided, d.Note
			x.Replaces = &old
		}
	}
}

func ruledReport(ctx context.Context, before, v *storage.View, r engine.Ruling, out review.Ruled) (*report.Ruled, error) {
	result := &report.Ruled{Ruling: out.Ruling}
	for _, d := range r.Decide[:min(len(r.Decide), report.MaxEvents)] {
		row, err := decisionReport(ctx, v, d)
		if err != nil {
			return nil, err
		}
		result.Decisions = append(result.Decisions, row)
	}
	var err error
	if result.Events, result.More, err = report.ReadEvents(ctx, v, out.Events); err != nil {
		return nil, err
	}
	result.Moved, result.MoreMoved, err = report.ReadMoved(ctx, before, v, out.Events)
	if err != nil || r.Undoes == 0 {
		return result, err
	}
	undone, err := v.Ruling(ctx, r.Undoes)
	if err != nil {
		return nil, err
	}
	past, err := report.ReadRuling(ctx, v, undone)
	result.Undid = &past
	return result, err
}

// decisionReport adds to a decision what its articles are called, and whether
// their clusters follow it.
func decisionReport(ctx context.Context, v *storage.View, d storage.Decision) (row report.Decision, err error) {
	x, err := byKey(ctx, v, d.A)
	if err != nil {
		return row, err
	}
	y, err := byKey(ctx, v, d.B)
	if err != nil {
		return row, err
	}
	row.Label = report.Label{Decision: word(d.Same), Decided: d.Decided, Note: d.Note, KeyA: d.A.String(), KeyB: d.B.String()}
	row.Effect = "not stored"
	if x.Seq != 0 {
		row.A, row.OutletA = x.Name(), x.Outlet
	}
	if y.Seq != 0 {
		row.B, row.OutletB = y.Name(), y.Outlet
	}
	if together := x.Cluster != 0 && x.Cluster == y.Cluster; x.Seq != 0 && y.Seq != 0 {
		row.Effect = "followed"
		if together != d.Same {
			row.Effect = "not followed"
		}
	}
	return row, nil
}

// byKey returns the current article of a key; of one that is not stored the key
// alone.
func byKey(ctx context.Context, v *storage.View, key article.Key) (storage.Article, error) {
	x, err := v.ByKey(ctx, key)
	if errors.Is(err, storage.ErrNotFound) {
		return storage.Article{Key: key}, nil
	}
	return x, err
}

// explainContradictions says which decisions contradict which.
func explainContradictions(ctx context.Context, v *storage.View, e *review.ContradictionError) error {
	lines := []string{"nothing was stored, for decisions contradict each other; take one back by `dedupe label remove A B` or `dedupe undo`:"}
	for _, c := range e.List[:min(len(e.List), report.MaxEvents)] {
		said, err := sayDecision(ctx, v, c.Decision)
		if err != nil {
			return err
		}
		var chain []string
		for _, d := range c.Chain {
			s, err := sayDecision(ctx, v, d)
			if err != nil {
				return err
			}
			chain = append(chain, s+" ("+strings.TrimSpace(d.Decided.Format("2006-01-02 ")+d.Note)+")")
		}
		lines = append(lines, "  "+said+" contradicts "+strings.Join(chain, ", "))
	}
	if more := len(e.List) - report.MaxEvents; more > 0 {
		lines = append(lines, fmt.Sprintf("  and %d more", more))
	}
	return list(lines)
}

// sayDecision writes a decision as A = B or A ≠ B.
func sayDecision(ctx context.Context, v *storage.View, d storage.Decision) (string, error) {
	x, err := byKey(ctx, v, d.A)
	if err != nil {
		return "", err
	}
	y, err := byKey(ctx, v, d.B)
	sign := " = "
	if !d.Same {
		sign = " ≠ "
	}
	return report.Quoted(x.Name()) + sign + report.Quoted(y.Name()), err
}

// warnUnmet says which decisions that two articles are the same could not bring
// their clusters together.
func (a *app) warnUnmet(ctx context.Context, v *storage.View, unmet []review.Unmet) error {
	for _, u := range unmet {
		said, err := sayDecision(ctx, v, u.Decision)
		if err != nil {
			return err
		}
		var by []string
		for _, d := range u.By {
			s, err := sayDecision(ctx, v, d)
			if err != nil {
				return err
			}
			by = append(by, s)
		}
		a.log.Warn("stored, but the two clusters stay apart: other decisions keep members of them apart", "decision", said, "others", strings.Join(by, ", "))
	}
	return nil
}
