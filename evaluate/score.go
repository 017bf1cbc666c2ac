package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// Found is what is judged.
type Found struct {
	Cluster map[string]string // article: its cluster, "" when alone
	Links   [][2]string       // pairs of articles linked directly
	Apart   [][2]string       // pairs that were compared and are no links; nil: not known
}

// together reports whether two articles are in one cluster.
func (f *Found) together(a, b string) bool {
	c := f.Cluster[a]
	return c != "" && c == f.Cluster[b]
}

// Options of Score. The zero value asks for no intervals and no errors.
type Options struct {
	Rounds int    // of the bootstrap; 0: no intervals. 1,000 are plenty
	Seed   uint64 // of the bootstrap: the same seed gives the same intervals
	Worst  int    // how many errors of each sort to return
}

// Estimate is a figure with its 95 % interval; without one Low and High are
// the figure itself.
type Estimate struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Figures are precision, recall and their harmonic mean, 0 to 1 each.
type Figures struct {
	Precision Estimate `json:"precision"`
	Recall    Estimate `json:"recall"`
	F1        Estimate `json:"f1"`
}

// Share is how many of a number are right, or found.
type Share struct {
	Hits  int      `json:"hits"`
	Of    int      `json:"of"`
	Share Estimate `json:"share"` // 0 to 1; what that of nothing is, Result says
}

// KindShare is how many of the pairs with one label and kind were found.
type KindShare struct {
	Label string `json:"label"`
	Kind  string `json:"kind"`
	Want  string `json:"want"` // found, apart (a pair found is an error) or either
	Share
}

// Result is how right a grouping is. Pointers are nil where gold says nothing
// of the kind.
type Result struct {
	Articles int `json:"articles"` // that have a story in gold
	Missing  int `json:"missing"`  // of these, those that were not found at all
	Stories  int `json:"stories"`
	Clusters int `json:"clusters"` // found clusters that hold any of these articles

	Pairwise *Figures  `json:"pairwise,omitempty"`
	BCubed   *Figures  `json:"bcubed,omitempty"`
	Rand     *Estimate `json:"adjusted_rand,omitempty"`
	Links    *Share    `json:"links,omitempty"` // of the links between articles that have a story, those of one story; of none, 1

	Candidates *Share `json:"candidates,omitempty"` // of the pairs of one story, or labelled copies, those found or at least compared; of none, 1

	Labelled *Figures    `json:"labelled,omitempty"` // of the labelled pairs; says nothing of pairs without label
	Kinds    []KindShare `json:"kinds,omitempty"`    // copies, then those apart, then unclear ones

	Merged []Merge `json:"merged,omitempty"` // worst first
	Split  []Split `json:"split,omitempty"`  // worst first
	Wrong  []Pair  `json:"wrong,omitempty"`  // labelled apart and found, then copies not found
}

// Score judges what was found by gold.
func Score(gold *Gold, found *Found, opt Options) *Result {
	r := &Result{}
	if len(gold.stories) > 0 {
		g := newGrouping(gold, found)
		c := g.count()
		r.Articles, r.Missing, r.Stories, r.Clusters = len(g.ids), g.missing, len(g.names), len(g.size)
		units := g.sums(c)
		spread := bootstrap(units, opt)
		f := total(units).figures()
		r.Pairwise = &Figures{spread.of(f, 0), spread.of(f, 1), spread.of(f, 2)}
		r.BCubed = &Figures{spread.of(f, 3), spread.of(f, 4), spread.of(f, 5)}
		rand := spread.of(f, 6)
		r.Rand = &rand
		r.Links = g.links(found)
		r.Merged, r.Split = g.worst(c, opt.Worst)
		if found.Apart != nil {
			r.Candidates = g.candidates(found, total(units))
		}
	}
	if len(gold.pairs) > 0 {
		r.scorePairs(gold, found, opt)
		if found.Apart != nil && r.Candidates == nil {
			r.Candidates = gold.candidates(found)
		}
	}
	return r
}

// links judges the links between articles that gold knows.
func (g *grouping) links(found *Found) *Share {
	at := func(id string) (int, bool) { return slices.BinarySearch(g.ids, id) }
	s := &Share{}
	for _, l := range found.Links {
		i, ok := at(l[0])
		j, ok2 := at(l[1])
		if !ok || !ok2 {
			continue
		}
		s.Of++
		if g.related(i, j) {
			s.Hits++
		}
	}
	s.Share = wilson(s.Hits, s.Of, 1)
	return s
}

