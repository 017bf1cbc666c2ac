package evaluate_test

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"dedupe/config"
	"dedupe/engine"
	"dedupe/evaluate"
	"dedupe/source"
	"dedupe/storage"
)

// presetsFile is what config.yaml and dedupe config presets show.
const presetsFile = "../config/presets.tsv"

// presetSets are the sets that presets are measured on.
var presetSets = []string{"planted-en", "planted-multilingual", "scraped-local-news", "event-coverage", "rewrites", "aggregator-en", "aggregator-ru"}

// TestPresets measures each preset on each set and holds the figures to those
// that config.yaml shows, but for a hundredth. To write them anew:
//
//	go test ./evaluate -run Presets -update && go test ./config -update
func TestPresets(t *testing.T) {
	if testing.Short() {
		t.Skip("takes in all sets of data")
	}
	known := map[string]config.PresetFigure{}
	for _, f := range config.PresetFigures() {
		known[f.Set+"\t"+f.Figure] = f
	}
	var lines strings.Builder
	lines.WriteString("set\tfigure\tof")
	for _, p := range config.Presets() {
		lines.WriteString("\t" + p.Name)
	}
	lines.WriteString("\n")
	measured := 0
	for _, set := range presetSets {
		t.Run(set, func(t *testing.T) {
			figures := measurePresets(t, set)
			measured++
			for _, f := range figures {
				row := fmt.Sprintf("%s\t%s\t%d", f.Set, f.Figure, f.Of)
				for _, n := range f.Found {
					row += "\t" + strconv.Itoa(n)
				}
				t.Log(row)
				lines.WriteString(row + "\n")
				if !*update {
					comparePreset(t, known[f.Set+"\t"+f.Figure], f)
				}
			}
		})
	}
	if *update && measured == len(presetSets) && !t.Failed() {
		if err := os.WriteFile(presetsFile, []byte(lines.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// comparePreset allows a difference of one pair in a hundred.
func comparePreset(t *testing.T, want, got config.PresetFigure) {
	t.Helper()
	if want.Of != got.Of {
		t.Errorf("%s, %s: of %d pairs, config/presets.tsv has %d", got.Set, got.Figure, got.Of, want.Of)
		return
	}
	for i, n := range got.Found {
		if d := n - want.Found[i]; max(d, -d) > max(1, got.Of/100) {
			t.Errorf("%s, %s: %s finds %d of %d, config/presets.tsv has %d", got.Set, got.Figure, config.Presets()[i].Name, n, got.Of, want.Found[i])
		}
	}
}

// measurePresets takes in a set, judges it again by each preset, and counts which
// labelled pairs are found.
func measurePresets(t *testing.T, set string) []config.PresetFigure {
	t.Helper()
	dir := filepath.Join(sharedData, set)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no real data beside the repository: %v", err)
	}
	store, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "presets.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	copies := config.PresetFigure{Set: set, Figure: "copies found"}
	others := config.PresetFigure{Set: set, Figure: "others found"}
	for i, p := range config.Presets() {
		opt := engine.DefaultOptions()
		for _, v := range p.Values {
			x, err := strconv.ParseFloat(v.Value, 64)
			if err != nil {
				t.Fatal(err)
			}
			switch v.Key {
			case "thresholds.excerpt":
				opt.Thresholds.Excerpt = x
			case "thresholds.rewrite":
				opt.Thresholds.Rewrite = x
			default:
				t.Fatalf("no way to set %s", v.Key)
			}
		}
		eng, err := engine.New(t.Context(), store, opt, log, now)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			in := source.Options{FirstSeen: now()}
			_, err = eng.Ingest(t.Context(), "presets", "", source.Read(t.Context(), []string{filepath.Join(dir, "articles.jsonl.gz")}, nil, in), in)
		} else {
			_, err = eng.Recluster(t.Context(), p.Name, engine.Again{})
		}
		if err != nil {
			t.Fatal(err)
		}
		found, articles, _ := stored(t, t.Context(), store, nil)
		hits, of := [2]int{}, [2]int{}
		for _, k := range evaluate.Score(sharedGold(t, set, found, articles), found, evaluate.Options{}).Kinds {
			switch k.Want {
			case "found":
				hits[0], of[0] = hits[0]+k.Hits, of[0]+k.Of
			case "apart":
				hits[1], of[1] = hits[1]+k.Hits, of[1]+k.Of
			}
		}
		copies.Found, copies.Of = append(copies.Found, hits[0]), of[0]
		others.Found, others.Of = append(others.Found, hits[1]), of[1]
	}
	var list []config.PresetFigure
	for _, f := range []config.PresetFigure{copies, others} {
		if f.Of > 0 {
			list = append(list, f)
		}
	}
	return list
}
