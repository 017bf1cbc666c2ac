// Package candidate finds the stored articles that are worth comparing with an
// article: those that share sampled anchors with it.
//
// The index is inverted: a posting says that an anchor stands in an article.
// Postings live in sorted segments, as in a log-structured merge tree (O'Neil
// et al. 1996): a batch of articles adds one segment, segments of like size are
// merged. A cron run so appends instead of touching a page for each posting,
// and a batch is looked up by one ordered walk.
//
//	segment   | key 3: a9 a17 | key 8: a2 | key 8: a31 | ...
//	block      `---- 128 postings, delta coded ----'
//
// Of an anchor's articles only the first few and the last few that stand before
// an article inside its window are its candidates (the heads of the list), in
// the canonical order of articles (date, then key). A story copied a thousand
// times so costs each copy a handful of comparisons, and what is compared is a
// function of the stored articles alone, not of the order in which they came.
package candidate

import (
	"cmp"
	"slices"
	"time"
)

// Posting says that an anchor stands in an article: the anchor's [Key], which
// is the high 36 bits of its hash, then the 28 bits of the article's number.
type Posting uint64

// MaxArticle is the largest article number an index can hold.
const MaxArticle = 1<<articleBits - 1

const articleBits = 28

func posting(hash uint64, article uint32) Posting {
	return Posting(hash&^(1<<articleBits-1) | uint64(article))
}

// Article is the article's number.
func (p Posting) Article() uint32 { return uint32(p & MaxArticle) }

// Key is the [Key] of the anchor's hash; postings of one anchor are equal in it.
func (p Posting) Key() uint64 { return uint64(p) >> articleBits }

// Guard reports whether the posting is of a guard.
func (p Posting) Guard() bool { return p&guardBit != 0 }

// KeyBits is the number of bits of a [Key].
const KeyBits = 64 - articleBits

// Key is the part of an anchor's hash that the index holds.
func Key(hash uint64) uint64 { return hash >> articleBits }

// Options say what goes into a sketch.
type Options struct {
	Sample int // one anchor in Sample is kept, from 1
	Short  int // a text of fewer words keeps all its anchors
	Heads  int // articles of an anchor that are candidates
	Rare   int // an anchor is rare for an article when fewer before it in its window have it
	Best   int // candidates of an article that are compared for links; beyond them, only such as share rare anchors, or are half as long at most
	Most   int // candidates that are compared at most
	Links  int // copies of an article, but for rewrites and parts of it, after which its further candidates are not looked at
}

// DefaultOptions returns the values measured best; docs/decisions/007-candidates.md has the figures.
func DefaultOptions() Options {
	return Options{Sample: 3, Short: 120, Heads: 10, Rare: 10, Best: 6, Most: 16, Links: 4}
}

// DefaultWindow is how far apart the dates of two articles may be that are compared,
// unless another window is set.
const DefaultWindow = 45 * 24 * time.Hour

// Sketch appends the postings of an article's anchors to dst, sorted and
// without repetition.
func Sketch(dst []Posting, anchors []Anchor, article uint32) []Posting {
	start := len(dst)
	for _, a := range anchors {
		dst = append(dst, posting(a.Hash, article))
	}
	slices.Sort(dst[start:])
	return dst[:start+len(slices.Compact(dst[start:]))]
}

// Common counts the different anchors that texts of any length keep, up to 65535.
func Common(anchors []Anchor) uint16 {
	var memory [256]uint64
	keys := memory[:0]
	for _, a := range anchors {
		if a.Counted() {
			keys = append(keys, Key(a.Hash))
		}
	}
	slices.Sort(keys)
	return uint16(min(len(slices.Compact(keys)), 1<<16-1))
}

// Size says how many anchors of an article are kept: 15 bits how many of those that texts of any
// length keep, and the highest bit for a text that keeps others besides.
type Size uint16

const keepsAll Size = 1 << 15

// SizeOf is the size of a sketch with these anchors.
func SizeOf(anchors []Anchor) Size {
	s := min(Size(Common(anchors)), keepsAll-1)
	if slices.ContainsFunc(anchors, func(a Anchor) bool { return !a.Counted() && !a.Guard() && !a.Whole() }) {
		s |= keepsAll
	}
	return s
}

// Sampled is how many different anchors of the article texts of any length keep, up to 32767.
func (s Size) Sampled() uint16 { return uint16(s &^ keepsAll) }

// Short reports whether the article keeps all its anchors, and has others than texts of any
// length keep. Two such articles share several times what they would share of a sample.
func (s Size) Short() bool { return s&keepsAll != 0 }

// Place is where an article stands among all: what the window and the
// canonical order need to know of it.
type Place struct {
	Date   int64  // seconds; Undated when unknown
	Key    uint64 // of the article's identity: breaks ties
	Outlet uint32 // who published it; 0 when unknown
	Size   Size   // of its sketch
	Dead   bool   // superseded, forgotten or frozen: never a candidate
	Frozen bool   // it is not judged any more, and counts in its cluster; Dead too
}

// Places are the places of all articles; the first is that of article 1.
type Places []Place

// At is the place of an article.
func (p Places) At(article uint32) *Place { return &p[article-1] }

// Undated is the date of an article whose date is not known. It comes after all
// others and lies in every window.
const Undated = 1<<63 - 1

// Compare orders places: by date, then by key.
func (p *Place) Compare(q *Place) int {
	if c := cmp.Compare(p.Date, q.Date); c != 0 {
		return c
	}
	return cmp.Compare(p.Key, q.Key)
}

// Window bounds how far apart the dates of two articles may be.
type Window struct{ Seconds int64 } // 0: unlimited

// Start is the date from which articles can be candidates of one dated date.
// It moves in steps of an eighth of the window, so that articles of about one
// time share their heads; the window is at least seven eighths of what is asked.
func (w Window) Start(date int64) int64 {
	if w.Seconds <= 0 || date == Undated {
		return -1 << 63
	}
	step := w.Step()
	q := date / step
	if date%step < 0 {
		q--
	}
	return q*step - w.Seconds + step
}

// Step is by how much Start moves at once.
func (w Window) Step() int64 { return max(1, w.Seconds/8) }

// Holds reports whether two dates are at most the window apart.
func (w Window) Holds(a, b int64) bool {
	if w.Seconds <= 0 || a == Undated || b == Undated {
		return true
	}
	return max(a, b)-min(a, b) <= w.Seconds
}
