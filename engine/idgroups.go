package engine

import (
	"context"
	"slices"

	"dedupe/article"
	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/text"
)

// idCompare groups the texts of an id.
type idCompare struct {
	e        *Engine
	base     article.Key
	items    []item
	texts    []idText                         // in the order of arrival
	stored   int                              // of them
	nodes    []int                            // those that are looked at
	versions map[article.Key][]storage.IDText // stored ones, and those that are to be
	builder  similarity.Builder
	open     []int // see begin
}

func (c *idCompare) find(i int) int {
	for c.texts[i].group != i {
		c.texts[i].group = c.texts[c.texts[i].group].group
		i = c.texts[i].group
	}
	return i
}

func (c *idCompare) join(i, j int) { c.texts[c.find(i)].group = c.find(j) }

// group joins the texts that are of one article.
func (c *idCompare) group(ctx context.Context) error {
	all := len(c.texts) <= maxCompared
	var firsts map[article.Key]idPlace
	if !all {
		firsts = c.firsts()
	}
	for i := range c.texts {
		t := &c.texts[i]
		t.group = i
		if !all && t.item == 0 {
			if !t.current {
				continue
			}
			t.first = firsts[t.row.Key]
		}
		c.nodes = append(c.nodes, i)
	}
	settled := make([]bool, len(c.texts)) // it was compared with all others that are, or is beyond what is compared
	for _, i := range c.nodes {
		settled[i] = !all && c.texts[i].item == 0
	}
	if all && !c.e.unsettled {
		c.settled(settled)
	}
	titles := map[string]int{}
	for _, i := range c.nodes {
		title := text.Normal(c.texts[i].headline)
		j, is := titles[title]
		switch {
		case !is:
			titles[title] = i
		case c.find(i) != c.find(j) && (title == "" || c.distinctive(&c.texts[i])):
			c.join(i, j)
		}
	}
	for n, i := range c.nodes {
		for k, m := n-1, 0; k >= 0 && (all || m < lastCompared); k, m = k-1, m+1 {
			j := c.nodes[k]
			if settled[i] && (settled[j] || !all) || c.find(i) == c.find(j) {
				continue
			}
			a, err := c.profile(ctx, i)
			if err != nil {
				return err
			}
			b, err := c.profile(ctx, j)
			if err != nil {
				return err
			}
			if c.find(i) != c.find(j) && c.alike(i, j, a, b) {
				c.join(i, j)
			}
		}
	}
	c.adopt()
	return nil
}

// settled joins the stored texts of which their keys say that they are of one article, and
// notes those that stand with a current one: what joins two of these joined them when the
// later one came. Texts never part, so a key that is not the id's own is one article's for
// ever; the id's own may have gone from one to another, but while all are one article.
// Others, such as old versions of an article that has left the id's own key, are compared
// again.
func (c *idCompare) settled(settled []bool) {
	current, articles := c.currentOf()
	with := map[article.Key]int{} // a text of each key
	for i := range c.texts[:c.stored] {
		t := &c.texts[i]
		for _, key := range [...]article.Key{t.row.Key, c.base.Other(t.hash)} {
			if key == c.base && !t.current && articles > 1 {
				continue
			}
			j, is := current[key]
			if is {
				settled[i] = true
			} else if key != t.row.Key {
				continue // of no article that is stored
			} else if j, is = with[key]; !is {
				with[key] = i
				continue
			}
			c.join(i, j)
		}
	}
}

// currentOf returns the current text of each stored key, and how many keys have one.
func (c *idCompare) currentOf() (of map[article.Key]int, articles int) {
	of = map[article.Key]int{}
	for i := range c.texts[:c.stored] {
		if t := &c.texts[i]; t.current {
			of[t.row.Key] = i
		}
	}
	return of, len(of)
}

// alike is sameArticle, but that a lost text is like a new one with its headline alone,
// and parts or joins nothing that is stored.
func (c *idCompare) alike(i, j int, a, b *idProfile) bool {
	x, y := &c.texts[i], &c.texts[j]
	if (x.lost || y.lost) && x.item == 0 && y.item == 0 {
		return false
	}
	return sameArticle(a, b)
}

// adopt lets texts that nothing joins be versions of the one stored article, where a text
// of it is lost: nothing tells that they are others. Where the id is known to be given to
// several, or the text was pruned, they are others: many may come, and one that is taken for a version is lost.
func (c *idCompare) adopt() {
	if c.stored == 0 {
		return
	}
	lost := false
	for i := range c.texts[:c.stored] {
		lost = lost || c.texts[i].lost && !c.texts[i].pruned
	}
	if _, articles := c.currentOf(); !lost || articles > 1 || c.e.unsettled {
		return
	}
	for _, i := range c.nodes {
		c.join(i, 0)
	}
}

// firsts returns, by the key that another article of the id has, the place of that
// article's first text; by the id's own key, that of the first of all.
func (c *idCompare) firsts() map[article.Key]idPlace {
	firsts := make(map[article.Key]idPlace, c.stored)
	for i := range c.texts[:c.stored] {
		own := idPlace{c.e.place(c.texts[i].row.Seq).Date, c.texts[i].hash}
		for _, key := range [...]article.Key{c.base, c.base.Other(own.hash)} {
			if p, is := firsts[key]; !is || own.compare(p) < 0 {
				firsts[key] = own
			}
		}
	}
	return firsts
}

