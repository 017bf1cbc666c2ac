// Package boilerplate learns which passages are boilerplate of pages (sign-in
// prompts, cookie notes, footers of a station group) and not of the stories.
//
// A passage is boilerplate when it stands in several stories that are not copies
// of each other. Counting articles instead would throw away every big wire
// story; counting different headlines would throw away those that each outlet
// retitles. So the count is of articles that are mutually unrelated, as judged
// by [similarity.Evidence].Unrelated from the raw texts: neither headline is
// told by the other's page, or the story of one is beside what they share, and
// what the pages do not share is about other things.
//
//	x  [headline] story of x ......... | sign in to get alerts daily | © group
//	y1 [headline] story of y1 ... | sign in to get alerts daily | © group
//	y2 [headline] sign in to get alerts daily | © group
//	              x-y1, x-y2, y1-y2 unrelated: the passage that all three share is boilerplate
//
// An article that has half of what the page shares with a copy of it does not count: it tells
// that story too.
//
// Nothing here depends on what is boilerplate already: what [Learn] says of an
// article follows from the articles it is seen beside. It is the article's vote,
// and a [Set] counts votes, which can be taken back.
package boilerplate

import (
	"slices"

	"dedupe/similarity"
)

// The length of a passage that can be boilerplate, in words; of scripts without spaces three
// characters count as a word where it is long. Shorter ones are
// phrases of the language; longer ones are stories, whatever their headlines.
const (
	MinPassage = 8
	MaxPassage = 300
)

// unrepeated is how many words of one block of a page may be boilerplate though no outlet is seen to
// have them twice; scraped pages that are nothing but a prompt have 7 to 110. An outlet
// prints more on page after page when it is boilerplate, and once when it is a story that
// outlets wrapped each into a text of its own, edited or not.
const unrepeated = 120

// DefaultStories is in how many unrelated stories a passage stands from which it is
// boilerplate, unless another number is set.
const DefaultStories = 3

// Sighting is an article that shares passages with the one being looked at.
type Sighting struct {
	Article   uint32
	Outlet    uint32 // 0: unknown, it may be any
	Words     int    // of its text
	Headline  []similarity.Token
	Unrelated bool
	Related   bool             // the headlines say that both tell one story
	Passages  []similarity.Run // A is the place in the article being looked at
	Tells     []bool           // the passage tells the headline of one of the two: it is story
	Apart     []bool           // the passage stands apart in both (see [Apart]); of unrelated articles only
}

// Sight is what the article on the scale shares with another, which was measured
// against it last, with that evidence.
func Sight(scale *similarity.Scale, other *similarity.Text, article, outlet uint32, e *similarity.Evidence) Sighting {
	s := Sighting{Article: article, Outlet: outlet, Words: len(other.Profile.Words), Headline: other.Headline, Unrelated: e.Unrelated, Related: scale.OneStory(other, e)}
	for _, r := range scale.Passages() {
		if r.Len >= MinPassage {
			s.Passages = append(s.Passages, r)
			s.Tells = append(s.Tells, scale.Tells(other, r))
		}
	}
	if s.Unrelated {
		s.Apart = Apart(scale.Loaded(), other.Profile, s.Passages)
	}
	return s
}

// Passage is a run of words of one article.
type Passage struct{ Start, Len int }

// Learn returns the passages of x, an article of the given outlet, that are
// boilerplate by its sightings: those that x shares with at least stories-1
// articles which are unrelated to x and to each other; the union over all such
// groups. An article that has half of what x shares with a copy of x does not count as
// unrelated, whatever its headline: it tells their story too. A passage that tells a headline in any
// sighting is story and is spared, and so is what stands under few headlines, and a long block that
// no outlet has twice. unrelated is asked for pairs of sighted articles. Between two outlets only what stands apart counts: a
// sentence within a paragraph of story is a quote, and in a large store every quotable
// sentence stands in three unrelated stories. Cost: with s sightings at most s^(stories-1) groups, each a
// pass over the words of x; callers give 16 sightings at most.
func Learn(x *similarity.Profile, outlet uint32, sightings []Sighting, stories int, unrelated func(a, b uint32) bool) []Passage {
	n := len(x.Words)
	of := make([]sums, len(sightings)) // of the words of x that each has
	for i, s := range sightings {
		of[i] = newSums(n, s.Passages, func(r similarity.Run) int { return r.A })
	}
	copies := copiesOf(n, outlet, sightings, of)
	var others []Sighting
	for i, s := range sightings {
		if s.Unrelated && !slices.ContainsFunc(copies, func(copied sums) bool { return 2*of[i].both(copied) >= copied.of(0, n) }) {
			others = append(others, s)
		}
	}
	found := inGroups(n, outlet, others, stories-1, unrelated)
	for _, s := range sightings {
		for i, r := range s.Passages {
			if s.Tells[i] {
				clear(found[r.A : r.A+r.Len])
			}
		}
	}
	var out []Passage
	for _, block := range blocks(found, x.Words) {
		long := 0
		for _, p := range block {
			long += length(x.Words, p)
		}
		out = append(out, slices.DeleteFunc(block, func(p Passage) bool {
			return !scattered(x.Headline, sightings, of, p) || long > unrepeated && !recurs(outlet, sightings, of, p)
		})...)
	}
	return out
}

