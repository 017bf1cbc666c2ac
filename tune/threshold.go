package tune

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"dedupe/similarity"
)

// Threshold is one of those that can be swept.
type Threshold struct {
	Key    string          // of its setting: "thresholds.excerpt"
	Values []float64       // that are tried, ascending; a present value comes in besides
	Kind   similarity.Kind // of the links that it makes; Distinct: it has a say in all
	Figure string          // of evidence, that it is compared with; "" for a length

	get func(similarity.Thresholds) float64
	set func(*similarity.Thresholds, float64)
	of  func(*similarity.Evidence) (float64, bool)
}

// Get returns its value.
func (t *Threshold) Get(th similarity.Thresholds) float64 { return t.get(th) }

// Set returns thresholds with its value changed.
func (t *Threshold) Set(th similarity.Thresholds, x float64) similarity.Thresholds {
	t.set(&th, x)
	return th
}

// Length reports whether it is a number of words. All others are shares, from 0 to 1.
func (t *Threshold) Length() bool { return t.Figure == "" }

// Named returns thresholds by the names of their settings, "near" or "thresholds.near"; "all" alone
// means all. An unknown one is an error that says which there are. present turns the key of a
// setting that has another name now into that.
func Named(names []string, present func(key string) string) (list []Threshold, err error) {
	all := Thresholds()
	if slices.Equal(names, []string{"all"}) {
		return all, nil
	}
	const section = "thresholds."
	var known []string
	for _, t := range all {
		known = append(known, strings.TrimPrefix(t.Key, section))
	}
	for _, name := range names {
		i := slices.Index(known, strings.TrimPrefix(present(section+strings.TrimPrefix(name, section)), section))
		if i < 0 {
			return nil, fmt.Errorf("%q is none; want all or some of %s", name, strings.Join(known, ","))
		}
		list = append(list, all[i])
	}
	return list, nil
}

// Decimal writes the value of a threshold, with four digits.
func Decimal(x float64) string { return strconv.FormatFloat(x, 'g', 4, 64) }

// Lowest is the smallest value of a threshold that makes links which is tried.
// Pairs that share much less are seldom compared.
const Lowest = 0.2

// share is a threshold from low to high in steps of 0.05.
func share(key string, kind similarity.Kind, low, high float64, field func(*similarity.Thresholds) *float64,
	figure string, of func(*similarity.Evidence) (float64, bool)) Threshold {
	t := Threshold{Key: "thresholds." + key, Kind: kind, Figure: figure, of: of,
		get: func(th similarity.Thresholds) float64 { return *field(&th) },
		set: func(th *similarity.Thresholds, x float64) { *field(th) = x },
	}
	for i := math.Round(low / 0.05); i <= math.Round(high/0.05); i++ {
		t.Values = append(t.Values, i/20)
	}
	return t
}

func length(key string, field func(*similarity.Thresholds) *int, values ...float64) Threshold {
	return Threshold{Key: "thresholds." + key, Values: values,
		get: func(th similarity.Thresholds) float64 { return float64(*field(&th)) },
		set: func(th *similarity.Thresholds, x float64) { *field(th) = int(x) },
	}
}

// Thresholds lists those that can be swept, the weightiest first.
func Thresholds() []Threshold {
	return []Threshold{
		share("excerpt", similarity.Excerpt, Lowest, 0.95, func(t *similarity.Thresholds) *float64 { return &t.Excerpt },
			"containment", func(e *similarity.Evidence) (float64, bool) { return e.Containment(), true }),
		share("rewrite", similarity.Rewrite, Lowest, 0.95, func(t *similarity.Thresholds) *float64 { return &t.Rewrite },
			"order", func(e *similarity.Evidence) (float64, bool) { return e.Order, e.Order >= 0 }),
		share("near", similarity.Near, Lowest, 0.95, func(t *similarity.Thresholds) *float64 { return &t.Near },
			"resemblance", func(e *similarity.Evidence) (float64, bool) { return e.Resemblance, true }),
		share("mentioned", similarity.Distinct, 0.1, 0.8, func(t *similarity.Thresholds) *float64 { return &t.Mentioned },
			"headline mentioned", func(e *similarity.Evidence) (float64, bool) { return e.Mentioned(), e.HeadlinesKnown }),
		share("headline", similarity.Distinct, 0.5, 1, func(t *similarity.Thresholds) *float64 { return &t.Headline },
			"headlines alike", func(e *similarity.Evidence) (float64, bool) { return e.Headline, e.HeadlinesKnown }),
		length("min_words", func(t *similarity.Thresholds) *int { return &t.MinWords }, 6, 12, 20, 30, 40, 60),
	}
}

// find returns the threshold of a key, which must be one.
func find(key string) Threshold {
	for _, t := range Thresholds() {
		if t.Key == key {
			return t
		}
	}
	panic(fmt.Sprintf("no threshold %q", key))
}
