package article

import (
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	day := time.Date(2006, 1, 2, 0, 0, 0, 0, time.UTC)
	at := day.Add(15*time.Hour + 4*time.Minute)
	sec := at.Add(5 * time.Second)
	for _, c := range []struct {
		in   string
		want time.Time
	}{
		{"2006-01-02T15:04:05Z", sec},
		{"2006-01-02T17:04:05+02:00", sec},
		{"2006-01-02T15:04:05.25Z", sec.Add(250 * time.Millisecond)},
		{"2006-01-02T15:04:05", sec},
		{"2006-01-02T15:04", at},
		{"2006-01-02T10:04:05-0500", sec},
		{"2006-01-02 15:04:05", sec},
		{"2006-01-02 15:04:05 UTC", sec},
		{"2006-01-02 15:04:05 +0000", sec},
		{"2006-01-02 15:04:05.000000", sec},
		{"2006-01-02 03:04 PM", at},
		{" 2006-01-02 ", day},
		{"2006/01/02", day},
		{"20060102", day},
		{"20060102150405", sec},
		{"20060102T150405Z", sec},
		{"1136214245", sec},
		{"1136214245000", sec},
		{"Mon, 02 Jan 2006 15:04:05 GMT", sec},
		{"Mon, 02 Jan 2006 10:04:05 EST", sec},
		{"Mon, 02 Jan 2006 16:04:05 +0100", sec},
		{"02 Jan 06 15:04 GMT", at},
		{"Mon Jan  2 15:04:05 2006", sec},
		{"Mon Jan 2 15:04:05 +0000 2006", sec},
		{"January 2, 2006", day},
		{"Jan. 2, 2006", day},
		{"Monday, January 2nd, 2006 at 10:04 a.m. ET", at},
		{"Published: January 2, 2006 3:04 p.m.", at},
		{"2 January 2006", day},
		{"2-Jan-2006", day},
		{"2. Januar 2006", day},
		{"lundi 2 janvier 2006", day},
		{"2 de enero de 2006", day},
		{"2 января 2006 г.", day},
		{"02.01.2006", day},
		{"02.01.2006, 15:04 Uhr", at},
		{"13/01/2006", day.AddDate(0, 0, 11)},
		{"01/13/2006", day.AddDate(0, 0, 11)},
	} {
		if got, ok := ParseDate(c.in); !ok || !got.Equal(c.want) || got.Location() != time.UTC {
			t.Errorf("ParseDate(%q) = %v, %v, want %v", c.in, got, ok, c.want)
		}
	}
	for _, in := range []string{
		"", " ", "yesterday", "soon", "5", "2006", "January 2006", "2006-13-01", "2006-02-30", "31 February 2006", "01/02/2006",
		"0001-01-01T00:00:00Z", "1799-12-31", "1970-01-01", "1969-12-31T19:00:00", "0", "2100-01-01", "9999-12-31", "2026-13-05", "Jan 2 Feb 3 2006", "2006-01-02 25:04", "2006-01-02 15:61", "99999999999999999999",
		"one January 2, 2006", "2006-01-02T15:04:05+99:00", "\xff\xfe", "1-2-3-4", "January 2, 2006 13:00 pm",
	} {
		if got, ok := ParseDate(in); ok {
			t.Errorf("ParseDate(%q) = %v, want none", in, got)
		}
	}
}

