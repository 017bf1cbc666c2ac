package engine

import (
	"context"
	"math"
	"slices"

	"dedupe/boilerplate"
	"dedupe/storage"
	"dedupe/text"
)

// lesson is what an article shows to be boilerplate.
type lesson struct {
	seq      uint32
	passages []boilerplate.Passage
	lost     bool // its text cannot be read: what it voted for until now stays
}

// learn lets articles vote for what of their text is boilerplate, by what they share with
// unrelated articles before them. Nothing here depends on what is known to be boilerplate.
func (e *Engine) learn(ctx context.Context, b *storage.Batch, seqs []uint32, found found) error {
	lessons := make([]lesson, len(seqs))
	if e.given != nil {
		var err error
		if found, err = e.findFor(ctx, e.given.unknown(e, e.living(seqs)), false, nil, false); err != nil {
			return err
		}
	}
	err := e.each(len(seqs), func(w *worker, i int) (err error) {
		lessons[i].seq = seqs[i]
		switch p := e.place(seqs[i]); {
		case p.Dead:
		case e.given != nil && e.given.Knows(at(p)):
			err = e.given.studied(ctx, e, w, &lessons[i])
		default:
			err = e.study(ctx, w, found, &lessons[i])
		}
		return err
	})
	e.answers.Clear()
	if err != nil {
		return err
	}
	return e.poll(ctx, b, lessons)
}

// study compares an article with the candidates that all of its anchors find, the one with
// most in common first. As for links, enough of them that are not unrelated end the search.
func (e *Engine) study(ctx context.Context, w *worker, found found, l *lesson) error {
	return e.studyAmong(ctx, w, e.best(l.seq, math.MaxUint16, w.count(l.seq, found), toLearn).list, l)
}

// studyAmong compares an article with these candidates.
func (e *Engine) studyAmong(ctx context.Context, w *worker, others []uint32, l *lesson) error {
	needed := e.opt.Stories - 1 // of unrelated ones
	if len(others) < needed {
		return nil
	}
	t, err := e.unmarked(ctx, w, l.seq)
	if storage.IsDamage(err) {
		l.lost = true
		return e.store.Tell(ctx, err)
	}
	if err != nil {
		return err
	}
	w.scale.Load(t)
	w.sighted = w.sighted[:0]
	related, unrelated := 0, 0
	for i, other := range others {
		if unrelated+len(others)-i < needed {
			return nil
		}
		u, err := e.unmarked(ctx, w, other)
		if storage.IsDamage(err) {
			continue
		}
		if err != nil {
			return err
		}
		ev := w.scale.Sight(u)
		w.sighted = append(w.sighted, boilerplate.Sight(&w.scale, u, other, e.place(other).Outlet, &ev))
		if ev.Unrelated {
			unrelated++
		} else if related++; related == e.opt.Candidates.Links {
			break
		}
	}
	if unrelated < needed {
		return nil
	}
	l.passages = boilerplate.Learn(t.Profile, e.place(l.seq).Outlet, w.sighted, e.opt.Stories, func(a, b uint32) bool {
		return err == nil && e.unrelated(ctx, w, a, b, &err)
	})
	return err
}

// unrelated compares two candidates of one article with each other. The same
// few early pages are asked for again and again, so answers are kept.
func (e *Engine) unrelated(ctx context.Context, w *worker, a, b uint32, fail *error) bool {
	if e.before(b, a) {
		a, b = b, a
	}
	if answer, known := e.answers.Load([2]uint32{a, b}); known {
		return answer.(bool)
	}
	ta, err := e.unmarked(ctx, w, a)
	if err != nil {
		*fail = err
		return false
	}
	tb, err := e.unmarked(ctx, w, b)
	if err != nil {
		*fail = err
		return false
	}
	w.other.Load(tb)
	ev := w.other.Sight(ta)
	e.answers.Store([2]uint32{a, b}, ev.Unrelated)
	return ev.Unrelated
}

