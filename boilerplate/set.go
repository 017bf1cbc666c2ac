package boilerplate

import "dedupe/similarity"

// Set is the furniture known: shingles. The zero value knows none. Reading is
// safe for concurrent use, adding is not.
type Set struct {
	shingles map[uint64]struct{}
	filter   []uint64 // a bit for the low 20 bits of a shingle's high half: most questions end here
}

const filterBits = 20

// Add makes shingles furniture and returns those that were not before.
func (s *Set) Add(shingles ...uint64) (fresh []uint64) {
	if s.shingles == nil {
		s.shingles = make(map[uint64]struct{})
		s.filter = make([]uint64, 1<<filterBits/64)
	}
	for _, h := range shingles {
		if _, known := s.shingles[h]; !known {
			s.shingles[h] = struct{}{}
			bit := h >> 32 & (1<<filterBits - 1)
			s.filter[bit/64] |= 1 << (bit % 64)
			fresh = append(fresh, h)
		}
	}
	return fresh
}

// Has reports whether a shingle is furniture.
func (s *Set) Has(h uint64) bool {
	if s.filter == nil {
		return false
	}
	bit := h >> 32 & (1<<filterBits - 1)
	if s.filter[bit/64]&(1<<(bit%64)) == 0 {
		return false
	}
	_, known := s.shingles[h]
	return known
}

// Len is the number of shingles known.
func (s *Set) Len() int { return len(s.shingles) }

// maxGap is the longest variable part inside furniture, in words: "get alerts
// on NAME daily". It is furniture when long fixed runs enclose it.
const maxGap = 4

// Mark returns p with its furniture marked. shingles are those of p; before, if
// not nil, is what Mark returned when less was known, and is returned again
// when nothing has changed for this text. Cost: one question a shingle, most of
// which end at the filter.
func (s *Set) Mark(p *similarity.Profile, shingles []uint64, before *similarity.Text) *similarity.Text {
	known := 0
	for _, h := range shingles {
		if s.Has(h) {
			known++
		}
	}
	if before != nil && before.Known == known {
		return before
	}
	if known == 0 {
		return similarity.Plain(p)
	}
	furniture := make([]bool, len(p.Words))
	for i, h := range shingles {
		if s.Has(h) {
			for j := i; j < i+p.K; j++ {
				furniture[j] = true
			}
		}
	}
	bridge(furniture)
	t := similarity.NewText(p, furniture, shingles)
	t.Known = known
	return t
}

// bridge flags gaps of at most maxGap words between two flagged runs of at
// least MinPassage/2 words each.
func bridge(flags []bool) {
	const enough = MinPassage / 2
	run, gap, before := 0, 0, 0
	for i, f := range flags {
		switch {
		case f && gap > 0:
			if gap <= maxGap && before >= enough && ahead(flags, i) >= enough {
				for j := i - gap; j < i; j++ {
					flags[j] = true
				}
				run = before + gap
			} else {
				run = 0
			}
			run++
			gap = 0
		case f:
			run++
		default:
			if gap == 0 {
				before = run
			}
			run = 0
			gap++
		}
	}
}

func ahead(flags []bool, i int) (n int) {
	for i+n < len(flags) && flags[i+n] {
		n++
	}
	return n
}
