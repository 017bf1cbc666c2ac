package report

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestCell(t *testing.T) {
	for _, tt := range []struct{ in, cell, sheet string }{
		{"", "", ""},
		{"Storm, closes", "Storm, closes", "Storm, closes"},
		{"=1+1", "'=1+1", "'=1+1"},
		{"+49 30", "'+49 30", "'+49 30"},
		{"-17", "'-17", "'-17"},
		{"@SUM(A1)", "'@SUM(A1)", "'@SUM(A1)"},
		{"\t=1+1", "'\t=1+1", "'=1+1"},
		{"\r=1+1", "␍=1+1", "'=1+1"},
		{"=1\r+1", "'=1␍+1", "'=1 +1"},
		{"a\r\nb\rc\r", "a\r\nb␍c␍", "a b c"},
		{"＝1+1", "'＝1+1", "'＝1+1"},
		{"'=1+1", "''=1+1", "''=1+1"},
		{"'tis the season", "'tis the season", "'tis the season"},
		{"a\n  b\tc", "a\n  b\tc", "a b c"},
		{"\x1b[2J\x00\x7f\u009b", "␛[2J␀␡\ufffd", "␛[2J␀␡\ufffd"},
		{"a-b=c", "a-b=c", "a-b=c"},
	} {
		if got := cell(tt.in); got != tt.cell {
			t.Errorf("cell(%q) = %q, want %q", tt.in, got, tt.cell)
		}
		if got := sheet(tt.in); got != tt.sheet {
			t.Errorf("sheet(%q) = %q, want %q", tt.in, got, tt.sheet)
		}
	}
}

// steersText reports whether a character is not seen and is no spelling anywhere.
func steersText(r rune) bool {
	return isUnseen(r) && r != 0x200C && r != 0x200D && !unicode.Is(unicode.Variation_Selector, r) &&
		(r < 0xE0020 || r > 0xE007F) && r != 0x115F && r != 0x1160
}

// What is not seen is shown, unless the script around it is spelt with it.
func TestReveal(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"override", "report\u202egpj.exe", "report⟨U+202E⟩gpj.exe"},
		{"all that steers", "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
			"⟨U+200E⟩⟨U+200F⟩⟨U+061C⟩⟨U+202A⟩⟨U+202B⟩⟨U+202C⟩⟨U+202D⟩⟨U+202E⟩⟨U+2066⟩⟨U+2067⟩⟨U+2068⟩⟨U+2069⟩"},
		{"no width", "a\u200bb\u2060c\ufeffd\u00ade\u034ff\u2061\u206a", "a⟨U+200B⟩b⟨U+2060⟩c⟨U+FEFF⟩d⟨U+00AD⟩e⟨U+034F⟩f⟨U+2061⟩⟨U+206A⟩"},
		{"lines that are none", "a\u2028b\u2029c", "a⟨U+2028⟩b⟨U+2029⟩c"},
		{"unassigned and ignorable", "a\ufff0\U000e0001\U000e0fff", "a⟨U+FFF0⟩⟨U+E0001⟩⟨U+E0FFF⟩"},
		{"Khmer", "\u17b4\u17b5", "⟨U+17B4⟩⟨U+17B5⟩"},
		{"fillers", "a\u3164b\uffa0c\u115f\u1160", "a⟨U+3164⟩b⟨U+FFA0⟩c⟨U+115F⟩⟨U+1160⟩"},
		{"joiners between Latin letters", "pass\u200cword\u200d", "pass⟨U+200C⟩word⟨U+200D⟩"},
		{"joiner alone and first", "\u200d=1", "⟨U+200D⟩=1"},
		{"selectors after Latin letters", "a\ufe0fb\U000e0100", "a⟨U+FE0F⟩b⟨U+E0100⟩"},
		{"two selectors", "❤\ufe0f\ufe0f", "❤\ufe0f⟨U+FE0F⟩"},
		{"tags without a flag", "a\U000e0067", "a⟨U+E0067⟩"},
		{"an invisible formula", "\u200b=1+1", "⟨U+200B⟩=1+1"},
		{"bad bytes", "a\xff\u202eb", "a\ufffd⟨U+202E⟩b"},

		{"Persian", "می\u200cخواهم", "می\u200cخواهم"},
		{"Persian, twice", "می\u200c\u200cخواهم", "می\u200c⟨U+200C⟩خواهم"},
		{"Sinhala", "ශ්\u200dරී", "ශ්\u200dරී"},
		{"Malayalam, at the end of a word", "അവന്\u200d വന്നു", "അവന്\u200d വന്നു"},
		{"family", "👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"},
		{"heart on fire", "❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"},
		{"hand of a colour", "🙋🏽\u200d♀\ufe0f", "🙋🏽\u200d♀\ufe0f"},
		{"keycap", "1\ufe0f\u20e3", "1\ufe0f\u20e3"},
		{"copyright", "©\ufe0f", "©\ufe0f"},
		{"Han", "葛\U000e0100城", "葛\U000e0100城"},
		{"Mongolian", "ᠠ\u180b", "ᠠ\u180b"},
		{"flag of Scotland", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"},
		{"old Korean", "\u115f\u1161 \u1100\u1160\u11a8", "\u115f\u1161 \u1100\u1160\u11a8"},
		{"Arabic number sign", "\u0600١٢", "\u0600١٢"},
		{"spaces", "1\u00a0000\u202f000\u2009x\u3000y", "1\u00a0000\u202f000\u2009x\u3000y"},
		{"Hebrew and Arabic", "שָׁלוֹם العربية", "שָׁלוֹם العربية"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := reveal(tt.in)
			if got != tt.want {
				t.Errorf("reveal(%+q) = %+q, want %+q", tt.in, got, tt.want)
			}
			if again := reveal(got); again != got {
				t.Errorf("once more it is %+q", again)
			}
		})
	}
}

// No cell is a formula or steers a terminal, and what reads it gets back what
// was there but for control characters.
func FuzzCell(f *testing.F) {
	control := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' || steersText(r) }
	changed := func(r rune) bool {
		return r == '\r' || unicode.IsControl(r) && r != '\n' && r != '\t' || isUnseen(r) || r == utf8.RuneError
	}
	for _, s := range []string{"", "=1", "''=1", "'", "''", "-\x00", "＠x", "\xff=", "plain", "\u202e=1", "\u200d=1", "می\u200cخواهم", "a\rb\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, got := range []string{cell(s), sheet(s)} {
			if got != "" && strings.ContainsRune(formulas, firstRune(got)) {
				t.Errorf("%q becomes the formula %q", s, got)
			}
			if strings.ContainsFunc(got, control) || strings.Contains(strings.ReplaceAll(got, "\r\n", ""), "\r") {
				t.Errorf("%q becomes %q, with characters that steer", s, got)
			}
		}
		if back := Uncell(cell(s)); !strings.ContainsFunc(s, changed) && back != s {
			t.Errorf("%q is read back as %q", s, back)
		}
	})
}
