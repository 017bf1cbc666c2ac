package detect

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"iter"
	"maps"
	"math/bits"
	"slices"
	"sort"
	"sync"

	"dedupe/article"
	"dedupe/boilerplate"
	"dedupe/candidate"
	"dedupe/similarity"
	"dedupe/source"
	"dedupe/storage"
	"dedupe/text"
)

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// Records is what Ingest takes: records in order, or what could not be read.
type Records = iter.Seq2[source.Raw, *source.Reject]

// Ingest takes all records and returns what was done. It stops at the first
// failure of the store or when ctx ends; what was stored until then is whole, and the same call
// again does the rest.
func (e *Engine) Ingest(ctx context.Context, command, settings string, records Records, in source.Options) (Summary, error) {
	start := e.now()
	e.sum = Summary{}
	var err error
	if e.run, err = e.store.BeginRun(ctx, command, settings, start); err != nil {
		return e.sum, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	decoded := make(chan *intake, 1)
	go e.decode(ctx, records, in, decoded)
	writes := make(chan *storage.Batch) // no buffer: one batch is written while the next is judged
	written := make(chan error, 1)
	go func() {
		defer close(written)
		for b := range writes {
			if err := e.store.Write(ctx, b); err != nil {
				written <- err
				cancel()
				for range writes { // let the producer go on to its end
				}
				return
			}
		}
	}()
	err = func() error {
		defer close(writes)
		for in := range decoded {
			if in.err != nil {
				return in.err
			}
			b, err := e.batch(ctx, in)
			if err != nil {
				return err
			}
			e.sum.Seconds = e.now().Sub(start).Seconds()
			b.Summary = e.sum.json()
			writes <- b
			e.settle()
		}
		return nil
	}()
	if werr := <-written; werr != nil {
		err = werr
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return e.sum, err
	}
	end := e.now()
	e.sum.Seconds = end.Sub(start).Seconds()
	return e.sum, e.store.EndRun(ctx, e.run, e.sum.json(), end)
}

// intake is a batch of decoded records, in the order in which they were met.
type intake struct {
	items   []item
	rejects []storage.Reject
	read    int
	err     error
}

type item struct {
	article  article.Article
	key      article.Key
	hash     uint64
	version  int // that is stored, 0: none
	rejected bool
}

// decode reads and decodes batches until the records or ctx end.
func (e *Engine) decode(ctx context.Context, records Records, in source.Options, out chan<- *intake) {
	defer close(out)
	decoders := make([]*source.Decoder, e.opt.Workers)
	for i := range decoders {
		d, err := source.NewDecoder(in)
		if err != nil {
			out <- &intake{err: err}
			return
		}
		decoders[i] = d
	}
	free := make(chan *source.Decoder, len(decoders))
	for _, d := range decoders {
		free <- d
	}
	var raws []source.Raw
	k := &intake{}
	flush := func() bool {
		items := make([]item, len(raws))
		rejects := make([]*source.Reject, len(raws))
		_ = e.each(len(raws), func(_ *worker, i int) error {
			d := <-free
			defer func() { free <- d }()
			it := &items[i]
			it.article, rejects[i] = raws[i].Decode(d)
			if r := rejects[i]; r != nil && !r.Kept {
				it.rejected = true
				return nil
			}
			it.article.Outlet = e.opt.Outlets.Name(it.article.Outlet, it.article.URL)
			it.key = it.article.Key()
			it.hash = textHash(&it.article)
			return nil
		})
		for i, r := range rejects {
			if r != nil {
				k.reject(e.run, r)
			}
			if !items[i].rejected {
				k.items = append(k.items, items[i])
			}
		}
		k.read += len(raws)
		raws = raws[:0]
		select {
		case out <- k:
			k = &intake{}
			return true
		case <-ctx.Done():
			return false
		}
	}
	for raw, reject := range records {
		if reject != nil {
			k.reject(e.run, reject)
			if !reject.Kept {
				k.read++
			}
			continue
		}
		raws = append(raws, raw)
		if len(raws) >= e.opt.Batch && !flush() {
			return
		}
		if ctx.Err() != nil {
			return
		}
	}
	flush()
}

func (k *intake) reject(run int64, r *source.Reject) {
	k.rejects = append(k.rejects, storage.Reject{Run: run, Path: r.Origin.Path, Line: r.Origin.Line, Reason: r.Reason, Kept: r.Kept})
}

// textHash tells whether an article met again is the same.
func textHash(a *article.Article) uint64 {
	return text.Hash([]byte(a.Headline)) ^ bits.RotateLeft64(text.Hash([]byte(a.Body)), 1)
}

// batch does everything for one batch but storing it.
func (e *Engine) batch(ctx context.Context, in *intake) (*storage.Batch, error) {
	b := &storage.Batch{Run: e.run, Rejects: in.rejects}
	e.sum.Read += in.read
	for _, r := range in.rejects {
		if r.Kept {
			e.sum.Doubtful++
		} else {
			e.sum.Rejected++
		}
	}
	items, err := e.news(ctx, b, in.items)
	if err != nil {
		return nil, err
	}
	fresh, err := e.admit(b, items)
	if err != nil {
		return nil, err
	}
	judged, err := e.judgeAll(ctx, b, fresh)
	if err != nil {
		return nil, err
	}
	if err := e.group(ctx, b, judged); err != nil {
		return nil, err
	}
	if err := e.index.extend(b, fresh, e.place, &e.next.Segment); err != nil {
		return nil, err
	}
	e.graph.trim()
	e.apart.Clear()
	return b, nil
}

// news drops what is stored already and marks older versions as superseded.
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
	var out []item
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
				it.version = out[i-1].version
				out[i-1] = it
			}
			continue
		}
		s, ok := known[it.key]
		switch {
		case !ok:
			e.sum.New++
		case s.TextHash == it.hash:
			e.sum.Known++
			continue
		default:
			e.sum.Changed++
			b.Superseded = append(b.Superseded, s.Seq)
			it.version = s.Version
		}
		out = append(out, it)
		last[it.key] = len(out)
	}
	return out, nil
}

