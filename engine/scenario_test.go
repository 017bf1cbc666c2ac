package engine_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/explain"
	"dedupe/storage"
)

// scenario is a few articles and what is expected of them. Of pairs that it
// does not name, and of articles, nothing is: they are distinct, and alone.
//
//	What it is about.
//
//	-- want --
//	NAME NAME: KIND...        one of the kinds
//	cluster: NAME NAME...
//	short: NAME...            too short to judge
//	boilerplate: WORDS          that a learned passage holds; none: nothing may be learned
//
//	-- NAME --
//	outlet: ...
//	date: ...
//	headline: ...
//
//	body
type scenario struct {
	records     []record
	pairs       map[string][]string
	clusters    []string
	short       []string
	boilerplate *string
}

func parse(t *testing.T, path string) (s scenario) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s.pairs = map[string][]string{}
	for i, file := range strings.Split(string(data), "\n-- ") {
		if i == 0 {
			continue // the comment
		}
		name, content, ok := strings.Cut(file, " --\n")
		if !ok {
			t.Fatalf("%s: no name in %.40q", path, file)
		}
		if name == "want" {
			for line := range strings.Lines(strings.TrimSpace(content) + "\n") {
				s.want(t, strings.TrimSpace(line))
			}
			continue
		}
		head, body, _ := strings.Cut(content, "\n\n")
		r := record{ID: name, Body: strings.TrimSpace(body)}
		for line := range strings.Lines(head + "\n") {
			key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			switch key {
			case "outlet":
				r.Outlet = value
			case "date":
				r.Published = value
			case "headline":
				r.Title = value
			case "":
			default:
				t.Fatalf("%s: article %s has a line %q", path, name, line)
			}
		}
		s.records = append(s.records, r)
	}
	slices.Sort(s.clusters)
	slices.Sort(s.short)
	return s
}

func (s *scenario) want(t *testing.T, line string) {
	if line == "" {
		return
	}
	what, words, ok := strings.Cut(line, ":")
	if !ok {
		t.Fatalf("no expectation: %q", line)
	}
	words = strings.TrimSpace(words)
	switch what {
	case "cluster":
		s.clusters = append(s.clusters, words)
	case "short":
		s.short = strings.Fields(words)
	case "boilerplate":
		s.boilerplate = &words
	default:
		s.pairs[what] = strings.Fields(words)
	}
}

// TestScenarios holds what is expected of each scenario, whichever way its
// articles come.
func TestScenarios(t *testing.T) {
	paths, err := filepath.Glob("testdata/scenarios/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no scenarios: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			s := parse(t, path)
			lines := jsonl(t, s.records...)
			d := newDesk(t, lines)
			s.check(t, d)
			want := content(t, d.store)
			for _, m := range []manner{{reverse: true}, {batch: 1}, {reverse: true, batch: 1}, {runs: len(lines)}} {
				if diff := cmp.Diff(want, content(t, stored(t, lines, m))); diff != "" {
					t.Errorf("reversed %v, batches of %d, runs %d (-at once +so):\n%s", m.reverse, m.batch, m.runs, diff)
				}
			}
		})
	}
}

func (s *scenario) check(t *testing.T, d *desk) {
	eng := d.engine(nil)
	named := 0
	for i, a := range s.records {
		for _, b := range s.records[i+1:] {
			want := []string{"distinct"}
			for _, pair := range []string{a.ID + " " + b.ID, b.ID + " " + a.ID} {
				if kinds := s.pairs[pair]; kinds != nil {
					want = kinds
					named++
				}
			}
			c, err := explain.Compare(t.Context(), eng, uint32(d.find(a.ID).Seq), uint32(d.find(b.ID).Seq))
			if err != nil {
				t.Fatal(err)
			}
			if got := c.Verdict.Kind.String(); !slices.Contains(want, got) {
				t.Errorf("%s and %s are %s (veto %q), want %s: %+v", a.ID, b.ID, got, c.Verdict.Veto, strings.Join(want, " or "), c.Verdict.Evidence)
			}
		}
	}
	if named != len(s.pairs) {
		t.Errorf("%d pairs are named, %d of them are there", len(s.pairs), named)
	}

	var clusters, short []string
	for _, members := range d.clusters() {
		clusters = append(clusters, strings.Join(members, " ")) // in order of arrival, which is that of the file
	}
	slices.Sort(clusters)
	if diff := cmp.Diff(s.clusters, clusters); diff != "" {
		t.Errorf("clusters (-want +got):\n%s", diff)
	}
	for _, r := range s.records {
		if d.find(r.ID).State == storage.TooShort {
			short = append(short, r.ID)
		}
	}
	slices.Sort(short)
	if diff := cmp.Diff(s.short, short); diff != "" {
		t.Errorf("too short (-want +got):\n%s", diff)
	}
	if s.boilerplate != nil {
		rows, err := d.store.Boilerplate(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		holds := func(f storage.BoilerplateRow) bool { return strings.Contains(f.Passage, *s.boilerplate) }
		if none := *s.boilerplate == ""; none && len(rows) > 0 || !none && !slices.ContainsFunc(rows, holds) {
			t.Errorf("learned %+v, want %q", rows, *s.boilerplate)
		}
	}
}
