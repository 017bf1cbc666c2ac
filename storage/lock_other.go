//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package storage

import (
	"errors"
	"io/fs"
	"os"
)

// lockFile makes the file and fails with errLocked when it is there. Without
// flock a dead holder's file stays: a person has to remove it, and the error of
// Acquire names the process to look for.
func lockFile(name string, mode fs.FileMode) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, mode)
	if errors.Is(err, fs.ErrExist) {
		return nil, errLocked
	}
	return f, err
}

func removeLocked(f *os.File) error {
	_ = f.Close() // an open file cannot be removed everywhere
	return os.Remove(f.Name())
}
