package detect

import (
	"cmp"
	"context"
	"slices"
	"time"

	"dedupe/article"
	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/text"
)

// Articles under one id
//
// A text that comes under a stored id is a later version of the article, or another
// article: feeds give one id, or their own address, to all of their items. So the texts
// of an id fall into groups, each of them one article:
//
//	texts of the id --> which two are of one article (sameArticle)? --> groups --> keys
//	                                                                      |
//	      the group with the first text in canonical order: the key of the id <--+
//	      each other one: key.Other(hash of its own first text)                <-'
//
// Groups are those that are joined, directly or by others between them, so that the
// third version may share nothing with the first one. Both groups and keys follow from
// the set of texts, whatever the order in which they came; only which version of an
// article is current, the last that came, does not. When a text comes late and takes the
// id over, or joins two articles, others get another key: their rows are superseded and
// stored anew, as a new version would be, and what people decided goes with them.
//
// What is stored was compared when it came, and stays together by its keys (settled):
// only pairs with a new text are looked at. A text that is lost is told of (Tell) and
// parts nothing: it stays with the article of its key, and that article keeps its row and
// its key while no new version comes.
//
// Up to maxCompared texts all are compared. Beyond that the id says nothing any more: a
// new text is compared with the current ones that came last, or the cost would grow with
// the square of a feed's items.
const (
	maxCompared  = 512
	lastCompared = 32
)

// idText is a text that came under an id.
type idText struct {
	hash     uint64
	headline string
	first    idPlace        // of the article, as far as is known: its own, or that of the article's first text
	row      storage.IDText // that has it; of several the current one
	current  bool           // row is the current version of its key
	item     int            // among the new ones, from 1; 0: it is stored
	group    int            // another text of the same article, or itself: see find
	profile  *idProfile
	lost     bool // the stored text cannot be read
}

// idPlace is where a text stands among those of its id: by date, then by its hash.
type idPlace struct {
	date int64
	hash uint64
}

func (p idPlace) compare(o idPlace) int {
	return cmp.Or(cmp.Compare(p.date, o.date), cmp.Compare(p.hash, o.hash))
}

// idSettled is what becomes of new texts under a stored id, or of several under a new one.
type idSettled struct {
	items   []item                      // to be stored, of each key the current one last
	moved   map[article.Key]article.Key // keys of stored articles that have others now
	keys    []article.Key               // of each text of the batch
	stands  []uint32                    // the stored article that it is, 0: it is a new one
	fresh   int                         // articles that are new
	changed int                         // texts that are new versions
	known   int                         // texts that are stored
	shared  int                         // new articles whose id another one has
	example SharedID                    // of these
}

// SharedID is an id under which several articles came, with two of their headlines.
type SharedID struct {
	ID, Outlet string
	Headlines  [2]string
}

// settleID finds out what becomes of the texts of a batch that came under one id.
func (e *Engine) settleID(ctx context.Context, base article.Key, items []item) (*idSettled, error) {
	rows, err := e.textsOfID(ctx, base)
	if err != nil {
		return nil, err
	}
	c := idCompare{e: e, base: base, items: items, versions: map[article.Key][]storage.IDText{}}
	at := make(map[uint64]int, len(rows)+len(items))
	for _, r := range rows {
		c.versions[r.Key] = append(c.versions[r.Key], r)
		p := e.place(r.Seq)
		i, is := at[r.TextHash]
		if !is {
			i = len(c.texts)
			at[r.TextHash] = i
			c.texts = append(c.texts, idText{hash: r.TextHash, headline: r.Headline, first: idPlace{p.Date, r.TextHash}, row: r})
		}
		switch t := &c.texts[i]; {
		case !p.Dead:
			t.row, t.current = r, true
		case !t.current && r.Key != base: // it says more: see settled
			t.row = r
		}
	}
	c.stored = len(c.texts)
	s := &idSettled{moved: map[article.Key]article.Key{}, keys: make([]article.Key, len(items)), stands: make([]uint32, len(items))}
	of := make([]int, len(items)) // the text of each item
	for i := range items {
		it := &items[i]
		k, is := at[it.hash]
		if is {
			s.known++
		} else {
			k = len(c.texts)
			at[it.hash] = k
			c.texts = append(c.texts, idText{hash: it.hash, headline: it.article.Headline,
				first: idPlace{orderDate(it.article.Published), it.hash}, item: i + 1})
		}
		of[i] = k
	}
	if err := c.group(ctx); err != nil {
		return nil, err
	}
	groups, err := c.groups(ctx)
	if err != nil {
		return nil, err
	}
	groupOf := map[int]int{} // the group of each text that is looked at
	for g := range groups {
		for _, i := range groups[g].texts {
			groupOf[c.find(i)] = g
		}
	}
	for i, k := range of {
		g, is := groupOf[c.find(k)]
		if !is { // it is stored, and was not looked at
			s.keys[i] = c.texts[k].row.Key
			continue
		}
		s.keys[i] = groups[g].key
		for _, m := range groups[g].texts {
			if t := &c.texts[m]; t.current {
				s.stands[i] = max(s.stands[i], t.row.Seq)
			}
		}
	}
	return s, s.enter(ctx, &c, groups)
}

