package collect

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"dedupe/config"
	"dedupe/source"
	"dedupe/storage"
)

// settled is for how long a file of an inbox has not been written to when it is read.
const settled = 2 * time.Second

// failedFolder is where files of an inbox go of which nothing could be read, beside the others.
const failedFolder = "failed"

// move is a file that goes to a folder.
type move struct{ from, folder string }

// temporary are the endings of names that files have while they are written.
var temporary = []string{".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".filepart", ".swp", "~"}

// isTemporary reports whether a file of that name is not yet, or no more, one to read.
func isTemporary(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~") || strings.HasPrefix(name, "#") ||
		slices.ContainsFunc(temporary, func(end string) bool { return strings.HasSuffix(strings.ToLower(name), end) })
}

// inbox reads the files that lie in a folder, each once. One that is written to, or has a
// name of files that are, is left for the next run.
func (c *Collector) inbox(ctx context.Context, j *job, yield func(source.Raw, *source.Reject) bool) {
	paths, err := c.waiting(j)
	if err != nil {
		c.done(j, "open: "+cause(err).Error(), time.Time{}, yield)
		return
	}
	if err := j.canMove(); err != nil {
		c.done(j, fmt.Sprintf("finished files cannot be moved to %s: %s", j.Finished, cause(err)), time.Time{}, yield)
		return
	}
	taken, err := c.store.TakenOf(ctx, j.state.ID)
	if err != nil {
		c.done(j, err.Error(), time.Time{}, yield)
		return
	}
	for _, path := range paths {
		info, err := c.whole(ctx, path)
		if err != nil {
			return
		}
		if info == nil {
			continue
		}
		t := storage.Taken{Item: storage.ItemHash(filepath.Base(path)), Version: fileVersion(info)}
		if version, ok := taken[t.Item]; ok && version == t.Version { // and not moved, for that run was killed
			j.take(t, path, "")
			continue
		}
		failed, more := c.dropped(ctx, j, path, yield)
		if !more {
			return
		}
		if after, err := os.Lstat(path); err != nil || fileVersion(after) != t.Version {
			continue // somebody wrote to it after all: it is read again
		}
		folder := ""
		if failed {
			folder = failedFolder
		}
		j.take(t, path, folder)
	}
	c.done(j, "", time.Time{}, yield)
}

// waiting returns the files of an inbox that may be read.
func (c *Collector) waiting(j *job) (paths []string, err error) {
	entries, err := os.ReadDir(j.Path)
	for _, entry := range entries {
		if path := filepath.Join(j.Path, entry.Name()); !isTemporary(entry.Name()) && entry.Type().IsRegular() && !c.own(path) {
			paths = append(paths, path)
		}
	}
	return paths, err
}

// doneFolder is where files of an inbox go when they are stored.
func doneFolder(s *config.Source) string {
	if filepath.IsAbs(s.Finished) {
		return s.Finished
	}
	return filepath.Join(s.Path, s.Finished)
}

// canMove makes the folder of finished files, and says why they cannot be moved there.
func (j *job) canMove() error {
	if j.Finished == config.Keep {
		return nil
	}
	const write = 2
	if err := syscall.Access(j.Path, write); err != nil {
		return err
	}
	return os.MkdirAll(doneFolder(&j.Source), 0o777)
}

// take notes that a file is done.
func (j *job) take(t storage.Taken, path, folder string) {
	j.taken = append(j.taken, t)
	if j.Finished == config.Keep {
		return
	}
	done := doneFolder(&j.Source)
	if folder != "" {
		done = filepath.Join(filepath.Dir(done), folder)
	}
	j.moves = append(j.moves, move{path, done})
}

// dropped reads a file; failed is whether there is something in it, and none of it is an article.
func (c *Collector) dropped(ctx context.Context, j *job, path string, yield func(source.Raw, *source.Reject) bool) (failed, more bool) {
	some := false
	in := c.reading(j)
	decoder, _ := source.NewDecoder(in) // what is wrong with the options the run has said
	for raw, rej := range source.Read(ctx, []string{path}, nil, in) {
		said := rej
		if rej == nil && !some { // decoded again where it is stored
			_, said = raw.Decode(decoder)
		}
		some = some || rej == nil && (said == nil || said.Kept)
		failed = failed || said != nil && !said.Kept && !said.Passed
		if !yield(raw, rej) {
			return false, false
		}
	}
	return failed && !some, ctx.Err() == nil
}

// whole returns what a file is when nobody has written to it for a moment, which may be waited
// for; nil of one that is written to, or gone.
func (c *Collector) whole(ctx context.Context, path string) (fs.FileInfo, error) {
	before, err := os.Lstat(path)
	if err != nil {
		return nil, ctx.Err()
	}
	rest := before.ModTime().Add(settled).Sub(c.opt.Now())
	if rest <= 0 || rest > settled { // one of the future says nothing
		return before, ctx.Err()
	}
	if err := c.opt.Wait(ctx, rest); err != nil {
		return nil, err
	}
	after, err := os.Lstat(path)
	if err != nil || fileVersion(after) != fileVersion(before) {
		return nil, ctx.Err()
	}
	return after, ctx.Err()
}

// own reports whether a file is none of the input, as a database is.
func (c *Collector) own(path string) bool {
	info, err := os.Stat(path)
	return err != nil || slices.ContainsFunc(c.opt.Read.Own, func(own string) bool {
		o, err := os.Stat(own)
		return err == nil && os.SameFile(o, info)
	})
}

func fileVersion(info fs.FileInfo) uint64 {
	return storage.ItemHash(fmt.Sprint(info.Size(), info.ModTime().UnixNano()))
}

// do moves the file, under another name where there is one of its name.
func (m move) do() error {
	if err := os.MkdirAll(m.folder, 0o777); err != nil {
		return err
	}
	name := filepath.Base(m.from)
	for n := 1; ; n++ {
		to := filepath.Join(m.folder, name)
		if n > 1 {
			to = filepath.Join(m.folder, fmt.Sprintf("%d-%s", n, name))
		}
		if _, err := os.Lstat(to); err == nil {
			continue
		}
		err := os.Rename(m.from, to)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // somebody took it away
		}
		return err
	}
}

// cause returns what went wrong without the path.
func cause(err error) error {
	if e := new(fs.PathError); errors.As(err, &e) {
		return e.Err
	}
	return err
}
