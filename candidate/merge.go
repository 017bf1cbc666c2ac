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
	out := make([]Posting, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if before(a[0], b[0], places) {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
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
