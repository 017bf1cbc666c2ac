package config

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestKinds(t *testing.T) {
	type m = map[string][]string
	const refused = "refused"
	tests := []struct {
		key  string
		raw  any
		want string // as config.yaml has it, or refused
	}{
		{"thresholds.near", "0.75", "0.75"},
		{"thresholds.near", "1", "1"},
		{"thresholds.near", "1e-3", "0.001"},
		{"thresholds.near", "1.01", refused},
		{"thresholds.near", "-0.1", refused},
		{"thresholds.near", "NaN", refused},
		{"thresholds.near", "half", refused},
		{"thresholds.near", "", refused},
		{"thresholds.near", []string{"0.5"}, refused},
		{"text.shingle_size", " 5 ", "5"},
		{"text.shingle_size", "3", refused},
		{"text.shingle_size", "9", refused},
		{"text.shingle_size", "5.0", refused},
		{"text.shingle_size", "99999999999999999999", refused},
		{"window", "30", "30d"},
		{"window", "30d", "30d"},
		{"window", "unlimited", "unlimited"},
		{"window", "0d", refused},
		{"window", "-3d", refused},
		{"window", "d", refused},
		{"window", "2h", refused},
		{"input.max_record", "16777216", "16MiB"},
		{"input.max_record", "1MB", "1MB"},
		{"input.max_record", "1 GiB", "1GiB"},
		{"input.max_record", "1500KB", "1500KB"},
		{"input.max_record", "1025", "1025B"},
		{"input.max_record", "2GiB", refused},
		{"input.max_record", "1", refused},
		{"input.max_record", "1miB", refused},
		{"input.max_record", "9999999999GiB", refused},
		{"input.max_record", "-1KiB", refused},
		{"input.max_record", "MiB", refused},
		{"storage.compress", "false", "false"},
		{"storage.compress", "no", refused},
		{"headline.metric", "jaro", "jaro"},
		{"headline.metric", "Jaro", refused},
		{"on_change", "refuse", "refuse"},
		{"boilerplate.notices", []string{}, "[]"},
		{"boilerplate.notices", []string{"read this in our app", "今すぐ購読"}, "[read this in our app, 今すぐ購読]"},
		{"boilerplate.notices", []string{"our app"}, refused},
		{"boilerplate.notices", []string{"read this in our app", "read this in our app"}, refused},
		{"boilerplate.notices", "", refused},
		{"sources", "a, b", "[a, b]"},
		{"sources", `["a,b", c]`, "['a,b', c]"},
		{"sources", `["a,b", c`, refused},
		{"sources", "a,,b", refused},
		{"sources", "", refused},
		{"sources", []string{}, "[]"},
		{"sources", "[]", "[]"},
		{"cluster.representative", []string{}, refused},
		{"sources", []string{"a", "a"}, refused},
		{"sources", m{"a": {"b"}}, refused},
		{"cluster.representative", "longest,earliest", "[longest, earliest]"},
		{"cluster.representative", "longest,tallest", refused},
		{"cluster.representative", "latest,shortest", "[latest, shortest]"},
		{"cluster.preferred", "[]", "[]"},
		{"cluster.preferred", []string{"a", "a"}, refused},
		{"outlets.aliases", m{"BBC.co.uk": {"BBC News", "bbc.com"}}, "{BBC.co.uk: [BBC News, bbc.com]}"},
		{"outlets.aliases", "{B: [x], A: [y, z]}", "{A: [y, z], B: [x]}"},
		{"outlets.aliases", "{}", "{}"},
		{"outlets.aliases", "{A: [A, x.example, www.x.example, '*.x.example']}", "{A: [A, x.example, www.x.example, '*.x.example']}"},
		{"outlets.aliases", "{A: [b], B: [a]}", refused},
		{"outlets.owners", "{O: [x.example], P: [www.x.example]}", refused},
		{"outlets.owners", "{A: [b], B: [a]}", "{A: [b], B: [a]}"},
		{"wire.agencies", "{NP: [np]}", "{NP: [np]}"},
		{"outlets.aliases", "{A: x}", refused},
		{"outlets.aliases", "{A: []}", refused},
		{"outlets.aliases", "{A: [x], B: [X]}", refused},
		{"outlets.aliases", "{A: [x], A: [y]}", refused},
		{"outlets.aliases", "[a]", refused},
		{"outlets.aliases", "{{{", refused},
		{"database.path", "x\x00y", refused},
	}
	for _, tt := range tests {
		t.Run(tt.key+"="+flow(tt.raw), func(t *testing.T) {
			s, ok := find(tt.key)
			if !ok {
				t.Fatal("no such setting")
			}
			c := Default()
			before := c.Value(tt.key)
			err := s.set(&c, tt.raw)
			switch {
			case tt.want == refused && err == nil:
				t.Errorf("taken as %s, want it refused", c.Value(tt.key))
			case tt.want == refused && c.Value(tt.key) != before:
				t.Errorf("refused, and still changed to %s", c.Value(tt.key))
			case tt.want != refused && err != nil:
				t.Error(err)
			case tt.want != refused:
				if diff := cmp.Diff(tt.want, c.Value(tt.key)); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
			}
		})
	}
}

// FuzzFile checks that no file brings the reader down, that only settings of
// the table and withdrawn ones come out, and that what is accepted is the same after being
// written and read again.
func FuzzFile(f *testing.F) {
	f.Add(string(Default().YAML()))
	f.Add("thresholds: {near: 0.5, near: 0.6}\nwindow: unlimited\n")
	f.Add("outlets:\n  aliases:\n    \"A: b\": [null, '', \"\\u2028\", ~, !!str 1]\n")
	f.Add("a: &a [*a]\n---\nb: 1\n")
	f.Add("database: {path: 'NULL'}")
	f.Add("thresholds: {full_words: 80, told: 0.3}")
	f.Fuzz(func(t *testing.T, data string) {
		accept := func(data string) (c Config, ok bool) {
			entries, problems := parseFile("fuzz.yaml", []byte(data))
			c, ok = Default(), len(problems) == 0
			for key, e := range entries {
				if withdrawn[key] != "" {
					continue
				}
				s, known := find(key)
				if !known {
					t.Fatalf("unknown key %q came out", key)
				}
				if e.line < 1 || e.line > strings.Count(data, "\n")+strings.Count(data, "\r")+
					strings.Count(data, "\u0085")+strings.Count(data, "\u2028")+strings.Count(data, "\u2029")+1 {
					t.Fatalf("%s in line %d", key, e.line)
				}
				ok = s.set(&c, e.raw) == nil && ok
			}
			return c, ok
		}
		first, ok := accept(data)
		if !ok {
			return
		}
		second, ok := accept(string(first.YAML()))
		if !ok {
			t.Fatalf("not accepted after being written:\n%s", first.YAML())
		}
		if diff := cmp.Diff(first, second); diff != "" {
			t.Errorf("written and read (-want +got)\n%s", diff)
		}
	})
}
