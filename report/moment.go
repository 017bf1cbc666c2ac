package report

import (
	"fmt"
	"strconv"
	"time"
)

// ParseMoment reads a point in time in the zone of now: a date (2026-03-14), a date with time
// (2026-03-14 09:30, 2026-03-14T09:30:00Z), or an age: 36h, 7d or 2w ago.
// A date stands for its first second, or with end for its last. "" is no time.
func ParseMoment(s string, now time.Time, end bool) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if t, err := time.ParseInLocation(time.DateOnly, s, now.Location()); err == nil {
		if end {
			t = t.AddDate(0, 0, 1).Add(-time.Second)
		}
		return t, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(layout, s, now.Location()); err == nil {
			return t.In(now.Location()), nil
		}
	}
	units := map[byte]time.Duration{'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}
	const maxAge = 10000
	if n, err := strconv.Atoi(s[:len(s)-1]); err == nil && 0 <= n && n <= maxAge && units[s[len(s)-1]] != 0 {
		return now.Add(-time.Duration(n) * units[s[len(s)-1]]), nil
	}
	return time.Time{}, fmt.Errorf("%q is no time; want a date such as 2026-03-14 or 2026-03-14T09:30:00Z, or an age such as 36h, 7d or 2w", s)
}
