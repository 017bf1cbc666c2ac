package config

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEdit(t *testing.T) {
	tests := []struct {
		name, file string
		changes    []Change
		want       string
	}{
		{"value in place", "# mine\nthresholds:\n  near: 0.50   # of two\n\n  excerpt: 0.5\nbatch: 10\n",
			[]Change{{"thresholds.near", "0.6"}, {"thresholds.excerpt", "0.45"}},
			"# mine\nthresholds:\n  near: 0.6   # of two\n\n  excerpt: 0.45\nbatch: 10\n"},
		{"in braces, after other characters", "outlets: {owners: {Ö: [ä]}}\nthresholds: {near: 0.5, told: '0.4'} # é\n",
			[]Change{{"thresholds.mentioned", "0.3"}, {"thresholds.rewrite", "0.5"}},
			"outlets: {owners: {Ö: [ä]}}\nthresholds: {rewrite: 0.5, near: 0.5, told: 0.3} # é\n"},
		{"empty braces", "thresholds: {}\n", []Change{{"thresholds.near", "0.6"}}, "thresholds: {near: 0.6}\n"},
		{"commented out", "thresholds:\n  # Near: how.\n  # near: 0.5 # a number\n  # rewrite: 0.45\nbatch: 10\n",
			[]Change{{"thresholds.near", "0.6"}, {"thresholds.rewrite", "0.5"}},
			"thresholds:\n  # Near: how.\n  near: 0.6 # a number\n  rewrite: 0.5\nbatch: 10\n"},
		{"a comment elsewhere is none", "thresholds:\n  mentioned: 0.4\noutput:\n  # near: 0.5\n  json: true\n",
			[]Change{{"thresholds.near", "0.6"}},
			"thresholds:\n  mentioned: 0.4\n  near: 0.6 # a number from 0 to 1\noutput:\n  # near: 0.5\n  json: true\n"},
		{"no such section, no end of line", "batch: 10", []Change{{"thresholds.near", "0.6"}},
			"batch: 10\nthresholds:\n  near: 0.6 # a number from 0 to 1\n"},
		{"empty file", "", []Change{{"batch", "7"}}, "batch: 7 # a whole number from 1 to 1000000\n"},
		{"comments only", "# nothing yet\n", []Change{{"batch", "7"}}, "batch: 7 # a whole number from 1 to 1000000\n# nothing yet\n"},
		{"Windows", "thresholds:\r\n  near: 0.5\r\n", []Change{{"thresholds.near", "0.6"}, {"thresholds.mentioned", "0.2"}},
			"thresholds:\r\n  near: 0.6\r\n  mentioned: 0.2 # a number from 0 to 1\r\n"},
		{"deeper indentation", "thresholds:\n      near: 0.5\n", []Change{{"thresholds.mentioned", "0.2"}},
			"thresholds:\n      near: 0.5\n      mentioned: 0.2 # a number from 0 to 1\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Edit([]byte(tt.file), tt.changes)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestEditRefuses(t *testing.T) {
	tests := []struct{ name, file, key, value, want string }{
		{"unknown setting", "", "thresholds.nearly", "0.5", `no setting "thresholds.nearly"`},
		{"value", "", "thresholds.near", "1.5", "thresholds.near: 1.5 is not allowed; want a number from 0 to 1"},
		{"a section", "", "thresholds", "1", `no setting "thresholds"`},
		{"file with mistakes", "nearly: 1\n", "batch", "7", "nearly: is unknown"},
		{"value on several lines", "thresholds:\n  near:\n    \"0.\\\n     5\"\n", "thresholds.near", "0.6", "change it by hand"},
		{"anchor", "thresholds: &t\n  near: 0.5\n  <<: {}\n", "thresholds.near", "0.6", "is unknown"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Edit([]byte(tt.file), []Change{{tt.key, tt.value}})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q in it", err, tt.want)
			}
		})
	}
}

// TestEditOwn changes each setting of the config.yaml that comes with dedupe:
// one line of it is another then.
func TestEditOwn(t *testing.T) {
	data := Default().YAML()
	for _, s := range table {
		t.Run(s.Key, func(t *testing.T) {
			c := Default()
			value := flow(s.raw(&c))
			for _, raw := range []any{"1", "7", "0.25", "2KiB", "other", "true", "false", "[longest]", "jaro", "newest", "refuse", "strict", "day_first", "Europe/Berlin", "9s", "0600", "json", "http://a.example", "{a: [b]}", "{a: [near=1]}"} {
				if s.set(&c, raw) == nil && flow(s.raw(&c)) != value {
					break
				}
			}
			got, err := Edit(data, []Change{{s.Key, flow(s.raw(&c))}})
			if err != nil && len(s.Key) > 0 && strings.ContainsAny(value, "[{") {
				return // lists are changed by hand
			}
			if err != nil {
				t.Fatal(err)
			}
			before, after := strings.SplitAfter(string(data), "\n"), strings.SplitAfter(string(got), "\n")
			if len(before) != len(after) {
				t.Fatalf("%d lines, before %d", len(after), len(before))
			}
			changed := 0
			for i := range before {
				if before[i] != after[i] {
					changed++
				}
			}
			if changed != 1 {
				t.Errorf("%d lines are others, want 1\n%s", changed, cmp.Diff(before, after))
			}
		})
	}
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "real.yaml"), filepath.Join(dir, "config.yaml")
	if err := os.WriteFile(file, []byte("batch: 5 # few\n"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real.yaml", link); err != nil {
		t.Skip(err)
	}
	if err := Write(link, []Change{{"batch", "9"}}); err != nil {
		t.Fatal(err)
	}
	got, _ := os.ReadFile(file)
	if diff := cmp.Diff("batch: 9 # few\n", string(got)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if info, _ := os.Stat(file); info.Mode().Perm() != 0o640 {
		t.Errorf("rights %v, want those of before", info.Mode())
	}
	if info, _ := os.Lstat(link); info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link is no link any more")
	}
	if err := Write(link, []Change{{"batch", "none"}}); err == nil {
		t.Error("a value that is not allowed was written")
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Errorf("files left over: %v", entries)
	}
}

// FuzzEdit holds a changed file to the file before: all lines but one are there
// still, in their order.
func FuzzEdit(f *testing.F) {
	f.Add([]byte("thresholds:\n  near: 0.5 # x\n"))
	f.Add([]byte("thresholds: {near: \"0.5\"}"))
	f.Add([]byte("# a\nthresholds:\n# near: 0.1\n  # near: 0.2\n"))
	f.Add([]byte("\r{}"))
	f.Add([]byte("\ufeff{thresholds: {near: .5}}\r\n...\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Edit(data, []Change{{"thresholds.near", "0.625"}})
		if err != nil {
			return
		}
		entries, problems := parseFile("", got)
		if len(problems) > 0 || entries["thresholds.near"].raw != "0.625" {
			t.Fatalf("%q became %q: %v %v", data, got, entries, problems)
		}
		trim := func(data []byte) []string {
			var lines []string
			for _, line := range strings.Split(string(data), "\n") {
				if line = strings.TrimRight(line, "\r"); line != "" {
					lines = append(lines, line)
				}
			}
			return lines
		}
		before, after, lost := trim(data), trim(got), 0
		for _, line := range before {
			if i := slices.Index(after, line); i >= 0 {
				after = after[i+1:]
			} else {
				lost++
			}
		}
		if lost > 1 {
			t.Errorf("%d lines of %q are lost in %q", lost, data, got)
		}
	})
}
