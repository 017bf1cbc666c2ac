package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// results are read from testdata/NAME.json, and so prove that what JSON says is
// all that the other formats need.
func results(tb testing.TB) map[string]Result {
	all := map[string]Result{
		"clusters": &Clusters{}, "cluster": &Cluster{}, "explanation": &Explanation{}, "diff": &Explanation{},
		"summary": &Summary{}, "rejects": &Rejects{}, "boilerplate": &Boilerplate{}, "stats": &Stats{},
		"checkup":  &Checkup{},
		"question": &Question{}, "decisions": &Decisions{}, "ruled": &Ruled{}, "rulings": &PastRulings{}, "reclustered": &Reclustered{}, "reviewed": &Reviewed{}, "checks": &Checks{},
	}
	for name, r := range all {
		data, err := os.ReadFile(filepath.Join("testdata", name+".json"))
		if err != nil {
			tb.Fatal(err)
		}
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		if err := d.Decode(r); err != nil {
			tb.Fatalf("%s: %v", name, err)
		}
	}
	return all
}

func TestGolden(t *testing.T) {
	berlin := time.FixedZone("CET", 3600)
	renderings := map[string]Options{
		"80.txt":    {Width: 80},
		"40.txt":    {Width: 40},
		"wide.txt":  {},
		"color.txt": {Width: 100, Color: true, Zone: berlin},
		"json":      {Format: JSON},
		"csv":       {Format: CSV},
		"md":        {Format: Markdown},
	}
	for name, r := range results(t) {
		for ext, opt := range renderings {
			t.Run(name+"."+ext, func(t *testing.T) {
				var got bytes.Buffer
				err := Write(&got, r, opt)
				_, rows := r.(tabular)
				_, headings := r.(document)
				if opt.Format == CSV && !rows || opt.Format == Markdown && !headings {
					if !errors.Is(err, ErrFormat) {
						t.Errorf("Write = %v; want %v", err, ErrFormat)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				golden(t, filepath.Join("testdata", "golden", name+"."+ext), got.Bytes())
			})
		}
	}
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// Text keeps to the width down to that of a small phone, holds no control
// character but the line end, and closes each isolate on its line.
func TestTextIsFitAndHarmless(t *testing.T) {
	for name, r := range results(t) {
		for w := 36; w <= 200; w += 4 {
			var out strings.Builder
			if err := Write(&out, r, Options{Width: w}); err != nil {
				t.Fatal(err)
			}
			checkHarmless(t, out.String())
			for line := range strings.Lines(out.String()) {
				line = strings.TrimSuffix(line, "\n")
				if n := width(line); n > w {
					t.Errorf("%s at %d: %d columns: %q", name, w, n, line)
				}
				if strings.HasSuffix(line, " ") {
					t.Errorf("%s at %d: spaces at the end: %q", name, w, line)
				}
			}
		}
	}
}

func checkHarmless(t *testing.T, out string) {
	t.Helper()
	for line := range strings.Lines(out) {
		depth := 0
		for _, r := range strings.TrimSuffix(line, "\n") {
			switch {
			case r == '\u2068':
				depth++
			case r == '\u2069':
				depth--
			case r < ' ', r >= 0x7F && r < 0xA0, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x206F:
				t.Errorf("character %U in %q", r, line)
			}
			if depth < 0 {
				break
			}
		}
		if depth != 0 {
			t.Errorf("isolates do not close in %q", line)
		}
	}
}

func TestEmptyResults(t *testing.T) {
	for _, r := range []Result{&Clusters{}, &Cluster{}, &Explanation{}, &Summary{}, &Rejects{}} {
		for _, f := range []Format{Text, JSON} {
			if err := Write(io.Discard, r, Options{Format: f, Width: 80}); err != nil {
				t.Errorf("%T as %s: %v", r, f, err)
			}
		}
		if err := Write(io.Discard, r, Options{Format: "xml"}); !errors.Is(err, ErrFormat) {
			t.Errorf("%T as xml: %v; want %v", r, err, ErrFormat)
		}
	}
}

func TestClean(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"plain", "Storm closes harbour", "Storm closes harbour"},
		{"white space", "  a \t\r\n b\u00a0c\u2028d  ", "a b c d"},
		{"escape", "\x1b[31mred\x1b[0m", "␛[31mred␛[0m"},
		{"window title", "\x1b]0;x\x07", "␛]0;x␇"},
		{"C1 and DEL", "\u009b2J\x7f", "\ufffd2J␡"},
		{"NUL", "a\x00b", "a␀b"},
		{"override", "a\u202egpj.exe", "agpj.exe"},
		{"isolates and marks", "\u2066a\u2069\u200f\u061cb", "ab"},
		{"zero width", "pass\u200bword\ufeff\u00ad", "password"},
		{"tag characters", "a\U000e0041\U000e0042", "a"},
		{"invalid UTF-8", "a\xff\xfeb", "a\ufffd\ufffdb"},
		{"joiners stay", "می\u200cخواهم 👩\u200d🚒", "می\u200cخواهم 👩\u200d🚒"},
		{"Arabic number sign stays", "\u060012", "\u060012"},
		{"marks", "a" + strings.Repeat("\u0301", 50), "a" + strings.Repeat("\u0301", maxMarks)},
		{"Hebrew with cantillation", "בְּרֵאשִׁ֖ית", "בְּרֵאשִׁ֖ית"},
	}
	for _, test := range tests {
		if got := clean(test.in); got != test.want {
			t.Errorf("%s: clean(%q) = %q; want %q", test.name, test.in, got, test.want)
		}
	}
}

func TestSheetHoldsNoFormula(t *testing.T) {
	for in, want := range map[string]string{"=1+1": "'=1+1", "@x": "'@x", " \t=1": "'=1", "\u200b-1": "'-1", "a=b": "a=b", "": ""} {
		if got := sheet(in); got != want {
			t.Errorf("sheet(%q) = %q; want %q", in, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("\x1b[31mred \u202e  x\u0301", 5)
	f.Add("東京 العاصفة", 3)
	f.Fuzz(func(t *testing.T, s string, n int) {
		c := clean(s)
		checkHarmless(t, isolate(c))
		if again := clean(c); again != c {
			t.Errorf("clean twice: %q, then %q", c, again)
		}
		if n = n & 0xff; width(truncate(c, n)) > n {
			t.Errorf("truncate(%q, %d) has %d columns", c, n, width(truncate(c, n)))
		}
		if strings.ContainsAny(c, "\n\r\t") {
			t.Errorf("clean left a line end or tab in %q", c)
		}
	})
}
