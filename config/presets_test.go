package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPresets holds the presets to the table: the same settings in each, values
// that are allowed and not yet written otherwise, and the defaults in the middle.
func TestPresets(t *testing.T) {
	for _, p := range Presets() {
		t.Run(p.Name, func(t *testing.T) {
			c := Default()
			for i, v := range p.Values {
				s, ok := find(v.Key)
				if !ok || v.Key != presets[0].Values[i].Key {
					t.Fatalf("%s is no setting, or not one of all presets", v.Key)
				}
				if s.Touches != Links {
					t.Errorf("%s: a preset changes what recluster can judge again", v.Key)
				}
				if p.Name == balanced && c.Value(v.Key) != v.Value {
					t.Errorf("%s is %s, the default is %s", v.Key, v.Value, c.Value(v.Key))
				}
				if err := s.set(&c, v.Value); err != nil || c.Value(v.Key) != v.Value {
					t.Errorf("%s: %s is written %s (%v)", v.Key, v.Value, c.Value(v.Key), err)
				}
			}
			if c.Preset = p.Name; strings.Count(string(c.YAML()), "\n  # excerpt: ") != 1 {
				t.Error("a value of the preset is not left to it")
			}
		})
	}
}

// TestPresetYields checks that everything outranks a preset, and that a preset
// outranks the defaults.
func TestPresetYields(t *testing.T) {
	file := filepath.Join(t.TempDir(), "c.yaml")
	if err := os.WriteFile(file, []byte("preset: loose\nthresholds:\n  excerpt: 0.7\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	t.Setenv("DEDUPE_BATCH", "5")
	l, err := Load(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, key := range []string{"thresholds.excerpt", "thresholds.rewrite", "thresholds.near", "preset"} {
		got[key] = l.Config.Value(key) + " from " + strings.TrimPrefix(l.Origin(key).String(), file)
	}
	want := map[string]string{"thresholds.excerpt": "0.7 from :3", "thresholds.rewrite": "0.46 from preset loose",
		"thresholds.near": "0.5 from default", "preset": "loose from :1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	t.Run("the environment chooses another", func(t *testing.T) {
		t.Setenv("DEDUPE_PRESET", "strict")
		l, err := Load(file, nil)
		if err != nil || l.Config.Value("thresholds.rewrite") != "0.6" {
			t.Errorf("rewrite %s (%v), want 0.6", l.Config.Value("thresholds.rewrite"), err)
		}
	})
}

func TestPresetFigures(t *testing.T) {
	list := PresetFigures()
	if len(list) == 0 {
		t.Fatal("nothing was measured")
	}
	for _, f := range list {
		for i, n := range f.Found {
			if n < 0 || n > f.Of || len(f.Found) != len(presets) {
				t.Errorf("%s, %s: %v of %d", f.Set, f.Figure, f.Found, f.Of)
			}
			if i > 0 && n < f.Found[i-1]-f.Of/100 {
				t.Errorf("%s, %s: a looser preset finds less: %v", f.Set, f.Figure, f.Found)
			}
		}
	}
	for _, bad := range []string{"h\na\tb\t1\t2\t3\n", "h\na\tb\t1\t2\t3\tx\n"} {
		if _, err := parseFigures(bad); err == nil || !strings.Contains(err.Error(), "presets.tsv:2") {
			t.Errorf("%q: error %v", bad, err)
		}
	}
}
