package engine_test

import (
	"log/slog"
	"path/filepath"
	"reflect"
	"sync/atomic"
	"testing"
	"time"

	"dedupe/engine"
	"dedupe/source"
	"dedupe/storage"
	"dedupe/text"
)

// TestStages holds that every stage is timed in every run, from nothing, and
// that those which follow one another do not take longer than all.
func TestStages(t *testing.T) {
	path := write(t, readLines(t, 200, []string{"../testdata/articles/2026-03-week-1.jsonl"}))
	store, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	var asked atomic.Int64 // the clock goes on when it is looked at
	now := func() time.Time { return time.Unix(0, asked.Add(1)) }
	opt := engine.DefaultOptions()
	opt.Workers, opt.Agencies = 2, text.DefaultAgencies()
	e, err := engine.New(t.Context(), store, opt, slog.New(slog.DiscardHandler), now)
	if err != nil {
		t.Fatal(err)
	}
	for run := range 2 {
		start := now()
		in := source.Options{}
		if _, err := e.Ingest(t.Context(), "test", "", source.Read(t.Context(), []string{path}, nil, in), in); err != nil {
			t.Fatal(err)
		}
		took := now().Sub(start)
		s := e.Stages()
		for v, i := reflect.ValueOf(s), 0; i < v.NumField(); i++ {
			name := v.Type().Field(i).Name
			if v.Field(i).Int() <= 0 && !(run > 0 && name == "Find") { // nothing is looked up where nothing is new
				t.Errorf("run %d: stage %s took no time: %+v", run, name, s)
			}
		}
		if sum := s.Known + s.Admit + s.Index + s.Find + s.Learn + s.Link + s.Group; sum >= took {
			t.Errorf("run %d: the stages took %d of %d", run, sum, took)
		}
	}
}
