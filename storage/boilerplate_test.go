package storage

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dedupe/boilerplate"
)

func TestBoilerplateDecisions(t *testing.T) {
	ctx := t.Context()
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	if _, err := s.Block(ctx, "text", []uint64{1}); !errors.Is(err, ErrNotFound) {
		t.Errorf("Block in a database without runs: %v; want %v", err, ErrNotFound)
	}
	run, err := s.BeginRun(ctx, "test", "", time.Unix(1, 0))
	if err != nil {
		t.Fatal(err)
	}
	learned := BoilerplateRow{ID: 1, Run: run, Example: 3, Passage: "sign in", Shingles: []uint64{5, 1 << 63}, Votes: []uint32{1, 300}}
	if err := s.Write(ctx, &Batch{Run: run, Learned: []BoilerplateRow{learned}}); err != nil {
		t.Fatal(err)
	}
	id, err := s.Block(ctx, "cookies", []uint64{7, 8})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.AllowBoilerplate(ctx, 1); err != nil {
		t.Fatal(err)
	}
	learned.State = Allowed
	want := []BoilerplateRow{learned, {ID: id, State: Blocked, Run: run, Passage: "cookies", Shingles: []uint64{7, 8}}}
	got, err := s.Boilerplate(ctx)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("Boilerplate: %v (-want +got):\n%s", err, diff)
	}
	if err := s.AllowBoilerplate(ctx, id); err != nil { // nobody but a person has held it to be boilerplate
		t.Fatal(err)
	}
	want[1].State, want[1].Votes = Allowed, []uint32{0, 0}
	got, err = s.Boilerplate(ctx)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("Boilerplate, all allowed: %v (-want +got):\n%s", err, diff)
	}
	if err := s.ForgetBoilerplate(ctx, id); err != nil {
		t.Error(err)
	}
	if got, err = s.Boilerplate(ctx); err != nil || len(got) != 1 {
		t.Errorf("of a decision that was taken back %+v is left (%v)", got, err)
	}
	for name, err := range map[string]error{
		"ForgetBoilerplate": s.ForgetBoilerplate(ctx, id),
		"AllowBoilerplate":  s.AllowBoilerplate(ctx, id),
	} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("%s of nothing: %v; want %v", name, err, ErrNotFound)
		}
	}
}

func TestVotes(t *testing.T) {
	ctx := t.Context()
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	run, err := s.BeginRun(ctx, "test", "", time.Unix(1, 0))
	if err != nil {
		t.Fatal(err)
	}
	row := func(id int64, votes ...uint32) BoilerplateRow {
		return BoilerplateRow{ID: id, Run: run, Example: 3, Passage: "sign in", Shingles: []uint64{uint64(id), 1 << 63}, Votes: votes}
	}
	one := []boilerplate.Passage{{Start: 0, Len: 9}, {Start: 300, Len: 70_000}}
	for _, step := range []struct {
		name  string
		batch Batch
		votes map[uint32][]boilerplate.Passage
		rows  []BoilerplateRow
	}{
		{"learned", Batch{Votes: []Vote{{Article: 3, Passages: one}, {Article: 4, Passages: one[1:]}}, Learned: []BoilerplateRow{row(1, 1, 300), row(2, 2, 0)}},
			map[uint32][]boilerplate.Passage{3: one, 4: one[1:]}, []BoilerplateRow{row(1, 1, 300), row(2, 2, 0)}},
		{"votes change", Batch{Votes: []Vote{{Article: 3}, {Article: 4, Passages: one}}, Polled: []Poll{{ID: 1, Votes: []uint32{0, 7}}}, Unlearned: []int64{2}},
			map[uint32][]boilerplate.Passage{4: one}, []BoilerplateRow{row(1, 0, 7)}},
		{"all unlearned", Batch{Unlearn: true}, map[uint32][]boilerplate.Passage{}, nil},
	} {
		step.batch.Run = run
		if err := s.Write(ctx, &step.batch); err != nil {
			t.Fatal(err)
		}
		votes, err := s.Votes(ctx, []uint32{1, 3, 4})
		if diff := cmp.Diff(step.votes, votes); err != nil || diff != "" {
			t.Errorf("%s: %v; votes (-want +got):\n%s", step.name, err, diff)
		}
		rows, err := s.Boilerplate(ctx)
		if diff := cmp.Diff(step.rows, rows); err != nil || diff != "" {
			t.Errorf("%s: %v; boilerplate (-want +got):\n%s", step.name, err, diff)
		}
	}
}

// TestOldVotes holds that what a program of schema 2 learned stays.
func TestOldVotes(t *testing.T) {
	for _, tt := range []struct {
		name string
		data []byte
		want []uint32
		is   bool
	}{
		{"of schema 2", nil, []uint32{1, 1, 1}, true},
		{"none yet", []byte{}, []uint32{0, 0, 0}, true},
		{"one each", packVotes([]uint32{300, 0, 7}), []uint32{300, 0, 7}, true},
		{"cut short", packVotes([]uint32{300}), []uint32{300, 0, 0}, false},
		{"cut within one", packVotes([]uint32{1, 2, 300})[:3], []uint32{1, 2, 0}, false},
		{"more than there are", packVotes([]uint32{1, 2, 3, 4}), []uint32{1, 2, 3}, false},
		{"of more articles than can be", packVotes([]uint32{1, 2, 1 << 30}), []uint32{1, 2, 0}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, is := unpackVotes(tt.data, 3)
			if diff := cmp.Diff(tt.want, got); diff != "" || is != tt.is {
				t.Errorf("%v; want %v (-want +got):\n%s", is, tt.is, diff)
			}
		})
	}
}
