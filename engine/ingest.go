package engine

import (
	"context"
	"errors"
	"iter"
	"time"

	"dedupe/article"
	"dedupe/index"
	"dedupe/source"
	"dedupe/storage"
)

// Records is what Ingest takes: records in order, or what could not be read.
type Records = iter.Seq2[source.Raw, *source.Reject]

// Ingest takes all records in and returns what was done. It stops at the first failure of
// the store or when ctx ends; what was stored until then is whole, and the next call does
// the rest.
func (e *Engine) Ingest(ctx context.Context, command, settings string, records Records, in source.Options) (Summary, error) {
	return e.ingest(ctx, command, settings, records, in, func() error { return nil })
}

// ingest takes records in and does something before the work on them begins.
func (e *Engine) ingest(ctx context.Context, command, settings string, records Records, in source.Options, before func() error) (Summary, error) {
	defer func() { e.given = nil }()
	return e.asRun(ctx, command, settings, func(ctx context.Context) error {
		e.shared, e.warned, e.tally = nil, map[string]int{}, map[string]Tally{}
		if err := e.storeRestored(ctx); err != nil {
			return err
		}
		if err := e.intake(ctx, records, in); err != nil {
			return err
		}
		if err := before(); err != nil {
			return err
		}
		if err := e.work(ctx, e.progress); err != nil {
			return err
		}
		if err := e.store.Scrub(ctx); err != nil {
			e.log.Warn("articles were forgotten, and bytes of them may still stand where the file is free; the next run tries again", "reason", err)
		}
		return nil
	})
}

// asRun notes in the store that a run has begun, does what it is to do, and notes that it
// has come to its end.
func (e *Engine) asRun(ctx context.Context, command, settings string, do func(context.Context) error) (Summary, error) {
	start := e.now()
	e.sum, e.spent, e.began = Summary{}, Stages{}, e.next
	e.counts, e.events, e.searched = counts{}, nil, searched{}
	var err error
	if e.run, err = e.store.BeginRun(ctx, command, settings, start); err != nil {
		return e.sum, err
	}
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	err = do(inner)
	if left := e.writes.wait(); err == nil {
		err = left
	}
	if stopped := ctx.Err(); stopped != nil {
		err = stopped // whatever it broke off
	}
	end := e.now()
	e.sum.Seconds = end.Sub(start).Seconds()
	if err != nil {
		return e.sum, e.store.Cause(ctx, err)
	}
	return e.sum, e.store.EndRun(ctx, e.run, e.sum.json(), end)
}

// intake stores all records, a batch at a time: while the words of one are found, the
// next is decoded and the last one written.
//
//	records --> decode --> known? --> words, profile, anchors --> store, on the table work
//	            workers    store      workers                     1 writer
func (e *Engine) intake(ctx context.Context, records Records, in source.Options) error {
	e.writing = nil
	decoded := make(chan *intake) // no buffer: one batch is decoded while another is taken in
	go e.decode(ctx, records, in, decoded)
	for {
		var batch *intake
		select {
		case batch = <-decoded:
		case <-ctx.Done(): // standard input may be waited for for ever
		}
		if batch == nil {
			return errors.Join(ctx.Err(), e.writes.wait())
		}
		if batch.err != nil {
			return batch.err
		}
		if err := e.takeIn(ctx, batch); err != nil {
			return err
		}
	}
}

// takeIn stores a batch.
func (e *Engine) takeIn(ctx context.Context, in *intake) error {
	at := e.now()
	b := &storage.Batch{Run: e.run}
	remarks := in.remarks()
	keys := make(map[article.Key]bool, len(in.items))
	again := false // it has a key of the batch before, which must be stored then
	for i := range in.items {
		keys[in.items[i].key] = true
		again = again || e.writing[in.items[i].key]
	}
	e.writing = keys
	if again {
		if err := e.writes.wait(); err != nil {
			return err
		}
	}
	items, err := e.news(ctx, b, in.items)
	if err != nil {
		return err
	}
	if len(b.Superseded) > 0 { // clusters and links are asked for, which the batch before may change
		if err := e.writes.wait(); err != nil {
			return err
		}
	}
	in.warn(e.run, remarks, items, e.warned)
	b.Rejects = in.rejects
	for source, t := range in.tally {
		count(e.tally, source, t)
	}
	for i := range items {
		count(e.tally, items[i].source, Tally{New: 1})
	}
	e.sum.Read += in.read
	e.sum.Old += in.old
	e.sum.Rejected += in.refused
	e.sum.Warnings += in.warned
	e.sum.Passed += in.passed
	at = e.lap(&e.spent.Known, at)
	postings, err := e.admit(ctx, b, items)
	if err != nil {
		return err
	}
	at = e.lap(&e.spent.Admit, at)
	add, err := e.index.Prepare(ctx, postings, e.places)
	if err != nil {
		return err
	}
	e.attach(b, add)
	e.lap(&e.spent.Index, at)
	return e.write(ctx, b)
}

// write hands a batch to the writer, which stores it beside what follows.
func (e *Engine) write(ctx context.Context, b *storage.Batch) error {
	b.Summary = e.sum.json()
	err := e.writes.put(func() error {
		defer func(began time.Time) { e.lap(&e.spent.Write, began) }(e.now())
		return e.store.Write(ctx, b)
	})
	e.index.Settle()
	return err
}

// writes stores one batch at a time, beside the rest.
type writes struct{ pending chan error }

// put begins to store, when what was put before is stored. It returns the failure of that.
func (w *writes) put(store func() error) error {
	if err := w.wait(); err != nil {
		return err
	}
	w.pending = make(chan error, 1)
	go func() { w.pending <- store() }()
	return nil
}

// wait returns when all is stored that was put, and the failure if there was one.
func (w *writes) wait() error {
	if w.pending == nil {
		return nil
	}
	err := <-w.pending
	w.pending = nil
	return err
}

// attach puts a segment into the index, and into the batch that stores it.
func (e *Engine) attach(b *storage.Batch, add index.Addition) {
	c := e.index.Attach(add, e.next.Segment, e.places)
	if s := c.Segment; s != nil {
		e.next.Segment++
		b.Merged = append(b.Merged, c.Merged...)
		b.Segments = append(b.Segments, segmentRow(c))
	}
}

func segmentRow(c index.Change) storage.SegmentRow {
	s := c.Segment
	return storage.SegmentRow{ID: s.ID, Len: s.Len, First: s.First, Last: s.Last, Blocks: c.Blocks}
}
