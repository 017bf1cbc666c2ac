package storage

import (
	"context"
	"database/sql"

	"dedupe/similarity"
)

// This file is what judging everything again reads: all rows of a table in
// ranges of numbers.

// PairsIn yields the stored pairs whose later article is in [from, to), in the
// order of that one.
func (s *Store) PairsIn(ctx context.Context, from, to uint32, yield func(PairRow) error) error {
	return s.rows(ctx, "read pairs", func(rows *sql.Rows) error {
		var p PairRow
		var evidence sql.RawBytes
		err := rows.Scan(&p.A, &p.B, &p.Verdict.Kind, &evidence)
		if err != nil {
			return err
		}
		if p.Verdict.Evidence, err = similarity.Unpack(evidence); err != nil {
			return err
		}
		if s.foreign(max(p.A, p.B)) {
			return nil
		}
		return yield(p)
	}, "SELECT a, b, kind, evidence FROM pair WHERE b >= ? AND b < ? ORDER BY b, a", from, to)
}

// Parts yields what clusters need to know of each current article.
func (s *Store) Parts(ctx context.Context, yield func(seq uint32, p Part) error) error {
	return s.rows(ctx, "read articles", func(rows *sql.Rows) error {
		var seq uint32
		var p Part
		var key sql.RawBytes
		if err := rows.Scan(&seq, &p.Cluster, &p.Outlet, &p.Effective, &p.Words, &p.Agency, &key); err != nil {
			return err
		}
		if s.foreign(seq) {
			return nil
		}
		copy(p.Key[:], key)
		return yield(seq, p)
	}, "SELECT seq, coalesce(cluster, 0), outlet, effective, words, agency, key FROM article WHERE current = 1 ORDER BY seq")
}

// Representatives yields the living clusters with who represents them and why.
func (s *Store) Representatives(ctx context.Context, yield func(ClusterRow) error) error {
	return s.rows(ctx, "read clusters", func(rows *sql.Rows) error {
		var c ClusterRow
		if err := rows.Scan(&c.ID, &c.Representative, &c.Reason); err != nil {
			return err
		}
		return yield(c)
	}, "SELECT id, representative, reason FROM cluster WHERE successor IS NULL")
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
