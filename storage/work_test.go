package storage

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Articles go through the steps in order; one that enters anew stays at the earlier step.
func TestWork(t *testing.T) {
	ctx := t.Context()
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	fill(t, s, harbour())
	if err := s.Write(ctx, &Batch{Run: 1, Work: Work{All: Learn}}); err != nil {
		t.Fatal(err)
	}
	all, err := s.WorkAt(ctx, Learn, 0, 1000)
	if err != nil || len(all) < 4 {
		t.Fatalf("%d articles enter (%v), too few for the test", len(all), err)
	}
	at := func() (list [Done][]uint32) {
		t.Helper()
		left, err := s.WorkLeft(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for step := Reach; step < Done; step++ {
			if list[step], err = s.WorkAt(ctx, step, 0, 1000); err != nil {
				t.Fatal(err)
			}
			if left[step] != len(list[step]) {
				t.Errorf("step %d: %d are left of %v", step, left[step], list[step])
			}
		}
		return list
	}
	first, last := all[0], all[1]
	for _, step := range []struct {
		name string
		work Work
		want [Done][]uint32
	}{
		{"two go on", Work{From: Learn, To: Link, First: first, Last: last}, [Done][]uint32{Learn: all[2:], Link: all[:2]}},
		{"one enters at a later step than it is at, one at an earlier", Work{Add: map[Step][]uint32{Link: {all[2]}, Learn: {first}}},
			[Done][]uint32{Learn: append([]uint32{first}, all[2:]...), Link: all[1:2]}},
		{"only those at the step go on", Work{From: Link, To: Done, First: first, Last: all[len(all)-1]},
			[Done][]uint32{Learn: append([]uint32{first}, all[2:]...)}},
		{"all enter at a later step", Work{All: Decide}, [Done][]uint32{Learn: append([]uint32{first}, all[2:]...), Decide: all[1:2]}},
		{"none is left", Work{From: Learn, To: Done, First: first, Last: all[len(all)-1]}, [Done][]uint32{Decide: all[1:2]}},
	} {
		if err := s.Write(ctx, &Batch{Run: 1, Work: step.work}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(step.want, at()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", step.name, diff)
		}
	}
	if list, err := s.WorkAt(ctx, Decide, all[1], 1000); err != nil || len(list) > 0 {
		t.Errorf("above the last one: %v, %v", list, err)
	}
}
