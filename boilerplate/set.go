package boilerplate

import (
	"slices"

	"dedupe/similarity"
)

// Set is the boilerplate known: shingles for which more articles vote than took
// their vote back, unless a person decided otherwise. An article votes by what
// [Learn] says of it, and takes its vote back when Learn says otherwise or the
// article is gone, so that the set follows from the articles as they are and not
// from how they came.
//
// The zero value knows none. Reading is safe for concurrent use, changing is not.
type Set struct {
	shingles Shingles[mark]
	version  uint64
}

type mark struct {
	votes uint32
	word  word
}

// word is what a person said of a shingle.
type word uint8

const (
	allowed word = 1 + iota // it is story, never boilerplate
	blocked                 // it is boilerplate
)

func (m mark) boilerplate() bool { return m.word == blocked || m.word == 0 && m.votes > 0 }

// Vote adds votes to a shingle, or with a negative n takes some back, and
// reports whether it became or ceased to be boilerplate.
func (s *Set) Vote(h uint64, n int) (changed bool) {
	return s.change(h, func(m *mark) { m.votes = uint32(max(0, int(m.votes)+n)) })
}

// Votes is how many articles vote for a shingle.
func (s *Set) Votes(h uint64) uint32 { return s.shingles.Get(h).votes }

// Allow makes shingles story for good, whatever the votes and what is blocked.
func (s *Set) Allow(shingles ...uint64) {
	for _, h := range shingles {
		s.change(h, func(m *mark) { m.word = allowed })
	}
}

// Block makes shingles boilerplate for good.
func (s *Set) Block(shingles ...uint64) {
	for _, h := range shingles {
		s.change(h, func(m *mark) {
			if m.word != allowed {
				m.word = blocked
			}
		})
	}
}

func (s *Set) change(h uint64, f func(*mark)) (changed bool) {
	m := s.shingles.Get(h)
	before := m.boilerplate()
	f(&m)
	if m == (mark{}) {
		s.shingles.Delete(h)
	} else {
		s.shingles.Set(h, m)
	}
	if m.boilerplate() == before {
		return false
	}
	s.version++
	return true
}

// Has reports whether a shingle is boilerplate.
func (s *Set) Has(h uint64) bool { return s.shingles.Get(h).boilerplate() }

// Version grows whenever a shingle becomes or ceases to be boilerplate.
func (s *Set) Version() uint64 { return s.version }

// maxGap is the longest variable part inside boilerplate, in words: "get alerts
// on NAME daily". It is boilerplate when long fixed runs enclose it.
const maxGap = 4

// Mark returns p with its boilerplate marked: notices of the page, and what the set has.
// A shingle that a person allowed is story in a notice, too. shingles are those of p; before, if
// not nil, is what Mark returned earlier, and is returned again when nothing has
// changed for this text. Cost: one question a shingle, most of which end at the
// filter.
func (s *Set) Mark(p *similarity.Profile, shingles []uint64, before *similarity.Text) *similarity.Text {
	known := uint64(0)
	for _, h := range shingles {
		switch m := s.shingles.Get(h); {
		case m.boilerplate():
			known += h | 1
		case m.word == allowed && len(p.Notices) > 0:
			known += ^h | 1
		}
	}
	if before != nil && before.Known == known {
		return before
	}
	switch {
	case known == 0 && len(p.Notices) == 0:
		return similarity.Plain(p)
	case known == 0:
		return similarity.NewText(p, p.NoticeFlags(), shingles)
	}
	t := similarity.NewText(p, s.flags(p, shingles, s.Has), shingles)
	t.Known = known
	return t
}

// Same reports whether the same words of a text are boilerplate whether or not the
// shingles are for which changed is true: where it has none of them, and where they
// are enclosed by what is boilerplate already, as those are where two prompts meet
// ("... our privacy policy. Sign up to ..."). Cost: two questions a shingle.
func (s *Set) Same(p *similarity.Profile, shingles []uint64, changed func(uint64) bool) bool {
	if !slices.ContainsFunc(shingles, changed) {
		return true
	}
	if p.K < maxGap {
		return false // a shingle within a gap would part what the gap joins
	}
	// What lies between the two has flags between theirs: more shingles, more flags.
	with := s.flags(p, shingles, func(h uint64) bool { return changed(h) || s.Has(h) })
	without := s.flags(p, shingles, func(h uint64) bool { return s.Has(h) && !changed(h) })
	return slices.Equal(with, without)
}

// flags returns which words of a text are boilerplate by its shingles.
func (s *Set) flags(p *similarity.Profile, shingles []uint64, has func(uint64) bool) []bool {
	boilerplate := p.NoticeFlags()
	if len(p.Notices) > 0 {
		for i, h := range shingles {
			if s.shingles.Get(h).word == allowed {
				clear(boilerplate[i : i+p.K])
			}
		}
	}
	for i, h := range shingles {
		if has(h) {
			for j := i; j < i+p.K; j++ {
				boilerplate[j] = true
			}
		}
	}
	bridge(boilerplate)
	return boilerplate
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
