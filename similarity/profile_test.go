package similarity

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"dedupe/text"
)

func TestWeigh(t *testing.T) {
	for _, tt := range []struct {
		word string
		want uint8
	}{
		{"a", 0}, {"the", 0}, {"dawn", 2}, {"ferry", 3}, {"harbour", 5}, {"lighthouse", 6}, {"internationalisation", 6},
		{"14", 0}, {"214", 2}, {"2026", 3}, {"1200000", 6}, {"été", 0}, {"маяк", 2}, {"фонарь", 4}, {"港", 1}, {"ไ", 1},
	} {
		t.Run(tt.word, func(t *testing.T) {
			p := (&Builder{K: 2}).Build("", "", tt.word, nil)
			if len(p.Words) != 1 || p.Words[0].Weight() != tt.want {
				t.Errorf("%+v, want weight %d", p.Words, tt.want)
			}
		})
	}
}

// TestPairs: what stands between the characters of a script without spaces is nothing,
// be it white space, a mark or a frame.
func TestPairs(t *testing.T) {
	build := Builder{K: 2}
	want := hashes(build.Build("", "", "市议会关闭旧桥。渡轮将更频繁，在Apple公司3月", nil).Words)
	for _, s := range []string{
		"市 议会 关闭 旧 桥。 渡轮 将 更 频繁， 在 Apple 公司 3 月",
		"市议会\n关闭旧桥\r\n。渡轮将更\n\n频繁，在Apple公司3月",
		"市\u200b议\u00ad会&#8203;关\u3000闭旧桥！渡轮将更频繁、在「Apple」公司3月",
		"市議會關閉舊橋。渡輪將更頻繁,在Ａｐｐｌｅ公司３月",
	} {
		if diff := cmp.Diff(want, hashes(build.Build("", "", s, nil).Words)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", s, diff)
		}
	}
	const framed = "市议会关闭（路透）旧桥"
	from := uint32(strings.Index(framed, "（"))
	skip := []Span{{from, uint32(strings.Index(framed, "旧"))}}
	if diff := cmp.Diff(hashes(build.Build("", "", "市议会关闭旧桥", nil).Words), hashes(build.Build("", "", framed, skip).Words)); diff != "" {
		t.Errorf("around a frame (-want +got):\n%s", diff)
	}
}

func TestBuild(t *testing.T) {
	const body = "LONDON - The ferry ran aground at dawn. (Reuters)"
	frames := []Span{{0, uint32(strings.Index(body, "The"))}, {uint32(strings.Index(body, "(")), uint32(len(body))}}
	build := Builder{K: 3}
	whole, framed := build.Build("", "", "The ferry ran aground at dawn.", nil), build.Build("", "", body, frames)
	if diff := cmp.Diff(hashes(whole.Words), hashes(framed.Words)); diff != "" || whole.Hash != framed.Hash {
		t.Errorf("what is skipped counts (-without +with):\n%s", diff)
	}
	visible := Visible(text.Words(nil, body), frames)
	if len(visible) != framed.Len() || body[visible[0].Start:visible[0].End] != "The" {
		t.Errorf("%d words are visible, %d compared", len(visible), framed.Len())
	}

	named := build.Build("wkrn news 2", "Ferry aground - WKRN News 2", "", nil)
	spelled := build.Build("WKRN News 2", "Ferry a\u00adground – ＷＫＲＮ Ne&shy;ws&nbsp;2", "", nil)
	if diff := cmp.Diff(named.Headline, spelled.Headline, cmp.AllowUnexported(Token{})); diff != "" {
		t.Errorf("a headline with the outlet's name in another spelling (-plain +spelled):\n%s", diff)
	}
	var weights []uint8
	for _, w := range named.Headline {
		weights = append(weights, w.Weight())
	}
	if diff := cmp.Diff([]uint8{3, 5}, weights); diff != "" {
		t.Errorf("weights of a headline with the outlet's name (-want +got):\n%s", diff)
	}
	within := build.Build("twitter.example", "Police on Twitter", "", nil)
	if w := within.Headline; len(w) != 3 || w[0].Weight() == 0 || w[2].Weight() != 0 {
		t.Errorf("weights of a headline with the outlet's name within: %+v", w)
	}
}

