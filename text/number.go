package text

import (
	"bytes"
	"strconv"
)

// appendFigures appends part, which is folded, with one way of writing the
// figures in it: separators of groups are dropped and a decimal comma is a
// decimal point.
//
//	1,000  1.000  1'000  1،000      1000
//	12,34,567                       1234567      Indian groups, by commas
//	1.234,5  1,234.5                1234.5       another separator is a decimal point
//	1'200.000                       1200000      but behind an apostrophe
//	3,5  0,125  12345.678           3.5  0.125  12345.678
//	5.00  1.380,00                  5  1380      a fraction of zeros is none; 3.50 stays, for 2.10. is a date
//	6.4.2026  10.0.0.1              as they are
func appendFigures(dst, part []byte) []byte {
	for i := 0; i < len(part); {
		if !asciiDigit(part[i]) {
			dst = append(dst, part[i])
			i++
			continue
		}
		f := figuresAt(part[i:])
		drop := f.groups()
		sep := 0
		for n := 0; n < f.size; n++ {
			b := part[i+n]
			if asciiDigit(b) {
				dst = append(dst, b)
				continue
			}
			if b >= 0x80 {
				n++ // the second byte of the Arabic comma
			}
			if sep++; sep <= drop {
				continue
			}
			if f.seps == drop+1 && len(bytes.Trim(part[i+n+1:i+f.size], "0")) == 0 {
				break
			}
			dst = append(dst, '.')
		}
		i += f.size
	}
	return dst
}

// figures is a run of digits with single separators between them.
type figures struct {
	size   int     // bytes
	seps   int     // separators
	length [9]int  // digits of each of the first groups
	sep    [8]byte // the first separators, by their first bytes
	zero   bool    // the first digit is 0
}

// figuresAt measures the figures at the start of s, which begins with a digit.
func figuresAt(s []byte) (f figures) {
	f.zero = s[0] == '0'
	for i := 0; i < len(s); {
		if asciiDigit(s[i]) {
			if f.seps < len(f.length) {
				f.length[f.seps]++
			}
			i++
			f.size = i
			continue
		}
		n := separator(s[i:])
		if n == 0 || i+n >= len(s) || !asciiDigit(s[i+n]) {
			break
		}
		if f.seps < len(f.sep) {
			f.sep[f.seps] = s[i]
		}
		f.seps++
		i += n
	}
	return f
}

// separator is the length of the separator at the start of s, or 0.
func separator(s []byte) int {
	switch {
	case s[0] == '.', s[0] == ',', s[0] == '\'':
		return 1
	case len(s) > 1 && s[0] == "،"[0] && s[1] == "،"[1]:
		return 2
	}
	return 0
}

// groups is how many of the separators, from the first, part groups of digits.
func (f *figures) groups() int {
	if f.seps == 0 || f.seps > len(f.sep) || f.zero || f.length[0] > 3 {
		return 0
	}
	n := 1 // separators that are like the first
	for n < f.seps && f.sep[n] == f.sep[0] {
		n++
	}
	if n < f.seps-1 || n < f.seps && f.sep[n] == '\'' {
		return 0 // a date, a version
	}
	thousands, indian := true, n > 1 && f.sep[0] != '.' && f.sep[0] != '\'' && f.length[0] <= 2
	for i := 1; i <= n; i++ {
		thousands = thousands && f.length[i] == 3
		indian = indian && (f.length[i] == 3) == (i == n) && f.length[i] >= 2 && f.length[i] <= 3
	}
	switch {
	case !thousands && !indian:
		return 0
	case n < f.seps && f.sep[0] == '\'' && f.length[f.seps] == 3:
		return f.seps
	}
	return n
}

// ambiguous reports whether the figures may be a decimal fraction as well: 1.380
// and 1,380, but not 1'380 nor 1.380.000.
func (f *figures) ambiguous() bool {
	return f.seps == 1 && f.sep[0] != '\'' && f.groups() == 1
}

// amount is a value: mant times ten to the power exp.
type amount struct {
	mant uint64
	exp  int
}

// maxDigits is how many digits an amount may have: all of them fit in 64 bits.
const maxDigits = 18

// amountOf reads digits with at most one point between them.
func amountOf(form []byte) (a amount, ok bool) {
	digits, point := 0, -1
	for i, b := range form {
		switch {
		case asciiDigit(b):
			a.mant = a.mant*10 + uint64(b-'0')
			digits++
		case b == '.' && point < 0 && i > 0 && i+1 < len(form):
			point = digits
		default:
			return amount{}, false
		}
	}
	if point >= 0 {
		a.exp = point - digits
	}
	return a, digits > 0 && digits <= maxDigits
}

