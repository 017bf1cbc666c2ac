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
// Nothing here depends on what is boilerplate already: what [Learn] says of an
// article follows from the articles it is seen beside. It is the article's vote,
// and a [Set] counts votes, which can be taken back.
package boilerplate

import (
	"slices"

	"dedupe/similarity"
)

// The length of a passage that can be boilerplate, in words. Shorter ones are
// phrases of the language; longer ones are stories, whatever their headlines.
const (
	MinPassage = 8
	MaxPassage = 300
)

// longest is the length of the longest passage that may be boilerplate though no
// outlet is seen to have it twice, in words; scraped pages that are nothing but
// a prompt have 7 to 110. An outlet prints what is longer on page after page when
// it is boilerplate, and once when it is a story that outlets wrapped each into a
// text of its own.
const longest = 120

// DefaultStories is in how many unrelated stories a passage stands from which it is
// boilerplate, unless another number is set.
const DefaultStories = 3

// Sighting is an article that shares passages with the one being looked at.
type Sighting struct {
	Article   uint32
	Outlet    uint32 // 0: unknown, it may be any
	Headline  []similarity.Token
	Unrelated bool
	Passages  []similarity.Run // A is the place in the article being looked at
	Tells     []bool           // the passage tells the headline of one of the two: it is story
	Apart     []bool           // the passage stands apart in both (see [Apart]); of unrelated articles only
}

// Sight is what the article on the scale shares with another, which was measured
// against it last.
func Sight(scale *similarity.Scale, other *similarity.Text, article, outlet uint32, unrelated bool) Sighting {
	s := Sighting{Article: article, Outlet: outlet, Headline: other.Headline, Unrelated: unrelated}
	for _, r := range scale.Passages() {
		if r.Len >= MinPassage {
			s.Passages = append(s.Passages, r)
			s.Tells = append(s.Tells, scale.Tells(other, r))
		}
	}
	if unrelated {
		s.Apart = Apart(scale.Loaded(), other.Profile, s.Passages)
	}
	return s
}

// Passage is a run of words of one article.
type Passage struct{ Start, Len int }

// Learn returns the passages of x, an article of the given outlet, that are
// boilerplate by its sightings: those that x shares with at least stories-1
// articles which are unrelated to x and to each other; the union over all such
// groups. A passage that tells a headline in any sighting is story and is spared,
// and so is a long one that no outlet has twice. unrelated is asked for pairs of
// sighted articles. Between two outlets only what stands apart counts: a sentence
// within a paragraph of story is a quote, and in a large store every quotable
// sentence stands in three unrelated stories. Cost: with n sightings at most n^(stories-1) steps; callers
// keep n under about a dozen.
func Learn(x *similarity.Profile, outlet uint32, sightings []Sighting, stories int, unrelated func(a, b uint32) bool) []Passage {
	var others []Sighting
	for _, s := range sightings {
		if s.Unrelated {
			others = append(others, s)
		}
	}
	if len(others) < stories-1 {
		return nil
	}
	n := len(x.Words)
	found := make([]bool, n)
	all := make([]bool, n)
	for i := range all {
		all[i] = true
	}
	any := false
	var extend func(covered []bool, chosen []uint32, from int)
	extend = func(covered []bool, chosen []uint32, from int) {
		if len(chosen) == stories-1 {
			for i, c := range covered {
				found[i] = found[i] || c
			}
			any = true
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
	extend(all, nil, 0)
	if !any {
		return nil
	}
	for _, s := range sightings {
		for i, r := range s.Passages {
			if s.Tells[i] {
				clear(found[r.A : r.A+r.Len])
			}
		}
	}
	of := make([]sums, len(sightings))
	for i, s := range sightings {
		of[i] = newSums(n, s.Passages, func(r similarity.Run) int { return r.A })
	}
	var out []Passage
	run := 0
	for i := 0; i <= n; i++ {
		if i < n && found[i] {
			run++
			continue
		}
		if run >= MinPassage && run <= MaxPassage && scattered(x.Headline, sightings, of, i-run, i) &&
			(run <= longest || recurs(outlet, sightings, of, i-run, i)) {
			out = append(out, Passage{i - run, run})
		}
		run = 0
	}
	return out
}

// scattered reports whether the words from one place to another stand under
// nearly as many headlines as there are articles that have them. A story keeps
// its headline at most outlets, even one that its text does not tell; boilerplate
// stands under a headline a page.
// of counts the words of each sighting's passages.
func scattered(own []similarity.Token, sightings []Sighting, of []sums, from, to int) bool {
	different, all := [][]similarity.Token{own}, 1
next:
	for i, s := range sightings {
		if 5*of[i].of(from, to) < 4*(to-from) {
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

// recurs reports whether some outlet has the words from one place to another in
// two articles.
func recurs(own uint32, sightings []Sighting, of []sums, from, to int) bool {
	outlets := []uint32{own}
	for i, s := range sightings {
		if 5*of[i].of(from, to) < 4*(to-from) {
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
		if r.Len < MinPassage || !one && !s.Apart[n] {
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
