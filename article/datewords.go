package article

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A written date is read from left to right into these slots.
type dateSlots struct {
	nums     [3]int // day, month, year in the order they stand
	digits   [3]int // how many digits each has
	n        int
	month    time.Month // by name
	sep      byte       // between the first two numbers
	clock    [3]int
	nanos    int
	hasClock bool
	offset   int // minutes east of UTC
}

// readWritten reads a date made of numbers, words and marks.
func readWritten(s string) (time.Time, bool) {
	var d dateSlots
	for first := true; s != ""; first = false {
		r, size := utf8.DecodeRuneInString(s)
		var ok bool
		switch {
		case r >= '0' && r <= '9':
			s, ok = d.number(s)
		case unicode.IsLetter(r):
			s, ok = d.word(s, first)
		case (r == '+' || r == '-' || r == '−') && d.hasClock:
			s, ok = d.zone(s[size:], r == '+')
		case strings.ContainsRune(" ,.-/()|·:\t\u00a0\u202f–", r):
			s, ok = s[size:], true
		}
		if !ok {
			return time.Time{}, false
		}
	}
	return d.time()
}

// number reads a run of digits: a time of day when ":" follows, else the next
// number of the date.
func (d *dateSlots) number(s string) (rest string, ok bool) {
	v, n := leadingInt(s)
	if n == 0 || n > 4 {
		return "", false
	}
	if !d.hasClock && n <= 2 && n < len(s) && s[n] == ':' {
		return d.time24(s)
	}
	if d.n == 3 || d.n == 2 && d.month != 0 {
		return "", false
	}
	d.nums[d.n], d.digits[d.n] = v, n
	d.n++
	s = s[n:]
	if d.n == 1 && s != "" {
		d.sep = s[0]
	}
	return s, true
}

// time24 reads 15:04, 15:04:05 and 15:04:05.999.
func (d *dateSlots) time24(s string) (string, bool) {
	d.hasClock = true
	for i := range d.clock {
		v, n := leadingInt(s)
		if n == 0 || n > 2 {
			return "", false
		}
		d.clock[i] = v
		s = s[n:]
		if !strings.HasPrefix(s, ":") || i == 2 {
			break
		}
		s = s[1:]
	}
	if frac, ok := strings.CutPrefix(s, "."); ok {
		scale := int(time.Second)
		for frac != "" && frac[0] >= '0' && frac[0] <= '9' {
			scale /= 10
			d.nanos += int(frac[0]-'0') * scale
			frac = frac[1:]
		}
		s = frac
	}
	return s, true
}

// word reads a month, a zone, am or pm, or a word that says nothing.
func (d *dateSlots) word(s string, first bool) (rest string, ok bool) {
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
	if end < 0 {
		end = len(s)
	}
	w, s := strings.ToLower(s[:end]), s[end:]
	if m, ok := months[w]; ok && d.month == 0 && !(first && strings.HasPrefix(s, ",")) {
		d.month = m
		return s, true
	}
	switch {
	case d.hasClock && (w == "am" || w == "pm"):
		return s, d.half(w[0])
	case d.hasClock && (w == "a" || w == "p") && strings.HasPrefix(s, ".m"):
		return strings.TrimPrefix(s[2:], "."), d.half(w[0])
	case idle[w]:
		return s, true
	case first && weekdays[prefixRunes(w, 3)]:
		return s, true
	}
	if minutes, ok := zones[w]; ok && d.hasClock {
		d.offset = minutes
		return s, true
	}
	return "", false
}

// half turns the hours of a 12-hour clock into those of the day.
func (d *dateSlots) half(c byte) bool {
	h := d.clock[0]
	if h < 1 || h > 12 {
		return false
	}
	h %= 12
	if c == 'p' {
		h += 12
	}
	d.clock[0] = h
	return true
}

// zone reads 0700, 07:00 and 07 after a sign.
func (d *dateSlots) zone(s string, east bool) (string, bool) {
	h, n := leadingInt(s)
	s = s[n:]
	m := 0
	switch {
	case n == 4:
		h, m = h/100, h%100
	case n == 1 || n == 2:
		if strings.HasPrefix(s, ":") {
			m, n = leadingInt(s[1:])
			if n != 2 {
				return "", false
			}
			s = s[1+n:]
		}
	default:
		return "", false
	}
	if h > 15 || m > 59 {
		return "", false
	}
	if d.offset = h*60 + m; !east {
		d.offset = -d.offset
	}
	return s, true
}

// time puts the slots together and checks them.
func (d *dateSlots) time() (time.Time, bool) {
	var year, month, day, yearAt int
	switch {
	case d.month != 0 && d.n == 2 && d.digits[0] == 4: // 2006 January 2
		year, month, day = d.nums[0], int(d.month), d.nums[1]
	case d.month != 0 && d.n == 2: // January 2 2006
		day, month, year, yearAt = d.nums[0], int(d.month), d.nums[1], 1
	case d.month == 0 && d.n == 3 && d.digits[0] == 4: // 2006-01-02
		year, month, day = d.nums[0], d.nums[1], d.nums[2]
	case d.month == 0 && d.n == 3 && d.digits[2] == 4 && (d.sep == '.' || d.nums[0] > 12): // 02.01.2006
		day, month, year, yearAt = d.nums[0], d.nums[1], d.nums[2], 2
	case d.month == 0 && d.n == 3 && d.digits[2] == 4 && d.nums[1] > 12: // 01/13/2006
		month, day, year, yearAt = d.nums[0], d.nums[1], d.nums[2], 2
	default:
		return time.Time{}, false
	}
	switch d.digits[yearAt] {
	case 2: // RFC 822
		if year += 1900; year < 1969 {
			year += 100
		}
	case 4:
	default:
		return time.Time{}, false
	}
	if year == 0 || d.clock[0] > 24 || d.clock[1] > 59 || d.clock[2] > 60 {
		return time.Time{}, false
	}
	t := time.Date(year, time.Month(month), day, d.clock[0], d.clock[1], d.clock[2], d.nanos, time.UTC)
	if check := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC); int(check.Month()) != month || check.Day() != day {
		return time.Time{}, false
	}
	return t.Add(-time.Duration(d.offset) * time.Minute), true
}

// leadingInt returns the number at the start of s and its length in digits, at
// most five.
func leadingInt(s string) (v, n int) {
	for n < len(s) && n < 5 && s[n] >= '0' && s[n] <= '9' {
		v = v*10 + int(s[n]-'0')
		n++
	}
	return v, n
}

func prefixRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
