package text

import "unicode"

// units takes the units behind the figures words[i:next], and the smaller figures
// with units behind them, into s, and returns the word after all that fits.
func (j *numberJoiner) units(i, o, next int, s *sum) int {
	adds := false // figures without a unit may follow
	short := false
	for k := next; k < len(j.words); {
		g := j.gap(j.words, k-1)
		try := *s
		if to, t := j.unit(i, o, k, g, &try); to > 0 {
			*s, next, k = try, to, to
			adds, short = t == addingTerm, t == shortTerm
			continue
		}
		if s.parts == 0 && s.small == noUnit || g != gapBlank && g != gapNone && !(g == gapStop && (short || adds)) {
			break
		}
		if j.words[k].Hash == j.m.and && k+1 < len(j.words) { // Arabic and Persian: and
			k++
			if g = j.gap(j.words, k-1); g != gapBlank && g != gapNone {
				break
			}
		}
		if !j.figure(k, &j.more) {
			break
		}
		to := k + 1
		value, ok := amountOf(j.more.form)
		if !ok || !try.figures(value) {
			break
		}
		if to < len(j.words) {
			with := try
			unit, t := j.unit(k, o, to, j.gap(j.words, to-1), &with)
			if _, ok := with.total(); unit > 0 && ok {
				*s, next, k = with, unit, unit
				adds, short = t == addingTerm, t == shortTerm
				continue
			}
			if unit > 0 || j.scales(to) {
				break // another number begins here
			}
		}
		if _, ok := try.total(); ok && adds && value.exp == 0 {
			*s, next = try, to
		}
		break
	}
	return next
}

// scales reports whether words[k] is a unit of value.
func (j *numberJoiner) scales(k int) bool {
	if j.m.numeral(j.words[k].Hash).kind > digitNumeral {
		return true
	}
	t, next := j.term(k)
	return next > 0 && (t.kind <= addingTerm || t.kind >= milTerm && t.kind < percentTerm)
}

// unit takes the unit of value at words[k], behind figures that begin at words[i] and a gap, into
// s. It returns the word after it, or 0 if there is none, and what sort it is.
func (j *numberJoiner) unit(i, o, k int, g gap, s *sum) (next int, kind termKind) {
	if g > gapHyphen || g == gapLine {
		return 0, 0
	}
	w := &j.words[k]
	if n := j.m.numeral(w.Hash); n.kind > digitNumeral && g != gapHyphen {
		if k+1 < len(j.words) && j.m.mark(j.words[k+1].Hash)&notUnit != 0 && j.gap(j.words, k) == gapNone {
			return 0, 0
		}
		ok := false
		if n.kind == smallNumeral {
			ok = s.unit(n.value)
		} else {
			ok = s.scale(n.value)
		}
		if !ok {
			return 0, 0
		}
		return k + 1, addingTerm
	}
	t, next := j.term(k)
	if next == 0 || t.kind >= percentTerm {
		return 0, 0
	}
	exp := t.exp
	switch t.kind {
	case gluedTerm:
		if g != gapNone && !j.ofMoney(i, o, next) {
			return 0, 0
		}
	case moneyTerm:
		ofRupiah := j.ofRupiah(i, o)
		if !ofRupiah && !j.ofMoney(i, o, next) {
			return 0, 0
		}
		if ofRupiah && exp == 6 && w.Letters == 1 {
			exp = 9
		}
	case rupiahTerm:
		if !j.ofRupiah(i, o) {
			return 0, 0
		}
	case milTerm:
		exp = j.mil(k)
	case binTerm:
		if !s.last.below(3) {
			return 0, 0
		}
	}
	if g == gapHyphen && (t.kind != scaleTerm || exp < 6) || !s.scale(exp) {
		return 0, 0
	}
	kind = t.kind
	switch kind {
	case milTerm, gluedTerm, moneyTerm, rupiahTerm:
		kind = shortTerm
	case binTerm:
		kind = addingTerm
	}
	return next, kind
}

