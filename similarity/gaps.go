package similarity

// gap is how many words may stand between two shared passages for them to be local too: a
// sentence, in which a template may be filled in or a rewrite differ.
const gap = 24

// markLocal flags the words of a text that are local, of which those in shared
// passages are flagged already, and returns how many there are. The others are what a
// page has besides the story that both tell, such as teasers of other stories. Boilerplate
// is not local.
//
//	text     t t t S S . S S S . . S S S S . S S t t t t t t     S: in a shared passage
//	local          L L L L L L L L L L L L L L L
//
// Cost: a pass over the flags.
func markLocal(boilerplate, flags []bool) (n int) {
	last := -1
	for i, shared := range flags {
		switch {
		case masked(boilerplate, i):
			flags[i] = false
		case shared:
			n++
			if last >= 0 && i-last-1 <= gap {
				for j := last + 1; j < i; j++ {
					if !masked(boilerplate, j) {
						flags[j] = true
						n++
					}
				}
			}
			last = i
		}
	}
	return n
}

// flagPassages flags the words of the passages in s.hits.
func (s *Scale) flagPassages(b *Text) {
	s.inA, s.inB = reflag(s.inA, len(s.a.Words)), reflag(s.inB, len(b.Words))
	for _, r := range s.hits {
		for i := range r.Len {
			s.inA[r.A+i], s.inB[r.B+i] = true, true
		}
	}
}

// flagShared flags the words of both texts that are in the other too. Of shingles
// that a has twice s.hits has the first alone.
func (s *Scale) flagShared(b *Text) {
	s.flagPassages(b)
	if !s.asked {
		s.asked, s.again = true, s.again[:0]
		for i, h := range s.own {
			if s.shingles.find(h).place() != i {
				s.again = append(s.again, i)
			}
		}
	}
	for _, i := range s.again {
		if s.shingles.find(s.own[i]).stamp >= s.shingles.stamp {
			for j := range s.a.K {
				s.inA[i+j] = true
			}
		}
	}
}

// notLocal is how much of what a text tells of its own headline its words tell that are
// not flagged; 0 where it tells less than half of it, as of a pun, for then nobody knows
// where its story stands. Boilerplate, which may be nil, tells nothing.
func notLocal(p *Profile, boilerplate, flags []bool) float64 {
	var anywhere, here [maxAsked]bool
	var filter [4]uint64 // 256 bits: most words miss it
	headline := p.Headline[:min(len(p.Headline), maxAsked)]
	for _, w := range headline {
		filter[w.Hash()>>6&3] |= 1 << (w.Hash() & 63)
	}
	for i, w := range p.Words {
		if filter[w.Hash()>>6&3]&(1<<(w.Hash()&63)) == 0 || masked(boilerplate, i) {
			continue
		}
		for j, x := range headline {
			if x.Hash() == w.Hash() {
				anywhere[j] = true
				here[j] = here[j] || flags[i]
			}
		}
	}
	all, mentioned, beside := 0, 0, 0
	for j, w := range headline {
		all += int(w.Weight())
		if anywhere[j] {
			mentioned += int(w.Weight())
			if !here[j] {
				beside += int(w.Weight())
			}
		}
	}
	if 2*mentioned < all {
		return 0
	}
	return share(beside, mentioned)
}
