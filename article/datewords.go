package article

import (
	"time"
	"unicode/utf8"
)

// A dateReader reads a written date from left to right, and puts what numbers,
// words and marks say into its slots.
type dateReader struct {
	dateLexer
	terms map[string]*term
	dateSlots
}

// dateSlots is what is known of a date. A copy of it takes a step back.
type dateSlots struct {
	nums [4]dateNumber // numbers that no word claims, in the order they stand
	held int           // how many

	year, month, day dateNumber // claimed by a word beside them, or by the name of the month
	named            *term      // the name of the month
	weekday          int8       // as in term
	weekMonth        bool       // the name may be a weekday's: "mar." of French
	week             bool       // the numbers are year, week and day of the week
	sep              byte       // the mark behind the first number
	era              era

	hasClock bool
	hour     bool // the clock was given by an hour alone
	minutes  bool // it has minutes
	clock    [3]int
	nanos    int
	clockEnd int  // the token after the clock, its half and the first word of its zone
	iso      bool // the clock stood behind a T
	halved   bool // a part of the day has been applied to it

	part   dayPart // the part of the day that stands before the clock
	partAt int     // the token after it
	atAt   int     // the token after a word such as "at"
	unitAt int     // the token after the word of an hour
	mOf    int     // the token after a word such as Vietnamese "tháng"

	zone     *zone
	offset   int // minutes east of UTC
	explicit bool
}

type dateNumber struct {
	value, digits int
	dotted        bool // a full stop follows
	native        bool // see dateToken
	persian       bool
	known         bool
}

// readWritten reads a date made of numbers, words and marks.
func readWritten(s string) (Date, bool) {
	d := dateReader{terms: terms()}
	d.clockEnd, d.partAt, d.atAt, d.unitAt, d.mOf = -1, -1, -1, -1, -1
	if !d.read(s) || !d.run(0, d.n) {
		return Date{}, false
	}
	return d.time()
}

// run reads the tokens from i to end.
func (d *dateReader) run(i, end int) bool {
	for i < end {
		next := -1
		switch t := d.tokens[i]; t.kind {
		case numberToken:
			next = d.number(i)
		case wordToken:
			next = d.word(i)
		default:
			next = d.markAt(i)
		}
		if next < 0 {
			return false
		}
		i = next
	}
	return true
}

func (d *dateReader) isMark(i int, marks ...byte) bool {
	if i >= d.n || d.tokens[i].kind != markToken {
		return false
	}
	for _, m := range marks {
		if d.tokens[i].mark == m {
			return true
		}
	}
	return false
}

// digits returns how many digits the number at i has, 0 when there is none.
func (d *dateReader) digits(i int) int {
	if i >= d.n || d.tokens[i].kind != numberToken {
		return 0
	}
	return int(d.tokens[i].end - d.tokens[i].start)
}

// markAt reads a mark: a sign before an offset, a remark in brackets, or what
// only parts one thing from the next.
func (d *dateReader) markAt(i int) int {
	switch d.tokens[i].mark {
	case '+':
		return d.offsetAt(i+1, 1)
	case '-':
		if i != d.clockEnd || i+1 >= d.n || !d.tokens[i+1].glued || d.digits(i+1) == 0 {
			return i + 1
		}
		if after := i + 2; d.isMark(after, '-', '/', '.') && d.tokens[after].glued {
			return i + 1 // 08:00-06-04-2026
		}
		return d.offsetAt(i+1, -1)
	case '(', '[':
		closing := byte(')')
		if d.tokens[i].mark == '[' {
			closing = ']'
		}
		end := i + 1
		for end < d.n && !d.isMark(end, closing) {
			end++
		}
		// A remark says something of the date or nothing. It may add to a whole
		// date, but not name another.
		before, whole := d.dateSlots, d.complete()
		if d.explicit || !d.run(i+1, end) || whole && d.held != before.held {
			d.dateSlots = before
		}
		return min(end+1, d.n)
	}
	return i + 1
}

// complete reports whether day, month and year are there.
func (d *dateReader) complete() bool {
	have := d.held
	for _, known := range [...]bool{d.year.known, d.month.known || d.named != nil, d.day.known} {
		if known {
			have++
		}
	}
	return have >= 3
}

