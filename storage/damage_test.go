package storage

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/similarity"
)

// sound makes a database with rows of every kind, none of them damaged, and returns its path.
func sound(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sound.db")
	s, err := Open(t.Context(), path, Options{Compress: true})
	if err != nil {
		t.Fatal(err)
	}
	c := harbour()
	for i := range c.texts {
		x := &c.texts[i]
		x.TextHash = TextHash(x.Headline, x.Body)
	}
	for i := range c.pairs {
		p := &c.pairs[i]
		e := similarity.Evidence{LeftA: 10, LeftB: 20, Shared: 5 + i}
		p.Evidence = e.Pack(nil)
		if e, err = similarity.Unpack(p.Evidence); err != nil {
			t.Fatal(err)
		}
		p.Resemblance, p.ContainmentA, p.ContainmentB = e.Resemblance, e.ContainmentA, e.ContainmentB
	}
	fill(t, s, c)
	var postings []candidate.Posting
	for seq := uint32(1); seq <= 8; seq++ {
		postings = candidate.Sketch(postings, []candidate.Anchor{{Hash: 3 << 50}, {Hash: uint64(seq) << 52}}, seq)
	}
	slices.Sort(postings)
	blocks := slices.Concat(candidate.Encode(postings[:8]), candidate.Encode(postings[8:]))
	b := &Batch{Run: 1,
		Segments: []SegmentRow{{ID: 1, Len: len(postings), First: 1, Last: 8, Blocks: blocks}},
		Votes:    []Vote{{Article: 2, Passages: []boilerplate.Passage{{Start: 1, Len: 9}}}},
		Learned:  []BoilerplateRow{{ID: 1, Run: 1, Example: 2, Passage: "of the page", Shingles: []uint64{7, 8}, Votes: []uint32{1, 2}}},
		Changed:  &Changed{First: 3, Shingles: []uint64{7}, Keys: []uint64{9}},
		Decided:  []Decision{NewDecision(c.texts[0].Key, c.texts[1].Key, true, day(9, 8), "")},
		Pinned:   []Pin{{Key: c.texts[0].Key, Decided: day(9, 8)}},
	}
	view, err := s.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for seq := range uint32(8) {
		p, err := view.placeOf(t.Context(), seq+1)
		if err != nil {
			t.Fatal(err)
		}
		if seq%4 == 0 {
			b.Places = append(b.Places, PlaceRow{First: seq + 1})
		}
		last := &b.Places[len(b.Places)-1]
		last.Places = append(last.Places, p)
	}
	view.Close()
	if err := s.Write(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Skip(t.Context(), NewSkip(c.texts[0].Key, c.texts[4].Key, day(9, 8)), false), s.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// readAll reads everything by each way there is, and returns the first failure.
func readAll(t *testing.T, s *Store) error {
	ctx := t.Context()
	v, err := s.View(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	var errs []error
	note := func(err error) { errs = append(errs, err) }
	drain := func(err error) bool { note(err); return err == nil }
	for _, err := range v.Texts(ctx) {
		drain(err)
	}
	for _, err := range v.Members(ctx, 1) {
		drain(err)
	}
	for _, err := range v.Links(ctx) {
		drain(err)
	}
	for _, err := range v.Inside(ctx, 0, true) {
		drain(err)
	}
	for _, err := range v.DecidedPairs(ctx) {
		drain(err)
	}
	for _, err := range v.Pins(ctx) {
		drain(err)
	}
	for _, err := range v.Skips(ctx) {
		drain(err)
	}
	_, err = v.Clusters(ctx, Filter{}, Largest, -1, 0)
	note(err)
	_, err = v.Totals(ctx)
	note(err)
	note(s.PairsIn(ctx, 1, 9, func(PairRow) error { return nil }))
	note(s.Parts(ctx, func(uint32, Part) error { return nil }))
	note(s.Clusters(ctx, 0, func(ClusterRow) error { return nil }))
	for seq := uint32(1); seq <= 8; seq++ {
		_, err := s.PairsWith(ctx, seq)
		note(err)
		if _, err = s.Part(ctx, seq); IsDamage(err) {
			err = s.Tell(ctx, err)
		}
		note(err)
	}
	_, err = s.Boilerplate(ctx)
	note(err)
	_, err = s.Votes(ctx, []uint32{1, 2, 3})
	note(err)
	_, err = s.Changed(ctx)
	note(err)
	_, err = s.Decisions(ctx)
	note(err)
	places, _, _, err := s.Places(ctx)
	note(err)
	if err == nil && len(places) != 8 {
		t.Errorf("%d places; want 8", len(places))
	}
	segments, _, err := s.Segments(ctx)
	note(err)
	for _, seg := range segments {
		load := s.SearchLoader(ctx, seg)
		for n := range seg.Fences {
			_, err := load(n)
			note(err)
		}
	}
	return errors.Join(errs...)
}

// TestDamagedRow damages one row after the other and holds that Damaged names it, that readers
// step over it and tell of it, and that it is a failure where nobody is told.
func TestDamagedRow(t *testing.T) {
	base := sound(t)
	for _, tt := range []struct {
		name, statement string
		want            []string // that Damaged names
		unread          bool     // no reader meets it
	}{
		{"nothing", "UPDATE meta SET value = value", nil, true},
		{"evidence cut", "UPDATE pair SET evidence = substr(evidence, 1, 4) WHERE a = 1 AND b = 2", []string{"pair 1-2"}, false},
		{"share", "UPDATE pair SET containment_a = 1.01 WHERE a = 1 AND b = 2", []string{"pair 1-2"}, false},
		{"share of other counts", "UPDATE pair SET resemblance = 0.5 WHERE a = 1 AND b = 2", []string{"pair 1-2"}, false},
		{"kind", "UPDATE pair SET kind = 256 WHERE a = 1 AND b = 2", []string{"pair 1-2"}, false},
		{"pair of no article", "UPDATE pair SET a = -4 WHERE a = 1 AND b = 2", []string{"pair -4-2"}, false},
		{"body cut", "UPDATE body SET data = substr(data, 1, 2) WHERE seq = 4", []string{"body 4"}, true}, // of a plain one its hash alone tells
		{"body of another form", "UPDATE body SET data = x'0941' WHERE seq = 4", []string{"body 4"}, false},
		{"body gone", "DELETE FROM body WHERE seq = 4", []string{"body 4"}, false},
		{"another headline", "UPDATE article SET headline = 'Another' WHERE seq = 4", []string{"body 4"}, true},
		{"key", "UPDATE article SET key = x'01' WHERE seq = 4", []string{"article 4"}, false},
		{"flag", "UPDATE article SET current = -1 WHERE seq = 4", []string{"article 4"}, true},
		{"date", "UPDATE article SET effective = 1 << 60 WHERE seq = 4", []string{"article 4"}, true},
		{"vote", "UPDATE vote SET passages = x'80'", []string{"vote 2"}, false},
		{"vote of other words", "UPDATE vote SET passages = x'ffff0309'", []string{"vote 2"}, true},
		{"shingles", "UPDATE boilerplate SET shingles = substr(shingles, 2)", []string{"boilerplate 1"}, false},
		{"votes", "UPDATE boilerplate SET votes = x'01'", []string{"boilerplate 1"}, false},
		{"changed", "UPDATE changed SET keys = x'01'", []string{"changed 1"}, false},
		{"step", "INSERT INTO work (article, step) VALUES (2, 99)", []string{"work 2"}, true},
		{"work on no article", "INSERT INTO work (article, step) VALUES (777, 1)", []string{"work 777"}, true},
		{"places cut", "UPDATE place SET data = substr(data, 1, 30) WHERE first = 1", []string{"place 1", "place 5"}, false},
		{"places gone", "DELETE FROM place WHERE first = 5", []string{"place 5"}, false},
		{"another's place", "UPDATE place SET data = (SELECT data FROM place WHERE first = 5) WHERE first = 1", []string{"place 1"}, true},
		{"fences", "UPDATE segment SET fences = substr(fences, 1, 15)", []string{"segment 1"}, false},
		{"postings", "UPDATE segment SET postings = 17", []string{"segment 1"}, true},
		{"articles", "UPDATE segment SET last = 9", []string{"segment 1"}, false},
		{"block", "UPDATE posting SET data = x'00'", []string{"posting 16777216", "posting 16777217"}, false},
		{"block gone", "DELETE FROM posting WHERE id = 16777217", []string{"posting 16777217"}, false},
		{"size", "UPDATE cluster SET size = 9 WHERE id = 1", []string{"cluster 1"}, true},
		{"representative", "UPDATE cluster SET representative = 77 WHERE id = 1", []string{"cluster 1"}, false},
		{"segment gone", "DELETE FROM segment", []string{"posting 16777216"}, true},
		{"cluster gone", "DELETE FROM cluster WHERE id = 1", []string{"article 1", "article 2", "article 3", "article 8"}, true},
		{"outlet gone", "DELETE FROM outlet WHERE id = (SELECT outlet FROM article WHERE seq = 4)", []string{"article 1", "article 4"}, true},
		{"article gone", "DELETE FROM article WHERE seq = 4", []string{"article 4", "place 1", "pair "}, false},
		{"decision", "UPDATE decision SET same = 2", []string{"decision "}, false},
		{"pin", "UPDATE pin SET key = x'01'", []string{"pin 01"}, false},
		{"skip", "UPDATE skip SET a = x'01'", []string{"skip 01-"}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.db")
			data, err := os.ReadFile(base)
			if err == nil {
				err = os.WriteFile(path, data, 0o666)
			}
			if err != nil {
				t.Fatal(err)
			}
			if n, err := Tamper(t.Context(), path, tt.statement); err != nil || n == 0 && tt.want != nil {
				t.Fatalf("%d rows, %v", n, err)
			}
			var told []string
			s := open(t, path, Options{Damaged: func(d Damage) { told = append(told, d.Table+" "+d.Row) }})
			if err := readAll(t, s); err != nil {
				t.Errorf("readers fail: %v", err)
			}
			if (len(told) > 0) == tt.unread {
				t.Errorf("readers tell of %q", told)
			}
			for _, row := range told {
				if !slices.ContainsFunc(tt.want, func(want string) bool { return strings.HasPrefix(row, want) }) {
					t.Errorf("readers tell of %s; want %q", row, tt.want)
				}
			}
			v, err := s.View(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer v.Close()
			var found []Damage
			var got []string
			for d, err := range v.Damaged(t.Context(), nil) {
				if err != nil {
					t.Fatal(err)
				}
				found, got = append(found, d), append(got, d.Table+" "+d.Row)
			}
			if len(got) != len(tt.want) || slices.ContainsFunc(tt.want, func(want string) bool {
				return !slices.ContainsFunc(got, func(row string) bool { return strings.HasPrefix(row, want) })
			}) {
				t.Errorf("Damaged found %q; want %q", got, tt.want)
			}
			still, err := v.StillDamaged(t.Context(), found)
			if err != nil || len(still) != len(found) {
				t.Errorf("StillDamaged = %v, %v; want all of %v", still, err, found)
			}
			v.Close()
			strict := open(t, path, Options{})
			if err := readAll(t, strict); IsDamage(err) == tt.unread {
				t.Errorf("where nobody is told: %v", err)
			}
		})
	}
}

// TestRenewPlaces holds that places which cannot be read, or are another article's, are made
// anew from the articles, and that what was counted of the others stays.
func TestRenewPlaces(t *testing.T) {
	for _, statement := range []string{
		"DELETE FROM place", "UPDATE place SET data = zeroblob(22 * 9)", "UPDATE place SET first = first + 1000",
		"UPDATE place SET data = (SELECT data FROM place WHERE first = 5)",
	} {
		path := sound(t)
		s := open(t, path, Options{Damaged: func(Damage) {}})
		want, _, _, err := s.Places(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Tamper(t.Context(), path, statement); err != nil {
			t.Fatal(err)
		}
		if err := s.RenewPlaces(t.Context()); err != nil {
			t.Fatal(err)
		}
		got, _, restored, err := s.Places(t.Context())
		if diff := cmp.Diff(want, got); err != nil || diff != "" || len(restored) > 0 {
			t.Errorf("%s: %v, %d restored once more (-want +got):\n%s", statement, err, len(restored), diff)
		}
	}
}
