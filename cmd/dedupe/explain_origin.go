package main

import (
	"fmt"
	"strings"

	"dedupe/config"
	"dedupe/report"
	"dedupe/similarity"
	"dedupe/tune"
)

// own says which thresholds of a pair are neither defaults nor set for all: those of
// a preset, and those that an outlet or a language has of its own. ok is false
// where there are none.
func (x *explainer) own() (s report.Step, ok bool) {
	var says []string
	s = report.Step{Name: "settings", Outcome: "preset"}
	for _, th := range tune.Thresholds() {
		all, is := th.Get(x.all), th.Get(x.thresholds)
		switch {
		case is != all:
			s.Outcome = "own"
			says = append(says, fmt.Sprintf("%s %s %s, %s for all others", name(th), decimal(is), x.whose(th, is), decimal(all)))
		case x.origin(th.Key).Kind == config.FromPreset:
			says = append(says, fmt.Sprintf("%s %s is of %s", name(th), decimal(is), x.origin(th.Key)))
		}
	}
	s.Why = strings.Join(says, "; ")
	return s, len(says) > 0
}

func name(th tune.Threshold) string { return strings.TrimPrefix(th.Key, "thresholds.") }

// whose says which of the two articles has a threshold of its own, and by what.
func (x *explainer) whose(th tune.Threshold, value float64) string {
	for _, side := range []struct {
		letter string
		of     *subject
	}{{"A", &x.a}, {"B", &x.b}} {
		outlet, language := side.of.Outlet, side.of.Language
		set := func(o similarity.Override) bool { return th.Get(o.Apply(similarity.Thresholds{})) == value }
		switch {
		case set(x.overrides.Outlets[outlet]):
			return fmt.Sprintf("is that of %s's outlet %s", side.letter, report.Quoted(outlet))
		case set(x.overrides.Of("", language)):
			return fmt.Sprintf("is that of %s's language %s", side.letter, report.Quoted(language))
		}
	}
	return "is of an override"
}
