package storage

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// What can be wrong with a database, for errors.Is. The error a person sees is
// an *Error, which adds the file and what to do.
var (
	ErrNotDatabase = errors.New("not an SQLite database")
	ErrForeign     = errors.New("database of another program")
	ErrNewer       = errors.New("database of a newer dedupe")
	ErrEmpty       = errors.New("database is empty")
	ErrOlder       = errors.New("database of an older dedupe")
	ErrReadOnly    = errors.New("database cannot be written")
	ErrFull        = errors.New("disk is full")
	ErrBusy        = errors.New("database is in use by another program")
	ErrCorrupt     = errors.New("database is damaged")
	ErrNotFound    = errors.New("not found")
	ErrOvertaken   = errors.New("another run has begun")
	ErrReplaced    = errors.New("database was replaced")
)

// Error is a failure of the database file.
type Error struct {
	Op   string // verb and noun: "open database"
	Path string
	Kind error  // one of the sentinels above, or nil
	Err  error  // what the engine said; may be nil where Kind says all
	Hint string // what a person can do, or ""
}

// Error gives the operation, the file, the cause and the hint in one line.
func (e *Error) Error() string {
	s := e.Op + " " + printable(e.Path)
	if e.Kind != nil {
		s += ": " + e.Kind.Error()
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	if e.Hint != "" {
		s += "; " + e.Hint
	}
	return s
}

// printable quotes a name that a terminal may obey.
func printable(name string) string {
	if utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return name
	}
	return strconv.Quote(name)
}

// Unwrap gives Kind and Err to errors.Is and errors.As.
func (e *Error) Unwrap() []error {
	var errs []error
	if e.Kind != nil {
		errs = append(errs, e.Kind)
	}
	if e.Err != nil {
		errs = append(errs, e.Err)
	}
	return errs
}

// fail wraps err once as an *Error of path, and leaves nil and what is an
// *Error already alone.
func fail(op, path string, err error) error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	e := &Error{Op: op, Path: path, Err: err}
	e.Hint, e.Kind = classify(err)
	return e
}

// classify finds the hint and the sentinel of an error of the engine or of the
// operating system; nil when it is neither.
func classify(err error) (hint string, kind error) {
	var s sqlite3.Error
	if !errors.As(err, &s) {
		switch {
		case isFull(err):
			return hintFull, ErrFull
		case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
			return hintReadOnly, ErrReadOnly
		}
		return "", nil
	}
	switch {
	case s.Code == sqlite3.ErrFull, s.Code == sqlite3.ErrIoErr && isFull(s.SystemErrno):
		return hintFull, ErrFull
	case s.Code == sqlite3.ErrNotADB:
		return hintNotDatabase, ErrNotDatabase
	case s.Code == sqlite3.ErrCorrupt:
		return hintCorrupt, ErrCorrupt
	case s.Code == sqlite3.ErrBusy, s.Code == sqlite3.ErrLocked:
		return hintBusy, ErrBusy
	case s.Code == sqlite3.ErrReadonly, s.Code == sqlite3.ErrCantOpen, s.Code == sqlite3.ErrPerm:
		return hintReadOnly, ErrReadOnly
	case s.Code == sqlite3.ErrIoErr:
		return hintIO, nil
	}
	return "", nil
}

// isFull reports whether there is no more room: on the disk, in a quota, or
// under a limit of the process.
func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}

const (
	hintFull        = "nothing of this batch was stored and what was there is whole: free some space and run again"
	hintNotDatabase = "give another file by --db, or move this one away"
	hintCorrupt     = "restore a backup, or save what can be read by `sqlite3 FILE .recover`"
	hintIO          = "the disk failed, or the file or its log FILE-wal was cut meanwhile: look at the database by `dedupe doctor`, then run again, or restore a backup"
	hintBusy        = "another program writes to it: run again when it is done"
	hintReadOnly    = "SQLite needs to write to the file and its folder, even to read while others write: check their rights, or copy the file to a folder of your own"
)

func versionError(path string, have, want int) error {
	if have > want {
		return &Error{Op: "open database", Path: path, Kind: ErrNewer,
			Err:  fmt.Errorf("schema %d, this program knows up to %d", have, want),
			Hint: "update dedupe; nothing was changed"}
	}
	return &Error{Op: "open database", Path: path, Kind: ErrOlder,
		Err:  fmt.Errorf("schema %d, this program needs %d", have, want),
		Hint: "run `dedupe run` or `dedupe ingest` once, which brings it up to date"}
}
