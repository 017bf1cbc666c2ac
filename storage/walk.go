package storage

import (
	"context"
	"database/sql"
	"encoding/json"

	"dedupe/article"
	"dedupe/candidate"
)

// This file is what judging everything again reads: all rows of a table in
// ranges of numbers.

// PairsIn yields the stored pairs whose later article is in [from, to), in the
// order of that one, damaged ones included.
func (s *Store) PairsIn(ctx context.Context, from, to uint32, yield func(PairRow) error) error {
	return s.pairs(ctx, yield, "b >= ? AND b < ? ORDER BY b, a", from, to)
}

func (s *Store) pairs(ctx context.Context, yield func(PairRow) error, where string, args ...any) error {
	return s.rows(ctx, "read pairs", func(rows *sql.Rows) error {
		p, err := s.pairRow(ctx, rows)
		if err != nil {
			return s.skip(ctx, "read pairs", err)
		}
		if s.foreign(max(p.A, p.B)) {
			return nil
		}
		return yield(p)
	}, "SELECT "+pairRowColumns+figureColumns+" FROM pair WHERE "+where, args...)
}

// EarlierOf yields the stored pairs whose later article is one of those given, distinct and damaged ones
// included.
func (s *Store) EarlierOf(ctx context.Context, articles []uint32, yield func(PairRow) error) error {
	return s.pairs(ctx, yield, "b IN (SELECT value FROM json_each(?))", list(articles))
}

// LaterOf yields the pairs whose earlier article is one of those given, but for those that are noted as
// distinct. Cost: an index alone is read, so that what is damaged of a pair is not seen.
func (s *Store) LaterOf(ctx context.Context, articles []uint32, yield func(a, b uint32) error) error {
	return s.rows(ctx, "read pairs", func(rows *sql.Rows) error {
		var a, b int64
		if err := rows.Scan(&a, &b); err != nil {
			return err
		}
		if is, err := s.stored(ctx, a, b); err != nil || !is || s.foreign(uint32(max(a, b))) {
			return err
		}
		return yield(uint32(a), uint32(b))
	}, "SELECT a, b FROM pair WHERE a IN (SELECT value FROM json_each(?)) AND kind <> 0", list(articles))
}

// list is what json_each makes rows of.
func list[T uint32 | int64](numbers []T) string {
	data, _ := json.Marshal(numbers) // of numbers it never fails
	return string(data)
}

// PartsOf yields what clusters need to know of each of the given articles, but of those that are not there.
func (s *Store) PartsOf(ctx context.Context, articles []uint32, yield func(seq uint32, p Part) error) error {
	return s.parts(ctx, yield, "seq IN (SELECT value FROM json_each(?))", list(articles))
}

// Parts yields what clusters need to know of each current article.
func (s *Store) Parts(ctx context.Context, yield func(seq uint32, p Part) error) error {
	return s.parts(ctx, yield, "current = 1")
}

func (s *Store) parts(ctx context.Context, yield func(seq uint32, p Part) error, where string, args ...any) error {
	return s.rows(ctx, "read articles", func(rows *sql.Rows) error {
		var seq uint32
		var p Part
		if err := p.scan(rows, &seq); err != nil {
			return err
		}
		if s.foreign(seq) {
			return nil
		}
		return yield(seq, p)
	}, "SELECT seq, "+partColumns+" FROM article WHERE "+where+" ORDER BY seq", args...)
}

// Clusters yields the living clusters as they are stored, or the one of a number, but those
// that cannot be read. 0 is the number of all.
func (s *Store) Clusters(ctx context.Context, id int64, yield func(ClusterRow) error) error {
	query, args := "SELECT id, representative, reason, size, outlets, first, last, made, changed FROM cluster WHERE successor IS NULL", []any{}
	if id != 0 {
		query, args = query+" AND id = ?", []any{id}
	}
	return s.rows(ctx, "read clusters", func(rows *sql.Rows) error {
		var c ClusterRow
		var representative int64
		var run int64 // whichever
		if err := rows.Scan(&c.ID, &representative, &c.Reason, &c.Size, &c.Outlets, &c.First, &c.Last, &run, &run); err != nil {
			return s.skip(ctx, "read clusters", unreadable("cluster", err, c.ID))
		}
		c.Representative = uint32(max(0, min(representative, candidate.MaxArticle+1)))
		return yield(c)
	}, query, args...)
}

// Pinned reports whether a person chose the article of a key to represent its cluster.
func (s *Store) Pinned(ctx context.Context, key article.Key) (is bool, err error) {
	err = s.r.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pin WHERE key = ?)", key[:]).Scan(&is)
	return is, fail("read pins", s.path, err)
}

// DropStray removes the pairs of which an article is not stored. Nothing but damage makes any.
func (s *Store) DropStray(ctx context.Context) error {
	return s.update(ctx, "store pairs", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM pair WHERE NOT EXISTS (SELECT 1 FROM article WHERE seq = a)
			OR NOT EXISTS (SELECT 1 FROM article WHERE seq = b)`)
		return err
	})
}

// rows calls scan for each row of an answer until it fails.
func (s *Store) rows(ctx context.Context, op string, scan func(*sql.Rows) error, query string, args ...any) error {
	rows, err := s.r.QueryContext(ctx, query, args...)
	if err != nil {
		return fail(op, s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fail(op, s.path, err)
		}
	}
	return fail(op, s.path, rows.Err())
}

// SetShort marks the articles that have fewer words than are needed to judge,
// and no others, as too short.
func (s *Store) SetShort(ctx context.Context, words int) error {
	return s.update(ctx, "store articles", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE article SET state = (words < ?1) WHERE current = 1 AND state <> (words < ?1)", words)
		return err
	})
}
