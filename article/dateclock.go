package article

import "time"

// This file reads the time of day of a date: its hour, the part of the day that
// an hour of twelve is in, and its distance from UTC.

// offsetAt reads 0700, 07:00, 07, 7 and 07.00 after a sign.
func (d *dateReader) offsetAt(i, sign int) int {
	n := d.digits(i)
	if n == 0 || d.explicit || !d.hasClock && !d.complete() {
		return -1
	}
	h, m := d.value(d.tokens[i]), 0
	i++
	switch {
	case n == 4:
		h, m = h/100, h%100
	case n > 2:
		return -1
	case d.isMark(i, ':', '.', '\'') && d.tokens[i].glued && d.digits(i+1) == 2 && d.tokens[i+1].glued:
		m = d.value(d.tokens[i+1])
		i += 2
	}
	if h > 15 || m > 59 {
		return -1
	}
	d.offset, d.explicit = sign*(h*60+m), true
	return i
}

// isTime reports whether the word at i is the T of ISO 8601.
func (d *dateReader) isTime(i int) bool {
	return d.tokens[i].kind == wordToken && string(d.bytes(d.tokens[i])) == "t" && d.tokens[i].glued
}

// isDotClock reports whether 8.30 at i is a time of day: the date is there
// already, "at" stands before it, or something of a clock behind it.
func (d *dateReader) isDotClock(i int) bool {
	if d.isMark(i+3, '.') && d.tokens[i+3].glued && d.digits(i+4) > 2 {
		return false
	}
	return d.complete() || d.atAt == i || d.partAfter(i+3) || d.unitAfter(i+3, hourUnit) || d.zoneAfter(i+3)
}

// partAfter reports whether at i is a part of the day that belongs to the hour
// before it, and not to a clock behind it.
func (d *dateReader) partAfter(i int) bool {
	t, next, _ := d.termAt(i)
	if t == nil || t.half == noPart || t.half >= beforeAM || d.isPartBefore(t, next) {
		return false
	}
	return t.half > pmHalf || d.tokens[i].end-d.tokens[i].start > 1 || d.isMark(i+1, '.')
}

func (d *dateReader) unitAfter(i int, unit dateUnit) bool {
	t, _, _ := d.termAt(i)
	return t != nil && t.unit == unit
}

func (d *dateReader) zoneAfter(i int) bool {
	t, _, _ := d.termAt(i)
	return t != nil && (t.zone != nil || t.unit == hourUnit)
}

// clockAt reads the time of day at i: 15:04, 15:04:05, 15:04:05.999, 15.04 and,
// when it is compact, 15, 1504 and 150405.
func (d *dateReader) clockAt(i int, compact bool) int {
	first := i
	unit := time.Hour
	n := d.digits(i)
	v := d.value(d.tokens[i])
	mark := byte(':')
	switch {
	case compact && n == 6:
		d.clock, unit = [3]int{v / 10000, v / 100 % 100, v % 100}, time.Second
		i++
	case compact && n == 4:
		d.clock, unit = [3]int{v / 100, v % 100}, time.Minute
		i++
	case n > 2:
		return -1
	default:
		d.clock[0] = v
		i++
		if d.isMark(i, '.') {
			mark = '.'
		}
		for k := 1; k < 3 && d.isMark(i, mark) && d.digits(i+1) > 0 && d.digits(i+1) <= 2 && (mark == ':' || d.tokens[i+1].glued); k++ {
			d.clock[k] = d.value(d.tokens[i+1])
			i += 2
			unit = [...]time.Duration{time.Hour, time.Minute, time.Second}[k]
		}
	}
	d.hasClock, d.minutes = true, unit < time.Hour
	if d.partAt == first && !d.setPart(d.part) {
		return -1
	}
	if d.partAt == first {
		d.part = noPart
	}
	d.clockEnd = i
	if d.hour {
		return i
	}
	return d.fraction(i, unit)
}

