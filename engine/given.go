package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/similarity"
	"dedupe/source"
	"dedupe/storage"
)

// Given is what was found out elsewhere on articles: by the stages, or in other databases.
type Given interface {
	// Begin is told of all articles that count, in canonical order, when all records are taken in.
	Begin(articles []GivenText) error
	// Knows reports whether something was found out on an article, with all articles that stand before
	// it in its window and no others. On one that is not known the run finds out all itself.
	Knows(article At) bool
	// Passages returns what of an article is boilerplate by its vote, in the order of the text.
	Passages(ctx context.Context, article At) ([]boilerplate.Passage, error)
	// Pairs returns the comparisons of an article with earlier ones.
	Pairs(ctx context.Context, article At) (GivenPairs, error)
	// Learned returns what was known to be boilerplate where an article was compared, for each place
	// where it was; none where that was what all votes make. It is called when all have voted.
	Learned(article At) []*boilerplate.Set
}

// At is where an article stands in canonical order, which no two share: its date and the begin of
// its key, as in candidate.Place.
type At struct {
	Date int64
	Key  uint64
}

// Compare compares places by canonical order.
func (a At) Compare(b At) int { return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Key, b.Key)) }

// GivenText is an article with a hash of its text, outlet and language.
type GivenText struct {
	At
	Seq  uint32 // its number in the database
	Hash uint64
}

// TextsOf returns the articles of a database that count, in canonical order.
// Memory: 32 bytes for each.
func TextsOf(ctx context.Context, store *storage.Store, places candidate.Places) (list []GivenText, err error) {
	err = store.ContentHashes(ctx, func(seq uint32, hash uint64) {
		if int(seq) <= len(places) && !places[seq-1].Dead {
			list = append(list, GivenText{at(&places[seq-1]), seq, hash})
		}
	})
	slices.SortFunc(list, func(a, b GivenText) int { return cmp.Or(a.Compare(b.At), cmp.Compare(a.Seq, b.Seq)) })
	return list, err
}

// GivenPairs is the comparisons of an article.
type GivenPairs struct {
	Words   int // of it that are not boilerplate
	Pairs   []GivenPair
	Learned *boilerplate.Set // what was known to be boilerplate, one of Given.Learned
}

// GivenPair is a comparison with the earlier article A.
type GivenPair struct {
	A        At
	Evidence similarity.Evidence
}

// given is what a run is given, with the numbers of its articles.
type given struct {
	Given
	texts []GivenText
	stale map[aged]bool

	learned, compared int // articles on which the run found out all itself
}

// aged is an article of which other words are boilerplate now than by what was known.
type aged struct {
	seq   uint32
	known *boilerplate.Set
}

func at(p *candidate.Place) At { return At{p.Date, p.Key} }

// IngestGiven is Ingest by comparisons that were made elsewhere of the same records: what is known
// of an article it neither learns nor compares itself. What is stored is what Ingest stores. Where it
// is stopped, the next run does what is left.
func (e *Engine) IngestGiven(ctx context.Context, command, settings string, records Records, in source.Options, from Given) (Summary, error) {
	g := &given{Given: from}
	sum, err := e.ingest(ctx, command, settings, records, in, func() (err error) {
		if g.texts, err = TextsOf(ctx, e.store, e.places); err == nil {
			err = g.Begin(g.texts)
		}
		e.given = g
		return err
	})
	e.log.Debug("comparisons were given", "articles", len(g.texts), "learned anew", g.learned, "other boilerplate", len(g.stale), "compared anew", g.compared)
	return sum, err
}

// seq returns the number of an article, 0: it is not stored.
func (g *given) seq(a At) uint32 {
	i, found := slices.BinarySearchFunc(g.texts, a, func(t GivenText, a At) int { return t.Compare(a) })
	if !found {
		return 0
	}
	return g.texts[i].Seq
}

