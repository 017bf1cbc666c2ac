//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package storage

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"syscall"
)

// lockFile opens and locks the file, which it makes when there is none, or
// returns errLocked. What somebody else put there is left alone: a link to
// another file, which would be emptied, or a pipe, which would be waited for.
func lockFile(name string, mode fs.FileMode) (*os.File, error) {
	for {
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, mode)
		if err != nil {
			return nil, err
		}
		if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
			f.Close()
			return nil, errors.Join(err, &os.PathError{Op: "lock", Path: name, Err: errNoLock})
		}
		if err := flock(f, syscall.Flock); err != nil {
			f.Close()
			if errors.As(err, new(*blindError)) {
				_ = os.Remove(name) // it would look like that of a dead holder
			}
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

// noLocks is what file systems without locks say.
var noLocks = []error{syscall.ENOTSUP, syscall.EOPNOTSUPP, syscall.ENOSYS, syscall.ENOLCK, syscall.EINVAL}

// flock locks a file by a call of the operating system, such as syscall.Flock.
func flock(f *os.File, call func(fd, how int) error) error {
	for {
		err := call(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, syscall.EINTR):
			continue
		case errors.Is(err, syscall.EWOULDBLOCK):
			return errLocked
		case slices.ContainsFunc(noLocks, func(none error) bool { return errors.Is(err, none) }):
			return &blindError{&os.PathError{Op: "flock", Path: f.Name(), Err: err}}
		}
		return &os.PathError{Op: "flock", Path: f.Name(), Err: err}
	}
}

func removeLocked(f *os.File) error { return os.Remove(f.Name()) }
