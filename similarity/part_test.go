package similarity

import (
	"fmt"
	"strings"
	"testing"
)

// marks are flags: S stands for one that is set.
func marks(s string) []bool {
	flags := make([]bool, len(s))
	for i := range s {
		flags[i] = s[i] == 'S'
	}
	return flags
}

// TestPart finds the stretch of a text that another has most of.
func TestPart(t *testing.T) {
	gap := func(n int) string { return strings.Repeat(".", n) }
	for _, tt := range []struct {
		name, flags, furniture string
		from, to               int
		shared                 float64
	}{
		{"nothing", "", "", 0, 0, 0},
		{"nothing shared", gap(8), "", 0, 0, 0},
		{"all", "SSSS", "", 0, 4, 1},
		{"a tail", "SSSS....", "", 0, 4, 1},
		{"a head", "....SSSS", "", 4, 8, 1},
		{"gaps within", "..SSSS....SSSS..", "", 2, 14, 0.6667},
		{"a passage that a gap does not outweigh", "SSSS" + gap(39) + "SSSS", "", 0, 47, 0.1702},
		{"a passage that a gap outweighs", "SSSSS" + gap(41) + "SSSS", "", 0, 5, 1},
		{"the larger of two", "SSSS" + gap(60) + "SSSSS", "", 64, 69, 1},
		{"furniture is no gap", "SSSS" + gap(60) + "SSSS", "...." + strings.Repeat("S", 60) + "....", 0, 68, 1},
		{"furniture that both have", "SSSS......", "SSSS......", 0, 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := &Text{}
			if tt.furniture != "" {
				text.Furniture = marks(tt.furniture)
			}
			if got, want := newPart(text, marks(tt.flags)), (part{tt.from, tt.to, tt.shared}); got != want {
				t.Errorf("%+v, want %+v", got, want)
			}
		})
	}
}

// letters writes a number without digits.
func letters(i int) string { return string([]byte{'a' + byte(i/26), 'a' + byte(i%26)}) }

// story is n sentences of which every third has a name and a number after it. Retold
// has another word in each second one, two in the others.
func story(n int, retold bool) string {
	var b strings.Builder
	for i := range n {
		verb, place := "waited beside", "harbour"
		if retold {
			verb = "stood near"
			if i%2 == 0 {
				place = "haven"
			}
		}
		x := letters(i)
		fmt.Fprintf(&b, "the keeper%s %s the lantern%s until evening%s came over %s%s. ", x, verb, x, x, place, x)
		if i%3 == 0 {
			fmt.Fprintf(&b, "There the Captain%s of %d boats met them. ", x, 100+i)
		}
	}
	return b.String()
}

// teasers is n headlines of other stories, which name Saltmarsh twice.
func teasers(n int) string {
	var b strings.Builder
	for i := range n {
		x := letters(i)
		fmt.Fprintf(&b, "See the Mayor%s of Thornby%s open bridge%s for %d guests. ", x, x, x, 500+i)
	}
	return b.String() + "It was Saltmarsh. Then back to Saltmarsh. "
}

// TestTeasers: names and numbers that a page has besides its story are no reason to
// think that its story is another, or a form filled in twice.
func TestTeasers(t *testing.T) {
	build := Builder{K: 4}
	compare := func(a, b string) Verdict {
		return Compare(Plain(build.Build("", "", a, nil)), Plain(build.Build("", "", b, nil)), DefaultThresholds(), nil)
	}
	whole := story(40, false) + "It was Fenwick. It was Fenwick again. "
	for _, tt := range []struct {
		name, a, b string
		kind       Kind
	}{
		{"a cut copy", whole, story(15, false) + teasers(9), Excerpt},
		{"teasers first", whole, teasers(9) + story(15, false), Excerpt},
		{"a rewrite", whole, story(30, true) + teasers(9), Rewrite},
		{"teasers alone", whole, teasers(20), Distinct},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, v := range []Verdict{compare(tt.a, tt.b), compare(tt.b, tt.a)} {
				if v.Kind != tt.kind || v.Veto != NoVeto {
					t.Errorf("%v, veto %q, want %v: %+v", v.Kind, v.Veto, tt.kind, v.Evidence)
				}
			}
		})
	}
	t.Run("a form", func(t *testing.T) {
		form := func(town string, year int) string {
			return strings.ReplaceAll(strings.ReplaceAll(story(15, false), "Captain", town), " 10", fmt.Sprint(" ", year))
		}
		v := compare(form("Fenwick", 77)+teasers(9), form("Oakham", 88))
		if v.Kind != Distinct || v.Veto != Template {
			t.Errorf("%v, veto %q, want it to be one form filled in twice: %+v", v.Kind, v.Veto, v.Evidence)
		}
	})
}
