package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"iter"
)

// Furniture yields all furniture, oldest first.
func (v *View) Furniture(ctx context.Context) iter.Seq2[FurnitureRow, error] {
	return stream(ctx, v, "read furniture", scanFurniture, furnitureQuery)
}

// Furniture reads all furniture, oldest first.
func (s *Store) Furniture(ctx context.Context) ([]FurnitureRow, error) {
	v, err := s.View(ctx)
	if err != nil {
		return nil, err
	}
	defer v.Close()
	return collect(v.Furniture(ctx))
}

const furnitureQuery = "SELECT id, state, run, example, passage, shingles FROM furniture ORDER BY id"

func scanFurniture(r row) (f FurnitureRow, err error) {
	var shingles []byte
	err = r.Scan(&f.ID, &f.State, &f.Run, &f.Example, &f.Passage, &shingles)
	for ; len(shingles) >= 8; shingles = shingles[8:] {
		f.Shingles = append(f.Shingles, binary.BigEndian.Uint64(shingles))
	}
	return f, err
}

// A person's decisions on furniture. They are made under the lock: a run holds
// in memory what it has read.

// Block stores a passage that a person holds to be furniture and returns its
// number. The database must have seen a run, to which the decision is added.
func (s *Store) Block(ctx context.Context, passage string, shingles []uint64) (id int64, err error) {
	err = s.update(ctx, "store furniture", func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, `INSERT INTO furniture (state, run, example, passage, shingles)
			SELECT ?, max(id), 0, ?, ? FROM run HAVING max(id) IS NOT NULL`, Blocked, passage, packHashes(shingles))
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return notFound("run", "in an empty database")
		}
		id, err = r.LastInsertId()
		return err
	})
	return id, err
}

// SetFurnitureState changes who decided on a passage: Allowed, or Learned to
// take that back. It returns ErrNotFound when there is no such passage.
func (s *Store) SetFurnitureState(ctx context.Context, id int64, state FurnitureState) error {
	return s.furniture(ctx, id, "UPDATE furniture SET state = ?2 WHERE id = ?1", id, state)
}

// ForgetFurniture removes a passage, or returns ErrNotFound. It may be learned
// again.
func (s *Store) ForgetFurniture(ctx context.Context, id int64) error {
	return s.furniture(ctx, id, "DELETE FROM furniture WHERE id = ?1", id)
}

// furniture runs a statement that changes one row.
func (s *Store) furniture(ctx context.Context, id int64, query string, args ...any) error {
	return s.update(ctx, "store furniture", func(tx *sql.Tx) error {
		r, err := tx.ExecContext(ctx, query, args...)
		if err != nil {
			return err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return notFound("furniture", id)
		}
		return nil
	})
}
