package config

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"dedupe/similarity"
)

// ownThreshold is a threshold that an outlet or a language can have of its own.
type ownThreshold struct {
	name string
	of   func(*similarity.Override) *float64
}

var ownThresholds = []ownThreshold{
	{"near", func(o *similarity.Override) *float64 { return &o.Near }},
	{"excerpt", func(o *similarity.Override) *float64 { return &o.Excerpt }},
	{"rewrite", func(o *similarity.Override) *float64 { return &o.Rewrite }},
	{"headline", func(o *similarity.Override) *float64 { return &o.Headline }},
	{"mentioned", func(o *similarity.Override) *float64 { return &o.Mentioned }},
}

// overrides is thresholds by the name of what has them, each written name=value.
// fold gives all spellings of a name one form, "" to what is none.
func overrides(what string, fold func(string) string) kind[map[string]similarity.Override] {
	var names []string
	for _, x := range ownThresholds {
		names = append(names, x.name+"=0.5")
	}
	return kind[map[string]similarity.Override]{
		name: Map, allowed: fmt.Sprintf("{%s: [%s], ...}, values above 0 up to 1", what, strings.Join(names, ", ")),
		parse: func(raw any) (map[string]similarity.Override, error) {
			m, err := toGroups(raw)
			if err != nil {
				return nil, err
			}
			out, spelt := map[string]similarity.Override{}, map[string]string{}
			for _, name := range slices.Sorted(maps.Keys(m)) {
				folded := fold(name)
				if folded == "" {
					return nil, fmt.Errorf("%q is no name", name)
				}
				if other, ok := spelt[folded]; ok {
					return nil, fmt.Errorf("%q and %q are one %s", other, name, what)
				}
				spelt[folded] = name
				if out[name], err = parseOverride(m[name]); err != nil {
					return nil, fmt.Errorf("%w for %q", err, name)
				}
			}
			return out, nil
		},
		raw: func(m map[string]similarity.Override) any {
			out := map[string][]string{}
			for name, o := range m {
				for _, x := range ownThresholds {
					if v := *x.of(&o); v != 0 {
						out[name] = append(out[name], x.name+"="+decimal(v))
					}
				}
			}
			return out
		},
	}
}

func parseOverride(list []string) (o similarity.Override, err error) {
	if len(list) == 0 {
		return o, fmt.Errorf("there is no threshold")
	}
	for _, item := range list {
		name, value, _ := strings.Cut(item, "=")
		name = strings.TrimPrefix(Present("thresholds."+strings.TrimSpace(name)), "thresholds.")
		i := slices.IndexFunc(ownThresholds, func(x ownThreshold) bool { return x.name == name })
		if i < 0 {
			return o, fmt.Errorf("%q is no threshold that can be set", item)
		}
		v, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil || !(v > 0 && v <= 1) {
			return o, fmt.Errorf("%q has no number above 0 up to 1", item)
		}
		if at := ownThresholds[i].of(&o); *at == 0 {
			*at = v
		} else {
			return o, fmt.Errorf("%q stands there twice", ownThresholds[i].name)
		}
	}
	return o, nil
}

// foldLanguage gives all spellings of a language tag one form.
func foldLanguage(tag string) string { return strings.ToLower(strings.TrimSpace(tag)) }
