package candidate

// FromMemory returns the Load function of a segment whose blocks are at hand.
func FromMemory(blocks []Block) func(int) ([]Posting, error) {
	var buf []Posting
	return func(n int) (_ []Posting, err error) {
		buf, err = Decode(buf[:0], blocks[n])
		return buf, err
	}
}

// Join merges segments and further postings, sorted by SortPostings, into blocks of
// one new segment. It reads a block of each at a time, so that besides what it
// returns it takes no memory that grows. Cost: one step a posting for each segment.
func Join(segments []*Segment, fresh []Posting, places Places) (blocks []Block, err error) {
	const encoded = 64 * BlockLen // at once
	var out []Posting
	cursors := []*cursor{{rest: fresh}}
	for _, s := range segments {
		cursors = append(cursors, &cursor{segment: s})
	}
	for {
		var least *cursor
		for _, c := range cursors {
			if err := c.fill(); err != nil {
				return nil, err
			}
			if len(c.rest) > 0 && (least == nil || before(c.rest[0], least.rest[0], places)) {
				least = c
			}
		}
		if least == nil {
			return append(blocks, Encode(out)...), nil
		}
		out = append(out, least.rest[0])
		least.rest = least.rest[1:]
		if len(out) == encoded {
			blocks = append(blocks, Encode(out)...)
			out = out[:0]
		}
	}
}

// cursor goes through a segment.
type cursor struct {
	segment *Segment // nil: rest is all there is
	next    int      // block
	rest    []Posting
}

// fill loads the next block when there is nothing left of the last.
func (c *cursor) fill() (err error) {
	for len(c.rest) == 0 && c.segment != nil && c.next < len(c.segment.Fences) && err == nil {
		c.rest, err = c.segment.Load(c.next)
		c.next++
	}
	return err
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

// merge joins lists that SortPostings has sorted, in memory that the next call uses
// again. Cost: each posting is moved once for each halving of the number of lists.
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

// join appends two lists to dst, which has room for them. Of a key that both have, the postings of the one
// mostly stand before all of the other, for segments are of one time after another.
func join(dst, a, b []Posting, places Places) []Posting {
	for len(a) > 0 && len(b) > 0 {
		switch ka, kb := a[0].Key(), b[0].Key(); {
		case ka < kb:
			dst, a = append(dst, a[0]), a[1:]
		case ka > kb:
			dst, b = append(dst, b[0]), b[1:]
		default:
			n, m := cut(a), cut(b)
			dst = joinList(dst, a[:n], b[:m], places)
			a, b = a[n:], b[m:]
		}
	}
	return append(append(dst, a...), b...)
}

// joinList is join for postings of one key.
func joinList(dst, a, b []Posting, places Places) []Posting {
	switch {
	case before(a[len(a)-1], b[0], places):
		return append(append(dst, a...), b...)
	case before(b[len(b)-1], a[0], places):
		return append(append(dst, b...), a...)
	}
	for len(a) > 0 && len(b) > 0 {
		if before(a[0], b[0], places) {
			dst, a = append(dst, a[0]), a[1:]
		} else {
			dst, b = append(dst, b[0]), b[1:]
		}
	}
	return append(append(dst, a...), b...)
}