// distinctive reports whether a headline says so much that two texts do not have it by
// chance.
func (c *idCompare) distinctive(t *idText) bool {
	c.builder.K = idShingle
	return similarity.Says(c.builder.Build("", t.headline, "", nil).Headline, distinctiveHeadline)
}

// idGroup is one article of an id.
type idGroup struct {
	texts []int // in the order of arrival
	first idPlace
	key   article.Key
	fixed bool // it stays as it is stored: a text of it is lost
}

// groups returns the articles of the id in canonical order, with their keys.
func (c *idCompare) groups(ctx context.Context) ([]idGroup, error) {
	fixed := map[int]bool{} // last texts of groups
	for {
		list := c.listed()
		taken := map[article.Key]int{}
		for g := range list {
			i, currents := c.last(&list[g])
			last := &c.texts[i]
			// Texts that lost what joined them with a current one are no article of their own.
			if list[g].fixed = fixed[i] || last.item == 0 && currents == 0 && !c.e.unsettled; list[g].fixed {
				list[g].key = last.row.Key
				if last.current {
					taken[list[g].key] = g
				}
			}
		}
		again := false
		for g := range list {
			if list[g].fixed {
				continue
			}
			list[g].key = c.base
			if _, is := taken[c.base]; is {
				list[g].key = c.base.Other(list[g].first.hash)
			}
			if other, is := taken[list[g].key]; is { // the same part of their hashes
				c.join(list[g].texts[0], list[other].texts[0])
				again = true
			}
			taken[list[g].key] = g
			i, currents := c.last(&list[g])
			last := &c.texts[i]
			if last.item > 0 || last.current && last.row.Key == list[g].key && currents == 1 {
				continue // nothing stored is stored anew
			}
			if _, err := c.profile(ctx, i); err != nil {
				return nil, err
			}
			if last.lost {
				fixed[i], again = true, true
			}
		}
		if !again {
			return list, nil
		}
	}
}

// last returns the last text of a group, and how many of its texts are current.
func (c *idCompare) last(g *idGroup) (last, currents int) {
	for _, i := range g.texts {
		if c.texts[i].current {
			currents++
		}
	}
	return g.texts[len(g.texts)-1], currents
}

// listed returns the articles of the id in canonical order.
func (c *idCompare) listed() (list []idGroup) {
	at := map[int]int{}
	for _, i := range c.nodes {
		root := c.find(i)
		g, is := at[root]
		if !is {
			g = len(list)
			at[root] = g
			list = append(list, idGroup{first: c.texts[i].first})
		}
		list[g].texts = append(list[g].texts, i)
		if c.texts[i].first.compare(list[g].first) < 0 {
			list[g].first = c.texts[i].first
		}
	}
	slices.SortFunc(list, func(x, y idGroup) int { return x.first.compare(y.first) })
	return list
}

// begin has stored texts alone be looked at, joined as far as their keys and headlines tell; open are those of which the keys do not.
func (c *idCompare) begin() {
	told := make([]bool, len(c.texts))
	for i := range c.texts {
		c.texts[i].group = i
	}
	c.settled(told)
	titles := map[string]int{}
	for _, open := range []bool{false, true} {
		for i, is := range told {
			if is == open {
				continue
			}
			title := text.Normal(c.texts[i].headline)
			if j, is := titles[title]; !is {
				titles[title] = i
			} else if open && (title == "" || c.distinctive(&c.texts[i])) {
				c.join(i, j)
			}
			if open {
				c.open = append(c.open, i)
			}
		}
	}
}

// textsWith returns the hashes of the texts of the article that has a key now: those that its keys or headlines tell, and of the
// open ones those that are like one of them. Of open ones that are lost nothing tells whose they are: they go with whichever is
// forgotten first.
func (c *idCompare) textsWith(ctx context.Context, key article.Key) (map[uint64]bool, error) {
	current, _ := c.currentOf()
	first := current[key] // forgetting is asked of current articles alone
	var mine []int
	of := func(i int) bool { return c.find(i) == c.find(first) }
	for i := range c.texts {
		if of(i) {
			mine = append(mine, i)
		}
	}
	take := func(i int) { // with those of its group
		root := c.find(i)
		for _, j := range c.open {
			if c.find(j) == root {
				mine = append(mine, j)
			}
		}
		c.join(i, first)
	}
	for n := 0; n < len(mine); n++ {
		for _, i := range c.open {
			if of(i) {
				continue
			}
			a, err := c.profile(ctx, mine[n])
			if err != nil {
				return nil, err
			}
			b, err := c.profile(ctx, i)
			if err != nil {
				return nil, err
			}
			if !of(i) && c.alike(mine[n], i, a, b) {
				take(i)
			}
		}
	}
	told := map[int]bool{}
	for i := range c.texts {
		if !c.texts[i].lost || !slices.Contains(c.open, i) {
			told[c.find(i)] = true
		}
	}
	for _, i := range c.open {
		if !told[c.find(i)] {
			take(i)
		}
	}
	hashes := map[uint64]bool{}
	for _, i := range mine {
		hashes[c.texts[i].hash] = true
	}
	return hashes, nil
}