// admit numbers the new articles and makes what is stored of each.
func (e *Engine) admit(b *storage.Batch, items []item) (postings []candidate.Posting, err error) {
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
	for i := range items {
		b.Articles[i].Outlet = e.outlet(b, items[i].article.Outlet)
	}
	err = e.each(len(items), func(w *worker, i int) error {
		it := &items[i]
		n := &b.Articles[i]
		seq := first + uint32(i)
		frames, credit := e.frames(it.article.Headline, it.article.Byline, it.article.Body)
		p := w.builder.Build(it.article.Outlet, it.article.Headline, it.article.Body, frames)
		w.shingles = p.Shingles(w.shingles[:0])
		t := e.furniture.Mark(p, w.shingles, nil)
		date, reason := article.EffectiveDate(it.article.Published, seen)
		*n = storage.NewArticle{
			Seq: seq, Key: it.key, Article: it.article, Outlet: n.Outlet, Effective: date.Unix(), Reason: reason, FirstSeen: seen.Unix(),
			Language: language(&it.article), Credit: credit, Agency: isAgency(credit, it.article.Outlet), Words: t.WordsLeft, TextHash: it.hash, Version: it.version + 1,
			Packed: e.store.PackBody(nil, it.article.Body),
		}
		n.Article.Body = ""
		n.State = e.state(t)
		places[i] = candidate.Place{Date: orderDate(it.article.Published), Key: binary.BigEndian.Uint64(it.key[:]), Outlet: placeOutlet(n.Outlet, it.article.Outlet),
			Sampled: candidate.Common(e.anchors(w, p))}
		w.sketch = candidate.Sketch(w.sketch[:0], w.anchors, seq)
		sketches[i] = slices.Clone(w.sketch)
		texts[i] = t
		return nil
	})
	if err != nil {
		return nil, err
	}
	e.flight[0] = flight{first: first, items: items, texts: texts, known: make(map[article.Key]storage.Stored, len(items))}
	total := 0
	for i := range b.Articles {
		n := &b.Articles[i]
		e.keys.add(n.Key)
		e.flight[0].known[n.Key] = storage.Stored{Seq: n.Seq, TextHash: n.TextHash, Version: n.Version}
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
		b.Places = append(b.Places, storage.PlaceRow{First: first, Places: places})
	}
	postings = make([]candidate.Posting, 0, total)
	for _, s := range sketches {
		postings = append(postings, s...)
	}
	candidate.SortPostings(postings, e.place)
	return postings, nil
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
	rows := map[int]bool{}
	for _, seq := range b.Superseded {
		e.places[seq-1].Dead = true
		row, found := slices.BinarySearch(e.firsts, seq)
		if !found {
			row--
		}
		rows[row] = true
	}
	for _, row := range sortedKeys(rows) {
		from, to := e.firsts[row], uint32(len(e.places)+1)
		if row+1 < len(e.firsts) {
			to = e.firsts[row+1]
		}
		b.Places = append(b.Places, storage.PlaceRow{First: from, Places: slices.Clone(e.places[from-1 : to-1])})
	}
}