// poll enters the votes of articles instead of their former ones; one that no longer counts
// has none. By what became or ceased to be boilerplate others must be linked again.
func (e *Engine) poll(ctx context.Context, b *storage.Batch, lessons []lesson) error {
	var ask []uint32
	for _, l := range lessons {
		if l.seq < e.began.Seq { // others are new in this run
			ask = append(ask, l.seq)
		}
	}
	former, err := e.store.Votes(ctx, ask)
	if err != nil {
		return err
	}
	w := e.newWorker()
	polled := map[int64]bool{}
	changed := map[uint64]bool{}
	vote := func(h uint64, n int) {
		polled[e.boilerplate.passage[h]] = true
		if !e.boilerplate.Vote(h, n) {
			return
		}
		if changed[h] { // and back
			delete(changed, h)
		} else {
			changed[h] = true
		}
	}
	for _, l := range lessons {
		before := former[l.seq]
		if l.lost || slices.Equal(before, l.passages) {
			continue
		}
		t, err := e.unmarked(ctx, w, l.seq)
		if storage.IsDamage(err) { // superseded, and what it voted for is not known
			continue
		}
		if err != nil {
			return err
		}
		b.Votes = append(b.Votes, storage.Vote{Article: l.seq, Passages: l.passages})
		w.shingles = t.Profile.Shingles(w.shingles[:0])
		fit, err := e.fits(ctx, l.seq, before, len(w.shingles))
		if err != nil {
			return err
		}
		if !fit {
			before = nil
			delete(former, l.seq)
		}
		if err := e.note(ctx, b, w.shingles, l.seq, l.passages); err != nil {
			return err
		}
		was, is := e.within(w.shingles, before), e.within(w.shingles, l.passages)
		for h := range is {
			if !was[h] {
				vote(h, 1)
			}
		}
		for h := range was {
			if _, known := e.boilerplate.passage[h]; known && !is[h] { // all are, but of a passage that cannot be read
				vote(h, -1)
			}
		}
	}
	e.settlePolls(b, polled)
	if len(changed) == 0 {
		return nil
	}
	var keys []uint64
	for _, v := range b.Votes {
		t, err := e.unmarked(ctx, w, v.Article)
		if err != nil {
			return err
		}
		w.shingles = t.Profile.Shingles(w.shingles[:0])
		if err := e.tell(ctx, v.Article, w.shingles, changed); err != nil {
			return err
		}
		pairs := e.opt.Candidates.Sampled(t.Profile)
		for _, p := range slices.Concat(former[v.Article], v.Passages) {
			keys = append(keys, keysOn(pairs, w.shingles, p, changed, e.opt.Shingle)...)
		}
	}
	b.Changed = &storage.Changed{First: e.next.Seq, Shingles: sortedKeys(changed), Keys: sortedUnique(keys)}
	e.changed.add(b.Changed)
	return nil
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
			if _, known := e.boilerplate.passage[h]; known {
				continue
			}
			if len(fresh) == 0 {
				part.Start = i
			}
			part.Len = i + e.opt.Shingle - part.Start
			e.boilerplate.passage[h] = e.next.Boilerplate
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
		e.boilerplate.passages[e.next.Boilerplate] = fresh
		b.Learned = append(b.Learned, storage.BoilerplateRow{ID: e.next.Boilerplate, Run: e.run, Example: seq,
			Passage: passage(body, words, part), Shingles: fresh})
		e.next.Boilerplate++
		e.sum.Boilerplate++
	}
	return nil
}

// settlePolls enters into the batch how the votes for passages stand now, and
// forgets those that have none left.
func (e *Engine) settlePolls(b *storage.Batch, polled map[int64]bool) {
	for i := range b.Learned {
		b.Learned[i].Votes = e.boilerplate.votes(b.Learned[i].ID)
		delete(polled, b.Learned[i].ID)
	}
	for _, id := range sortedKeys(polled) {
		if e.boilerplate.damaged[id] {
			continue
		}
		votes := e.boilerplate.votes(id)
		if slices.Max(votes) > 0 || e.boilerplate.allowed[id] {
			b.Polled = append(b.Polled, storage.Poll{ID: id, Votes: votes})
			continue
		}
		b.Unlearned = append(b.Unlearned, id)
		e.boilerplate.forget(id)
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
