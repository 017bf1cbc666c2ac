package candidate

import (
	"math"
	"slices"

	"dedupe/similarity"
	"dedupe/text"
)

// Anchor is what the index keeps of a text: two telling words that follow each
// other, whatever small words stand between them.
//
//	Orban    has spoken with   Trump   about the  arrangements of the   summit
//	`------- anchor 1 ---------'`------ anchor 2 -'`----- anchor 3 --------'
//
// Anchors survive what shingles do not: changed function words, inflected verbs
// and short insertions. On the data sets one anchor in three finds 98 to 100 %
// of the links that comparing everything finds, in the space in which one
// 4-word shingle in eight finds 90 to 98 %. Of names all are kept: stories in one press
// office's phrases differ by them.
type Anchor struct {
	Hash     uint64
	From, To int  // words of the profile; To is the later one
	Sampled  bool // by its hash: every text that has it keeps it
	Name     bool // texts of any length keep it where it is a name
}

// telling reports whether a word tells of its story: a word of six letters or
// more, a name inside a sentence, a character of a script without spaces.
func telling(w similarity.Token) bool {
	return w.Weight() >= 4 || w.Weight() == 1 || w.Weight() > 0 && inside(w)
}

// sparse is how many words there are to a telling one in a text, at least, in
// which telling words are too far apart to be anchors; languages of short words
// are like that.
const sparse = 12

// Anchors appends the anchors of a text to dst: a guard in each run of Guard words
// without any pair that is sampled, and those by which candidates are searched. shingles are those of the profile.
func (o Options) Anchors(dst []Anchor, p *similarity.Profile, shingles []uint64) []Anchor {
	own := len(dst)
	dst, pairs := o.pairs(dst, p)
	return o.rest(guards(dst, dst[own:], shingles, p.K), p, pairs)
}

// Sampled returns those pairs of a text that every text keeps which has them, in the order of the
// text.
func (o Options) Sampled(p *similarity.Profile) []Anchor {
	pairs, _ := o.pairs(nil, p)
	return slices.DeleteFunc(pairs, func(a Anchor) bool { return !a.Sampled })
}

// Searched appends the anchors of a text by which candidates are searched to dst: one
// pair of telling words in Sample, all names, all pairs of a short text; of a text with few telling words
// shingles besides, one in shingleSample; and as the last one the text as a whole, by which
// equal texts find each other whatever of them is boilerplate.
func (o Options) Searched(dst []Anchor, p *similarity.Profile) []Anchor {
	dst, pairs := o.pairs(dst, p)
	return o.rest(dst, p, pairs)
}

// keep appends an anchor if it is a name, if one in sample is kept and it is among them, or if all are.
func keep(dst []Anchor, hash uint64, from, to, sample int, name, all bool) []Anchor {
	if sampled := similarity.Sampled(hash, sample); sampled || name || all {
		return append(dst, Anchor{hash &^ guardBit, from, to, sampled, name})
	}
	return dst
}

// Counted reports whether texts of any length keep the anchor, so that it counts in the size of
// a sketch. Others are kept in short texts only, or as guards.
func (a Anchor) Counted() bool { return a.Sampled || a.Name }

// pairs appends the pairs of telling words that are kept, and returns how many there are in
// all.
func (o Options) pairs(dst []Anchor, p *similarity.Profile) (_ []Anchor, n int) {
	last := -1
	for i, w := range p.Words {
		if !telling(w) {
			continue
		}
		if last >= 0 && p.Words[last].Hash() != w.Hash() {
			name := last == i-1 && named(p.Words, i)
			dst = keep(dst, similarity.PairHash(p.Words[last], w), last, i, o.Sample, name, len(p.Words) < o.Short)
			n++
		}
		last = i
	}
	return dst, n
}

// named reports whether a word and the one before it are a name, or two words of one of three:
// with capitals, inside a sentence. More of them together are a headline, as pages list those of
// their latest stories.
func named(words []similarity.Token, i int) bool {
	const longest = 3
	if !inside(words[i-1]) || !inside(words[i]) {
		return false
	}
	from, to := i-1, i+1
	for ; from > 0 && to-from <= longest && inside(words[from]) && words[from-1].Kind()&text.Capital != 0; from-- {
	}
	for ; to < len(words) && to-from <= longest && inside(words[to]); to++ {
	}
	return to-from <= longest
}

// inside reports whether a word has a capital and does not begin a sentence.
func inside(w similarity.Token) bool { return w.Kind()&(text.Capital|text.Sentence) == text.Capital }

// rest appends the anchors besides the pairs, of which there are so many.
func (o Options) rest(dst []Anchor, p *similarity.Profile, pairs int) []Anchor {
	const shingleSample = 8
	if pairs*sparse < len(p.Words) {
		for i, h := range p.Shingles(nil) {
			dst = keep(dst, h, i, i+p.K-1, shingleSample, false, len(p.Words) < o.Short)
		}
	}
	return append(dst, Anchor{Hash: p.Whole() &^ guardBit, From: -1, To: -1})
}

// Guard is the length of a run of words, wherever it stands, that has an anchor in
// it which every text with that run has.
const Guard = 16

// GuardOf is the hash of the anchor that every text has which has a run of Guard words without
// a sampled pair. shingles are those of the run.
func GuardOf(shingles []uint64) uint64 { return slices.Min(shingles) | guardBit }

// guardBit is set in the hashes of guards and in no other: they stand at the end
// of an index. They tell who holds a passage and are not searched for candidates,
// for which they would be a third more.
const guardBit = 1 << 63

// guards appends an anchor for each run of Guard words in which no pair stands
// that is sampled, for a name depends on what stands around; kept are all kept pairs. It is the shingle with
// the least hash (winnowing, Schleimer et al. 2003, in the gaps of the sample), and
// depends on the words of the run alone.
//
//	words   . . . . . . . . . . . . . . . . . . . . . . .
//	kept    `a-'                                  `b--'
//	runs       `------------------------------'  each between them has a guard
func guards(dst, kept []Anchor, shingles []uint64, k int) []Anchor {
	next, ends := len(kept)-1, math.MaxInt // where the first kept anchor from a run's first word on ends
	least, last := -1, -1
	for from := len(shingles) + k - 1 - Guard; from >= 0; from-- {
		for ; next >= 0 && kept[next].From >= from; next-- {
			if kept[next].Sampled {
				ends = min(ends, kept[next].To)
			}
		}
		if ends < from+Guard {
			least = -1
			continue
		}
		if to := from + Guard - k; least < from || least > to {
			least = to
			for i := to - 1; i >= from; i-- {
				if shingles[i] < shingles[least] {
					least = i
				}
			}
		} else if shingles[from] < shingles[least] {
			least = from
		}
		if least != last {
			dst = append(dst, Anchor{Hash: shingles[least] | guardBit, From: least, To: least + k - 1})
			last = least
		}
	}
	return dst
}

// Guard reports whether the anchor is a guard.
func (a Anchor) Guard() bool { return a.Hash&guardBit != 0 }

// Whole reports whether the anchor is all of a text.
func (a Anchor) Whole() bool { return a.From < 0 }
