package engine

import (
	"context"
	"slices"
	"time"

	"dedupe/article"
	"dedupe/candidate"
	"dedupe/storage"
)

// Prune says from which date on each part of an article is kept; a zero time keeps it for ever. What has
// no date of its own counts by when it was first seen. An article leaves the index at the latest when
// another part of it goes, and all parts go with the article.
type Prune struct {
	Index    time.Time // it is compared
	Pairs    time.Time // with whom it was compared, where the other is not compared any more either
	Texts    time.Time
	Articles time.Time
	DryRun   bool // nothing is stored
}

// Pruned counts what went.
type Pruned struct {
	Run      int64 // 0: a dry run
	Frozen   int   // articles that left the index
	Pairs    int   // articles whose pairs went
	Texts    int   // versions whose texts went
	Articles int   // versions that went as a whole
}

// Prune takes out what is older than it is to be kept. What is stored then is a function of what came,
// what was pruned and what was forgotten, in their order:
//
//	index     an article is frozen: it stays in its cluster, which keeps its number, and is never judged
//	          again; new copies of it are new stories, new copies of younger members of its cluster join it
//	pairs     of two frozen articles are dropped
//	texts     are dropped; what they showed to be boilerplate is counted on
//	articles  are dropped, and what is known of runs of before: a cluster of which less than two members are left
//	          ends; what is as old is not taken in any more (Summary.Old)
//
// A call that was stopped is finished by the next, or by the next run. After it another Engine must be
// made. Cost: a walk over all articles, and the writing of what goes; of the index the segments are
// written anew that had it.
func (e *Engine) Prune(ctx context.Context, settings string, p Prune) (out Pruned, err error) {
	p.order()
	if p.DryRun {
		err := e.pruneSteps(ctx, p, func(part storage.Age, seqs []uint32) error {
			out.add(part, len(seqs))
			return nil
		})
		return out, e.store.Cause(ctx, err)
	}
	_, err = e.asRun(ctx, "prune", settings, func(ctx context.Context) error {
		e.warned = map[string]int{}
		if err := e.storeRestored(ctx); err != nil {
			return err
		}
		if err := e.work(ctx, e.progress); err != nil { // what a run that was broken off has left
			return err
		}
		err := e.pruneSteps(ctx, p, func(part storage.Age, seqs []uint32) error {
			out.add(part, len(seqs))
			return e.prune(ctx, part, seqs)
		})
		if err != nil || p.Articles.IsZero() {
			return err
		}
		return e.store.PruneHistory(ctx, p.Articles)
	})
	out.Run = e.run
	return out, err
}

// order lets what depends on another part go with that at the latest.
func (p *Prune) order() {
	latest := func(a, b time.Time) time.Time {
		if a.Before(b) {
			return b
		}
		return a
	}
	p.Texts, p.Pairs = latest(p.Texts, p.Articles), latest(p.Pairs, p.Articles)
	p.Index = latest(p.Index, latest(p.Texts, p.Pairs))
}

func (p *Pruned) add(part storage.Age, n int) {
	switch part {
	case storage.IndexAge:
		p.Frozen += n
	case storage.PairAge:
		p.Pairs += n
	case storage.TextAge:
		p.Texts += n
	case storage.ArticleAge:
		p.Articles += n
	}
}

// pruneSteps does something with what of each part is too old.
func (e *Engine) pruneSteps(ctx context.Context, p Prune, do func(part storage.Age, seqs []uint32) error) error {
	for _, x := range []struct {
		part   storage.Age
		before time.Time
	}{{storage.IndexAge, p.Index}, {storage.PairAge, p.Pairs}, {storage.TextAge, p.Texts}, {storage.ArticleAge, p.Articles}} {
		if x.before.IsZero() {
			continue
		}
		seqs, err := e.store.Aged(ctx, x.part, x.before)
		if err != nil {
			return err
		}
		if x.part == storage.ArticleAge && !p.DryRun { // first, so that nothing comes back
			if err := e.store.SetOldest(ctx, x.before); err != nil {
				return err
			}
		}
		if err := do(x.part, seqs); err != nil {
			return err
		}
	}
	return nil
}

// prune drops one part of articles.
func (e *Engine) prune(ctx context.Context, part storage.Age, seqs []uint32) error {
	switch {
	case len(seqs) == 0 && part == storage.IndexAge:
		return e.purge(ctx) // one that was stopped may have frozen articles, and not come to this
	case len(seqs) == 0:
		return nil
	case part == storage.ArticleAge:
		list := make([]storage.Leaver, len(seqs))
		for i, seq := range seqs {
			list[i] = storage.Leaver{Seq: seq, How: storage.Old}
		}
		if err := e.store.Leave(ctx, list, nil, nil, e.now()); err != nil {
			return err
		}
		return e.work(ctx, e.progress)
	}
	err := e.chunks(ctx, seqs, func(seqs []uint32) error {
		step := &storage.Prune{}
		switch part {
		case storage.IndexAge:
			for _, seq := range seqs {
				e.place(seq).Dead, e.place(seq).Frozen = true, true
			}
			step.Frozen, step.Places = seqs, e.placeRows(seqs)
		case storage.PairAge:
			step.Pairs = seqs
		case storage.TextAge:
			step.Texts = seqs
			for _, seq := range seqs {
				e.cache.Drop(seq)
			}
		}
		return e.store.Prune(ctx, step)
	})
	if err != nil || part != storage.IndexAge {
		return err
	}
	return e.purge(ctx)
}

// isCurrent reports whether an article is one: neither superseded nor forgotten.
func isCurrent(p *candidate.Place) bool { return !p.Dead || p.Frozen }

// isOld reports whether an article is older than what is kept.
func (e *Engine) isOld(a *article.Article, seen time.Time) bool {
	if !e.prunes {
		return false
	}
	date, _ := article.EffectiveDate(a.Published, seen)
	return date.Unix() < e.oldest
}

// frozenWith returns the other frozen members of a frozen article's cluster, which stay together.
func (e *Engine) frozenWith(ctx context.Context, seq uint32, cluster int64) ([]uint32, error) {
	if cluster == 0 || !e.place(seq).Frozen {
		return nil, nil
	}
	members, err := e.graph.membersOf(ctx, cluster)
	return slices.DeleteFunc(slices.Clone(members), func(m uint32) bool { return m == seq || !e.place(m).Frozen }), err
}
