package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"dedupe/article"
	"dedupe/candidate"
	"dedupe/cluster"
	"dedupe/detect"
	"dedupe/evaluate"
	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/tune"
)

// evidence is what is stored of pairs, with the numbers under which package tune
// knows articles.
type evidence struct {
	table  *tune.Table
	seqs   []uint32 // of each article, in canonical order
	number map[uint32]int32
	keys   map[article.Key]int32
	ruled  []storage.Decision // those on two stored articles
	labels []tune.Label       // what they say
}

// loadEvidence reads all pairs of current articles. Those that a run stores
// meanwhile are left out.
func loadEvidence(ctx context.Context, store *storage.Store, view *storage.View, own detect.Overrides) (*evidence, error) {
	e := &evidence{number: map[uint32]int32{}, keys: map[article.Key]int32{}}
	places, _, _, err := store.Places(ctx)
	if err != nil {
		return nil, err
	}
	parts := map[uint32]storage.Part{}
	err = store.Parts(ctx, func(seq uint32, p storage.Part) error {
		if int(seq) <= len(places) {
			parts[seq] = p
			e.seqs = append(e.seqs, seq)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	e.order(places)
	clusters := make([]int64, len(e.seqs))
	for i, seq := range e.seqs {
		p := parts[seq]
		clusters[i] = p.Cluster
		e.number[seq], e.keys[p.Key] = int32(i), int32(i)
	}
	var pairs []tune.Pair
	err = store.PairsIn(ctx, 1, uint32(len(places))+1, func(p storage.PairRow) error {
		a, known := e.number[p.A]
		b, also := e.number[p.B]
		if !known || !also || p.Damaged != nil {
			return nil
		}
		evidence := p.Verdict.Evidence
		if a > b {
			a, b, evidence = b, a, evidence.Swap()
		}
		pairs = append(pairs, tune.Pair{A: a, B: b, Linked: p.Verdict.Linked(), Evidence: evidence})
		return nil
	})
	if err != nil {
		return nil, err
	}
	var decisions []cluster.Decision
	for d, err := range view.Decisions(ctx) {
		if err != nil {
			return nil, err
		}
		a, known := e.keys[d.A]
		b, also := e.keys[d.B]
		if known && also {
			e.ruled = append(e.ruled, d)
			e.labels = append(e.labels, tune.Label{A: a, B: b, Copies: d.Same})
			decisions = append(decisions, cluster.Decision{A: int(a), B: int(b), Same: d.Same})
		}
	}
	e.table = tune.New(clusters, pairs, decisions)
	return e, e.override(ctx, store, own)
}

// override lets articles have the thresholds of their outlets and languages.
func (e *evidence) override(ctx context.Context, store *storage.Store, own detect.Overrides) error {
	if own.None() {
		return nil
	}
	var sets []similarity.Override
	number := map[similarity.Override]uint16{}
	of := make([]uint16, len(e.seqs))
	err := store.Sorts(ctx, func(seq uint32, outlet, language string) error {
		at, current := e.number[seq]
		if !current {
			return nil
		}
		o := own.Of(outlet, language)
		n, known := number[o]
		if !known {
			n = uint16(len(sets))
			number[o], sets = n, append(sets, o)
		}
		of[at] = n
		return nil
	})
	e.table.Own(of, sets)
	return err
}

// readEvidence opens the database for reading and gives f its evidence.
func (a *app) readEvidence(ctx context.Context, f func(*storage.Store, *storage.View, *evidence) error) (err error) {
	store, err := storage.Open(ctx, a.settings().Database.Path, a.stepping(storage.Options{ReadOnly: true}))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := a.noteUpdating(ctx, store); err != nil {
		return err
	}
	view, err := store.View(ctx)
	if err != nil {
		return err
	}
	defer view.Close()
	opt, err := engineOptions(a.settings())
	if err != nil {
		return err
	}
	e, err := loadEvidence(ctx, store, view, opt.Overrides)
	if err != nil {
		return err
	}
	return f(store, view, e)
}

// errUndecided says that there are no decisions to go by.
func (a *app) errUndecided() error {
	return fmt.Errorf("nobody has decided on articles of %s yet: dedupe tune --sample draws pairs to decide", a.settings().Database.Path)
}

// order puts the articles in canonical order.
func (e *evidence) order(places []candidate.Place) {
	slices.SortFunc(e.seqs, func(a, b uint32) int {
		return cmp.Or(places[a-1].Compare(&places[b-1]), cmp.Compare(a, b))
	})
}

// tuneGold returns what settings are scored by; nil where nothing was named.
func (a *app) tuneGold(ctx context.Context, view *storage.View, e *evidence, t *tuning) (*tune.Gold, error) {
	o := t.options
	if o.decisions {
		if len(e.labels) == 0 {
			return nil, a.errUndecided()
		}
		t.Strata = e.table.Weigh(e.labels, t.now)
		t.By = counted(len(e.labels), "decision")
		return &tune.Gold{Labels: e.labels}, nil
	}
	if o.gold == "" && o.pairs == "" {
		return nil, nil
	}
	gold := evaluate.New()
	for _, path := range []string{o.gold, o.pairs} {
		if err := a.readGold(ctx, view, gold, path); err != nil {
			return nil, err
		}
	}
	names := gold.Articles()
	found, err := findNames(ctx, view, names)
	if err != nil {
		return nil, err
	}
	number := func(name string) (int32, bool) {
		n, ok := e.number[uint32(found.seq[name])]
		return n, ok
	}
	g := &tune.Gold{Stories: map[int32][]int32{}}
	story := map[string]int32{}
	for _, name := range names {
		n, ok := number(name)
		if !ok {
			continue
		}
		t.Known++
		for _, s := range gold.Stories(name) {
			if _, ok := story[s]; !ok {
				story[s] = int32(len(story))
			}
			if !slices.Contains(g.Stories[n], story[s]) { // under another name of the article
				g.Stories[n] = append(g.Stories[n], story[s])
			}
		}
	}
	seen := map[[2]int32]bool{}
	for _, p := range gold.Labelled() {
		x, ok := number(p.A)
		y, also := number(p.B)
		pair := [2]int32{min(x, y), max(x, y)}
		if ok && also && x != y && !seen[pair] && (p.Copies() || p.Apart()) {
			seen[pair] = true
			g.Labels = append(g.Labels, tune.Label{A: x, B: y, Copies: p.Copies(), Weight: 1})
		}
	}
	if t.Known == 0 {
		return nil, fmt.Errorf("none of the %d articles of %s is stored in %s: name them by id, outlet:id or URL",
			len(names), plain(cmp.Or(o.gold, o.pairs)), a.settings().Database.Path)
	}
	t.By = fmt.Sprintf("%s of %s", counted(t.Known, "article"), cmp.Or(o.gold, o.pairs))
	return g, nil
}
