package storage

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestMain lets the test binary play the other process of
// TestLockOfAnotherProcess and TestKilledWhileWriting.
func TestMain(m *testing.M) {
	if path := os.Getenv("DEDUPE_TEST_WRITE"); path != "" {
		os.Stdout.WriteString(writeUntilKilled(path).Error() + "\n")
		os.Exit(1)
	}
	if path := os.Getenv("DEDUPE_TEST_HOLD_LOCK"); path != "" {
		if _, err := Acquire(path, "dedupe run", time.Unix(1772530200, 0)); err != nil {
			os.Stdout.WriteString(err.Error() + "\n")
			os.Exit(1)
		}
		os.Stdout.WriteString("held\n")
		select {} // until killed
	}
	os.Exit(m.Run())
}

func TestLockOfAnotherProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), "DEDUPE_TEST_HOLD_LOCK="+path)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	defer child.Process.Kill()
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "held\n" {
		t.Fatalf("child says %q, %v", line, err)
	}

	_, err = Acquire(path, "dedupe ingest", time.Now())
	held, ok := errors.AsType[*HeldError](err)
	if !ok {
		t.Fatalf("Acquire = %v; want *HeldError", err)
	}
	if h := held.Holder; h.PID != child.Process.Pid || h.Command != "dedupe run" || h.Started.Unix() != 1772530200 {
		t.Errorf("holder = %+v; want process %d", h, child.Process.Pid)
	}
	if !strings.Contains(err.Error(), "since 2026-03-03T09:30:00Z") {
		t.Errorf("error %q does not say since when", err)
	}

	child.Process.Kill() // SIGKILL: nothing is released by the child itself
	child.Wait()
	l, err := Acquire(path, "dedupe ingest", time.Now())
	if err != nil {
		t.Fatalf("Acquire after the holder's death: %v", err)
	}
	if l.Previous == nil || l.Previous.PID != child.Process.Pid {
		t.Errorf("Previous = %+v; want the dead process %d", l.Previous, child.Process.Pid)
	}
	if err := l.Release(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path + ".lock"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("lock file after Release: %v", err)
	}
}

// A link in the place of the lock must not empty what it leads to.
func TestLockThatIsNone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	precious := filepath.Join(t.TempDir(), "precious")
	if err := os.WriteFile(precious, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(precious, path+".lock"); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if l, err := Acquire(path, "dedupe run", time.Now()); err == nil || !strings.Contains(err.Error(), path+".lock") {
		t.Errorf("Acquire = %v, %v; want an error that names the file", l, err)
	}
	if data, err := os.ReadFile(precious); string(data) != "kept" {
		t.Errorf("the other file holds %q, %v", data, err)
	}
	if err := os.Remove(path + ".lock"); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path+".lock", 0o700); err != nil {
		t.Fatal(err)
	}
	if l, err := Acquire(path, "dedupe run", time.Now()); err == nil {
		t.Errorf("Acquire of a folder = %v", l)
	}
}

func TestLockBySymbolicLink(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.db")
	link := filepath.Join(dir, "link.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(path, link); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	l, err := Acquire(path, "first", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Acquire(link, "second", time.Now()); !errors.As(err, new(*HeldError)) {
		t.Errorf("Acquire by link = %v; want *HeldError", err)
	}
	if err := l.Release(); err != nil {
		t.Fatal(err)
	}
	l, err = Acquire(link, "third", time.Now())
	if err != nil || l.Previous != nil {
		t.Fatalf("Acquire after Release = %+v, %v", l, err)
	}
	if err := l.Release(); err != nil {
		t.Error(err)
	}
}

func TestLockWithRubbishInIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	if err := os.WriteFile(path+".lock", []byte(strings.Repeat("{", 1<<20)), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := Acquire(path, "run", time.Now())
	if err != nil || l.Previous != nil {
		t.Fatalf("Acquire = %+v, %v", l, err)
	}
	if err := l.Release(); err != nil {
		t.Error(err)
	}
}
