package storage

import (
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/candidate"
)

// A loader gives the same blocks in whatever steps they are asked for, and a block that is
// lost is one damage however many were read with it.
func TestLoaderReadsAhead(t *testing.T) {
	ctx := t.Context()
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{})
	fill(t, s, harbour())
	const blocks = 400
	var postings []candidate.Posting
	for i := range blocks * candidate.BlockLen {
		postings = append(postings, candidate.Posting(uint64(i)<<34|uint64(i%4+1)))
	}
	row := SegmentRow{ID: 77, Len: len(postings), First: 1, Last: 4, Blocks: candidate.Encode(postings)}
	if err := s.Write(ctx, &Batch{Run: 1, Segments: []SegmentRow{row}}); err != nil {
		t.Fatal(err)
	}
	lost := map[int]bool{0: true, 17: true, 130: true, 131: true, blocks - 1: true}
	for n := range lost {
		if _, err := s.w.ExecContext(ctx, "DELETE FROM posting WHERE id = ?", postingID(row.ID, n)); err != nil {
			t.Fatal(err)
		}
	}
	list, _, err := s.Segments(ctx)
	if err != nil {
		t.Fatal(err)
	}
	seg := list[len(list)-1]
	if seg.ID != row.ID || len(seg.Fences) != blocks {
		t.Fatalf("segment %d has %d blocks", seg.ID, len(seg.Fences))
	}
	r := rand.New(rand.NewPCG(1, 2))
	for _, most := range []int{1, 2, near, near + 1, 50, blocks} {
		load := s.Loader(ctx, seg)
		for at := 0; at < blocks; at += 1 + r.IntN(most) {
			got, err := load(at)
			if lost[at] {
				if !IsDamage(err) {
					t.Errorf("steps up to %d, lost block %d: %v", most, at, err)
				}
				continue
			}
			if err != nil {
				t.Fatalf("steps up to %d, block %d: %v", most, at, err)
			}
			if diff := cmp.Diff(postings[at*candidate.BlockLen:(at+1)*candidate.BlockLen], got); diff != "" {
				t.Fatalf("steps up to %d, block %d (-want +got):\n%s", most, at, diff)
			}
		}
		if got, err := load(1); err != nil || len(got) != candidate.BlockLen { // back
			t.Errorf("back to block 1: %d postings, %v", len(got), err)
		}
	}
}
