package engine_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/engine"
	"dedupe/explain"
	"dedupe/review"
	"dedupe/similarity"
)

// ownThresholds lets an outlet and two languages have thresholds of their own:
// stricter and looser ones.
func ownThresholds(o *engine.Options) {
	o.Overrides = engine.Overrides{
		Outlets: map[string]similarity.Override{
			"meridian standard": {Rewrite: 0.95, Excerpt: 0.95},
			"harwick courier":   {Excerpt: 0.3, Rewrite: 0.3, Mentioned: 0.1},
		},
		Languages: map[string]similarity.Override{"de": {Excerpt: 0.99, Rewrite: 0.99}, "en": {Rewrite: 0.5}},
	}
}

func TestOverridesOf(t *testing.T) {
	o := engine.Overrides{
		Outlets:   map[string]similarity.Override{"bay courier": {Excerpt: 0.7}},
		Languages: map[string]similarity.Override{"pt": {Excerpt: 0.9, Mentioned: 0.3}, "pt-br": {Near: 0.4}},
	}
	tests := []struct {
		outlet, language string
		want             similarity.Override
	}{
		{"bay courier", "en", similarity.Override{Excerpt: 0.7}},
		{"bay courier", "pt", similarity.Override{Excerpt: 0.7, Mentioned: 0.3}},
		{"other", "pt-PT", similarity.Override{Excerpt: 0.9, Mentioned: 0.3}},
		{"other", "pt-BR", similarity.Override{Near: 0.4}},
		{"", "", similarity.Override{}},
	}
	for _, tt := range tests {
		t.Run(tt.outlet+" "+tt.language, func(t *testing.T) {
			if got := o.Of(tt.outlet, tt.language); got != tt.want {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}

// TestOverrides holds that overrides part what general thresholds put together,
// whichever way the articles came, and that everybody who judges goes by them.
func TestOverrides(t *testing.T) {
	lines := readLines(t, 1000, fortnight)
	general, own := newDesk(t, lines), newDeskWith(t, lines, ownThresholds)
	for _, pair := range []struct {
		a, b string
		want bool // together under overrides; under general thresholds all are
	}{
		{"northwire-0312-17", "meridian-9f31c", false},       // a rewrite by an outlet that is judged strictly
		{"courier-88213", "meridian-9f31c", false},           // loose for the one: the stricter counts
		{"northwire-0312-17", "courier-88213", true},         // the same words
		{"auenzeitung-26-0307-9", "hafenblatt-40118", false}, // German
		{"northwire-0312-17", "eastmere-2026-03-13-004", true},
	} {
		if !general.together(pair.a, pair.b) {
			t.Errorf("%s and %s are apart under general thresholds: the test has nothing to part", pair.a, pair.b)
		}
		if got := own.together(pair.a, pair.b); got != pair.want {
			t.Errorf("%s and %s: together %v, want %v", pair.a, pair.b, got, pair.want)
		}
	}
	backwards := slices.Clone(lines)
	slices.Reverse(backwards)
	parts := emptyDesk(t)
	for part := range slices.Chunk(backwards, 9) { // each run reads what earlier ones stored
		parts.takeWith(part, ownThresholds)
	}
	if diff := cmp.Diff(own.told(), parts.told()); diff != "" {
		t.Errorf("clusters (-at once +in parts, backwards)\n%s", diff)
	}
	a, b := own.find("northwire-0312-17"), own.find("meridian-9f31c")
	c, err := explain.Compare(t.Context(), own.engine(ownThresholds), uint32(a.Seq), uint32(b.Seq))
	if err != nil || c.Verdict.Linked() || c.Thresholds.Rewrite != 0.95 {
		t.Errorf("compared: %v by %+v, %v; want distinct, by the outlet's threshold", c.Verdict.Kind, c.Thresholds, err)
	}
	pairs, err := review.Uncertain(t.Context(), own.engine(ownThresholds), 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range pairs {
		if d.Reason == review.NotFollowed {
			t.Errorf("%d and %d are said to be linked and apart", d.A, d.B)
		}
	}
}
