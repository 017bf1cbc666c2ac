package similarity

import (
	"slices"

	"dedupe/text"
)

// filled compares what stands between the passages that two texts share: there a template
// is filled in, and there an edit changes words.
//
//	a   ... was taken to | Mercer Hospital at 9  | where doctors said ...
//	b   ... was taken to | Lakeview Clinic at 11 | where doctors said ...
//
// A name or number of one gap stands for another one where each of the two gaps has one
// that the other lacks, and is kept where both have it. The beginnings and the ends of both
// texts are gaps too. Numbers inside what is shared are kept, names there are not counted: they
// may be of the template. A gap that is longer than markLocal says is cut where words of it are
// the same (see align). In scripts without capitals words of the headline are names (see subjects).
type filled struct {
	numbers, spelled, names [2]int // replaced, kept; numbers in figures, and in letters
}

// counted returns how many numbers are replaced and kept in all. Those in letters say something where
// one of them is replaced: the "ten" in "ten grams of gold" is of the template.
func (f *filled) counted() (replaced, kept int) {
	if f.spelled[0] == 0 {
		return f.numbers[0], f.numbers[1]
	}
	return f.numbers[0] + f.spelled[0], f.numbers[1] + f.spelled[1]
}

// keeps counts a word that both texts have.
func (f *filled) keeps(w Token) {
	switch {
	case number(w):
		f.numbers[1]++
	case spelled(w):
		f.spelled[1]++
	}
}

// fill walks the shared passages in the order in which both texts have them.
func (s *Scale) fill(b *Text) (f filled) {
	a := s.a
	s.caseless = caseless(a) && caseless(b)
	if s.caseless {
		s.subjects[0], s.subjects[1] = subjects(s.subjects[0][:0], a, b), subjects(s.subjects[1][:0], b, a)
	}
	s.inOrder = s.inOrder[:0]
	for _, r := range s.hits {
		if n := len(s.inOrder); n > 0 {
			last := s.inOrder[n-1]
			if r.A < last.A+last.Len || r.B < last.B+last.Len {
				continue
			}
		}
		s.inOrder = append(s.inOrder, r)
	}
	atA, atB := 0, 0 // where the gap begins
	for i, r := range s.inOrder {
		if i > 0 || !s.part {
			s.gap(&f, a, b, atA, r.A, atB, r.B)
		}
		for j := range r.Len {
			if !masked(b.Boilerplate, r.B+j) {
				f.keeps(b.Words[r.B+j])
			}
		}
		atA, atB = r.A+r.Len, r.B+r.Len
	}
	if len(s.inOrder) > 0 && !s.part {
		s.gap(&f, a, b, atA, len(a.Words), atB, len(b.Words))
	}
	return f
}

// gap counts the names and numbers of one gap of both texts.
func (s *Scale) gap(f *filled, a, b *Text, fromA, toA, fromB, toB int) {
	if toA-fromA > gap || toB-fromB > gap {
		s.align(f, a, b, fromA, toA, fromB, toB)
	} else {
		s.count(f, a, b, fromA, toA, fromB, toB)
	}
}

// count counts the names and numbers of a short gap; a long one says nothing.
func (s *Scale) count(f *filled, a, b *Text, fromA, toA, fromB, toB int) {
	if toA-fromA > gap || toB-fromB > gap {
		return
	}
	kind := func(isA, isB func(Token) bool, count *[2]int) {
		var here, there [gap]Token
		x, y := pick(here[:0], a, fromA, toA, isA), pick(there[:0], b, fromB, toB, isB)
		kept := 0
		for _, w := range x {
			if slices.ContainsFunc(y, func(o Token) bool { return meant(o) == meant(w) || sameReading(o, w) }) {
				kept++
			}
		}
		count[0] += min(len(x), len(y)) - min(kept, len(x), len(y))
		count[1] += kept
	}
	kind(number, number, &f.numbers)
	kind(spelled, spelled, &f.spelled)
	if s.caseless {
		subject := func(i int) func(Token) bool {
			return func(w Token) bool { return slices.Contains(s.subjects[i], w.Hash()) }
		}
		kind(subject(0), subject(1), &f.names)
	} else {
		kind(name, name, &f.names)
	}
}

