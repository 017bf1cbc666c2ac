package engine

import (
	"context"

	"dedupe/article"
	"dedupe/storage"
)

// SettleIDs finds out, for each stored article that has several versions, whether they are
// of one article by what this version of the program goes by; see settleID. It is for
// after a recluster with Again.Renew, by an engine of its own, and takes nothing in. What
// is parted or joined is judged and grouped as by a run. One whose text is lost stays as it
// is. Called again it changes nothing, so that one that was stopped is begun again. Changed
// of the summary is how many texts it stored anew. Cost: a walk over all articles, and
// 0.1 ms for each of those with versions.
func (e *Engine) SettleIDs(ctx context.Context, settings string) (Summary, error) {
	seqs, err := e.store.Versioned(ctx)
	if err != nil || len(seqs) == 0 {
		return Summary{}, e.store.Cause(ctx, err)
	}
	return e.asRun(ctx, "recluster", settings, func(ctx context.Context) error {
		e.warned = map[string]int{}
		if err := e.settleThese(ctx, seqs); err != nil {
			return err
		}
		return e.work(ctx, nil)
	})
}

// settleThese settles the ids of stored articles, as many at a time as a batch has.
func (e *Engine) settleThese(ctx context.Context, seqs []uint32) error {
	e.unsettled = true
	defer func() { e.unsettled = false }()
	first := e.next.Seq
	var items []item
	size := 0 // bytes of their bodies
	for i, seq := range seqs {
		it, err := e.storedItem(ctx, seq)
		switch {
		case storage.IsDamage(err):
			if err := e.store.Tell(ctx, err); err != nil {
				return err
			}
		case err != nil:
			return err
		default:
			items = append(items, it)
			size += len(it.article.Body)
		}
		if len(items) == 0 || len(items) < e.opt.Batch && size < maxBatch && i+1 < len(seqs) {
			continue
		}
		if err := e.takeIn(ctx, &intake{items: items}); err != nil {
			return err
		}
		if err := e.writes.wait(); err != nil {
			return err
		}
		items, size = nil, 0
	}
	e.sum.Changed = int(e.next.Seq - first)
	return nil
}

// storedItem is a stored article as it would come again.
func (e *Engine) storedItem(ctx context.Context, seq uint32) (it item, err error) {
	p, err := e.store.Part(ctx, seq)
	if err != nil {
		return it, err
	}
	if it.article, it.seen, err = e.store.Received(ctx, seq); err != nil {
		return it, err
	}
	it.article.ID, _ = givenID(&it.article, p.Key)
	it.key, it.hash = it.article.Key(), textHash(&it.article)
	return it, nil
}

// givenID is the id under which an article came that has the given key, and whether
// another article keeps that id.
func givenID(a *article.Article, key article.Key) (id string, other bool) {
	if a.ID == "" {
		own := a.Key()
		return "", own != key && own.OneID(key)
	}
	return article.GivenID(a.ID, key)
}

// keyNow is the key of a stored article by what this version of the program goes by; what
// tells it from another article that keeps its id stays.
func keyNow(a *article.Article, was article.Key) article.Key {
	as := *a
	id, other := givenID(a, was)
	if as.ID = id; !other {
		return as.Key()
	}
	return as.Key().Other(was.Text())
}
