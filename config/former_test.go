package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A name of the last version works in a file, in a variable and in an override, and is warned of.
func TestFormerNames(t *testing.T) {
	file := filepath.Join(t.TempDir(), "config.yaml")
	tests := []struct {
		name, text, variable string
		want                 float64
		from                 string
		warn                 []string
	}{
		{"now", "thresholds: {mentioned: 0.3}", "", 0.3, file + ":1", nil},
		{"file", "thresholds:\n  told: 0.3\n", "", 0.3, file + ":2", []string{file + ":2: thresholds.told is called thresholds.mentioned now: the next version will not know the old name"}},
		{"variable", "", "0.2", 0.2, "DEDUPE_THRESHOLDS_TOLD", []string{"DEDUPE_THRESHOLDS_TOLD: thresholds.told is called thresholds.mentioned now: the next version will not know the old name"}},
		{"override", "overrides:\n  languages: {de: [near=0.6, told=0.5]}\n", "", 0.4, "default", []string{file + ":2: told is called mentioned now: the next version will not know the old name"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("DEDUPE_THRESHOLDS_TOLD", tt.variable)
			if err := os.WriteFile(file, []byte(tt.text), 0o600); err != nil {
				t.Fatal(err)
			}
			l, err := Load(file, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got, from := l.Config.Thresholds.Mentioned, l.Origin("thresholds.mentioned").String(); got != tt.want || from != tt.from {
				t.Errorf("mentioned is %v of %s, want %v of %s", got, from, tt.want, tt.from)
			}
			if diff := cmp.Diff(tt.warn, l.Warnings); diff != "" {
				t.Errorf("warnings (-want +got):\n%s", diff)
			}
			if tt.name == "override" && l.Config.Overrides.Languages["de"].Mentioned != 0.5 {
				t.Errorf("override %+v", l.Config.Overrides.Languages["de"])
			}
		})
	}
	if err := os.WriteFile(file, []byte("thresholds:\n  told: 0.3\n  mentioned: 0.4\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(file, nil); err == nil || !strings.Contains(err.Error(), ":3: thresholds.mentioned: is set twice, first in line 2") {
		t.Errorf("both names: %v", err)
	}
}

// A setting of the last version that there is no more changes nothing, and is warned of.
func TestWithdrawn(t *testing.T) {
	file := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(file, []byte("thresholds:\n  near: 0.6\n  full_words: 100\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("DEDUPE_THRESHOLDS_FULL_WORDS", "90")
	l, err := Load(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	const warning = ": thresholds.full_words is no setting any more: it is always 80 words; the next version will refuse it"
	if diff := cmp.Diff([]string{file + ":3" + warning, "DEDUPE_THRESHOLDS_FULL_WORDS" + warning}, l.Warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
	if l.Config.Thresholds.Near != 0.6 {
		t.Errorf("thresholds %+v", l.Config.Thresholds)
	}
	for key := range withdrawn {
		if _, is := find(key); is {
			t.Errorf("%s is a setting", key)
		}
	}
}

// Databases know a setting by the first name that it had.
func TestFormerNamesInDatabases(t *testing.T) {
	for was, now := range former {
		if _, ok := find(now); !ok || Noted(now) != was || Present(was) != now {
			t.Errorf("%s is noted as %s, and %s is called %s", now, Noted(now), was, Present(was))
		}
	}
}
