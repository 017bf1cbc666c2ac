package storage

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
)

// Options of Open.
type Options struct {
	ReadOnly bool // nothing is written, not even a migration
	Compress bool // new bodies are compressed; old ones are read either way

	// Mode is the rights of a file that is made, before the umask; 0 is DefaultMode. SQLite
	// gives its own files beside it the same ones.
	Mode fs.FileMode

	// Damaged is told of each stored row that cannot be read and was stepped over, of one
	// row perhaps more than once, by several goroutines. Without it such a row is a failure.
	Damaged func(Damage)

	// MaxPages bounds the file, in pages of 8 KiB; 0 is no bound. A write beyond
	// it fails with ErrFull like a full disk.
	MaxPages int

	// NoCopy brings an older database up to date without a copy of it beforehand. Updated is told of
	// one that is older, and where its copy is, if one was made; it may be nil.
	NoCopy  bool
	Updated func(schema int, copied string)

	// Program is the version of what writes, which the database notes; "": nothing is noted.
	Program string

	// VFS names what SQLite opens files by, so that tests can let them fail; "" is the default.
	VFS string
}

// DefaultMode is the rights of a new database: texts of others are in it.
const DefaultMode fs.FileMode = 0o640

// Store is an open database: one connection that writes and a pool that reads.
// In WAL mode readers see the last committed state and never wait for the
// writer. Its methods may be called by several goroutines.
type Store struct {
	path  string  // as given, for errors
	by    string  // Options.Program
	w     *sql.DB // one connection; nil when read only
	r     *sql.DB
	codec codec

	damaged func(Damage)  // Options.Damaged
	last    atomic.Uint32 // an article that is stored, and mostly the last one
	// Of one that is written, what tells whether nobody else has done so meanwhile.
	turn     *turn
	identity *identity
	lost     atomic.Pointer[error] // the file was replaced
	gaps     atomic.Pointer[gaps]  // numbers of which there is no article
	bound    atomic.Uint32         // articles from here on were stored by somebody else
}

// Open opens the database at path, makes it when there is none, and brings an
// older one up to the present schema, one transaction a step. A file that is
// not ours is left untouched. Failures are *Error.
func Open(ctx context.Context, path string, opt Options) (*Store, error) {
	const op = "open database"
	full, err := resolve(path)
	if err != nil {
		return nil, fail(op, path, err)
	}
	if err := checkMagic(full); err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, fail(op, path, err)
		}
		if opt.ReadOnly {
			return nil, &Error{Op: op, Path: path, Err: fs.ErrNotExist,
				Hint: "name the database by --db, or make one by `dedupe ingest FILE`"}
		}
	}
	// The identity is read before any connection is opened the usual way, for
	// that one would turn another program's file to WAL.
	version, err := inspect(ctx, full, opt)
	if err != nil {
		return nil, fail(op, path, err)
	}
	if version == 0 && opt.ReadOnly {
		return nil, &Error{Op: op, Path: path, Kind: ErrEmpty, Hint: "take something in by `dedupe run` or `dedupe ingest`"}
	}
	if version > schemaVersion || opt.ReadOnly && version < schemaVersion {
		return nil, versionError(path, version, schemaVersion)
	}

	s := &Store{path: path, by: opt.Program, damaged: opt.Damaged, turn: newTurn()}
	if s.codec, err = newCodec(opt.Compress); err != nil {
		return nil, fail(op, path, err)
	}
	if !opt.ReadOnly {
		before, _ := statFile(full) // nil: there is none yet
		if before == nil {
			if err := create(full, cmp.Or(opt.Mode, DefaultMode)); err != nil {
				return nil, fail(op, path, err)
			}
		}
		s.w = sql.OpenDB(newConnector(full, writerPragmas(opt), opt.by("rwc"), "immediate"))
		s.w.SetMaxOpenConns(1)
		if err := s.bringUp(ctx, full, version, opt); err != nil {
			return nil, errors.Join(fail("migrate database", path, err), s.Close())
		}
		if s.identity, err = newIdentity(ctx, op, path, full, opt, before); err == nil {
			err = s.Refresh(ctx)
		}
		if err != nil {
			return nil, errors.Join(fail(op, path, err), s.Close())
		}
	}
	s.r = sql.OpenDB(newConnector(full, readerPragmas, opt.by("ro"), "deferred"))
	s.r.SetMaxOpenConns(max(4, runtime.NumCPU()))
	if err := s.r.PingContext(ctx); err != nil {
		return nil, errors.Join(fail(op, path, err), s.Close())
	}
	return s, nil
}

// Close lets the engine fold the write-ahead log into the file when this was
// the last user, and closes all connections. It fails when the file was replaced
// since the last transaction.
func (s *Store) Close() error {
	const op = "close database"
	defer s.codec.close()
	if s.identity != nil && s.lost.Load() == nil && s.r != nil {
		err := s.transact(context.Background(), op, aside, func(*sql.Tx) error { return nil })
		if errors.Is(err, ErrReplaced) {
			return errors.Join(err, fail(op, s.path, s.closeReplaced(err)))
		}
	}
	if lost := s.lost.Load(); lost != nil {
		return fail(op, s.path, s.closeReplaced(*lost))
	}
	var errs []error
	if s.r != nil { // readers first: the writer then is last and folds the log
		errs = append(errs, s.r.Close())
	}
	if s.w != nil {
		// Statistics for the query planner, gathered only where they are stale;
		// a failure costs speed and nothing else.
		_, _ = s.w.Exec("PRAGMA optimize")
		errs = append(errs, s.w.Close())
	}
	return fail(op, s.path, errors.Join(errs...))
}

// create makes an empty file, unless somebody else just has.
func create(path string, mode fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, mode)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// inTx runs fn in a transaction of a database or of one connection to it.
func inTx(ctx context.Context, db interface {
	BeginTx(context.Context, *sql.TxOptions) (*sql.Tx, error)
}, fn func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		_ = tx.Rollback() // SQLite may have rolled back by itself (full disk)
		return stopped(ctx, err)
	}
	return stopped(ctx, tx.Commit())
}

// stopped names the end of ctx as the cause of what failed after it: the driver
// says only that the transaction is gone.
func stopped(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return errors.Join(ctx.Err(), err)
	}
	return err
}

// resolve makes path absolute and follows links, so that one file has one lock
// and one log however it is named.
func resolve(path string) (string, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(full); err == nil {
		// A pipe would be waited for, and a device has no end.
		if info, err := os.Stat(real); err == nil && !info.Mode().IsRegular() {
			return "", &Error{Op: "open database", Path: path, Kind: ErrNotDatabase, Err: errors.New("no regular file"), Hint: hintNotDatabase}
		}
		return real, nil
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(full)) // a file still to be made
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, filepath.Base(full)), nil
}

// checkMagic tells a file that is no database before SQLite opens it: SQLite
// would take a short one for a damaged database, and an empty one as new.
func checkMagic(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	head := make([]byte, 16)
	switch n, err := io.ReadFull(f, head); {
	case n == 0 && err == io.EOF:
		return nil
	case err != nil && err != io.ErrUnexpectedEOF:
		return err
	case string(head[:n]) != "SQLite format 3\x00":
		return &Error{Op: "open database", Path: path, Kind: ErrNotDatabase, Hint: hintNotDatabase}
	}
	return nil
}
