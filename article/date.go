package article

import (
	"strings"
	"time"
)

// minYear is the first year a publication date may have. Before it there were
// few newspapers; what claims to be older is a mistake, such as the year 1 that
// some programs write for "no date".
const minYear = 1800

// maxYear is the last one. What claims to be later is a mistake, such as the
// year 9999 for "no end".
const maxYear = 2099

// maxDate bounds the length of a date in bytes. The longest that are printed have
// 100, in scripts of three bytes a letter.
const maxDate = 160

// DateReason says where an article's effective date comes from.
type DateReason uint8

// The reasons of EffectiveDate.
const (
	Given      DateReason = iota // the published date, as given
	Missing                      // no date was given: first seen
	Unreadable                   // what was given is no date: first seen
	Future                       // more than a day after it was first seen, or after 2099: first seen
	TooOld                       // before 1800, or a program's zero time: first seen
	GivenDay                     // the published date, as given, without a time of day
)

var dateReasons = [...]string{"given", "missing", "unreadable", "future", "too old", "given without a time"}

// String returns the reason in lower case: "given", "missing", "unreadable",
// "future", "too old" or "given without a time".
func (r DateReason) String() string {
	if int(r) < len(dateReasons) {
		return dateReasons[r]
	}
	return "unknown"
}

// EffectiveDate returns the time that is shown as an article's, and the reason.
// A published date may be a day ahead of firstSeen, for clocks and time zones
// that were not given. The result is in UTC. Where the date has no time of day it is
// the midnight of UTC that begins the day as it is written, for the reason GivenDay.
// A time of exactly 00:00:00 in the zone that is written counts as none: most programs
// write it for a date alone, and few articles appear in that second.
// The result depends on when the article was first seen, so order and window go by ParseDate instead, which knows only what
// was given: the same articles are then in the same order in every database.
func EffectiveDate(published string, firstSeen time.Time) (time.Time, DateReason) {
	firstSeen = firstSeen.UTC()
	if strings.TrimSpace(published) == "" {
		return firstSeen, Missing
	}
	d, ok := readDate(published)
	t := d.Time
	switch {
	case !ok:
		return firstSeen, Unreadable
	case t.Year() < minYear || isZeroTime(t):
		return firstSeen, TooOld
	case t.Year() > maxYear || t.Sub(firstSeen) > 24*time.Hour:
		return firstSeen, Future
	case !d.Minute || d.Time.Equal(d.Day.Add(-d.offset)):
		return d.Day, GivenDay
	}
	return t, Given
}

// Date is what a written date says.
type Date struct {
	Time   time.Time // in UTC; midnight when no time of day is written
	Minute bool      // a time of day is written, so that Time is exact to the minute at least
	Day    time.Time // the midnight of UTC that begins the day as it is written

	offset time.Duration // of the written zone, east of UTC
}

// ParseDate reads a date as sites, feeds and programs write it, and returns it
// in UTC; a date without a zone is taken to be in UTC, and one without a time of
// day to be at midnight. It reads
//
//   - RFC 3339 and ISO 8601, with a space for the T, with or without time and
//     zone, in its basic form, and by week or day of the year: 2006-W01-1, 2006-002
//   - RFC 5322, RFC 850, HTTP, ANSI C, and what Go, Java, JavaScript, .NET and
//     cameras print
//   - the names of months and weekdays in ninety languages in any usual order,
//     with any script's digits: "Jan. 2, 2006 3:04 p.m. ET", "2. Januar 2006",
//     "2 января 2006 г.", "2006年1月2日", "2 ม.ค. 2549", and with the Iranian months
//   - 2006/01/02, 02.01.2006, and 13/01/2006 or 01/13/2006 where the order is
//     certain: also by the weekday, and where both readings are one day
//   - 20060102, 200601021504, 20060102150405, and Unix time in seconds, milli-,
//     micro- and nanoseconds, also with decimals and as 1.136214245e9
//
// Names of zones are those of zoneNames: ET, CET and the like are the clock of
// that day, with its summer time. Unknown words make a date unreadable.
//
// It is false for everything else: years before 1800 and after 2099, the zero
// time of programs (1970-01-01, in any time zone), days that a month does not
// have, dates of calendars that depend on the moon, and 01/02/2006, of which
// nobody can tell what it means. An article with such a date counts as undated:
// it lies in every window.
//
// RFC 3339 takes 0.1 µs, a written date 1 µs; the first written one also 5 ms, for
// the table of names.
func ParseDate(s string) (t time.Time, ok bool) {
	d, ok := ReadDate(s)
	return d.Time, ok
}

// ReadDate is ParseDate, and says how exact the date is.
func ReadDate(s string) (Date, bool) {
	d, ok := readDate(s)
	if !ok || d.Time.Year() < minYear || d.Time.Year() > maxYear || isZeroTime(d.Time) {
		return Date{}, false
	}
	return d, true
}