// judgeAll judges the new articles, those stored ones whose candidates they
// change, and those that hold furniture which was learned now.
func (e *Engine) judgeAll(ctx context.Context, b *storage.Batch, postings []candidate.Posting) ([]judgement, error) {
	first := e.firstNew(b)
	todo := make([]uint32, len(b.Articles))
	for i := range todo {
		todo[i] = first + uint32(i)
	}
	newer, err := e.find(todo, postings, nil)
	if err != nil {
		return nil, err
	}
	again, err := e.bereft(ctx, b.Superseded) // stored articles to be judged again
	if err != nil {
		return nil, err
	}
	again = append(again, e.displaced(first, newer)...)
	results := map[uint32]judgement{}
	for len(todo)+len(again) > 0 {
		slices.Sort(again)
		again = slices.Compact(again)
		older, err := e.findFor(ctx, again, postings)
		if err != nil {
			return nil, err
		}
		todo = append(todo, again...)
		judged := make([]judgement, len(todo))
		err = e.each(len(todo), func(w *worker, i int) (err error) {
			l := newer
			if todo[i] < first {
				l = older
			}
			judged[i], err = e.judge(ctx, w, todo[i], l)
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, j := range judged {
			results[j.seq] = j
			e.sum.Compared += j.compared
		}
		fresh, err := e.learn(ctx, b, judged)
		if err != nil {
			return nil, err
		}
		if len(fresh) == 0 {
			break // nothing was learned, or nothing that anyone could have
		}
		held, err := e.holders(fresh, postings)
		if err != nil {
			return nil, err
		}
		at, _ := slices.BinarySearch(held, first)
		again, todo = held[:at:at], held[at:]
		e.log.Debug("learned furniture", "passages", len(fresh), "new articles", len(todo), "stored articles", len(again))
	}
	if len(b.Learned) > 0 {
		if err := e.remeasure(ctx, b, sortedKeys(results)); err != nil {
			return nil, err
		}
	}
	out := make([]judgement, 0, len(results))
	for _, seq := range sortedKeys(results) {
		j := results[seq]
		out = append(out, j)
		b.Judged = append(b.Judged, seq)
		b.Pairs = append(b.Pairs, j.pairs...)
	}
	return out, nil
}

func (e *Engine) query(judged []uint32, fresh []candidate.Posting) candidate.Query {
	return candidate.Query{Fresh: fresh, Segments: e.index.segments(), Place: e.place, Window: e.window,
		Judged: judged, Heads: e.opt.Candidates.Heads}
}

// lists are the lists of a query, in parts by key that are looked up side by side.
type lists []*candidate.Lists

func (l lists) get(key uint64) candidate.List { return l[shard(key, len(l))].Get(key) }

// shard cuts the range of keys into n equal parts; keys are hashes.
func shard(key uint64, n int) int { return int(key * uint64(n) >> candidate.KeyBits) }

// find returns the lists of the new postings and of further shingles, both
// sorted.
func (e *Engine) find(judged []uint32, fresh []candidate.Posting, keys []uint64) (lists, error) {
	n := e.opt.Workers
	found := make(lists, n)
	var wg sync.WaitGroup
	errs := make([]error, n)
	for i := range n {
		q := e.query(judged, nil)
		q.Fresh, fresh = until(fresh, func(p candidate.Posting) bool { return shard(p.Shingle(), n) > i })
		q.Keys, keys = until(keys, func(k uint64) bool { return shard(k, n) > i })
		wg.Go(func() { found[i], errs[i] = q.Find() })
	}
	wg.Wait()
	return found, errors.Join(errs...)
}

// until cuts a sorted list where after begins to hold.
func until[T any](list []T, after func(T) bool) (part, rest []T) {
	n := sort.Search(len(list), func(i int) bool { return after(list[i]) })
	return list[:n:n], list[n:]
}

// findFor returns the lists that judging the given articles needs.
func (e *Engine) findFor(ctx context.Context, judged []uint32, fresh []candidate.Posting) (lists, error) {
	if len(judged) == 0 {
		return nil, nil
	}
	keys := make([][]uint64, len(judged))
	err := e.each(len(judged), func(w *worker, i int) error {
		t, err := e.text(ctx, w, judged[i])
		if err != nil {
			return err
		}
		w.sketch = candidate.Sketch(w.sketch[:0], e.anchors(w, t.Profile), judged[i])
		for _, p := range w.sketch {
			keys[i] = append(keys[i], p.Shingle())
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	wanted := slices.Concat(keys...)
	slices.Sort(wanted)
	wanted = slices.Compact(wanted)
	return e.find(judged, among(fresh, wanted), wanted)
}

// bereft returns the stored articles to which a retired one was a candidate, so
// that it is missed or others come up in its place.
func (e *Engine) bereft(ctx context.Context, retired []uint32) ([]uint32, error) {
	found, err := e.findFor(ctx, retired, nil)
	if err != nil {
		return nil, err
	}
	gone := map[uint32]bool{}
	for _, seq := range retired {
		gone[seq] = true
	}
	before := func(seq uint32) candidate.Place { // as things were
		p := e.place(seq)
		p.Dead = p.Dead && !gone[seq]
		return p
	}
	return e.touched(found, func(seq uint32) bool { return gone[seq] }, before), nil
}

// displaced returns the stored articles whose candidates change by new ones:
// those that stand after one of them in a list to which it is a candidate, or
// to which it was one until another came between.
func (e *Engine) displaced(first uint32, found lists) []uint32 {
	if first == 1 {
		return nil
	}
	return e.touched(found, func(seq uint32) bool { return seq >= first }, e.place)
}

// touched returns the living articles to which one that is asked for is a
// candidate, ascending, without those that are themselves asked for.
func (e *Engine) touched(found lists, is func(seq uint32) bool, place func(uint32) candidate.Place) []uint32 {
	late := map[uint32]bool{}
	for _, part := range found {
		for _, l := range part.All() {
			at := slices.IndexFunc(l, func(p candidate.Posting) bool { return is(p.Article()) })
			if at < 0 {
				continue
			}
			for _, p := range l[at:] {
				z := p.Article()
				if is(z) || late[z] || e.place(z).Dead {
					continue
				}
				l.Heads(z, e.place(z), e.window, e.opt.Candidates.Heads, place, func(other uint32) {
					if is(other) {
						late[z] = true
					}
				})
			}
		}
	}
	return sortedKeys(late)
}

// learn enters the furniture that judging showed and returns, of each passage,
// the keys of the anchors that stand in it in articles of any length.
func (e *Engine) learn(ctx context.Context, b *storage.Batch, judged []judgement) (passages [][]uint64, err error) {
	w := &worker{builder: similarity.Builder{K: e.opt.Shingle}}
	for _, j := range judged {
		if len(j.learned) == 0 {
			continue
		}
		t, err := e.text(ctx, w, j.seq)
		if err != nil {
			return nil, err
		}
		anchors := e.anchors(w, t.Profile)
		for _, p := range j.learned {
			added := e.addFurniture(w.shingles[p.Start : p.Start+p.Len-e.opt.Shingle+1])
			if len(added) == 0 {
				continue
			}
			passages = append(passages, e.within(anchors, w.shingles, p, added))
			e.sum.Furniture++
			text, err := e.passage(ctx, j.seq, p)
			if err != nil {
				return nil, err
			}
			b.Learned = append(b.Learned, storage.FurnitureRow{ID: e.next.Furniture, Run: e.run, Example: j.seq, Passage: text, Shingles: added})
			e.next.Furniture++
		}
	}
	return passages, nil
}

// within returns the keys of the anchors that stand in that part of a passage
// which was not furniture before.
func (e *Engine) within(anchors []candidate.Anchor, shingles []uint64, p boilerplate.Passage, added []uint64) (keys []uint64) {
	fresh := make([]bool, p.Len)
	for i := range p.Len - e.opt.Shingle + 1 {
		if slices.Contains(added, shingles[p.Start+i]) {
			for j := range e.opt.Shingle {
				fresh[i+j] = true
			}
		}
	}
	for _, a := range anchors {
		if from, to := a.From-p.Start, a.To-p.Start; a.Common && from >= 0 && to < p.Len && fresh[from] && fresh[to] {
			keys = append(keys, candidate.Key(a.Hash))
		}
	}
	return keys
}

// holders returns the living articles that have most of the anchors of one of
// the passages, and so probably the passage or half of it.
func (e *Engine) holders(passages [][]uint64, postings []candidate.Posting) ([]uint32, error) {
	var all []uint32
	for _, keys := range passages {
		slices.Sort(keys)
		keys = slices.Compact(keys)
		if len(keys) == 0 {
			continue
		}
		q := e.query(nil, among(postings, keys))
		q.Keys = keys
		held, err := q.Holders((len(keys) + 1) / 2)
		if err != nil {
			return nil, err
		}
		all = append(all, held...)
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(seq uint32) bool { return e.place(seq).Dead }), nil
}

// among returns the postings of sorted keys.
func among(postings []candidate.Posting, keys []uint64) (list []candidate.Posting) {
	for _, key := range keys {
		i := sort.Search(len(postings), func(i int) bool { return postings[i].Shingle() >= key })
		for ; i < len(postings) && postings[i].Shingle() == key; i++ {
			list = append(list, postings[i])
		}
	}
	return list
}
