package detect

import (
	"context"
	"errors"
	"iter"
	"time"

	"dedupe/index"
	"dedupe/source"
	"dedupe/storage"
)

// Records is what Ingest takes: records in order, or what could not be read.
type Records = iter.Seq2[source.Raw, *source.Reject]

// Ingest takes all records and returns what was done. It stops at the first
// failure of the store or when ctx ends; what was stored until then is whole,
// and the same call again does the rest.
func (e *Engine) Ingest(ctx context.Context, command, settings string, records Records, in source.Options) (Summary, error) {
	start := e.now()
	e.sum, e.spent, e.doubts, e.began, e.heirs = Summary{}, Stages{}, map[string]int{}, e.next, map[uint32]bool{}
	e.shared = nil
	var err error
	if e.run, err = e.store.BeginRun(ctx, command, settings, start); err != nil {
		return e.sum, err
	}
	if err := e.storeRestored(ctx); err != nil {
		return e.sum, err
	}
	caller := ctx
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	decoded := make(chan *intake) // no buffer: one batch is decoded while another is judged
	go e.decode(ctx, records, in, decoded)
	writes := make(chan *storage.Batch) // no buffer: one batch is written while the next is judged
	written := make(chan error, 1)
	go func() {
		defer close(written)
		for b := range writes {
			began := e.now()
			err := e.store.Write(ctx, b)
			e.lap(&e.spent.Write, began)
			if err != nil {
				written <- err
				cancel()
				for range writes { // let the producer go on to its end
				}
				return
			}
		}
	}()
	err = func() error {
		defer close(writes)
		put := func(b *storage.Batch) error {
			e.sum.Seconds = e.now().Sub(start).Seconds()
			b.Summary = e.sum.json()
			writes <- b
			e.settle(b)
			return nil
		}
		for {
			var in *intake
			select {
			case in = <-decoded:
			case <-ctx.Done(): // standard input may be waited for for ever
			}
			if in == nil {
				if err := ctx.Err(); err != nil {
					return err
				}
				return e.healed(ctx, put)
			}
			if in.err != nil {
				return in.err
			}
			b, err := e.batch(ctx, in)
			if err != nil {
				return err
			}
			if err := put(b); err != nil {
				return err
			}
		}
	}()
	if werr := <-written; werr != nil {
		err = werr
	}
	if stopped := caller.Err(); stopped != nil {
		err = stopped // whatever it broke off
	}
	if err != nil {
		return e.sum, e.store.Cause(ctx, err)
	}
	end := e.now()
	e.sum.Seconds = end.Sub(start).Seconds()
	return e.sum, e.store.EndRun(ctx, e.run, e.sum.json(), end)
}

// healed heals at the end of a run.
func (e *Engine) healed(ctx context.Context, put func(*storage.Batch) error) error {
	defer func(began time.Time) { e.lap(&e.spent.Heal, began) }(e.now())
	return e.heal(ctx, func(b *storage.Batch, judged []judgement) error {
		if err := e.group(ctx, b, judged); err != nil {
			return err
		}
		if err := put(b); err != nil {
			return err
		}
		e.graph.trim()
		return nil
	})
}

// batch does everything for one batch but storing it.
func (e *Engine) batch(ctx context.Context, in *intake) (*storage.Batch, error) {
	b := &storage.Batch{Run: e.run}
	at := e.now()
	remarks := in.remarks()
	items, err := e.news(ctx, b, in.items)
	if err != nil {
		return nil, err
	}
	in.doubts(e.run, remarks, items, e.doubts)
	b.Rejects = in.rejects
	e.sum.Read += in.read
	e.sum.Rejected += in.refused
	e.sum.Doubtful += in.doubted
	at = e.lap(&e.spent.Known, at)
	asks, fresh, err := e.admit(b, items)
	if err != nil {
		return nil, err
	}
	at = e.lap(&e.spent.Admit, at)
	made := make(chan error, 1)
	var add index.Addition // is made while the batch is judged
	go func(began time.Time) {
		var err error
		add, err = e.index.Prepare(ctx, fresh, e.places)
		e.lap(&e.spent.Index, began)
		made <- err
	}(at)
	found := e.spent.Find
	judged, err := e.judgeBatch(ctx, b, asks, fresh)
	if err = errors.Join(err, <-made); err != nil {
		return nil, err
	}
	at = e.lap(&e.spent.Judge, at)
	e.spent.Judge -= e.spent.Find - found // finding is a part of it
	if err := e.group(ctx, b, judged); err != nil {
		return nil, err
	}
	e.attach(b, add)
	e.graph.trim()
	e.lap(&e.spent.Group, at)
	return b, nil
}

// attach puts a segment into the index, and into the batch that stores it.
func (e *Engine) attach(b *storage.Batch, add index.Addition) {
	c := e.index.Attach(add, e.next.Segment, e.places)
	if s := c.Segment; s != nil {
		e.next.Segment++
		b.Merged = append(b.Merged, c.Merged...)
		b.Segments = append(b.Segments, storage.SegmentRow{ID: s.ID, Len: s.Len, First: s.First, Last: s.Last, Blocks: c.Blocks})
	}
}
