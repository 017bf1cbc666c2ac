package article

import "testing"

func TestSpellOutlet(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"", ""},
		{"The Brackwater Echo", "The Brackwater Echo"},
		{"  El  País ", "El País"},
		{"el pai\u0301s", "el país"},
		{"ＴＡＲＮ Post", "ＴＡＲＮ Post"},
		{"Bay\u200bCourier\x1b[2J", "BayCourier[2J"},
		{"Bay Courier\u202e", "Bay Courier"},
		{"https://www.Bay.example/news", "bay.example"},
		{"WWW.BAY.example:80", "bay.example"},
		{"روز\u200cنامه", "روز\u200cنامه"},
		{"روز\u2028\u200cنامه\u2029\u200d", "روز نامه"},
		{"Bay\xffCourier", "Bay\ufffdCourier"},
	} {
		if got := SpellOutlet(c.name); got != c.want {
			t.Errorf("SpellOutlet(%q) = %q, want %q", c.name, got, c.want)
		}
	}
}

// Every string of up to three of the characters that have a rule has what FuzzSpellOutlet holds.
func TestSpellOutletAgain(t *testing.T) {
	some := []string{"\u200d", "\u200c", "\u2028", " ", ".", "ب", "\u0345", "\u0301", "İ", "ſ", "ﬁ", "\u00ad", "xn--", "www.", "a", ".com", "/", "\ufdfa", "\xff", "\u0340", "："}
	for _, a := range some {
		for _, b := range some {
			for _, c := range some {
				checkSpelling(t, a+b)
				checkSpelling(t, a+b+c)
			}
		}
	}
}

// FuzzSpellOutlet: a spelling is of the outlet that it spells, and spelt again it is the same.
func FuzzSpellOutlet(f *testing.F) {
	for _, name := range []string{"", "BBC News.", "ſtar", "A\u200dB", "www.bbc.co.uk", "ﬁn.example", "İstanbul", "\u0301a", ". .", "a\u00ad.example", "\u2029\u200d"} {
		f.Add(name)
	}
	f.Fuzz(checkSpelling)
}

func checkSpelling(t *testing.T, name string) {
	spelt := SpellOutlet(name)
	if got, want := CanonicalOutlet(spelt), CanonicalOutlet(name); got != want {
		t.Errorf("SpellOutlet(%q) = %q, which is the outlet %q, not %q", name, spelt, got, want)
	}
	if again := SpellOutlet(spelt); again != spelt {
		t.Errorf("SpellOutlet(%q) = %q, and of that %q", name, spelt, again)
	}
	if len(spelt) > MaxOutlet {
		t.Errorf("%d bytes of %d", len(spelt), len(name))
	}
}
