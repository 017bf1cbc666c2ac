package engine

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"dedupe/candidate"
	"dedupe/similarity"
)

// hit counts what a candidate shares with the article that is judged.
type hit struct {
	seq  uint32
	all  uint16 // anchors
	kept uint16 // those that are not boilerplate
	rare uint16 // those of them that few have
}

// whole reports whether the two have the same text.
func (h hit) whole() bool { return h.all == math.MaxUint16 }

// slightest is how many anchors a candidate shares at least.
const slightest = 2

// purpose is what candidates are wanted for.
type purpose struct {
	cosine bool                            // they stand in the order of the cosine of the sketches, else of what is shared
	count  func(hit) (shared, rare uint16) // what counts of a hit: anchors, and rare ones among them
	slight int                             // how many are looked at that share less than is required, of anchors that many have
	// Beyond Candidates.Best only those count that share enough rare anchors, for more texts in stock
	// phrases say nothing; and those that are short beside the article, which may be a roundup of many.
	rareBeyond bool
	// Of those that share as much the first and the last stand in turn: the first may all be copies of one story,
	// after a few of which no more are looked at.
	inTurn bool
}

var (
	toLearn = purpose{count: func(h hit) (shared, rare uint16) { return h.all, 0 }, inTurn: true}
	toLink  = purpose{count: func(h hit) (shared, rare uint16) { return h.kept, h.rare }, cosine: true, slight: 2, rareBeyond: true}
)

// count counts the candidates of an article, in no order. They are valid until the
// next call for the same worker.
func (w *worker) count(seq uint32, found found) []hit {
	n := 0
	for _, part := range found {
		n += len(part.Hits(seq))
	}
	// Open addressing: article -> place in hits + 1.
	size := bits.Len(uint(2 * n))
	if cap(w.slots) < 1<<size {
		w.slots = make([]uint32, 1<<size)
	}
	slots := w.slots[:1<<size]
	clear(slots)
	hits := w.hits[:0]
	for _, part := range found {
		for _, f := range part.Hits(seq) {
			at := f.Article() * 0x9E3779B1 >> (32 - size)
			for slots[at] != 0 && hits[slots[at]-1].seq != f.Article() {
				at = (at + 1) & (1<<size - 1)
			}
			if slots[at] == 0 {
				hits = append(hits, hit{seq: f.Article()})
				slots[at] = uint32(len(hits))
			}
			h := &hits[slots[at]-1]
			switch {
			case f.Whole(): // outranks all others
				h.all, h.kept = math.MaxUint16, math.MaxUint16
			case h.all < math.MaxUint16-1:
				h.all++
				if f.Kept() {
					h.kept++
					if f.Rare() {
						h.rare++
					}
				}
			}
		}
	}
	w.hits = hits
	return hits
}

// ranking is candidates of an article in the order in which they are looked at: first those that
// share as much as is required, then others, which can be rewrites at most.
type ranking struct {
	list   []uint32
	likely int // so many are of the first
}

func (r ranking) equal(o ranking) bool { return r.likely == o.likely && slices.Equal(r.list, o.list) }

