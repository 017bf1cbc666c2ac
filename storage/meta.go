package storage

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
)

// Meta returns a fact of the whole file, or "" when it is not known.
func (s *Store) Meta(ctx context.Context, name string) (value string, err error) {
	err = s.r.QueryRowContext(ctx, "SELECT value FROM meta WHERE name = ?", name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, fail("read "+name, s.path, err)
}

// What is noted of Options.Program.
const (
	metaBegunBy = "begun by"
	metaLastBy  = "last run by"
)

// Makers returns which versions of the program, with their schema, began to fill the database and did the last run. "" is not
// known: they are older than this note.
func (s *Store) Makers(ctx context.Context) (first, last string, err error) {
	if first, err = s.Meta(ctx, metaBegunBy); err == nil {
		last, err = s.Meta(ctx, metaLastBy)
	}
	return first, last, err
}

// Store is the store of the view, for facts of the whole file.
func (v *View) Store() *Store { return v.s }

// SetMeta stores facts of the whole file that runs go by, all or none.
func (s *Store) SetMeta(ctx context.Context, facts map[string]string) error {
	return s.setMeta(ctx, asBatch.lasting(), facts)
}

// SetMark stores a fact that no run goes by, also while one is at work.
func (s *Store) SetMark(ctx context.Context, name, value string) error {
	return s.setMeta(ctx, aside.lasting(), map[string]string{name: value})
}

func (s *Store) setMeta(ctx context.Context, how manner, facts map[string]string) error {
	return s.transact(ctx, "store facts", how, func(tx *sql.Tx) error {
		for _, name := range slices.Sorted(maps.Keys(facts)) {
			if _, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", name, facts[name]); err != nil {
				return err
			}
		}
		return nil
	})
}
