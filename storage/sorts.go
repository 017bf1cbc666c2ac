package storage

import (
	"context"
	"database/sql"
)

// Sorts yields the outlet and the language of every version of every article.
func (s *Store) Sorts(ctx context.Context, yield func(seq uint32, outlet, language string) error) error {
	return s.rows(ctx, "read articles", func(rows *sql.Rows) error {
		var seq uint32
		var outlet, language string
		if err := rows.Scan(&seq, &outlet, &language); err != nil {
			return err
		}
		if s.foreign(seq) {
			return nil
		}
		return yield(seq, outlet, language)
	}, "SELECT a.seq, coalesce(o.name, ''), a.language FROM article a LEFT JOIN outlet o ON o.id = a.outlet ORDER BY a.seq")
}
