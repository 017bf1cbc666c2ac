package text

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// gap is what stands between two words.
type gap uint8

const (
	gapNone   gap = iota
	gapBlank      // one space of any kind
	gapLine       // one line end
	gapHyphen     // 5-million
	gapStop       // a full stop and a space: 3 млн. 400 тыс.
	gapPoint      // 一・二億
	gapOther
)

// gap returns what stands between words[i] and words[i+1]. Invisible characters are
// nothing.
func (j *numberJoiner) gap(words []Word, i int) gap {
	s := j.src[words[i].End:words[i+1].Start]
	switch s {
	case "":
		return gapNone
	case " ":
		return gapBlank
	}
	g := gapNone
	for n := 0; n < len(s); {
		r, size := character(s[n:])
		n += size
		if ignorable(r) {
			continue
		}
		switch next := gapOf(r); {
		case next == gapOther:
			return gapOther
		case g == gapNone:
			g = next
		case g == gapLine && r == '\n' && s[n-size-1] == '\r':
		case g == gapStop && next == gapBlank && s[n-size-1] == '.':
			return tail(s[n:], gapStop)
		default:
			return gapOther
		}
	}
	if g == gapStop {
		return gapOther
	}
	return g
}

// tail is g if nothing but invisible characters is left in s.
func tail(s string, g gap) gap {
	for _, r := range s {
		if !ignorable(r) {
			return gapOther
		}
	}
	return g
}

func gapOf(r rune) gap {
	if isBlank(r) {
		return gapBlank
	}
	switch r {
	case '\n', '\r':
		return gapLine
	case '-', 0x2010, 0x2011:
		return gapHyphen
	case '.':
		return gapStop
	case '・', '·', '･':
		return gapPoint
	}
	return gapOther
}

// character decodes the character at the start of s, which may be written as a
// reference or an escape.
func character(s string) (rune, int) {
	if s[0] == '&' || s[0] == '%' {
		if chars, size := escaped(s); size > 0 {
			r, _ := utf8.DecodeRuneInString(chars)
			return r, size
		}
	}
	return utf8.DecodeRuneInString(s)
}

// before returns the character that stands before src[at] and where it begins, or 0.
func (j *numberJoiner) before(at uint32) (rune, uint32) {
	for at > 0 {
		r, n := utf8.DecodeLastRuneInString(j.src[:at])
		at -= uint32(n)
		if r == ';' { // &euro;
			from := max(0, int(at)-maxEntity)
			if i := strings.LastIndexByte(j.src[from:at], '&'); i >= 0 {
				if ref, size := character(j.src[from+i:]); from+i+size == int(at)+1 {
					r, at = ref, uint32(from+i)
				}
			}
		}
		if !ignorable(r) {
			return r, at
		}
	}
	return 0, 0
}

// figure is a word of figures only.
type figure struct {
	form      []byte // one point at most
	whole     bool   // no separator of any kind in it
	ambiguous bool   // may be a fraction as well
	made      bool   // form is not that of the word
}

// figure reads words[i], and reports whether it is one.
func (j *numberJoiner) figure(i int, f *figure) bool {
	w := &j.words[i]
	if w.Kind&Number == 0 || w.Letters > maxFigures {
		return false
	}
	s := j.src[w.Start:w.End]
	if onlyDigits(s) {
		f.form, f.whole, f.ambiguous, f.made = append(f.form[:0], s...), true, false, false
		return true
	}
	if plainFigures(s) {
		j.raw, j.at = append(j.raw[:0], s...), j.at[:0]
	} else if !j.read(w) {
		return false
	}
	if !asciiDigit(j.raw[0]) {
		return false
	}
	if len(j.at) > 0 && (j.raised(f) || j.fractional(f)) {
		return true
	}
	group := figuresAt(j.raw)
	if group.size < len(j.raw) {
		return false
	}
	f.form = appendFigures(f.form[:0], j.raw)
	f.whole, f.ambiguous, f.made = group.seps == 0, group.ambiguous(), false
	return group.seps-group.groups() <= 1 && Hash(f.form) == w.Hash
}

// onlyDigits reports whether s has nothing but ASCII digits.
func onlyDigits(s string) bool {
	for i := range len(s) {
		if !asciiDigit(s[i]) {
			return false
		}
	}
	return true
}

