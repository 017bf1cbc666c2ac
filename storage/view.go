package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"
)

// View is the database as it was at one moment: a report made of many
// questions is of one piece while runs go on. Close it soon, for the
// write-ahead log grows while a View is open. It is for one goroutine.
type View struct {
	tx *sql.Tx
	s  *Store
}

// View opens one. It ends with Close, or with ctx.
func (s *Store) View(ctx context.Context) (*View, error) {
	tx, err := s.r.BeginTx(ctx, nil)
	if err != nil {
		return nil, fail("read database", s.path, err)
	}
	return &View{tx: tx, s: s}, nil
}

// Close ends the view. Closing twice does nothing.
func (v *View) Close() {
	_ = v.tx.Rollback() // it wrote nothing
}

// row is what scan functions read from: *sql.Rows or *sql.Row.
type row interface{ Scan(dest ...any) error }

// stream runs a query when it is ranged over and yields its rows as they come,
// so that any number of them takes the memory of one. A damaged row is stepped over.
// An error is yielded last.
func stream[T any](ctx context.Context, v *View, op string, scan func(row) (T, error), query string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		rows, err := v.tx.QueryContext(ctx, query, args...)
		if err != nil {
			yield(zero, fail(op, v.s.path, err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			t, err := scan(rows)
			if err != nil {
				if err = v.s.skip(ctx, op, err); err == nil {
					continue
				}
				yield(zero, fail(op, v.s.path, err))
				return
			}
			if !yield(t, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(zero, fail(op, v.s.path, err))
		}
	}
}

// collect gathers a stream that is known to be short.
func collect[T any](seq iter.Seq2[T, error]) ([]T, error) {
	var all []T
	for t, err := range seq {
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

// only returns the first of a stream, and ErrNotFound of what when it is empty.
func only[T any](seq iter.Seq2[T, error], what string, id any) (T, error) {
	for t, err := range seq {
		return t, err
	}
	var zero T
	return zero, notFound(what, id)
}

// one returns the one row that a query asks for: ErrNotFound of what when it is not
// there, and a Damage where it cannot be read, of which it tells and which counts as not found.
func one[T any](ctx context.Context, v *View, op string, scan func(row) (T, error), what string, id any, query string, args ...any) (t T, err error) {
	if t, err = scan(v.tx.QueryRowContext(ctx, query, args...)); errors.Is(err, sql.ErrNoRows) {
		return t, notFound(what, id)
	}
	return t, v.missing(ctx, op, what, id, err)
}

// missing tells of a damaged row that was asked for. Who asks for what may not be there goes on
// without it.
func (v *View) missing(ctx context.Context, op, what string, id any, err error) error {
	if IsDamage(err) && v.s.skip(ctx, op, err) == nil {
		return errors.Join(fail(op, v.s.path, err), notFound(what, id))
	}
	return fail(op, v.s.path, err)
}

func notFound(what string, id any) error { return fmt.Errorf("find %s %v: %w", what, id, ErrNotFound) }

// unix is the time of a column. What lies outside the years 1 to 9999, which no date of
// an article does, is at the end of them: such a time has no form in RFC 3339.
func unix(seconds int64) time.Time {
	return time.Unix(min(max(seconds, firstSecond), lastSecond), 0).UTC()
}

const (
	firstSecond = -62135596800 // 0001-01-01T00:00:00Z
	lastSecond  = 253402300799 // 9999-12-31T23:59:59Z
)
