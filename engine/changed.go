package engine

import (
	"bytes"
	"cmp"
	"context"
	"math"
	"slices"

	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/text"
)

// changed is the shingles that became or ceased to be boilerplate since articles were linked,
// and keys of the index: who has one of the shingles in boilerplate has one of the keys.
type changed struct {
	shingles boilerplate.Shingles[bool]
	keys     []uint64
	told     []string          // what the shingles say, as text.Letters writes it
	needs    map[uint64]uint64 // of a shingle: which of them each text with it has, a bit each; of shingles that an earlier run left it is not known
}

func (s *changed) add(x *storage.Changed) {
	for _, h := range x.Shingles {
		if s.shingles.Get(h) { // and back
			s.shingles.Delete(h)
		} else {
			s.shingles.Set(h, true)
		}
	}
	s.keys = append(s.keys, x.Keys...)
}

// tell notes what those changed shingles say that an article has.
func (e *Engine) tell(ctx context.Context, seq uint32, shingles []uint64, changed map[uint64]bool) error {
	const most = 64 // shingles: of more it takes as long to ask for what they say as to make a text's words
	if len(changed) > most {
		return nil
	}
	body, words, err := e.visible(ctx, seq)
	if err != nil {
		return err
	}
	for i, h := range shingles {
		if changed[h] {
			e.changed.tell(h, body, words[i:i+e.opt.Shingle])
		}
	}
	return nil
}

// tell notes what a shingle says, whose words are these of a body, while there is room.
func (s *changed) tell(h uint64, body string, words []text.Word) {
	const enough = 5 // letters: fewer stand in any text
	needs := uint64(0)
	note := func(letters []byte) {
		n := slices.Index(s.told, string(letters))
		if n < 0 && len(s.told) < 64 && len(letters) >= enough {
			n = len(s.told)
			s.told = append(s.told, string(letters))
		}
		if n >= 0 {
			needs |= 1 << n
		}
	}
	var run []byte // of words that follow one another and are written in ASCII letters
	for _, w := range words {
		letters, ok := text.Letters(nil, body[w.Start:w.End])
		if ok && text.Hash(letters) == w.Hash {
			run = append(run, letters...)
			continue
		}
		note(run)
		run = nil
	}
	note(run)
	if s.needs == nil {
		s.needs = map[uint64]uint64{}
	}
	s.needs[h] |= needs
}

// asked returns what a text with one of the shingles says: all of one of the sets. nil: that is not
// known of each shingle.
func (s *changed) asked() (sets []uint64) {
	for h := range s.shingles.All() {
		if s.needs[h] == 0 {
			return nil
		}
		sets = append(sets, s.needs[h])
	}
	return sets
}

// lacks reports whether a body, without the spans that are not compared, surely says all of none of the
// sets. Cost: a pass over it and one for each that is told, together a tenth of what it takes to make the
// words of an article.
func (s *changed) lacks(w *worker, body string, skip []similarity.Span, sets []uint64) bool {
	if sets == nil {
		return false
	}
	letters, at := w.letters[:0], uint32(0)
	for _, span := range append(slices.Clip(skip), similarity.Span{Start: uint32(len(body))}) {
		var ok bool
		letters, ok = text.Letters(letters, body[at:max(at, span.Start)])
		if w.letters = letters; !ok {
			return false
		}
		at = max(at, span.End)
	}
	has := uint64(0)
	for n, word := range s.told {
		if bytes.Contains(letters, []byte(word)) {
			has |= 1 << n
		}
	}
	return !slices.ContainsFunc(sets, func(set uint64) bool { return set&^has == 0 })
}

// relinkChanged lets the articles of which other text is boilerplate now enter at link, and
// those that were compared with one of them: what is left of a candidate counts in what
// the two share.
func (e *Engine) relinkChanged(ctx context.Context) error {
	if e.changed.shingles.Len() == 0 {
		return nil
	}
	b := &storage.Batch{Run: e.run, Rejudged: true}
	waiting, err := e.at(ctx, storage.Link)
	if err != nil {
		return err
	}
	if e.others(waiting) {
		held, err := e.holders(ctx)
		if err != nil {
			return err
		}
		later, err := e.store.PairedWith(ctx, held)
		if err != nil {
			return err
		}
		e.log.Debug("linked again", "held", len(held), "compared with them", len(later))
		b.Work.Enter(storage.Link, held...)
		b.Work.Enter(storage.Link, e.living(sortedUnique(later))...)
	}
	e.changed = changed{}
	if err := e.write(ctx, b); err != nil {
		return err
	}
	return e.writes.wait()
}

