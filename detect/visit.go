package detect

import (
	"context"

	"dedupe/article"
	"dedupe/candidate"
	"dedupe/storage"
)

// visit is what the engine keeps of articles that are not stored and stand
// among the stored ones for a while.
type visit struct {
	first uint32
	fresh []candidate.Posting // sorted
}

// Visit lets articles that are not stored stand among the stored ones, under
// numbers from first on in the order given, for Compare, until leave is called.
// A stored version of one of them counts as superseded meanwhile. Nothing is
// stored. One visit at a time; a run cannot go on meanwhile.
func (e *Engine) Visit(ctx context.Context, list ...*article.Article) (first uint32, leave func(), err error) {
	w := e.newWorker()
	first = e.next.Seq
	f := flight{first: first}
	keys := make([]article.Key, len(list))
	var older []uint32
	for i, a := range list {
		in := *a
		in.Outlet = e.opt.Outlets.Name(a.Outlet, a.URL)
		var stored uint32
		if keys[i], stored, err = e.Identify(ctx, &in); err != nil {
			return first, func() {}, err
		}
		if stored > 0 && stored < first && !e.place(stored).Dead {
			older = append(older, stored)
		}
	}
	var fresh []candidate.Posting
	unknown := map[string]uint32{} // outlets that nothing is stored of
	for i, a := range list {
		in := *a
		in.Outlet = e.opt.Outlets.Name(a.Outlet, a.URL)
		p := e.build(w, in.Outlet, in.Headline, in.Body)
		t := e.furniture.Mark(p, w.builder.Shingles(), nil)
		seq := first + uint32(i)
		e.keep(w, seq, t)
		outlet := e.outlets[in.Outlet]
		if outlet == 0 {
			if outlet = unknown[in.Outlet]; outlet == 0 {
				outlet = e.nextOutlet + uint32(len(unknown))
				unknown[in.Outlet] = outlet
			}
		}
		e.places = append(e.places, placeOf(&in, keys[i], outlet, e.anchors(w, p)))
		e.rules.add(e, in.Outlet, language(&in, w.builder.Body()))
		fresh = append(fresh, candidate.Sketch(nil, w.anchors, seq)...)
		f.articles = append(f.articles, storage.NewArticle{Seq: seq, Key: keys[i], Article: in, Packed: e.store.PackBody(nil, in.Body)})
		f.texts = append(f.texts, t)
	}
	candidate.SortPostings(fresh, e.places)
	e.flight[0], e.visit = f, visit{first: first, fresh: fresh}
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
		e.flight[0], e.visit = flight{}, visit{}
	}, nil
}

// move gives a visitor another date, by which it stands elsewhere among the
// stored articles. Only where it is the one visitor: lists are not sorted anew.
func (e *Engine) move(seq uint32, date int64) { e.places[seq-1].Date = date }

// visitor returns a visiting article, or nil.
func (e *Engine) visitor(seq uint32) *storage.NewArticle {
	if f := &e.flight[0]; e.visit.first != 0 && f.holds(seq) {
		return &f.articles[seq-f.first]
	}
	return nil
}
