package engine

import (
	"context"
	"fmt"
	"slices"

	"dedupe/candidate"
	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/textcache"
)

// metaReindex tells in the table meta for which settings of texts the index is
// made anew, and how far it has come.
const metaReindex = "reindex"

// reindex makes the index anew from the texts, where Again asks for it: other
// shingles have other anchors, and other agencies leave out other words. It goes
// over the rows of places, a batch of articles at a time, each one transaction:
//
//	texts --> anchors --> postings --> new segments; the first batch drops the old ones
//	     |            `-> how many each place has
//	     `--> credit
//
// A call that was stopped left an index of some articles; the next one goes on
// from there if it is by the same settings, and else begins again.
func (r *reclustering) reindex(ctx context.Context) error {
	e := r.e
	if r.Reindex == "" {
		return nil
	}
	var settings string
	from := uint32(1)
	at, err := e.store.Meta(ctx, metaReindex)
	if err != nil {
		return err
	}
	n, _ := fmt.Sscanf(at, "%s %d", &settings, &from)
	b := &storage.Batch{Run: e.run}
	if n != 2 || settings != r.Reindex {
		from, b.Unindex = 1, true
		e.index.Clear()
	}
	for row, _ := slices.BinarySearch(e.firsts, from); row < len(e.firsts); {
		first, to := e.firsts[row], e.next.Seq
		for row++; row < len(e.firsts); row++ { // a run of few articles made a row of few
			if e.firsts[row] > first && int(e.firsts[row]-first) >= e.opt.Batch {
				to = e.firsts[row]
				break
			}
		}
		if err := r.reindexThese(ctx, b, first, to); err != nil {
			return err
		}
		b = &storage.Batch{Run: e.run}
		r.Progress(Indexing, int(to-1), int(e.next.Seq-1))
	}
	return nil
}

// reindexThese makes the postings of the articles in [first, to), which are whole
// rows of places, and stores them. The texts stay at hand to be compared.
func (r *reclustering) reindexThese(ctx context.Context, b *storage.Batch, first, to uint32) error {
	e := r.e
	var credits []storage.Credit
	var postings []candidate.Posting
	for from := first; from < to; {
		list, err := e.receivedIn(ctx, from, to)
		if err != nil {
			return err
		}
		c, p, err := e.sketch(ctx, list)
		if err != nil {
			return err
		}
		credits, postings = append(credits, c...), append(postings, p...)
		from += uint32(len(list))
	}
	candidate.SortPostings(postings, e.places)
	add, err := e.index.Prepare(ctx, postings, e.places)
	if err != nil {
		return err
	}
	e.attach(b, add)
	for row, _ := slices.BinarySearch(e.firsts, first); row < len(e.firsts) && e.firsts[row] < to; row++ {
		b.Places = append(b.Places, e.placeRow(row))
	}
	if err := e.store.Recredit(ctx, credits); err != nil {
		return err
	}
	b.Meta = map[string]string{metaReindex: fmt.Sprintf("%s %d", r.Reindex, to)}
	if first == 1 {
		b.Meta[metaRecluster] = ""
	}
	if err := e.store.Write(ctx, b); err != nil {
		return err
	}
	e.index.Settle()
	return nil
}

// sketch makes the credits and the postings of stored versions, but of those that no
// longer count. What a place says of its postings is noted there, and the texts are kept.
func (e *Engine) sketch(ctx context.Context, list []storage.ReceivedRow) ([]storage.Credit, []candidate.Posting, error) {
	credits := make([]storage.Credit, len(list))
	sketches := make([][]candidate.Posting, len(list))
	err := e.each(len(list), func(w *worker, i int) error {
		seq, a := list[i].Seq, &list[i].Article
		if e.place(seq).Dead {
			return nil
		}
		body, err := e.store.ReceivedBody(&list[i])
		if storage.IsDamage(err) { // it is in no list
			return e.store.Tell(ctx, err)
		}
		if err != nil {
			return err
		}
		frames, credit := e.opt.Agencies.Read(a.Headline, a.Byline, body)
		p := w.builder.Build(a.Outlet, a.Headline, body, spans(frames))
		w.shingles = p.Shingles(w.shingles[:0])
		w.anchors = e.opt.Candidates.Anchors(w.anchors[:0], p, w.shingles)
		e.place(seq).Size = candidate.SizeOf(w.anchors)
		sketches[i] = candidate.Sketch(nil, w.anchors, seq)
		credits[i] = storage.Credit{Seq: seq, Credit: credit, Agency: isAgency(credit, a.Outlet)}
		e.cache.Put(seq, similarity.Plain(p), textcache.Unmarked)
		return nil
	})
	credits = slices.DeleteFunc(credits, func(c storage.Credit) bool { return c.Seq == 0 })
	return credits, slices.Concat(sketches...), err
}

// reshingle gives the passages that people decided on their shingles of now, and those
// of which they cannot be read.
func (r *reclustering) reshingle(ctx context.Context, rows []storage.BoilerplateRow) error {
	w := r.e.newWorker()
	var changed []storage.BoilerplateRow
	for i := range rows {
		f := &rows[i]
		if r.Reindex == "" && !f.Damaged {
			continue
		}
		f.Shingles = w.builder.Build("", "", f.Passage, nil).Shingles(nil)
		f.Votes, f.Damaged = make([]uint32, len(f.Shingles)), false
		changed = append(changed, *f)
	}
	return r.e.store.Reshingle(ctx, changed)
}
