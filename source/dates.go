package source

import (
	"time"

	"dedupe/article"
)

// What input.dates may say of the order of day and month.
const (
	DayFirst   = "day_first"
	MonthFirst = "month_first"
)

// slashes is a date in numbers of which the year stands last, and what follows it.
var slashes = pattern(`^\s*(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4})(\D.*)?$`)

// twoWays reports whether a date that cannot be read can be read two ways, as 06/04/2026 can, and
// returns both in the spelling that has one.
func twoWays(published string) (dayFirst, monthFirst string, is bool) {
	m := slashes().FindStringSubmatch(published)
	if m == nil {
		return "", "", false
	}
	two := func(s string) string { return ("0" + s)[len(s)-1:] }
	dayFirst, monthFirst = m[4]+"-"+two(m[3])+"-"+two(m[1])+m[5], m[4]+"-"+two(m[1])+"-"+two(m[3])+m[5]
	_, a := article.ParseDate(dayFirst)
	_, b := article.ParseDate(monthFirst)
	return dayFirst, monthFirst, a && b
}

// dated returns a date as it is stored: in another spelling where Options.Dates says how to read one
// that can be read two ways. It remarks on one that is given and cannot be true.
func (d *Decoder) dated(published string) string {
	if published == "" {
		return ""
	}
	seen := d.firstSeen
	if seen.IsZero() {
		seen = time.Date(2099, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	_, why := article.EffectiveDate(published, seen)
	if why.Known() != article.Unknown {
		return published
	}
	place := "counts as undated"
	if _, ok := article.ParseDate(published); ok {
		place = "stands in order by it"
	} else if dayFirst, monthFirst, is := twoWays(published); is {
		switch d.dates {
		case DayFirst:
			return d.dated(dayFirst)
		case MonthFirst:
			return d.dated(monthFirst)
		}
		d.remark("published is a date with two meanings, as 06/04/2026 is: the article counts as undated; write in config.yaml input: {dates: %s}, or %s", DayFirst, MonthFirst)
		return published
	}
	d.remark("published %.60q is %s: the article %s, and the time it was first seen is shown", published, dateFault[why], place)
	return published
}

var dateFault = map[article.DateReason]string{
	article.Unreadable: "no date that can be read",
	article.Future:     "in the future",
	article.TooOld:     "too old to be true",
}

// order counts dates by what they show of the order of day and month.
type order struct {
	dayFirst, monthFirst int // that can be read one way only, as 25/06/2026 can
	unclear              int // that can be read two ways
}

// maxDate is from how many bytes on a value is no date.
const maxDate = 60

func (o *order) add(value string) {
	if len(value) > maxDate {
		return
	}
	m := slashes().FindStringSubmatch(value)
	if m == nil || m[2] == "." { // between dots the day is first
		return
	}
	_, is := article.ParseDate(value)
	_, _, two := twoWays(value)
	switch {
	case !is && two:
		o.unclear++
	case is && !two && len(m[1]) == 2 && m[1] > "12":
		o.dayFirst++
	case is && !two && len(m[3]) == 2 && m[3] > "12":
		o.monthFirst++
	}
}

// Unclear returns how many dates can be read two ways, and which of DayFirst and MonthFirst they are by
// the other dates; empty where these do not tell. The dates are those that were taken as published, or of
// the name that is likely meant.
func (s *Survey) Unclear() (dates int, setting string) {
	var o order
	likely := ""
	for _, g := range s.Likely() {
		if g.Field == fieldNames[fieldPublished] {
			likely = g.Name
		}
	}
	for _, n := range s.seen {
		if n.Taken[fieldNames[fieldPublished]] > 0 || n.Name == likely {
			o.dayFirst, o.monthFirst, o.unclear = o.dayFirst+n.order.dayFirst, o.monthFirst+n.order.monthFirst, o.unclear+n.order.unclear
		}
	}
	switch {
	case o.unclear == 0 || o.dayFirst > 0 == (o.monthFirst > 0):
		return o.unclear, ""
	case o.dayFirst > 0:
		return o.unclear, DayFirst
	}
	return o.unclear, MonthFirst
}
