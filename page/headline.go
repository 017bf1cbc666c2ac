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
// section, a date. What two end in behind other words each is the headline too: these words are
// kickers ("Storm in the north: Ferry runs aground", "News - Ferry runs aground"). Where JSON-LD and
// OpenGraph still differ, one mostly is the <h1>, which is changed during the day. The other is the
// newsroom's own, goes out with feeds, and is what copies have. Three
// things are not the newsroom's own: what the <title> is too, and the <h1> not, was written for search
// engines; what has the site's name behind it, where all others agree, for sharing; and JSON-LD that
// leaves out the first words of what all others are leaves out a part of it.

// separators stand between a headline and what else is in a title.
var separators = []string{" | ", "｜", " - ", " – ", " — ", " · ", " • ", " » ", " :: ", " : ", "："}

// kickerEnds stand between a kicker and its headline.
var kickerEnds = append([]string{": "}, separators...)

// headline returns the headline of the article, empty when the page has none.
func (f *fields) headline() string {
	site := strings.Join(foldWords(f.outlet()), " ")
	headings := slices.DeleteFunc(slices.Clone(f.headings), func(h string) bool { return site != "" && strings.Join(foldWords(h), " ") == site })
	places := slices.Concat(headings, []string{f.ld.headline, f.first("og:title"), f.first("twitter:title"), f.title})
	linked, graph, title := reduce(f.ld.headline, places, site), reduce(f.first("og:title", "twitter:title"), places, site), reduce(f.title, places, site)
	shown := func(s string) bool {
		return slices.ContainsFunc(headings, func(h string) bool { return same(reduce(h, places, site), s) })
	}
	kicked := func(s string) string { return withoutKicker(s, places) }
	switch {
	case linked == "" && graph == "" && len(headings) > 0:
		return kicked(reduce(headings[0], places, site))
	case linked == "" && graph == "":
		return title
	case linked == "":
		return kicked(graph)
	case graph == "" || same(linked, graph):
		return kicked(linked)
	case shown(linked) && same(linked, title) && !same(graph, f.first("og:title", "twitter:title")): // what the site's name is put to
		return kicked(linked)
	case shown(linked) && !same(graph, title), shown(graph) && same(linked, title), shown(graph) && same(graph, title) && ends(graph, linked):
		return kicked(graph)
	}
	return kicked(linked)
}

// withoutKicker returns what a headline ends in behind a separator or a colon, if that is five words
// and more, and another of the places has none of the words before it in front of the same.
func withoutKicker(headline string, places []string) string {
	for _, sep := range kickerEnds {
		kicker, rest, _ := strings.Cut(headline, sep)
		if len(foldWords(rest)) < 5 {
			continue
		}
		words := foldWords(kicker)
		if slices.ContainsFunc(places, func(place string) bool {
			return slices.ContainsFunc(kickerEnds, func(sep string) bool {
				other, end, _ := strings.Cut(place, sep)
				return same(end, rest) && !slices.ContainsFunc(foldWords(other), func(w string) bool { return slices.Contains(words, w) })
			})
		}) {
			return strings.TrimSpace(rest)
		}
	}
	return headline
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
	for _, part := range splits(title) {
		if len(part) > len(best) && (len(part) >= 12 || len(foldWords(part)) > 1) && wanted(part) {
			best = part
		}
	}
	return best
}

// endsIn reports whether a place has a text before or behind one of its separators.
func endsIn(place, text string) bool {
	return slices.ContainsFunc(splits(place), func(s string) bool { return same(s, text) })
}

// splits returns what a title has before each of its separators, and behind each.
func splits(title string) (list []string) {
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

// ends reports whether a text has the words of another at its end.
func ends(s, with string) bool {
	all, end := foldWords(s), foldWords(with)
	return len(all) >= len(end) && slices.Equal(all[len(all)-len(end):], end)
}

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
