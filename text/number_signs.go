package text

import (
	"bytes"
	"unicode"
)

// lead reads what stands before the figures words[i], which f has: a point makes
// them a fraction (.5 percent). It reports whether there is a minus sign.
func (j *numberJoiner) lead(i int, f *figure) (negative bool) {
	r, at := j.before(j.words[i].Start)
	if r == '.' && f.whole && !f.made {
		r, at = j.before(at)
		if !begins(r) && !minus(r) && !unicode.Is(unicode.Sc, r) {
			return false
		}
		j.form = append(append(j.form[:0], "0."...), f.form...)
		f.form = append(f.form[:0], j.form...)
		f.whole, f.made = false, true
	}
	if unicode.Is(unicode.Sc, r) {
		r, at = j.before(at)
	}
	if !minus(r) {
		return false
	}
	sure := r == '−' // not a hyphen
	switch r, at = j.before(at); {
	case gapOf(r) == gapBlank:
		r, _ = j.before(at)
		_, figures := digit(r)
		return !figures && r != '%' // 5 -6
	case r == 0, gapOf(r) == gapLine, r == '–':
		return sure // a hyphen may be the dot of a list
	}
	return begins(r)
}

// begins reports whether r may stand before a sign: a blank, a line end, a bracket,
// or nothing, which is 0.
func begins(r rune) bool {
	return r == 0 || r == '(' || r == '[' || gapOf(r) == gapBlank || gapOf(r) == gapLine
}

func minus(r rune) bool { return r == '-' || r == '−' || r == '－' || r == '﹣' }

// fractionSlash is what stands in ½, folded.
var fractionSlash = []byte("⁄")

// figuresSize is how long the figures at the start of s are, with a fraction
// behind them.
func figuresSize(s []byte) int {
	f := figuresAt(s)
	if rest := s[f.size:]; len(rest) > len(fractionSlash) && bytes.HasPrefix(rest, fractionSlash) && asciiDigit(rest[len(fractionSlash)]) {
		under := figuresAt(rest[len(fractionSlash):])
		return f.size + len(fractionSlash) + under.size
	}
	return f.size
}

// fractional reads the word that was read as a fraction with a bar, ½, 1½ or 1⁄2, and
// reports whether it is one that decimals can tell. A third is none.
func (j *numberJoiner) fractional(f *figure) bool {
	bar := bytes.Index(j.raw, fractionSlash)
	if bar <= 0 {
		return false
	}
	from := bar // of what is over the bar: all of ½ stands for one place of the source
	for from > 0 && j.at[from-1] == j.at[bar] {
		from--
	}
	if from == bar {
		from = 0
	}
	whole, _ := amountOf(j.raw[:from])
	over, ok := amountOf(j.raw[from:bar])
	under, ok2 := amountOf(j.raw[bar+len(fractionSlash):])
	const most = 1000
	if !ok || !ok2 || over.exp != 0 || under.exp != 0 || over.mant >= most || under.mant >= most || under.mant == 0 ||
		from > 0 && (!onlyDigits(string(j.raw[:from])) || from > maxDigits) {
		return false
	}
	for ; over.mant%under.mant != 0; over.exp-- {
		if over.exp == -4 {
			return false
		}
		over.mant *= 10
	}
	over.mant /= under.mant
	value, ok := whole.plus(over)
	if ok {
		f.form = value.append(f.form[:0])
		f.whole, f.ambiguous, f.made = false, false, true
	}
	return ok
}

// raised reads the word that was read as a power, 10⁶, and reports whether it is one.
func (j *numberJoiner) raised(f *figure) bool {
	for k := 1; k < len(j.raw); k++ {
		if j.at[k] == j.at[k-1] {
			continue
		}
		if r, _ := character(j.src[j.at[k]:]); superscript(r) {
			f.form = append(append(appendFigures(f.form[:0], j.raw[:k]), '^'), j.raw[k:]...)
			f.whole, f.ambiguous, f.made = false, false, true
			return figuresAt(j.raw).size == len(j.raw)
		}
	}
	return false
}

func superscript(r rune) bool {
	return r == '²' || r == '³' || r == '¹' || r == '⁰' || '⁴' <= r && r <= '⁹'
}

// mille returns the word after a number that ends before words[next] if it is of
// thousandths, with the sign ‰ or a word for it; else 0.
func (j *numberJoiner) mille(next int) int {
	s := j.src[j.words[next-1].End:]
	for n := 0; n < 2 && s != ""; n++ {
		r, size := character(s)
		if r == '‰' || r == '؉' {
			return next
		}
		if gapOf(r) != gapBlank {
			break
		}
		s = s[size:]
	}
	if next < len(j.words) && j.gap(j.words, next-1) <= gapBlank {
		if t, to := j.term(next); to > 0 && t.kind == milleTerm {
			return to
		}
	}
	return 0
}
