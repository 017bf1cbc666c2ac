package similarity

import (
	"fmt"
	"slices"
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

// TestMarkLocal flags what of a text is local.
func TestMarkLocal(t *testing.T) {
	within, beyond := strings.Repeat(".", gap), strings.Repeat(".", gap+1)
	all := func(n int) string { return strings.Repeat("S", n) }
	for _, tt := range []struct{ name, flags, boilerplate, want string }{
		{"nothing", "", "", ""},
		{"nothing shared", "....", "", "...."},
		{"all", "SSSS", "", "SSSS"},
		{"head and tail", "..SSSS..", "", "..SSSS.."},
		{"a gap", "SSSS..SSSS", "", "SSSSSSSSSS"},
		{"a sentence", "SSSS" + within + "SSSS", "", all(gap + 8)},
		{"more than a sentence", "SSSS" + beyond + "SSSS", "", "SSSS" + beyond + "SSSS"},
		{"boilerplate that both have", "SSSSSSSS", "SSSS....", "....SSSS"},
		{"boilerplate in a gap", "SSSS....SSSS", ".....SS.....", "SSSSS..SSSSS"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var boilerplate []bool
			if tt.boilerplate != "" {
				boilerplate = marks(tt.boilerplate)
			}
			flags, want := marks(tt.flags), marks(tt.want)
			n := markLocal(boilerplate, flags)
			if !slices.Equal(flags, want) || n != strings.Count(tt.want, "S") {
				t.Errorf("%v, %d of them, want %s", flags, n, tt.want)
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

// TestNotLocal asks how much of what a text tells of its headline is elsewhere.
func TestNotLocal(t *testing.T) {
	for _, tt := range []struct {
		name, headline, body, flags string
		want                        float64
	}{
		{"all is shared", "Harbour ferry aground", "harbour ferry aground again", "SSSS", 0},
		{"nothing is", "Harbour ferry aground", "harbour ferry aground again", "....", 1},
		{"shared once is enough", "Harbour ferry", "harbour ferry and harbour ferry", "...SS", 0},
		{"some of it", "Harbour wall", "harbour and wall", "..S", 0.7143},
		{"of what it tells", "Harbour wall", "harbour and", "..", 1},
		{"it tells too little", "Walls come tumbling down", "come and see", "...", 0},
		{"no headline", "", "come and see", "...", 0},
		{"no body", "Harbour wall", "", "", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := Plain((&Builder{K: 4}).Build("", tt.headline, tt.body, nil))
			if got := notLocal(x.Profile, nil, marks(tt.flags)); got != tt.want {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
	t.Run("boilerplate tells nothing", func(t *testing.T) {
		x := Plain((&Builder{K: 4}).Build("", "Harbour ferry", "harbour ferry and more", nil))
		if got := notLocal(x.Profile, marks("SS.."), marks("....")); got != 0 {
			t.Errorf("%v, want 0", got)
		}
	})
}

// TestListed: a page that lists the story of another among the latest tells that one's
// headline and is none the less about something else.
func TestListed(t *testing.T) {
	const (
		list    = "Bridge opens after nine years of waiting. Rovers sell their goalkeeper to Kingsport. Owls move into the railway station at Marl. "
		headA   = "Lightship Gannet towed home to Orrin harbour"
		headB   = "Ebble council fells three limes on market square"
		ofA     = "the lightship Gannet was towed home to Orrin harbour on Tuesday and made fast where her first crew had boarded her. "
		ofB     = "the council of Ebble had three limes on the market square felled because their roots lift all of the paving. "
		moreOfA = "two thousand people stood on walls and sang while volunteers rowed around her hull with lanterns until midnight came. "
		moreOfB = "nine members voted for it and eight against after four hours in which somebody wept and somebody slept soundly. "
	)
	long := func(a, b string) string { return strings.Repeat(a+b, 2) }
	for _, tt := range []struct {
		name, a, b string
		want       bool
	}{
		{"two stories", long(ofA, moreOfA) + list, long(ofB, moreOfB) + list + headA, true},
		{"neither is listed", long(ofA, moreOfA) + list, long(ofB, moreOfB) + list, true},
		{"a story in a few words", ofA + list, ofB + list + headA, false},
		{"one story on both pages", long(ofA, moreOfA) + list, long(ofB, moreOfB) + list + ofB + ofA + moreOfA, false},
		{"rests of one story", long(ofA, moreOfA) + list, long(moreOfA, "there was a lightship. ") + long("Gannet sang. ", ofB) + list + headA, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			build := Builder{K: 4}
			a, b := Plain(build.Build("", headA, tt.a, nil)), Plain(build.Build("", headB, tt.b, nil))
			for _, pair := range [][2]*Text{{a, b}, {b, a}} {
				var s Scale
				s.Load(pair[0])
				if e := s.Measure(pair[1]); e.Unrelated != tt.want {
					t.Errorf("unrelated: %v, want %v: %+v", e.Unrelated, tt.want, e)
				}
			}
		})
	}
}
