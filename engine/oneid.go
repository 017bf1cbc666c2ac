package engine

import (
	"cmp"
	"context"
	"slices"

	"dedupe/article"
	"dedupe/storage"
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
	pruned   bool // because it was pruned
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
	return e.settleTexts(ctx, base, rows, items)
}

// compareID has the stored texts of an id, and where each stands, by its hash; the new ones are to follow.
func (e *Engine) compareID(base article.Key, rows []storage.IDText, items []item) (*idCompare, map[uint64]int) {
	c := &idCompare{e: e, base: base, items: items, versions: map[article.Key][]storage.IDText{}}
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
		case isCurrent(p):
			t.row, t.current = r, true
		case !t.current && r.Key != base: // it says more: see settled
			t.row = r
		}
	}
	c.stored = len(c.texts)
	return c, at
}

// settleTexts does so beside the stored texts of the id.
func (e *Engine) settleTexts(ctx context.Context, base article.Key, rows []storage.IDText, items []item) (*idSettled, error) {
	c, at := e.compareID(base, rows, items)
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
	return s, s.enter(ctx, c, groups)
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
			s.example = SharedID{ID: a.ID, Outlet: cmp.Or(a.Given, a.Outlet), Headlines: [2]string{c.texts[other.texts[0]].headline, last.headline}}
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
	it.article, it.seen, err = c.e.store.Received(ctx, t.row.Seq)
	it.article.ID = c.items[0].article.ID
	return it, err
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

// textsOfID returns all stored versions of the articles of an id, in the order of arrival.
func (e *Engine) textsOfID(ctx context.Context, base article.Key) ([]storage.IDText, error) {
	rows, err := e.store.TextsOfID(ctx, base)
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(r storage.IDText) bool { return r.Seq >= e.next.Seq }) // another process is at work
	return rows, nil
}

// owned is an article, and its versions whatever keys they stand under.
type owned struct {
	key    article.Key
	last   uint32           // the current version
	own    []storage.IDText // all, in the order of arrival
	others []uint32         // where it keeps its id: other articles that came under that
	keeps  bool             // its key is that of its id
}

// owned returns the article of a key with those versions, too, that it left under other keys: when it gave its id up, or was
// joined with another article; and without those that others left under its own. Ids are those that were met before, and may
// have one more then. Cost: a look-up; where several articles share the id, a comparison with each version that no key tells.
func (e *Engine) owned(ctx context.Context, key article.Key, last uint32, ids map[article.Key]*idCompare) (o owned, err error) {
	o = owned{key: key, last: last}
	a, _, err := e.store.Received(ctx, last)
	if err != nil && !storage.IsDamage(err) {
		return o, err
	}
	a.ID, _ = givenID(&a, key)
	base := a.Key()
	o.keeps = base == key
	c := ids[base]
	if c == nil {
		rows, err := e.textsOfID(ctx, base)
		if err != nil {
			return o, err
		}
		if !slices.ContainsFunc(rows, func(r storage.IDText) bool { return r.Key != key }) {
			o.own = rows
			return o, nil
		}
		c, _ = e.compareID(base, rows, nil)
		c.begin()
		ids[base] = c
	}
	mine, err := c.textsWith(ctx, key)
	if err != nil {
		return o, err
	}
	for k, versions := range c.versions {
		for _, v := range versions {
			switch is := mine[v.TextHash]; {
			case is:
				o.own = append(o.own, v)
			case o.keeps && k != key && isCurrent(e.place(v.Seq)):
				o.others = append(o.others, v.Seq)
			}
		}
	}
	slices.SortFunc(o.own, func(a, b storage.IDText) int { return cmp.Compare(a.Seq, b.Seq) })
	slices.Sort(o.others)
	return o, nil
}
