package main

import (
	"maps"
	"slices"
	"strings"

	"dedupe/article"
	"dedupe/config"
	"dedupe/detect"
	"dedupe/similarity"
)

// overridesOf gives the settings' overrides the names that articles have.
func overridesOf(c *config.Config, outlets *article.Outlets) (detect.Overrides, error) {
	o := detect.Overrides{Outlets: map[string]similarity.Override{}, Languages: map[string]similarity.Override{}}
	from := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(c.Overrides.Outlets)) {
		outlet := outlets.Name(name, "")
		if other, twice := from[outlet]; twice {
			return o, usagef("overrides.outlets: %q and %q are one outlet", other, name)
		}
		from[outlet] = name
		o.Outlets[outlet] = c.Overrides.Outlets[name]
	}
	for tag, x := range c.Overrides.Languages {
		o.Languages[strings.ToLower(tag)] = x
	}
	return o, nil
}
