package storage

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// identity tells whether the file at a path is still the one that was opened.
// SQLite writes on into a file that was moved or removed, and mixes its log into one
// that was written over; either would be called a success.
//
//	mv, rm, a backup put in its place   another file at the path        each transaction
//	cp over it, truncation              the same file, another content  when size or time of the file changed
//	the log moved or removed            another file at path-wal        each transaction
//
// The file is never opened to look at it: closing it would drop the locks that
// SQLite holds on it for this process (POSIX advisory locks).
type identity struct {
	path      string // as it was named, so that a link that leads elsewhere is noticed
	full, log string
	opt       Options // by which it was opened
	file, wal os.FileInfo

	mu      sync.Mutex // of what follows
	size    int64      // of the file, when its content was last looked at
	time    time.Time
	content content
}

// content is what of a file itself, without its log, tells its age.
type content struct {
	writer  string // value of metaWriter
	run     int64
	unknown bool // the file could not be read without its log: that is folded in half
}

// statFile is os.Stat, and on Windows reads at once what tells files apart.
func statFile(name string) (os.FileInfo, error) {
	info, err := os.Stat(name)
	if err == nil {
		os.SameFile(info, info)
	}
	return info, err
}

// newIdentity notes what was opened. before is the file as it was before; nil:
// there was none.
func newIdentity(ctx context.Context, op, path, full string, opt Options, before os.FileInfo) (*identity, error) {
	named, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	i := &identity{path: named, full: full, log: full + "-wal", opt: opt}
	if i.file, err = statFile(full); err != nil {
		return nil, err
	}
	if before != nil && !os.SameFile(before, i.file) {
		return nil, replaced(op, path, "another file was put in its place while it was opened", "run again")
	}
	if i.wal, err = statFile(i.log); err != nil {
		return nil, err
	}
	i.size, i.time = i.file.Size(), i.file.ModTime()
	// A kill or a full disk leaves a log that is folded in half. With it the file is whole.
	if i.content, err = i.read(ctx); err != nil {
		i.content = content{unknown: true}
	}
	return i, ctx.Err()
}

// check looks for another file in the place of the database or its log. It is for
// any goroutine and costs two calls of the operating system.
func (i *identity) check(op, path string) error {
	const when = "replace a database only while no run is at work"
	file, err := os.Stat(i.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return replaced(op, path, "it was moved or removed during the run",
			"what this run stored is in the file that was moved, or lost: bring that back or restore a backup, then run again; "+when)
	case err != nil:
		return err
	case !os.SameFile(i.file, file):
		return replaced(op, path, "another file was put in its place during the run",
			"the new file was left alone, and what this run stored went with the old one: run again; "+when)
	}
	wal, err := os.Stat(i.log)
	if err == nil && os.SameFile(i.wal, wal) {
		return nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return replaced(op, path, "its log "+printable(i.log)+" was moved or removed during the run",
		"look at the database by `dedupe doctor`, then run again; the log is a part of the database")
}

// checkContent looks whether the file was written over. The caller's transaction
// keeps all others from writing, or something has failed already, and last is the writer that it sees: what the file
// holds without its log was stored by then, and not before what it held at the last
// look.
func (i *identity) checkContent(ctx context.Context, op, path, last string) error {
	file, err := os.Stat(i.full)
	if err != nil {
		return err
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if !i.content.unknown && file.Size() == i.size && file.ModTime().Equal(i.time) {
		return nil
	}
	// The log is folded into the file now and then, which somebody else may be doing
	// at this moment.
	for range 5 {
		var now content
		if now, err = i.read(ctx); err == nil {
			was, is, latest := writerOf(i.content.writer).Count, writerOf(now.writer).Count, writerOf(last).Count
			between := was < is && is < latest || now.writer == i.content.writer || now.writer == last
			if now.run < i.content.run || !between {
				if !i.readable(ctx) {
					break
				}
				return overwritten(op, path)
			}
			i.size, i.time, i.content = file.Size(), file.ModTime(), now
			return nil
		}
		if i.content.unknown {
			return ctx.Err() // there is nothing to compare it with
		}
		time.Sleep(100 * time.Millisecond)
	}
	if driver, is := errors.AsType[sqlite3.Error](err); file.Size() < i.size || is && driver.Code == sqlite3.ErrNotADB {
		return overwritten(op, path) // folding neither shortens a file nor touches its first bytes
	}
	// What else cannot be read without the log may be folded in half, by a disk that
	// was full: then the log must stay. If something was written over it, SQLite says so.
	i.content.unknown = true
	return ctx.Err()
}

// mark folds the log into the file when a run has begun, so that no copy of the file
// from before it has the same content.
func (s *Store) mark(ctx context.Context) error {
	if _, err := s.w.ExecContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)"); err != nil {
		return fail("begin run", s.path, err)
	}
	return s.transact(ctx, "begin run", aside, func(*sql.Tx) error { return nil })
}

