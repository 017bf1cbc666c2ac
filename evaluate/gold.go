package evaluate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// maxStories bounds how many stories one article may be of: counting costs two
// to its power.
const maxStories = 8

// Gold is the truth about some articles. Make one with New or Read.
type Gold struct {
	// Name, unless it is nil, turns what Read finds an article called into the
	// name that it goes by.
	Name func(string) string

	stories map[string][]string // article: its stories, in order, none twice
	pairs   []Pair
	known   map[[2]string]string // the two of a pair, in order: its label
}

// Pair is what is known of two articles.
type Pair struct {
	A, B  string
	Label string // see Apart and Copies
	Kind  string // what was done to the copy: cut, retitled, ...; may be empty
}

// verdict is what a label says.
type verdict uint8

const (
	unknown verdict = iota
	copies
	apart
	unsure
)

// String says what is to be done with such a pair.
func (v verdict) String() string { return [...]string{"", "found", "apart", "either"}[v] }

// labels are the words that gold may use for a pair. Reports of one event by
// two reporters are not copies.
var labels = map[string]verdict{
	"dup": copies, "partial": copies, "rewrite": copies, "copy": copies, "same": copies, "must-link": copies,
	"different": apart, "distinct": apart, "same_event": apart, "cannot-link": apart,
	"unclear": unsure,
}

// Copies reports whether the label says that the two are copies of one story.
func (p Pair) Copies() bool { return labels[p.Label] == copies }

// Apart reports whether the label says that they are not. A label may say
// neither: unclear.
func (p Pair) Apart() bool { return labels[p.Label] == apart }

// New returns gold that says nothing.
func New() *Gold {
	return &Gold{stories: map[string][]string{}, known: map[[2]string]string{}}
}

// Add says that an article is of a story. Saying it twice changes nothing; an
// article may be of eight stories at most.
func (g *Gold) Add(article, story string) error {
	if article == "" || story == "" {
		return fmt.Errorf("article %q of cluster %q: both need a name", article, story)
	}
	list := g.stories[article]
	at, found := slices.BinarySearch(list, story)
	switch {
	case found:
		return nil
	case len(list) == maxStories:
		return fmt.Errorf("article %q is in more than %d clusters", article, maxStories)
	}
	g.stories[article] = slices.Insert(list, at, story)
	return nil
}

// AddPair says what two articles are to each other. Saying it twice changes
// nothing; saying two things of one pair that exclude each other is an error.
func (g *Gold) AddPair(p Pair) error {
	if _, ok := labels[p.Label]; !ok {
		return fmt.Errorf("unknown label %q: want one of %s", p.Label, labelNames())
	}
	if p.A == "" || p.B == "" || p.A == p.B {
		return fmt.Errorf("pair of %q and %q: want two articles", p.A, p.B)
	}
	key := [2]string{min(p.A, p.B), max(p.A, p.B)}
	switch before, ok := g.known[key]; {
	case !ok:
		g.known[key] = p.Label
		g.pairs = append(g.pairs, p)
	case labels[before] != labels[p.Label]:
		return fmt.Errorf("pair of %q and %q is labelled %q and %q", p.A, p.B, before, p.Label)
	}
	return nil
}

// Clusters returns how many articles have a story, 0 when gold has pairs only.
func (g *Gold) Clusters() int { return len(g.stories) }

// Pairs returns how many pairs are labelled.
func (g *Gold) Pairs() int { return len(g.pairs) }

// Stories returns the stories of an article, in order; none where gold knows
// none of it.
func (g *Gold) Stories(article string) []string { return slices.Clone(g.stories[article]) }

// Labelled returns the labelled pairs, as they were added.
func (g *Gold) Labelled() []Pair { return slices.Clone(g.pairs) }

// Articles returns all articles that gold knows, in order.
func (g *Gold) Articles() []string {
	ids := make([]string, 0, len(g.stories)+2*len(g.pairs))
	for id := range g.stories {
		ids = append(ids, id)
	}
	for _, p := range g.pairs {
		ids = append(ids, p.A, p.B)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Restrict returns the part of gold that is about articles for which keep is
// true: both of a pair.
func (g *Gold) Restrict(keep func(article string) bool) *Gold {
	part := New()
	for id, stories := range g.stories {
		if keep(id) {
			part.stories[id] = stories
		}
	}
	for _, p := range g.pairs {
		if keep(p.A) && keep(p.B) {
			part.pairs = append(part.pairs, p)
		}
	}
	return part
}

func labelNames() string {
	names := make([]string, 0, len(labels))
	for name := range labels {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(labels[a], labels[b]), cmp.Compare(a, b))
	})
	return strings.Join(names, ", ")
}
