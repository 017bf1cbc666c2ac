package engine

import (
	"context"
	"encoding/binary"
	"maps"
	"slices"

	"dedupe/article"
	"dedupe/candidate"
	"dedupe/storage"
)

// news returns what is to be stored of a batch, and notes which versions that supersedes.
// What was stored once is known, though another version came after it: dumps of earlier
// days are read again by every run. An id under which nothing is stored and one text
// comes is a new article; all else is settled by settleID.
func (e *Engine) news(ctx context.Context, b *storage.Batch, items []item) ([]item, error) {
	open, err := e.unknown(ctx, b, items)
	if err != nil {
		return nil, err
	}
	settled := make([]*idSettled, len(open))
	err = e.each(len(open), func(_ *worker, i int) (err error) {
		if o := &open[i]; o.stored || len(o.items) > 1 || e.unsettled {
			settled[i], err = e.settleID(ctx, o.key, o.items)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	out := items[:0]
	b.Moved = map[article.Key]article.Key{}
	for i := range open {
		s := settled[i]
		if s == nil {
			e.sum.New++
			out = append(out, open[i].items...)
			continue
		}
		e.sum.New += s.fresh
		e.sum.Changed += s.changed
		e.sum.Known += s.known
		e.sum.Shared += s.shared
		if e.shared == nil && s.shared > 0 {
			e.shared = &s.example
		}
		maps.Copy(b.Moved, s.moved)
		out = append(out, s.items...)
	}
	for i := range out {
		b.Superseded = append(b.Superseded, out[i].replaces...)
	}
	slices.Sort(b.Superseded)
	e.decisions = e.decisions.moved(b.Moved)
	return out, nil
}

// came is the texts of a batch under one id that are not known.
type came struct {
	key    article.Key
	stored bool // something is, under the id
	items  []item
}

// unknown returns the texts of a batch that are not stored, by id, as far as that can be
// seen without all texts of the id.
func (e *Engine) unknown(ctx context.Context, b *storage.Batch, items []item) ([]came, error) {
	keys := make([]article.Key, len(items))
	for i := range items {
		keys[i] = items[i].key
	}
	known, err := e.lookUp(ctx, keys)
	if err != nil {
		return nil, err
	}
	others := keys[:0] // the keys that texts would have as articles of their own
	for i := range items {
		if s, is := known[items[i].key]; is && !holds(s, items[i].hash) {
			others = append(others, items[i].key.Other(items[i].hash))
		}
	}
	apart, err := e.lookUp(ctx, others)
	if err != nil {
		return nil, err
	}
	var open []came
	at := make(map[article.Key]int, len(items)) // in open
	for _, it := range items {
		s, is := known[it.key]
		if !e.unsettled && is && (holds(s, it.hash) || holds(apart[it.key.Other(it.hash)], it.hash)) {
			e.sum.Known++
			respell(b, &it, s)
			continue
		}
		i, met := at[it.key]
		if !met {
			i = len(open)
			at[it.key] = i
			open = append(open, came{key: it.key, stored: is})
		}
		if met && !is && len(open[i].items) == 1 && open[i].items[0].hash == it.hash { // twice in the batch
			e.sum.Known++
			if first := &open[i].items[0].article; first.Outlet == it.article.Outlet && spellsBetter(it.article.Given, first.Given) {
				first.Given = it.article.Given
			}
			continue
		}
		open[i].items = append(open[i].items, it)
	}
	return open, nil
}

// respell notes the name of the outlet under which a stored text came again, where that was
// not known, or another is to be kept, so that it does not matter which came first.
func respell(b *storage.Batch, it *item, s storage.Stored) {
	if s.TextHash != it.hash || s.Outlet != it.article.Outlet || s.Given != nil && !spellsBetter(it.article.Given, *s.Given) {
		return
	}
	if b.Respelt == nil {
		b.Respelt = map[uint32]string{}
	}
	if now, twice := b.Respelt[s.Seq]; !twice || spellsBetter(it.article.Given, now) {
		b.Respelt[s.Seq] = it.article.Given
	}
}

// spellsBetter reports whether of two names that came with one text the first is kept: any
// rather than none, and of two the first in the order of bytes.
func spellsBetter(name, other string) bool {
	return name != other && (other == "" || name != "" && name < other)
}

// holds reports whether a text is one of the versions of a stored article.
func holds(s storage.Stored, hash uint64) bool {
	return s.Seq != 0 && (s.TextHash == hash || slices.Contains(s.Older, hash))
}

// lookUp looks keys up in the store.
func (e *Engine) lookUp(ctx context.Context, keys []article.Key) (map[article.Key]storage.Stored, error) {
	return e.store.Known(ctx, slices.DeleteFunc(slices.Clone(keys), func(k article.Key) bool { return !e.keys.has(k) }))
}

// admit numbers the new articles, makes what is stored of each, and returns the postings
// of all.
func (e *Engine) admit(ctx context.Context, b *storage.Batch, items []item) ([]candidate.Posting, error) {
	first := e.next.Seq
	e.next.Seq += uint32(len(items))
	seen := e.now()
	b.Articles = make([]storage.NewArticle, len(items))
	places := make([]candidate.Place, len(items))
	sketches := make([][]candidate.Posting, len(items))
	for i := range items {
		b.Articles[i].Outlet = e.outlet(b, items[i].article.Outlet)
	}
	err := e.each(len(items), func(w *worker, i int) error {
		it := &items[i]
		n := &b.Articles[i]
		seq := first + uint32(i)
		p, credit := e.profiled(w, &it.article)
		shingles := w.builder.Shingles()
		t := e.boilerplate.Mark(p, shingles, nil)
		first := seen
		if !it.seen.IsZero() {
			first = it.seen
		}
		date, reason := article.EffectiveDate(it.article.Published, first)
		*n = storage.NewArticle{
			Seq: seq, Key: it.key, Article: it.article, Outlet: n.Outlet, Effective: date.Unix(), Reason: reason, FirstSeen: first.Unix(),
			Language: language(&it.article, w.builder.Body()), Credit: credit, Agency: isAgency(credit, it.article.Outlet), Words: t.WordsLeft, TextHash: it.hash, Version: it.version + 1, Past: it.past,
		}
		w.packed = e.store.PackBody(w.packed[:0], it.article.Body)
		n.Packed = slices.Clone(w.packed)
		n.Article.Body = ""
		n.State = e.state(n.Words)
		w.anchors = e.opt.Candidates.Anchors(w.anchors[:0], p, shingles)
		places[i] = placeOf(&it.article, it.key, n.Outlet, w.anchors)
		// A new version of a frozen article is frozen with it.
		n.Frozen = !it.past && slices.ContainsFunc(it.replaces, func(old uint32) bool { return e.place(old).Frozen })
		if places[i].Dead, places[i].Frozen = it.past || n.Frozen, n.Frozen; places[i].Dead {
			return nil
		}
		w.sketch = candidate.Sketch(w.sketch[:0], w.anchors, seq)
		sketches[i] = slices.Clone(w.sketch)
		e.keep(seq, t)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range b.Articles {
		n := &b.Articles[i]
		e.rules.add(e, n.Article.Outlet, n.Language)
		if err := e.succeed(ctx, b, n, items[i].replaces); err != nil {
			return nil, err
		}
	}
	e.retire(b)
	if len(items) > 0 {
		e.firsts = append(e.firsts, first)
		e.places = append(e.places, places...)
		e.keys.fill(e.places)
		b.Places = append(b.Places, storage.PlaceRow{First: first, Places: places})
	}
	postings, parts := candidate.Scatter(slices.Concat(sketches...))
	return postings, e.each(len(parts), func(_ *worker, i int) error {
		candidate.SortPostings(parts[i], e.places)
		return nil
	})
}

// succeed lets a new article take the place of those that it stands for from now on, in
// the cluster of the first that has one. The clusters of others lose a member, and what they
// are linked with a link: both are grouped anew.
func (e *Engine) succeed(ctx context.Context, b *storage.Batch, n *storage.NewArticle, replaces []uint32) error {
	for _, old := range replaces {
		p, err := e.store.Part(ctx, old)
		if storage.IsDamage(err) {
			err = e.store.Tell(ctx, err)
		}
		if err != nil {
			return err
		}
		pairs, err := e.store.PairsWith(ctx, old)
		if err != nil {
			return err
		}
		for i := range pairs {
			if x := &pairs[i]; x.A != 0 && x.Verdict.Linked() {
				b.Work.Enter(storage.Group, x.A, x.B)
			}
		}
		switch {
		case p.Cluster == 0:
		case n.Cluster == 0:
			n.Cluster = p.Cluster
		case n.Cluster != p.Cluster:
			members, err := e.store.ClusterMembers(ctx, p.Cluster)
			if err != nil {
				return err
			}
			b.Work.Enter(storage.Group, members...)
		}
		if b.Heirs == nil {
			b.Heirs = map[uint32]uint32{}
		}
		b.Heirs[old] = n.Seq
	}
	return nil
}

// placeOf is where an article stands, whose outlet has the given number. Two
// articles of unknown outlets are not of one outlet.
func placeOf(a *article.Article, key article.Key, outlet uint32, anchors []candidate.Anchor) candidate.Place {
	p := candidate.Place{Date: orderDate(a.Published), Key: binary.BigEndian.Uint64(key[:]), Size: candidate.SizeOf(anchors)}
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
	if len(b.Superseded) == 0 {
		return
	}
	for _, seq := range b.Superseded {
		e.places[seq-1].Dead, e.places[seq-1].Frozen = true, false
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
