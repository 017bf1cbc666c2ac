package similarity

import "testing"

// TestElsewhere holds that three other stories make what a text has in common with all, and
// that copies, headlines of thresholds and figures of an earlier comparison have no part in it.
func TestElsewhere(t *testing.T) {
	other := func(order, containment float64) Evidence {
		return Evidence{WordsA: 400, WordsB: 400, TotalA: 400, TotalB: 400, Order: order, ContainmentA: containment, ContainmentB: containment,
			OrderElsewhere: 0.9, ContainmentElsewhere: 0.9}
	}
	same := other(-1, 1)
	same.SameText = true
	teaser := other(0.4, 0.4) // the page of a story has the teaser of another one, whose headline it mentions
	teaser.Shared, teaser.Passage, teaser.HeadlinesKnown, teaser.Unrelated, teaser.MentionedA, teaser.WordsB = 80, 60, true, true, 0.9, 100
	phrases := teaser
	phrases.Passage = gap
	for _, tt := range []struct {
		name               string
		pairs              []Evidence
		order, containment float64
	}{
		{"none", nil, 0, 0},
		{"a copy", []Evidence{same}, 0, 0},
		{"one other story", []Evidence{other(0.24, 0.12)}, 0.08, 0.04},
		{"three", []Evidence{other(0.24, 0.1), other(0.21, 0.04), other(0.15, 0.04)}, 0.2, 0.06},
		{"the three that have most of five, and copies", []Evidence{other(0.03, 0), same, other(0.24, 0.1), other(0.21, 0.04), same, other(0.15, 0.04), other(0.1, 0.03)}, 0.2, 0.06},
		{"a page that has its teaser", []Evidence{teaser, other(0.24, 0.12)}, 0.08, 0.04},
		{"a page that mentions its headline among stock phrases", []Evidence{phrases, other(0.21, 0.09)}, 0.2033, 0.1633},
		{"one of which the order was not measured", []Evidence{other(-1, 0.01)}, 0, 0.0033},
	} {
		order, containment := Elsewhere(tt.pairs)
		if order != tt.order || containment != tt.containment {
			t.Errorf("%s: %v and %v, want %v and %v", tt.name, order, containment, tt.order, tt.containment)
		}
	}
}
