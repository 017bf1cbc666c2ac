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

// maxDate bounds the length of a date in bytes.
const maxDate = 80

// DateReason says where an article's effective date comes from.
type DateReason uint8

// The reasons of EffectiveDate.
const (
	Given      DateReason = iota // the published date, as given
	Missing                      // no date was given: first seen
	Unreadable                   // what was given is no date: first seen
	Future                       // more than a day after it was first seen, or after 2099: first seen
	TooOld                       // before 1800, or a program's zero time: first seen
)

var dateReasons = [...]string{"given", "missing", "unreadable", "future", "too old"}

// String returns the reason in lower case: "given", "missing", "unreadable",
// "future" or "too old".
func (r DateReason) String() string {
	if int(r) < len(dateReasons) {
		return dateReasons[r]
	}
	return "unknown"
}

// EffectiveDate returns the time that is shown as an article's, and the reason.
// A published date may be a day ahead of firstSeen, for clocks and time zones
// that were not given. The result is in UTC. It depends on when the article was
// first seen, so order and window go by ParseDate instead, which knows only what
// was given: the same articles are then in the same order in every database.
func EffectiveDate(published string, firstSeen time.Time) (time.Time, DateReason) {
	firstSeen = firstSeen.UTC()
	if strings.TrimSpace(published) == "" {
		return firstSeen, Missing
	}
	t, ok := readDate(published)
	switch {
	case !ok:
		return firstSeen, Unreadable
	case t.Year() < minYear || isZeroTime(t):
		return firstSeen, TooOld
	case t.Year() > maxYear || t.Sub(firstSeen) > 24*time.Hour:
		return firstSeen, Future
	}
	return t, Given
}

// ParseDate reads a date as sites, feeds and programs write it, and returns it
// in UTC; a date without a zone is taken to be in UTC, and one without a time of
// day to be at midnight. It reads
//
//   - RFC 3339 and ISO 8601, with a space for the T, with or without time and zone
//   - RFC 1123, RFC 822, ANSI C, and month names in eight languages in any usual
//     order: "Jan. 2, 2006 3:04 p.m. EST", "2 janvier 2006", "2. Januar 2006"
//   - 2006/01/02, 02.01.2006, and 13/01/2006 or 01/13/2006 where the order is
//     certain
//   - 20060102, 20060102150405, 20060102T150405Z, Unix seconds and milliseconds
//
// It is false for everything else: years before 1800 and after 2099, the zero
// time of programs (1970-01-01, in any time zone), days that a month does not
// have, and 01/02/2006, of which nobody can tell what it means. An article with
// such a date counts as undated: it lies in every window.
func ParseDate(s string) (t time.Time, ok bool) {
	t, ok = readDate(s)
	if !ok || t.Year() < minYear || t.Year() > maxYear || isZeroTime(t) {
		return time.Time{}, false
	}
	return t, true
}

// isZeroTime reports whether t is what a program without a date writes: the
// start of 1970, moved by a time zone at most.
func isZeroTime(t time.Time) bool {
	const zones = 14 * 60 * 60 // seconds
	return -zones <= t.Unix() && t.Unix() <= zones
}

func readDate(s string) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC(), t.Year() > 0
	}
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxDate {
		return time.Time{}, false
	}
	if t, ok := readDigits(s); ok {
		return t, true
	}
	return readWritten(s)
}

// readDigits reads dates that are one number.
func readDigits(s string) (time.Time, bool) {
	layout := ""
	switch len(s) {
	case 8:
		layout = "20060102"
	case 14:
		layout = "20060102150405"
	case 15:
		layout = "20060102T150405"
	case 16:
		layout = "20060102T150405Z"
	}
	if layout != "" {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	var n int64
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' || i > 16 {
			return time.Time{}, false
		}
		n = n*10 + int64(s[i]-'0')
	}
	switch {
	case len(s) == 9 || len(s) == 10 || s == "0": // from 1973 on
		return time.Unix(n, 0).UTC(), true
	case len(s) == 12 || len(s) == 13:
		return time.UnixMilli(n).UTC(), true
	case len(s) == 15 || len(s) == 16:
		return time.UnixMicro(n).UTC(), true
	}
	return time.Time{}, false
}
