package engine

import (
	"context"
	"math"
	"slices"
	"time"

	"dedupe/article"
	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/similarity"
	"dedupe/source"
	"dedupe/storage"
	"dedupe/textcache"
)

// Few does with a few articles that stand in no store what a run does with all: it is an engine
// over what one step of the work on one of them needs, for stages that run as filters anywhere.
// It calls the same functions as a run, and what it says of an article is what a run would say
// that has the same candidates and knows the same boilerplate.
//
//	f := engine.NewFew(opt)
//	f.Set(list)                          // an article and its candidates, in canonical order
//	others, likely, err := f.ToLink(3, shared)
//	words, pairs, err := f.Judge(3, others, likely)
//
// Articles go by their numbers in the list, from 1. A Few is for one goroutine.
type Few struct {
	e *Engine
	w *worker
}

// Loose is an article that stands in no store.
type Loose struct {
	Place    candidate.Place  // its number of an outlet follows from Outlet
	Outlet   string           // canonical name, or what else tells outlets apart; empty: not known
	Language string           // for Options.Overrides
	Text     *similarity.Text // may be nil where nobody asks for it
}

// NewFew returns a Few that has nothing set.
func NewFew(opt Options) *Few {
	opt.Workers = 1
	e := &Engine{opt: opt, boilerplate: newLearned(nil), outlets: map[string]uint32{}, cache: textcache.New(math.MaxInt, "")}
	e.window = candidate.Window{Seconds: int64(opt.Window / time.Second)}
	return &Few{e: e, w: e.newWorker()}
}

// Know makes shingles boilerplate, for articles that are set afterwards.
func (f *Few) Know(shingles ...uint64) {
	for _, h := range shingles {
		if !f.e.boilerplate.Has(h) {
			f.e.boilerplate.Vote(h, 1)
		}
	}
}

// Set sets the articles that are at hand, in canonical order, in the place of those before.
func (f *Few) Set(list []Loose) {
	e := f.e
	for n := range e.places {
		e.cache.Drop(uint32(n + 1))
	}
	e.places = e.places[:0]
	e.answers.Clear()
	clear(e.outlets)
	if !e.opt.Overrides.None() {
		e.rules = rules{number: map[similarity.Override]uint16{}, of: make([]uint16, 0, len(list))}
		e.ruleNumber("", "")
	}
	for i, a := range list {
		if a.Place.Outlet = e.outlets[a.Outlet]; a.Place.Outlet == 0 && a.Outlet != "" {
			a.Place.Outlet = uint32(len(e.outlets) + 1)
			e.outlets[a.Outlet] = a.Place.Outlet
		}
		e.places = append(e.places, a.Place)
		e.rules.add(e, a.Outlet, a.Language)
		if a.Text != nil {
			e.cache.Put(uint32(i+1), a.Text, textcache.Unmarked)
		}
	}
}

// Shared says that an article shares an anchor with candidates.
type Shared struct {
	Key   uint64 // of the anchor, see candidate.Key
	Whole bool   // the anchor is the whole text
	Rare  bool   // few articles before it have the anchor
	With  []uint32
}

// ToLearn returns the candidates among what an article shares that tell what of its text is
// boilerplate, in the order in which Learn is to see them; none where they are too few for that.
func (f *Few) ToLearn(n uint32, shared []Shared) []uint32 {
	ask := candidate.Ask{Article: n, Left: math.MaxUint16}
	others := f.e.best(n, ask.Left, f.w.count(n, gather(ask, shared)), toLearn).list
	if len(others) < f.e.opt.Stories-1 {
		return nil
	}
	return others
}

// ToLink returns the candidates among what an article shares that could be linked with it, in
// the order in which Judge is to see them, and how many of the first share as much as is required
// of a copy. The text of the article is set.
func (f *Few) ToLink(n uint32, shared []Shared) (others []uint32, likely int, err error) {
	t, err := f.e.text(context.Background(), f.w, n)
	if err != nil {
		return nil, 0, err
	}
	f.w.anchors = f.e.opt.Candidates.Searched(f.w.anchors[:0], t.Profile)
	found := gather(f.w.ask(n, t, f.w.anchors, true), shared)
	r := f.e.best(n, found.left(n), f.w.count(n, found), toLink)
	return r.list, r.likely, nil
}

func gather(ask candidate.Ask, shared []Shared) found {
	var hits []candidate.Hit
	for _, s := range shared {
		_, covered := slices.BinarySearch(ask.Covered, s.Key)
		for _, other := range s.With {
			hits = append(hits, candidate.NewHit(other, !covered, s.Whole, s.Rare))
		}
	}
	return found{candidate.Gather(ask, hits)}
}

// Learn returns what of an article is boilerplate by these candidates, all of whose texts are
// set, and the shingles of that, ascending.
func (f *Few) Learn(n uint32, others []uint32) ([]boilerplate.Passage, []uint64, error) {
	l := lesson{seq: n}
	if err := f.e.studyAmong(context.Background(), f.w, others, &l); err != nil || len(l.passages) == 0 {
		return nil, nil, err
	}
	t, err := f.e.unmarked(context.Background(), f.w, n)
	if err != nil {
		return nil, nil, err
	}
	return l.passages, sortedKeys(f.e.within(t.Profile.Shingles(nil), l.passages)), nil
}

