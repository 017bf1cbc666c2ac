package report

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFill(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"paragraphs", "one two three four five\nsix seven\n\neight\n", "one two three four five\nsix seven\n\neight\n"},
		{"items", "Flags:\n  -a, --all   all there are\n  -b          b\n", "Flags:\n  -a, --all   all there\n              are\n  -b          b\n"},
		{"an item that goes on", "  a   one two three\n      four\n  b   five\nsix\n", "  a   one two three four\n  b   five\nsix\n"},
		{"an item without a gap", "  one two three four five six\n  six\n", "  one two three four\n  five six\n  six\n"},
		{"typed", "so:\n  dedupe report --since-last --format html\nmore\n", "so:\n  dedupe report --since-last --format html\nmore\n"},
		{"a word too long", "of abcdefghijklmnopqrstuvwxyz and\n", "of\nabcdefghijklmnopqrstuvwxyz\nand\n"},
		{"other letters", "größer größer größer xy z\n", "größer größer größer xy\nz\n"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Fill(tt.text, 24)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.want, Fill(Fill(tt.text, 24), 24)); diff != "" {
				t.Errorf("filled twice (-want +got):\n%s", diff)
			}
		})
	}
}
