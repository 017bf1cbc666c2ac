package storage

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Backup writes a whole, compact copy of the database to dest, which must not
// exist, as it is at one moment: runs may go on meanwhile. It appears under its
// name only when complete. The copy needs room for itself and nothing more.
func (s *Store) Backup(ctx context.Context, dest string) error {
	const op = "back up database to"
	if _, err := os.Lstat(dest); err == nil {
		return &Error{Op: op, Path: dest, Err: fs.ErrExist, Hint: "name a file that does not exist yet"}
	}
	dir, err := os.MkdirTemp(filepath.Dir(dest), ".dedupe-backup-*") // a private place on the same disk
	if err != nil {
		return fail(op, dest, err)
	}
	part := filepath.Join(dir, "part.db")
	// VACUUM INTO rather than SQLite's page by page backup: it reads one
	// snapshot, never starts again because of a writer, and leaves out free pages.
	db := sql.OpenDB(newConnector(s.file, []string{"busy_timeout = 10000"}, "ro", "deferred"))
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", part)
	if err = errors.Join(err, db.Close()); err == nil {
		err = syncFile(part)
	}
	if err == nil {
		err = os.Link(part, dest) // unlike a rename, never replaces a file made meanwhile
		if errors.Is(err, errors.ErrUnsupported) {
			err = os.Rename(part, dest)
		}
	}
	return fail(op, dest, errors.Join(err, os.RemoveAll(dir)))
}

func syncFile(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
