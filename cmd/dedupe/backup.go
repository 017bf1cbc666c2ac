package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"dedupe/report"
	"dedupe/storage"
)

func newBackup(a *app) *cobra.Command {
	var overwrite bool
	cmd := &cobra.Command{
		Use:   "backup FILE|-",
		Short: "Copy the database into a file, also while a run is at work, and verify the copy",
		Long: `Backup copies the database as it is at this moment into a file, or to standard output for "-", while runs go on. The
copy is read whole and its rows are counted before it gets its name; one that is not as good as the database is not kept.
A file that is there is left alone unless --overwrite is given; then it is replaced at once when the new one is whole.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.backup(cmd.Context(), args[0], overwrite) },
	}
	cmd.Flags().BoolVar(&overwrite, "overwrite", false, "replace FILE where it is there")
	return cmd
}

func newRestore(a *app) *cobra.Command {
	var overwrite bool
	cmd := &cobra.Command{
		Use:   "restore FILE|-",
		Short: "Put a backup in the place of the database",
		Long: `Restore puts a copy of a backup, or of standard input for "-", in the place of the database that --db or config.yaml
names. The backup is read whole first: only a database of dedupe is taken, of this version or an earlier one, which the
next run brings up to date. While a run is at work nothing is done (exit code 3). A database that is there is left alone
unless --overwrite is given. At any moment either the old database is there or the new one.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.restore(cmd.Context(), args[0], overwrite) },
	}
	cmd.Flags().BoolVar(&overwrite, "overwrite", false, "replace the database where it is there")
	return cmd
}

func (a *app) backup(ctx context.Context, to string, overwrite bool) error {
	database := a.settings().Database.Path
	made := to + ".part"
	if to == "-" {
		scratch, err := os.MkdirTemp("", "dedupe-backup-")
		if err != nil {
			return fmt.Errorf("make backup: %w", err)
		}
		defer os.RemoveAll(scratch)
		made = filepath.Join(scratch, "backup.db")
	} else {
		if err := absent(to, overwrite); err != nil {
			return err
		}
		if err := os.Remove(made); err != nil && !errors.Is(err, fs.ErrNotExist) { // of a backup that died
			return fmt.Errorf("make backup: %w", err)
		}
	}
	copied, err := storage.Backup(ctx, database, made, a.pages("copying"))
	a.progress.End()
	if err != nil {
		return err
	}
	if to == "-" {
		return a.pour(made)
	}
	if err = absent(to, overwrite); err == nil {
		err = storage.Rename(made, to)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("name backup: %w", err), os.Remove(made))
	}
	return a.print(report.NewCopied(copied, database, to, false))
}

func (a *app) restore(ctx context.Context, from string, overwrite bool) (err error) {
	database := a.settings().Database.Path
	lock, err := a.job.Acquire("restore")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	if err := absent(database, overwrite); err != nil {
		return err
	}
	named := from
	if from == "-" {
		named = "standard input"
		scratch, err := os.MkdirTemp(filepath.Dir(database), ".dedupe-restore-")
		if err != nil {
			return fmt.Errorf("read backup: %w", err)
		}
		defer os.RemoveAll(scratch)
		from = filepath.Join(scratch, "backup.db")
		if err := a.fill(from); err != nil {
			return err
		}
	}
	copied, err := storage.Restore(ctx, from, database, a.pages("copying"))
	a.progress.End()
	if err != nil {
		return err
	}
	return a.print(report.NewCopied(copied, named, database, true))
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
		return usagef("%s is a folder; name a file", path)
	case !overwrite:
		return usagef("%s is there already, and was left alone; --overwrite replaces it", path)
	}
	return nil
}

// pages draws how far a copy has come.
func (a *app) pages(what string) func(done, total int) {
	return func(done, total int) { a.progress.At(what, "pages", done, total) }
}

// pour writes a file to standard output.
func (a *app) pour(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("read backup: %w", err)
	}
	defer f.Close()
	if _, err = io.Copy(a.stdout, f); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return nil
}

// fill writes standard input to a file of its own.
func (a *app) fill(name string) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, a.settings().Database.Mode)
	if err != nil {
		return fmt.Errorf("read backup: %w", err)
	}
	_, err = io.Copy(f, a.stdin)
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("read backup: %w", err)
	}
	return nil
}
