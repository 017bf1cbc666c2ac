package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"dedupe/config"
)

// writeWhole writes a file that a flag names as a whole or not at all. Whatever fails
// leaves what was there, and nothing else. Of a link the file that it leads to is
// written, or made; what is no regular file, such as /dev/stdout or a pipe, is written
// as it is.
func writeWhole(name string, write func(io.Writer) error) error {
	target, err := linked(name)
	if err != nil {
		return err
	}
	info, err := os.Stat(target)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return config.Replace(target, 0, write)
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return writeInto(target, write)
	}
	return config.Replace(target, info.Mode().Perm(), write)
}

// linked follows a link, also to where nothing is yet.
func linked(name string) (string, error) {
	const most = 40 // links after each other, as the kernel follows
	for range most {
		to, err := os.Readlink(name)
		if err != nil { // it is none
			return name, nil
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(name), to)
		}
		name = to
	}
	return "", &os.PathError{Op: "follow", Path: name, Err: errors.New("too many links")}
}

func writeInto(name string, write func(io.Writer) error) error {
	file, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}
