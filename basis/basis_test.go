package basis

import (
	"slices"
	"strings"
	"testing"

	"dedupe/config"
)

// Every setting of links is known either to need the texts when it changes, or
// not to: stored evidence suffices for thresholds and representatives.
func TestSettingsOfLinks(t *testing.T) {
	for _, s := range config.Settings() {
		search := slices.Contains(searchSettings, s.Key)
		evidence := strings.HasPrefix(s.Key, "thresholds.") || strings.HasPrefix(s.Key, "overrides.") || strings.HasPrefix(s.Key, "cluster.")
		if s.Touches != config.Links && search || s.Touches == config.Links && search == evidence {
			t.Errorf("%s: say in searchSettings or in this test what recluster needs when it changes", s.Key)
		}
	}
}
