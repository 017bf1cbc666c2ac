package candidate

// All reads a whole segment.
func (s *Segment) All() ([]Posting, error) {
	all := make([]Posting, 0, s.Len)
	for i := range s.Fences {
		part, err := s.Load(i)
		if err != nil {
			return nil, err
		}
		all = append(all, part...)
	}
	return all, nil
}

// FromMemory returns the Load function of a segment whose blocks are at hand.
func FromMemory(blocks []Block) func(int) ([]Posting, error) {
	var buf []Posting
	return func(n int) (_ []Posting, err error) {
		buf, err = Decode(buf[:0], blocks[n])
		return buf, err
	}
}

// Merge joins lists that SortPostings has sorted. Cost: each posting is moved
// once for each halving of the number of lists.
func Merge(lists [][]Posting, places Places) []Posting {
	switch len(lists) {
	case 0:
		return nil
	case 1:
		return lists[0]
	}
	half := len(lists) / 2
	a, b := Merge(lists[:half], places), Merge(lists[half:], places)
	return join(make([]Posting, 0, len(a)+len(b)), a, b, places)
}

func before(a, b Posting, places Places) bool {
	if a.Key() != b.Key() {
		return a < b
	}
	if c := places.At(a.Article()).Compare(places.At(b.Article())); c != 0 {
		return c < 0
	}
	return a < b
}

// merge joins lists as Merge does, in memory that the next call uses again.
//
//	lists   a a a | b b | c c c c | d
//	        `--a b--'     `--c d--'      pairs, from one memory to the other
//	        `------a b c d--------'      and back
func (s *Scratch) merge(lists [][]Posting, places Places) []Posting {
	ends := make([]int, 0, len(lists))
	from, to := s.merged[0][:0], s.merged[1]
	for _, l := range lists {
		if len(l) > 0 {
			from = append(from, l...)
			ends = append(ends, len(from))
		}
	}
	s.merged[0] = from
	if cap(to) < len(from) {
		to = make([]Posting, cap(from))
		s.merged[1] = to
	}
	to = to[:len(from)]
	for len(ends) > 1 {
		joined, start := ends[:0], 0
		for i := 0; i < len(ends); i += 2 {
			if i+1 == len(ends) {
				copy(to[start:], from[start:ends[i]])
				joined = append(joined, ends[i])
				break
			}
			a, b, end := from[start:ends[i]], from[ends[i]:ends[i+1]], ends[i+1]
			join(to[start:start], a, b, places)
			joined, start = append(joined, end), end
		}
		ends, from, to = joined, to, from[:len(to)]
	}
	return from
}

// join appends two lists to dst, which has room for them.
func join(dst, a, b []Posting, places Places) []Posting {
	for len(a) > 0 && len(b) > 0 {
		if before(a[0], b[0], places) {
			dst, a = append(dst, a[0]), a[1:]
		} else {
			dst, b = append(dst, b[0]), b[1:]
		}
	}
	return append(append(dst, a...), b...)
}
