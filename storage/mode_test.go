//go:build unix

package storage

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestMode: a new database has the rights that are asked for, as far as the umask lets it, and
// what stands beside it the same ones; an old one keeps its own.
func TestMode(t *testing.T) {
	before := syscall.Umask(0o027)
	defer syscall.Umask(before)
	for _, tt := range []struct{ asked, chmod, want fs.FileMode }{
		{0, 0, 0o640}, {0o600, 0, 0o600}, {0o666, 0, 0o640}, {0o600, 0o604, 0o604},
	} {
		path := filepath.Join(t.TempDir(), "a.db")
		if tt.chmod != 0 {
			if err := os.WriteFile(path, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(path, tt.chmod); err != nil {
				t.Fatal(err)
			}
			syscall.Umask(0)
		}
		open(t, path, Options{Mode: tt.asked})
		lock, err := Acquire(path, "test", time.Now())
		if err != nil {
			t.Fatal(err)
		}
		for _, end := range []string{"", "-wal", "-shm", ".lock"} {
			info, err := os.Stat(path + end)
			if err != nil {
				t.Fatal(err)
			}
			if got := info.Mode().Perm(); got != tt.want {
				t.Errorf("asked for %04o: %s has %04o, want %04o", tt.asked, info.Name(), got, tt.want)
			}
		}
		if err := lock.Release(); err != nil {
			t.Fatal(err)
		}
		syscall.Umask(0o027)
	}
}
