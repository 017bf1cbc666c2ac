package storage

import (
	"context"
	"database/sql"
	"slices"
)

// This file tells which numbers of articles were given. They are given one after the other and
// never again: a gap is an article that was taken out, which the table gone says, or lost, and a
// number far beyond the others one that damage made.

// beyond is how far the number of an article may stand beyond what the places and the count of
// articles cover.
const beyond = 1000

// lastArticle returns the highest number that was given.
func lastArticle(ctx context.Context, q queryer) (last int64, err error) {
	var covered, articles, gone int64
	err = q.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0), (SELECT coalesce(max(first + length(data) / ?), 1) - 1
		FROM place WHERE first BETWEEN 1 AND 1 << 32), (SELECT coalesce(max(last), 0) FROM gone) FROM article`, placeLen).Scan(&last, &covered, &gone)
	if err != nil || last <= covered {
		return max(last, gone), err
	}
	if err := q.QueryRowContext(ctx, "SELECT count(*) FROM article").Scan(&articles); err != nil {
		return 0, err
	}
	err = q.QueryRowContext(ctx, "SELECT coalesce(max(seq), 0) FROM article WHERE seq <= ?", max(covered, articles, gone)+beyond).Scan(&last)
	return max(last, gone), err
}

// numberRange is consecutive numbers of articles.
type numberRange struct{ first, last int64 }

// goneRanges returns the numbers that were taken out, in ranges in their order.
func goneRanges(ctx context.Context, q interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}) (list []numberRange, err error) {
	rows, err := q.QueryContext(ctx, "SELECT first, last FROM gone ORDER BY first")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r numberRange
		if err := rows.Scan(&r.first, &r.last); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

// gaps are the numbers of articles that are not there.
type gaps struct {
	gone []numberRange
	lost map[int64]bool // though nobody took them out
}

func (g *gaps) has(seq int64) bool {
	_, in := slices.BinarySearchFunc(g.gone, seq, func(r numberRange, seq int64) int {
		switch {
		case r.last < seq:
			return -1
		case r.first > seq:
			return 1
		}
		return 0
	})
	return in || g.lost[seq]
}

// findGaps returns the numbers up to last of which there is no article. Cost: a count of all, and
// a walk over all where some were lost.
func findGaps(ctx context.Context, db *sql.DB, last int64) (*gaps, error) {
	g := &gaps{}
	var articles int64
	err := db.QueryRowContext(ctx, "SELECT count(*) FROM article WHERE seq BETWEEN 1 AND ?", last).Scan(&articles)
	if err == nil {
		g.gone, err = goneRanges(ctx, db)
	}
	for _, r := range g.gone {
		articles += r.last - r.first + 1
	}
	if err == nil && articles != last {
		g.lost, err = lostArticles(ctx, db, last)
	}
	return g, err
}

// lostArticles returns the numbers up to last of which there is no article.
func lostArticles(ctx context.Context, db *sql.DB, last int64) (map[int64]bool, error) {
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

// given reports whether a number of an article was given; its article may have been taken out since.
func (s *Store) given(ctx context.Context, seq int64) (bool, error) {
	if known := s.gaps.Load(); known != nil && seq <= int64(s.last.Load()) {
		return true, nil
	}
	if _, err := s.stored(ctx, max(seq, 1)); err != nil {
		return false, err
	}
	return seq <= int64(s.last.Load()), nil
}

// stored reports whether articles have numbers that were given, and none of them was lost.
func (s *Store) stored(ctx context.Context, seqs ...int64) (bool, error) {
	ctx = context.WithoutCancel(ctx)
	known := s.gaps.Load()
	if high := slices.Max(seqs); known == nil || high > int64(s.last.Load()) {
		last, err := lastArticle(ctx, s.r)
		if err != nil {
			return false, err
		}
		s.last.Store(uint32(last))
		if known == nil { // what is stored later is not lost
			if known, err = findGaps(ctx, s.r, last); err != nil {
				return false, err
			}
			s.gaps.Store(known)
		}
		if high > last {
			return false, nil
		}
	}
	return slices.Min(seqs) > 0 && !slices.ContainsFunc(seqs, known.has), nil
}
