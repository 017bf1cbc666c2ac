package detect

import (
	"context"
	"fmt"
	"slices"

	"dedupe/candidate"
	"dedupe/storage"
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
// from there if it is by the same settings, and else begins again. Segments of a
// dry run stay in memory, about 260 bytes an article.
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
	if n != 2 || settings != r.Reindex || r.DryRun {
		from = 1
		for _, p := range e.index.parts {
			b.Merged = append(b.Merged, p.seg.ID)
		}
		e.index.parts, e.index.held = nil, 0
	}
	r.agency = map[uint32]bool{}
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
		r.Progress(int(to-1), int(e.next.Seq-1))
	}
	return nil
}

// reindexThese makes the postings of the articles in [first, to), which are whole
// rows of places, and stores them.
func (r *reclustering) reindexThese(ctx context.Context, b *storage.Batch, first, to uint32) error {
	e := r.e
	credits := make([]storage.Credit, to-first)
	sketches := make([][]candidate.Posting, to-first)
	err := e.each(len(credits), func(w *worker, i int) error {
		seq := first + uint32(i)
		if e.place(seq).Dead {
			return nil
		}
		words, err := e.words(ctx, seq)
		if storage.IsDamage(err) { // it is in no list
			return e.store.Tell(ctx, err)
		}
		if err != nil {
			return err
		}
		frames, credit := e.opt.Agencies.Read(words.Headline, words.Byline, words.Body)
		p := w.builder.Build(words.Outlet, words.Headline, words.Body, spans(frames))
		anchors := e.anchors(w, p)
		e.place(seq).Sampled = candidate.Common(anchors)
		sketches[i] = candidate.Sketch(nil, anchors, seq)
		credits[i] = storage.Credit{Seq: seq, Credit: credit, Agency: isAgency(credit, words.Outlet)}
		return nil
	})
	if err != nil {
		return err
	}
	credits = slices.DeleteFunc(credits, func(c storage.Credit) bool { return c.Seq == 0 })
	for _, c := range credits {
		r.agency[c.Seq] = c.Agency
	}
	postings := slices.Concat(sketches...)
	candidate.SortPostings(postings, e.places)
	if err := e.index.extend(ctx, b, postings, e.places, &e.next.Segment); err != nil {
		return err
	}
	if r.DryRun {
		return nil
	}
	for row, _ := slices.BinarySearch(e.firsts, first); row < len(e.firsts) && e.firsts[row] < to; row++ {
		end := e.next.Seq
		if row+1 < len(e.firsts) {
			end = e.firsts[row+1]
		}
		b.Places = append(b.Places, storage.PlaceRow{First: e.firsts[row], Places: slices.Clone(e.places[e.firsts[row]-1 : end-1])})
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
	e.index.settle()
	return nil
}

// reshingle gives the passages that people decided on their shingles of now, and those
// of which they cannot be read.
func (r *reclustering) reshingle(ctx context.Context, rows []storage.FurnitureRow) error {
	w := r.e.newWorker()
	var changed []storage.FurnitureRow
	for i := range rows {
		f := &rows[i]
		if r.Reindex == "" && !f.Damaged {
			continue
		}
		f.Shingles = w.builder.Build("", "", f.Passage, nil).Shingles(nil)
		f.Votes, f.Damaged = make([]uint32, len(f.Shingles)), false
		changed = append(changed, *f)
	}
	if r.DryRun {
		return nil
	}
	return r.e.store.Reshingle(ctx, changed)
}
