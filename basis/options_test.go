package basis

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/config"
	"dedupe/engine"
	"dedupe/source"
)

// What the settings make of the engine when nobody has changed any is what engine does by
// default, which is what the tests of quality measure.
func TestDefaults(t *testing.T) {
	c := config.Default()
	got, err := Engine(&c)
	if err != nil {
		t.Fatal(err)
	}
	want := engine.DefaultOptions()
	for _, pair := range [][2]string{{"ferry runs aground", "a ferry ran aground"}, {"one headline", "and another"}, {"same", "same"}} {
		if x, y := got.Metric(pair[0], pair[1]), want.Metric(pair[0], pair[1]); x != y {
			t.Errorf("headlines %q are alike to %g by the settings, to %g by default", pair, x, y)
		}
	}
	if !reflect.DeepEqual(got.Agencies, want.Agencies) || got.Notices != want.Notices || !got.Overrides.None() {
		t.Error("settings that nobody has changed have agencies, notices or overrides")
	}
	got.Metric, want.Metric, got.Agencies, want.Agencies, got.Notices, want.Notices = nil, nil, nil, nil, nil, nil
	got.Overrides, got.Outlets, got.Spill = engine.Overrides{}, nil, ""
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("engine and config differ (-engine +config):\n%s", diff)
	}
	if c.Input.MaxRecord != source.DefaultMaxRecord {
		t.Errorf("records of %d bytes by the settings, of %d by default", c.Input.MaxRecord, source.DefaultMaxRecord)
	}
}
