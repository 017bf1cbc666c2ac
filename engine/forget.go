package engine

import (
	"context"
	"fmt"
	"slices"

	"dedupe/article"
	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/index"
	"dedupe/source"
	"dedupe/storage"
)

// Forget says which articles are taken out for good, and whether they may come back.
type Forget struct {
	Keys    []article.Key // of current articles; with all of their versions
	LetBack bool          // else hashes are kept of them, and they are rejected when they come again
	DryRun  bool          // nothing is stored, and of what was removed only Articles, Versions, Pairs and Clusters are counted
}

// Forgotten is what was removed.
type Forgotten struct {
	Run         int64                  // 0: a dry run
	Articles    int                    // that were current
	Versions    int                    // of them, with their texts and headlines
	Pairs       int                    // compared ones
	Clusters    int                    // that had one of them and were grouped anew
	Decisions   int                    // of people, on pairs and representatives
	Rejects     int                    // notes on input that held a part of a text
	Boilerplate int                    // passages that are shown with another article as their example now, or are gone
	Summary     Summary                // of what followed for others
	Events      []storage.ClusterEvent // what happened to clusters
}

// Forget takes articles out for good. What is stored afterwards is what a fresh ingest without
// them would store, but for numbers, and for the list of what may not come back:
//
//	leave    they are noted, with hashes: from here on a run that is broken off is gone on with
//	         by the next one, whatever that is for
//	work     they no longer count, as a version that was superseded: others get the candidates,
//	         the boilerplate and the clusters that they have without them
//	erase    their postings, examples, rows; who had an id because of them gets it anew
//	scrub    the file is written anew, so that nothing of them is left where it is free
//
// Keys that are not stored are left out. After it another Engine must be made. A failure after the
// first step is to be answered by calling it again, or by any run; an article that has the key of one of them then is
// not taken for that. Cost: that of taking the articles in, and of
// reading and writing the whole file once; memory as for a run, and 100 bytes an article.
func (e *Engine) Forget(ctx context.Context, settings string, f Forget) (out Forgotten, err error) {
	if f.DryRun {
		_, _, _, err := e.leavers(ctx, f, &out)
		return out, e.store.Cause(ctx, err)
	}
	e.erased = storage.Erased{}
	out.Summary, err = e.asRun(ctx, "forget", settings, func(ctx context.Context) error {
		e.warned = map[string]int{}
		if err := e.storeRestored(ctx); err != nil {
			return err
		}
		before, err := e.store.Passed(ctx)
		if err != nil {
			return err
		}
		if err := e.work(ctx, e.progress); err != nil { // what a run that was broken off has left
			return err
		}
		asked := len(f.Keys)
		f.Keys = slices.DeleteFunc(slices.Clone(f.Keys), func(k article.Key) bool { return slices.Contains(before, k.String()) })
		if n := asked - len(f.Keys); n > 0 {
			e.log.Warn("what was being forgotten is gone; other articles have its id now and stay: forget them again if they are meant", "articles", n)
		}
		list, hashes, passed, err := e.leavers(ctx, f, &out)
		if err != nil || len(list) == 0 {
			return err
		}
		if err := e.store.Leave(ctx, list, hashes, passed, e.now()); err != nil {
			return err
		}
		return e.work(ctx, e.progress)
	})
	out.Run, out.Events = e.run, e.events
	out.Decisions, out.Rejects, out.Boilerplate = e.erased.Decisions, e.erased.Rejects, e.erased.Boilerplate
	if err == nil {
		err = e.store.Scrub(ctx)
	}
	return out, err
}