// holders returns the living articles of which other words are boilerplate by the shingles
// that changed.
func (e *Engine) holders(ctx context.Context) (held []uint32, err error) {
	q := e.query(ctx, nil, math.MinInt64, math.MaxInt64)
	q.Keys = sortedUnique(e.changed.keys)
	var likely []uint32
	if err := q.Holders(func(_ uint64, seq uint32) { likely = append(likely, seq) }); err != nil {
		return nil, err
	}
	likely = e.living(sortedUnique(likely))
	has := make([]bool, len(likely))
	asked := e.changed.asked()
	err = e.each(len(likely), func(w *worker, i int) error {
		seq := likely[i]
		t, _ := e.cache.Get(seq)
		var p *similarity.Profile
		if t != nil {
			p = t.Profile
		} else {
			words, err := e.words(ctx, seq)
			if storage.IsDamage(err) {
				return e.store.Tell(ctx, err)
			}
			if err != nil {
				return err
			}
			skip := spans(e.opt.Agencies.Frames(words.Headline, words.Body))
			if e.changed.lacks(w, words.Body, skip, asked) {
				return nil
			}
			p = w.builder.Build(words.Outlet, words.Headline, words.Body, skip)
		}
		w.shingles = p.Shingles(w.shingles[:0])
		if e.boilerplate.Same(p, w.shingles, e.changed.shingles.Get) {
			return nil // most have nothing to do with it and are not kept
		}
		has[i] = true
		e.keep(seq, e.boilerplate.Mark(p, w.shingles, t))
		return nil
	})
	for i, seq := range likely {
		if has[i] {
			held = append(held, seq)
		}
	}
	e.log.Debug("boilerplate changed", "shingles", e.changed.shingles.Len(), "perhaps in articles", len(likely), "in", len(held))
	return held, err
}

// keysOn returns keys of the index about the given shingles of k words of a text: another text
// that has such a shingle in a run of candidate.Guard words in common with this one has one of them.
// A sampled pair within the shingle is one. Else the nearest on each side are, and one around it, in
// those runs that reach so far; runs without a sampled pair have a guard. pairs are those of
// candidate.Options.Sampled.
//
//	pairs     a-a   b--b      c-c    d--d
//	shingle              [....]
//	runs          `-----------------'          b or c is in each, or else it has a guard
func keysOn(pairs []candidate.Anchor, shingles []uint64, p boilerplate.Passage, changed map[uint64]bool, k int) (keys []uint64) {
	for i := p.Start; i < p.Start+p.Len-k+1; i++ {
		if !changed[shingles[i]] {
			continue
		}
		end := i + k
		// Of two pairs the one that begins later ends later.
		at, _ := slices.BinarySearchFunc(pairs, i, func(x candidate.Anchor, i int) int { return cmp.Compare(x.From, i) })
		if at < len(pairs) && pairs[at].To < end {
			keys = append(keys, candidate.Key(pairs[at].Hash))
			continue
		}
		near := pairs[at:min(at+1, len(pairs))] // to the right, around and to the left
		for n := at - 1; n >= 0 && len(near) < 3; n-- {
			near = append(slices.Clip(near), pairs[n])
			if pairs[n].To < end {
				break
			}
		}
		last := min(i, len(shingles)+k-1-candidate.Guard)
		if last < 0 { // no run is that long
			for _, x := range near {
				keys = append(keys, candidate.Key(x.Hash))
			}
		}
		for from := max(0, end-candidate.Guard); from <= last; from++ {
			n := slices.IndexFunc(near, func(x candidate.Anchor) bool { return x.From >= from && x.To < from+candidate.Guard })
			hash := uint64(0)
			if n >= 0 {
				hash = near[n].Hash
			} else {
				hash = candidate.GuardOf(shingles[from : from+candidate.Guard-k+1])
			}
			if key := candidate.Key(hash); len(keys) == 0 || keys[len(keys)-1] != key {
				keys = append(keys, key)
			}
		}
	}
	return keys
}
