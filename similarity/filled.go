package similarity

import "slices"

// filled compares what stands between the passages that two texts share: there a template
// is filled in, and there an edit changes words.
//
//	a   ... was taken to | Mercer Hospital at 9  | where doctors said ...
//	b   ... was taken to | Lakeview Clinic at 11 | where doctors said ...
//
// A name or number of one gap stands for another one where each of the two gaps has one
// that the other lacks, and is kept where both have it. A gap has at most so many words as
// markLocal says; the beginnings and the ends of both texts are gaps too. Numbers inside what
// is shared are kept, names there are not counted: they may be of the template.
type filled struct {
	numbers, names [2]int // replaced, kept
}

// fill walks the shared passages in the order in which both texts have them.
func (s *Scale) fill(b *Text) (f filled) {
	a := s.a
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
			if number(b.Words[r.B+j]) && !masked(b.Boilerplate, r.B+j) {
				f.numbers[1]++
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
		return
	}
	kind := func(is func(Token) bool, count *[2]int) {
		var here, there [gap]Token
		x, y := pick(here[:0], a, fromA, toA, is), pick(there[:0], b, fromB, toB, is)
		kept := 0
		for _, w := range x {
			if slices.ContainsFunc(y, func(o Token) bool { return o.Hash() == w.Hash() || sameReading(o, w) }) {
				kept++
			}
		}
		count[0] += min(len(x), len(y)) - min(kept, len(x), len(y))
		count[1] += kept
	}
	kind(number, &f.numbers)
	kind(name, &f.names)
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