// leavers are the versions that go and those that stay under an id which one of them kept, what
// may not come back, and the keys that pass to those that stay.
func (e *Engine) leavers(ctx context.Context, f Forget, out *Forgotten) (list []storage.Leaver, hashes map[storage.Hash]uint32, passed []article.Key, err error) {
	stored, err := e.store.Standings(ctx, f.Keys)
	if err != nil {
		return nil, nil, nil, err
	}
	hashes = map[storage.Hash]uint32{}
	leaves := map[uint32]bool{}
	ids := map[article.Key]*idCompare{}
	var going []owned
	for _, key := range f.Keys {
		versions := stored[key]
		delete(stored, key) // named twice
		i := slices.IndexFunc(versions, func(v storage.Standing) bool { return isCurrent(e.place(v.Seq)) })
		if i < 0 {
			continue
		}
		o, err := e.owned(ctx, key, versions[i].Seq, ids)
		if err != nil {
			return nil, nil, nil, err
		}
		for _, v := range o.own {
			leaves[v.Seq] = true
		}
		going = append(going, o)
	}
	clusters := map[int64]bool{}
	names := map[uint32]string{}
	for name, id := range e.outlets {
		names[id] = name
	}
	for _, o := range going {
		out.Articles++
		out.Versions += len(o.own)
		for _, s := range o.others {
			if !leaves[s] {
				o.keeps = false // the id is another article's from now on
				list = append(list, storage.Leaver{Seq: s, How: storage.Resettle})
			}
		}
		if len(o.others) > 0 && !o.keeps {
			passed = append(passed, o.key)
		}
		if o.keeps && !f.LetBack {
			hashes[storage.HashOfKey(o.key)] = o.last
		}
		for _, v := range o.own {
			how := storage.ForGood
			if f.LetBack {
				how = storage.LetBack
			}
			list = append(list, storage.Leaver{Seq: v.Seq, How: how})
			if !f.LetBack {
				hashes[storage.HashOfText(names[e.place(v.Seq).Outlet], v.TextHash)] = o.last
			}
			if err := e.count(ctx, v.Seq, leaves, clusters, out); err != nil {
				return nil, nil, nil, err
			}
		}
	}
	out.Clusters = len(clusters)
	return list, hashes, passed, nil
}

// count counts the pairs of a version that goes, and notes its cluster.
func (e *Engine) count(ctx context.Context, seq uint32, leaves map[uint32]bool, clusters map[int64]bool, out *Forgotten) error {
	p, err := e.store.Part(ctx, seq)
	if err != nil {
		return err
	}
	if p.Cluster != 0 {
		clusters[p.Cluster] = true
	}
	pairs, err := e.store.PairsWith(ctx, seq)
	for i := range pairs {
		if x := &pairs[i]; x.B == seq || !leaves[x.B] { // of two that go one counts it
			out.Pairs++
		}
	}
	return err
}

// wasForgotten is why a record is rejected that may not come back.
func (e *Engine) wasForgotten(it *item) (*source.Reject, bool) {
	if len(e.forgotten) == 0 {
		return nil, false
	}
	f, is := e.forgotten[storage.HashOfKey(it.key)]
	if !is {
		if f, is = e.forgotten[storage.HashOfText(it.article.Outlet, it.hash)]; !is {
			return nil, false
		}
	}
	return &source.Reject{Reason: fmt.Sprintf("it was forgotten on %s; `dedupe forget --let-back %d` lets it come back", f.At.Format("2006-01-02"), f.Entry)}, true
}

// takeOut lets those that leave no longer count, and has all be grouped anew that they were linked with
// or in one cluster with.
func (e *Engine) takeOut(ctx context.Context) error {
	list, err := e.store.Leaving(ctx)
	if err != nil {
		return err
	}
	var seqs, old []uint32
	for _, l := range list {
		switch {
		case l.How == storage.Resettle:
		case l.How == storage.Old:
			old = append(old, l.Seq)
		case isCurrent(e.place(l.Seq)):
			seqs = append(seqs, l.Seq)
		}
	}
	err = e.chunks(ctx, old, func(part []uint32) error {
		b := &storage.Batch{Run: e.run, Departed: part}
		for _, seq := range part {
			e.place(seq).Dead, e.place(seq).Frozen = true, false
		}
		b.Places = e.placeRows(part)
		return e.write(ctx, b)
	})
	if err != nil {
		return err
	}
	grouped := map[int64]bool{}
	err = e.chunks(ctx, seqs, func(part []uint32) error {
		b := &storage.Batch{Run: e.run, Superseded: part}
		for _, seq := range part {
			if err := e.bereave(ctx, b, seq, grouped); err != nil {
				return err
			}
		}
		e.retire(b)
		return e.write(ctx, b)
	})
	if err != nil {
		return err
	}
	return e.writes.wait()
}

// bereave has those be grouped anew that an article is linked with or in one cluster with.
func (e *Engine) bereave(ctx context.Context, b *storage.Batch, seq uint32, grouped map[int64]bool) error {
	pairs, err := e.store.PairsWith(ctx, seq)
	if err != nil {
		return err
	}
	for i := range pairs {
		if x := &pairs[i]; x.A != 0 && x.Verdict.Linked() {
			b.Work.Enter(storage.Group, x.A, x.B)
		}
	}
	p, err := e.store.Part(ctx, seq)
	if err != nil || p.Cluster == 0 || grouped[p.Cluster] {
		return err
	}
	grouped[p.Cluster] = true
	members, err := e.store.ClusterMembers(ctx, p.Cluster)
	b.Work.Enter(storage.Group, members...)
	return err
}

