package article

import "time"

// Known says how exactly it is known when an article was published.
type Known uint8

// From the least to the most exact.
const (
	Unknown  Known = iota // no date that can be used: the time is when the article was first seen
	ToDay                 // a date without a time of day
	ToMinute              // a date with a time of day
)

var knowns = [...]string{"unknown", "day", "minute"}

// String returns "unknown", "day" or "minute".
func (k Known) String() string { return knowns[min(int(k), len(knowns)-1)] }

// Known says how exact an effective date with this reason is.
func (r DateReason) Known() Known {
	switch r {
	case Given:
		return ToMinute
	case GivenDay:
		return ToDay
	}
	return Unknown
}

// Moment is when an article was published, as far as it is known. Of one that is known to
// the day, At is the midnight of UTC that begins the day. The zero Moment is none.
type Moment struct {
	At    time.Time
	Known Known
}

// IsZero reports whether there is no moment.
func (m Moment) IsZero() bool { return m.At.IsZero() }

// Latest is the last second that the moment may be: of one that is known to the day the
// last second of that day.
func (m Moment) Latest() time.Time {
	if m.Known == ToDay {
		return m.At.Add(24*time.Hour - time.Second)
	}
	return m.At
}

// Before reports whether m was certainly before o. It is false, both ways, where either is
// unknown, where both are one second, and where one is a day that the other lies in.
func (m Moment) Before(o Moment) bool {
	return m.Known != Unknown && o.Known != Unknown && m.Latest().Before(o.At)
}

// Day is the calendar day of the moment in a zone, as the midnight of UTC that begins it.
// What is known to the day is that day in every zone.
func (m Moment) Day(zone *time.Location) time.Time {
	if m.Known == ToDay {
		return m.At.UTC()
	}
	return midnight(m.At.In(zone))
}

// Text is the moment in the layout of ISO 8601 in UTC: "2026-03-14" where it is known to
// the day, else "2026-03-14T09:30:00Z"; "" for the zero Moment.
func (m Moment) Text() string {
	switch {
	case m.IsZero():
		return ""
	case m.Known == ToDay:
		return m.At.UTC().Format(time.DateOnly)
	}
	return m.At.UTC().Format(time.RFC3339)
}

// MarshalText is Text.
func (m Moment) MarshalText() ([]byte, error) { return []byte(m.Text()), nil }

// UnmarshalText reads what Text writes. What is no day is known to the minute.
func (m *Moment) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*m = Moment{}
		return nil
	}
	if at, err := time.Parse(time.DateOnly, string(text)); err == nil {
		*m = Moment{At: at, Known: ToDay}
		return nil
	}
	at, err := time.Parse(time.RFC3339, string(text))
	*m = Moment{At: at, Known: ToMinute}
	return err
}
