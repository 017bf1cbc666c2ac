package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNewJSON(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"plain", "a <b> & c", `"a <b> & c"`},
		{"scripts stay readable", "水 שלום نجمه\u200cها é", "\"水 שלום نجمه\u200cها é\""},
		{"C1 controls", "a\u009b31mb\u0085", `"a\u009b31mb\u0085"`},
		{"DEL", "\u007f", `"\u007f"`},
		{"ESC", "\x1b[2J", `"\u001b[2J"`},
		{"direction", "\u202Eabc\u202C \u2066x\u2069", `"\u202eabc\u202c \u2066x\u2069"`},
		{"at both ends", "\u0080水\u009f", `"\u0080水\u009f"`},
		{"nothing", "", `""`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			if err := NewJSON(&out).Encode(tt.text); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want+"\n", out.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzNewJSON(f *testing.F) {
	f.Add("a\u009bb", "\u202e")
	f.Add("水\u2028", "\xff\xc2")
	f.Fuzz(func(t *testing.T, key, value string) {
		key, value = strings.ToValidUTF8(key, "?"), strings.ToValidUTF8(value, "?")
		want := map[string]string{key: value}
		var out bytes.Buffer
		if err := NewJSON(&out).Encode(want); err != nil {
			t.Fatal(err)
		}
		if i := strings.IndexFunc(strings.TrimSuffix(out.String(), "\n"), func(r rune) bool { return r < ' ' || steers(r) }); i >= 0 {
			t.Fatalf("what steers a terminal is left at %d of %q", i, out.String())
		}
		var got map[string]string
		if err := json.Unmarshal(out.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("read again (-want +got):\n%s", diff)
		}
	})
}