func TestEffectiveDate(t *testing.T) {
	seen := time.Date(2024, 5, 10, 12, 0, 0, 0, time.FixedZone("", 3600))
	for _, c := range []struct {
		published string
		want      string
		reason    DateReason
	}{
		{"2024-05-09T10:00:00Z", "2024-05-09T10:00:00Z", Given},
		{"2024-05-11T10:59:00Z", "2024-05-11T10:59:00Z", Given},
		{"2024-05-11T11:00:01Z", "2024-05-10T11:00:00Z", Future},
		{"9999-12-31", "2024-05-10T11:00:00Z", Future},
		{"", "2024-05-10T11:00:00Z", Missing},
		{"soon", "2024-05-10T11:00:00Z", Unreadable},
		{"0001-01-01T00:00:00Z", "2024-05-10T11:00:00Z", TooOld},
		{"1970-01-01T00:00:00Z", "2024-05-10T11:00:00Z", TooOld},
		{"0", "2024-05-10T11:00:00Z", TooOld},
		{"0.0", "2024-05-10T11:00:00Z", TooOld},
		{"17991231", "2024-05-10T11:00:00Z", TooOld},
		{"31 December 1799", "2024-05-10T11:00:00Z", TooOld},
		{"20991231", "2024-05-10T11:00:00Z", Future},
		{"21001231", "2024-05-10T11:00:00Z", Future},
		{"May 10, 2024 8:00 AM ET", "2024-05-10T12:00:00Z", Given},
		{"1969-12-31T19:00:00", "2024-05-10T11:00:00Z", TooOld},
		{"1969-12-30", "1969-12-30T00:00:00Z", GivenDay},
		{"2024-05-09", "2024-05-09T00:00:00Z", GivenDay},
		{"9 May 2024", "2024-05-09T00:00:00Z", GivenDay},
		{"2024-05-09T00:00:00Z", "2024-05-09T00:00:00Z", GivenDay},
		{"2024-05-09T00:00:00+02:00", "2024-05-09T00:00:00Z", GivenDay},
		{"Thu, 09 May 2024 00:00:00 -0500", "2024-05-09T00:00:00Z", GivenDay},
		{"2024-05-09 00:00", "2024-05-09T00:00:00Z", GivenDay},
		{"1715212800", "2024-05-09T00:00:00Z", GivenDay},
		{"2024-05-09T00:00:01Z", "2024-05-09T00:00:01Z", Given},
		{"2024-05-09T02:00:00+02:00", "2024-05-09T00:00:00Z", Given},
		{"2024-05-12", "2024-05-10T11:00:00Z", Future},
	} {
		got, reason := EffectiveDate(c.published, seen)
		if got.Format(time.RFC3339) != c.want || reason != c.reason {
			t.Errorf("EffectiveDate(%q) = %v, %v, want %v, %v", c.published, got, reason, c.want, c.reason)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2006-01-02T15:04:05Z", "Mon, 02 Jan 06 15:04:05 +0100", "2 de enero de 2006", "13/01/2006 3:04 p.m.", "1136214245"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := ParseDate(s)
		if std, err := time.Parse(time.RFC3339, s); err == nil && std.Year() > minYear && std.Year() < maxYear && !isZeroTime(std) && (!ok || !got.Equal(std)) {
			t.Fatalf("ParseDate(%q) = %v, %v, want %v", s, got, ok, std)
		}
		if !ok {
			return
		}
		if got.Year() < minYear || got.Year() > maxYear || got.Location() != time.UTC {
			t.Fatalf("ParseDate(%q) = %v", s, got)
		}
		if again, ok := ParseDate(got.Format(time.RFC3339Nano)); !ok || !again.Equal(got) {
			t.Fatalf("ParseDate(%q) = %v, read again %v", s, got, again)
		}
	})
}

func BenchmarkParseDate(b *testing.B) {
	for _, s := range []string{"2006-01-02T15:04:05Z", "Mon, 02 Jan 2006 15:04:05 GMT"} {
		b.Run(s[:3], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ParseDate(s)
			}
		})
	}
}

// BenchmarkDateForms reads all of dateForms, and gives the mean of one.
func BenchmarkDateForms(b *testing.B) {
	ParseDate(dateForms[0].in)
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range dateForms {
			ParseDate(c.in)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(dateForms)), "ns/date")
}

// BenchmarkDateTerms is what the first written date costs once.
func BenchmarkDateTerms(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		makeTerms()
	}
}
