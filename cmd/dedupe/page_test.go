package main

import (
	"io"
	"path/filepath"
	"slices"
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
		name      string
		shared    []spans
		furniture spans
		want      []report.Part
	}{
		{"nothing", nil, nil, []report.Part{{Text: body}}},
		{"all", []spans{{{Start: 0, End: 18}}}, nil, []report.Part{{Text: body, In: []int{0}}}},
		{"touching", []spans{{{Start: 0, End: 4}, {Start: 4, End: 7}}}, nil,
			[]report.Part{{Text: "one two", In: []int{0}}, {Text: " three four"}}},
		{"overlapping, of two columns", []spans{{{Start: 0, End: 7}, {Start: 4, End: 13}}, nil, {{Start: 8, End: 18}}}, nil,
			[]report.Part{{Text: "one two ", In: []int{0}}, {Text: "three", In: []int{0, 2}}, {Text: " four", In: []int{2}}}},
		{"shared furniture", []spans{{{Start: 0, End: 18}}}, spans{{Start: 4, End: 7}},
			[]report.Part{{Text: "one ", In: []int{0}}, {Text: "two", In: []int{0}, Boilerplate: true}, {Text: " three four", In: []int{0}}}},
		{"behind the end", []spans{{{Start: 14, End: 99}, {Start: 50, End: 60}}}, nil,
			[]report.Part{{Text: "one two three "}, {Text: "four", In: []int{0}}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, parts(body, tt.shared, tt.furniture)); diff != "" {
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
		var furniture []similarity.Span
		for i := 0; i+1 < len(bounds); i += 2 {
			s := similarity.Span{Start: uint32(min(bounds[i], bounds[i+1])), End: uint32(max(bounds[i], bounds[i+1]))}
			switch i / 2 % 3 {
			case 0, 1:
				shared[i/2%3] = append(shared[i/2%3], s)
			default:
				furniture = append(furniture, s)
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
		for _, p := range parts(body, shared, furniture) {
			for i := range len(p.Text) {
				want := report.Part{Boilerplate: covers(furniture, at+i)}
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

// TestDoubtful: the representative comes first, then who is held by others,
// then who is least like it.
func TestDoubtful(t *testing.T) {
	linked := func(in, of float64) storage.ClusterMember {
		return storage.ClusterMember{Linked: true, Kind: similarity.Near, InRepresentative: in, OfRepresentative: of}
	}
	members := []storage.ClusterMember{linked(1, 0.2), linked(0.4, 0.6), {}, linked(0.5, 0.5), {Article: storage.Article{Representative: true}}}
	if diff := cmp.Diff([]int{4, 2, 3, 1, 0}, doubtful(members)); diff != "" {
		t.Errorf("doubtful (-want +got):\n%s", diff)
	}
}

// TestVerdict checks that the verdict which comes with a member is the one that
// is stored of the pair, whichever of the two is asked for first.
func TestVerdict(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	if code := run(t.Context(), []string{"--db", path, "ingest", "--quiet", "../../testdata/articles"}, nil, io.Discard, t.Output()); code != 0 {
		t.Fatalf("ingest exits with %d", code)
	}
	store, err := storage.Open(t.Context(), path, storage.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	view, err := store.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	reader := &texts{view: view}
	clusters, err := view.Clusters(t.Context(), storage.Filter{}, storage.Largest, -1, 0)
	if err != nil {
		t.Fatal(err)
	}
	pairs := 0
	for _, c := range clusters {
		var members []storage.ClusterMember
		for m, err := range view.Members(t.Context(), c.ID) {
			if err != nil {
				t.Fatal(err)
			}
			members = append(members, m)
		}
		at := slices.IndexFunc(members, func(m storage.ClusterMember) bool { return m.Representative })
		for i := range members {
			if i == at || !members[i].Linked {
				continue
			}
			pairs++
			kind, e, err := reader.verdict(t.Context(), &members[at], &members[i])
			if err != nil {
				t.Fatal(err)
			}
			kindBack, back, err := reader.verdict(t.Context(), &members[i], &members[at])
			if diff := cmp.Diff(e, back.Swap()); err != nil || kind != kindBack || diff != "" {
				t.Errorf("articles %d and %d: %v, %v and %v (-member +pair):\n%s", members[at].Seq, members[i].Seq, err, kind, kindBack, diff)
			}
		}
	}
	if pairs == 0 {
		t.Error("no links to compare")
	}
}
