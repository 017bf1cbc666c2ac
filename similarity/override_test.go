package similarity

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOverride(t *testing.T) {
	base := DefaultThresholds()
	o := Override{Excerpt: 0.9, Told: 0.2}
	got := o.Apply(base)
	want := base
	want.Excerpt, want.Told = 0.9, 0.2
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Apply (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(base, Override{}.Apply(base)); diff != "" {
		t.Errorf("Apply of nothing (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(Override{Excerpt: 0.9, Rewrite: 0.7, Told: 0.2}, o.Over(Override{Excerpt: 0.3, Rewrite: 0.7})); diff != "" {
		t.Errorf("Over (-want +got)\n%s", diff)
	}
	u := Thresholds{Near: 0.1, Excerpt: 0.95, Rewrite: 0.1, Headline: 1, Told: 0.1, MinWords: 99, FullLen: 1}
	strict := Thresholds{Near: base.Near, Excerpt: 0.95, Rewrite: base.Rewrite, Headline: 1, Told: base.Told, MinWords: 99, FullLen: base.FullLen}
	if diff := cmp.Diff(strict, base.Strictest(u)); diff != "" {
		t.Errorf("Strictest (-want +got)\n%s", diff)
	}
	if base.Strictest(u) != u.Strictest(base) {
		t.Error("which of two articles stands first matters")
	}
}