// number reads the number at i and what belongs to it.
func (d *dateReader) number(i int) int {
	t := d.tokens[i]
	v, n := d.value(t), d.digits(i)
	glued := func(k int) bool { return k < d.n && d.tokens[k].glued }
	switch {
	case n > 14:
		return -1
	case d.mOf == i:
		d.month = dateNumber{value: v, digits: n, known: true}
		return i + 1
	case i > 0 && t.glued && d.isTime(i-1) && d.complete() && !d.hasClock: // 2026-04-06T08
		d.iso = true
		return d.clockAt(i, true)
	case d.hasClock && d.iso && !d.explicit && n == 2 && i+3 == d.n && d.isMark(i+1, ':') && d.digits(i+2) == 2:
		return d.offsetAt(i, 1) // a "+" that was read as a blank
	case d.unitAt == i && !d.minutes && n <= 2 && (t.glued || n == 2 && (d.complete() || i+1 == d.n || d.unitAfter(i+1, minuteUnit))):
		d.clock[1], d.minutes, d.clockEnd = v, true, i+1 // 8h30
		return i + 1
	case n == 4 && d.held == 0 && d.isMark(i+1, ':') && glued(i+1) && d.digits(i+2) > 0 && d.isMark(i+3, ':') && d.digits(i+4) > 0: // EXIF
		d.hold(dateNumber{value: v, digits: n})
		d.hold(dateNumber{value: d.value(d.tokens[i+2]), digits: d.digits(i + 2)})
		d.hold(dateNumber{value: d.value(d.tokens[i+4]), digits: d.digits(i + 4)})
		return i + 5
	case (n == 8 || n == 14 || n == 12) && d.held == 0: // 20060102, 20060102150405
		text := string(d.bytes(t))
		for _, cut := range [...][2]int{{0, 4}, {4, 6}, {6, 8}} {
			d.hold(dateNumber{value: atoi(text[cut[0]:cut[1]]), digits: cut[1] - cut[0]})
		}
		if n > 8 {
			d.clock[0], d.clock[1] = atoi(text[8:10]), atoi(text[10:12])
			if n == 14 {
				d.clock[2] = atoi(text[12:])
			}
			d.hasClock, d.minutes, d.clockEnd = true, true, i+1
			if n == 14 {
				return d.fraction(i+1, time.Second)
			}
		}
		return i + 1
	case !d.hasClock && n <= 2 && d.isMark(i+1, ':') && glued(i+2) && d.digits(i+2) > 0 && d.digits(i+2) <= 2:
		return d.clockAt(i, false)
	case !d.hasClock && n <= 2 && d.isMark(i+1, '.') && glued(i+1) && d.digits(i+2) == 2 && glued(i+2) && d.isDotClock(i):
		return d.clockAt(i, false)
	case !d.hasClock && (n == 6 || n == 4 && d.zoneAfter(i+1)) && d.complete():
		return d.clockAt(i, true) // 20060102 150405, 2 January 2006 1504 GMT
	case !d.hasClock && n <= 2 && d.partAfter(i+1):
		d.hour = true
		return d.clockAt(i, true)
	case n > 4 || d.held == len(d.nums):
		return -1
	}
	if d.held == 0 && glued(i+1) && d.tokens[i+1].kind == markToken {
		d.sep = d.tokens[i+1].mark
	}
	d.hold(dateNumber{value: v, digits: n, dotted: d.isMark(i+1, '.') && glued(i+1), native: t.native, persian: t.persian})
	return i + 1
}

func (d *dateReader) hold(n dateNumber) {
	if d.held < len(d.nums) {
		n.known = true
		d.nums[d.held] = n
		d.held++
	}
}

// termAt returns the longest term that begins at token i, or nil; the token
// after it; and, where it is only the first part of a word of a script without
// blanks, how many bytes of that word it takes.
func (d *dateReader) termAt(i int) (t *term, next, part int) {
	if i >= d.n || d.tokens[i].kind != wordToken {
		return nil, i, 0
	}
	first := d.bytes(d.tokens[i])
	t, ok := d.terms[string(first)]
	if !ok {
		if !d.tokens[i].unspaced {
			return nil, i, 0
		}
		for cut := len(first); cut > 0; {
			_, size := utf8.DecodeLastRune(first[:cut])
			cut -= size
			if t := d.terms[string(first[:cut])]; t != nil && t.says() {
				return t, i, cut
			}
		}
		return nil, i, 0
	}
	next = i + 1
	if most := int(t.more); most > 1 {
		var key [96]byte
		k := copy(key[:], first)
		at := i + 1
		for words := 1; words < most && at < d.n; words++ {
			for d.isMark(at, '.', '-', '\'', '/', '_', ',') {
				at++
			}
			if at >= d.n || d.tokens[at].kind != wordToken || k+1+len(d.bytes(d.tokens[at])) > len(key) {
				break
			}
			key[k] = ' '
			k += 1 + copy(key[k+1:], d.bytes(d.tokens[at]))
			at++
			if longer := d.terms[string(key[:k])]; longer != nil && longer.says() {
				t, next = longer, at
			}
		}
	}
	if !t.says() {
		return nil, i, 0
	}
	return t, next, 0
}

// says reports whether a term says anything by itself, and is not only the
// beginning of a longer one.
func (t *term) says() bool {
	return t.month != 0 || t.weekday != 0 || t.half != noPart || t.unit != noUnit || t.zone != nil || t.era != gregorian || t.idle || t.ordinal
}