// inGroups flags the words of x, n of them, that every article of a group has. A group is size of the
// others, all unrelated to each other.
func inGroups(n int, outlet uint32, others []Sighting, size int, unrelated func(a, b uint32) bool) []bool {
	found := make([]bool, n)
	var extend func(covered []bool, chosen []uint32, from int)
	extend = func(covered []bool, chosen []uint32, from int) {
		if len(chosen) == size {
			for i, c := range covered {
				found[i] = found[i] || c
			}
			return
		}
	next:
		for i := from; i < len(others); i++ {
			both := cover(covered, &others[i], outlet)
			if !adds(found, both) {
				continue
			}
			for _, c := range chosen {
				if !unrelated(c, others[i].Article) {
					continue next
				}
			}
			extend(both, append(chosen, others[i].Article), i+1)
		}
	}
	if len(others) >= size {
		extend(slices.Repeat([]bool{true}, n), nil, 0)
	}
	return found
}

// blocks returns the runs of flagged words that are as long as a passage, those of one block together. In a text
// that was edited a run ends at each edited word, and what is left between two of them may be too short.
func blocks(flags []bool, words []similarity.Token) (list [][]Passage) {
	const edited = 2 * MinPassage // words between the runs of a block, at most
	run, end := 0, -edited-1
	for i := 0; i <= len(flags); i++ {
		if i < len(flags) && flags[i] {
			run++
			continue
		}
		if start := i - run; run >= MinPassage && length(words, Passage{start, run}) <= MaxPassage {
			if start-end > edited {
				list = append(list, nil)
			}
			last := &list[len(list)-1]
			*last, end = append(*last, Passage{start, run}), i
		}
		run = 0
	}
	return list
}

// length is that of a passage in words: three characters of a script without spaces are as long as one.
func length(words []similarity.Token, p Passage) int {
	thirds := 3 * p.Len
	for _, w := range words[p.Start : p.Start+p.Len] {
		if w.Weight() == 1 { // only they have that weight
			thirds -= 2
		}
	}
	return (thirds + 2) / 3
}

// copiesOf returns what x, of n words, shares with its copies: with related articles that have half of
// its words, or of which half stand in it. Pages of one outlet may share as much of its boilerplate.
func copiesOf(n int, outlet uint32, sightings []Sighting, of []sums) (copies []sums) {
	for i, s := range sightings {
		if s.Related && (outlet == 0 || s.Outlet != outlet) && 2*of[i].of(0, n) >= min(n, s.Words) {
			copies = append(copies, of[i])
		}
	}
	return copies
}

// scattered reports whether a passage stands under nearly as many headlines as there are articles
// that have it. A story keeps its headline at most outlets, even one that its text does not
// tell; boilerplate stands under a headline a page.
func scattered(own []similarity.Token, sightings []Sighting, of []sums, p Passage) bool {
	different, all := [][]similarity.Token{own}, 1
next:
	for i, s := range sightings {
		if !has(of[i], p) {
			continue
		}
		all++
		for _, h := range different {
			if similarity.Alike(h, s.Headline) {
				continue next
			}
		}
		different = append(different, s.Headline)
	}
	return 3*len(different) >= 2*all
}

// has reports whether a sighted article has most words of a passage.
func has(of sums, p Passage) bool { return 5*of.of(p.Start, p.Start+p.Len) >= 4*p.Len }

// recurs reports whether some outlet has a passage of x, which is of the given outlet, in two articles.
func recurs(own uint32, sightings []Sighting, of []sums, p Passage) bool {
	outlets := []uint32{own}
	for i, s := range sightings {
		if !has(of[i], p) {
			continue
		}
		if s.Outlet == 0 || own == 0 || slices.Contains(outlets, s.Outlet) {
			return true
		}
		outlets = append(outlets, s.Outlet)
	}
	return false
}

// adds reports whether some flag is set that is not set in found.
func adds(found, flags []bool) bool {
	for i, f := range flags {
		if f && !found[i] {
			return true
		}
	}
	return false
}

// cover returns which of the covered words also stand in the long passages of a
// sighting that count between the two outlets, or nil when none does.
func cover(covered []bool, s *Sighting, outlet uint32) []bool {
	one := s.Outlet == outlet || s.Outlet == 0 || outlet == 0
	var out []bool
	for n, r := range s.Passages {
		if !one && !s.Apart[n] {
			continue
		}
		for i := r.A; i < r.A+r.Len; i++ {
			if covered[i] {
				if out == nil {
					out = make([]bool, len(covered))
				}
				out[i] = true
			}
		}
	}
	return out
}
