package detect

import (
	"cmp"
	"context"
	"math"
	"slices"

	"dedupe/article"
	"dedupe/cluster"
	"dedupe/similarity"
	"dedupe/storage"
)

// Doubt is a pair on which a person's word would help.
type Doubt struct {
	A, B      uint32 // A stands before B
	Reason    Doubtful
	Uncertain float64 // 0 to 1
	Articles  int     // that would come together, or apart
	weight    float64
}

// Doubtful says why a pair is.
type Doubtful uint8

// The reasons, the strongest first.
const (
	NotFollowed Doubtful = iota // linked, and the clusters do not follow
	Bridge                      // this link alone holds two parts of a cluster together
	Form                        // one form filled in twice, it seems
	Untold                      // alike, but neither body tells the other's headline
	Quote                       // one may just quote a passage of the other
	Threshold                   // the figure that decides is near its threshold
	Asked                       // somebody asks about it
)

// Where a pair is in doubt.
const (
	near      = 0.15 // of a threshold
	minBridge = 3    // articles on both sides
)

// Doubts returns the n pairs on which a word would help most, the most helpful
// first: how uncertain the verdict is, times the logarithm of how many articles
// follow it. Pairs that are decided, or follow from decisions, are left out,
// and so are pairs of one outlet. It reads all pairs once, about 2 us each, and
// holds 30 bytes an article.
func (e *Engine) Doubts(ctx context.Context, n int) ([]Doubt, error) {
	d := doubting{e: e, n: n, ties: NewTies(e.decisions.list()), cluster: make([]int64, e.next.Seq),
		size: map[int64]int{}, keys: map[uint32]article.Key{}, links: map[int64][]Doubt{}}
	err := e.store.Parts(ctx, func(seq uint32, p storage.Part) error {
		if seq >= e.next.Seq { // stored since
			return nil
		}
		d.cluster[seq] = p.Cluster
		if p.Cluster != 0 {
			d.size[p.Cluster]++
		}
		if len(e.decisions[p.Key]) > 0 {
			d.keys[seq] = p.Key
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := e.store.PairsIn(ctx, 1, e.next.Seq, func(p storage.PairRow) error { d.weigh(p); return nil }); err != nil {
		return nil, err
	}
	for _, id := range sortedKeys(d.links) {
		d.bridges(d.links[id])
	}
	d.cut()
	return d.list, nil
}

// doubting is one call of Doubts.
type doubting struct {
	e       *Engine
	n       int
	ties    *Ties
	cluster []int64
	size    map[int64]int
	keys    map[uint32]article.Key // of articles that decisions are about
	links   map[int64][]Doubt      // inside each cluster that is large enough for bridges
	list    []Doubt
}

// weigh takes a pair up if it is in doubt.
func (d *doubting) weigh(p storage.PairRow) {
	ev := p.Verdict.Evidence
	if p.Damaged != nil || ev.SameOutlet {
		return
	}
	a, b := d.cluster[p.A], d.cluster[p.B]
	together := a != 0 && a == b
	t := d.e.thresholds(p.A, p.B)
	v := similarity.Decide(ev, t)
	x := Doubt{A: p.A, B: p.B}
	x.Reason, x.Uncertain = doubt(&v, t)
	if v.Linked() && together && d.size[a] >= 2*minBridge {
		d.links[a] = append(d.links[a], x)
	}
	if v.Linked() && !together {
		x.Reason, x.Uncertain = NotFollowed, max(x.Uncertain, 0.8)
	}
	x.Articles = min(max(1, d.size[a]), max(1, d.size[b]))
	if together {
		x.Articles = 1 // the other links of the cluster hold
	}
	d.take(x)
}

// doubt says how uncertain a verdict is, and why.
func doubt(v *similarity.Verdict, t similarity.Thresholds) (Doubtful, float64) {
	e := &v.Evidence
	n := t.Needs(*e)
	margin := e.Containment() - n.Excerpt // above 0: linked
	if e.Order >= 0 {
		margin = max(margin, e.Order-n.Rewrite)
	}
	switch {
	case !n.Judged || e.SameText:
		return Threshold, 0
	case v.Veto == similarity.Template:
		return Form, 0.7
	case v.Veto == similarity.Headline:
		return Untold, 0.6
	case margin >= 0 && !v.Linked() && !n.One:
		return Quote, 0.7
	}
	return Threshold, max(0, 1-math.Abs(margin)/near)
}

// bridges takes up the links that alone hold parts of a cluster together.
func (d *doubting) bridges(inside []Doubt) {
	at := map[uint32]int{}
	node := func(seq uint32) int {
		if _, known := at[seq]; !known {
			at[seq] = len(at)
		}
		return at[seq]
	}
	links := make([]cluster.Link, len(inside))
	for i, x := range inside {
		links[i] = cluster.Link{A: node(x.A), B: node(x.B)}
	}
	found := cluster.Bridges(len(at), links)
	for _, i := range sortedKeys(found) {
		if side := found[i]; side >= minBridge {
			x := inside[i]
			d.list = slices.DeleteFunc(d.list, func(y Doubt) bool { return x.A == y.A && x.B == y.B })
			d.take(Doubt{A: x.A, B: x.B, Reason: Bridge, Uncertain: max(x.Uncertain, 0.6), Articles: side})
		}
	}
}

// take keeps a doubt, unless a person has decided it.
func (d *doubting) take(x Doubt) {
	if x.Uncertain <= 0 {
		return
	}
	if a, ok := d.keys[x.A]; ok {
		if b, ok := d.keys[x.B]; ok {
			if _, known := d.ties.Known(a, b); known {
				return
			}
		}
	}
	x.weight = x.Uncertain * (1 + math.Log2(float64(x.Articles)))
	d.list = append(d.list, x)
	if len(d.list) > 8*d.n+1000 {
		d.cut()
	}
}

// cut keeps the n weightiest.
func (d *doubting) cut() {
	slices.SortFunc(d.list, func(x, y Doubt) int {
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.Reason, y.Reason), cmp.Compare(x.B, y.B), cmp.Compare(x.A, y.A))
	})
	d.list = d.list[:min(len(d.list), d.n)]
}