// TestRepeats: a body that is the headline once more is none.
func TestRepeats(t *testing.T) {
	const tapir, tale = "Escaped tapir found in hotel pool", "青瀬線の蒸気機関車"
	build := Builder{K: 4}
	for _, tt := range []struct {
		name, headline, body string
		want                 int
	}{
		{"the headline", tapir, tapir, 0},
		{"in capitals with a stop", tapir, "ESCAPED TAPIR FOUND IN HOTEL POOL.", 0},
		{"with the outlet", tapir + " - Corley Times", tapir + "  Corley Times", 0},
		{"with another outlet", tapir, tapir + " Dunmere Post", 8},
		{"and a sentence", tapir, tapir + ". It was hungry.", 9},
		{"characters", tale, tale, 0},
		{"characters and more", tale, tale + "、本線を走る", 14},
		{"a part of it", tapir, "Escaped tapir found", 3},
		{"no headline", "", "Corley Times", 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if p := build.Build("corley times", tt.headline, tt.body, nil); len(p.Words) != tt.want {
				t.Errorf("%d words are compared, want %d", len(p.Words), tt.want)
			}
		})
	}
}

func hashes(words []Token) (list []uint32) {
	for _, w := range words {
		list = append(list, w.Hash())
	}
	return list
}

// TestWhole holds that texts too short for shingles are told apart: short ones
// must not collapse into one.
// TestLongHeadline: of a text in the place of a headline so much is kept as is compared.
func TestLongHeadline(t *testing.T) {
	build := Builder{K: 4}
	long := build.Build("", strings.Repeat("\ufdfa ", 1_000_000), "Rain is expected.", nil) // 18 letters each in normal form
	if n := utf8.RuneCountInString(long.Title); n != maxHeadline || len(long.Headline) > maxHeadlineWords {
		t.Errorf("%d characters and %d words are kept, want %d and at most %d", n, len(long.Headline), maxHeadline, maxHeadlineWords)
	}
	cut := build.Build("", strings.Repeat("é", maxHeadlineBytes), "Rain is expected.", nil)
	if !utf8.ValidString(cut.Title) {
		t.Error("the title ends within a letter")
	}
}

func TestWhole(t *testing.T) {
	type article struct{ headline, body string }
	same := []article{{"Ferry aground", "It sank."}, {"ferry, aground", "it sank"}, {"Another headline", "It sank!"}}
	other := []article{{"", ""}, {"Ferry aground", ""}, {"Aground ferry", ""}, {"Lamp off", ""}, {"", "It"}, {"", "It floats."}, {"", "sank it"}}
	whole := func(a article) uint64 { return (&Builder{K: 4}).Build("", a.headline, a.body, nil).Whole() }
	seen := map[uint64]article{whole(same[0]): same[0]}
	for _, a := range same[1:] {
		if whole(a) != whole(same[0]) {
			t.Errorf("%q and %q are told apart", a, same[0])
		}
	}
	for _, a := range other {
		if b, known := seen[whole(a)]; known {
			t.Errorf("%q and %q are not told apart", a, b)
		}
		seen[whole(a)] = a
	}
}

func TestNewText(t *testing.T) {
	build := Builder{K: 3}
	p := build.Build("", "", "sign in to read the ferry ran aground sign in to read", nil)
	boilerplate := make([]bool, p.Len())
	for i := range 4 {
		boilerplate[i], boilerplate[8+i] = true, true
	}
	got := NewText(p, boilerplate, p.Shingles(nil))
	if got.WordsLeft != 4 || got.Left != 6 {
		t.Errorf("%d words and %d shingles left, want 4 and 6", got.WordsLeft, got.Left)
	}
	want := []bool{true, true, false, false, false, false, false, false, true, true}
	if diff := cmp.Diff(want, got.Covered); diff != "" {
		t.Errorf("covered shingles (-want +got):\n%s", diff)
	}
	all := make([]bool, p.Len())
	for i := range all {
		all[i] = true
	}
	if got := NewText(p, all, p.Shingles(nil)); got.WordsLeft != 0 || got.Left != 0 {
		t.Errorf("of nothing but boilerplate %d words and %d shingles are left", got.WordsLeft, got.Left)
	}
}
