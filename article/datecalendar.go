package article

import "time"

// era is how years are counted.
type era uint8

const (
	gregorian era = iota
	buddhist
	republic // of China, used in Taiwan
	meiji
	taisho
	showa
	heisei
	reiwa
)

var eras = map[string]era{"buddhist": buddhist, "roc": republic, "meiji": meiji, "taisho": taisho, "showa": showa, "heisei": heisei, "reiwa": reiwa}

// yearBefore is the year before the first one of each era.
var yearBefore = [...]int{gregorian: 0, buddhist: -543, republic: 1911, meiji: 1867, taisho: 1911, showa: 1925, heisei: 1988, reiwa: 2018}

// time puts the slots together and checks them.
func (d *dateSlots) time() (Date, bool) {
	year, month, day, ok := d.ymd()
	if !ok || d.part != noPart || d.zone != nil && !d.hasClock && *d.zone != (zone{}) {
		return Date{}, false
	}
	h, m, s := d.clock[0], d.clock[1], d.clock[2]
	if h > 24 || h == 24 && (m > 0 || s > 0 || d.nanos > 0) || m > 59 || s > 60 {
		return Date{}, false
	}
	date, ok := civil(year, month, day)
	if !ok {
		return Date{}, false
	}
	t := date.Add(time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second + time.Duration(d.nanos))
	offset := d.offset
	if !d.explicit {
		offset = 0
		if d.zone != nil {
			offset = d.zone.offset(t)
		}
	}
	east := time.Duration(offset) * time.Minute
	return Date{Time: t.Add(-east), Minute: d.hasClock, Day: date, offset: east}, true
}

