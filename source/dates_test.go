package source

import (
	"strings"
	"testing"
)

func TestDatesWithTwoMeanings(t *testing.T) {
	for _, c := range []struct{ date, dayFirst, monthFirst string }{
		{"06/04/2026", "2026-04-06", "2026-06-04"},
		{"6/4/2026 9:15", "2026-04-06 9:15", "2026-06-04 9:15"},
		{"06-04-2026T09:15:00Z", "2026-04-06T09:15:00Z", "2026-06-04T09:15:00Z"},
		{"25/04/2026", "25/04/2026", "25/04/2026"},
		{"04/25/2026", "04/25/2026", "04/25/2026"},
		{"06.04.2026", "06.04.2026", "06.04.2026"},
		{"2026-04-06", "2026-04-06", "2026-04-06"},
	} {
		for setting, want := range map[string]string{"": c.date, DayFirst: c.dayFirst, MonthFirst: c.monthFirst} {
			tree(t, map[string]string{"a.jsonl": `{"body": "The wall rises by a metre.", "date": "` + c.date + `"}`})
			got, rejects := articles(t, Options{Dates: setting}, "a.jsonl")
			if len(got) != 1 || got[0].Published != want {
				t.Errorf("%q with %q: %+v %q, want %q", c.date, setting, got, rejects, want)
			}
			if two := setting == "" && c.dayFirst != c.date; two != (len(rejects) == 1 && strings.Contains(rejects[0], "two meanings")) {
				t.Errorf("%q with %q: warnings %q", c.date, setting, rejects)
			}
		}
	}
}

func TestOrderIsToldByOtherDates(t *testing.T) {
	for _, c := range []struct {
		name, dates string
		unclear     int
		want        string
	}{
		{"day", "06/04/2026 25/04/2026 07/04/2026", 2, DayFirst},
		{"month", "06/04/2026 04/25/2026", 1, MonthFirst},
		{"both", "06/04/2026 04/25/2026 25/04/2026", 1, ""},
		{"neither", "06/04/2026 05/05/2026 25.04.2026", 1, ""},
		{"none unclear", "25/04/2026 2026-04-06", 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, name := range []string{"date", "day_out"} { // a known name, and one that is guessed
				s, err := NewSurvey(Options{})
				if err != nil {
					t.Fatal(err)
				}
				var lines strings.Builder
				for _, d := range strings.Fields(c.dates) {
					lines.WriteString(`{"body": "The wall rises by a metre.", "` + name + `": "` + d + `"}` + "\n")
				}
				for raw := range Read(t.Context(), []string{"-"}, strings.NewReader(lines.String()), Options{}) {
					s.Add(raw)
				}
				if dates, setting := s.Unclear(); dates != c.unclear || setting != c.want {
					t.Errorf("%s: %d unclear, %q, want %d and %q", name, dates, setting, c.unclear, c.want)
				}
			}
		})
	}
}
