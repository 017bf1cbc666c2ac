package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// SQLiteVersion is the version of SQLite itself, such as 3.51.2.
func SQLiteVersion() string {
	version, _, _ := sqlite3.Version()
	return version
}

// Copied says what a verified copy of a database holds.
type Copied struct {
	Schema int            // its version
	Bytes  int64          // of the file
	Rows   map[string]int // by table
}

// Backup copies the database at path, of any schema that this program knows, into a new file beside
// which nothing else is made, while runs may go on: what is copied is the last committed state at the
// beginning. The copy is read whole (integrity_check), and each of its tables must have as many rows as
// that state; else there is no new file. progress, which may be nil, is told the pages that are done.
// A file that is there already is an error that is fs.ErrExist. Cost: the file is read and written
// once, and the copy read twice; a run's log grows for as long as it takes.
func Backup(ctx context.Context, path, to string, progress func(done, total int)) (c Copied, err error) {
	const op = "back up database"
	full, err := resolve(path)
	if err == nil {
		err = checkMagic(full)
	}
	if err != nil {
		return c, fail(op, path, err)
	}
	if c.Schema, err = inspect(ctx, full, Options{ReadOnly: true}); err != nil {
		return c, fail(op, path, err)
	}
	switch {
	case c.Schema == 0:
		return c, &Error{Op: op, Path: path, Kind: ErrEmpty}
	case c.Schema > schemaVersion:
		return c, versionError(path, c.Schema, schemaVersion)
	}
	info, err := os.Stat(full)
	if err != nil {
		return c, fail(op, path, err)
	}
	made, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, info.Mode().Perm())
	if err != nil {
		return c, fail("make backup", to, err)
	}
	err = made.Close()
	if err == nil {
		c.Rows, err = copyPages(ctx, full, to, progress)
	}
	if err == nil {
		err = c.verify(ctx, to)
	}
	if err == nil {
		err = syncFile(to)
	}
	if err == nil {
		info, err = os.Stat(to)
	}
	if err != nil {
		return c, errors.Join(fail(op, path, err), os.Remove(to))
	}
	c.Bytes = info.Size()
	return c, nil
}

// copyPages copies all pages of one state of a database, and counts the rows of that state.
func copyPages(ctx context.Context, from, to string, progress func(done, total int)) (rows map[string]int, err error) {
	const step = 512 // pages
	source := sql.OpenDB(newConnector(from, []string{"busy_timeout = 10000", "query_only = ON"}, "ro", "deferred"))
	defer source.Close()
	target := sql.OpenDB(newConnector(to, []string{"journal_mode = OFF", "synchronous = OFF"}, "rw", "deferred"))
	defer func() { err = errors.Join(err, target.Close()) }()
	read, err := source.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer read.Close()
	write, err := target.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer write.Close()
	if _, err := read.ExecContext(ctx, "BEGIN"); err != nil { // all that follows is of one state
		return nil, err
	}
	if rows, err = countRows(ctx, read); err != nil {
		return nil, err
	}
	err = write.Raw(func(to any) error {
		return read.Raw(func(from any) error {
			b, err := to.(*sqlite3.SQLiteConn).Backup("main", from.(*sqlite3.SQLiteConn), "main")
			if err != nil {
				return err
			}
			for done := false; !done && err == nil; {
				if done, err = b.Step(step); err == nil {
					err = ctx.Err()
				}
				if progress != nil {
					progress(b.PageCount()-b.Remaining(), b.PageCount())
				}
			}
			return errors.Join(err, b.Finish())
		})
	})
	return rows, err
}

