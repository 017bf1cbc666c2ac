package similarity

import (
	"fmt"
	"strings"

	"github.com/adrg/strutil"
	"github.com/adrg/strutil/metrics"

	"dedupe/text"
)

// maxHeadline bounds the characters of a headline that are compared. Some
// metrics cost the product of both lengths; a headline that is longer is a
// paragraph that stands in the wrong field.
const maxHeadline = 400

// headlineMetrics are strutil's metrics of characters under the names of the
// configuration. All of them read their settings only, so they may be shared
// between goroutines.
var headlineMetrics = []struct {
	name   string
	metric strutil.StringMetric
}{
	{"jaro-winkler", metrics.NewJaroWinkler()},
	{"jaro", metrics.NewJaro()},
	{"levenshtein", metrics.NewLevenshtein()},
	{"smith-waterman-gotoh", metrics.NewSmithWatermanGotoh()},
	{"hamming", metrics.NewHamming()},
	{"sorensen-dice", metrics.NewSorensenDice()}, // of character pairs, like the next two
	{"jaccard", metrics.NewJaccard()},
	{"overlap-coefficient", metrics.NewOverlapCoefficient()},
}

// DefaultMetric is the name of the metric on whose scale the default of
// Thresholds.Headline is.
const DefaultMetric = "sorensen-dice"

// MetricNames returns the names that HeadlineMetric knows.
func MetricNames() []string {
	names := make([]string, len(headlineMetrics))
	for i, m := range headlineMetrics {
		names[i] = m.name
	}
	return names
}

// HeadlineMetric returns the metric of that name: how alike two headlines are,
// from 0 to 1. Letter case and the amount of white space do not count, nor what
// stands behind the first 400 characters. Equal headlines give 1, an empty one
// 0 with every other and with another empty one, for two unknown headlines are
// no reason to think of one story. The figure is the same in either order. The
// function is safe for use by several goroutines. Cost: 2 to 15 us for two
// headlines of a dozen words, Smith-Waterman-Gotoh 50 us; nothing for equal
// ones. An unknown name is an error that lists the known ones.
func HeadlineMetric(name string) (func(a, b string) float64, error) {
	normal, err := NormalMetric(name)
	if err != nil {
		return nil, err
	}
	return func(a, b string) float64 { return normal(text.Normal(cut(a)), text.Normal(cut(b))) }, nil
}

// NormalMetric is HeadlineMetric for headlines that are in normal form already,
// such as [Profile].Title.
func NormalMetric(name string) (func(a, b string) float64, error) {
	for _, m := range headlineMetrics {
		if m.name == name {
			return func(a, b string) float64 { return compareHeadlines(m.metric, a, b) }, nil
		}
	}
	return nil, fmt.Errorf("unknown headline metric %q: want one of %s", name, strings.Join(MetricNames(), ", "))
}

func compareHeadlines(m strutil.StringMetric, a, b string) float64 {
	if a == b && a != "" {
		return 1
	}
	a, b = cut(a), cut(b)
	switch {
	case a == "" || b == "":
		return 0
	case a == b:
		return 1
	case b < a: // matching from the left is not quite symmetric in some of them
		a, b = b, a
	}
	return clamp(strutil.Similarity(a, b, m))
}

// cut returns the first maxHeadline characters of a headline.
func cut(s string) string {
	if len(s) <= maxHeadline {
		return s
	}
	n := 0
	for i := range s {
		if n++; n > maxHeadline {
			return s[:i]
		}
	}
	return s
}

// clamp moves x into 0 to 1. Rounding leaves some metrics a little outside, and
// what is no number is no likeness.
func clamp(x float64) float64 {
	switch {
	case x > 1:
		return 1
	case x > 0:
		return x
	}
	return 0
}
