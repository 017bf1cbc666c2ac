package main

import (
	"context"

	"dedupe/article"
	"dedupe/report"
	"dedupe/review"
	"dedupe/similarity"
	"dedupe/storage"
)

// printSample prints pairs to label, as CSV, or JSON lines under --json. Pairs that are decided, or follow from
// decisions, are left out.
func (a *app) printSample(ctx context.Context, view *storage.View, e *evidence, t similarity.Thresholds, o tuneOptions) error {
	ties := review.NewTies(e.ruled)
	keys := make([]article.Key, len(e.seqs))
	for key, n := range e.keys {
		keys[n] = key
	}
	format := report.CSV
	if a.settings().Output.JSON {
		format = report.JSONL
	}
	export, err := report.NewExport[report.SampledPair](a.stdout, format)
	if err != nil {
		return err
	}
	known := func(x, y int32) bool { _, ok := ties.Known(keys[x], keys[y]); return ok }
	for _, s := range e.table.Sample(o.sample, t, o.seed, known) {
		x, err := view.Article(ctx, int64(e.seqs[s.A]))
		if err != nil {
			return err
		}
		y, err := view.Article(ctx, int64(e.seqs[s.B]))
		if err != nil {
			return err
		}
		err = export.Write(report.SampledPair{Stratum: s.Stratum, A: x.Name(), OutletA: x.Outlet, B: y.Name(), OutletB: y.Outlet,
			KeyA: x.Key.String(), KeyB: y.Key.String()})
		if err != nil {
			return err
		}
	}
	return export.Flush()
}
