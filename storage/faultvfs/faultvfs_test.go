//go:build darwin || freebsd || linux

package faultvfs_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"dedupe/storage"
	"dedupe/storage/faultvfs"
)

// opened makes a database on a disk, of which notes are taken from then on.
func opened(t *testing.T) (disk *faultvfs.Disk, path string, store *storage.Store) {
	t.Helper()
	disk, path = faultvfs.New(false), filepath.Join(t.TempDir(), "a.db")
	open := func() *storage.Store {
		s, err := storage.Open(t.Context(), path, storage.Options{VFS: disk.Name})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if err := open().Close(); err != nil {
		t.Fatal(err)
	}
	disk.Note()
	store = open()
	t.Cleanup(func() { store.Close() })
	return disk, path, store
}

// TestFault: what is told to fail does, once or for good, and nothing else.
func TestFault(t *testing.T) {
	disk, _, store := opened(t)
	marks := 0
	mark := func() error {
		marks++ // what does not change is not written
		return store.SetMark(context.Background(), "fact", strconv.Itoa(marks))
	}
	for _, tt := range []struct {
		fault faultvfs.Fault
		full  bool
		again bool // it fails the next time too
	}{
		{faultvfs.Fault{Call: faultvfs.Write, At: 1}, false, false},
		{faultvfs.Fault{Call: faultvfs.Write, At: 2, How: faultvfs.Torn}, false, false},
		{faultvfs.Fault{Call: faultvfs.Write, At: 1, How: faultvfs.Full}, true, false},
		{faultvfs.Fault{Call: faultvfs.Sync, At: 1, Lasting: true}, false, true},
		{faultvfs.Fault{Call: faultvfs.ShmLock, At: 1, Lasting: true}, false, true},
	} {
		t.Run(tt.fault.String(), func(t *testing.T) {
			disk.Set(tt.fault)
			err := mark()
			if err == nil || errors.Is(err, storage.ErrFull) != tt.full || disk.Failed() == 0 {
				t.Errorf("%v, %d calls failed", err, disk.Failed())
			}
			if err := mark(); (err != nil) != tt.again {
				t.Errorf("the next time: %v", err)
			}
			disk.Set(faultvfs.Fault{})
			if err := mark(); err != nil || disk.Failed() != 0 || disk.Count(faultvfs.Write) == 0 {
				t.Errorf("no fault: %v, %d calls failed, %d writes", err, disk.Failed(), disk.Count(faultvfs.Write))
			}
		})
	}
}

// TestCut: of what was not synced all may be lost, and all may be there; what was synced is there.
func TestCut(t *testing.T) {
	disk, path, store := opened(t)
	before := map[string][]byte{}
	for _, name := range storage.Files(path) {
		before[name], _ = os.ReadFile(name)
	}
	ctx := context.Background()
	if err := store.SetMark(ctx, "synced", "1"); err != nil { // waits for the disk
		t.Fatal(err)
	}
	disk.Mark()
	if err := store.Write(ctx, &storage.Batch{Meta: map[string]string{"unsynced": "1"}}); err != nil {
		t.Fatal(err)
	}
	notes := disk.Notes()
	there := map[string]int{}
	for seed := range uint64(40) {
		cut := filepath.Join(t.TempDir(), "cut.db")
		for i, name := range storage.Files(path) {
			if before[name] != nil {
				if err := os.WriteFile(storage.Files(cut)[i], before[name], 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := notes.Cut(cut, notes.Len(), rand.New(rand.NewPCG(seed, 0))); err != nil {
			t.Fatal(err)
		}
		s, err := storage.Open(ctx, cut, storage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if value, err := s.Meta(ctx, "synced"); err != nil || value != "1" {
			t.Errorf("what was synced is %q, %v", value, err)
		}
		unsynced, err := s.Meta(ctx, "unsynced")
		if err != nil {
			t.Fatal(err)
		}
		there[unsynced]++
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if n := notes.Marks(notes.Len()); n != 1 {
		t.Errorf("%d marks", n)
	}
	if there[""] == 0 || there["1"] == 0 {
		t.Errorf("what was not synced is there so often: %v; want now and then", there)
	}
}
