package storage

import (
	"context"
	"database/sql"
	"iter"
	"time"

	"dedupe/article"
)

// Skip is a pair that a person was asked about and did not decide.
type Skip struct {
	A, B    article.Key // A < B
	Skipped time.Time
}

// NewSkip returns a skip of two articles in either order.
func NewSkip(a, b article.Key, at time.Time) Skip {
	d := NewDecision(a, b, false, at, "")
	return Skip{d.A, d.B, at}
}

// Skip notes that a pair was skipped; with undo, that it was not. A decision on
// the pair takes the note away.
func (s *Store) Skip(ctx context.Context, k Skip, undo bool) error {
	return s.transact(ctx, "store skipped pair", aside.lasting(), func(tx *sql.Tx) (err error) {
		if undo {
			_, err = tx.ExecContext(ctx, unskip, k.A[:], k.B[:])
		} else {
			_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO skip (a, b, skipped) VALUES (?, ?, ?)", k.A[:], k.B[:], k.Skipped.Unix())
		}
		return err
	})
}

const unskip = "DELETE FROM skip WHERE a = ? AND b = ?"

// Skips yields the skipped pairs, in the order of their keys.
func (v *View) Skips(ctx context.Context) iter.Seq2[Skip, error] {
	scan := func(r row) (k Skip, err error) {
		var a, b []byte
		var at int64
		if err = unreadable("skip", r.Scan(&a, &b, &at), a, b); err == nil {
			err = keysOf("skip", &k.A, a, &k.B, b)
		}
		k.Skipped = unix(at)
		return k, err
	}
	return stream(ctx, v, "read skipped pairs", scan, "SELECT a, b, skipped FROM skip ORDER BY a, b")
}
