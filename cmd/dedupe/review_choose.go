package main

import (
	"context"
	"errors"

	"dedupe/article"
	"dedupe/review"
	"dedupe/storage"
)

// maxUncertain is how many uncertain pairs are looked through for some of them.
const maxUncertain = 100_000

// uncertain returns the pairs to ask about, the most helpful first: those that
// were not skipped, or with --skipped those that were; with --cluster, of that
// cluster alone.
func (s *session) uncertain(ctx context.Context) (list []review.Pair, err error) {
	view, err := s.store.View(ctx)
	if err != nil {
		return nil, err
	}
	defer view.Close()
	var cluster int64
	if s.cluster != "" {
		if cluster, err = view.FindLiving(ctx, s.cluster); err != nil {
			return nil, err
		}
	}
	skipped := map[[2]article.Key]bool{}
	for k, err := range view.Skips(ctx) {
		if err != nil {
			return nil, err
		}
		skipped[[2]article.Key{k.A, k.B}] = true
	}
	n := s.limit + len(skipped)
	if s.skipped || cluster != 0 {
		n = maxUncertain
	}
	pairs, err := review.Uncertain(ctx, s.engine, n)
	if err != nil {
		return nil, err
	}
	for _, d := range pairs {
		if len(list) == s.limit {
			break
		}
		a, b, err := sides(ctx, view, d)
		if errors.Is(err, storage.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if cluster != 0 && a.Cluster != cluster && b.Cluster != cluster {
			continue
		}
		k := storage.NewSkip(a.Key, b.Key, s.now())
		switch was := skipped[[2]article.Key{k.A, k.B}]; {
		case was == s.skipped:
			list = append(list, d)
		case was:
			s.out.Earlier++
		}
	}
	return list, nil
}

// sides returns the two articles of a pair.
func sides(ctx context.Context, v *storage.View, d review.Pair) (a, b storage.Article, err error) {
	if a, err = v.Article(ctx, int64(d.A)); err == nil {
		b, err = v.Article(ctx, int64(d.B))
	}
	return a, b, err
}
