package review

import (
	"context"
	"errors"
	"time"

	"dedupe/article"
	"dedupe/engine"
	"dedupe/storage"
)

// Ask says which uncertain pairs a person is asked about.
type Ask struct {
	Limit   int
	Skipped bool   // those that were skipped, instead of those that were not
	Cluster string // those with an article of this cluster alone; "": any
}

// maxUncertain is how many uncertain pairs are looked through for some of them.
const maxUncertain = 100_000

// Find returns the pairs to ask about, the most helpful first, and how many were left out
// because they were skipped.
func (ask Ask) Find(ctx context.Context, e *engine.Engine, v *storage.View) (list []Pair, earlier int, err error) {
	var cluster int64
	if ask.Cluster != "" {
		if cluster, err = v.FindLiving(ctx, ask.Cluster); err != nil {
			return nil, 0, err
		}
	}
	skipped := map[[2]article.Key]bool{}
	for k, err := range v.Skips(ctx) {
		if err != nil {
			return nil, 0, err
		}
		skipped[[2]article.Key{k.A, k.B}] = true
	}
	n := ask.Limit + len(skipped)
	if ask.Skipped || cluster != 0 {
		n = maxUncertain
	}
	pairs, err := Uncertain(ctx, e, n)
	if err != nil {
		return nil, 0, err
	}
	for _, p := range pairs {
		if len(list) == ask.Limit {
			break
		}
		a, b, err := p.sides(ctx, v)
		if errors.Is(err, storage.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, 0, err
		}
		if cluster != 0 && a.Cluster != cluster && b.Cluster != cluster {
			continue
		}
		k := storage.NewSkip(a.Key, b.Key, time.Time{})
		switch was := skipped[[2]article.Key{k.A, k.B}]; {
		case was == ask.Skipped:
			list = append(list, p)
		case was:
			earlier++
		}
	}
	return list, earlier, nil
}

// sides returns the two articles of a pair.
func (p Pair) sides(ctx context.Context, v *storage.View) (a, b storage.Article, err error) {
	if a, err = v.Article(ctx, int64(p.A)); err == nil {
		b, err = v.Article(ctx, int64(p.B))
	}
	return a, b, err
}

// Open returns the two articles of a pair, and whether there is something to ask about them: not
// where one is gone or has a later version, or decisions say already what they are.
func (p Pair) Open(ctx context.Context, v *storage.View) (open bool, a, b storage.Article, err error) {
	a, b, err = p.sides(ctx, v)
	if errors.Is(err, storage.ErrNotFound) || err == nil && !(a.Current && b.Current) {
		return false, a, b, nil
	}
	if err != nil {
		return false, a, b, err
	}
	var list []storage.Decision
	for d, err := range v.Decisions(ctx) {
		if err != nil {
			return false, a, b, err
		}
		list = append(list, d)
	}
	_, known := NewTies(list).Known(a.Key, b.Key)
	return !known, a, b, nil
}
