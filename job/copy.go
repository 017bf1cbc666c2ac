package job

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"dedupe/report"
	"dedupe/storage"
)

// Backup copies the database into a file, also while a run is at work. The copy gets its name
// when it is verified; a file that is there is replaced only where overwrite says so, otherwise it is
// a *storage.NameError. Where to is "-" the copy goes to out, and there is no report.
func (j *Job) Backup(ctx context.Context, to string, overwrite bool, out io.Writer) (*report.Copied, error) {
	database := j.Config.Database.Path
	made := to + ".part"
	if to == "-" {
		scratch, err := os.MkdirTemp("", "dedupe-backup-")
		if err != nil {
			return nil, fmt.Errorf("make backup: %w", err)
		}
		defer os.RemoveAll(scratch)
		made = filepath.Join(scratch, "backup.db")
	} else {
		if err := distinct(to, database); err != nil {
			return nil, err
		}
		if err := absent(to, overwrite); err != nil {
			return nil, err
		}
		if err := os.Remove(made); err != nil && !errors.Is(err, fs.ErrNotExist) { // of a backup that died
			return nil, fmt.Errorf("make backup: %w", err)
		}
	}
	copied, err := storage.Backup(ctx, database, made, j.pages)
	j.Progress.End()
	if err != nil {
		return nil, err
	}
	if to == "-" {
		return nil, pour(made, out)
	}
	if err = absent(to, overwrite); err == nil {
		err = storage.Replace(ctx, made, to)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("name backup: %w", err), os.Remove(made))
	}
	return report.NewCopied(copied, database, to, false), nil
}

// Restore puts a backup, standard input where from is "-", in the place of the database, under
// its lock, and reads each row of it. A database that is there is replaced only where overwrite says so.
func (j *Job) Restore(ctx context.Context, from string, overwrite bool) (r *report.Copied, err error) {
	database := j.Config.Database.Path
	lock, err := j.Acquire("restore")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	if err := distinct(from, database); err != nil {
		return nil, err
	}
	if err := absent(database, overwrite); err != nil {
		return nil, err
	}
	named := from
	if from == "-" {
		named = "standard input"
		scratch, err := os.MkdirTemp(filepath.Dir(database), ".dedupe-restore-")
		if err != nil {
			return nil, fmt.Errorf("read backup: %w", err)
		}
		defer os.RemoveAll(scratch)
		from = filepath.Join(scratch, "backup.db")
		if err := j.fill(from); err != nil {
			return nil, fmt.Errorf("read backup: %w", err)
		}
	}
	copied, err := storage.Restore(ctx, from, database, j.pages)
	j.Progress.End()
	if err == nil {
		err = j.reread(ctx)
	}
	if err != nil {
		return nil, err
	}
	return report.NewCopied(copied, named, database, true), nil
}

// reread notes the damaged rows of a database that was restored: SQLite finds damaged pages, but not another
// byte within a text. One of an older schema is not looked at before it is brought up to date.
func (j *Job) reread(ctx context.Context) error {
	err := j.Read(ctx, func(v *storage.View) error {
		for d, err := range v.Damaged(ctx, func(done, total int) { j.Progress.At("reading all rows", "rows", done, total) }) {
			if err != nil {
				return err
			}
			j.Damage.Add(d)
		}
		return nil
	})
	if errors.Is(err, storage.ErrOlder) {
		return nil
	}
	return err
}

// distinct is an error where a backup is the database.
func distinct(path, database string) error {
	a, err := os.Stat(path)
	b, other := os.Stat(database)
	if err == nil && other == nil && os.SameFile(a, b) {
		return storage.Misnamed("%s is the database itself; name another file", path)
	}
	return nil
}

// absent is an error where a file is there that may not be replaced.
func absent(path string, overwrite bool) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.IsDir():
		return storage.Misnamed("%s is a folder; name a file", path)
	case !overwrite:
		return storage.Misnamed("%s is there already, and was left alone; --overwrite replaces it", path)
	}
	return nil
}

// pages draws how far a copy has come.
func (j *Job) pages(done, total int) { j.Progress.At("copying", "pages", done, total) }

// pour writes a file to w.
func pour(name string, w io.Writer) error {
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("read backup: %w", err)
	}
	defer f.Close()
	if _, err = io.Copy(w, f); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return nil
}

// fill writes standard input to a file of its own.
func (j *Job) fill(name string) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, j.Config.Database.Mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, j.Stdin)
	return errors.Join(err, f.Close())
}
