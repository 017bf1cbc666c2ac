package storage

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestFurnitureDecisions(t *testing.T) {
	ctx := t.Context()
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	if _, err := s.Block(ctx, "text", []uint64{1}); !errors.Is(err, ErrNotFound) {
		t.Errorf("Block in a database without runs: %v; want %v", err, ErrNotFound)
	}
	run, err := s.BeginRun(ctx, "test", "", time.Unix(1, 0))
	if err != nil {
		t.Fatal(err)
	}
	learned := FurnitureRow{ID: 1, Run: run, Example: 3, Passage: "sign in", Shingles: []uint64{5, 1 << 63}}
	if err := s.Write(ctx, &Batch{Run: run, Learned: []FurnitureRow{learned}}); err != nil {
		t.Fatal(err)
	}
	id, err := s.Block(ctx, "cookies", []uint64{7, 8})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SetFurnitureState(ctx, 1, Allowed); err != nil {
		t.Fatal(err)
	}
	learned.State = Allowed
	want := []FurnitureRow{learned, {ID: id, State: Blocked, Run: run, Passage: "cookies", Shingles: []uint64{7, 8}}}
	got, err := s.Furniture(ctx)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("Furniture: %v (-want +got):\n%s", err, diff)
	}
	if err := s.ForgetFurniture(ctx, id); err != nil {
		t.Error(err)
	}
	for name, err := range map[string]error{
		"ForgetFurniture":   s.ForgetFurniture(ctx, id),
		"SetFurnitureState": s.SetFurnitureState(ctx, id, Allowed),
	} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("%s of nothing: %v; want %v", name, err, ErrNotFound)
		}
	}
}
