package source

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The hostile files of testdata/bad, each with what its README promises.
func TestBadInput(t *testing.T) {
	const folder = "../testdata/bad"
	for _, c := range []struct {
		file           string
		kept           int
		rejects, warns []int // lines; 0 is the file
	}{
		{"binary.jsonl", 0, []int{0}, nil},
		{"bom-crlf.jsonl", 2, nil, nil},
		{"broken.jsonl", 2, []int{2, 3, 4, 5, 6, 8}, nil},
		{"control-characters.jsonl", 2, nil, nil},
		{"dates.jsonl", 6, nil, []int{1, 2, 3, 4, 5, 6}},
		{"deep.jsonl", 1, []int{1}, nil},
		{"duplicate-key.jsonl", 1, []int{1}, nil},
		{"empty.jsonl", 1, []int{1, 2, 3}, nil},
		{"invalid-utf8.jsonl", 1, []int{1, 2, 3}, nil},
		{"joined.jsonl", 3, nil, nil},
		{"lone-surrogate.jsonl", 1, []int{1}, nil},
		{"mailbox", 1, nil, nil},
		{"missing-fields.jsonl", 4, []int{1}, nil},
		{"no-bytes.jsonl", 0, nil, nil},
		{"odd-types.jsonl", 3, []int{4, 5}, []int{2, 3}},
		{"only-separators.txt", 0, []int{0}, nil},
		{"saved-page", 1, nil, nil},
		{"table.txt", 1, nil, nil},
		{"wrong-types.jsonl", 6, nil, []int{2}},
	} {
		t.Run(c.file, func(t *testing.T) {
			opt := Options{FirstSeen: mustTime(t, "2026-03-20T00:00:00Z")}
			d := decoder(t, opt)
			var rejects, warns []int
			kept := 0
			for raw, rej := range Read(context.Background(), []string{filepath.Join(folder, c.file)}, nil, opt) {
				if rej == nil {
					_, rej = raw.Decode(d)
				}
				switch {
				case rej == nil:
					kept++
				case rej.Kept:
					kept++
					warns = append(warns, rej.Origin.Line)
				default:
					rejects = append(rejects, rej.Origin.Line)
				}
			}
			if kept != c.kept {
				t.Errorf("%d articles, want %d", kept, c.kept)
			}
			if diff := cmp.Diff([][]int{c.rejects, c.warns}, [][]int{rejects, warns}); diff != "" {
				t.Errorf("lines of rejects and warnings (-want +got):\n%s", diff)
			}
		})
	}
}

// Every record of the real data is read, and every date in it.
func TestRealData(t *testing.T) {
	const pattern = "../../shared/data/*/articles.jsonl.gz"
	if found, _ := filepath.Glob(pattern); len(found) == 0 {
		t.Skip("the data sets are not on this machine: ", pattern)
	}
	d := decoder(t, Options{})
	n := 0
	for raw, rej := range Read(context.Background(), []string{pattern}, nil, Options{}) {
		if rej == nil {
			_, rej = raw.Decode(d)
		}
		if rej != nil {
			t.Error(rej)
		}
		n++
	}
	t.Logf("%d articles", n)
}
