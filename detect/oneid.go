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
	first    place          // of the article, as far as is known: its own, or that of the article's first text
	row      storage.IDText // that has it; of several the current one
	current  bool           // row is the current version of its key
	item     int            // among the new ones, from 1; 0: it is stored
	group    int            // another text of the same article, or itself: see find
	told     *idTelling
}

// place is where a text stands among those of its id: by date, then by its hash.
type place struct {
	date int64
	hash uint64
}

func (p place) compare(o place) int {
	return cmp.Or(cmp.Compare(p.date, o.date), cmp.Compare(p.hash, o.hash))
}

// idSettled is what becomes of new texts under a stored id, or of several under a new one.
type idSettled struct {
	items   []item // to be stored, of each key the current one last
	rekeyed []storage.Rekey
	keys    []article.Key // of each text of the batch
	stands  []uint32      // the stored article that it is, 0: it is a new one
	fresh   int           // articles that are new
	changed int           // texts that are new versions
	known   int           // texts that are stored
	shared  int           // new articles whose id another one has
	example SharedID      // of these
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
			c.texts = append(c.texts, idText{hash: r.TextHash, headline: r.Headline, first: place{p.Date, r.TextHash}, row: r})
		}
		if !p.Dead {
			c.texts[i].row, c.texts[i].current = r, true
		}
	}
	c.stored = len(c.texts)
	s := &idSettled{keys: make([]article.Key, len(items)), stands: make([]uint32, len(items))}
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
				first: place{orderDate(it.article.Published), it.hash}, item: i + 1})
		}
		of[i] = k
	}
	if err := c.group(ctx); err != nil {
		return nil, err
	}
	groups := c.groups()
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
		fresh := 0 // texts of the group
		var replaces []uint32
		for _, i := range group.texts {
			switch t := &c.texts[i]; {
			case t.item > 0:
				fresh++
			case t.current && t.row.Key != group.key:
				s.rekeyed = append(s.rekeyed, storage.Rekey{From: t.row.Key, To: group.key})
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
	// Who leaves the id's own key does so before another takes it.
	slices.SortStableFunc(s.rekeyed, func(x, y storage.Rekey) int {
		own := func(r storage.Rekey) int {
			if r.From == c.base {
				return 0
			}
			return 1
		}
		return cmp.Compare(own(x), own(y))
	})
	return nil
}

// item returns a text as it is stored under another key, or came.
func (c *idCompare) item(ctx context.Context, t *idText) (it item, err error) {
	if t.item > 0 {
		return c.items[t.item-1], nil
	}
	it.hash = t.hash
	it.article, it.seen, err = c.e.received(ctx, t.row.Seq)
	if err != nil && ctx.Err() == nil && !it.seen.IsZero() { // all but the body was read
		c.e.log.Warn("taken as an article without a body", "error", err)
		err = nil
	}
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
	if err != nil || s.Seq == 0 || holds(s, it.hash) && s.TextHash == it.hash {
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
	titles := map[string]int{}
	var firsts map[article.Key]place
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
		title := text.Normal(t.headline)
		j, is := titles[title]
		switch {
		case !is:
			titles[title] = i
		case title == "" || c.says(t):
			c.join(i, j)
		}
	}
	for n, i := range c.nodes {
		if !all && c.texts[i].item == 0 {
			continue // they were compared when they came
		}
		for k, m := n-1, 0; k >= 0 && (all || m < lastCompared); k, m = k-1, m+1 {
			j := c.nodes[k]
			if c.find(i) == c.find(j) {
				continue
			}
			a, err := c.telling(ctx, i)
			if err != nil {
				return err
			}
			b, err := c.telling(ctx, j)
			if err != nil {
				return err
			}
			if sameArticle(a, b) {
				c.join(i, j)
			}
		}
	}
	return nil
}

// firsts returns, by the key that another article of the id has, the place of that
// article's first text; by the id's own key, that of the first of all.
func (c *idCompare) firsts() map[article.Key]place {
	firsts := make(map[article.Key]place, c.stored)
	for i := range c.texts[:c.stored] {
		own := place{c.e.place(c.texts[i].row.Seq).Date, c.texts[i].hash}
		for _, key := range [...]article.Key{c.base, c.base.Other(own.hash)} {
			if p, is := firsts[key]; !is || own.compare(p) < 0 {
				firsts[key] = own
			}
		}
	}
	return firsts
}

// says reports whether a headline says so much that two texts do not have it by chance.
func (c *idCompare) says(t *idText) bool {
	c.builder.K = idShingle
	return headlineWeight(c.builder.Build("", t.headline, "", nil).Headline) >= tellingHeadline
}

// idGroup is one article of an id.
type idGroup struct {
	texts []int // in the order of arrival
	first place
	key   article.Key
}

// groups returns the articles of the id in canonical order, with their keys.
func (c *idCompare) groups() []idGroup {
	for {
		var list []idGroup
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
		taken := map[article.Key]int{}
		twice := false
		for g := range list {
			list[g].key = c.base
			if g > 0 {
				list[g].key = c.base.Other(list[g].first.hash)
			}
			if other, is := taken[list[g].key]; is { // the same part of their hashes
				c.join(list[g].texts[0], list[other].texts[0])
				twice = true
			}
			taken[list[g].key] = g
		}
		if !twice {
			return list
		}
	}
}