// fraction reads the decimals at i of the clock's last unit.
func (d *dateReader) fraction(i int, unit time.Duration) int {
	if !d.isMark(i, '.', ',') || !d.tokens[i].glued || d.digits(i+1) == 0 || !d.tokens[i+1].glued || unit == time.Hour {
		return i
	}
	if unit == time.Minute && d.isMark(i, ',') {
		return i
	}
	scale := int(unit)
	for _, c := range d.bytes(d.tokens[i+1]) {
		scale /= 10
		d.nanos += int(c-'0') * scale
	}
	d.clockEnd = i + 2
	return i + 2
}

// setPart turns the hour of a 12-hour clock into that of the day.
func (d *dateReader) setPart(p dayPart) bool {
	h := &d.clock[0]
	if d.halved {
		return false
	}
	d.halved = true
	switch p {
	case amHalf, morning, beforeAM:
		if *h > 12 {
			return false
		}
		*h %= 12
	case pmHalf:
		if *h < 1 || *h > 12 {
			return false
		}
		*h = *h%12 + 12
	case afternoon, beforePM:
		if *h < 12 {
			*h += 12
		}
	case evening:
		switch {
		case *h == 12:
			return false // midnight, but of which day?
		case *h > 4 && *h < 12:
			*h += 12
		}
	case midday:
		if *h >= 1 && *h <= 6 {
			*h += 12
		}
	}
	return true
}

// claim gives the last number to a part of the clock.
func (d *dateReader) claim(to *int) bool {
	if d.held == 0 || d.nums[d.held-1].digits > 2 || *to != 0 {
		return false
	}
	d.held--
	*to = d.nums[d.held].value
	return true
}

// halfBefore applies the part of the day that stands before the hour at i.
func (d *dateReader) halfBefore(i, next int) int {
	if d.partAt == i && d.part != noPart {
		if !d.setPart(d.part) {
			return -1
		}
		d.part = noPart
	}
	return next
}

// isPartBefore reports whether a part of the day is about the clock that
// follows at once; a word that can mean something else must also fit it.
func (d *dateReader) isPartBefore(t *term, next int) bool {
	dotted := false
	for d.isMark(next, '.', ',') {
		dotted = true
		next++
	}
	if d.hasClock || d.digits(next) == 0 || d.digits(next) > 2 || t.half >= beforeAM && !dotted {
		return false
	}
	isClock := d.isMark(next+1, ':') || d.unitAfter(next+1, hourUnit) || d.isMark(next+1, '.') && d.digits(next+2) == 2 && d.complete()
	fits := t.half != amHalf && t.half != morning && t.half != beforeAM || d.value(d.tokens[next]) <= 12
	return isClock && (fits || t.weekday == 0 && !t.idle)
}

// noon reads "noon", "12 noon" and "12 midnight".
func (d *dateReader) noon(unit dateUnit, i, next int) int {
	switch {
	case d.hasClock && i == d.clockEnd && d.clock[0] == 12:
	case d.hasClock || unit == midnightMark:
		return -1
	case d.held > 0 && d.nums[d.held-1].value == 12 && d.tokens[i-1].kind == numberToken:
		d.held--
		fallthrough
	default:
		d.clock[0] = 12
	}
	if unit == midnightMark {
		d.clock[0] = 0
	}
	d.hasClock, d.minutes, d.clockEnd = true, true, next
	return next
}

// zoneAt takes a zone, and the offset that may follow the name of UTC. EST5EDT is the
// clock of both names. Etc/GMT+5 is west of Greenwich, as POSIX has it.
func (d *dateReader) zoneAt(z *zone, i, next int) int {
	if t, after, _ := d.termAt(next + 1); t != nil && t.zone != nil && t.zone.minutes == z.minutes+60 && d.digits(next) > 0 && d.tokens[next].glued && d.tokens[next+1].glued {
		z, next = &zone{z.minutes, usRule}, after
	}
	if i == d.clockEnd || d.zone == nil {
		d.zone = z
	}
	if z.minutes == 0 && z.rule == fixedRule && d.isMark(next, '+', '-') && next+1 < d.n && d.tokens[next+1].glued && d.digits(next+1) > 0 {
		sign := 1
		if (d.tokens[next].mark == '-') != (string(d.bytes(d.tokens[i])) == "etc") {
			sign = -1
		}
		return d.offsetAt(next+1, sign)
	}
	d.clockEnd = next
	return next
}
