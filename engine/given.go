package engine

import (
	"context"
	"errors"
	"fmt"

	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/similarity"
	"dedupe/source"
	"dedupe/storage"
)

// Given is what was found out elsewhere, by the stages, on all articles of a new database.
type Given interface {
	// Passages returns what of an article is boilerplate by its vote, in the order of the text.
	Passages(article At) []boilerplate.Passage
	// Pairs returns the comparisons of an article with earlier ones.
	Pairs(article At) (GivenPairs, error)
}

// At is where an article stands in canonical order, which no two share: its date and the begin of
// its key, as in candidate.Place.
type At struct {
	Date int64
	Key  uint64
}

// GivenPairs is the comparisons of an article.
type GivenPairs struct {
	Words int // of it that are not boilerplate
	Pairs []GivenPair
}

// GivenPair is a comparison with the earlier article A.
type GivenPair struct {
	A        At
	Evidence similarity.Evidence
}

// given is what a run is given, with the numbers of its articles.
type given struct {
	Given
	numbers map[At]uint32
}

func at(p *candidate.Place) At { return At{p.Date, p.Key} }

// IngestGiven is Ingest into a new database by comparisons that were made elsewhere of the same
// records: it learns and compares nothing itself. What is stored is what Ingest stores. Where it is
// stopped, the next run compares what is left.
func (e *Engine) IngestGiven(ctx context.Context, command, settings string, records Records, in source.Options, from Given) (Summary, error) {
	if len(e.places) > 0 {
		return Summary{}, errors.New("given comparisons fill a new database, and this one has articles")
	}
	return e.asRun(ctx, command, settings, func(ctx context.Context) error {
		e.shared, e.warned, e.tally = nil, map[string]int{}, map[string]Tally{}
		if err := e.intake(ctx, records, in); err != nil {
			return err
		}
		e.given = &given{from, make(map[At]uint32, len(e.places))}
		defer func() { e.given = nil }()
		for i := range e.places {
			if !e.places[i].Dead {
				e.given.numbers[at(&e.places[i])] = uint32(i + 1)
			}
		}
		return e.work(ctx, e.progress)
	})
}

// studied is what an article was given as its vote.
func (g *given) studied(ctx context.Context, e *Engine, w *worker, l *lesson) error {
	passages := g.Passages(at(e.place(l.seq)))
	if len(passages) == 0 {
		return nil
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

// judged is what an article was given as its comparisons.
func (g *given) judged(e *Engine, seq uint32) (judgement, error) {
	j := judgement{seq: seq}
	all, err := g.Pairs(at(e.place(seq)))
	if err != nil {
		return j, err
	}
	j.words = all.Words
	for _, p := range all.Pairs {
		a := g.numbers[p.A]
		if a == 0 || !e.before(a, seq) {
			return j, fmt.Errorf("article %d: a comparison with an article that does not stand before it: comparisons are of other records", seq)
		}
		t := e.Thresholds(a, seq)
		v := similarity.Decide(p.Evidence, t)
		j.pairs = append(j.pairs, storage.PairRow{A: a, B: seq, Verdict: v, Figure: t.Figure(v)})
	}
	return j, nil
}
