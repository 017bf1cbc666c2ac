package explain

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/report"
	"dedupe/similarity"
)

func TestPieces(t *testing.T) {
	const body = "one two three four five"
	for _, tt := range []struct {
		name                string
		shared, boilerplate []similarity.Span
		want                []report.Piece
	}{
		{"nothing", nil, nil, []report.Piece{{Text: body}}},
		{"all", []similarity.Span{{Start: 0, End: 23}}, nil, []report.Piece{{Text: body, Shared: true}}},
		{"overlapping", []similarity.Span{{Start: 4, End: 13}, {Start: 8, End: 18}}, nil, []report.Piece{
			{Text: "one "}, {Text: "two three four", Shared: true}, {Text: " five"},
		}},
		{"shared boilerplate", []similarity.Span{{Start: 0, End: 7}}, []similarity.Span{{Start: 4, End: 13}}, []report.Piece{
			{Text: "one ", Shared: true}, {Text: "two", Shared: true, Boilerplate: true}, {Text: " three", Boilerplate: true}, {Text: " four five"},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := pieces(body, tt.shared, tt.boilerplate)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if got := pieces("", nil, nil); len(got) != 0 {
		t.Errorf("pieces of an empty body: %v", got)
	}
}

func TestQuoteCutsBetweenCharacters(t *testing.T) {
	body := strings.Repeat("桜", 200)
	got := quote(body, similarity.Span{Start: 0, End: uint32(len(body))})
	if want := strings.Repeat("桜", 133) + " …"; got != want {
		t.Errorf("quote = %q", got)
	}
}

// TestWhyNot holds each proposed change to what it promises, and to being the
// smallest.
func TestWhyNot(t *testing.T) {
	th := similarity.DefaultThresholds()
	for _, tt := range []struct {
		name     string
		evidence similarity.Evidence
		want     []report.Turn
	}{
		{"too little contained", similarity.Evidence{
			WordsA: 80, WordsB: 80, ContainmentA: 0.47, ContainmentB: 0.4, Resemblance: 0.3, Order: 0.3,
			HeadlinesKnown: true, Headline: 0.9, MentionedA: 0.9,
		}, []report.Turn{
			{Setting: "thresholds.excerpt", Now: "0.5", Needed: "0.47", Kind: "excerpt"},
			{Setting: "thresholds.rewrite", Now: "0.5", Needed: "0.3", Kind: "rewrite"},
		}},
		{"one headline, nearly", similarity.Evidence{
			WordsA: 300, WordsB: 300, Passage: 60, ContainmentA: 0.3, ContainmentB: 0.3, Resemblance: 0.2, Order: 0.3,
			HeadlinesKnown: true, HeadlinesTell: true, Headline: 0.8, MentionedA: 0.6,
		}, []report.Turn{{Setting: "thresholds.headline", Now: "0.85", Needed: "0.8", Kind: "excerpt"}}},
		{"one headline, and too little contained", similarity.Evidence{
			WordsA: 300, WordsB: 300, Passage: 60, ContainmentA: 0.2, ContainmentB: 0.2, Resemblance: 0.1, Order: 0.2,
			HeadlinesKnown: true, HeadlinesTell: true, Headline: 0.9, MentionedA: 0.9,
		}, []report.Turn{
			{Setting: "thresholds.rewrite", Now: "0.5", Needed: "0.42", Kind: "rewrite"},
			{Setting: "thresholds.excerpt", Now: "0.5", Needed: "0.4", Kind: "excerpt"},
		}},
		{"too short", similarity.Evidence{
			WordsA: 8, WordsB: 300, ContainmentA: 1, Resemblance: 0.9, Order: -1, HeadlinesKnown: true, Headline: 1, MentionedA: 1,
		}, []report.Turn{{Setting: "thresholds.min_words", Now: "12", Needed: "8", Kind: "near"}}},
		{"template", similarity.Evidence{
			WordsA: 300, WordsB: 300, Passage: 60, ContainmentA: 0.8, Resemblance: 0.7, Order: -1, Names: 9, Numbers: 9,
		}, []report.Turn{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := whyNot(similarity.Decide(tt.evidence, th), th, func(t similarity.Thresholds) similarity.Thresholds { return t })
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