// isZeroTime reports whether t is what a program without a date writes: the
// start of 1970, moved by a time zone at most.
func isZeroTime(t time.Time) bool {
	const zones = 14 * 60 * 60 // seconds
	return -zones <= t.Unix() && t.Unix() <= zones
}

func readDate(s string) (Date, bool) {
	if isRFC3339(s) {
		if t, err := time.Parse(time.RFC3339, s); err == nil {
			_, offset := t.Zone()
			return Date{Time: t.UTC(), Minute: true, Day: midnight(t), offset: time.Duration(offset) * time.Second}, t.Year() > 0
		}
	}
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxDate {
		return Date{}, false
	}
	number := s
	if inner, ok := strings.CutPrefix(strings.Trim(s, `\/`), "Date("); ok { // .NET: /Date(1136214245000+0100)/
		number, _, _ = strings.Cut(inner, ")")
		if i := strings.LastIndexAny(number, "+-"); i > 0 {
			number = number[:i]
		}
	}
	if n, ok := readNumber(number); ok {
		return n.date()
	}
	return readWritten(s)
}

// midnight is the midnight of UTC that begins the day which t is on in its own zone.
func midnight(t time.Time) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// isRFC3339 reports whether s looks like RFC 3339, so that the dear error of
// time.Parse is rare.
func isRFC3339(s string) bool {
	return len(s) >= len("2006-01-02T15:04:05Z") && s[4] == '-' && s[7] == '-' && s[10] == 'T' && s[13] == ':' && s[16] == ':'
}

// A unixNumber is a number as JSON writes it: its digits and where the point
// stands among them.
type unixNumber struct {
	digits [32]byte
	n      int // how many digits there are
	point  int // how many of them stand before the point
	whole  bool
}

// readNumber reads a number without a sign: "1136214245", "1136214245.25" and
// "1.136214245E+9".
func readNumber(s string) (x unixNumber, ok bool) {
	x.point = -1
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9' && x.n < len(x.digits):
			x.digits[x.n] = c
			x.n++
		case '0' <= c && c <= '9' && x.point >= 0 && i < maxDate: // more decimals than count
		case c == '.' && x.point < 0 && x.n > 0:
			x.point = x.n
		case c|0x20 == 'e' && x.n > 0:
			exponent := strings.TrimPrefix(s[i+1:], "+")
			if len(exponent) == 0 || len(exponent) > 2 || strings.Trim(exponent, "0123456789") != "" {
				return x, false
			}
			if x.point < 0 {
				x.point = x.n
			}
			if x.point += atoi(exponent); x.point > len(x.digits) {
				return x, false
			}
			for x.n < x.point {
				x.digits[x.n] = '0'
				x.n++
			}
			return x, true
		default:
			return x, false
		}
	}
	if x.point < 0 {
		x.point = x.n
	}
	x.whole = strings.Trim(string(x.digits[x.point:x.n]), "0") == ""
	return x, x.n > 0
}

// date reads a number as a day, a second, or as Unix time. Which unit that is
// in, its length tells: seconds from 1973 on have 9 or 10 digits.
func (x *unixNumber) date() (Date, bool) {
	whole := string(x.digits[:x.point])
	layout := ""
	switch len(whole) {
	case 7:
		layout = "2006002"
	case 8:
		layout = "20060102"
	case 12:
		layout = "200601021504"
	case 14:
		layout = "20060102150405"
	}
	if layout != "" && x.whole {
		// Seven and twelve digits are more often something else, if they are no day of our time.
		t, err := time.Parse(layout, whole)
		if ours := t.Year() >= minYear && t.Year() <= maxYear; err == nil && (ours || len(whole) == 8 || len(whole) == 14) {
			return Date{Time: t, Minute: len(layout) > 8, Day: midnight(t)}, true
		}
	}
	seconds := 0
	switch n := len(whole); {
	case x.whole && strings.Trim(whole, "0") == "":
		zero := time.Unix(0, 0).UTC()
		return Date{Time: zero, Minute: true, Day: zero}, true
	case n == 9 || n == 10:
		seconds = n
	case n == 12 || n == 13:
		seconds = n - 3
	case n == 15 || n == 16:
		seconds = n - 6
	case n == 18 || n == 19:
		seconds = n - 9
	default:
		return Date{}, false
	}
	var nanos [9]byte
	for i := range nanos {
		nanos[i] = '0'
	}
	copy(nanos[:], x.digits[seconds:x.n])
	t := time.Unix(int64(atoi(whole[:seconds])), int64(atoi(string(nanos[:])))).UTC()
	return Date{Time: t, Minute: true, Day: midnight(t)}, true
}
