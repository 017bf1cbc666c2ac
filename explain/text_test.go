package explain

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"dedupe/report"
	"dedupe/similarity"
	"dedupe/storage"
)

func TestParts(t *testing.T) {
	type spans = []similarity.Span
	const body = "one two three four"
	for _, tt := range []struct {
		name        string
		shared      []spans
		boilerplate spans
		want        []report.Part
	}{
		{"nothing", nil, nil, []report.Part{{Text: body}}},
		{"all", []spans{{{Start: 0, End: 18}}}, nil, []report.Part{{Text: body, In: []int{0}}}},
		{"touching", []spans{{{Start: 0, End: 4}, {Start: 4, End: 7}}}, nil,
			[]report.Part{{Text: "one two", In: []int{0}}, {Text: " three four"}}},
		{"overlapping, of two columns", []spans{{{Start: 0, End: 7}, {Start: 4, End: 13}}, nil, {{Start: 8, End: 18}}}, nil,
			[]report.Part{{Text: "one two ", In: []int{0}}, {Text: "three", In: []int{0, 2}}, {Text: " four", In: []int{2}}}},
		{"shared boilerplate", []spans{{{Start: 0, End: 18}}}, spans{{Start: 4, End: 7}},
			[]report.Part{{Text: "one ", In: []int{0}}, {Text: "two", In: []int{0}, Boilerplate: true}, {Text: " three four", In: []int{0}}}},
		{"behind the end", []spans{{{Start: 14, End: 99}, {Start: 50, End: 60}}}, nil,
			[]report.Part{{Text: "one two three "}, {Text: "four", In: []int{0}}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, parts(body, tt.shared, tt.boilerplate)); diff != "" {
				t.Errorf("parts (-want +got):\n%s", diff)
			}
		})
	}
	if got := parts("", nil, nil); got != nil {
		t.Errorf("parts of nothing = %v", got)
	}
}

// FuzzParts checks parts against the plain question, byte by byte.
func FuzzParts(f *testing.F) {
	f.Add("one two three", []byte{0, 3, 2, 9, 200, 255})
	f.Fuzz(func(t *testing.T, body string, bounds []byte) {
		shared := make([][]similarity.Span, 2)
		var boilerplate []similarity.Span
		for i := 0; i+1 < len(bounds); i += 2 {
			s := similarity.Span{Start: uint32(min(bounds[i], bounds[i+1])), End: uint32(max(bounds[i], bounds[i+1]))}
			switch i / 2 % 3 {
			case 0, 1:
				shared[i/2%3] = append(shared[i/2%3], s)
			default:
				boilerplate = append(boilerplate, s)
			}
		}
		covers := func(spans []similarity.Span, at int) bool {
			for _, s := range spans {
				if int(s.Start) <= at && at < int(s.End) {
					return true
				}
			}
			return false
		}
		at := 0
		for _, p := range parts(body, shared, boilerplate) {
			for i := range len(p.Text) {
				want := report.Part{Boilerplate: covers(boilerplate, at+i)}
				for j := range shared {
					if covers(shared[j], at+i) {
						want.In = append(want.In, j)
					}
				}
				if diff := cmp.Diff(want, report.Part{In: p.In, Boilerplate: p.Boilerplate}); diff != "" {
					t.Fatalf("byte %d (-want +got):\n%s", at+i, diff)
				}
			}
			if !strings.HasPrefix(body[at:], p.Text) {
				t.Fatalf("part %q is not the body at %d", p.Text, at)
			}
			at += len(p.Text)
		}
		if at != len(body) {
			t.Fatalf("the parts end at %d of %d", at, len(body))
		}
	})
}

func TestStart(t *testing.T) {
	for _, tt := range []struct {
		s    string
		n    int
		want int
	}{{"", 5, 0}, {"abc", 3, 3}, {"abc", 2, 2}, {"aß", 2, 1}, {"ß", 1, 0}, {"\x80\x80\x80", 2, 0}} {
		got := start(tt.s, tt.n)
		if got != tt.want {
			t.Errorf("start(%q, %d) = %d; want %d", tt.s, tt.n, got, tt.want)
		}
		if utf8.ValidString(tt.s) && !utf8.ValidString(tt.s[:got]) {
			t.Errorf("start(%q, %d) cuts a character", tt.s, tt.n)
		}
	}
}

// TestLeastAlike: the representative comes first, then who is held by others,
// then who is least like it.
func TestLeastAlike(t *testing.T) {
	linked := func(in, of float64) storage.ClusterMember {
		return storage.ClusterMember{Linked: true, Kind: similarity.Near, InRepresentative: in, OfRepresentative: of}
	}
	members := []storage.ClusterMember{linked(1, 0.2), linked(0.4, 0.6), {}, linked(0.5, 0.5), {Article: storage.Article{Representative: true}}}
	if diff := cmp.Diff([]int{4, 2, 3, 1, 0}, leastAlike(members)); diff != "" {
		t.Errorf("leastAlike (-want +got):\n%s", diff)
	}
}