// align cuts a long gap at the words that both texts have there in the same order, and counts what
// stands between them, and the names and numbers among them as kept. A template in which every
// few words are filled in shares no passage there:
//
//	a   ... hurt | Wednesday EVENING IN THE Dalton SECTION OF THE Northwest Side THE GIRL WAS near a home ABOUT 8.26
//	b   ... hurt | Saturday EVENING IN THE Ashgrove SECTION OF THE East Bank THE GIRL WAS in an alley ABOUT 2.16
//
// Where fewer than alike of the shorter side's words are such, the two tell different things there,
// and nothing stands for anything. Cost: the product of the lengths, of which either is at most
// aligned.
func (s *Scale) align(f *filled, a, b *Text, fromA, toA, fromB, toB int) {
	const (
		aligned = 120 // words: a paragraph or two
		alike   = 0.4
	)
	x, y := a.Words[fromA:toA], b.Words[fromB:toB]
	if len(x) > aligned || len(y) > aligned {
		return
	}
	// longest(i, j) is how many words x[i:] and y[j:] have in the same order.
	width := len(y) + 1
	s.aligned = slices.Grow(s.aligned[:0], (len(x)+1)*width)[:(len(x)+1)*width]
	clear(s.aligned)
	longest := func(i, j int) *uint8 { return &s.aligned[i*width+j] }
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i].Hash() == y[j].Hash() {
				*longest(i, j) = *longest(i+1, j+1) + 1
			} else {
				*longest(i, j) = max(*longest(i+1, j), *longest(i, j+1))
			}
		}
	}
	if n := *longest(0, 0); n == 0 || float64(n) < alike*float64(min(len(x), len(y))) {
		return
	}
	atX, atY := 0, 0 // where the gap between two equal words begins
	for i, j := 0, 0; i < len(x) && j < len(y); {
		here, there := x[i].Hash(), y[j].Hash()
		skipX, skipY := *longest(i+1, j), *longest(i, j+1)
		switch {
		case here == there:
			s.count(f, a, b, fromA+atX, fromA+i, fromB+atY, fromB+j)
			if !masked(a.Boilerplate, fromA+i) && !masked(b.Boilerplate, fromB+j) {
				if name(x[i]) && name(y[j]) && !number(x[i]) {
					f.names[1]++
				}
				f.keeps(x[i])
			}
			i, j = i+1, j+1
			atX, atY = i, j
		case skipX > skipY, skipX == skipY && here < there: // of equals one that is the same with a and b exchanged
			i++
		default:
			j++
		}
	}
	s.count(f, a, b, fromA+atX, toA, fromB+atY, toB)
}

// pick returns the different words of a part of a text, boilerplate left out, for which is holds.
func pick(dst []Token, t *Text, from, to int, is func(Token) bool) []Token {
	for i := from; i < to; i++ {
		w := t.Words[i]
		if is(w) && !masked(t.Boilerplate, i) && !slices.ContainsFunc(dst, func(o Token) bool { return o.Hash() == w.Hash() }) {
			dst = append(dst, w)
		}
	}
	return dst
}

// caseless reports whether a text is written without capitals: but for a name of a foreign firm here and
// there.
func caseless(t *Text) bool {
	const foreign = 50 // words to one with a capital, at least; other texts have one to a sentence
	n := 0
	for _, w := range t.Words {
		if w.Kind()&text.Capital != 0 {
			n++
		}
	}
	return foreign*n < len(t.Words)
}

// subjects appends the words of a text's headline to dst that the other text has nowhere: they
// may be names of what it is about.
//
//	a   water cut in Pine Street     b   water cut in Mill Lane     Pine, Street; Mill, Lane
func subjects(dst []uint32, t, other *Text) []uint32 {
	has := func(words []Token, w Token) bool {
		return slices.ContainsFunc(words, func(o Token) bool { return o.Hash() == w.Hash() })
	}
	for _, w := range t.Headline {
		if !number(w) && !spelled(w) && !has(other.Headline, w) && !has(other.Words, w) {
			dst = append(dst, w.Hash())
		}
	}
	return dst
}

// spelled reports whether a word is a number, or a date or time of the day, in letters.
func spelled(w Token) bool {
	if w.Kind()&(text.Capital|text.Number) != 0 {
		return false
	}
	_, ok := text.Spelled(w.Hash())
	return ok
}

// meant is what tells such a word, or a number, from others.
func meant(w Token) uint32 {
	if spelled(w) {
		as, _ := text.Spelled(w.Hash())
		return as
	}
	return w.Hash()
}
