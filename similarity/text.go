package similarity

import "sync"

// Text is a profile together with what of it is furniture of the page.
type Text struct {
	*Profile
	Furniture []bool // a flag a word; nil: none is furniture
	Covered   []bool // a flag a shingle: all its words are furniture
	Left      int    // different shingles that are not covered
	WordsLeft int    // words that are not furniture
	Known     uint64 // tells which of its shingles are known furniture; 0: none
}

// Plain is the text of a profile without furniture.
func Plain(p *Profile) *Text {
	return &Text{Profile: p, Left: p.Distinct, WordsLeft: len(p.Words)}
}

// tables spares each text with furniture the memory of a set.
var tables = sync.Pool{New: func() any { return new(Table) }}

// NewText is the text of a profile with the given words being furniture.
// shingles are those of the profile.
func NewText(p *Profile, furniture []bool, shingles []uint64) *Text {
	t := &Text{Profile: p, Furniture: furniture, Covered: make([]bool, len(shingles))}
	kept := make([]uint64, 0, len(shingles))
	run := 0
	for i := range t.Words {
		if t.Furniture[i] {
			run++
		} else {
			run = 0
			t.WordsLeft++
		}
		if at := i - t.K + 1; at >= 0 {
			if run >= t.K {
				t.Covered[at] = true
			} else {
				kept = append(kept, shingles[at])
			}
		}
	}
	set := tables.Get().(*Table)
	defer tables.Put(set)
	set.Reset(kept)
	t.Left = set.Len()
	return t
}
