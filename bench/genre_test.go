package bench

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

type toldArticle struct {
	Article
	Telling
}

func genre(t *testing.T, name string, n int, seed uint64) (list []toldArticle) {
	t.Helper()
	seq, err := Genre(name, n, seed)
	if err != nil {
		t.Fatal(err)
	}
	for a, telling := range seq {
		list = append(list, toldArticle{a, telling})
	}
	return list
}

// TestGenreIsTheSame holds the bytes of what is made: the figures of the quality table are of these.
func TestGenreIsTheSame(t *testing.T) {
	want := map[string]string{
		"briefs": "edb89d2b7a37c964", "courts": "bad9727de28b49b7", "matches": "2f7d5529476242ee", "obituaries": "fcb698a91c102586",
	}
	for _, name := range Genres() {
		t.Run(name, func(t *testing.T) {
			h := fnv.New64a()
			e := json.NewEncoder(h)
			for _, a := range genre(t, name, 500, 1) {
				if err := e.Encode(a); err != nil {
					t.Fatal(err)
				}
			}
			if got := fmt.Sprintf("%016x", h.Sum64()); got != want[name] {
				t.Errorf("the sum is %s, want %s: where the change is meant, put the new sum here and measure the quality anew", got, want[name])
			}
		})
	}
}

// TestGenreTruth holds what is said of each article.
func TestGenreTruth(t *testing.T) {
	const n = 3000
	for _, name := range Genres() {
		t.Run(name, func(t *testing.T) {
			list := genre(t, name, n, 3)
			if len(list) != n {
				t.Fatalf("%d articles, want %d", len(list), n)
			}
			agency := map[string]toldArticle{} // by incident
			seen := map[string]bool{}
			kinds := map[Kind]int{}
			for _, a := range list {
				if seen[a.ID] || a.ID == "" || a.Outlet == "" || a.URL == "" || a.Title == "" || a.Published == "" || strings.ContainsAny(a.Body, "{}|") {
					t.Fatalf("an article without its parts: %+v", a)
				}
				seen[a.ID] = true
				kinds[a.Kind]++
				words := len(strings.Fields(a.Body))
				switch {
				case a.Kind == Own:
					agency[a.Incidents[0]] = a
				case a.Kind == Listing:
					if len(a.Incidents) != 0 || words < 5000 {
						t.Errorf("%s: a listing of %d words with incidents %v", a.ID, words, a.Incidents)
					}
				case a.Kind == Roundup:
					for _, i := range a.Incidents {
						first, _, _ := strings.Cut(agency[i].Body, "\n\n")
						if len(a.Incidents) != 3 || !strings.Contains(a.Body, first) {
							t.Errorf("%s is a roundup of %v and does not tell %s", a.ID, a.Incidents, i)
						}
					}
				case a.Kind.Copy():
					if share := sharedWords(agency[a.Incidents[0]].Body, a.Body); share < 0.8 || a.Outlet == agency[a.Incidents[0]].Outlet {
						t.Errorf("%s at %s has %.2f of the words of its original", a.ID, a.Outlet, share)
					}
				case a.Kind == Event:
					if share := sharedWords(agency[a.Incidents[0]].Body, a.Body); share > 0.7 {
						t.Errorf("%s is an own report with %.2f of its words from the agency", a.ID, share)
					}
				default:
					t.Errorf("%s is of kind %s", a.ID, a.Kind)
				}
				if a.Kind != Listing && (words < 25 || words > 1500) {
					t.Errorf("%s, %s: %d words", a.ID, a.Kind, words)
				}
			}
			for _, k := range []Kind{Own, Retitle, Byline, Trim, Edit, Event, Roundup, Listing} {
				if kinds[k] < n/500 {
					t.Errorf("%d articles of kind %s", kinds[k], k)
				}
			}
			fewer := genre(t, name, n/10, 3)
			for i, a := range fewer {
				if a.Article != list[i].Article || !slices.Equal(a.Incidents, list[i].Incidents) {
					t.Fatalf("of fewer articles the %d-th is another", i)
				}
			}
			if other := genre(t, name, 1, 4); other[0].Article == list[0].Article {
				t.Error("another seed gives the same articles")
			}
		})
	}
}

// sharedWords returns the share of the words of b that a has.
func sharedWords(a, b string) float64 {
	words, list := strings.Fields(a), strings.Fields(b)
	n := 0
	for _, w := range list {
		if slices.Contains(words, w) {
			n++
		}
	}
	return float64(n) / float64(len(list))
}

func TestGenreUnknown(t *testing.T) {
	if _, err := Genre("recipes", 10, 1); err == nil || !strings.Contains(err.Error(), "briefs, courts") {
		t.Errorf("error %v, want the names that there are", err)
	}
}

// TestParseGrammar holds that what is wrong in a grammar does not go by.
func TestParseGrammar(t *testing.T) {
	data, err := genreFiles.ReadFile("genres/briefs.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, old, new string }{
		{"unknown slot", "{area}", "{ares}"},
		{"a field too many", "{who.5}", "{who.7}"},
		{"open slot", "{area}", "{area"},
		{"range upside down", "{8-30}", "{30-8}"},
		{"a text as a slot", "{colour}", "{brief}"},
		{"no agency", "[outlet]", "[outlets]"},
		{"twice", "[tree]", "[compass]"},
		{"no section", "[outlet]", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := parseGrammar(strings.ReplaceAll(string(data), tt.old, tt.new)); err == nil {
				t.Error("no error")
			}
		})
	}
}

// TestFacts holds that a fact is drawn once an incident, and a list each time.
func TestFacts(t *testing.T) {
	g := &grammar{sections: map[string]section{
		"who":  {'*', []string{"{1-9}{1-9}{1-9} | {who} of {town}", "{1-9}{1-9}{1-9} | {who} in {town}"}},
		"town": {0, []string{"{001-999}"}},
	}}
	seen := map[string]bool{}
	for n := range uint64(100) {
		i := g.incident(rand.New(rand.NewPCG(n, 1)), start)
		who, where := i.one("who"), i.fill("{who.2}, {who.2}")
		if a, b, _ := strings.Cut(where, ", "); a != b || !strings.HasPrefix(a, who) || len(a) != len("123 of 001") {
			t.Fatalf("%q, then %q", who, where)
		}
		seen[who] = true
		if i.fill("{town}{town}{town}") == strings.Repeat(i.one("town"), 3) {
			t.Error("a list gives the same line each time")
		}
	}
	if len(seen) < 50 {
		t.Errorf("%d facts of 100 incidents", len(seen))
	}
}