type rowsQueryer interface {
	queryer
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// countRows counts the rows of each table.
func countRows(ctx context.Context, q rowsQueryer) (map[string]int, error) {
	list, err := q.QueryContext(ctx, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
	if err != nil {
		return nil, err
	}
	defer list.Close()
	var names []string
	for list.Next() {
		var name string
		if err := list.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	if err := list.Err(); err != nil {
		return nil, err
	}
	count := make(map[string]int, len(names))
	for _, name := range names {
		var n int
		if err := q.QueryRowContext(ctx, `SELECT count(*) FROM "`+strings.ReplaceAll(name, `"`, `""`)+`"`).Scan(&n); err != nil {
			return nil, err
		}
		count[name] = n
	}
	return count, nil
}

// verify reads the whole of a copy and holds the numbers of its rows against those counted.
func (c *Copied) verify(ctx context.Context, path string) error {
	db := sql.OpenDB(newConnector(path, nil, "ro&immutable=1", "deferred"))
	defer db.Close()
	var found string
	if err := db.QueryRowContext(ctx, "SELECT integrity_check FROM pragma_integrity_check LIMIT 1").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return &Error{Op: "verify copy", Path: path, Kind: ErrCorrupt, Err: errors.New(found), Hint: "`dedupe doctor` says what is damaged; a backup of before it stays the best"}
	}
	rows, err := countRows(ctx, db)
	if err != nil {
		return err
	}
	for name, n := range c.Rows {
		if rows[name] != n {
			return fmt.Errorf("verify copy %s: table %s has %d rows and not %d", printable(path), name, rows[name], n)
		}
	}
	return nil
}

// Restore puts a verified copy of a backup, of any schema that this program knows, in the place of the
// database at path, which may be missing. The caller holds the lock of that. Whoever dies on the way leaves
// the old database or the new one. It fails with ErrBusy where another process has the old one open.
func Restore(ctx context.Context, backup, path string, progress func(done, total int)) (c Copied, err error) {
	const op = "restore database"
	full, err := resolve(path)
	if err != nil {
		return c, fail(op, path, err)
	}
	fresh := full + ".restoring"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) { // of one that died
		return c, fail(op, path, err)
	}
	if c, err = Backup(ctx, backup, fresh, progress); err != nil {
		return c, err
	}
	if was, err := os.Stat(full); err == nil { // whoever could read it can go on to
		if err := os.Chmod(fresh, was.Mode().Perm()); err != nil {
			return c, errors.Join(fail(op, path, err), os.Remove(fresh))
		}
	}
	if err := Replace(ctx, fresh, full); err != nil {
		return c, errors.Join(fail(op, path, err), os.Remove(fresh))
	}
	return c, nil
}

// Replace puts a database that nobody has open in the place of another, which may be missing, and whose log goes. It fails with
// ErrBusy where a process has the other one open.
func Replace(ctx context.Context, fresh, path string) error {
	if err := fold(ctx, path); err != nil {
		return err
	}
	return Rename(fresh, path)
}

// fold folds the log of a database into it and removes that, for else it would be taken for one of the
// database that takes its place. Where there is no readable database the log is put aside.
func fold(ctx context.Context, path string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return setAside(path)
	}
	// In this mode a transaction cannot begin while anybody else has the database open, and closing removes the log.
	db := sql.OpenDB(newConnector(path, []string{"busy_timeout = 1000", "locking_mode = EXCLUSIVE"}, "rw", "deferred"))
	db.SetMaxOpenConns(1)
	defer db.Close()
	var busy, frames, folded int
	_, err := db.ExecContext(ctx, "BEGIN EXCLUSIVE; COMMIT")
	if err == nil {
		err = db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &folded)
	}
	if driver, is := errors.AsType[sqlite3.Error](err); is && (driver.Code == sqlite3.ErrBusy || driver.Code == sqlite3.ErrLocked) || busy != 0 {
		return &Error{Op: "replace database", Path: path, Kind: ErrBusy, Hint: "another process has it open: end that, such as a report or an sqlite3 shell, and try again"}
	}
	if err != nil {
		return errors.Join(db.Close(), setAside(path)) // what is there is no database any more
	}
	return db.Close()
}

// setAside renames the log of a database that is gone to FILE-wal.old.
func setAside(path string) error {
	err := os.Rename(path+"-wal", path+"-wal.old")
	if shm := os.Remove(path + "-shm"); shm != nil && !errors.Is(shm, fs.ErrNotExist) {
		err = errors.Join(err, shm)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Rename puts a file in the place of another, so that after a power cut one of the two is there.
func Rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncFile(filepath.Dir(to))
}

// syncFile has the disk keep a file, or the names in a folder. Systems that cannot keep names alone do
// that by themselves.
func syncFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrInvalid) {
		return err
	}
	return nil
}
