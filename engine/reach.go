package engine

import (
	"cmp"
	"context"
	"math"
	"slices"

	"dedupe/candidate"
	"dedupe/storage"
)

// reach finds the stored articles whose candidates changed since the last run: those after
// a new article, or after one that no longer counts, in a list to which it is a candidate,
// or to which it was one until another came between.
func (e *Engine) reach(ctx context.Context, progress Progress) error {
	came, err := e.at(ctx, storage.Reach) // and what no longer counts
	if err != nil || len(came) == 0 {
		return err
	}
	b := &storage.Batch{Run: e.run, Work: storage.Work{From: storage.Reach, To: storage.Learn, First: came[0], Last: came[len(came)-1]}}
	if followable := e.followable(came); len(followable) > 0 {
		touched, err := e.touched(ctx, followable, came)
		if err != nil {
			return err
		}
		done := 0
		for part := range slices.Chunk(touched, max(1, ahead*e.opt.Batch)) {
			progress(Reaching, done, len(touched))
			done += len(part)
			if err := cmp.Or(e.reenter(ctx, b, part, came), ctx.Err()); err != nil {
				return err
			}
		}
	}
	if err := e.write(ctx, b); err != nil {
		return err
	}
	return e.writes.wait()
}

// followable returns those of the articles that came which stand before any other living one: what
// is newer than all that is stored has a say on nobody's candidates.
func (e *Engine) followable(came []uint32) []uint32 {
	last, rest := uint32(0), came
	for i := range e.places {
		seq := uint32(i + 1)
		if len(rest) > 0 && rest[0] == seq {
			rest = rest[1:]
		} else if !e.places[i].Dead && (last == 0 || e.before(last, seq)) {
			last = seq
		}
	}
	return slices.DeleteFunc(slices.Clone(came), func(seq uint32) bool { return last == 0 || e.before(last, seq) })
}

// others reports whether there are living articles besides those that came.
func (e *Engine) others(came []uint32) bool {
	for i := range e.places {
		if !e.places[i].Dead && !isIn(came, uint32(i+1)) {
			return true
		}
	}
	return false
}

// asBefore does something while the places are as they were before articles came and others
// ceased to count.
func (e *Engine) asBefore(came []uint32, do func() error) error {
	turn := func() {
		for _, seq := range came {
			p := e.place(seq)
			p.Dead = !p.Dead
		}
	}
	turn()
	defer turn()
	return do()
}

// touched returns the living articles that may have other candidates now, because of those of the
// articles that came which others may follow.
func (e *Engine) touched(ctx context.Context, followable, came []uint32) ([]uint32, error) {
	late := map[uint32]bool{}
	follow := func(part []uint32) error {
		found, err := e.findFor(ctx, part, false, nil, true)
		if err != nil {
			return err
		}
		is := func(seq uint32) bool { return isIn(part, seq) }
		for _, f := range found {
			for _, l := range f.Followed() {
				e.followed(l, is, late)
			}
		}
		return nil
	}
	isNew := func(seq uint32) bool { return !e.place(seq).Dead }
	fresh := slices.DeleteFunc(slices.Clone(followable), func(seq uint32) bool { return !isNew(seq) })
	gone := slices.DeleteFunc(slices.Clone(followable), isNew)
	if err := e.chunks(ctx, fresh, follow); err != nil {
		return nil, err
	}
	if err := e.asBefore(came, func() error { return e.chunks(ctx, gone, follow) }); err != nil {
		return nil, err
	}
	for _, seq := range came {
		delete(late, seq)
	}
	return sortedKeys(late), nil
}

// followed notes the living articles of a list on whose candidates one of those asked for
// has a say.
func (e *Engine) followed(l candidate.List, is func(uint32) bool, late map[uint32]bool) {
	at := slices.IndexFunc(l, func(p candidate.Posting) bool { return is(p.Article()) })
	if at < 0 {
		return
	}
	for _, p := range l[at:] {
		z := p.Article()
		if is(z) || late[z] || e.place(z).Dead {
			continue
		}
		l.Decisive(z, e.place(z), e.window, e.opt.Candidates, e.place, func(other uint32) {
			if is(other) {
				late[z] = true
			}
		})
	}
}

// reenter lets those of the given articles enter that have other candidates than before.
// Most only share stock phrases with what came.
func (e *Engine) reenter(ctx context.Context, b *storage.Batch, seqs, came []uint32) error {
	asks, keys, err := e.asksFor(ctx, seqs, true)
	if err != nil {
		return err
	}
	type lists struct{ learn, link ranking }
	search := func(to []lists) error {
		found, err := e.find(ctx, asks, nil, keys, false)
		if err != nil {
			return err
		}
		return e.each(len(seqs), func(w *worker, i int) error {
			hits := w.count(seqs[i], found)
			to[i] = lists{e.best(seqs[i], math.MaxUint16, hits, toLearn), e.best(seqs[i], asks[i].Left, hits, toLink)}
			return nil
		})
	}
	before, now := make([]lists, len(seqs)), make([]lists, len(seqs))
	if err := e.asBefore(came, func() error { return search(before) }); err != nil {
		return err
	}
	if err := search(now); err != nil {
		return err
	}
	for i, seq := range seqs {
		switch {
		case !before[i].learn.equal(now[i].learn):
			b.Work.Enter(storage.Learn, seq)
		case !before[i].link.equal(now[i].link):
			b.Work.Enter(storage.Link, seq)
		}
	}
	return nil
}
