package engine

import (
	"context"
	"math"
	"slices"

	"dedupe/storage"
)

// Progress is told how far a step of a run has come, in articles. It may be nil.
type Progress func(step Step, done, total int)

// Step says what a run is doing.
type Step string

// The steps that are told of, in their order. Those that have nothing to do are left out.
const (
	Renewing  Step = "reading articles again"
	Reaching  Step = "looking whose candidates changed"
	Indexing  Step = "making the index"
	Learning  Step = "learning boilerplate"
	Comparing Step = "comparing"
	Grouping  Step = "grouping"
	Erasing   Step = "erasing"
)

// work does what is on the table of work, one step for all articles before the next:
//
//	reach    new articles --> stored ones with other candidates now, which enter at learn
//	learn    what an article shares with unrelated ones before it --> boilerplate;
//	         those of which other text is boilerplate now enter at link
//	decide   where settings alone changed: pairs by their stored figures
//	link     an article and its candidates --> pairs
//	group    what is linked with them --> clusters
//
// Each batch is one transaction, which takes its articles on to the next step, so that a
// run which is broken off is gone on with. What comes out follows from the stored articles,
// whatever was on the table and in which order.
//
// Articles that are being taken out (see Forget) no longer count from its beginning on, and are erased
// at its end.
func (e *Engine) work(ctx context.Context, progress Progress) error {
	if progress == nil {
		progress = func(Step, int, int) {}
	}
	if err := e.takeOut(ctx); err != nil {
		return err
	}
	if err := e.steps(ctx, progress); err != nil {
		return err
	}
	return e.erase(ctx, progress)
}

// steps takes all articles on the table of work through all steps.
func (e *Engine) steps(ctx context.Context, progress Progress) error {
	left, err := e.store.WorkLeft(ctx)
	if err != nil {
		return err
	}
	began := e.now()
	if left[storage.Reach] > 0 {
		if err := e.reach(ctx, progress); err != nil {
			return err
		}
	}
	if err := e.step(ctx, storage.Learn, storage.Link, e.learn, progress); err != nil {
		return err
	}
	if err := e.relinkChanged(ctx); err != nil {
		return err
	}
	if e.given != nil {
		if err := e.given.age(ctx, e); err != nil {
			return err
		}
	}
	began = e.lap(&e.spent.Learn, began)
	e.spent.Learn -= e.spent.Find
	found := e.spent.Find
	if err := e.step(ctx, storage.Decide, storage.Group, e.decide, progress); err != nil {
		return err
	}
	if err := e.step(ctx, storage.Link, storage.Group, e.link, progress); err != nil {
		return err
	}
	began = e.lap(&e.spent.Link, began)
	e.spent.Link -= e.spent.Find - found
	err = e.group(ctx, progress)
	e.lap(&e.spent.Group, began)
	return err
}

// told is by which name a step is told of.
var told = map[storage.Step]Step{storage.Learn: Learning, storage.Decide: Comparing, storage.Link: Comparing}

// ahead is for how many batches candidates are searched at once. The index is walked for
// each search, in which most of its blocks hold something that is asked for.
const ahead = 4

// step takes all articles at a step on to the next, a batch at a time. do is given articles and
// what was found for all that are searched with them.
func (e *Engine) step(ctx context.Context, step, next storage.Step, do func(context.Context, *storage.Batch, []uint32, found) error, progress Progress) error {
	left, err := e.store.WorkLeft(ctx)
	if err != nil {
		return err
	}
	total, done, above := left[step], 0, uint32(0)
	if total > 0 {
		progress(told[step], 0, total)
	}
	for done < total {
		all, err := e.store.WorkAt(ctx, step, above, ahead*e.opt.Batch)
		if err != nil {
			return err
		}
		if len(all) == 0 { // of damaged rows
			break
		}
		above = all[len(all)-1]
		var found found
		if step != storage.Decide && e.given == nil {
			if found, err = e.findOnce(ctx, e.living(all), step == storage.Learn && len(all) == total); err != nil {
				return err
			}
		}
		err = e.chunks(ctx, all, func(seqs []uint32) error {
			b := &storage.Batch{Run: e.run, Work: storage.Work{From: step, To: next, First: seqs[0], Last: seqs[len(seqs)-1]}}
			if err := do(ctx, b, seqs, found); err != nil {
				return err
			}
			done += len(seqs)
			defer progress(told[step], done, total)
			return e.write(ctx, b)
		})
		if err != nil {
			return err
		}
	}
	return e.writes.wait()
}

// at returns all articles at a step, ascending.
func (e *Engine) at(ctx context.Context, step storage.Step) ([]uint32, error) {
	return e.store.WorkAt(ctx, step, 0, math.MaxInt32)
}

// living leaves out the articles that no longer count.
func (e *Engine) living(seqs []uint32) []uint32 {
	return slices.DeleteFunc(slices.Clone(seqs), func(seq uint32) bool { return e.place(seq).Dead })
}

func isIn(sorted []uint32, seq uint32) bool {
	_, is := slices.BinarySearch(sorted, seq)
	return is
}

func sortedUnique[T uint32 | uint64](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}

// chunks cuts articles into as many as a batch has.
func (e *Engine) chunks(ctx context.Context, seqs []uint32, do func([]uint32) error) error {
	for part := range slices.Chunk(seqs, max(1, e.opt.Batch)) {
		if err := do(part); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}
