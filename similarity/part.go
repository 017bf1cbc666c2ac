package similarity

// part is the stretch of a text that another has most of: the story, where the rest is
// what a page has besides, such as teasers of other stories.
//
//	text    t t t S S . S S S . . S S S S . S S t t t t t t     S: in a shared passage
//	part          `---------------------------'
type part struct {
	from, to int
	shared   float64 // how much of it stands in the other word by word
}

// apart is how many words that are not shared outweigh a shared one: the 40 of two
// sentences a passage of four, which may be chance.
const apart = 10

// flagPassages flags the words of the passages in s.hits.
func (s *Scale) flagPassages(b *Text) {
	s.inA, s.inB = reflag(s.inA, len(s.a.Words)), reflag(s.inB, len(b.Words))
	for _, r := range s.hits {
		for i := range r.Len {
			s.inA[r.A+i], s.inB[r.B+i] = true, true
		}
	}
}

// flagShared flags the words of both texts that stand in the other too. Of shingles
// that a has twice s.hits has the first alone.
func (s *Scale) flagShared(b *Text) {
	s.flagPassages(b)
	for i, h := range s.own {
		if s.shingles.find(h).stamp >= s.shingles.stamp {
			for j := range s.a.K {
				s.inA[i+j] = true
			}
		}
	}
}

// newPart finds the part of a text whose shared words are flagged: the stretch of the
// largest sum, where shared words count for it and others against it (Bentley 1984).
// Furniture counts for nothing. Cost: a pass over the flags.
func newPart(t *Text, flags []bool) (p part) {
	sum, best, from := 0, 0, 0
	for i, shared := range flags {
		switch {
		case masked(t.Furniture, i):
			continue
		case shared:
			sum += apart
		default:
			sum--
		}
		if sum < 0 {
			sum, from = 0, i+1
		}
		if sum > best {
			best = sum
			p.from, p.to = from, i+1
		}
	}
	words, shared := 0, 0
	for i := p.from; i < p.to; i++ {
		if !masked(t.Furniture, i) {
			words++
			if flags[i] {
				shared++
			}
		}
	}
	p.shared = share(shared, words)
	return p
}

// of is how much of the text the part is.
func (p part) of(t *Text) float64 { return share(p.to-p.from, len(t.Words)) }
