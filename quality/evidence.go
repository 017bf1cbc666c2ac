package quality

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"dedupe/article"
	"dedupe/cluster"
	"dedupe/engine"
	"dedupe/evaluate"
	"dedupe/review"
	"dedupe/similarity"
	"dedupe/storage"
	"dedupe/tune"
)

// ErrUndecided says that nobody has decided on stored articles yet.
var ErrUndecided = errors.New("nobody has decided on stored articles yet")

// Evidence is what is stored of pairs, with the numbers under which package tune
// knows articles: their places in canonical order.
type Evidence struct {
	table  *tune.Table
	seqs   []uint32 // of each article
	keys   []article.Key
	number map[uint32]int32
	ruled  []storage.Decision // those on two stored articles
	labels []tune.Label       // what they say
}

// Load reads all pairs of current articles. Those that a run stores meanwhile are left
// out. Outlets and languages have the thresholds that own says. It holds about 100 bytes a
// pair. progress hears of how many articles the pairs are read; it may be nil.
func Load(ctx context.Context, store *storage.Store, view *storage.View, own engine.Overrides, progress func(done, total int)) (*Evidence, error) {
	e := &Evidence{number: map[uint32]int32{}}
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
	slices.SortFunc(e.seqs, func(a, b uint32) int {
		return cmp.Or(places[a-1].Compare(&places[b-1]), cmp.Compare(a, b))
	})
	clusters := make([]int64, len(e.seqs))
	byKey := map[article.Key]int32{}
	for i, seq := range e.seqs {
		p := parts[seq]
		clusters[i] = p.Cluster
		e.keys = append(e.keys, p.Key)
		e.number[seq], byKey[p.Key] = int32(i), int32(i)
	}
	var pairs []tune.Pair
	err = store.PairsIn(ctx, 1, uint32(len(places))+1, func(p storage.PairRow) error {
		if progress != nil {
			progress(int(p.B), len(places))
		}
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
		a, known := byKey[d.A]
		b, also := byKey[d.B]
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
func (e *Evidence) override(ctx context.Context, store *storage.Store, own engine.Overrides) error {
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

// EvaluateDecisions judges the clusters that stored links would make by themselves, by what
// people decided: clusters follow decisions. The error is ErrUndecided where there are none.
func (e *Evidence) EvaluateDecisions(ctx context.Context, v *storage.View, worst int) (*Evaluation, error) {
	if len(e.labels) == 0 {
		return nil, ErrUndecided
	}
	f := newFound()
	leader := e.table.ByLinks()
	gold := evaluate.New()
	name := func(number int32) (string, error) {
		seq := int64(e.seqs[number])
		if known := f.names[seq]; known != nil {
			return known[0], nil
		}
		article, err := v.Article(ctx, seq)
		if err != nil {
			return "", err
		}
		name := article.Name()
		if _, twice := f.seq[name]; twice {
			name = fmt.Sprintf("#%d", seq) // as explain takes it
		}
		f.add(name, strconv.Itoa(int(leader[number])), &article)
		return name, nil
	}
	for _, l := range e.labels {
		x, err := name(l.A)
		if err != nil {
			return nil, err
		}
		y, err := name(l.B)
		if err != nil {
			return nil, err
		}
		label := "cannot-link"
		if l.Copies {
			label = "must-link"
		}
		if err := gold.AddPair(evaluate.Pair{A: x, B: y, Label: label}); err != nil {
			return nil, err
		}
	}
	if err := f.findLinks(ctx, v); err != nil {
		return nil, err
	}
	return f.evaluate(gold, "the decisions", worst), nil
}

// gold gives what is known of articles by their names the numbers of the table, and says
// how many of them are stored.
func (e *Evidence) gold(ctx context.Context, view *storage.View, truth *evaluate.Gold) (g *tune.Gold, stored int, err error) {
	names := truth.Articles()
	found, err := findNames(ctx, view, names)
	if err != nil {
		return nil, 0, err
	}
	number := func(name string) (int32, bool) {
		n, ok := e.number[uint32(found.seq[name])]
		return n, ok
	}
	g = &tune.Gold{Stories: map[int32][]int32{}}
	story := map[string]int32{}
	for _, name := range names {
		n, ok := number(name)
		if !ok {
			continue
		}
		stored++
		for _, s := range truth.Stories(name) {
			if _, ok := story[s]; !ok {
				story[s] = int32(len(story))
			}
			if !slices.Contains(g.Stories[n], story[s]) { // under another name of the article
				g.Stories[n] = append(g.Stories[n], story[s])
			}
		}
	}
	seen := map[[2]int32]bool{}
	for _, p := range truth.Labelled() {
		x, ok := number(p.A)
		y, also := number(p.B)
		pair := [2]int32{min(x, y), max(x, y)}
		if ok && also && x != y && !seen[pair] && (p.Copies() || p.Apart()) {
			seen[pair] = true
			g.Labels = append(g.Labels, tune.Label{A: x, B: y, Copies: p.Copies(), Weight: 1})
		}
	}
	return g, stored, nil
}

// Sampled is a pair that was drawn for labelling, the earlier article as A.
type Sampled struct {
	Stratum string // why it was drawn
	A, B    storage.Article
}

// Sample draws n pairs by which labels teach most, as tune.Table.Sample does; those that are
// decided, or follow from decisions, are left out. The same seed draws the same pairs. Their
// articles are read as they are asked for.
func (e *Evidence) Sample(ctx context.Context, view *storage.View, n int, now similarity.Thresholds, seed uint64) iter.Seq2[Sampled, error] {
	return func(yield func(Sampled, error) bool) {
		ties := review.NewTies(e.ruled)
		known := func(x, y int32) bool { _, ok := ties.Known(e.keys[x], e.keys[y]); return ok }
		for _, s := range e.table.Sample(n, now, seed, known) {
			a, err := view.Article(ctx, int64(e.seqs[s.A]))
			b, also := view.Article(ctx, int64(e.seqs[s.B]))
			if err = errors.Join(err, also); !yield(Sampled{s.Stratum, a, b}, err) || err != nil {
				return
			}
		}
	}
}
