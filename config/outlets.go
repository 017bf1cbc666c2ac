package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"dedupe/article"
)

// subdomains begins an alias that stands for every subdomain of a host.
const subdomains = "*."

// foldOutlet gives all spellings of an outlet's name or host one form, "" to
// what is none.
func foldOutlet(name string) string {
	host, all := strings.CutPrefix(name, subdomains)
	folded := article.CanonicalOutlet(host)
	if all && folded != "" {
		return subdomains + folded
	}
	return folded
}

// checkPreferred says what is wrong with the preferred outlets, and in which setting: nil where
// the rule has some and each is one of its own.
func (c *Config) checkPreferred() (key string, err error) {
	rule, names := slices.Contains(c.Cluster.Representative, "preferred"), c.Cluster.Preferred
	switch {
	case rule && len(names) == 0:
		return "cluster.representative", errors.New("the rule preferred needs outlets in cluster.preferred")
	case !rule && len(names) > 0:
		return preferred, errors.New("it is asked for by the rule preferred alone, as in cluster.representative: [pinned, preferred, earliest]")
	}
	table, err := c.Outlets.Table()
	if err != nil {
		return "", nil // which is a problem of its own
	}
	of := map[string]string{}
	for _, name := range names {
		outlet := table.Name(name, "")
		if outlet == "" {
			return preferred, fmt.Errorf("%q is no name", name)
		}
		if other, twice := of[outlet]; twice {
			return preferred, fmt.Errorf("%q and %q are one outlet", other, name)
		}
		of[outlet] = name
	}
	return "", nil
}

// Table joins aliases and owners. An owner may be given by any name of an
// outlet. It is an error when two owners are given for one.
func (o Outlets) Table() (*article.Outlets, error) {
	var list []article.Outlet
	of := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(o.Aliases)) {
		list = append(list, article.Outlet{Name: name, Aliases: o.Aliases[name]})
		for _, alias := range o.Aliases[name] {
			of[foldOutlet(alias)] = name
		}
	}
	for _, owner := range slices.Sorted(maps.Keys(o.Owners)) {
		for _, name := range o.Owners[owner] {
			if main, ok := of[foldOutlet(name)]; ok {
				name = main
			}
			list = append(list, article.Outlet{Name: name, Owner: owner})
		}
	}
	return article.NewOutlets(list)
}
