package similarity

import "sync"

// Text is a profile together with what of it is boilerplate of the page.
type Text struct {
	*Profile
	Boilerplate []bool // a flag a word; nil: none is boilerplate
	Covered     []bool // a flag a shingle: all its words are boilerplate
	Left        int    // different shingles that are not covered
	WordsLeft   int    // words that are not boilerplate
	Known       uint64 // tells which of its shingles are known boilerplate; 0: none
}

// Plain is the text of a profile of which no more than its notices is boilerplate.
func Plain(p *Profile) *Text {
	if len(p.Notices) > 0 {
		return NewText(p, p.NoticeFlags(), p.Shingles(nil))
	}
	return &Text{Profile: p, Left: p.Distinct, WordsLeft: len(p.Words)}
}

// NoticeFlags returns a flag a word, set for those of notices.
func (p *Profile) NoticeFlags() []bool {
	flags := make([]bool, len(p.Words))
	for _, s := range p.Notices {
		for i := s.From; i < s.To; i++ {
			flags[i] = true
		}
	}
	return flags
}

// counters spare each text with boilerplate the memory of counting its shingles.
var counters = sync.Pool{New: func() any { return new(counter) }}

type counter struct {
	kept []uint64 // shingles that are not covered
	set  Table
}

// NewText is the text of a profile with the given words being boilerplate.
// shingles are those of the profile.
func NewText(p *Profile, boilerplate []bool, shingles []uint64) *Text {
	t := &Text{Profile: p, Boilerplate: boilerplate}
	c := counters.Get().(*counter)
	defer counters.Put(c)
	c.kept = c.kept[:0]
	t.cover(func(i int) { c.kept = append(c.kept, shingles[i]) })
	for _, is := range boilerplate {
		if !is {
			t.WordsLeft++
		}
	}
	c.set.Reset(c.kept)
	t.Left = c.set.Len()
	return t
}

// cover sets the flags of the shingles, and calls kept for each that is not covered.
func (t *Text) cover(kept func(i int)) {
	t.Covered = make([]bool, t.Count())
	run := 0
	for i, is := range t.Boilerplate {
		if is {
			run++
		} else {
			run = 0
		}
		if at := i - t.K + 1; at >= 0 {
			if t.Covered[at] = run >= t.K; !t.Covered[at] {
				kept(at)
			}
		}
	}
}
