package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
)

// copyBytes is how much of a table Copy holds and writes in one transaction.
const copyBytes = 32 << 20

// Copy writes every row of this database into a new one at path: table by
// table, in the order of the keys, a prepared statement each, in transactions
// of at most so many rows. It returns how many rows that were and how long
// writing them took, reading them not counted: what a run that stores them can
// never be faster than.
func (s *Store) Copy(ctx context.Context, path string, rows int, now func() time.Time) (written int, took time.Duration, err error) {
	fresh, err := Open(ctx, path, Options{})
	if err != nil {
		return 0, 0, err
	}
	defer func() {
		start := now()
		err = errors.Join(err, fresh.Close()) // folds the log into the file
		took += now().Sub(start)
	}()
	tables, err := s.tables(ctx)
	if err != nil {
		return 0, 0, fail("read tables", s.path, err)
	}
	for _, table := range tables {
		err := s.chunks(ctx, table, rows, func(list [][]any) error {
			start := now()
			err := fresh.insert(ctx, table, list)
			took += now().Sub(start)
			written += len(list)
			return err
		})
		if err != nil {
			return written, took, fail("copy table "+table, path, err)
		}
	}
	return written, took, nil
}

// tables returns the names of the tables, each after those it refers to.
func (s *Store) tables(ctx context.Context) (names []string, err error) {
	rows, err := s.r.QueryContext(ctx, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY rowid")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// chunks reads a table in parts.
func (s *Store) chunks(ctx context.Context, table string, most int, write func([][]any) error) error {
	rows, err := s.r.QueryContext(ctx, fmt.Sprintf("SELECT * FROM %q", table))
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	var list [][]any
	held := 0
	flush := func() error {
		if len(list) == 0 {
			return nil
		}
		err := write(list)
		list, held = list[:0], 0
		return err
	}
	for rows.Next() {
		row := make([]any, len(columns))
		to := make([]any, len(columns))
		for i := range row {
			to[i] = &row[i]
		}
		if err := rows.Scan(to...); err != nil {
			return err
		}
		for _, v := range row {
			if data, ok := v.([]byte); ok {
				held += len(data)
			}
		}
		if list = append(list, row); len(list) >= most || held >= copyBytes {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return flush()
}

func (s *Store) insert(ctx context.Context, table string, list [][]any) error {
	return s.transact(ctx, "write rows", aside, func(tx *sql.Tx) error {
		marks := strings.TrimSuffix(strings.Repeat("?,", len(list[0])), ",")
		stmt, err := tx.PrepareContext(ctx, fmt.Sprintf("INSERT OR REPLACE INTO %q VALUES (%s)", table, marks))
		if err != nil {
			return err
		}
		defer stmt.Close()
		for _, row := range list {
			if _, err := stmt.Exec(row...); err != nil {
				return err
			}
		}
		return nil
	})
}

// Trial writes the whole database into a new file at path and opens that, to try on it what
// would be stored here. What is damaged here is so there, and told of in the same way.
func (s *Store) Trial(ctx context.Context, path string) (*Store, error) {
	if _, err := s.w.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return nil, fail("copy database", s.path, err)
	}
	return Open(ctx, path, Options{Damaged: s.damaged})
}
