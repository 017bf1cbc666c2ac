package config

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// Whatever fails leaves the old file and nothing else; a link stays one.
func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	name, link := filepath.Join(dir, "a.svg"), filepath.Join(dir, "link.svg")
	put := func(text string, end error) func(io.Writer) error {
		return func(w io.Writer) error { _, err := io.WriteString(w, text); return errors.Join(err, end) }
	}
	if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("a.svg", link); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	full := errors.New("disk is full")
	for _, test := range []struct {
		name  string
		write func(io.Writer) error
		fails error
		want  string
	}{
		{name, put("half", full), full, "old"},
		{name, put("new", nil), nil, "new"},
		{link, put("half", full), full, "new"},
		{link, put("newer", nil), nil, "newer"},
	} {
		if err := WriteFile(test.name, test.write); !errors.Is(err, test.fails) {
			t.Errorf("%v, want %v", err, test.fails)
		}
		if got, err := os.ReadFile(name); string(got) != test.want {
			t.Errorf("it holds %q, %v; want %q", got, err, test.want)
		}
		if left, _ := os.ReadDir(dir); len(left) != 2 {
			t.Errorf("left behind: %v", left)
		}
	}
	info, err := os.Lstat(link)
	if err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is %v, %v", info, err)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("rights %v, %v; want those that were", info.Mode(), err)
	}
	if err := WriteFile(os.DevNull, put("x", nil)); err != nil {
		t.Error(err)
	}
	for link, to := range map[string]string{"first": "second", "second": filepath.Join(dir, "made.svg"), "round": "round"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	if err := WriteFile(filepath.Join(dir, "first"), put("made", nil)); err != nil {
		t.Error(err)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "made.svg")); string(got) != "made" {
		t.Errorf("what the links lead to holds %q, %v", got, err)
	}
	if err := WriteFile(filepath.Join(dir, "round"), put("x", nil)); err == nil {
		t.Error("a link to itself was written")
	}
}
