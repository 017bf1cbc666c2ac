package main

import (
	"strconv"
	"strings"
	"time"

	"dedupe/article"
	"dedupe/config"
	"dedupe/similarity"
	"dedupe/storage"
)

// filter turns flags and settings into what storage is asked for.
func (o *reportOptions) filter(a *app) (f storage.Filter, err error) {
	c := a.settings()
	f = storage.Filter{MinOutlets: c.Report.MinOutlets, Language: o.language, Query: o.query}
	if f.Since, err = parseMoment("--since", o.since, a.now(), false); err != nil {
		return f, err
	}
	if f.Until, err = parseMoment("--until", o.until, a.now(), true); err != nil {
		return f, err
	}
	if o.kind != "" {
		for _, k := range similarity.Kinds() {
			if k.String() == o.kind {
				f.Kind = k
			}
		}
		if f.Kind == similarity.Distinct {
			return f, usagef("--kind: %q is not allowed; want one of %s", o.kind, kindNames())
		}
	}
	known, err := c.Outlets.Table()
	if err != nil {
		return f, err
	}
	if o.outlet != "" {
		f.Outlets = []string{known.Name(o.outlet, "")}
	}
	if o.owner != "" {
		if o.outlet != "" {
			return f, usagef("--owner and --outlet exclude each other")
		}
		f.Outlets = owned(c.Outlets, known, o.owner)
	}
	return f, nil
}

// owned returns the canonical names of an owner's outlets. An outlet without a
// known owner is its own.
func owned(c config.Outlets, known *article.Outlets, owner string) (names []string) {
	for _, name := range c.Owners[owner] {
		names = append(names, known.Name(name, ""))
	}
	if names == nil {
		names = []string{known.Name(owner, "")}
	}
	return names
}

// parseMoment reads a point in time as Long of newReport describes it. A date
// stands for its first second, or with end for its last. "" is no time.
func parseMoment(flag, s string, now time.Time, end bool) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		if end {
			t = t.AddDate(0, 0, 1).Add(-time.Second)
		}
		return t, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", "2006-01-02 15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	units := map[byte]time.Duration{'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}
	const maxAge = 10000
	if n, err := strconv.Atoi(s[:len(s)-1]); err == nil && 0 <= n && n <= maxAge && units[s[len(s)-1]] != 0 {
		return now.Add(-time.Duration(n) * units[s[len(s)-1]]), nil
	}
	return time.Time{}, usagef("%s: %q is no time; want a date such as 2026-03-14 or 2026-03-14T09:30:00Z, or an age such as 36h, 7d or 2w", flag, s)
}

func kindNames() string {
	var names []string
	for _, k := range similarity.Kinds() {
		names = append(names, k.String())
	}
	return strings.Join(names, ", ")
}
