package text

import "unicode"

// maxNumerals is how many characters a number in Chinese or Japanese may have.
const maxNumerals = 40

// ideographs joins the numerals at words[i]; see number. All numerals that stand
// together must make one number, or none of them is joined. A space or a line end
// between them means nothing where they have units.
func (j *numberJoiner) ideographs(i, o int) (next, at int) {
	if o > 0 && j.words[o-1].End == j.words[i].Start && (j.words[o-1].Kind&Number != 0 || j.m.numeral(j.words[o-1].Hash).kind != 0) {
		return 0, o // the rest of what is no number
	}
	if next, at = j.numerals(i, o, gapLine); next == 0 {
		return j.numerals(i, o, gapNone)
	}
	return next, at
}

// numerals is ideographs for numerals with gaps between them up to the given one.
func (j *numberJoiner) numerals(i, o int, widest gap) (next, at int) {
	var run [maxNumerals]numeral
	n, units := 0, 0
	next = i
	for next < len(j.words) && n < len(run) {
		v := j.m.numeral(j.words[next].Hash)
		if next > i {
			zeros := circles(j.src[j.words[next-1].End:j.words[next].Start])
			if zeros > 0 && v.kind == 0 && j.m.mark(j.words[next].Hash)&counted == 0 || zeros == 0 && j.gap(j.words, next-1) > widest && (widest < gapLine || !spaced(j.src[j.words[next-1].End:j.words[next].Start])) {
				break
			}
			for ; zeros > 0 && n < len(run)-1; zeros-- {
				run[n] = numeral{kind: digitNumeral}
				n++
			}
		}
		if v.kind == 0 || j.words[next].Kind&Unspaced == 0 {
			break
		}
		if v.kind != digitNumeral {
			units++
		}
		run[n] = v
		n++
		next++
	}
	if units == 0 && widest > gapNone {
		return 0, o
	}
	if n == 0 || run[0].kind == largeNumeral || next < len(j.words) && j.words[next].Kind&Number != 0 && j.gap(j.words, next-1) == gapNone {
		return 0, o
	}
	s := newSum()
	whole, fraction := n, 0
	if point := j.point(next); point > 0 && (units == 0 || j.words[next].Hash == j.m.point) {
		to, digits := j.fraction(point, run[:], &n)
		if units == 0 || digits > 0 && (j.percentAt(to) || j.percentBefore(i, o) || to < len(j.words) && j.m.numeral(j.words[to].Hash).kind == largeNumeral) {
			next, fraction = to, digits
		} else {
			n = whole
		}
	}
	if units == 0 {
		whole = n
	}
	if n == len(run) || fraction == 0 && !j.certain(i, o, run[:n], units, next) {
		return 0, o
	}
	j.form = j.form[:0]
	for k := 0; k < whole; {
		digits := 0
		a := amount{}
		for ; k < whole && run[k].kind == digitNumeral; k++ {
			a.mant = a.mant*10 + uint64(run[k].value)
			j.form = append(j.form, '0'+byte(run[k].value))
			if digits++; digits > maxDigits {
				return 0, o
			}
			if units == 0 && fraction > 0 && k == n-1-fraction {
				j.form = append(j.form, '.')
			}
		}
		if digits > 0 {
			if units == 0 {
				a.exp = -fraction
			}
			if units > 0 && a.mant == 0 {
				return 0, o
			}
			if k < whole && run[k].kind == smallNumeral && a.mant > 9 {
				return 0, o // 七八十: seventy or eighty
			}
			if k == n && digits == 1 && units == 1 && j.shortened(run[:k-1]) {
				a.exp = run[k-2].value - 1
			}
			if a.mant > 0 && !s.figures(a) {
				return 0, o
			}
		}
		for ; k < whole && run[k].kind != digitNumeral; k++ {
			ok := false
			if run[k].kind == smallNumeral {
				ok = s.unit(run[k].value)
			} else {
				ok = s.scale(run[k].value)
			}
			if !ok {
				return 0, o
			}
		}
	}
	j.digits.form = append(j.digits.form[:0], j.form...)
	if units > 0 && fraction > 0 { // 十二点五
		part := amount{exp: -fraction}
		for _, v := range run[whole:n] {
			part.mant = part.mant*10 + uint64(v.value)
		}
		value, ok := s.total()
		if ok && fraction <= 9 {
			value, ok = value.plus(part)
		}
		if !ok || fraction > 9 {
			return 0, o
		}
		s = newSum()
		s.figures(value)
	}
	if fraction > 0 {
		if to := j.units(i, o, next, &s); to > next {
			next, units = to, 1
		}
	}
	value, ok := s.total()
	if !ok {
		return 0, o
	}
	if units > 0 {
		j.digits.form = value.append(j.digits.form[:0])
	}
	first := j.words[i]
	next, at = j.percent(next, o, &first)
	j.put(at, first, next, j.digits.form, reading(value, false, false))
	return next, at
}

// shortened reports whether a single digit behind run is of the next lower unit, as it
// is in Chinese: 三万五 is 35000. In Japanese it is 30005, and 百五 105. Behind more units,
// 四千五百九, nothing tells which it is.
func (j *numberJoiner) shortened(run []numeral) bool {
	n := len(run)
	switch {
	case n < 2 || run[n-1].kind == digitNumeral || run[n-1].value < 2:
		return false
	case run[n-1].kind == smallNumeral && run[n-2].kind != digitNumeral:
		return false
	}
	if j.japanese == unknown {
		j.japanese = no
		if kana(j.src) || kana(j.c.whole) {
			j.japanese = yes
		}
	}
	return j.japanese == no
}