// enter notes what is to be stored, so that each group is the article of its key.
func (s *idSettled) enter(ctx context.Context, c *idCompare, groups []idGroup) error {
	strangers := 0 // new articles
	for g := range groups {
		group := &groups[g]
		if group.fixed {
			continue
		}
		fresh := 0 // texts of the group
		var replaces []uint32
		for _, i := range group.texts {
			switch t := &c.texts[i]; {
			case t.item > 0:
				fresh++
			case t.current && t.row.Key != group.key:
				s.moved[t.row.Key] = group.key
			}
			if t := &c.texts[i]; t.current {
				replaces = append(replaces, t.row.Seq)
			}
		}
		last := &c.texts[group.texts[len(group.texts)-1]]
		if last.current && last.row.Key == group.key && len(replaces) == 1 {
			continue // as it was
		}
		for _, i := range group.texts {
			t := &c.texts[i]
			if t.item == 0 && t != last {
				continue
			}
			it, err := c.item(ctx, t)
			if err != nil {
				return err
			}
			if it.key = group.key; it.key != c.base {
				it.article.ID = article.OtherID(it.article.ID, it.key)
			}
			for _, v := range c.versions[it.key] {
				it.version = max(it.version, v.Version)
				it.older = append(it.older, v.TextHash)
			}
			c.versions[it.key] = append(c.versions[it.key], storage.IDText{Version: it.version + 1, TextHash: it.hash})
			if it.past = t != last; !it.past {
				it.replaces = replaces
			}
			s.items = append(s.items, it)
		}
		if fresh > 0 && fresh == len(group.texts) {
			strangers++
			s.fresh++
			s.changed--
		}
		s.changed += fresh
		if s.fresh > 0 && s.example.Headlines[1] == "" && len(groups) > 1 {
			other := &groups[0]
			if g == 0 {
				other = &groups[1]
			}
			a := &c.items[0].article
			s.example = SharedID{ID: a.ID, Outlet: a.Outlet, Headlines: [2]string{c.texts[other.texts[0]].headline, last.headline}}
			if a.ID == "" {
				s.example.ID = a.URL
			}
		}
	}
	s.shared = strangers
	if c.stored == 0 {
		s.shared--
	}
	return nil
}

// item returns a text as it is stored under another key, or came.
func (c *idCompare) item(ctx context.Context, t *idText) (it item, err error) {
	if t.item > 0 {
		return c.items[t.item-1], nil
	}
	it.hash = t.hash
	it.article, it.seen, err = c.e.received(ctx, t.row.Seq)
	it.article.ID = c.items[0].article.ID
	return it, err
}

// received returns a stored article as it was received, but for its id.
func (e *Engine) received(ctx context.Context, seq uint32) (article.Article, time.Time, error) {
	for i := range e.flight {
		if f := &e.flight[i]; f.holds(seq) {
			n := &f.articles[seq-f.first]
			a := n.Article
			a.Language = n.Language
			var err error
			a.Body, err = e.store.UnpackBody(n.Packed)
			return a, time.Unix(n.FirstSeen, 0).UTC(), err
		}
	}
	return e.store.Received(ctx, seq)
}

// Identify returns the key that an article would have, whose outlet is canonical, and the
// number of the stored article that it is or would be a version of; 0: it would be a new
// one.
func (e *Engine) Identify(ctx context.Context, a *article.Article) (key article.Key, stored uint32, err error) {
	it := item{article: *a, key: a.Key(), hash: textHash(a)}
	known, err := e.lookUp(ctx, []article.Key{it.key})
	s := known[it.key]
	if err != nil || s.Seq == 0 || s.TextHash == it.hash {
		return it.key, s.Seq, err
	}
	settled, err := e.settleID(ctx, it.key, []item{it})
	if err != nil {
		return it.key, 0, err
	}
	return settled.keys[0], settled.stands[0], nil
}

// textsOfID returns all stored versions of the articles of an id, those in flight
// included, in the order of arrival.
func (e *Engine) textsOfID(ctx context.Context, base article.Key) ([]storage.IDText, error) {
	rows, err := e.store.TextsOfID(ctx, base)
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(r storage.IDText) bool { return r.Seq >= e.next.Seq }) // another process is at work
	for i := len(e.flight) - 1; i >= 0; i-- {
		for _, seq := range e.flight[i].ids[base.Other(0)] {
			if len(rows) > 0 && seq <= rows[len(rows)-1].Seq { // written meanwhile
				continue
			}
			n := &e.flight[i].articles[seq-e.flight[i].first]
			rows = append(rows, storage.IDText{Seq: seq, Key: n.Key, Version: n.Version, TextHash: n.TextHash, Headline: n.Article.Headline})
		}
	}
	return rows, nil
}

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
// several, they are others.
func (c *idCompare) adopt() {
	if c.stored == 0 {
		return
	}
	lost := false
	for i := range c.texts[:c.stored] {
		lost = lost || c.texts[i].lost
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
