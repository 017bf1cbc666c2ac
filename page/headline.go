package page

import (
	"slices"
	"strings"
)

// A page names its headline in up to five places, with other things around it:
//
//	<h1>            Ferry runs aground off Skarholm
//	og:title        Ferry runs aground off Skarholm | Harbour Times
//	JSON-LD         Ferry with 212 aboard runs aground
//	twitter:title   Ferry runs aground off Skarholm
//	<title>         Harbour Times - News - Ferry runs aground off Skarholm
//
// What two of them share between separators is the headline, and the rest is the site's name, a
// section, a date. Where JSON-LD and OpenGraph still differ, one mostly is the <h1>, which is
// changed during the day. The other is the newsroom's own, goes out with feeds, and is what
// copies have, unless it is the <title> too: then it was written for search engines.

// separators stand between a headline and what else is in a title.
var separators = []string{" | ", "｜", " - ", " – ", " — ", " · ", " • ", " » ", " :: ", " : ", "："}

// headline returns the headline of the article, empty when the page has none.
func (f *fields) headline() string {
	site := strings.Join(foldWords(f.outlet()), " ")
	places := slices.Concat(f.headings, []string{f.ld.headline, f.first("og:title"), f.first("twitter:title"), f.title})
	linked, graph, title := reduce(f.ld.headline, places, site), reduce(f.first("og:title", "twitter:title"), places, site), reduce(f.title, places, site)
	shown := func(s string) bool {
		return slices.ContainsFunc(f.headings, func(h string) bool { return same(reduce(h, places, site), s) })
	}
	switch {
	case linked == "" && graph == "" && len(f.headings) > 0:
		return reduce(f.headings[0], places, site)
	case linked == "" && graph == "":
		return title
	case linked == "":
		return graph
	case graph != "" && !same(linked, graph) && (shown(linked) && !same(graph, title) || shown(graph) && same(linked, title)):
		return graph
	}
	return linked
}

// reduce returns the part of a title that is the headline: what another of the places is as a
// whole, or has at an end too if that is five words and more; else all but the name of the site.
func reduce(title string, places []string, site string) string {
	for {
		part := longest(title, func(part string) bool {
			return slices.ContainsFunc(places, func(place string) bool { return same(place, part) && !same(place, title) })
		})
		if part == "" && !slices.ContainsFunc(places, func(place string) bool { return endsIn(place, title) }) {
			part = longest(title, func(part string) bool {
				return len(foldWords(part)) >= 5 && slices.ContainsFunc(places, func(place string) bool { return !same(place, title) && endsIn(place, part) })
			})
		}
		if part == "" && site != "" {
			part = longest(title, func(part string) bool {
				rest, ok := strings.CutPrefix(strings.Join(foldWords(strings.Replace(title, part, "", 1)), " "), site)
				return ok && len(strings.Fields(rest)) < 3
			})
		}
		if part == "" || strings.Join(foldWords(part), " ") == site {
			return title
		}
		title = part
	}
}

// longest returns the longest end of a title that is as wanted, of two words or twelve bytes
// at least; empty when none is.
func longest(title string, wanted func(string) bool) (best string) {
	for _, part := range ends(title) {
		if len(part) > len(best) && (len(part) >= 12 || len(foldWords(part)) > 1) && wanted(part) {
			best = part
		}
	}
	return best
}

// endsIn reports whether a place has a text before or behind one of its separators.
func endsIn(place, text string) bool {
	return slices.ContainsFunc(ends(place), func(s string) bool { return same(s, text) })
}

// ends returns what a title has before each of its separators, and behind each.
func ends(title string) (list []string) {
	for _, sep := range separators {
		for at := 0; len(list) < 40; {
			i := strings.Index(title[at:], sep)
			if i < 0 {
				break
			}
			list = append(list, strings.TrimSpace(title[:at+i]), strings.TrimSpace(title[at+i+len(sep):]))
			at += i + len(sep)
		}
	}
	return list
}

// same reports whether two texts have the same words.
func same(a, b string) bool { return slices.Equal(foldWords(a), foldWords(b)) }

// siteOf returns the name of the site that a <title> ends in, behind a separator that headlines
// do not have; empty when there is none.
func siteOf(title string) string {
	for _, sep := range []string{" | ", "｜", " » ", " :: ", " • "} {
		if i := strings.LastIndex(title, sep); i > 0 {
			if site := strings.TrimSpace(title[i+len(sep):]); len(foldWords(site)) > 0 && len(strings.Fields(site)) <= 5 && len(site) <= 60 {
				return site
			}
		}
	}
	return ""
}