// civil returns the midnight that begins a day, and false when there is no such
// day.
func civil(year, month, day int) (time.Time, bool) {
	if year <= 0 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 {
		return time.Time{}, false
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return t, t.Day() == day
}

// ymd finds out which number is the year, the month and the day.
func (d *dateSlots) ymd() (year, month, day int, ok bool) {
	if d.weekMonth && d.held == 3 {
		d.weekday, d.named = d.named.weekday, nil
	}
	y, m, dd := d.year, d.month, d.day
	if d.named != nil {
		m = dateNumber{value: int(d.named.month), known: true}
	}
	if d.week {
		return isoWeek(d.nums[:d.held])
	}
	n := d.nums[:d.held]
	switch {
	case m.known && y.known && dd.known && len(n) == 0:
	case m.known && y.known && !dd.known && len(n) == 1:
		dd = n[0]
	case m.known && !y.known && dd.known && len(n) == 1:
		y = n[0]
	case m.known && !y.known && !dd.known && len(n) == 2 && n[0].digits == 4: // 2006 January 2
		y, dd = n[0], n[1]
	case m.known && !y.known && !dd.known && len(n) == 2: // January 2 2006
		dd, y = n[0], n[1]
	case !m.known && !y.known && !dd.known && len(n) == 2 && n[0].digits == 4 && n[1].digits == 3 && n[1].value > 0: // 2006-002
		t := time.Date(n[0].value, 1, n[1].value, 0, 0, 0, 0, time.UTC)
		return t.Year(), int(t.Month()), t.Day(), t.Year() == n[0].value
	case !m.known && !y.known && !dd.known && len(n) == 3:
		if y, m, dd, ok = d.order(n[0], n[1], n[2]); !ok {
			return 0, 0, 0, false
		}
	default:
		return 0, 0, 0, false
	}
	if dd.digits > 2 || m.digits > 2 {
		return 0, 0, 0, false
	}
	if d.named != nil && d.named.croatian != 0 {
		month, ok := d.croatian(dd, y)
		if !ok {
			return 0, 0, 0, false
		}
		m.value = int(month)
	}
	return d.calendar(y, m, dd)
}

// order tells the order of three numbers, as far as it is certain: the year has
// four digits, a dot is between day and month, a number over 12 is the day, both
// readings are one day, the digits are not those of English, which alone puts the
// month first, or the weekday is that of one reading only.
func (d *dateSlots) order(a, b, c dateNumber) (y, m, day dateNumber, ok bool) {
	switch {
	case a.digits == 4: // 2006-01-02
		return a, b, c, true
	case c.digits != 4:
	case d.sep == '.' || a.value > 12 || a.value == b.value || a.native: // 02.01.2006
		return c, b, a, true
	case b.value > 12: // 01/13/2006
		return c, a, b, true
	case d.weekday > 0:
		dayFirst, _ := civil(c.value, b.value, a.value)
		monthFirst, _ := civil(c.value, a.value, b.value)
		is := func(t time.Time) bool { return int8(t.Weekday())+1 == d.weekday }
		switch {
		case is(dayFirst) && !is(monthFirst):
			return c, b, a, true
		case is(monthFirst) && !is(dayFirst):
			return c, a, b, true
		}
	}
	return y, m, day, false
}

// croatian tells which month a name is that has two: "6. listopada 2026." is
// October in Croatian, "6 listopada 2026" November in Polish. In Czech, which
// writes "6. lis 2026", it cannot be told.
func (d *dateSlots) croatian(day, year dateNumber) (time.Month, bool) {
	short := d.named.croatian != time.October || d.named.short
	switch {
	case d.named.month == 0 || day.dotted && (year.dotted || !short):
		return d.named.croatian, true
	case !day.dotted:
		return d.named.month, true
	}
	return 0, false
}

// calendar turns the day of any calendar into that of ours.
func (d *dateSlots) calendar(y, m, day dateNumber) (int, int, int, bool) {
	thai := d.named != nil && d.named.thai
	solar := d.named != nil && d.named.solar ||
		d.named == nil && y.persian && y.digits == 4 && y.value >= 1300 && y.value < 1500
	switch {
	case solar:
		t, ok := fromIranian(y.value, m.value, day.value)
		return t.Year(), int(t.Month()), t.Day(), ok && y.digits == 4
	case d.era == buddhist || thai && (y.value >= 2400 || y.digits == 2):
		// Two digits are a Buddhist year only where they can be one of our time.
		if y.digits == 2 && y.value >= 40 {
			y.value += 2500
		} else if y.digits != 4 {
			return 0, 0, 0, false
		}
		y.value += yearBefore[buddhist]
	case d.era != gregorian:
		if y.digits > 3 || y.value < 1 {
			return 0, 0, 0, false
		}
		y.value += yearBefore[d.era]
	case y.digits == 3 && d.year.known && y.value >= 50: // 115年
		y.value += yearBefore[republic]
	case y.digits == 2: // RFC 822
		if y.value += 1900; y.value < 1969 {
			y.value += 100
		}
	case y.digits != 4:
		return 0, 0, 0, false
	}
	return y.value, m.value, day.value, true
}

// isoWeek reads year, week and day of the week, from Monday.
func isoWeek(n []dateNumber) (year, month, day int, ok bool) {
	if len(n) != 3 || n[1].value < 1 || n[2].value < 1 || n[2].value > 7 {
		return 0, 0, 0, false
	}
	// The fourth of January is in the first week.
	first := time.Date(n[0].value, 1, 4, 0, 0, 0, 0, time.UTC)
	monday := first.AddDate(0, 0, -(int(first.Weekday())+6)%7)
	t := monday.AddDate(0, 0, 7*(n[1].value-1)+n[2].value-1)
	y, w := t.ISOWeek()
	return t.Year(), int(t.Month()), t.Day(), y == n[0].value && w == n[1].value
}

// fromIranian returns the midnight that begins a day of the Iranian calendar,
// for the years 1200 to 1500 (1821 to 2121). Its leap years follow the spring
// equinox in Tehran; in these years they are those of a cycle of 33 years.
func fromIranian(year, month, day int) (time.Time, bool) {
	if year < 1200 || year > 1500 || month < 1 || month > 12 || day < 1 {
		return time.Time{}, false
	}
	length := 31
	switch {
	case month == 12 && !isIranianLeap(year):
		length = 29
	case month > 6:
		length = 30
	}
	if day > length {
		return time.Time{}, false
	}
	days := 0
	for y := 1200; y < year; y++ {
		if days += 365; isIranianLeap(y) {
			days++
		}
	}
	days += 31*min(month-1, 6) + 30*max(month-7, 0) + day - 1
	return time.Date(1821, 3, 21, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days), true
}

func isIranianLeap(year int) bool {
	switch year % 33 {
	case 1, 5, 9, 13, 17, 22, 26, 30:
		return true
	}
	return false
}