// plus adds two amounts, and fails where the sum has more digits than fit.
func (a amount) plus(b amount) (amount, bool) {
	switch {
	case a.mant == 0:
		return b, true
	case b.mant == 0:
		return a, true
	}
	if a.exp < b.exp {
		a, b = b, a
	}
	for ; a.exp > b.exp; a.exp-- {
		if a.mant >= 1e17 {
			return amount{}, false
		}
		a.mant *= 10
	}
	a.mant += b.mant
	return a, a.mant < 1e18
}

// below reports whether a is less than ten to the power exp.
func (a amount) below(exp int) bool {
	n := a.exp
	for m := a.mant; m > 0; m /= 10 {
		n++
	}
	return a.mant == 0 || n <= exp
}

// least is a with the smallest mant.
func (a amount) least() amount {
	if a.mant == 0 {
		return amount{}
	}
	for a.mant%10 == 0 {
		a.mant, a.exp = a.mant/10, a.exp+1
	}
	return a
}

// append appends the digits of a, without zeros at the end of a fraction.
func (a amount) append(dst []byte) []byte {
	a = a.least()
	at := len(dst)
	dst = strconv.AppendUint(dst, a.mant, 10)
	for ; a.exp > 0; a.exp-- {
		dst = append(dst, '0')
	}
	if a.exp == 0 {
		return dst
	}
	for len(dst)-at <= -a.exp { // 25 E-3: 0.025
		dst = append(dst, 0)
		copy(dst[at+1:], dst[at:])
		dst[at] = '0'
	}
	point := len(dst) + a.exp
	dst = append(dst, 0)
	copy(dst[point+1:], dst[point:])
	dst[point] = '.'
	return dst
}

// reading is what Word.Stem is of a number: a hash of its value from 1 to 127 in
// the upper bits. The lowest bit says that it was written so that it may have this
// value, and is another by its form: 1.380, which is 1380, may be 1.38, and
// 3.50, which may be a date, 3.5.
func reading(a amount, negative, other bool) uint8 {
	a = a.least()
	key := a.mant*31 + uint64(a.exp+64)
	if negative {
		key = ^key
	}
	r := uint8(1+mix(key)%127) << 1
	if other {
		r |= 1
	}
	return r
}

// SameReading reports whether one of two numbers was written so that it may have
// the value of the other, by the stems of their words: 1.380 is 1380, and may be
// 1.38, and 3.50 is 3.5. Of numbers that have nothing in common one pair in 254 passes.
func SameReading(a, b uint8) bool { return a^b == 1 && a > 1 && b > 1 }

// sum adds up a value written in figures and units.
//
//	3 million 400 thousand      3·10⁶ + 400·10³
//	5 mil millones              5·10³·10⁶
//	1億2千3百万                  1·10⁸ + (2·10³ + 3·10²)·10⁴
type sum struct {
	whole   amount // what a large unit closed
	section amount // what small units closed, and waits for a large one
	last    amount // figures without a unit yet
	open    bool   // there are such figures
	parts   int    // summands of whole
	large   int    // exponents of the last large and the last small unit
	small   int
}

const noUnit = 99

func newSum() sum { return sum{large: noUnit, small: noUnit} }

// figures takes figures, and reports whether they can stand here.
func (s *sum) figures(a amount) bool {
	if s.open || s.small != noUnit && !a.below(s.small) || s.parts > 0 && !a.below(s.large) {
		return false
	}
	s.last, s.open = a, true
	return true
}

// unit takes ten, a hundred or a thousand of Chinese and its kin.
func (s *sum) unit(exp int) (ok bool) {
	if !s.open {
		s.last = amount{1, 0}
	}
	if exp >= s.small {
		return false
	}
	s.last.exp += exp
	s.section, ok = s.section.plus(s.last)
	s.last, s.open, s.small = amount{}, false, exp
	return ok
}

// scale takes a thousand, a million and their kin: times what stands before it.
func (s *sum) scale(exp int) (ok bool) {
	part, ok := s.section.plus(s.last)
	if !ok {
		return false
	}
	s.section, s.last, s.open, s.small = amount{}, amount{}, false, noUnit
	if part.mant == 0 { // a scale behind a scale
		if s.parts != 1 || exp < s.large || s.large+exp > maxDigits {
			return false
		}
		s.whole.exp += exp
		s.large += exp
		return true
	}
	part.exp += exp
	if s.parts > 0 && (exp >= s.large || !part.below(s.large)) {
		return false
	}
	s.whole, ok = s.whole.plus(part)
	s.parts++
	s.large = exp
	return ok
}

// total is the value of all, or not ok if its parts do not fit together.
func (s *sum) total() (amount, bool) {
	rest, ok := s.section.plus(s.last)
	if !ok || s.parts > 0 && !rest.below(s.large) {
		return amount{}, false
	}
	return s.whole.plus(rest)
}
