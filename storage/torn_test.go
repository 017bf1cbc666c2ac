//go:build darwin || freebsd || linux

package storage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"dedupe/storage/faultvfs"
)

// A write that lands in half while the log is folded into the file leaves pages of which only the
// log knows what they are: the file is not taken for another one, and the log stays.
func TestTornFold(t *testing.T) {
	disk := faultvfs.New(false)
	failed := 0
	for at := 1; at <= 12; at++ {
		path := filepath.Join(t.TempDir(), "a.db")
		s := open(t, path, Options{VFS: disk.Name})
		fill(t, s, harbour())
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s, err := Open(t.Context(), path, Options{VFS: disk.Name})
		if err != nil {
			t.Fatal(err)
		}
		disk.Set(faultvfs.Fault{Call: faultvfs.Write, At: at, How: faultvfs.Torn, Lasting: true})
		if _, err := s.BeginRun(t.Context(), "test", "", time.Unix(0, 0)); err != nil {
			failed++
			if err := s.Cause(context.Background(), err); errors.Is(err, ErrReplaced) {
				t.Errorf("write %d: %v", at, err)
			}
		}
		disk.Set(faultvfs.Fault{})
		if err := s.Close(); err != nil {
			t.Errorf("write %d: %v", at, err)
		}
		if _, err := os.Stat(path + "-wal.old"); err == nil {
			t.Errorf("write %d: the log was put aside", at)
		}
		s = open(t, path, Options{VFS: disk.Name})
		if _, err := s.BeginRun(t.Context(), "test", "", time.Unix(0, 0)); err != nil {
			t.Errorf("write %d, the next run: %v", at, err)
		}
	}
	if failed < 3 {
		t.Errorf("only %d writes failed", failed)
	}
}
