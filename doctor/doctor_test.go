package doctor

import (
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"dedupe/engine"
	"dedupe/report"
	"dedupe/similarity"
	"dedupe/source"
	"dedupe/storage"
	"dedupe/text"
)

// TestLook: a database that was just filled has nothing bad; what does not fit the settings is bad,
// and nothing is compared by them.
func TestLook(t *testing.T) {
	store, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	now := time.Date(2026, 3, 21, 6, 0, 0, 0, time.UTC)
	opt := engine.DefaultOptions()
	opt.Agencies = text.DefaultAgencies()
	if opt.Metric, err = similarity.NormalMetric("sorensen-dice"); err != nil {
		t.Fatal(err)
	}
	eng, err := engine.New(t.Context(), store, opt, slog.New(slog.DiscardHandler), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	in := source.Options{FirstSeen: now}
	if _, err := eng.Ingest(t.Context(), "test", "", source.Read(t.Context(), []string{"../testdata/articles"}, nil, in), in); err != nil {
		t.Fatal(err)
	}
	view, err := store.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	o := Options{View: view, Engine: eng, Shingle: opt.Shingle, Samples: 1, Size: 100, Now: now}
	well, err := Look(t.Context(), o)
	if err != nil || len(well.Bad()) > 0 {
		t.Errorf("bad: %v, %v", well.Bad(), err)
	}
	o.Engine, o.Refused = nil, errors.New("other shingles")
	ill, err := Look(t.Context(), o)
	if err != nil || !slices.Equal(ill.Bad(), []string{"settings"}) {
		t.Errorf("bad: %v, %v", ill.Bad(), err)
	}
	for _, f := range ill.Findings {
		if (f.Check == "candidates" || f.Check == "clusters") && (f.Outcome != report.Look || f.Found != "not measured: the settings are others") {
			t.Errorf("%s: %s", f.Check, f.Found)
		}
	}
}