// unknown returns those of articles on which the run is to find out all itself.
func (g *given) unknown(e *Engine, seqs []uint32) []uint32 {
	open := slices.DeleteFunc(slices.Clone(seqs), func(seq uint32) bool { return g.Knows(at(e.place(seq))) })
	g.learned += len(open)
	return open
}

// studied is what an article that is known was given as its vote.
func (g *given) studied(ctx context.Context, e *Engine, w *worker, l *lesson) error {
	passages, err := g.Passages(ctx, at(e.place(l.seq)))
	if err != nil || len(passages) == 0 {
		return err
	}
	t, err := e.unmarked(ctx, w, l.seq)
	if err != nil {
		return err
	}
	last := 0
	for _, p := range passages {
		if p.Start < last || p.Len < e.opt.Shingle || p.Len > t.Len()-p.Start {
			return fmt.Errorf("article %d: a vote for words %d to %d of %d: votes are of other records", l.seq, p.Start, p.Start+p.Len, t.Len())
		}
		last = p.Start + p.Len
	}
	l.passages = passages
	return nil
}

// age finds the articles of which other words are boilerplate now than where they were compared.
func (g *given) age(ctx context.Context, e *Engine) error {
	g.stale = map[aged]bool{}
	all := make([]uint32, len(g.texts))
	for i := range g.texts {
		all[i] = g.texts[i].Seq
	}
	slices.Sort(all)
	return e.chunks(ctx, all, func(seqs []uint32) error {
		old := make([][]*boilerplate.Set, len(seqs))
		err := e.each(len(seqs), func(w *worker, i int) error {
			sets := g.Learned(at(e.place(seqs[i])))
			if len(sets) == 0 {
				return nil
			}
			t, err := e.unmarked(ctx, w, seqs[i])
			if storage.IsDamage(err) {
				return nil
			}
			if err != nil {
				return err
			}
			w.shingles = t.Profile.Shingles(w.shingles[:0])
			old[i] = slices.DeleteFunc(sets, func(s *boilerplate.Set) bool {
				return e.boilerplate.Same(t.Profile, w.shingles, func(h uint64) bool { return s.Has(h) != e.boilerplate.Has(h) })
			})
			return nil
		})
		for i, seq := range seqs {
			for _, s := range old[i] {
				g.stale[aged{seq, s}] = true
			}
		}
		return err
	})
}

// judged is what an article was given as its comparisons. They are not known where one side has
// other boilerplate now.
func (g *given) judged(ctx context.Context, e *Engine, seq uint32) (j judgement, known bool, err error) {
	j.seq = seq
	if !g.Knows(at(e.place(seq))) {
		return j, false, nil
	}
	all, err := g.Pairs(ctx, at(e.place(seq)))
	if err != nil || g.stale[aged{seq, all.Learned}] {
		return j, false, err
	}
	j.words = all.Words
	for _, p := range all.Pairs {
		a := g.seq(p.A)
		if a == 0 || !e.before(a, seq) {
			return j, false, fmt.Errorf("article %d: a comparison with an article that does not stand before it: comparisons are of other records", seq)
		}
		if g.stale[aged{a, all.Learned}] {
			return j, false, nil
		}
		t := e.Thresholds(a, seq)
		v := similarity.Decide(p.Evidence, t)
		j.pairs = append(j.pairs, storage.PairRow{A: a, B: seq, Verdict: v, Figure: t.Figure(v)})
	}
	return j, true, nil
}

// judge fills in the judgements of articles that are known, and returns the others.
func (g *given) judge(ctx context.Context, e *Engine, seqs []uint32, judged []judgement) (open []uint32, err error) {
	known := make([]bool, len(seqs))
	err = e.each(len(seqs), func(_ *worker, i int) (err error) {
		judged[i], known[i], err = g.judged(ctx, e, seqs[i])
		return err
	})
	for i, seq := range seqs {
		if !known[i] {
			open = append(open, seq)
		}
	}
	g.compared += len(open)
	return open, err
}
