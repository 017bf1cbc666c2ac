package engine_test

import (
	"context"
	"log/slog"
	"os"
	"testing"
	"time"

	"dedupe/engine"
	"dedupe/similarity"
	"dedupe/source"
	"dedupe/storage"
	"dedupe/text"
)

func BenchmarkFile(b *testing.B) {
	path := os.Getenv("DEDUPE_BENCH_FILE")
	if path == "" {
		b.Skip("set DEDUPE_BENCH_FILE to a JSONL file")
	}
	for b.Loop() {
		ctx := context.Background()
		store, err := storage.Open(ctx, b.TempDir()+"/d.db", storage.Options{Compress: true})
		if err != nil {
			b.Fatal(err)
		}
		opt := engine.DefaultOptions()
		opt.Agencies = text.DefaultAgencies()
		opt.Metric, _ = similarity.NormalMetric("sorensen-dice")
		e, err := engine.New(ctx, store, opt, slog.New(slog.DiscardHandler), time.Now)
		if err != nil {
			b.Fatal(err)
		}
		in := source.Options{}
		sum, err := e.Ingest(ctx, "bench", "", source.Read(ctx, []string{path}, nil, in), in)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(sum.Read)/sum.Seconds, "articles/s")
		store.Close()
	}
}
