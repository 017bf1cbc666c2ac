package detect

import (
	"context"
	"encoding/binary"
	"slices"

	"dedupe/article"
	"dedupe/candidate"
	"dedupe/similarity"
	"dedupe/storage"
)

// news drops what is stored already, in place, and marks older versions as superseded.
// What was stored once is known, though another version came after it: dumps of earlier
// days are read again by every run.
func (e *Engine) news(ctx context.Context, b *storage.Batch, items []item) ([]item, error) {
	keys := make([]article.Key, len(items))
	for i := range items {
		keys[i] = items[i].key
	}
	keys = slices.DeleteFunc(keys, func(k article.Key) bool { return !e.keys.has(k) })
	known, err := e.store.Known(ctx, keys)
	if err != nil {
		return nil, err
	}
	out := items[:0]
	last := map[article.Key]int{} // index in out + 1
	for _, it := range items {
		if s, ok := e.unwritten(it.key); ok {
			known[it.key] = s
		}
		if i := last[it.key]; i > 0 { // twice in this batch
			if out[i-1].hash == it.hash {
				e.sum.Known++
			} else {
				e.sum.Changed++
				it.version, it.older = out[i-1].version, out[i-1].older
				out[i-1] = it
			}
			continue
		}
		s, ok := known[it.key]
		switch {
		case !ok:
			e.sum.New++
		case s.TextHash == it.hash || slices.Contains(s.Older, it.hash):
			e.sum.Known++
			continue
		default:
			e.sum.Changed++
			b.Superseded = append(b.Superseded, s.Seq)
			it.version, it.older = s.Version, append(slices.Clone(s.Older), s.TextHash)
		}
		out = append(out, it)
		last[it.key] = len(out)
	}
	slices.Sort(b.Superseded)
	return out, nil
}

// admit numbers the new articles and makes what is stored of each, and what is
// asked to find its candidates.
func (e *Engine) admit(b *storage.Batch, items []item) (asks []candidate.Ask, postings []candidate.Posting, err error) {
	if len(b.Superseded) > 0 {
		e.retire(b)
	}
	first := e.next.Seq
	e.next.Seq += uint32(len(items))
	seen := e.now()
	b.Articles = make([]storage.NewArticle, len(items))
	places := make([]candidate.Place, len(items))
	sketches := make([][]candidate.Posting, len(items))
	texts := make([]*similarity.Text, len(items))
	asks = make([]candidate.Ask, len(items))
	for i := range items {
		b.Articles[i].Outlet = e.outlet(b, items[i].article.Outlet)
	}
	err = e.each(len(items), func(w *worker, i int) error {
		it := &items[i]
		n := &b.Articles[i]
		seq := first + uint32(i)
		frames, credit := e.opt.Agencies.Read(it.article.Headline, it.article.Byline, it.article.Body)
		p := w.builder.Build(it.article.Outlet, it.article.Headline, it.article.Body, spans(frames))
		shingles := w.builder.Shingles()
		t := e.furniture.Mark(p, shingles, nil)
		date, reason := article.EffectiveDate(it.article.Published, seen)
		*n = storage.NewArticle{
			Seq: seq, Key: it.key, Article: it.article, Outlet: n.Outlet, Effective: date.Unix(), Reason: reason, FirstSeen: seen.Unix(),
			Language: language(&it.article, w.builder.Body()), Credit: credit, Agency: isAgency(credit, it.article.Outlet), Words: t.WordsLeft, TextHash: it.hash, Version: it.version + 1,
		}
		w.packed = e.store.PackBody(w.packed[:0], it.article.Body)
		n.Packed = slices.Clone(w.packed)
		n.Article.Body = ""
		n.State = e.state(n.Words)
		w.anchors = e.opt.Candidates.Anchors(w.anchors[:0], p, shingles)
		places[i] = placeOf(&it.article, it.key, n.Outlet, w.anchors)
		asks[i] = ask(seq, t, w.anchors)
		w.sketch = candidate.Sketch(w.sketch[:0], w.anchors, seq)
		sketches[i] = slices.Clone(w.sketch)
		texts[i] = t
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	e.flight[0] = flight{first: first, articles: b.Articles, texts: texts, mark: e.furniture.Version(), known: make(map[article.Key]storage.Stored, len(items))}
	total := 0
	for i := range b.Articles {
		n := &b.Articles[i]
		e.rules.add(e, n.Article.Outlet, n.Language)
		e.flight[0].known[n.Key] = storage.Stored{Seq: n.Seq, TextHash: n.TextHash, Version: n.Version, Older: items[i].older}
		e.graph.add(n.Seq, storage.Part{Outlet: n.Outlet, Effective: n.Effective, Words: n.Words, Key: n.Key,
			Agency: n.Agency})
		if n.State == storage.TooShort {
			e.sum.TooShort++
		}
		total += len(sketches[i])
	}
	if len(items) > 0 {
		e.firsts = append(e.firsts, first)
		e.places = append(e.places, places...)
		e.keys.fill(e.places)
		b.Places = append(b.Places, storage.PlaceRow{First: first, Places: places})
	}
	postings = make([]candidate.Posting, 0, total)
	for _, s := range sketches {
		postings = append(postings, s...)
	}
	postings, parts := candidate.Scatter(postings)
	return asks, postings, e.each(len(parts), func(_ *worker, i int) error {
		candidate.SortPostings(parts[i], e.places)
		return nil
	})
}

// placeOf is where an article stands, whose outlet has the given number. Two
// articles of unknown outlets are not of one outlet.
func placeOf(a *article.Article, key article.Key, outlet uint32, anchors []candidate.Anchor) candidate.Place {
	p := candidate.Place{Date: orderDate(a.Published), Key: binary.BigEndian.Uint64(key[:]), Sampled: candidate.Common(anchors)}
	if a.Outlet != "" {
		p.Outlet = outlet
	}
	return p
}

// orderDate is the date that stands for an article among others: what was
// given, whenever it was first seen, so that it is the same in every run.
func orderDate(published string) int64 {
	if t, ok := article.ParseDate(published); ok {
		return t.Unix()
	}
	return candidate.Undated
}

// retire makes superseded articles dead.
func (e *Engine) retire(b *storage.Batch) {
	for _, seq := range b.Superseded {
		e.places[seq-1].Dead = true
	}
	b.Places = append(b.Places, e.placeRows(b.Superseded)...)
}

// placeRows returns the rows in which the places of articles are stored, each once.
func (e *Engine) placeRows(seqs []uint32) (list []storage.PlaceRow) {
	rows := map[int]bool{}
	for _, seq := range seqs {
		row, found := slices.BinarySearch(e.firsts, seq)
		if !found {
			row--
		}
		rows[row] = true
	}
	for _, row := range sortedKeys(rows) {
		list = append(list, e.placeRow(row))
	}
	return list
}

func (e *Engine) placeRow(row int) storage.PlaceRow {
	from, to := e.firsts[row], uint32(len(e.places)+1)
	if row+1 < len(e.firsts) {
		to = e.firsts[row+1]
	}
	return storage.PlaceRow{First: from, Places: slices.Clone(e.places[from-1 : to-1])}
}
