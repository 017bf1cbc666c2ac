package text

import "testing"

func TestStem(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"Russia", "Russians", true},
		{"RUSSIA", "russia", true},
		{"Тверской", "тверскую", true},
		{"Élysée", "E\u0301lyse\u0301e", true},
		{"Ångström", "A\u030angstro\u0308m", true},
		{"O’Brien", "O&#39;Brien", true},
		{"Ｔｏｋｙｏ", "Tokyo", true},
		{"Salt\u00admarsh", "Saltmarsh", true},
		{"Malta", "Malawi", false},
		{"Rus", "Russia", false},
		{"Tula", "Tver", false},
		{"Тула", "Тверь", false},
	} {
		a, b := Words(nil, tt.a), Words(nil, tt.b)
		if len(a) != 1 || len(b) != 1 || (a[0].Stem == b[0].Stem) != tt.same {
			t.Errorf("%q and %q: one stem %v, want %v", tt.a, tt.b, !tt.same, tt.same)
		}
	}
}

// TestLetters: the length of a word does not depend on how it is spelled.
func TestLetters(t *testing.T) {
	for _, tt := range []struct {
		want  uint8
		words []string
	}{
		{3, []string{"été", "e\u0301te\u0301", "&eacute;t&eacute;", "É\u00adté"}},
		{4, []string{"it's", "it’s", "it&#8217;s", "it&rsquo;s", "ｉｔ＇ｓ", "i\u200bt's"}},
		{6, []string{"Office", "oﬃce", "OFFICE"}},
		{7, []string{"strasse", "straße", "STRASSE"}},
		{2, []string{"港", "&#28207;"}},
		{4, []string{"서울"}},
		{255, []string{longWord(300), longWord(260)}},
	} {
		for _, s := range tt.words {
			if w := Words(nil, s); len(w) != 1 || w[0].Letters != tt.want {
				t.Errorf("%.20q: %+v, want %d letters", s, w, tt.want)
			}
		}
	}
}

func longWord(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = 'a'
	}
	return string(b)
}
