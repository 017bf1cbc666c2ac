package report

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"dedupe/article"
)

// hostile is a mail whose every text is what somebody else wrote.
func hostileMail() *Mail {
	word := strings.Repeat("Donaudampfschifffahrt", 9)
	text := "\x1b[2J<script>alert(1)</script>\u202e " + word + " 灯台が一クラウンで売却される、灯台が一クラウンで売却される、灯台が一クラウンで売却される、灯台が売却される"
	day := article.Moment{At: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Known: article.ToDay}
	c := Summarized{Cluster: 7, Label: "c7", Headline: text, Outlets: 3, Articles: 3, First: day, Last: day, FirstUnsure: true, Language: text, Credit: text}
	long := "https://a.example/" + strings.Repeat("long-", 40)
	return &Mail{Reader: "anna", Times: "UTC", Left: 3, More: "dedupe report --since-last=anna --limit 0", Stories: []Story{
		{State: StoryGrew, Articles: 3, Outlets: 2, URL: long, MoreOf: 2, Cluster: c, With: []string{"c5"}, Carriers: []Carrier{
			{Outlet: text, Lag: "+2h", URL: "javascript:alert(1)"}, {Outlet: "b", Lag: "same day", URL: long},
		}},
	}, Ended: []Ended{{Label: "c4"}}, Missing: []Missing{{Place: text, Reason: text}}}
}

func TestMailText(t *testing.T) {
	for _, columns := range []int{0, 20, 40, 200} {
		var out bytes.Buffer
		if err := Write(&out, hostileMail(), Options{Width: columns}); err != nil {
			t.Fatal(err)
		}
		room := mailWidth
		if columns > 0 {
			room = min(columns, mailWidth)
		}
		for line := range strings.Lines(out.String()) {
			line = strings.TrimSuffix(line, "\n")
			address := strings.HasPrefix(strings.TrimSpace(line), "https://") || strings.HasPrefix(line, "  dedupe ")
			if !address && width(line) > room {
				t.Errorf("at %d: %d columns: %q", columns, width(line), line)
			}
		}
		got := out.String()
		for _, want := range []string{"  https://a.example/" + strings.Repeat("long-", 40) + "\n", "GREW +3"} {
			if !strings.Contains(got, want) {
				t.Errorf("at %d: no %q in\n%s", columns, want, got)
			}
		}
		if strings.ContainsAny(got, "\x1b\u202e") || strings.Contains(got, "javascript:") || strings.Contains(got, "00:00") {
			t.Errorf("at %d:\n%q", columns, got)
		}
		// Nothing is lost but space where lines end.
		if all := strings.Join(strings.Fields(got), ""); !strings.Contains(all, strings.Repeat("Donaudampfschifffahrt", 9)) {
			t.Errorf("at %d: a word is cut in\n%s", columns, got)
		}
	}
}

func TestMailHTML(t *testing.T) {
	var out bytes.Buffer
	if err := WriteMail(&out, hostileMail(), Options{}); err != nil {
		t.Fatal(err)
	}
	got := out.String()
	for _, bad := range []string{"<script", "<style", "<img", "<link", "src=", "javascript:", "\x1b", "\u202e", "background", "color:"} {
		if strings.Contains(got, bad) {
			t.Errorf("%q is in the mail:\n%s", bad, got)
		}
	}
	for _, want := range []string{"3 of 2 new outlets", "with c5 of earlier mails", "1 of 4 shown", "dedupe show c7", "c4 of an earlier mail"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in the mail:\n%s", want, got)
		}
	}
}

// A name that is written from right to left leaves the date behind it as it is.
func TestMailHTMLIsolatesNames(t *testing.T) {
	day := article.Moment{At: time.Date(2026, 3, 8, 8, 0, 0, 0, time.UTC), Known: article.ToMinute}
	m := &Mail{Times: "UTC", Stories: []Story{{State: StoryNew, Cluster: Summarized{Label: "c5", Headline: "a", Outlets: 2, Articles: 2, First: day, Last: day, FirstOutlet: "صحيفة المرسى"}}}}
	var out bytes.Buffer
	if err := WriteMail(&out, m, Options{}); err != nil {
		t.Fatal(err)
	}
	if want := "first \u2068صحيفة المرسى\u2069, 2026-03-08 08:00"; !strings.Contains(out.String(), want) {
		t.Errorf("no %q in the mail:\n%s", want, out.String())
	}
}
