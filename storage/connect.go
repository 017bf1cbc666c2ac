package storage

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	sqlite3 "github.com/mattn/go-sqlite3"
)

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
		// the last committed batches, which the next run then does again. What is
		// not to be taken back is stored in a lasting manner.
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
		return errors.Join(c.RegisterFunc("contains_folded", containsFolded, true), c.RegisterFunc("published_day", publishedDay, true))
	}
	return &connector{
		dsn:    "file:" + escaped + "?mode=" + mode + "&_txlock=" + txlock + "&_stmt_cache_size=64",
		driver: &sqlite3.SQLiteDriver{ConnectHook: hook},
	}
}

// by is a mode of the DSN, with the VFS if there is one.
func (opt *Options) by(mode string) string {
	if opt.VFS != "" {
		mode += "&vfs=" + opt.VFS
	}
	return mode
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
