package detect

import (
	"context"
	"maps"
	"slices"

	"dedupe/boilerplate"
	"dedupe/storage"
	"dedupe/text"
)

// ballot returns the votes of articles; those that have none are left out.
type ballot func(ctx context.Context, seqs []uint32) (map[uint32][]boilerplate.Passage, error)

// poll enters the votes of the judged articles instead of their former ones,
// and takes back those of superseded articles. By what became or ceased to be
// furniture stored articles are stale from now on.
func (e *Engine) poll(ctx context.Context, b *storage.Batch, judged []judgement, votes ballot) error {
	for _, seq := range b.Superseded {
		judged = append(judged, judgement{seq: seq})
	}
	stored := e.firstNew(b)
	var ask []uint32
	for _, j := range judged {
		if j.seq < stored {
			ask = append(ask, j.seq)
		}
	}
	former, err := votes(ctx, ask)
	if err != nil {
		return err
	}
	w := e.newWorker()
	polled := map[int64]bool{}
	turned := map[uint64]bool{}
	vote := func(h uint64, n int) {
		polled[e.furniture.passage[h]] = true
		if !e.furniture.Vote(h, n) {
			return
		}
		if turned[h] { // and back
			delete(turned, h)
		} else {
			turned[h] = true
		}
	}
	for _, j := range judged {
		before := former[j.seq]
		if slices.Equal(before, j.learned) {
			continue
		}
		t, err := e.text(ctx, w, j.seq)
		if storage.IsDamage(err) { // superseded, and what it voted for is not known
			continue
		}
		if err != nil {
			return err
		}
		b.Votes = append(b.Votes, storage.Vote{Article: j.seq, Passages: j.learned})
		w.shingles = t.Profile.Shingles(w.shingles[:0])
		fit, err := e.fits(ctx, j.seq, before, len(w.shingles))
		if err != nil {
			return err
		}
		if !fit {
			before = nil
			delete(former, j.seq)
		}
		if err := e.note(ctx, b, w.shingles, j.seq, j.learned); err != nil {
			return err
		}
		was, is := e.within(w.shingles, before), e.within(w.shingles, j.learned)
		for h := range is {
			if !was[h] {
				vote(h, 1)
			}
		}
		for h := range was {
			if _, known := e.furniture.passage[h]; known && !is[h] { // all are, but of a passage that cannot be read
				vote(h, -1)
			}
		}
	}
	e.settlePolls(b, polled)
	if len(turned) == 0 {
		return nil
	}
	var keys []uint64
	for _, v := range b.Votes {
		t, err := e.text(ctx, w, v.Article)
		if err != nil {
			return err
		}
		anchors := sortAlong(e.anchors(w, t.Profile))
		for _, p := range slices.Concat(former[v.Article], v.Passages) {
			keys = append(keys, anchors.keysOn(w.shingles, p, turned, e.opt.Shingle)...)
		}
	}
	b.Stale = &storage.Stale{First: stored, Shingles: sortedKeys(turned), Keys: sortedUnique(keys)}
	e.stale.add(b.Stale)
	return nil
}

// votesOf returns the votes of stored articles, which may be in flight.
func (e *Engine) votesOf(ctx context.Context, seqs []uint32) (map[uint32][]boilerplate.Passage, error) {
	former := map[uint32][]boilerplate.Passage{}
	var ask []uint32
	for _, seq := range seqs {
		if v, ok := e.flight[1].votes[seq]; ok {
			former[seq] = v
		} else {
			ask = append(ask, seq)
		}
	}
	stored, err := e.store.Votes(ctx, ask)
	maps.Copy(former, stored)
	return former, err
}

// note makes new passages of those shingles of an article's voted ones that stand in none.
func (e *Engine) note(ctx context.Context, b *storage.Batch, shingles []uint64, seq uint32, voted []boilerplate.Passage) error {
	var body string
	var words []text.Word // of the body; read when they are needed
	for _, p := range voted {
		var fresh []uint64
		part := boilerplate.Passage{} // of the passage: from the first of them to the last
		for i := p.Start; i < p.Start+p.Len-e.opt.Shingle+1; i++ {
			h := shingles[i]
			if _, known := e.furniture.passage[h]; known {
				continue
			}
			if len(fresh) == 0 {
				part.Start = i
			}
			part.Len = i + e.opt.Shingle - part.Start
			e.furniture.passage[h] = e.next.Furniture
			fresh = append(fresh, h)
		}
		if len(fresh) == 0 {
			continue
		}
		if words == nil {
			var err error
			if body, words, err = e.visible(ctx, seq); err != nil {
				return err
			}
		}
		e.furniture.passages[e.next.Furniture] = fresh
		b.Learned = append(b.Learned, storage.FurnitureRow{ID: e.next.Furniture, Run: e.run, Example: seq,
			Passage: passage(body, words, part), Shingles: fresh})
		e.next.Furniture++
		e.sum.Furniture++
	}
	return nil
}

// settlePolls enters into the batch how the votes for passages stand now, and
// forgets those that have none left.
func (e *Engine) settlePolls(b *storage.Batch, polled map[int64]bool) {
	for i := range b.Learned {
		b.Learned[i].Votes = e.furniture.votes(b.Learned[i].ID)
		delete(polled, b.Learned[i].ID)
	}
	for _, id := range sortedKeys(polled) {
		if e.furniture.damaged[id] {
			continue
		}
		votes := e.furniture.votes(id)
		if slices.Max(votes) > 0 || e.furniture.allowed[id] {
			b.Polled = append(b.Polled, storage.Poll{ID: id, Votes: votes})
			continue
		}
		b.Unlearned = append(b.Unlearned, id)
		e.furniture.forget(id)
	}
}

// within returns the shingles of passages.
func (e *Engine) within(shingles []uint64, passages []boilerplate.Passage) map[uint64]bool {
	set := map[uint64]bool{}
	for _, p := range passages {
		for _, h := range shingles[p.Start : p.Start+p.Len-e.opt.Shingle+1] {
			set[h] = true
		}
	}
	return set
}
