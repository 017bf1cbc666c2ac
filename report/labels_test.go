package report

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

// FuzzReadLabels checks that what is taken can be exported in both formats and
// read again as it was; in CSV but for control characters, which become their
// pictures once and stay so.
func FuzzReadLabels(f *testing.F) {
	f.Add(`{"article_a":"x","article_b":"y","decision":"same"}` + "\n" + `{"article_a":"x","outlet_a":"Bay","key_b":"00112233445566778899aabbccddeeff","decision":"different","decided":"2026-03-20T09:00:00Z","note":"a \"digest\""}`)
	f.Add("decision,article_a,article_b,note\nsame,x,y,\"two\nlines\"\n")
	f.Add("\ufeffdecision,key_a,key_b,decided\ndifferent,00112233445566778899aabbccddeeff,y,2026-03-20T09:00:00+01:00\nsame,,\n")
	f.Add("\n {\"decision\":\"maybe\"}\n{")
	f.Add("decision\n\"")
	f.Add("decision,article_a,article_b\nsame,0,\x10\n")
	f.Add(`{"article_a":"x","article_b":"\u001b[2J","decision":"same"}`)
	f.Fuzz(func(t *testing.T, data string) {
		list, _, err := ReadLabels(strings.NewReader(data), "in")
		if err != nil {
			return
		}
		var want []Label
		for _, l := range list {
			l.Note = strings.ReplaceAll(l.Note, "\r\n", "\n") // as CSV has it
			l.A, l.B = strings.ReplaceAll(l.A, "\r\n", "\n"), strings.ReplaceAll(l.B, "\r\n", "\n")
			l.OutletA, l.OutletB = strings.ReplaceAll(l.OutletA, "\r\n", "\n"), strings.ReplaceAll(l.OutletB, "\r\n", "\n")
			want = append(want, l.Label)
		}
		for _, format := range []Format{JSONL, CSV} {
			got := exportedLabels(t, want, format)
			if format == CSV && strings.ContainsFunc(data, controls) {
				want, got = got, exportedLabels(t, got, format)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", format, diff)
			}
		}
	})
}

// controls are what is shown in CSV, and the backslash: JSON can escape any character
// by it.
func controls(r rune) bool {
	return r == '\\' || unicode.IsControl(r) && r != '\t' && r != '\n' ||
		unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector, unicode.Zl, unicode.Zp)
}

// exportedLabels returns what is read of an export of the labels.
func exportedLabels(t *testing.T, list []Label, format Format) (got []Label) {
	var out bytes.Buffer
	e, err := NewExport[Label](&out, format)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range list {
		if err := e.Write(l); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Flush(); err != nil {
		t.Fatal(err)
	}
	again, rejects, err := ReadLabels(&out, "out")
	if err != nil || len(rejects) > 0 {
		t.Fatalf("%s: %v, rejects %v", format, err, rejects)
	}
	for _, l := range again {
		got = append(got, l.Label)
	}
	return got
}