// join joins the numbers among j.words, and returns how many words are left.
func (j *numberJoiner) join() int {
	o := 0
	for i := 0; i < len(j.words); {
		next, from := 0, o
		switch k := j.words[i].Kind; {
		case k&Number != 0 && j.fullHour(i, o):
			j.words[o-1].End = j.words[i].End
			i++
			continue
		case k&Number != 0:
			next, from = j.number(i, o)
		case k&Unspaced != 0 && j.m.stems[j.words[i].Stem]:
			next, from = j.ideographs(i, o)
		}
		if next == 0 {
			if o != i {
				j.words[o] = j.words[i]
				if j.forms != nil {
					j.forms.spans[o] = j.forms.spans[i]
				}
			}
			if j.counts(i, o) { // 1ヶ月, 1カ月, 1か月: houses differ
				w := &j.words[o]
				w.Hash, w.Stem, w.Letters = j.m.ka.Hash, j.m.ka.Stem, j.m.ka.Letters
				if j.forms != nil {
					j.forms.spans[o] = j.forms.add([]byte("か"))
				}
			}
			o++
			i++
			continue
		}
		o = from + 1
		i = next
	}
	if j.forms != nil {
		j.forms.spans = j.forms.spans[:o]
	}
	return o
}

// counts reports whether words[i] is one of the characters that stand between a number, which
// is words[o-1], and what is counted.
func (j *numberJoiner) counts(i, o int) bool {
	return o > 0 && j.words[o-1].Kind&Value != 0 && j.words[i].Kind&Unspaced != 0 && i+1 < len(j.words) && j.m.mark(j.words[i].Hash)&kaCounter != 0 &&
		j.gapBefore(o, j.words[i].Start) <= gapLine && j.m.mark(j.words[i+1].Hash)&kaCounted != 0 && j.gap(j.words, i) <= gapLine
}

// put makes words[o] the number that begins with the word at and ends before the word next.
func (j *numberJoiner) put(o int, first Word, next int, form []byte, stem uint8) {
	z := sizeOf(form)
	j.words[o] = Word{Hash: Hash(form), Start: first.Start, End: j.words[next-1].End, Letters: uint8(min(z.letters, 255)), Stem: stem,
		Kind: Number | Value | first.Kind&(Sentence|Paragraph|Quoted)}
	if j.forms != nil {
		j.forms.spans[o] = j.forms.add(form)
	}
}

// number joins what the figures at words[i] begin, words[:o] being what stands
// before it. It returns the word after it and the place where it was put, or 0 if
// words[i] stays as it is.
func (j *numberJoiner) number(i, o int) (next, at int) {
	next = j.chain(i, o, &j.digits)
	if next == 0 {
		return 0, o
	}
	f := &j.digits
	negative := j.lead(i, f)
	value, small := amountOf(f.form)
	known := next < len(j.words) && j.m.known(j.words[next].Hash) // most words beside figures mean nothing to them
	if known && small && !(o > 0 && j.words[o-1].Hash == j.m.article && j.gapBefore(o, j.words[i].Start) <= gapBlank) {
		s := newSum()
		s.figures(value)
		if to := j.units(i, o, next, &s); to > next {
			next = to
			value, _ = s.total()
			f.form = value.append(f.form[:0])
			f.ambiguous = f.ambiguous && s.parts == 1
		}
	}
	first := j.words[i]
	at = o
	if known || next < len(j.words) && j.m.known(j.words[next].Hash) || o > 0 && j.m.known(j.words[o-1].Hash) {
		next, at = j.percent(next, o, &first)
	}
	stem := uint8(0)
	if small {
		if to := j.mille(next); to > 0 {
			next = to
			value.exp--
			f.form, f.made = value.append(f.form[:0]), true
		}
		stem = f.reading(value, negative)
	}
	if negative {
		f.form, f.made = append(f.form, 0), true
		copy(f.form[1:], f.form)
		f.form[0] = '-'
	}
	if next == i+1 && at == o && !f.made {
		j.words[i].Kind |= Value
		j.words[i].Stem = stem
		return 0, o
	}
	j.put(at, first, next, f.form, stem)
	return next, at
}

// reading is the reading of figures with the given value; see there.
func (f *figure) reading(value amount, negative bool) uint8 {
	if f.ambiguous {
		value.exp -= 3
	}
	zeros := bytes.IndexByte(f.form, '.') >= 0 && f.form[len(f.form)-1] == '0'
	return reading(value, negative, f.ambiguous || zeros)
}

