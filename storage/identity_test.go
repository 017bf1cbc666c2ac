package storage

import (
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	sqlite3 "github.com/mattn/go-sqlite3"
)

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(to) // over what is there, as cp does
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

// A file that is replaced while it is written is noticed, whenever that happens, and
// what stands in its place is left as it is.
func TestReplaced(t *testing.T) {
	check := func(t *testing.T, errs ...error) {
		t.Helper()
		for _, err := range errs {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	tests := []struct {
		name string
		do   func(t *testing.T, path, backup string)
		want string // part of the message; "": nothing happened
		left string // the file whose content path has then; "": none
	}{
		{"nothing", func(*testing.T, string, string) {}, "", "itself"},
		{"moved", func(t *testing.T, path, _ string) { check(t, os.Rename(path, path+".moved")) }, "moved or removed", ""},
		{"removed", func(t *testing.T, path, _ string) { check(t, os.Remove(path)) }, "moved or removed", ""},
		{"removed with all", func(t *testing.T, path, _ string) {
			for _, end := range []string{"", "-wal", "-shm"} {
				check(t, os.Remove(path+end))
			}
		}, "moved or removed", ""},
		{"backup moved in", func(t *testing.T, path, backup string) { check(t, os.Rename(backup, path)) }, "another file was put in its place", "backup"},
		{"removed and copied", func(t *testing.T, path, backup string) {
			check(t, os.Remove(path))
			copyFile(t, backup, path)
		}, "another file was put in its place", "backup"},
		{"copied over", func(t *testing.T, path, backup string) { copyFile(t, backup, path) }, "written over", "backup"},
		{"copied over with its times", func(t *testing.T, path, backup string) {
			info, err := os.Stat(backup)
			check(t, err)
			copyFile(t, backup, path)
			check(t, os.Chtimes(path, time.Time{}, info.ModTime()))
		}, "written over", "backup"},
		{"truncated", func(t *testing.T, path, _ string) { check(t, os.Truncate(path, 0)) }, "written over", "empty"},
		{"cut short", func(t *testing.T, path, _ string) { check(t, os.Truncate(path, 8192)) }, "written over", ""},
		{"text copied over", func(t *testing.T, path, backup string) {
			check(t, os.WriteFile(backup, []byte("Dear reader,\n"), 0o600))
			copyFile(t, backup, path)
		}, "written over", "backup"},
		{"log removed", func(t *testing.T, path, _ string) { check(t, os.Remove(path+"-wal")) }, "its log", "itself"},
		{"log replaced", func(t *testing.T, path, _ string) {
			check(t, os.Rename(path+"-wal", path+"-wal.moved"), os.WriteFile(path+"-wal", nil, 0o600))
		}, "its log", "itself"},
		{"only touched", func(t *testing.T, path, _ string) { check(t, os.Chtimes(path, time.Time{}, time.Unix(1, 0))) }, "", "itself"},
		{"same content copied over", func(t *testing.T, path, _ string) {
			copyFile(t, path, path+".copy")
			copyFile(t, path+".copy", path)
		}, "", "itself"},
	}
	for _, test := range tests {
		for _, when := range []string{"between batches", "before the end", "before closing"} {
			t.Run(test.name+" "+when, func(t *testing.T) {
				dir := t.TempDir()
				path, backup := filepath.Join(dir, "a.db"), filepath.Join(dir, "backup.db")
				first, err := Open(t.Context(), path, Options{})
				check(t, err)
				run, err := first.BeginRun(t.Context(), "ingest", "", time.Unix(1, 0))
				check(t, err, first.Write(t.Context(), &Batch{Run: run}), first.EndRun(t.Context(), run, []byte("{}"), time.Unix(2, 0)), first.Close())
				copyFile(t, path, backup)

				s, err := Open(t.Context(), path, Options{})
				check(t, err)
				run, err = s.BeginRun(t.Context(), "ingest", "", time.Unix(3, 0))
				check(t, err, s.Write(t.Context(), &Batch{Run: run, Summary: []byte("{}")}))
				if _, err := s.w.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil { // as happens in long runs
					t.Fatal(err)
				}
				check(t, s.Write(t.Context(), &Batch{Run: run, Rejects: []Reject{{Path: "in the log"}}}))
				steps := map[string]func() error{
					"between batches": func() error { return s.Write(t.Context(), &Batch{Run: run}) },
					"before the end":  func() error { return s.EndRun(t.Context(), run, []byte("{}"), time.Unix(4, 0)) },
					"before closing":  func() error { return nil },
				}
				test.do(t, path, backup)
				want, _ := os.ReadFile(path)
				err = steps[when]()
				err = errors.Join(err, s.Close())
				if test.want == "" {
					check(t, err)
				} else if !errors.Is(err, ErrReplaced) || !strings.Contains(err.Error(), test.want) || strings.Count(err.Error(), test.want) != 1 {
					t.Fatalf("error %v; want one that says %q", err, test.want)
				}
				if moved, err := Open(t.Context(), path+".moved", Options{ReadOnly: true}); err == nil {
					rejects := 0
					check(t, moved.r.QueryRow("SELECT count(*) FROM reject").Scan(&rejects), moved.Close())
					if rejects != 1 {
						t.Errorf("%d rejects in the file that was moved, want the one that was in the log", rejects)
					}
				} else if test.name == "moved" {
					t.Error(err)
				}
				got, err := os.ReadFile(path)
				switch {
				case test.left == "itself":
					back, err := Open(t.Context(), path, Options{})
					check(t, err)
					var verdict string
					check(t, back.r.QueryRow("PRAGMA integrity_check").Scan(&verdict), back.Close())
					if verdict != "ok" {
						t.Errorf("the file is damaged: %s", verdict)
					}
				case string(got) != string(want):
					t.Errorf("what was put in its place was changed (%d bytes, now %d, %v)", len(want), len(got), err)
				case test.left == "backup" && test.name != "text copied over":
					// As another process opens it: this one still has the old log open.
					for _, end := range []string{"", "-wal"} {
						if _, err := os.Stat(path + end); err == nil {
							copyFile(t, path+end, filepath.Join(dir, "after.db")+end)
						}
					}
					back, err := Open(t.Context(), filepath.Join(dir, "after.db"), Options{})
					check(t, err)
					runs, rejects := 0, 0
					check(t, back.r.QueryRow("SELECT (SELECT count(*) FROM run), (SELECT count(*) FROM reject)").Scan(&runs, &rejects), back.Close())
					if runs != 1 || rejects != 0 {
						t.Errorf("%d runs and %d rejects in the backup, want 1 and none: the log of the other file was mixed into it", runs, rejects)
					}
				}
			})
		}
	}
}

// A file is the same whatever name leads to it, and a link that leads elsewhere is not.
func TestReplacedLink(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, name := range []string{"a.db", "b.db"} {
		if err := open(t, name, Options{}).Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("a.db", "now.db"); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	s, err := Open(t.Context(), "now.db", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SetMeta(t.Context(), map[string]string{"n": "1"}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Remove("now.db"), os.Symlink("b.db", "now.db")); err != nil {
		t.Fatal(err)
	}
	if err := s.SetMeta(t.Context(), map[string]string{"n": "2"}); !errors.Is(err, ErrReplaced) {
		t.Errorf("after the link was turned: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("the second report of it: %v", err)
	}
}

// Many batches, between which SQLite folds its log into the file, are no replacement.
func TestNotReplacedByItsOwnLog(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	run, err := s.BeginRun(t.Context(), "ingest", "", time.Unix(1, 0))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 30 {
		if i%3 == 0 {
			if _, err := s.w.Exec("PRAGMA wal_checkpoint(" + []string{"PASSIVE", "FULL", "RESTART", "TRUNCATE"}[i/3%4] + ")"); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Write(t.Context(), &Batch{Run: run}); err != nil {
			t.Fatal(err)
		}
	}
}

// unfolded makes a database whose log is not folded into its file yet, and returns its
// path and what the file holds when it is.
func unfolded(t *testing.T) (half string, whole []byte) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "a.db")
	half = filepath.Join(dir, "half.db")
	s := open(t, path, Options{})
	run, err := s.BeginRun(t.Context(), "ingest", "", time.Unix(1, 0))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		b := &Batch{Run: run}
		for j := range 100 {
			b.Rejects = append(b.Rejects, Reject{Path: "a.json", Line: 100*i + j + 1, Reason: strings.Repeat("long ", 40)})
		}
		if err := s.Write(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	copyFile(t, path, half)
	copyFile(t, path+"-wal", half+"-wal")
	if _, err := s.w.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	whole, err = os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return half, whole
}

// A log that is folded in half while a run is at work, by a disk that is full, is not
// taken for another file: its log stays, and the run goes on or says what SQLite says.
func TestFoldedInHalfDuringRun(t *testing.T) {
	half, whole := unfolded(t)
	var err error
	i := &identity{path: half, full: half, log: half + "-wal"}
	if i.file, err = statFile(half); err != nil {
		t.Fatal(err)
	}
	if i.wal, err = statFile(half + "-wal"); err != nil {
		t.Fatal(err)
	}
	i.size, i.time = i.file.Size(), i.file.ModTime().Add(-time.Second)
	if i.content, err = i.read(t.Context()); err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(half, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = file.WriteAt(whole[:i.size], 0) // what follows finds no room
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	if err := i.checkContent(t.Context(), "store", half, i.content.writer); err != nil {
		t.Errorf("%v; want nothing said of a file that is folded in half", err)
	}
}

// A log of which a part only is folded into the file, as a full disk or a kill leaves it, is
// no damage: the file is read with its log.
func TestHalfFoldedLog(t *testing.T) {
	half, whole := unfolded(t)
	file, err := os.OpenFile(half, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	info, err := file.Stat()
	if err != nil || info.Size() >= int64(len(whole)) {
		t.Fatalf("%v, %d bytes are not fewer than %d", err, info.Size(), len(whole))
	}
	_, err = file.WriteAt(whole[:info.Size()], 0) // what follows finds no room
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	reader := sql.OpenDB(newConnector(half, readerPragmas, "ro", "deferred")) // so that opening does not fold it
	defer reader.Close()
	tx, err := reader.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if err := tx.QueryRow("SELECT count(*) FROM run").Scan(new(int)); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), half, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !s.identity.content.unknown {
		t.Error("the file can be read without its log: nothing is tried")
	}
	run, err := s.BeginRun(t.Context(), "ingest", "", time.Unix(2, 0))
	if err == nil {
		err = s.Write(t.Context(), &Batch{Run: run})
	}
	if err := errors.Join(err, s.Close()); err != nil {
		t.Error(err)
	}
	rejects := 0
	if err := open(t, half, Options{}).r.QueryRow("SELECT count(*) FROM reject").Scan(&rejects); err != nil || rejects != 4000 {
		t.Errorf("%d rows, %v; want 4000", rejects, err)
	}
}

// What fails because the file was written over is explained by that, and by nothing else.
func TestCauseIsAnotherContent(t *testing.T) {
	for _, tt := range []struct {
		name string
		do   func(t *testing.T, path string) error
		want bool
	}{
		{"nothing", func(*testing.T, string) error { return nil }, false},
		{"truncated", func(_ *testing.T, path string) error { return os.Truncate(path, 0) }, true},
		{"cut short", func(_ *testing.T, path string) error { return os.Truncate(path, 8192) }, true},
		{"copied over", func(t *testing.T, path string) error { copyFile(t, path+".backup", path); return nil }, true},
		{"touched", func(_ *testing.T, path string) error { return os.Chtimes(path, time.Time{}, time.Unix(1, 0)) }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.db")
			if err := open(t, path, Options{}).Close(); err != nil {
				t.Fatal(err)
			}
			copyFile(t, path, path+".backup")
			s, err := Open(t.Context(), path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			run, err := s.BeginRun(t.Context(), "ingest", "", time.Unix(1, 0))
			if err == nil {
				err = s.Write(t.Context(), &Batch{Run: run})
			}
			if err == nil {
				_, err = s.w.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
			}
			if err := errors.Join(err, tt.do(t, path)); err != nil {
				t.Fatal(err)
			}
			if cause := s.Cause(t.Context(), sql.ErrNoRows); errors.Is(cause, ErrReplaced) != tt.want {
				t.Errorf("cause = %v", cause)
			}
			if err := s.Close(); err != nil { // it is said already
				t.Errorf("close: %v", err)
			}
		})
	}
}

// A log that was cut in a run is met as a failure of the disk, and says what to do.
func TestDiskFailureHasHint(t *testing.T) {
	err := fail("store batch", "a.db", sqlite3.Error{Code: sqlite3.ErrIoErr})
	if !strings.Contains(err.Error(), "dedupe doctor") {
		t.Error(err)
	}
}
