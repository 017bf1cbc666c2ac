package engine

import (
	"context"
	"math"
	"slices"

	"dedupe/article"
	"dedupe/candidate"
	"dedupe/storage"
)

// visit is what the engine keeps of articles that are not stored and stand
// among the stored ones for a while.
type visit struct {
	first    uint32
	articles []article.Article
	fresh    []candidate.Posting // sorted
}

// Visit lets articles that are not stored stand among the stored ones, under
// numbers from first on in the order given, for a Judge and Meet, until leave is called.
// A stored version of one of them counts as superseded meanwhile. Nothing is
// stored. One visit at a time; a run cannot go on meanwhile.
func (e *Engine) Visit(ctx context.Context, list ...*article.Article) (first uint32, leave func(), err error) {
	w := e.newWorker()
	first = e.next.Seq
	v := visit{first: first}
	keys := make([]article.Key, len(list))
	var older []uint32
	for i, a := range list {
		in := *a
		in.Outlet = e.opt.Outlets.Name(a.Outlet, a.URL)
		v.articles = append(v.articles, in)
		var stored uint32
		if keys[i], stored, err = e.Identify(ctx, &in); err != nil {
			return first, func() {}, err
		}
		if stored > 0 && stored < first && !e.place(stored).Dead {
			older = append(older, stored)
		}
	}
	unknown := map[string]uint32{} // outlets that nothing is stored of
	for i := range v.articles {
		in := &v.articles[i]
		p := e.build(w, in.Outlet, in.Headline, in.Body)
		outlet := e.outlets[in.Outlet]
		if outlet == 0 {
			if outlet = unknown[in.Outlet]; outlet == 0 {
				outlet = e.nextOutlet + uint32(len(unknown))
				unknown[in.Outlet] = outlet
			}
		}
		e.places = append(e.places, placeOf(in, keys[i], outlet, e.anchors(w, p)))
		e.rules.add(e, in.Outlet, language(in, w.builder.Body()))
		v.fresh = append(v.fresh, candidate.Sketch(nil, w.anchors, first+uint32(i))...)
	}
	candidate.SortPostings(v.fresh, e.places)
	e.visit = v
	for _, seq := range older {
		e.places[seq-1].Dead = true
	}
	return first, func() {
		for i := range list {
			e.cache.Drop(first + uint32(i))
			e.rules.drop()
		}
		for _, seq := range older {
			e.places[seq-1].Dead = false
		}
		e.places = e.places[:first-1]
		e.visit = visit{}
	}, nil
}

// visitor returns the words of a visiting article; ok is false for any other.
func (e *Engine) visitor(seq uint32) (w storage.Words, ok bool) {
	v := &e.visit
	if v.first == 0 || seq < v.first || seq >= v.first+uint32(len(v.articles)) {
		return w, false
	}
	a := &v.articles[seq-v.first]
	return storage.Words{Outlet: a.Outlet, Headline: a.Headline, Byline: a.Byline, Body: a.Body}, true
}

// Meet compares the one visitor there is with its candidates as a run would, and returns its
// links, in no order; A is the stored article. Other than a run it also looks at stored
// articles that appeared later: an article is judged against those before it, so it is put
// at the end of its window, and a step before that, for a moment. words is how many of its
// text are left to compare.
func (e *Engine) Meet(ctx context.Context, seq uint32) (links []storage.PairRow, words int, err error) {
	w := e.newWorker()
	t, err := e.text(ctx, w, seq)
	if err != nil {
		return nil, 0, err
	}
	own := e.place(seq).Date
	dates := []int64{own}
	if end := e.window.Seconds; end > 0 && own < math.MaxInt64-end {
		dates = append(dates, own+end-e.window.Step(), own+end)
	} else if own != candidate.Undated {
		dates = append(dates, candidate.Undated)
	}
	defer func() { e.place(seq).Date = own }()
	for _, date := range dates {
		e.place(seq).Date = date // of one visitor no list has to be sorted anew
		found, err := e.findFor(ctx, []uint32{seq}, true, e.visit.fresh, false)
		if err != nil {
			return nil, 0, err
		}
		j, err := e.judge(ctx, w, seq, found)
		if err != nil {
			return nil, 0, err
		}
		for _, p := range j.pairs {
			if p.Verdict.Linked() && !slices.ContainsFunc(links, func(q storage.PairRow) bool { return q.A == p.A }) {
				links = append(links, p)
			}
		}
	}
	return links, t.WordsLeft, nil
}
