package storage

import (
	"context"
	"database/sql"
	"slices"
)

// This file tells which numbers of articles were given. They are given one after the other and
// never taken back: a gap is an article that was lost, and a number far beyond the others one
// that damage made.

// beyond is how far the number of an article may stand beyond what the places and the count of
// articles cover.
const beyond = 1000

// lastArticle returns the highest number that was given.
func lastArticle(ctx context.Context, q queryer) (last int64, err error) {
	var covered, articles int64
	err = q.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0), (SELECT coalesce(max(first + length(data) / ?), 1) - 1
		FROM place WHERE first BETWEEN 1 AND 1 << 32) FROM article`, placeLen).Scan(&last, &covered)
	if err != nil || last <= covered {
		return last, err
	}
	if err := q.QueryRowContext(ctx, "SELECT count(*) FROM article").Scan(&articles); err != nil {
		return 0, err
	}
	err = q.QueryRowContext(ctx, "SELECT coalesce(max(seq), 0) FROM article WHERE seq <= ?", max(covered, articles)+beyond).Scan(&last)
	return last, err
}

// lostArticles returns the numbers up to last of which there is no article.
func lostArticles(ctx context.Context, db *sql.DB, last int64) (map[int64]bool, error) {
	var articles int64
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM article WHERE seq BETWEEN 1 AND ?", last).Scan(&articles); err != nil || articles == last {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, "SELECT seq FROM article WHERE seq BETWEEN 1 AND ? ORDER BY seq", last)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	lost := map[int64]bool{}
	next := int64(1)
	for rows.Next() {
		var seq int64
		if err := rows.Scan(&seq); err != nil {
			return nil, err
		}
		for ; next < seq; next++ {
			lost[next] = true
		}
		next++
	}
	return lost, rows.Err()
}

// stored reports whether articles have numbers that were given, and none of them was lost.
func (s *Store) stored(ctx context.Context, seqs ...int64) (bool, error) {
	ctx = context.WithoutCancel(ctx)
	gaps := s.gaps.Load()
	if high := slices.Max(seqs); gaps == nil || high > int64(s.last.Load()) {
		last, err := lastArticle(ctx, s.r)
		if err != nil {
			return false, err
		}
		s.last.Store(uint32(last))
		if gaps == nil { // what is stored later is not lost
			lost, err := lostArticles(ctx, s.r, last)
			if err != nil {
				return false, err
			}
			gaps = &lost
			s.gaps.Store(gaps)
		}
		if high > last {
			return false, nil
		}
	}
	return slices.Min(seqs) > 0 && !slices.ContainsFunc(seqs, func(seq int64) bool { return (*gaps)[seq] }), nil
}