// kana reports whether s has letters that only Japanese has. Cost: a pass over the first
// 64 KiB.
func kana(s string) bool {
	for _, r := range s[:min(len(s), scannedBytes)] {
		if 'ぁ' <= r && r <= 'ゖ' || 'ァ' <= r && r <= 'ヺ' {
			return true
		}
	}
	return false
}

// spaced reports whether s is white space of one line, or of two with how far the second
// is set in. Invisible characters are nothing.
func spaced(s string) bool {
	lines := 0
	for _, r := range s {
		switch {
		case r == '\n':
			lines++
		case !unicode.IsSpace(r) && !ignorable(r):
			return false
		}
	}
	return lines < 2
}

// circles counts the circles that s is made of, which stand for 〇: 二○二六年.
func circles(s string) (n int) {
	for _, r := range s {
		if r != '○' && r != '◯' {
			return 0
		}
		n++
	}
	return n
}

// point returns the word after the decimal point before words[next]: ・ or 点; 0 if
// there is none.
func (j *numberJoiner) point(next int) int {
	switch {
	case next >= len(j.words):
	case j.gap(j.words, next-1) == gapPoint:
		return next
	case j.words[next].Hash == j.m.point && next+1 < len(j.words) && j.gap(j.words, next-1) == gapNone && j.gap(j.words, next) == gapNone:
		return next + 1
	}
	return 0
}

// fraction reads the digits at words[k] behind run[:n]. 三点五十分 is a time, and 二・二六
// without a unit an incident: those have none.
func (j *numberJoiner) fraction(k int, run []numeral, n *int) (next, digits int) {
	before := k
	if j.gap(j.words, k-1) == gapNone {
		before = k - 1
	}
	for k < len(j.words) && *n+digits < len(run)-1 {
		v := j.m.numeral(j.words[k].Hash)
		if v.kind != digitNumeral || digits > 0 && j.gap(j.words, k-1) != gapNone {
			break
		}
		run[*n+digits] = v
		digits++
		k++
	}
	if digits == 0 {
		return before, 0
	}
	follows := numeral{}
	minutes := false
	if k < len(j.words) && j.gap(j.words, k-1) == gapNone {
		follows = j.m.numeral(j.words[k].Hash)
		minutes = j.words[k].Hash == j.m.minutes
	}
	if follows.kind == smallNumeral || follows.kind == 0 && !j.percentAt(k) && (before == k-digits || minutes) {
		return before, 0
	}
	*n += digits
	return k, digits
}

// percentAt reports whether a percent sign or word stands behind words[next-1].
func (j *numberJoiner) percentAt(next int) bool {
	if s := j.src[j.words[next-1].End:]; s != "" {
		switch r, _ := character(s); r {
		case '%', '％', '٪', '﹪', '倍':
			return true
		}
	}
	if next == len(j.words) {
		return false
	}
	t, to := j.term(next)
	return to > 0 && t.kind == percentTerm
}

// percentBefore reports whether 百分之 stands before words[i].
func (j *numberJoiner) percentBefore(i, o int) bool {
	if o < 3 || j.gapBefore(o, j.words[i].Start) > gapLine {
		return false
	}
	for _, rest := range j.m.before[j.words[o-1].Hash] {
		if len(rest) == 2 && j.words[o-2].Hash == rest[0] && j.words[o-3].Hash == rest[1] {
			return true
		}
	}
	return false
}

// certain reports whether numerals without a fraction are surely a number.
func (j *numberJoiner) certain(i, o int, run []numeral, units, next int) bool {
	var follows marks
	if next < len(j.words) && (j.gap(j.words, next-1) <= gapLine || circles(j.src[j.words[next-1].End:j.words[next].Start]) > 0) {
		follows = j.m.mark(j.words[next].Hash)
	}
	behind := func() bool { // words that say that a number comes
		if o == 0 || j.gapBefore(o, j.words[i].Start) > gapLine {
			return false
		}
		if j.m.mark(j.words[o-1].Hash)&ordinal != 0 {
			return follows&counted != 0
		}
		return j.percentBefore(i, o)
	}
	if follows&kaCounter != 0 && next+1 < len(j.words) && j.gap(j.words, next) == gapNone && j.m.mark(j.words[next+1].Hash)&kaCounted != 0 {
		follows |= counted | countedOne | countedUnit // 五か月
	}
	switch {
	case len(run) == 1 && units == 1:
		return follows&countedUnit != 0
	case len(run) == 1 && run[0].value == 1:
		return follows&countedOne != 0 || behind() || j.percentAt(next)
	case len(run) == 1:
		return follows&counted != 0 || behind() || j.percentAt(next)
	case units > 0:
		return next >= len(j.words) || follows&notUnit == 0 || j.gap(j.words, next-1) != gapNone
	case len(run) == 2 && run[0].value != 0 && run[1].value != 0:
		return follows&countedJapanese != 0 || behind() || j.percentAt(next)
	}
	return true
}