// word reads the word at i by what stands around it.
func (d *dateReader) word(i int) int {
	t, next, part := d.termAt(i)
	if t == nil {
		return -1
	}
	if part > 0 { // the rest of the word is read next
		d.tokens[i].start += int16(part)
		d.tokens[i].glued = true
		next = i
	}
	afterNumber := i > 0 && d.tokens[i-1].kind == numberToken
	switch {
	case d.explicit && t.zone != nil && t.month == 0: // its offset is known
		return next
	case d.hasClock && i == d.clockEnd && t.half != noPart && t.half < beforeAM && d.setPart(t.half):
		d.clockEnd = next
		return next
	case t.unit == hourUnit && !d.hasClock && d.held > 0 && afterNumber && d.nums[d.held-1].digits <= 2 && d.nums[d.held-1].value <= 24:
		d.held--
		d.clock[0] = d.nums[d.held].value
		d.hasClock, d.clockEnd, d.unitAt = true, next, next
		return d.halfBefore(i-1, next)
	case t.unit == hourUnit && d.hasClock:
		d.clockEnd = next
		return next
	case t.unit == halfHour && d.unitAt == i && !d.minutes:
		d.clock[1], d.minutes = 30, true
		return next
	case t.unit == minuteUnit && d.hasClock && (i == d.clockEnd || afterNumber && d.claim(&d.clock[1])):
		d.minutes = true
		d.clockEnd, d.unitAt = next, -1
		return next
	case t.unit == secondUnit && d.hasClock && (i == d.clockEnd || afterNumber && d.claim(&d.clock[2])):
		d.clockEnd = next
		return next
	case t.unit == noonMark || t.unit == midnightMark && d.hasClock && i == d.clockEnd:
		return d.noon(t.unit, i, next)
	case t.zone != nil && (i == d.clockEnd || t.month == 0 || d.named != nil) && (d.hasClock || d.complete() && t.zone.minutes == 0 && t.zone.rule == fixedRule):
		return d.zoneAt(t.zone, i, next)
	case t.half != noPart && d.isPartBefore(t, next):
		d.part, d.partAt = t.half, next
		for d.isMark(d.partAt, '.', ',') {
			d.partAt++
		}
		return next
	case t.month != 0 && d.setMonth(t, next):
		return next
	case t.weekday != 0 && d.tokens[i].accented && d.digits(next) == 1 && string(d.bytes(d.tokens[i])) == "thu": // Vietnamese "thứ 2" is Monday
		d.weekday = int8(d.value(d.tokens[next]))
		return next + 1
	case t.weekday != 0:
		if d.weekday == 0 {
			d.weekday = t.weekday
		}
		return next
	case t.unit == weekMark && d.held == 1 && d.nums[0].digits == 4 && d.digits(next) > 0:
		return d.weekAt(next)
	case t.unit == monthOf:
		d.mOf = next
		return next
	case (t.unit == yearUnit || t.unit == monthUnit || t.unit == dayUnit) && d.held > 0:
		slot := &d.year
		if t.unit == monthUnit {
			slot = &d.month
		} else if t.unit == dayUnit {
			slot = &d.day
		}
		if slot.known {
			return -1
		}
		d.held--
		*slot = d.nums[d.held]
		return next
	case t.era != gregorian:
		d.era = t.era
		return next
	case t.unit == timeMark && afterNumber:
		return next
	case t.updated && d.complete():
		return d.n // what follows is another date
	case t.at:
		d.atAt = next
		for d.isMark(d.atAt, '.', ':', ',') {
			d.atAt++
		}
		return next
	case t.idle:
		return next
	case t.zone != nil: // before the clock
		d.zone = t.zone
		return next
	case t.ordinal && (afterNumber || i > 1 && d.tokens[i-1].kind == markToken && d.tokens[i-2].kind == numberToken):
		return next
	}
	return -1
}

// setMonth takes the name of a month. A name that is also a weekday's gives way
// to a later one: "mar. 6 mars".
func (d *dateReader) setMonth(t *term, next int) bool {
	before := d.weekday == 0 && d.held == 0 && d.named == nil
	switch {
	case t.weekday != 0 && before && d.isMark(next, ','), d.month.known:
		return false
	case d.named == nil:
		d.named, d.weekMonth = t, t.weekday != 0 && before
	case d.named.month == t.month && d.named.solar == t.solar:
	case d.weekMonth:
		d.weekday, d.named, d.weekMonth = d.named.weekday, t, false
	default: // a second month is no date, where it is not something else
		return false
	}
	return true
}

// weekAt reads W15-1 and W151 behind a year.
func (d *dateReader) weekAt(i int) int {
	v := d.value(d.tokens[i])
	d.week = true
	switch {
	case d.digits(i) == 3:
		d.hold(dateNumber{value: v / 10})
		d.hold(dateNumber{value: v % 10})
		return i + 1
	case d.digits(i) == 2 && d.isMark(i+1, '-') && d.digits(i+2) == 1:
		d.hold(dateNumber{value: v})
		d.hold(dateNumber{value: d.value(d.tokens[i+2])})
		return i + 3
	}
	return -1
}

func atoi(s string) (v int) {
	for i := range len(s) {
		v = v*10 + int(s[i]-'0')
	}
	return v
}