// erase removes all that is stored of those that leave and no longer count.
func (e *Engine) erase(ctx context.Context, progress Progress) error {
	list, err := e.store.Leaving(ctx)
	if err != nil || len(list) == 0 {
		return err
	}
	var stay []uint32
	list = slices.DeleteFunc(list, func(l storage.Leaver) bool {
		if l.How == storage.Resettle {
			stay = append(stay, l.Seq)
		}
		return l.How == storage.Resettle
	})
	gone := make([]uint32, len(list))
	for i, l := range list {
		gone[i] = l.Seq
	}
	if err := e.purge(ctx); err != nil {
		return err
	}
	// What is old is shown on where it is an example.
	if slices.ContainsFunc(list, func(l storage.Leaver) bool { return l.How != storage.Old }) {
		if err := e.reexample(ctx, gone); err != nil {
			return err
		}
	}
	done := 0
	for part := range slices.Chunk(list, max(1, e.opt.Batch)) {
		progress(Erasing, done, len(list))
		done += len(part)
		for _, l := range part {
			p := e.place(l.Seq)
			*p = candidate.Place{Date: p.Date, Dead: true}
			e.cache.Drop(l.Seq)
		}
		n, err := e.store.Erase(ctx, part, e.placeRows(gone[done-len(part):done]))
		if err != nil {
			return err
		}
		e.erased.Versions += n.Versions
		e.erased.Decisions += n.Decisions
		e.erased.Rejects += n.Rejects
	}
	if stay = e.living(stay); len(stay) > 0 {
		if err := e.settleThese(ctx, stay); err != nil {
			return err
		}
		if err := e.steps(ctx, progress); err != nil {
			return err
		}
	}
	return e.store.Left(ctx)
}

// purge takes the postings of all articles that no longer count out of the index.
func (e *Engine) purge(ctx context.Context) error {
	return e.index.Purge(ctx, func(seq uint32) bool { return e.place(seq).Dead }, e.places, func(c index.Change) error {
		b := &storage.Batch{Run: e.run}
		if row := segmentRow(c); row.Len > 0 {
			b.Purged = append(b.Purged, row)
		} else {
			b.Merged = append(b.Merged, row.ID)
		}
		return e.store.Write(ctx, b)
	})
}

// reexample shows boilerplate whose example is one of the given articles by another one that
// votes for it. A passage that nobody votes for any more, which a person allowed, goes.
func (e *Engine) reexample(ctx context.Context, gone []uint32) error {
	rows, err := e.store.Boilerplate(ctx)
	if err != nil {
		return err
	}
	rows = slices.DeleteFunc(rows, func(f storage.BoilerplateRow) bool { return f.Example == 0 || !isIn(gone, f.Example) })
	if len(rows) == 0 {
		return nil
	}
	voters, err := e.store.Voters(ctx)
	if err != nil {
		return err
	}
	open := map[uint64][]int{} // shingle -> rows
	for i := range rows {
		rows[i].Example, rows[i].Passage = 0, ""
		for _, h := range rows[i].Shingles {
			open[h] = append(open[h], i)
		}
	}
	w := e.newWorker()
	left := len(rows)
	for _, seq := range e.living(voters) {
		if left == 0 {
			break
		}
		found, err := e.showsBy(ctx, w, seq, rows, open)
		if err != nil {
			return err
		}
		left -= found
	}
	e.erased.Boilerplate += len(rows)
	return e.store.Reexample(ctx, rows)
}

// showsBy makes an article the example of those of the passages without one that it has, and returns
// how many these are.
func (e *Engine) showsBy(ctx context.Context, w *worker, seq uint32, rows []storage.BoilerplateRow, open map[uint64][]int) (found int, err error) {
	t, err := e.unmarked(ctx, w, seq)
	if storage.IsDamage(err) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	w.shingles = t.Profile.Shingles(w.shingles[:0])
	for at := 0; at < len(w.shingles); at++ {
		for _, i := range open[w.shingles[at]] {
			f := &rows[i]
			if f.Example != 0 {
				continue
			}
			end := at + 1
			for end < len(w.shingles) && slices.Contains(f.Shingles, w.shingles[end]) {
				end++
			}
			body, words, err := e.visible(ctx, seq)
			if err != nil {
				return found, err
			}
			f.Example, f.Passage = seq, passage(body, words, boilerplate.Passage{Start: at, Len: end - at + e.opt.Shingle - 1})
			found++
		}
	}
	return found, nil
}