// read reads the file without its log. A new one has no tables in it yet.
func (i *identity) read(ctx context.Context) (c content, err error) {
	db := sql.OpenDB(newConnector(i.full, nil, i.opt.by("ro&immutable=1"), "deferred"))
	defer db.Close()
	var tables int
	err = db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name IN ('meta', 'run')").Scan(&tables)
	if err != nil || tables < 2 {
		return c, err
	}
	if c.writer, err = lastWriter(ctx, db); err == nil {
		err = db.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM run").Scan(&c.run)
	}
	return c, err
}

// readable reports whether the tables that are read are whole without the log. Where a write failed
// while the log was folded, a page may be half of one state and half of another: rows that were
// never stored are read from it, and only the log can mend it.
func (i *identity) readable(ctx context.Context) bool {
	db := sql.OpenDB(newConnector(i.full, nil, i.opt.by("ro&immutable=1"), "deferred"))
	defer db.Close()
	var meta, run string
	err := db.QueryRowContext(ctx, "SELECT m.quick_check, r.quick_check FROM pragma_quick_check('meta') m, pragma_quick_check('run') r").Scan(&meta, &run)
	return err == nil && meta == "ok" && run == "ok"
}

func replaced(op, path, what, hint string) error {
	return &Error{Op: op, Path: path, Kind: ErrReplaced, Err: errors.New(what), Hint: hint}
}

// errOverwritten marks the replacement that leaves the file and changes what it holds.
var errOverwritten = errors.New("another content was written over it during the run")

func overwritten(op, path string) error {
	return &Error{Op: op, Path: path, Kind: ErrReplaced, Err: errOverwritten,
		Hint: "its log, which belongs to the old content, was put aside as FILE-wal.old: look at the database by `dedupe doctor` and run again; replace a database only while no run is at work"}
}

// noteReplaced remembers that the file was replaced, for Close.
func (s *Store) noteReplaced(err error) error {
	if errors.Is(err, ErrReplaced) {
		s.lost.CompareAndSwap(nil, &err)
	}
	return err
}

// closeReplaced closes the writer of a file that was replaced so that what stands in
// its place now is left alone, and so that the log, which belongs to the old file, is
// not taken for one of the new. The log is folded into the old file, wherever that was
// moved, unless another content was written over that.
func (s *Store) closeReplaced(err error) error {
	mine := func() bool {
		wal, err := os.Stat(s.identity.log)
		return err == nil && os.SameFile(s.identity.wal, wal)
	}
	old := s.identity.log + ".old"
	if errors.Is(err, errOverwritten) {
		if mine() {
			return os.Rename(s.identity.log, old)
		}
		return nil // the connections stay open: closed, they would fold the log
	}
	if !mine() {
		s.keepLog()
	}
	closed := s.r.Close()
	// SQLite does so by itself only while the file has its name.
	var busy, frames, folded int
	failed := s.w.QueryRow("PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &folded)
	closed = errors.Join(closed, s.w.Close())
	switch {
	case !mine():
		return closed
	case failed != nil || busy != 0:
		return errors.Join(closed, os.Rename(s.identity.log, old))
	}
	return errors.Join(closed, os.Remove(s.identity.log))
}

// keepLog has SQLite leave the files of the log alone when it closes.
func (s *Store) keepLog() {
	c, err := s.w.Conn(context.Background())
	if err != nil {
		return
	}
	defer c.Close()
	_ = c.Raw(func(driver any) error {
		return driver.(*sqlite3.SQLiteConn).SetFileControlInt("main", sqlite3.SQLITE_FCNTL_PERSIST_WAL, 1)
	})
}
