// Package review finds what a person should look at, and takes in what a person decides.
//
//	Uncertain    the pairs on which a word would help most, the most helpful first
//	Inside       how surely the members of a cluster hold together, and what speaks against it
//	Ties         what follows from all decisions taken together
//	Rule         stores decisions, unless they contradict others, and says what came of them
//
// A person's time is the dearest thing in this program, so a pair is asked about by how near
// the verdict is to another one, times how many articles follow it; and what follows from
// decisions is not asked. Active learning calls the first of these uncertainty sampling (Lewis
// and Gale 1994).
//
// Cost: Uncertain reads all stored pairs once, 2 us each; Inside those of one cluster.
//
//	pairs, err := review.Uncertain(ctx, engine, 50)
//	for _, p := range pairs {
//		fmt.Println(p.A, p.B, p.Why())
//	}
package review

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"

	"dedupe/article"
	"dedupe/cluster"
	"dedupe/engine"
	"dedupe/similarity"
	"dedupe/storage"
)

// Pair is a pair on which a person's word would help.
type Pair struct {
	A, B      uint32 // numbers of articles; A stands before B
	Reason    Reason
	Uncertain float64 // above 0, up to 1
	Articles  int     // that would come together, or apart; at least 1
	weight    float64
}

// Reason says why a pair is uncertain.
type Reason uint8

// The reasons, the strongest first.
const (
	NotFollowed Reason = iota // linked, and the clusters do not follow
	Bridge                    // this link alone holds two parts of a cluster together
	Template                  // one template filled in twice, it seems
	Unmentioned               // alike, but no headline is mentioned in the other's body
	Quote                     // one may just quote a passage of the other
	Threshold                 // the figure that decides is near its threshold
	Asked                     // somebody asks about it
)

// Where a pair is uncertain.
const (
	near      = 0.15 // of a threshold
	minBridge = 3    // articles on both sides
)

// Why says why the pair is asked about, in a sentence without its full stop.
func (p Pair) Why() string {
	follow := ""
	if p.Articles > 1 {
		follow = fmt.Sprintf("; %d articles follow the answer", p.Articles)
	}
	switch p.Reason {
	case Asked:
		return "The file asks about them"
	case NotFollowed:
		return "Their texts are linked, but their clusters are not one" + follow
	case Bridge:
		return "Only this link holds two parts of a cluster together" + follow
	case Template:
		return "They may be one template, filled in twice" + follow
	case Unmentioned:
		return "They are alike, but neither text mentions the other's headline" + follow
	case Quote:
		return "One may only quote a passage of the other" + follow
	}
	return "Their figures are near a threshold" + follow
}

// Uncertain returns the n pairs of an engine's store on which a word would help most, the most
// helpful first: how uncertain the verdict is, times the logarithm of how many articles
// follow it. Pairs that are decided, or follow from decisions, are left out,
// and so are pairs of one outlet, and those that are damaged. It reads all pairs once, about
// 2 us each, and holds 30 bytes an article.
func Uncertain(ctx context.Context, e *engine.Engine, n int) ([]Pair, error) {
	decisions := e.Decisions()
	decided := map[article.Key]bool{}
	for _, d := range decisions {
		decided[d.A], decided[d.B] = true, true
	}
	end := e.Articles() + 1 // what is stored since the engine was made is left out
	s := search{e: e, n: n, ties: NewTies(decisions), cluster: make([]int64, end),
		size: map[int64]int{}, keys: map[uint32]article.Key{}, links: map[int64][]Pair{}}
	err := e.Store().Parts(ctx, func(seq uint32, p storage.Part) error {
		if seq >= end {
			return nil
		}
		s.cluster[seq] = p.Cluster
		if p.Cluster != 0 {
			s.size[p.Cluster]++
		}
		if decided[p.Key] {
			s.keys[seq] = p.Key
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := e.Store().PairsIn(ctx, 1, end, func(p storage.PairRow) error { s.weigh(p); return nil }); err != nil {
		return nil, err
	}
	for _, id := range slices.Sorted(maps.Keys(s.links)) {
		s.bridges(s.links[id])
	}
	s.cut()
	return s.list, nil
}

// search is one call of Uncertain.
type search struct {
	e       *engine.Engine
	n       int
	ties    *Ties
	cluster []int64
	size    map[int64]int
	keys    map[uint32]article.Key // of articles that decisions are about
	links   map[int64][]Pair       // inside each cluster that is large enough for bridges
	list    []Pair
}

// weigh takes a pair up if it is uncertain.
func (s *search) weigh(p storage.PairRow) {
	ev := p.Verdict.Evidence
	if p.Damaged != nil || ev.SameOutlet {
		return
	}
	a, b := s.cluster[p.A], s.cluster[p.B]
	together := a != 0 && a == b
	t := s.e.Thresholds(p.A, p.B)
	v := similarity.Decide(ev, t)
	x := Pair{A: p.A, B: p.B}
	x.Reason, x.Uncertain = uncertainty(&v, t)
	if v.Linked() && together && s.size[a] >= 2*minBridge {
		s.links[a] = append(s.links[a], x)
	}
	if v.Linked() && !together {
		x.Reason, x.Uncertain = NotFollowed, max(x.Uncertain, 0.8)
	}
	x.Articles = min(max(1, s.size[a]), max(1, s.size[b]))
	if together {
		x.Articles = 1 // the other links of the cluster hold
	}
	s.take(x)
}

// uncertainty says how uncertain a verdict is, and why.
func uncertainty(v *similarity.Verdict, t similarity.Thresholds) (Reason, float64) {
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
		return Template, 0.7
	case v.Veto == similarity.Headline:
		return Unmentioned, 0.6
	case margin >= 0 && !v.Linked() && !n.One:
		return Quote, 0.7
	}
	return Threshold, max(0, 1-math.Abs(margin)/near)
}

// bridges takes up the links that alone hold parts of a cluster together.
func (s *search) bridges(inside []Pair) {
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
	for _, i := range slices.Sorted(maps.Keys(found)) {
		if side := found[i]; side >= minBridge {
			x := inside[i]
			s.list = slices.DeleteFunc(s.list, func(y Pair) bool { return x.A == y.A && x.B == y.B })
			s.take(Pair{A: x.A, B: x.B, Reason: Bridge, Uncertain: max(x.Uncertain, 0.6), Articles: side})
		}
	}
}

// take keeps a pair, unless a person has decided it.
func (s *search) take(x Pair) {
	if x.Uncertain <= 0 {
		return
	}
	if a, ok := s.keys[x.A]; ok {
		if b, ok := s.keys[x.B]; ok {
			if _, known := s.ties.Known(a, b); known {
				return
			}
		}
	}
	x.weight = x.Uncertain * (1 + math.Log2(float64(x.Articles)))
	s.list = append(s.list, x)
	if len(s.list) > 8*s.n+1000 {
		s.cut()
	}
}

// cut keeps the n weightiest.
func (s *search) cut() {
	slices.SortFunc(s.list, func(x, y Pair) int {
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.Reason, y.Reason), cmp.Compare(x.B, y.B), cmp.Compare(x.A, y.A))
	})
	s.list = s.list[:min(len(s.list), s.n)]
}
