package tune

import (
	"cmp"
	"slices"

	"dedupe/cluster"
	"dedupe/similarity"
)

// Pair is a stored pair of articles, which are called by their numbers in
// canonical order; A is the smaller one.
type Pair struct {
	A, B     int32
	Linked   bool // as it is stored
	Evidence similarity.Evidence
}

// Table holds what is stored of articles 0 to n-1. It takes some 250 bytes a
// pair.
type Table struct {
	cluster []int64 // of each article now; 0: alone
	size    map[int64]int32
	pairs   []Pair
	decided []cluster.Decision
	by      map[int32][]int32 // decisions by either article
	own     []uint16          // of each article: which of sets; nil: none has any
	sets    []similarity.Override
}

// New returns the table of as many articles as clusters has, which gives the
// cluster of each and 0 for none. Pairs are put in order; decisions are those
// of people on these articles.
func New(clusters []int64, pairs []Pair, decisions []cluster.Decision) *Table {
	t := &Table{cluster: clusters, size: map[int64]int32{}, pairs: pairs, by: map[int32][]int32{}}
	for _, id := range clusters {
		if id != 0 {
			t.size[id]++
		}
	}
	slices.SortFunc(t.pairs, func(x, y Pair) int { return cmp.Or(cmp.Compare(x.B, y.B), cmp.Compare(x.A, y.A)) })
	for _, d := range decisions {
		if d.A > d.B {
			d.A, d.B = d.B, d.A
		}
		t.decided = append(t.decided, d)
	}
	slices.SortFunc(t.decided, func(x, y cluster.Decision) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	for i, d := range t.decided {
		for _, end := range [...]int{d.A, d.B} {
			t.by[int32(end)] = append(t.by[int32(end)], int32(i))
		}
	}
	return t
}

// Own lets articles have thresholds of their own: of each article it says which
// of the sets. They stay when the others are swept, and a pair is judged by the
// stricter of each two.
func (t *Table) Own(own []uint16, sets []similarity.Override) { t.own, t.sets = own, sets }

// judge judges pairs of a table by thresholds and those that articles have of
// their own.
type judge struct {
	*Table
	thresholds similarity.Thresholds
}

func (t *Table) judge(th similarity.Thresholds) judge { return judge{t, th} }

// of returns the thresholds for a pair.
func (j *judge) of(p *Pair) similarity.Thresholds {
	if j.own == nil {
		return j.thresholds
	}
	return j.thresholds.Between(j.sets[j.own[p.A]], j.sets[j.own[p.B]])
}

// kind judges a pair.
func (j *judge) kind(p *Pair) similarity.Kind {
	return similarity.Decide(p.Evidence, j.of(p)).Kind
}

// Articles returns how many there are.
func (t *Table) Articles() int { return len(t.cluster) }

// Pairs returns the stored pairs, in the order of the later article.
func (t *Table) Pairs() []Pair { return t.pairs }

// Clusters returns how many clusters there are now.
func (t *Table) Clusters() int { return len(t.size) }

// ByLinks returns for each article the first of its group, itself when it is
// alone, as the stored links group them, without decisions.
func (t *Table) ByLinks() []int32 {
	g := newGrouper(t, false)
	linked := make([]bool, len(t.pairs))
	for i := range t.pairs {
		linked[i] = t.pairs[i].Linked
	}
	leader := make([]int32, len(t.cluster))
	for i := range leader {
		leader[i] = int32(i)
	}
	g.each(linked, func(c *component) {
		for i, l := range g.group(c) {
			leader[c.members[i]] = c.members[l]
		}
	})
	return leader
}
