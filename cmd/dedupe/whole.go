package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// writeWhole writes a file that a flag names as a whole or not at all: into a file
// beside it, which then takes its name. Whatever fails leaves what was there, and
// nothing else. Of a link the file that it leads to is written; what is no regular file,
// such as /dev/stdout or a pipe, is written as it is.
func writeWhole(name string, write func(io.Writer) error) (err error) {
	target, mode := name, os.FileMode(0)
	if real, err := filepath.EvalSymlinks(name); err == nil {
		info, err := os.Stat(real)
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			return writeInto(name, write)
		}
		target, mode = real, info.Mode().Perm()
	}
	file, err := os.OpenFile(fmt.Sprintf("%s.%d.tmp", target, os.Getpid()), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name()) // the first error says what went wrong
		}
	}()
	err = write(file)
	if mode != 0 {
		err = errors.Join(err, file.Chmod(mode))
	}
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), target)
}

func writeInto(name string, write func(io.Writer) error) error {
	file, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}
