package config

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
)

// Preset is a name for values of several settings, which stand in for their
// defaults.
type Preset struct {
	Name   string   `json:"name"`
	Doc    string   `json:"for"`
	Values []Change `json:"values"` // in the order of config.yaml; all presets have the same settings
}

// balanced is the preset whose values are the defaults.
const balanced = "balanced"

// presets are in the order of looseness. Where copies are edited or rewritten is
// where they differ; what is shared word by word is told apart by any.
var presets = []Preset{
	{"strict", "fewer false links, and more rewrites missed", presetValues(0.6, 0.6)},
	{balanced, "the default", presetValues(thresholds.Excerpt, thresholds.Rewrite)},
	{"loose", "more rewrites found, and more independent reports linked", presetValues(0.4, 0.46)},
}

func presetValues(excerpt, rewrite float64) []Change {
	return []Change{{"thresholds.excerpt", decimal(excerpt)}, {"thresholds.rewrite", decimal(rewrite)}}
}

// Presets returns them in the order of looseness, the strictest first.
func Presets() []Preset { return slices.Clone(presets) }

// presetNames are their names.
func presetNames() (names []string) {
	for _, p := range presets {
		names = append(names, p.Name)
	}
	return names
}

// presetValue is what the preset in force of a Config has for a setting.
func (c *Config) presetValue(key string) (value string, ok bool) {
	for _, p := range presets {
		for _, v := range p.Values {
			if p.Name == c.Preset && v.Key == key {
				return v.Value, true
			}
		}
	}
	return "", false
}

// PresetFigure is a figure that was measured on one set of data by each preset:
// how many of a number of labelled pairs were found.
type PresetFigure struct {
	Set    string `json:"set"`    // of articles
	Figure string `json:"figure"` // whose pairs
	Of     int    `json:"of"`
	Found  []int  `json:"found"` // by preset, in the order of Presets
}

// measured is written by `go test ./evaluate -run Presets -update`.
//
//go:embed presets.tsv
var measured string

// PresetFigures returns what was measured.
func PresetFigures() []PresetFigure {
	list, err := parseFigures(measured)
	if err != nil {
		panic(err) // a test reads them
	}
	return list
}

func parseFigures(text string) (list []PresetFigure, err error) {
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		fields := strings.Split(line, "\t")
		if i == 0 {
			continue // the header
		}
		if len(fields) != 3+len(presets) {
			return nil, fmt.Errorf("presets.tsv:%d: want %d fields", i+1, 3+len(presets))
		}
		f := PresetFigure{Set: fields[0], Figure: fields[1]}
		for k, field := range fields[2:] {
			n, err := strconv.Atoi(field)
			if err != nil {
				return nil, fmt.Errorf("presets.tsv:%d: %w", i+1, err)
			}
			if k == 0 {
				f.Of = n
			} else {
				f.Found = append(f.Found, n)
			}
		}
		list = append(list, f)
	}
	return list, nil
}

// PresetTable is the presets and their figures as lines of text.
func PresetTable() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "\t\t%s\n", strings.Join(presetNames(), "\t"))
	for i, v := range presets[0].Values {
		row := v.Key + "\t"
		for _, p := range presets {
			row += "\t" + p.Values[i].Value
		}
		fmt.Fprintln(w, row)
	}
	for _, f := range PresetFigures() {
		row := f.Set + "\t" + f.Figure + " of " + strconv.Itoa(f.Of)
		for _, n := range f.Found {
			row += fmt.Sprintf("\t%d", n)
		}
		fmt.Fprintln(w, row)
	}
	_ = w.Flush() // to a builder
	return b.String()
}
