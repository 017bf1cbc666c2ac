package similarity

import (
	"slices"

	"dedupe/text"
)

// roll is the names of one text: capitalised words within sentences, by their stems,
// so that Russia and Russian are one name.
type roll struct {
	count [256]uint8 // how often each is named, the headline counted once
	stems set        // of all capitalised words and those of the headline
	names []named    // memory of own
}

// questions is the different names in question, in lists by the last bits of their
// hashes: most words meet none.
type questions struct {
	first [256]uint16 // of each list, a place in names + 1; 0: none
	names []named
}

type named struct {
	hash uint32
	stem uint8
	next uint16 // of its list
}

// find returns the place of a name + 1, or 0.
func (q *questions) find(hash uint32) uint16 {
	i := q.first[uint8(hash)]
	for i != 0 && q.names[i-1].hash != hash {
		i = q.names[i-1].next
	}
	return i
}

// add reports whether there is room for the name.
func (q *questions) add(w Token) bool {
	const room = 1024 // a page of more different names is no article
	if q.find(w.Hash()) != 0 {
		return true
	}
	if len(q.names) == room {
		return false
	}
	first := &q.first[uint8(w.Hash())]
	q.names = append(q.names, named{w.Hash(), w.stem, *first})
	*first = uint16(len(q.names))
	return true
}

// set is a set of stems.
type set [4]uint64

func (s *set) has(stem uint8) bool { return s[stem>>6]&(1<<(stem&63)) != 0 }
func (s *set) add(stem uint8)      { s[stem>>6] |= 1 << (stem & 63) }

// read makes r the names of a text, counted among the flagged words; nil stands for
// all. Where a fifth of all words are capitalised, as nouns are in German (0.24 to 0.34 of
// a text; in other languages with capitals 0.02 to 0.18), capitals tell no names, and the
// text has none.
func (r *roll) read(t *Text, among []bool) {
	*r = roll{names: r.names[:0]}
	names := 0
	for i, w := range t.Words {
		if w.Kind()&text.Capital == 0 {
			continue
		}
		r.stems.add(w.stem)
		if !name(w) || masked(t.Boilerplate, i) {
			continue
		}
		if names++; among == nil || among[i] {
			r.count[w.stem] = min(r.count[w.stem], 254) + 1
		}
	}
	if 5*names >= len(t.Words) {
		r.count = [256]uint8{}
	}
	var headline set
	for _, w := range t.Headline {
		if r.count[w.stem] > 0 && !headline.has(w.stem) {
			r.count[w.stem] = min(r.count[w.stem], 254) + 1
		}
		headline.add(w.stem)
		r.stems.add(w.stem)
	}
}

// nameOnly is how often a text has the name that it has most often of those that another
// never has. A word that either has in small letters too, as "Event A" beside "an
// event", is no name. r is the text's roll.
func (r *roll) nameOnly(other *roll, its, others *Text) int {
	var asked set
	count := r.count
	for stem := range count {
		if other.stems.has(uint8(stem)) {
			count[stem] = 0
		} else if count[stem] > 0 {
			asked.add(uint8(stem))
		}
	}
	if asked == (set{}) {
		return 0
	}
	q := questions{names: r.names[:0]}
	for _, w := range its.Words {
		if asked.has(w.stem) && name(w) && !q.add(w) {
			count[w.stem] = 0
		}
	}
	r.names = q.names
	for _, t := range [2]*Text{its, others} {
		for _, w := range t.Words {
			if w.Kind()&text.Capital != 0 {
				continue
			}
			if i := q.find(w.Hash()); i != 0 {
				count[q.names[i-1].stem] = 0
			}
		}
	}
	return int(slices.Max(count[:]))
}

// measureNameOnly measures NameOnlyA and NameOnlyB: where most of a text is local, or what they
// share stands in several passages, among the local words alone, for other names are of what
// the pages have besides. Else one may just quote the other, and that each keeps to its own
// names around the quote tells so. Cost: a pass over b, one over a for the first, and two over both for
// the names in question; twice that where local words are asked.
func (s *Scale) measureNameOnly(b *Text, e *Evidence, most bool) {
	if !s.named {
		s.names[0].read(s.a, nil)
		s.named = true
	}
	s.names[1].read(b, nil)
	s.askNameOnly(b, e)
	if most && e.NameOnlyA > 0 && e.NameOnlyB > 0 {
		s.names[0].read(s.a, s.inA)
		s.names[1].read(b, s.inB)
		s.named = false
		s.askNameOnly(b, e)
	}
}

// askNameOnly sets NameOnlyA and NameOnlyB by the names at hand.
func (s *Scale) askNameOnly(b *Text, e *Evidence) {
	e.NameOnlyA, e.NameOnlyB = s.names[0].nameOnly(&s.names[1], s.a, b), s.names[1].nameOnly(&s.names[0], b, s.a)
}

// inflected sets the flags of those asked names that are not among the words of another text, but
// may stand there in another case: a name of the same stem does that the first text has not. Stems
// are alike by chance too, so this must hold for all names that are lacking. Cost: where
// one is, a pass over each text.
func inflected(asked []Token, own, other *Text, there *[maxAsked]bool) {
	var wanted set
	lacking := 0
	for n, w := range asked {
		if !there[n] && name(w) {
			wanted.add(w.stem)
			lacking++
		}
	}
	if lacking == 0 {
		return
	}
	var q questions
	for _, w := range other.Words {
		if name(w) && wanted.has(w.stem) && !q.add(w) {
			return
		}
	}
	for _, w := range own.Words {
		if i := q.find(w.Hash()); i != 0 {
			q.names[i-1].stem = 0
		}
	}
	var has set
	for _, x := range q.names {
		has.add(x.stem)
	}
	met := *there
	for n, w := range asked {
		if !there[n] && name(w) && has.has(w.stem) {
			met[n] = true
			lacking--
		}
	}
	if lacking == 0 {
		*there = met
	}
}
