package engine

import (
	"context"
	"time"

	"dedupe/article"
	"dedupe/source"
	"dedupe/storage"
)

// intake is a batch of decoded records, in the order in which they were met.
type intake struct {
	items   []item
	rejects []storage.Reject // the first of each file
	refused int              // records and files rejected
	warned  int              // records taken with a warning
	passed  int              // pages of web archives without a story
	old     int              // records older than what is kept
	read    int
	tally   map[string]Tally // of sources that have a name
	err     error
}

// Tally counts what came of a source that has a name in config.yaml.
type Tally struct {
	Found    int // records
	New      int // articles or versions of them that were stored
	Rejected int // records and files
}

// count adds to the tally of a source.
func count(tally map[string]Tally, source string, more Tally) {
	if source != "" {
		t := tally[source]
		tally[source] = Tally{t.Found + more.Found, t.New + more.New, t.Rejected + more.Rejected}
	}
}

type item struct {
	article  article.Article
	source   string // its name in config.yaml, empty: none
	key      article.Key
	hash     uint64
	version  int       // that is stored, 0: none
	older    []uint64  // hashes of the versions that are stored
	past     bool      // it is a version that is no longer current
	replaces []uint32  // stored articles that it stands for from now on
	seen     time.Time // first, of an article that was stored under another key; else zero
	rejected bool
	old      bool
	warning  *source.Reject // it is taken with this remark, nil: none
}

// maxBatch bounds the bytes of records in a batch, of which three are at work
// at a time: thousands of records as long as they may be would fill any memory.
// 8,000 usual articles are 27 MB.
const maxBatch = 64 << 20

// decode reads and decodes batches until the records or ctx end.
func (e *Engine) decode(ctx context.Context, records Records, in source.Options, out chan<- *intake) {
	defer close(out)
	decoders := make([]*source.Decoder, e.opt.Workers)
	for i := range decoders {
		d, err := source.NewDecoder(in)
		if err != nil {
			select {
			case out <- &intake{err: err}:
			case <-ctx.Done():
			}
			return
		}
		decoders[i] = d
	}
	free := make(chan *source.Decoder, len(decoders))
	for _, d := range decoders {
		free <- d
	}
	var raws []source.Raw
	size := 0 // bytes of raws
	listed := map[string]int{}
	k := &intake{tally: map[string]Tally{}}
	began := e.now()
	flush := func() bool {
		items := make([]item, len(raws))
		rejects := make([]*source.Reject, len(raws))
		_ = e.each(len(raws), func(_ *worker, i int) error {
			d := <-free
			defer func() { free <- d }()
			items[i], rejects[i] = e.decoded(raws[i], d)
			if it := &items[i]; !it.rejected {
				it.old = e.isOld(&it.article, e.now())
				if f, is := e.wasForgotten(it); is {
					rejects[i], it.rejected = f, true
					f.Origin = raws[i].Origin
				}
			}
			return nil
		})
		k.items = items[:0]
		for i, r := range rejects {
			count(k.tally, items[i].source, Tally{Found: 1})
			switch {
			case items[i].rejected && r.Passed:
				k.passed++
				continue
			case items[i].rejected:
				k.reject(e.run, r, listed)
				continue
			case items[i].old:
				k.old++
				continue
			}
			items[i].warning = r
			k.items = append(k.items, items[i])
		}
		clear(items[len(k.items):])
		k.read += len(raws)
		clear(raws) // or the longest batch holds its records until the end
		raws, size = raws[:0], 0
		e.lap(&e.spent.Read, began)
		select {
		case out <- k:
		case <-ctx.Done():
			return false
		}
		k = &intake{tally: map[string]Tally{}}
		began = e.now()
		return true
	}
	for raw, reject := range records {
		if reject != nil {
			k.reject(e.run, reject, listed)
			if !reject.Kept && reject.Origin.Line > 0 { // a record, not a file
				k.read++
			}
			continue
		}
		raws = append(raws, raw)
		size += raw.Size()
		if (len(raws) >= e.opt.Batch || size >= maxBatch) && !flush() {
			return
		}
		if ctx.Err() != nil {
			return
		}
	}
	flush()
}

// decoded is a record as an article under the name of its outlet, with its key.
func (e *Engine) decoded(raw source.Raw, d *source.Decoder) (it item, r *source.Reject) {
	it.source = raw.Origin.Source
	if it.article, r = raw.Decode(d); r != nil && !r.Kept {
		it.rejected = true
		return it, r
	}
	it.article.Given = article.SpellOutlet(it.article.Outlet)
	it.article.Outlet = e.opt.Outlets.Name(it.article.Outlet, it.article.URL)
	it.key = it.article.Key()
	it.hash = textHash(&it.article)
	return it, r
}

// maxListed bounds the rejects of a file that are stored by a run. A file of
// junk is met again by every run, and a database would grow by it each time.
const maxListed = 1000

// reject counts what was not taken, or with a warning, and lists it while listed,
// the rejects of each file so far, has not come to the bound.
func (k *intake) reject(run int64, r *source.Reject, listed map[string]int) {
	if r.Kept {
		k.warned++
	} else {
		k.refused++
		count(k.tally, r.Origin.Source, Tally{Rejected: 1})
	}
	listed[r.Origin.Path]++
	switch n := listed[r.Origin.Path]; {
	case n > maxListed:
		return
	case n == maxListed:
		r.Reason += "; further ones of this file are counted and not listed"
	}
	k.rejects = append(k.rejects, storage.Reject{Run: run, Path: r.Origin.Path, Line: r.Origin.Line, Reason: r.Reason, Kept: r.Kept, Source: r.Origin.Source, Head: r.Head})
}

// remarks are those with which the records are taken, in order.
func (k *intake) remarks() (list []*source.Reject) {
	for i := range k.items {
		if r := k.items[i].warning; r != nil {
			list = append(list, r)
		}
	}
	return list
}

// warn counts and lists the remarks with which new or changed articles are
// taken, in the order of the records. Of one that is known they were listed when it was
// taken: a source that is read again every hour would have them in every mail.
func (k *intake) warn(run int64, remarks []*source.Reject, items []item, listed map[string]int) {
	if len(remarks) == 0 {
		return
	}
	taken := map[*source.Reject]bool{}
	for i := range items {
		taken[items[i].warning] = true
	}
	for _, r := range remarks {
		if taken[r] {
			k.reject(run, r, listed)
		}
	}
}

// textHash tells whether an article met again is the same.
func textHash(a *article.Article) uint64 {
	return storage.TextHash(a.Headline, a.Body)
}
