package review

import (
	"context"
	"errors"
	"fmt"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/storage"
)

// Ruled is what a ruling did.
type Ruled struct {
	engine.Ruled
	Unmet []Unmet // decisions that had no effect
}

// Unmet is a decision which the clusters do not follow, because others keep
// members of the two clusters apart.
type Unmet struct {
	Decision storage.Decision
	By       []storage.Decision
}

// ContradictionError says that a ruling contradicts decisions that stand, or
// itself. Nothing of it was stored.
type ContradictionError struct {
	List []Contradiction
}

// Contradiction is a decision with others from which its opposite follows.
type Contradiction struct {
	Decision storage.Decision
	Chain    []storage.Decision // from the one article to the other
}

func (e *ContradictionError) Error() string {
	return fmt.Sprintf("%d of the decisions contradict others", len(e.List))
}

// Rule stores what a person decides together with what it does to the clusters, in one
// transaction; see engine.Engine.Rule. A ruling that contradicts decisions that stand, or
// itself, is refused with a ContradictionError, and nothing is stored. To decide otherwise on a
// pair that was decided is no contradiction. The caller holds the lock.
func Rule(ctx context.Context, e *engine.Engine, command, settings string, r engine.Ruling) (out Ruled, err error) {
	others := engine.Ruling{Retract: append(r.Retract[:len(r.Retract):len(r.Retract)], r.Decide...)}
	ties := NewTies(others.Stand(e.Decisions()))
	contradicted := &ContradictionError{}
	for _, d := range r.Decide {
		if chain := ties.Contradicted(d); chain != nil {
			contradicted.List = append(contradicted.List, Contradiction{d, chain})
			continue
		}
		ties.Add(d)
	}
	if len(contradicted.List) > 0 {
		return out, contradicted
	}
	if out.Ruled, err = e.Rule(ctx, command, settings, r); err != nil {
		return out, err
	}
	view, err := e.Store().View(ctx)
	if err != nil {
		return out, err
	}
	defer view.Close()
	w := &whereabouts{view: view, known: map[article.Key]home{}, decisions: e.Decisions()}
	for _, d := range r.Decide {
		by, err := w.unmet(ctx, d)
		if err != nil {
			return out, err
		}
		if by != nil {
			out.Unmet = append(out.Unmet, Unmet{d, by})
		}
	}
	return out, nil
}

// whereabouts knows where articles are after a ruling.
type whereabouts struct {
	view      *storage.View
	known     map[article.Key]home
	decisions []storage.Decision
}

// home is where an article is found.
type home struct {
	seq     int64 // 0: it is not stored
	cluster int64 // 0: alone
}

func (h home) with(other home) bool {
	return h.seq == other.seq || h.cluster != 0 && h.cluster == other.cluster
}

// home returns that of the article which has a key now.
func (w *whereabouts) home(ctx context.Context, key article.Key) (home, error) {
	if h, known := w.known[key]; known {
		return h, nil
	}
	a, err := w.view.ByKey(ctx, key)
	if err != nil && !errors.Is(err, storage.ErrNotFound) {
		return home{}, err
	}
	w.known[key] = home{a.Seq, a.Cluster}
	return w.known[key], nil
}

// homes returns those of the two articles of a decision.
func (w *whereabouts) homes(ctx context.Context, d storage.Decision) (a, b home, err error) {
	if a, err = w.home(ctx, d.A); err == nil {
		b, err = w.home(ctx, d.B)
	}
	return a, b, err
}

// unmet returns the decisions that keep the clusters of two articles apart
// which are said to be the same; nil when all is as it was decided.
func (w *whereabouts) unmet(ctx context.Context, d storage.Decision) (by []storage.Decision, err error) {
	if !d.Same {
		return nil, nil
	}
	a, b, err := w.homes(ctx, d)
	if err != nil || a.seq == 0 || b.seq == 0 || a.with(b) {
		return nil, err
	}
	for _, x := range w.decisions {
		if x.Same {
			continue
		}
		from, to, err := w.homes(ctx, x)
		if err != nil {
			return nil, err
		}
		if from.with(a) && to.with(b) || from.with(b) && to.with(a) {
			by = append(by, x)
		}
	}
	return by, nil
}
