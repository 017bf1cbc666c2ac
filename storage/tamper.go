package storage

import (
	"context"
	"database/sql"
	"errors"
)

// Tamper changes the rows of a database by a statement of SQL, as another program or a failing
// disk could, and returns how many. It is for tests of what reads damaged rows, and knows
// nothing of locks.
func Tamper(ctx context.Context, path, statement string) (rows int64, err error) {
	full, err := resolve(path)
	if err != nil {
		return 0, err
	}
	db := sql.OpenDB(newConnector(full, []string{"busy_timeout = 10000"}, "rw", "immediate"))
	defer func() { err = errors.Join(err, db.Close()) }()
	r, err := db.ExecContext(ctx, statement)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}
