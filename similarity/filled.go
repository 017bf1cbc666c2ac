package similarity

import "slices"

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
// the same (see align).
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
		s.align(f, a, b, fromA, toA, fromB, toB)
	} else {
		f.count(a, b, fromA, toA, fromB, toB)
	}
}

// count counts the names and numbers of a short gap; a long one says nothing.
func (f *filled) count(a, b *Text, fromA, toA, fromB, toB int) {
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
			f.count(a, b, fromA+atX, fromA+i, fromB+atY, fromB+j)
			switch story := !masked(a.Boilerplate, fromA+i) && !masked(b.Boilerplate, fromB+j); {
			case story && number(x[i]):
				f.numbers[1]++
			case story && name(x[i]) && name(y[j]):
				f.names[1]++
			}
			i, j = i+1, j+1
			atX, atY = i, j
		case skipX > skipY, skipX == skipY && here < there: // of equals one that is the same with a and b exchanged
			i++
		default:
			j++
		}
	}
	f.count(a, b, fromA+atX, toA, fromB+atY, toB)
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
