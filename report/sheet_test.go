package report

import (
	"strings"
	"testing"
)

func TestCell(t *testing.T) {
	for _, tt := range []struct{ in, cell, sheet string }{
		{"", "", ""},
		{"Storm, closes", "Storm, closes", "Storm, closes"},
		{"=1+1", "'=1+1", "'=1+1"},
		{"+49 30", "'+49 30", "'+49 30"},
		{"-17", "'-17", "'-17"},
		{"@SUM(A1)", "'@SUM(A1)", "'@SUM(A1)"},
		{"\t=1+1", "'\t=1+1", "'=1+1"},
		{"\r=1+1", "'\r=1+1", "'=1+1"},
		{"＝1+1", "'＝1+1", "'＝1+1"},
		{"'=1+1", "''=1+1", "''=1+1"},
		{"'tis the season", "'tis the season", "'tis the season"},
		{"a\n  b\tc", "a\n  b\tc", "a b c"},
		{"\x1b[2J\x00\x7f\u009b", "␛[2J␀␡\ufffd", "␛[2J␀␡\ufffd"},
		{"a-b=c", "a-b=c", "a-b=c"},
	} {
		if got := cell(tt.in); got != tt.cell {
			t.Errorf("cell(%q) = %q, want %q", tt.in, got, tt.cell)
		}
		if got := sheet(tt.in); got != tt.sheet {
			t.Errorf("sheet(%q) = %q, want %q", tt.in, got, tt.sheet)
		}
	}
}

// No cell is a formula or steers a terminal, and what reads it gets back what
// was there but for control characters.
func FuzzCell(f *testing.F) {
	for _, s := range []string{"", "=1", "''=1", "'", "''", "-\x00", "＠x", "\xff=", "plain"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, got := range []string{cell(s), sheet(s)} {
			if got != "" && strings.ContainsRune(formulas, firstRune(got)) {
				t.Errorf("%q becomes the formula %q", s, got)
			}
			if strings.ContainsFunc(got, isControl) {
				t.Errorf("%q becomes %q, with control characters", s, got)
			}
		}
		if back := Uncell(cell(s)); !strings.ContainsFunc(s, isControl) && back != s {
			t.Errorf("%q is read back as %q", s, back)
		}
	})
}
