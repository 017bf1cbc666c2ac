package engine

import (
	"context"
	"runtime"
	"time"

	"dedupe/source"
)

// Read reads and decodes all records, as Ingest does, and does nothing with the
// articles: what a run can never be faster than. It returns how many articles
// there were and how long they took.
func Read(ctx context.Context, records Records, in source.Options, opt Options, now func() time.Time) (articles int, took time.Duration, err error) {
	if opt.Workers <= 0 {
		opt.Workers = runtime.GOMAXPROCS(0)
	}
	e := &Engine{opt: opt, now: now}
	start := now()
	decoded := make(chan *intake, 1)
	go e.decode(ctx, records, in, decoded)
	for k := range decoded {
		if k.err != nil {
			err = k.err
		}
		articles += len(k.items)
	}
	if err == nil {
		err = ctx.Err()
	}
	return articles, now().Sub(start), err
}
