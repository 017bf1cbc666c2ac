package detect

import (
	"context"
	"fmt"
	"slices"

	"dedupe/storage"
	"dedupe/textcache"
)

// Again says how everything stored is judged again.
type Again struct {
	Texts    bool                             // compare all articles anew; else only those whose stored evidence does not suffice
	Reindex  string                           // "", or a word without spaces for the settings of texts by which the index is made anew first; Texts must be set
	Renew    bool                             // before that, make anew what is stored of each article by itself; Reindex must be set; a dry run leaves it out
	DryRun   bool                             // store nothing
	Progress func(step Step, done, total int) // articles; may be nil
}

// Step says what a recluster is doing.
type Step string

// The steps, in their order. All but the last are left out where nothing asks for them.
const (
	Renewing  Step = "reading articles again"
	Indexing  Step = "making the index"
	Comparing Step = "comparing"
)

// Reclustered is what came of judging everything again.
type Reclustered struct {
	Run      int64 // 0: a dry run
	Articles int
	Pairs    int // judged from stored evidence
	Anew     int // articles compared anew, from their texts
	Linked   int // pairs that are linked now and were not
	Unlinked int // the reverse
	Summary  Summary
	Events   []storage.ClusterEvent // what happened to clusters
}

// metaRecluster tells in the table meta how far a recluster by texts has come.
const metaRecluster = "recluster"

// Recluster judges all stored pairs again by the options of the engine and
// groups all articles anew. After it, or a dry run of it, another Engine must
// be made. What it yields is what a fresh ingest by these options would:
//
//	evidence --> Decide --> same links? --> group all --> name --> store
//	                        no, and the list of candidates was or would
//	                        be cut short elsewhere: judge from texts
//
// Stored evidence lacks the candidates that were not looked at, because enough
// before them were copies (candidate.Options.Links). An article of which other pairs
// are copies now is therefore compared anew if either list was cut, and so is one of which
// evidence is damaged.
//
// Furniture is what it was, unless all is judged by texts: then what was learned
// is learned again. Of 20,000 articles, brought from an excerpt of 0.5 to 0.7 by
// evidence and by texts, none of 19,528 links differs from a fresh ingest's.
//
// Other shingles, anchors or agencies need another index, which Again.Reindex asks
// for: see reindex. After an update of the program articles themselves are others,
// which Again.Renew asks for: see renew. Dates are shown by the clock of now: see redate.
//
// Links and clusters of all articles are held in memory, about 250 bytes an
// article; evidence and texts are read in batches, each of which is one
// transaction. A recluster that was stopped is finished by the next one; by
// texts it goes on from where it came to, if the settings are the same. 100,000
// articles with 108,000 pairs took 2 to 6 s by evidence in 125 to 170 MB, and by
// texts about three times as long as their ingest.
func (e *Engine) Recluster(ctx context.Context, settings string, again Again) (Reclustered, error) {
	start := e.now()
	e.sum, e.run, e.began, e.unstored = Summary{}, 0, e.next, map[uint32][]uint32{}
	if again.Progress == nil {
		again.Progress = func(Step, int, int) {}
	}
	r := &reclustering{e: e, Again: again, settings: settings}
	var err error
	if !again.DryRun {
		if e.run, err = e.store.BeginRun(ctx, "recluster", settings, start); err != nil {
			return r.out, err
		}
	}
	r.out.Run = e.run
	e.cache = textcache.New(e.opt.Cache, e.opt.Spill)
	for _, step := range []func(context.Context) error{r.renew, r.redate, r.reindex, r.judge, r.group} {
		if err = step(ctx); err != nil {
			break
		}
	}
	r.out.Summary = e.sum
	r.out.Summary.Seconds = e.now().Sub(start).Seconds()
	if err != nil || again.DryRun {
		e.graph = newGraph(e.store) // it may be ahead of the store
		return r.out, e.store.Cause(ctx, err)
	}
	return r.out, e.store.EndRun(ctx, e.run, r.out.Summary.json(), e.now())
}

// reclustering is one call of Recluster.
type reclustering struct {
	e *Engine
	Again
	settings string
	out      Reclustered
	from     uint32          // articles before it were compared anew by a call that was stopped
	unlearn  bool            // with the first batch, what was learned goes
	agency   map[uint32]bool // of a new index: whether an agency itself published it
}

// judge judges all pairs and builds the graph of their links.
func (r *reclustering) judge(ctx context.Context) error {
	e := r.e
	e.graph = newGraph(e.store)
	err := e.store.Parts(ctx, func(seq uint32, p storage.Part) error {
		if agency, known := r.agency[seq]; known { // a dry run stores none
			p.Agency = agency
		}
		e.graph.add(seq, p)
		return nil
	})
	if err != nil {
		return err
	}
	r.out.Articles = len(e.graph.nodes)
	if r.Texts {
		if err := r.resume(ctx); err != nil {
			return err
		}
	}
	var todo []uint32
	for from := uint32(1); from < e.next.Seq; from += uint32(e.opt.Batch) {
		to := min(from+uint32(e.opt.Batch), e.next.Seq)
		anew, err := r.weighAll(ctx, from, to)
		if err != nil {
			return err
		}
		todo = append(todo, anew...)
		if !r.Texts {
			r.Progress(Comparing, int(to-1), int(e.next.Seq-1))
		}
	}
	if r.Texts {
		for seq := max(r.from, 1); seq < e.next.Seq; seq++ {
			if !e.place(seq).Dead {
				todo = append(todo, seq)
			}
		}
	}
	for len(todo) > 0 {
		part := todo[:min(len(todo), e.opt.Batch)]
		todo = todo[len(part):]
		if err := r.compare(ctx, part); err != nil {
			return err
		}
		if r.Texts {
			r.Progress(Comparing, int(part[len(part)-1]), int(e.next.Seq-1))
		}
	}
	return e.heal(ctx, func(b *storage.Batch, judged []judgement) error { return r.put(ctx, b, judged) })
}

// resume finds out where a stopped recluster by texts has come to; where there
// was none, what was learned to be furniture is learned again.
func (r *reclustering) resume(ctx context.Context) error {
	e := r.e
	at, err := e.store.Meta(ctx, metaRecluster)
	if err != nil {
		return err
	}
	var settings string
	if n, _ := fmt.Sscanf(at, "%s %d", &settings, &r.from); n == 2 && settings == r.settings && !r.DryRun {
		e.log.Info("going on with the recluster that was stopped", "from article", r.from)
		return nil
	}
	r.from, r.unlearn = 1, true
	rows, err := e.store.Furniture(ctx)
	if err != nil {
		return err
	}
	decided := slices.DeleteFunc(rows, func(f storage.FurnitureRow) bool { return f.State == storage.Learned })
	for i := range decided {
		clear(decided[i].Votes)
	}
	if err := r.reshingle(ctx, decided); err != nil {
		return err
	}
	e.furniture, e.stale = newFurniture(decided), stale{}
	return nil
}
