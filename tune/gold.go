package tune

import (
	"math"
	"slices"
)

// Gold is what is known of the articles of a table: of which stories they are,
// or what pairs of them are. Where it knows stories, these are what settings are
// scored by.
type Gold struct {
	Stories map[int32][]int32 // article: its stories
	Labels  []Label           // each pair once
}

// Label is what is known of two articles.
type Label struct {
	A, B   int32
	Copies bool    // of one story; else they are not
	Weight float64 // how many pairs it stands for
}

// Score is how right a grouping is. Weights of labels are in it.
type Score struct {
	Right  float64 `json:"right"`  // pairs found together that are of one story
	Wrong  float64 `json:"wrong"`  // pairs found together that are not
	Copies float64 `json:"copies"` // pairs of one story

	Precision float64 `json:"precision"` // Right of all found; of none, 1
	Recall    float64 `json:"recall"`    // Right of Copies; of none, 1
	F1        float64 `json:"f1"`
	Low       float64 `json:"precision_low"` // the precision is above it with a certainty of 95 %
	Trials    float64 `json:"trials"`        // independent ones, by which Low is worked out

	squares float64 // of the weights of what was found
	trials  float64 // independent ones, of stories: articles found with others
}

// add adds what was counted of another part of the articles.
func (s *Score) add(t *Score) {
	s.Right += t.Right
	s.Wrong += t.Wrong
	s.squares += t.squares
	s.trials += t.trials
}

// close works out the figures.
func (s *Score) close(copies float64) {
	s.Copies = copies
	ratio := func(part, whole float64) float64 {
		if whole <= 0 {
			return 1
		}
		return part / whole
	}
	found := s.Right + s.Wrong
	s.Precision, s.Recall = ratio(s.Right, found), ratio(s.Right, copies)
	if s.Precision+s.Recall > 0 {
		s.F1 = 2 * s.Precision * s.Recall / (s.Precision + s.Recall)
	}
	trials := s.trials
	if s.squares > 0 {
		trials = found * found / s.squares // Kish 1965: what unequal weights leave of a sample
	}
	s.Low, s.Trials = low(s.Precision, trials), trials
}

// certain is the value that 95 % of a normal distribution lie below.
const certain = 1.644854

// low is the lower end of the one-sided 95 % score interval of a share of n
// trials (Wilson 1927); 0 where there were none.
func low(share, n float64) float64 {
	if n <= 0 {
		return 0
	}
	const z = certain
	return max(0, (share+z*z/(2*n)-z*math.Sqrt(share*(1-share)/n+z*z/(4*n*n)))/(1+z*z/n))
}

// known are the gold and what is counted of it once.
type known struct {
	*Gold
	labels map[int32][]int32 // by the earlier article
	copies float64
}

func newKnown(g *Gold) *known {
	k := &known{Gold: g, labels: map[int32][]int32{}}
	if g == nil {
		k.Gold = &Gold{}
		return k
	}
	for i, l := range g.Labels {
		k.labels[min(l.A, l.B)] = append(k.labels[min(l.A, l.B)], int32(i))
		if l.Copies && len(g.Stories) == 0 {
			k.copies += l.Weight
		}
	}
	all := make([]int32, 0, len(g.Stories))
	for article := range g.Stories {
		all = append(all, article)
	}
	slices.Sort(all)
	if len(all) > 0 {
		k.copies, _ = k.related(all)
	}
	return k
}

// truth returns whether two articles are of one story, if that is known, and the
// label that says so, or -1.
func (k *known) truth(a, b int32) (copies, ok bool, label int32) {
	if x, y := k.Stories[a], k.Stories[b]; len(x) > 0 && len(y) > 0 {
		return slices.ContainsFunc(x, func(s int32) bool { return slices.Contains(y, s) }), true, -1
	}
	for _, i := range k.labels[min(a, b)] {
		if l := &k.Labels[i]; max(l.A, l.B) == max(a, b) {
			return l.Copies, true, i
		}
	}
	return false, false, -1
}

// related returns how many pairs of the given articles share a story, and how
// many of the articles have one. Articles of one story are counted by story;
// those of several, which are few, pair by pair.
func (k *known) related(articles []int32) (pairs, of float64) {
	single := map[int32]float64{}
	var several [][]int32
	for _, a := range articles {
		switch stories := k.Stories[a]; len(stories) {
		case 0:
			continue
		case 1:
			pairs += single[stories[0]]
			single[stories[0]]++
		default:
			several = append(several, stories)
		}
		of++
	}
	for i, x := range several {
		for _, s := range x {
			pairs += single[s]
		}
		for _, y := range several[:i] {
			if slices.ContainsFunc(x, func(s int32) bool { return slices.Contains(y, s) }) {
				pairs++
			}
		}
	}
	return pairs, of
}

// score counts one component that was grouped. A labelled pair is found, as
// package evaluate has it, when it is in one group or linked; label says which
// label a pair of the table has, -1 for none.
func (k *known) score(g *grouper, c *component, leader []int, label []int32) (s Score) {
	members := c.members
	if len(k.Stories) > 0 {
		groups := map[int][]int32{}
		for i, l := range leader {
			groups[l] = append(groups[l], members[i])
		}
		for _, list := range groups { // sums of whole numbers: any order
			right, of := k.related(list)
			s.Right += right
			s.Wrong += of*(of-1)/2 - right
			if of > 1 {
				s.trials += of
			}
		}
		return s
	}
	found := func(l *Label) {
		if s.squares += l.Weight * l.Weight; l.Copies {
			s.Right += l.Weight
		} else {
			s.Wrong += l.Weight
		}
	}
	for i, m := range members {
		for _, n := range k.labels[m] {
			l := &k.Labels[n]
			if j, ok := slices.BinarySearch(members, max(l.A, l.B)); ok && leader[i] == leader[j] {
				found(l)
			}
		}
	}
	for _, p := range c.links {
		if n := label[p]; n >= 0 && leader[g.at[g.pairs[p].A]] != leader[g.at[g.pairs[p].B]] {
			found(&k.Labels[n])
		}
	}
	return s
}
