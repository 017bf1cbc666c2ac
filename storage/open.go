package storage

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// Options of Open.
type Options struct {
	ReadOnly bool // nothing is written, not even a migration
	Compress bool // new bodies are stored as zstd frames; old ones are read either way

	// MaxPages bounds the file, in pages of 8 KiB; 0 is no bound. A write beyond
	// it fails with ErrFull like a full disk.
	MaxPages int
}

// Store is an open database: one connection that writes and a pool that reads.
// In WAL mode readers see the last committed state and never wait for the
// writer. Its methods may be called by several goroutines.
type Store struct {
	path  string  // as given, for errors
	file  string  // absolute, links followed
	w     *sql.DB // one connection; nil when read only
	r     *sql.DB
	codec codec
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
				Hint: "name the database by --db, or make one by `dedupe run` or `dedupe ingest`"}
		}
	}
	// The identity is read before any connection is opened the usual way, for
	// that one would turn another program's file to WAL.
	version, err := inspect(ctx, full, opt.ReadOnly)
	if err != nil {
		return nil, fail(op, path, err)
	}
	if version > schemaVersion || opt.ReadOnly && version < schemaVersion {
		return nil, versionError(path, version, schemaVersion)
	}

	s := &Store{path: path, file: full}
	if s.codec, err = newCodec(opt.Compress); err != nil {
		return nil, fail(op, path, err)
	}
	if !opt.ReadOnly {
		s.w = sql.OpenDB(newConnector(full, writerPragmas(opt), "rwc", "immediate"))
		s.w.SetMaxOpenConns(1)
		if err := migrate(ctx, s.w, migrations); err != nil {
			return nil, errors.Join(fail("migrate database", path, err), s.Close())
		}
	}
	s.r = sql.OpenDB(newConnector(full, readerPragmas, "ro", "deferred"))
	s.r.SetMaxOpenConns(max(4, runtime.NumCPU()))
	if err := s.r.PingContext(ctx); err != nil {
		return nil, errors.Join(fail(op, path, err), s.Close())
	}
	return s, nil
}

// Path is the path given to Open.
func (s *Store) Path() string { return s.path }

// Close lets the engine fold the write-ahead log into the file when this was
// the last user, and closes all connections.
func (s *Store) Close() error {
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
	s.codec.close()
	return fail("close database", s.path, errors.Join(errs...))
}

// update runs fn in one writing transaction: all of it is stored, or nothing.
func (s *Store) update(ctx context.Context, op string, fn func(*sql.Tx) error) error {
	if s.w == nil {
		return &Error{Op: op, Path: s.path, Kind: ErrReadOnly, Hint: "it was opened for reading"}
	}
	return fail(op, s.path, inTx(ctx, s.w, fn))
}

func inTx(ctx context.Context, db *sql.DB, fn func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := fn(tx); err != nil {
		_ = tx.Rollback() // SQLite may have rolled back by itself (full disk)
		return err
	}
	return tx.Commit()
}

// Pragmas that every connection has. They are set by a connect hook because
// the driver's DSN has no word for page_size, which must come before
// journal_mode on a new file.
func writerPragmas(opt Options) []string {
	p := []string{
		// Larger pages waste less at the end of bodies (of compressed ones 31 % in
		// pages of 4 KiB, 24 % in 8, 11 % in 16), but each new key touches one
		// (1,000 articles into 1,000,000: 8, 13, 19 MB of log). 8 is as fast as 4.
		"page_size = 8192",
		"journal_mode = WAL",
		// In WAL mode NORMAL cannot damage the file; a power cut may take back
		// the last committed batches, which the next run then does again.
		"synchronous = NORMAL",
		"foreign_keys = ON",
		"busy_timeout = 10000",          // ms; people's sqlite3 shells hold locks for moments
		"cache_size = -65536",           // KiB; keeps the inner pages of all indexes at 1,000,000 articles
		"temp_store = MEMORY",           // sorts of one batch; nothing of it need last
		"wal_autocheckpoint = 4000",     // pages: one fold for 32 MB, fewer double writes in bulk loads
		"journal_size_limit = 67108864", // bytes the log is cut back to after a large batch
	}
	if opt.MaxPages > 0 {
		p = append(p, fmt.Sprintf("max_page_count = %d", opt.MaxPages))
	}
	return p
}

// No memory map: it halves the time of look-ups (a page of the largest clusters
// 27 ms for 65), but its pages count as the memory of a run, and a file cut
// short under it kills the process.
var readerPragmas = []string{
	"query_only = ON",
	"foreign_keys = ON",
	"busy_timeout = 10000",
	"cache_size = -8192", // KiB a connection; the operating system caches the rest
	"temp_store = MEMORY",
}

// connector opens connections of one database; it implements driver.Connector,
// so that no driver name is registered for the whole process.
type connector struct {
	dsn    string
	driver *sqlite3.SQLiteDriver
}

func newConnector(path string, pragmas []string, mode, txlock string) *connector {
	// Only these three mean something in an SQLite URI path.
	escaped := strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(filepath.ToSlash(path))
	hook := func(c *sqlite3.SQLiteConn) error {
		for _, p := range pragmas {
			if err := setPragma(c, p); err != nil {
				return fmt.Errorf("set pragma %s: %w", p, err)
			}
		}
		return c.RegisterFunc("contains_folded", containsFolded, true)
	}
	return &connector{
		dsn:    "file:" + escaped + "?mode=" + mode + "&_txlock=" + txlock + "&_stmt_cache_size=64",
		driver: &sqlite3.SQLiteDriver{ConnectHook: hook},
	}
}

// setPragma tries for a second while another process makes the same new file:
// the change to WAL does not wait for busy_timeout.
func setPragma(c *sqlite3.SQLiteConn, pragma string) error {
	const tries, pause = 100, 10 * time.Millisecond
	for try := 1; ; try++ {
		_, err := c.Exec("PRAGMA "+pragma, nil)
		var s sqlite3.Error
		if !errors.As(err, &s) || s.Code != sqlite3.ErrBusy || try == tries {
			return err
		}
		time.Sleep(pause)
	}
}

func (c *connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }
func (c *connector) Driver() driver.Driver                        { return c.driver }

// resolve makes path absolute and follows links, so that one file has one lock
// and one log however it is named.
func resolve(path string) (string, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(full); err == nil {
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