// Judge compares an article with these candidates of ToLink, all of whose texts are set. A is the
// number of the candidate in each pair; words is how many of the article's are not boilerplate.
func (f *Few) Judge(n uint32, others []uint32, likely int) (words int, pairs []storage.PairRow, err error) {
	j, err := f.e.judgeAmong(context.Background(), f.w, n, func() ranking { return ranking{others, likely} })
	return j.words, j.pairs, err
}

// Thresholds returns those by which two articles are judged.
func (f *Few) Thresholds(a, b uint32) similarity.Thresholds { return f.e.Thresholds(a, b) }

// Received is an article under the name of its outlet, as a run takes it in.
type Received struct {
	Article article.Article
	Key     article.Key
}

// Take decodes a record. The article is none where the reject is not Kept.
func (f *Few) Take(raw source.Raw, d *source.Decoder) (Received, *source.Reject) {
	it, r := f.e.decoded(raw, d)
	return Received{it.article, it.key}, r
}

// Settle returns the articles that the texts under one key are, each in its current version:
// several where the id was given to several. list has one key and is in the order of arrival.
func (f *Few) Settle(list []Received) (articles []Received, err error) {
	var items []item
	at := map[uint64]int{}
	for _, r := range list {
		hash := textHash(&r.Article)
		if i, twice := at[hash]; twice {
			if first := &items[i].article; first.Outlet == r.Article.Outlet && spellsBetter(r.Article.Given, first.Given) {
				first.Given = r.Article.Given
			}
			continue
		}
		at[hash] = len(items)
		items = append(items, item{article: r.Article, key: r.Key, hash: hash})
	}
	if len(items) > 1 {
		s, err := f.e.settleTexts(context.Background(), list[0].Key, nil, items)
		if err != nil {
			return nil, err
		}
		items = slices.DeleteFunc(s.items, func(it item) bool { return it.past })
	}
	for _, it := range items {
		articles = append(articles, Received{it.article, it.key})
	}
	return articles, nil
}

// Prepared is what a run keeps of an article.
type Prepared struct {
	Loose
	Agency bool // the outlet is the agency that the article credits
}

// Prepare makes what a run keeps of an article.
func (f *Few) Prepare(r *Received) Prepared {
	p, credit := f.e.profiled(f.w, &r.Article)
	place := placeOf(&r.Article, r.Key, 0, f.e.anchors(f.w, p))
	return Prepared{Agency: isAgency(credit, r.Article.Outlet), Loose: Loose{Place: place, Outlet: r.Article.Outlet,
		Language: language(&r.Article, f.w.builder.Body()), Text: similarity.Plain(p)}}
}

// Anchors returns the keys by which candidates of a text are searched, ascending, and that of the
// text as a whole, which is among them.
func (f *Few) Anchors(t *similarity.Text) (keys []uint64, whole uint64) {
	f.w.anchors = f.e.opt.Candidates.Searched(f.w.anchors[:0], t.Profile)
	for _, a := range f.w.anchors {
		whole = candidate.Key(a.Hash) // is the last one
		keys = append(keys, whole)
	}
	return sortedUnique(keys), whole
}

// Tied is an article of a component of links.
type Tied struct {
	Loose
	Words  int // not boilerplate
	Agency bool
	Links  []Tie // with earlier ones
}

// Tie is a link to another article, which is strong from 0 to 1 (similarity.Verdict.Strength).
type Tie struct {
	With     uint32
	Strength float64
	Whole    bool
}

// Cluster is some articles that are copies of one story, and which of them stands for it.
type Cluster struct {
	Members        []uint32 // in canonical order
	Representative uint32
	Reason         string
}

// Group groups a component, which is given in canonical order. Of what people decided it knows
// nothing.
func (f *Few) Group(list []Tied) (clusters []Cluster, err error) {
	loose := make([]Loose, len(list))
	all := make([]uint32, len(list))
	for i := range list {
		loose[i], all[i] = list[i].Loose, uint32(i+1)
	}
	f.Set(loose)
	f.e.graph = &graph{nodes: map[uint32]*node{}}
	for i, a := range list {
		n := &node{loaded: true, part: storage.Part{Outlet: f.e.places[i].Outlet, Words: a.Words, Agency: a.Agency}}
		for _, l := range a.Links {
			n.edges = append(n.edges, edge{other: l.With, strength: float32(l.Strength), whole: l.Whole})
		}
		f.e.graph.nodes[uint32(i+1)] = n
	}
	groups, err := f.e.groupComponent(context.Background(), all)
	for _, members := range groups {
		row := f.e.clusterRow(0, members)
		clusters = append(clusters, Cluster{members, row.Representative, row.Reason})
	}
	return clusters, err
}
