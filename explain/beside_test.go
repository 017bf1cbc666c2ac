package explain_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/explain"
	"dedupe/storage"
)

// TestVerdict checks that the verdict which comes with a member is the one that
// is stored of the pair, whichever of the two is asked for first.
func TestVerdict(t *testing.T) {
	d := newDesk(t, testdata(t)...)
	view := d.view()
	reader, err := explain.NewTexts(t.Context(), view, d.engine(nil).Options(), 1, 5)
	if err != nil {
		t.Fatal(err)
	}
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
			kind, e, err := explain.Stored(reader, t.Context(), &members[at], &members[i])
			if err != nil {
				t.Fatal(err)
			}
			kindBack, back, err := explain.Stored(reader, t.Context(), &members[i], &members[at])
			if diff := cmp.Diff(e, back.Swap()); err != nil || kind != kindBack || diff != "" {
				t.Errorf("articles %d and %d: %v, %v and %v (-member +pair):\n%s", members[at].Seq, members[i].Seq, err, kind, kindBack, diff)
			}
		}
	}
	if pairs == 0 {
		t.Error("no links to compare")
	}
}
