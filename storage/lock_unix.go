//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package storage

import (
	"errors"
	"os"
	"syscall"
)

// lockFile opens and locks the file, which it makes when there is none, or
// returns errLocked. What somebody else put there is left alone: a link to
// another file, which would be emptied, or a pipe, which would be waited for.
func lockFile(name string) (*os.File, error) {
	for {
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0o644)
		if err != nil {
			return nil, err
		}
		if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
			f.Close()
			return nil, errors.Join(err, &os.PathError{Op: "lock", Path: name, Err: errNoLock})
		}
		if err := flock(f); err != nil {
			f.Close()
			return nil, err
		}
		// The file may have been removed by its holder between open and lock;
		// then this lock is on nothing that others see.
		mine, err := f.Stat()
		if err != nil {
			f.Close()
			return nil, err
		}
		if there, err := os.Stat(name); err == nil && os.SameFile(mine, there) {
			return f, nil
		}
		f.Close()
	}
}

var errNoLock = errors.New("no regular file; remove it, nobody holds such a lock")

func flock(f *os.File) error {
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, syscall.EINTR):
			continue
		case errors.Is(err, syscall.EWOULDBLOCK):
			return errLocked
		}
		return &os.PathError{Op: "flock", Path: f.Name(), Err: err}
	}
}

func removeLocked(f *os.File) error { return os.Remove(f.Name()) }