// best returns the candidates of an article that are worth looking at, of either sort those
// most alike first (see purpose) and of equals the earlier, or the first and the last in turn. What a pair shares of the
// smaller sketch estimates containment: a pair far below every threshold is left
// out. Less is enough where few articles have it: a rewrite keeps
// little of its source, but what it keeps is nobody else's. And the sample is small:
// of those that share less the first few follow, for one of a heavy rewrite may have
// been unlucky. left is how many anchors of its sketch count at all.
func (e *Engine) best(seq uint32, left uint16, hits []hit, to purpose) ranking {
	type one struct {
		seq    uint32
		order  float64 // by which the first are taken
		rare   bool    // what it shares that is rare is enough
		likely bool    // it shares as much as is required
		held   bool    // so does one of half the length at most: the article may hold it beside others
	}
	var worth, slight []one
	sample := float64(max(1, e.opt.Candidates.Sample))
	at := e.place(seq)
	own := min(left, at.Size.Sampled())
	for _, h := range hits {
		n, rare := to.count(h)
		if n == 0 {
			continue
		}
		size := e.place(h.seq).Size
		sketch := min(own, size.Sampled())
		shared, few := float64(n), float64(rare) // as of samples
		if at.Size.Short() && size.Short() && !h.whole() {
			shared, few = shared/sample, few/sample
		}
		c := one{seq: h.seq, order: shared, rare: few >= float64(requiredRare(sketch)), likely: int(n) >= required(sketch)}
		c.held = c.likely && 2*size.Sampled() <= own
		if to.cosine && !h.whole() { // squared, and without the own sketch, which is the same for all
			c.order *= c.order / float64(max(1, size.Sampled()))
		}
		switch {
		case c.rare || c.likely:
			worth = append(worth, c)
		case to.slight > 0 && n >= slightest && !e.sameOutlet(seq, h.seq):
			// The best of them, in order: few, so each new one is put in its place.
			at, _ := slices.BinarySearchFunc(slight, c, func(a, b one) int {
				return cmp.Or(cmp.Compare(b.order, a.order), e.compare(a.seq, b.seq))
			})
			if at < to.slight {
				slight = slices.Insert(slight[:min(len(slight), to.slight-1)], at, c)
			}
		}
	}
	slices.SortFunc(worth, func(a, b one) int {
		return cmp.Or(cmp.Compare(b.order, a.order), e.compare(a.seq, b.seq))
	})
	if to.inTurn {
		for at := 0; at < len(worth); {
			n := at + 1
			for n < len(worth) && worth[n].order == worth[at].order {
				n++
			}
			fromBothEnds(worth[at:n])
			at = n
		}
	}
	if best := e.opt.Candidates.Best; to.rareBeyond && len(worth) > best {
		rest := slices.DeleteFunc(worth[best:], func(c one) bool { return !c.rare && !c.held })
		worth = append(worth[:best], rest...)
	}
	worth = worth[:min(len(worth), e.opt.Candidates.Most)]
	r := ranking{list: make([]uint32, 0, len(worth)+len(slight))}
	for _, likely := range []bool{true, false} {
		for _, c := range worth {
			if c.likely == likely {
				r.list = append(r.list, c.seq)
			}
		}
		if likely {
			r.likely = len(r.list)
		}
	}
	for _, c := range slight {
		r.list = append(r.list, c.seq)
	}
	return r
}

// fromBothEnds puts the last of a list after the first, the last but one after the second, and so on.
func fromBothEnds[T any](list []T) {
	for i := 1; i < len(list); i += 2 {
		last := list[len(list)-1]
		copy(list[i+1:], list[i:])
		list[i] = last
	}
}

// required is how many sampled anchors two articles must share to be compared,
// of the smaller sketch: a seventh, three standard deviations below where links
// begin, and less for small sketches, whose counts scatter more.
func required(sampled uint16) int {
	switch {
	case sampled <= 10:
		return 1
	case sampled <= 20:
		return 2
	}
	return int(sampled)/7 + 1
}

// requiredRare is how many anchors that few articles have are enough instead: a
// tenth, and two.
func requiredRare(sampled uint16) int { return max(2, (int(sampled)+9)/10) }

// anchors returns the anchors of a text, in the worker's memory, as its shingles are then.
func (e *Engine) anchors(w *worker, p *similarity.Profile) []candidate.Anchor {
	w.shingles = p.Shingles(w.shingles[:0])
	w.anchors = e.opt.Candidates.Anchors(w.anchors[:0], p, w.shingles)
	return w.anchors
}

// covered reports whether an anchor is boilerplate.
func covered(t *similarity.Text, a candidate.Anchor) bool {
	return t.Boilerplate != nil && a.From >= 0 && t.Boilerplate[a.From] && t.Boilerplate[a.To]
}
