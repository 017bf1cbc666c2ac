package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dedupe/config"
	"dedupe/source"
)

// The names that fields have by default are the same whether a person or a
// program leaves them out.
func TestFieldsOfInput(t *testing.T) {
	if diff := cmp.Diff(source.DefaultFields(), fields(config.Default().Input.Fields)); diff != "" {
		t.Errorf("source and config differ (-source +config):\n%s", diff)
	}
}

// Every setting of links is known either to need the texts when it changes, or
// not to: stored evidence suffices for thresholds and representatives.
func TestSettingsOfLinks(t *testing.T) {
	for _, s := range config.Settings() {
		search := slices.Contains(searchSettings, s.Key)
		evidence := strings.HasPrefix(s.Key, "thresholds.") || strings.HasPrefix(s.Key, "overrides.") || s.Key == "cluster.representative"
		if s.Touches != config.Links && search || s.Touches == config.Links && search == evidence {
			t.Errorf("%s: say in searchSettings or in this test what recluster needs when it changes", s.Key)
		}
	}
}
