package tune

import (
	"math"
	"math/rand/v2"
	"slices"

	"dedupe/similarity"
)

// stratum is a set of pairs whose evidence is about as uncertain.
type stratum struct {
	name        string
	uncertainty float64 // standard deviation to be expected of the truth of a pair, 0 to 0.5
}

// The strata, and what a label of each may teach: most where thresholds and
// vetoes cut, little where evidence is plain. The first ones are for pairs that
// a question other than a threshold decided, and those that no thresholds link.
var strata = [...]stratum{
	{"hopeless", 0.01},
	{"too short", 0.05},
	{"template", 0.4},
	{"headline not mentioned", 0.4},
	{"quote", 0.5},
	{"far below", 0.05},
	{"below", 0.3},
	{"just below", 0.5},
	{"just above", 0.5},
	{"above", 0.3},
	{"far above", 0.05},
}

// stratumOf returns the number of a pair's stratum. above is by how much the
// best of its figures passes its threshold.
func stratumOf(e *similarity.Evidence, t similarity.Thresholds) int {
	n := t.Needs(*e)
	v := similarity.Decide(*e, t)
	above := e.Containment() - n.Excerpt
	if e.Order >= 0 {
		above = max(above, e.Order-n.Rewrite)
	}
	const just, far = 0.05, 0.15
	switch {
	case !e.Linkable():
		return 0
	case !n.Judged:
		return 1
	case v.Veto == similarity.Template:
		return 2
	case v.Veto == similarity.Headline:
		return 3
	case above >= 0 && !v.Linked() && !e.SameOutlet:
		return 4
	case above < -far:
		return 5
	case above < -just:
		return 6
	case above < 0:
		return 7
	case above < just:
		return 8
	case above < far:
		return 9
	}
	return 10
}

// Sampled is a pair drawn for labelling.
type Sampled struct {
	A, B    int32
	Stratum string
}

// Sample draws n pairs of two outlets, fewer where there are not as many, for
// which known is false. Of each stratum it draws in proportion to the uncertainty there
// and to the square root of its size, so that large ones, which are plain, do
// not take all (power allocation; Bankier 1988). Pairs that teach most come
// first.
func (t *Table) Sample(n int, now similarity.Thresholds, seed uint64, known func(a, b int32) bool) []Sampled {
	var open [len(strata)][]int32
	judge := t.judge(now)
	for i := range t.pairs {
		if p := &t.pairs[i]; !p.Evidence.SameOutlet && !known(p.A, p.B) {
			h := stratumOf(&p.Evidence, judge.of(p))
			open[h] = append(open[h], int32(i))
		}
	}
	share := allot(n, open[:])
	order := make([]int, len(strata))
	for h := range order {
		order[h] = h
	}
	slices.SortStableFunc(order, func(x, y int) int {
		switch {
		case strata[x].uncertainty > strata[y].uncertainty:
			return -1
		case strata[x].uncertainty < strata[y].uncertainty:
			return 1
		}
		return 0
	})
	random := rand.New(rand.NewPCG(seed, 0x9E3779B97F4A7C15))
	var out []Sampled
	for _, h := range order {
		list := open[h]
		random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		for _, i := range list[:share[h]] {
			out = append(out, Sampled{t.pairs[i].A, t.pairs[i].B, strata[h].name})
		}
	}
	return out
}

// allot shares n out among the strata, one at a time to the one that has least
// of what is due to it.
func allot(n int, open [][]int32) []int {
	share := make([]int, len(open))
	for range n {
		next, most := -1, 0.0
		for h := range open {
			if share[h] == len(open[h]) {
				continue
			}
			due := strata[h].uncertainty * math.Sqrt(float64(len(open[h]))) / float64(share[h]+1)
			if due > most {
				next, most = h, due
			}
		}
		if next < 0 {
			break
		}
		share[next]++
	}
	return share
}

// Stratum is how many pairs are about as uncertain, and how many of them are
// labelled.
type Stratum struct {
	Name   string `json:"stratum"`
	Pairs  int    `json:"pairs"`
	Labels int    `json:"labels"`
}

// Weigh gives each label of a stored pair as many pairs as it stands for: those
// of its stratum that are stored, shared among those of it that are labelled.
// Labels of pairs that are not stored, or of one outlet, stand for themselves.
// Nobody speaks for strata without labels; it returns all that have pairs.
func (t *Table) Weigh(labels []Label, now similarity.Thresholds) (list []Stratum) {
	at := map[[2]int32]int{}
	for i, l := range labels {
		labels[i].Weight = 1
		at[[2]int32{min(l.A, l.B), max(l.A, l.B)}] = i
	}
	var stored, labelled [len(strata)]int
	in := map[int]int{} // label: stratum
	judge := t.judge(now)
	for i := range t.pairs {
		p := &t.pairs[i]
		l, ok := at[[2]int32{p.A, p.B}]
		if p.Evidence.SameOutlet {
			continue
		}
		h := stratumOf(&p.Evidence, judge.of(p))
		stored[h]++
		if ok {
			labelled[h]++
			in[l] = h
		}
	}
	for l, h := range in {
		labels[l].Weight = float64(stored[h]) / float64(labelled[h])
	}
	for h, s := range strata {
		if stored[h] > 0 {
			list = append(list, Stratum{s.name, stored[h], labelled[h]})
		}
	}
	return list
}
