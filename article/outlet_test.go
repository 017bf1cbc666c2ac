package article

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCanonicalOutlet(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"  The  Daily\tHerald ", "the daily herald"},
		{"Example.com", "example.com"},
		{"www.example.com:80", "example.com"},
		{"https://m.example.com/news?x", "example.com"},
		{"amp.example.com.", "example.com"},
		{"xn--mnchen-3ya.example", "münchen.example"},
		{"A.B.C.", "a.b.c"},
		{"Bay Courier.", "bay courier"},
		{"...", "..."},
		{"example.com .", "example.com"},
		{"BAY\u00a0COURIER", "bay courier"},
		{"Bay\u200b Cou\u00adrier\ufeff", "bay courier"},
		{"\u202aBay Courier\u202c", "bay courier"},
		{"Bay\x00 \x1b[Courier", "bay [courier"},
		{"\u200b", ""},
		{"exam\u200cple.com\u200b", "example.com"},
		{"ＢＢＣ　Ｎｅｗｓ", "bbc news"},
		{"ｅｘａｍｐｌｅ．ｃｏｍ", "example.com"},
		{"Suedkurier Ko\u0308ln", "suedkurier köln"},
		{"ΤΟ ΒΉΜΑΣ", "το βήμασ"},
		{"το βήμας", "το βήμασ"},
		{"KIRIM POSTASI", "kirim postasi"},
		{"Kırım Postası", "kirim postasi"},
		{"İstanbul", "istanbul"},
		{"همشهری\u200cآنلاین", "همشهری\u200cآنلاین"},
		{"St. Louis Post", "st. louis post"},
		{"Channel 4.0", "channel 4.0"},
		{"Новая Газета", "новая газета"},
		{"24/7", "24/7"},
	} {
		if got := CanonicalOutlet(c.in); got != c.want {
			t.Errorf("CanonicalOutlet(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzCanonicalOutlet(f *testing.F) {
	f.Add("https://www.Example.com:80/a")
	f.Add("The  Daily")
	f.Add(strings.Repeat("\ufdfa", 400))
	f.Add(strings.Repeat("ب\u200c", 300))
	f.Add("ﬁ\u0345\u200dΣ．ＣＯＭ.")
	f.Fuzz(func(t *testing.T, s string) {
		once := CanonicalOutlet(s)
		if twice := CanonicalOutlet(once); twice != once {
			t.Errorf("CanonicalOutlet(%q) = %q, of which it is %q", s, once, twice)
		}
		if len(once) > MaxOutlet || !utf8.ValidString(once) {
			t.Errorf("CanonicalOutlet(%q) has %d bytes", s, len(once))
		}
	})
}

func TestOutlets(t *testing.T) {
	table, err := NewOutlets([]Outlet{
		{Name: "Herald Network", Aliases: []string{"herald.example", "*.herald.example", "The Herald"}, Owner: "Big  Press"},
		{Name: "north.herald.example", Owner: "Northern"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, outlet, url, want, owner string }{
		{"name", "the herald", "", "herald network", "Big Press"},
		{"host", "", "https://www.herald.example/1", "herald network", "Big Press"},
		{"subdomain", "", "https://a.b.herald.example/1", "herald network", "Big Press"},
		{"nearest wins", "", "https://north.herald.example/1", "north.herald.example", "Northern"},
		{"outlet before url", "Star", "https://herald.example/1", "star", "star"},
		{"unknown", "", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := table.Name(c.outlet, c.url)
			if got != c.want || table.Owner(got) != c.owner {
				t.Errorf("Name = %q, Owner = %q, want %q, %q", got, table.Owner(got), c.want, c.owner)
			}
		})
	}
	var none *Outlets
	if got := none.Name("Star", ""); got != "star" || none.Owner(got) != "star" {
		t.Errorf("no table: Name = %q", got)
	}
	if _, err := NewOutlets([]Outlet{{Name: "a", Aliases: []string{"x"}}, {Name: "b", Aliases: []string{"X"}}}); err == nil {
		t.Error("one alias of two outlets: no error")
	}
	if _, err := NewOutlets([]Outlet{{Name: "a", Owner: "x"}, {Name: "A", Owner: "y"}}); err == nil {
		t.Error("two owners of one outlet: no error")
	}
	if _, err := NewOutlets([]Outlet{{Name: " "}}); err == nil {
		t.Error("no name: no error")
	}
}

// A name that is too long is the same outlet whether it was cut before or not.
func TestLongOutlet(t *testing.T) {
	for _, name := range []string{strings.Repeat("x", 5000), strings.Repeat("é", 5000), strings.Repeat("A b. ", 5000), strings.Repeat("\ufdfa", 5000), strings.Repeat(" ", 5000) + "x"} {
		got := CanonicalOutlet(name)
		cut := strings.ToValidUTF8(name[:MaxOutlet], "")
		if len(got) > MaxOutlet || got != CanonicalOutlet(cut) || got != CanonicalOutlet(got) {
			t.Errorf("%.10s...: %d bytes, cut %d", name, len(got), len(CanonicalOutlet(cut)))
		}
	}
	if name := strings.Repeat("x", MaxOutlet); CanonicalOutlet(name) != name {
		t.Error("a name of the greatest length was cut")
	}
}