// term looks up the words at k, and returns the word after them, or 0.
func (j *numberJoiner) term(k int) (found term, next int) {
	if !j.m.known(j.words[k].Hash) {
		return term{}, 0
	}
	for _, t := range j.m.terms[j.words[k].Hash] {
		if n := k + 1 + len(t.rest); n > next && n <= len(j.words) && j.follow(k, t.rest) {
			found, next = t, n
		}
	}
	return found, next
}

// follow reports whether the words of the given hashes follow words[k].
func (j *numberJoiner) follow(k int, hashes []uint64) bool {
	for n, h := range hashes {
		if j.words[k+n+1].Hash != h || j.gap(j.words, k+n) > gapBlank {
			return false
		}
	}
	return true
}

// ofRupiah reports whether a sign of rupiah stands before figures that begin at words[i].
func (j *numberJoiner) ofRupiah(i, o int) bool {
	if o == 0 || j.m.mark(j.words[o-1].Hash)&rupiah == 0 {
		return false
	}
	g := j.gapBefore(o, j.words[i].Start)
	return g <= gapBlank || g == gapStop
}

// ofMoney reports whether figures that begin at words[i], with a unit that ends before words[next],
// are of money: a currency sign or code stands on one side.
func (j *numberJoiner) ofMoney(i, o, next int) bool {
	r, at := j.before(j.words[i].Start)
	if (gapOf(r) == gapHyphen || r == '–') && o > 0 && j.words[o-1].End == at && j.words[o-1].Kind&Number != 0 { // $5-6m
		r, at = j.before(j.words[o-1].Start)
		o--
	}
	if gapOf(r) == gapBlank {
		r, _ = j.before(at)
	}
	if unicode.Is(unicode.Sc, r) {
		return true
	}
	if o > 0 && j.m.mark(j.words[o-1].Hash)&code != 0 && j.gapBefore(o, j.words[i].Start) <= gapBlank {
		return true
	}
	s := j.src[j.words[next-1].End:]
	for n := 0; n < 2 && s != ""; n++ {
		r, size := character(s)
		if unicode.Is(unicode.Sc, r) {
			return true
		}
		if gapOf(r) != gapBlank {
			break
		}
		s = s[size:]
	}
	return next < len(j.words) && j.m.mark(j.words[next].Hash)&ofMoney != 0 && j.gap(j.words, next-1) <= gapBlank
}

// mil is what the abbreviation mil at words[k] means, by the words around it.
func (j *numberJoiner) mil(k int) (exp int) {
	vote := 0
	for i := max(0, k-around); i < min(len(j.words), k+around); i++ {
		switch m := j.m.mark(j.words[i].Hash); {
		case m&aMillion != 0:
			vote--
		case m&aThousand != 0:
			vote++
		}
	}
	if vote < 0 {
		return 6
	}
	return 3
}

// percent leaves out the word for percent behind a number that ends before words[next], or
// before it. It returns the word after it and the place where the number goes.
func (j *numberJoiner) percent(next, o int, first *Word) (int, int) {
	if next < len(j.words) {
		if t, to := j.term(next); to > 0 && t.kind == percentTerm && j.gap(j.words, next-1) <= gapBlank {
			return to, o
		}
	}
	if o == 0 || !j.m.known(j.words[o-1].Hash) || j.gapBefore(o, first.Start) > gapBlank {
		return next, o
	}
	for _, rest := range j.m.before[j.words[o-1].Hash] {
		n := 0
		for n < len(rest) && n+1 < o && j.words[o-2-n].Hash == rest[n] && j.gap(j.words, o-2-n) <= gapBlank {
			n++
		}
		if n == len(rest) {
			at := o - 1 - n
			first.Start, first.Kind = j.words[at].Start, j.words[at].Kind
			return next, at
		}
	}
	return next, o
}
