package config

import (
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
