package storage

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// Holder is who holds the lock of a database.
type Holder struct {
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Command string    `json:"command"`
	Started time.Time `json:"started"`
}

// HeldError says that another run works on the database.
type HeldError struct {
	Path   string // of the database
	Holder Holder // zero when the holder has not written its name yet
}

// Error names the holder.
func (e *HeldError) Error() string {
	if e.Holder.PID == 0 {
		return fmt.Sprintf("lock database %s: another run holds it", printable(e.Path))
	}
	return fmt.Sprintf("lock database %s: held by `%s`, process %d on %s since %s", printable(e.Path),
		printable(e.Holder.Command), e.Holder.PID, printable(e.Holder.Host), e.Holder.Started.Format(time.RFC3339))
}

// Lock is held by one run at a time.
type Lock struct {
	// Previous is the holder that died without releasing the lock, or nil. What
	// it had committed is there; the rest it did not do.
	Previous *Holder

	// Blind says that the file system has no locks, and why: nothing is held.
	Blind error

	file *os.File // nil: nothing is held
}

// maxHolder bounds what is read of a lock file, in bytes.
const maxHolder = 64 << 10

var errLocked = errors.New("locked")

// blindError says that a file system has no locks.
type blindError struct{ err error }

func (e *blindError) Error() string { return e.err.Error() }

// Files returns the paths that a database at path has files at: it itself, SQLite's
// log with its index, and the lock.
func Files(path string) (list []string) {
	full, err := resolve(path)
	if err != nil {
		full = path
	}
	for _, end := range []string{"", "-wal", "-shm", "-journal", ".lock"} {
		list = append(list, full+end)
	}
	return list
}

// Acquire takes the lock of the database at path for command, or returns a
// *HeldError at once. The lock is the file path+".lock", held by the operating
// system for as long as the process lives: a process that dies leaves no lock
// behind, only its name in the file. Release removes the file.
//
// A file system without locks gives one that nobody else sees (Lock.Blind), and a
// file that is deleted lets another run begin. Then the transactions of the two tell
// them apart: see Store.Write. On network file systems the lock is as good as their
// flock; two hosts should not run on one database in any case, for SQLite's log needs
// shared memory.
func Acquire(path, command string, started time.Time) (*Lock, error) {
	const op = "lock database"
	full, err := resolve(path)
	if err != nil {
		return nil, fail(op, path, err)
	}
	mode := DefaultMode
	if info, err := os.Stat(full); err == nil {
		mode = info.Mode().Perm() // who may write the database may lock it
	}
	file, err := lockFile(full+".lock", mode)
	if errors.Is(err, errLocked) {
		held := &HeldError{Path: path}
		// Who has just taken it writes its name next.
		for range 20 {
			if h := readHolder(full + ".lock"); h != nil {
				held.Holder = *h
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		return nil, held
	}
	if blind := new(blindError); errors.As(err, &blind) {
		return &Lock{Blind: blind}, nil
	}
	if err != nil {
		return nil, fail(op, path, err)
	}
	l := &Lock{file: file, Previous: readHolder(file.Name())}
	host, _ := os.Hostname()
	line, err := json.Marshal(Holder{PID: os.Getpid(), Host: host, Command: command, Started: started.UTC()})
	if err == nil {
		err = file.Truncate(0)
	}
	if err == nil {
		_, err = file.WriteAt(append(line, '\n'), 0)
	}
	if err != nil {
		return nil, errors.Join(fail(op, path, err), l.Release())
	}
	return l, nil
}

// Release gives the lock back. Its file is removed while still held, and only if it
// is still there: where somebody removed it, another run may have made its own.
func (l *Lock) Release() error {
	if l.file == nil {
		return nil
	}
	mine, err := l.file.Stat()
	if there, gone := os.Stat(l.file.Name()); err == nil && gone == nil && os.SameFile(mine, there) {
		err = removeLocked(l.file)
	}
	if closed := l.file.Close(); !errors.Is(closed, os.ErrClosed) {
		err = errors.Join(err, closed)
	}
	return err
}

func readHolder(name string) *Holder {
	f, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxHolder))
	if err != nil {
		return nil
	}
	var h Holder
	if json.Unmarshal(data, &h) != nil || h.PID == 0 {
		return nil
	}
	return &h
}