// candidates returns how many of the pairs of one story were found together, or
// compared at least. The others are what the search for candidates missed.
func (g *grouping) candidates(found *Found, all sums) *Share {
	s := &Share{Hits: int(math.Round(all.both)), Of: int(math.Round(all.story))}
	for _, list := range [][][2]string{found.Links, found.Apart} {
		for _, p := range list {
			i, ok := slices.BinarySearch(g.ids, p[0])
			j, ok2 := slices.BinarySearch(g.ids, p[1])
			if ok && ok2 && g.found[i] != g.found[j] && g.related(i, j) {
				s.Hits++
			}
		}
	}
	s.Share = wilson(s.Hits, s.Of, 1)
	return s
}

// candidates is the same for labelled copies.
func (g *Gold) candidates(found *Found) *Share {
	compared := map[[2]string]bool{}
	for _, list := range [][][2]string{found.Links, found.Apart} {
		for _, p := range list {
			compared[[2]string{min(p[0], p[1]), max(p[0], p[1])}] = true
		}
	}
	s := &Share{}
	for _, p := range g.pairs {
		if !p.Copies() {
			continue
		}
		s.Of++
		if found.together(p.A, p.B) || compared[[2]string{min(p.A, p.B), max(p.A, p.B)}] {
			s.Hits++
		}
	}
	s.Share = wilson(s.Hits, s.Of, 1)
	return s
}

// scorePairs judges the labelled pairs.
func (r *Result) scorePairs(gold *Gold, found *Found, opt Options) {
	linked := make(map[[2]string]bool, len(found.Links))
	for _, l := range found.Links {
		linked[[2]string{min(l[0], l[1]), max(l[0], l[1])}] = true
	}
	type name struct{ label, kind string }
	rows := map[name]*KindShare{}
	var right, wrong, missed int
	var tooMuch, tooLittle []Pair
	for _, p := range gold.pairs {
		row := rows[name{p.Label, p.Kind}]
		if row == nil {
			row = &KindShare{Label: p.Label, Kind: p.Kind, Want: labels[p.Label].String()}
			rows[name{p.Label, p.Kind}] = row
		}
		row.Of++
		hit := found.together(p.A, p.B) || linked[[2]string{min(p.A, p.B), max(p.A, p.B)}]
		if hit {
			row.Hits++
		}
		switch {
		case hit && p.Copies():
			right++
		case hit && p.Apart():
			wrong++
			tooMuch = append(tooMuch, p)
		case p.Copies():
			missed++
			tooLittle = append(tooLittle, p)
		}
	}
	for _, row := range rows {
		row.Share.Share = wilson(row.Hits, row.Of, 0)
		r.Kinds = append(r.Kinds, *row)
	}
	slices.SortFunc(r.Kinds, func(a, b KindShare) int {
		return cmp.Or(cmp.Compare(labels[a.Label], labels[b.Label]), cmp.Compare(a.Label, b.Label), cmp.Compare(a.Kind, b.Kind))
	})
	precision, recall := wilson(right, right+wrong, 1), wilson(right, right+missed, 1)
	r.Labelled = &Figures{precision, recall, Estimate{
		f1(precision.Value, recall.Value), f1(precision.Low, recall.Low), f1(precision.High, recall.High), // both ends at once: wide
	}}
	for _, list := range [][]Pair{tooMuch, tooLittle} {
		slices.SortFunc(list, func(a, b Pair) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
		r.Wrong = append(r.Wrong, list[:min(len(list), opt.Worst)]...)
	}
}

func f1(precision, recall float64) float64 {
	if precision+recall == 0 {
		return 0
	}
	return 2 * precision * recall / (precision + recall)
}

// wilson is the share of hits with its score interval; none is the share of nothing,
// of which nothing is known.
func wilson(hits, of int, none float64) Estimate {
	if of == 0 {
		return Estimate{none, 0, 1}
	}
	const z = 1.959964 // 97.5 % of a normal distribution lie below
	n := float64(of)
	p := float64(hits) / n
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	reach := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return Estimate{p, min(p, max(0, middle-reach)), max(p, min(1, middle+reach))}
}
