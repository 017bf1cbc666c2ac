package source

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLikely(t *testing.T) {
	const text = `"Nine boats of the Skarholm fleet came home on Monday after three days at sea."`
	for _, c := range []struct {
		name, record string
		want         []string
	}{
		{"an export with names of its own", `{"article_text": ` + text + `, "headline_text": "Boats come home", "pub_time": "03.05.2026 8:20",
			"scraped_at": "2026-05-20 03:00:00", "article_url": "https://bay.example/1", "image_url": "https://bay.example/1.jpg",
			"site": {"domain": "bay.example", "label": "Bay Courier"}}`,
			[]string{"outlet site.label", "url article_url", "title headline_text", "published pub_time"}},
		{"a host where no outlet is named", `{"text": ` + text + `, "title": "Boats", "host_name": "bay.example", "date": "2026-05-03"}`, []string{"outlet host_name"}},
		{"another language", `{"Titel": "Boote", "Inhalt": ` + text + `, "Erscheinungsdatum": "3. Mai 2026", "Quelle": "Hafenblatt"}`,
			[]string{"outlet Quelle", "title Titel", "published Erscheinungsdatum", "body Inhalt"}},
		{"values that do not fit their names", `{"text": ` + text + `, "title_id": "https://bay.example", "pub": "yes", "link": "none", "source_url": 7}`, nil},
		{"nothing is missing", `{"title": "Boats", "text": ` + text + `, "url": "https://bay.example/1", "outlet": "Bay", "date": "2026-05-03", "headline_text": "x"}`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := NewSurvey(Options{})
			if err != nil {
				t.Fatal(err)
			}
			for raw, reject := range Read(t.Context(), []string{"-"}, strings.NewReader(c.record), Options{}) {
				if reject == nil {
					s.Add(raw)
				}
			}
			if s.Records == 0 { // refused as a whole: no record has a body
				opt := Options{Refused: func(refused *Survey) { s = refused }}
				for range Read(t.Context(), []string{"-"}, strings.NewReader(c.record), opt) {
				}
			}
			var got []string
			for _, g := range s.Likely() {
				got = append(got, g.Field+" "+g.Name)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("likely fields (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTextsCutByTheirService(t *testing.T) {
	for _, c := range []struct {
		given, text string
		cut         bool
	}{
		{"Divers will examine the pier on Wednes… [+1234 chars]", "Divers will examine the pier on Wednes", true},
		{"Divers will examine the pier... [+7 chars]", "Divers will examine the pier", true},
		{"It has [+ chars]", "It has [+ chars]", false},
		{"It has [+many chars]", "It has [+many chars]", false},
		{"It has 12 chars]", "It has 12 chars]", false},
		{"[+12 chars]", "", true},
		{"", "", false},
	} {
		if text, cut := uncut(c.given); text != c.text || cut != c.cut {
			t.Errorf("uncut(%q) = %q, %v, want %q, %v", c.given, text, cut, c.text, c.cut)
		}
	}
}