// chain reads the figures at words[i], with the groups of three digits that follow
// with single spaces between them, and returns the word after them; 0 if words[i]
// is no figures.
func (j *numberJoiner) chain(i, o int, f *figure) (next int) {
	if !j.figure(i, f) {
		return 0
	}
	next = i + 1
	if f.whole && j.pointed(next) {
		f.form = append(append(f.form, '.'), j.more.form...)
		f.whole = false
		return next + 1
	}
	if f.whole && len(f.form) <= 3 && next < len(j.words) && j.words[next].Kind&Number != 0 && j.gap(j.words, i) == gapBlank &&
		j.figure(next, &j.more) && j.more.made && bytes.HasPrefix(j.more.form, []byte("0.")) { // 1 ½
		f.form = append(f.form, j.more.form[1:]...)
		f.whole = false
		return next + 1
	}
	if !f.whole || len(f.form) > 3 || f.form[0] == '0' || next == len(j.words) || j.words[next].Kind&Number == 0 ||
		j.gap(j.words, i) != gapBlank || !j.opens(i, o) {
		return next
	}
	const most = 5 // groups
	k := next
	form := append(j.groups[:0], f.form...)
	for ; k < len(j.words) && k <= i+most && j.words[k].Kind&Number != 0 && j.gap(j.words, k-1) == gapBlank; k++ {
		if !j.figure(k, &j.more) || !threeDigits(j.more.form) || len(j.more.form) > 3 && j.more.form[3] != '.' {
			return next
		}
		form = append(form, j.more.form...)
		if !j.more.whole {
			k++
			break
		}
	}
	j.groups = form
	if k < len(j.words) {
		g, figures := j.gap(j.words, k-1), j.words[k].Kind&Number != 0
		if g == gapBlank && figures || g == gapHyphen && !figures && j.src[j.words[i].End] == ' ' && !j.compound(o, k, form) {
			return next // more figures: a list; 84 500-pound bombs
		}
	}
	f.form = append(f.form[:0], form...)
	f.whole, f.ambiguous = false, false
	return k
}

// compound reports whether groups of digits that make form are one number before
// words[k], which is behind a hyphen: 10 000-seat, 12 500-strong, a 12 500-ton ship.
func (j *numberJoiner) compound(o, k int, form []byte) bool {
	return o > 0 && j.m.mark(j.words[o-1].Hash)&single != 0 || bytes.HasSuffix(form, []byte("000")) || j.m.mark(j.words[k].Hash)&suffix != 0
}

// pointed reports whether words[k] is digits behind a point in the middle of the line,
// before a unit or a percent sign: 1・2億.
func (j *numberJoiner) pointed(k int) bool {
	if k >= len(j.words) || j.words[k].Kind&Number == 0 || j.gap(j.words, k-1) != gapPoint || !j.figure(k, &j.more) || !j.more.whole {
		return false
	}
	if j.percentAt(k + 1) {
		return true
	}
	return k+1 < len(j.words) && j.m.numeral(j.words[k+1].Hash).kind == largeNumeral && j.gap(j.words, k) == gapNone
}

// threeDigits reports whether s begins with three digits.
func threeDigits(s []byte) bool {
	return len(s) >= 3 && asciiDigit(s[0]) && asciiDigit(s[1]) && asciiDigit(s[2])
}

// opens reports whether groups of digits may begin with words[i]: it is no part of
// a date, a time, a name or a list, and no day of an English month.
func (j *numberJoiner) opens(i, o int) bool {
	start := j.words[i].Start
	switch r, at := j.before(start); r {
	case '/', ':', '.', ',', '#', '\'', '’', '_':
		return false
	case '-', '–', '‑', '‐':
		r, _ = j.before(at)
		if _, ok := digit(r); r != 0 && !ok && gapOf(r) != gapBlank && r != '\n' && r != '(' {
			return false
		}
	}
	if o == 0 || j.gapBefore(o, start) != gapBlank {
		return true
	}
	before := &j.words[o-1]
	if before.Kind&Number != 0 {
		return before.Letters == 4 && before.Kind&Value != 0 // a year
	}
	return j.m.mark(before.Hash)&(month|named) == 0
}

// gapBefore is the gap between words[o-1] and a word that begins at start.
func (j *numberJoiner) gapBefore(o int, start uint32) gap {
	pair := [2]Word{j.words[o-1], {Start: start}}
	if pair[0].End > start {
		return gapOther
	}
	return j.gap(pair[:], 0)
}
