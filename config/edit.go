package config

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// Change is a setting and the value it is to have, as config.yaml has it.
type Change struct {
	Key   string `json:"setting"`
	Value string `json:"value"`
}

// Diff is what Write would change in a configuration file, as a unified diff; "" where that is
// nothing.
func Diff(path string, changes []Change) (string, error) {
	before, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", path, err)
	}
	after, err := Edit(before, changes)
	if err != nil {
		return "", fmt.Errorf("change %s: %w", path, err)
	}
	text := string(diff.Diff(path, before, path, after))
	_, text, _ = strings.Cut(text, "\n") // the command line that makes such a diff
	return text, nil
}

// Write changes settings in a configuration file and leaves all else as it
// stands: comments, order, blank lines, spelling. A setting that is commented
// out is put in force where it stands; one that is not there is added to its
// section, or with its section to the end. The file is replaced at once, by a
// new one of the same rights.
func Write(path string, changes []Change) error {
	return rewrite(path, func(before []byte) ([]byte, error) { return Edit(before, changes) })
}

// rewrite replaces a configuration file by what edit makes of it.
func rewrite(path string, edit func([]byte) ([]byte, error)) error {
	whole := func(err error) error { return fmt.Errorf("write %s: %w", path, err) }
	// The file itself, where path is a link to it.
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return whole(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return whole(err)
	}
	if info.Size() > maxFile {
		return whole(fmt.Errorf("is longer than %s", formatSize(maxFile)))
	}
	before, err := os.ReadFile(path)
	if err != nil {
		return whole(err)
	}
	after, err := edit(before)
	if err != nil {
		return whole(err)
	}
	err = Replace(path, info.Mode().Perm(), func(w io.Writer) error {
		_, err := w.Write(after)
		return err
	})
	if err != nil {
		return whole(err)
	}
	return nil
}

// Replace writes a file as a whole or not at all: into a file beside it, which then takes
// its name. mode is that of the file; 0 is what the process gives to new files. Whatever
// fails leaves what was there, and nothing else.
func Replace(path string, mode os.FileMode, write func(io.Writer) error) error {
	temporary, err := createBeside(path)
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name()) // gone when all went well
	err = write(temporary)
	if mode != 0 {
		err = errors.Join(err, temporary.Chmod(mode))
	}
	if err = errors.Join(err, temporary.Sync(), temporary.Close()); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), path)
}

// createBeside makes a file of a name of its own in the folder of path, with the rights
// that the process gives to new files; those of os.CreateTemp are its owner's alone.
func createBeside(path string) (*os.File, error) {
	named, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp")
	if err != nil {
		return nil, err
	}
	if err := errors.Join(named.Close(), os.Remove(named.Name())); err != nil {
		return nil, err
	}
	return os.OpenFile(named.Name(), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
}

// Edit is Write for the text of a file. What it returns has been read again: it
// holds the changes, and every other setting as before.
func Edit(data []byte, changes []Change) ([]byte, error) {
	want, problems := parseFile("", data)
	if len(problems) > 0 {
		return nil, &Error{problems}
	}
	for _, c := range changes {
		s, ok := find(c.Key)
		if !ok {
			return nil, fmt.Errorf("no setting %q", c.Key)
		}
		var probe Config
		if err := s.set(&probe, c.Value); err != nil {
			return nil, fmt.Errorf("%s: %s is not allowed; want %s", c.Key, c.Value, s.Allowed)
		}
		var err error
		if data, err = edit(data, Change{cmp.Or(want[c.Key].former, c.Key), c.Value}, s.Allowed); err != nil {
			return nil, fmt.Errorf("%s: %w", c.Key, err)
		}
		want[c.Key] = entry{raw: c.Value}
	}
	got, problems := parseFile("", data)
	same := func(a, b entry) bool { return flow(a.raw) == flow(b.raw) }
	if len(problems) > 0 || !maps.EqualFunc(want, got, same) {
		return nil, errors.New("its form is too unusual to be changed by a program: change it by hand")
	}
	return data, nil
}

// WriteFile writes a file that a flag names as a whole or not at all. Whatever fails
// leaves what was there, and nothing else. Of a link the file that it leads to is
// written, or made; what is no regular file, such as /dev/stdout or a pipe, is written
// as it is.
func WriteFile(name string, write func(io.Writer) error) error {
	target, err := linked(name)
	if err != nil {
		return err
	}
	info, err := os.Stat(target)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return Replace(target, 0, write)
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return writeInto(target, write)
	}
	return Replace(target, info.Mode().Perm(), write)
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
