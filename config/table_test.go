package config

import (
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write ../config.yaml anew from the table")

// TestConfigFile holds the config.yaml of the repository to the defaults; its sources are
// those of the example in README.md.
func TestConfigFile(t *testing.T) {
	const file = "../config.yaml"
	c := Default()
	for _, path := range []string{"testdata/articles", "testdata/pages"} {
		c.Sources = append(c.Sources, Source{Name: path, Type: SourceFiles, Path: path, Enabled: true, Pages: true})
	}
	want := c.YAML()
	if *update {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("config.yaml is not what table.go says (-want +got); after a change of the table: go test ./config -update\n%s", diff)
	}
}

// TestReadme holds the settings that README.md lists to the defaults.
func TestReadme(t *testing.T) {
	data, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, ok := strings.Cut(string(data), "\n| setting | default | |\n|---|---|---|\n")
	rows, _, end := strings.Cut(after, "\n\n")
	if !ok || !end {
		t.Fatal("README.md has no table of settings")
	}
	c := Default()
	for row := range strings.Lines(rows) {
		cells := strings.Split(row, " | ")
		for name := range strings.SplitSeq(strings.Trim(cells[0], "| "), ", ") {
			s, ok := find(strings.Trim(name, "`"))
			if !ok {
				t.Errorf("%s is no setting", name)
			} else if want := strings.Replace(flow(s.raw(&c)), "{}", "none", 1); cells[1] != want {
				t.Errorf("%s: the default is %s, README.md says %s", name, want, cells[1])
			}
		}
	}
}

// TestTable holds every row to itself: its default is allowed, names are
// unique, and it says what it is for.
func TestTable(t *testing.T) {
	envs := map[string]string{Prefix + "CONFIG": "--config"}
	for _, s := range table {
		t.Run(s.Key, func(t *testing.T) {
			if other, ok := envs[s.Env()]; ok {
				t.Errorf("%s is the variable of %s too", s.Env(), other)
			}
			envs[s.Env()] = s.Key
			if s.Key != strings.ToLower(s.Key) {
				t.Error("a key is in lower case")
			}
			if !strings.HasSuffix(s.Doc, ".") || s.Allowed == "" || s.Type == "" {
				t.Error("a setting has sentences, a type, and what is allowed")
			}
			c := Default()
			raw := s.raw(&c)
			if err := s.set(&c, raw); err != nil {
				t.Errorf("default %v: %v", raw, err)
			}
			if err := s.set(&c, flow(raw)); err != nil {
				t.Errorf("default as one string, %s: %v", flow(raw), err)
			}
			if diff := cmp.Diff(raw, s.raw(&c)); diff != "" {
				t.Errorf("default after being written and read (-want +got)\n%s", diff)
			}
			section, _, ok := strings.Cut(s.Key, ".")
			if ok && sections[section] == "" {
				t.Errorf("section %s has no description", section)
			}
		})
	}
}

// TestStruct holds the struct to the table: every field of Config is filled by
// exactly one row, found by changing what each row points at.
func TestStruct(t *testing.T) {
	rows := map[string][]string{} // field: keys
	for _, s := range table {
		zero, other := Config{}, Config{}
		if err := s.set(&other, nonzero(t, s)); err != nil {
			t.Fatalf("%s: %v", s.Key, err)
		}
		walk(reflect.ValueOf(zero), reflect.ValueOf(other), "", func(name string, a, b reflect.Value) {
			if !reflect.DeepEqual(a.Interface(), b.Interface()) {
				rows[name] = append(rows[name], s.Key)
			}
		})
	}
	walk(reflect.ValueOf(Config{}), reflect.ValueOf(Config{}), "", func(name string, _, _ reflect.Value) {
		if len(rows[name]) != 1 {
			t.Errorf("Config.%s is filled by %d rows of the table %v, want 1", name, len(rows[name]), rows[name])
		}
	})
}

// nonzero returns an allowed raw value that is not its kind's zero value.
func nonzero(t *testing.T, s Setting) any {
	for _, raw := range []any{"true", "7", "1", "2KiB", "earliest", "largest", "warn", "jaro", "strict", "day_first", "Europe/Berlin", "10.0.0.0/8", "9s", "0600", "json", "http://a.example", "a", "a long phrase", map[string][]string{"a": {"b"}}, map[string][]string{"a": {"near=1"}}} {
		var a, zero Config
		if s.set(&a, raw) == nil && !reflect.DeepEqual(a, zero) {
			return raw
		}
	}
	t.Fatalf("%s: no value of the test is allowed", s.Key)
	return nil
}

// walk calls do for the fields of two structs that are not structs.
func walk(a, b reflect.Value, prefix string, do func(name string, a, b reflect.Value)) {
	for i := range a.NumField() {
		name := prefix + a.Type().Field(i).Name
		if a.Field(i).Kind() == reflect.Struct {
			walk(a.Field(i), b.Field(i), name+".", do)
		} else {
			do(name, a.Field(i), b.Field(i))
		}
	}
}

// TestDefaultIsFresh checks that no two Configs share a list or a map.
func TestDefaultIsFresh(t *testing.T) {
	a := Default()
	a.Cluster.Representative[0] = "changed"
	a.Input.Fields.ID[0] = "changed"
	a.Outlets.Aliases["changed"] = []string{"x"}
	b := Default()
	if b.Cluster.Representative[0] == "changed" || b.Input.Fields.ID[0] == "changed" || len(b.Outlets.Aliases) > 0 {
		t.Error("a change of one Default is seen in the next")
	}
}

func TestHash(t *testing.T) {
	for _, s := range table {
		for _, touches := range []Touches{Links, Texts} {
			a, b := Default(), Default()
			for _, raw := range []any{"1", "3", "7", "0.25", "longest", "jaro", "strict", "a long phrase", "false", map[string][]string{"a": {"b"}}, map[string][]string{"a": {"near=1"}}} {
				if s.set(&b, raw) == nil && a.Value(s.Key) != b.Value(s.Key) {
					break
				}
			}
			changed := a.Hash(touches) != b.Hash(touches)
			if want := s.Touches == touches && a.Value(s.Key) != b.Value(s.Key); changed != want {
				t.Errorf("%s: hash of %d changes: %v, want %v", s.Key, touches, changed, want)
			}
			if s.Touches != Nothing && a.Value(s.Key) == b.Value(s.Key) {
				t.Errorf("%s: the test has no second value for it", s.Key)
			}
		}
	}
}
