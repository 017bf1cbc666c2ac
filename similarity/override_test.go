package similarity

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOverride(t *testing.T) {
	base := DefaultThresholds()
	o := Override{Excerpt: 0.9, Mentioned: 0.2}
	got := o.Apply(base)
	want := base
	want.Excerpt, want.Mentioned = 0.9, 0.2
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Apply (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(base, Override{}.Apply(base)); diff != "" {
		t.Errorf("Apply of nothing (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(Override{Excerpt: 0.9, Rewrite: 0.7, Mentioned: 0.2}, o.Over(Override{Excerpt: 0.3, Rewrite: 0.7})); diff != "" {
		t.Errorf("Over (-want +got)\n%s", diff)
	}
	want.Excerpt, want.Rewrite, want.Mentioned = 0.9, 0.7, base.Mentioned
	u := Override{Excerpt: 0.3, Rewrite: 0.7}
	if diff := cmp.Diff(want, base.Between(o, u)); diff != "" {
		t.Errorf("Between (-want +got)\n%s", diff)
	}
	if base.Between(o, u) != base.Between(u, o) {
		t.Error("which of two articles stands first matters")
	}
	if diff := cmp.Diff(got, base.Between(o, o)); diff != "" {
		t.Errorf("Between two alike (-want +got)\n%s", diff)
	}
	if got := base.Between(o, Override{}).Mentioned; got != base.Mentioned {
		t.Errorf("a looser override beside none: mentioned %v, want %v", got, base.Mentioned)
	}
}
