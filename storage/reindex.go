package storage

import (
	"context"
	"database/sql"
)

// This file is what making the index anew stores besides a Batch. Both can be
// done again without harm.

// Credit says whose copy an article is.
type Credit struct {
	Seq    uint32
	Credit string // an agency, or ""
	Agency bool   // it published the article itself
}

// Recredit stores the credits of articles where they differ.
func (s *Store) Recredit(ctx context.Context, list []Credit) error {
	return s.update(ctx, "store credits", func(tx *sql.Tx) error {
		w := &batchWriter{ctx: ctx, tx: tx}
		defer w.close()
		for _, c := range list {
			w.exec("UPDATE article SET credit = ?2, agency = ?3 WHERE seq = ?1 AND (credit <> ?2 OR agency <> ?3)", c.Seq, c.Credit, c.Agency)
		}
		return w.err
	})
}

// Reshingle stores other shingles of passages, and that nothing votes for them yet.
func (s *Store) Reshingle(ctx context.Context, rows []BoilerplateRow) error {
	return s.update(ctx, "store boilerplate", func(tx *sql.Tx) error {
		w := &batchWriter{ctx: ctx, tx: tx}
		defer w.close()
		for _, f := range rows {
			w.exec("UPDATE boilerplate SET shingles = ?, votes = x'' WHERE id = ?", packHashes(f.Shingles), f.ID)
		}
		return w.err
	})
}
