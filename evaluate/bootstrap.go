package evaluate

import (
	"math/rand/v2"
	"slices"
)

// sums are what all figures of clusters follow from. Those of all articles are
// the sums over units, so that a drawn sample's figures follow from drawn units.
type sums struct {
	articles  float64
	both      float64 // pairs of one story found together
	story     float64 // pairs of one story
	found     float64 // pairs found together; one across two units counts half for each
	precision float64 // of articles, B-cubed, added up
	recall    float64
}

func (s *sums) add(t sums) {
	s.articles += t.articles
	s.both += t.both
	s.story += t.story
	s.found += t.found
	s.precision += t.precision
	s.recall += t.recall
}

// sums returns the sums of each unit. An article has half of each of its pairs.
func (g *grouping) sums(c counts) []sums {
	units := make([]sums, g.units)
	for i, u := range g.unit {
		all, within, size := float64(c.all[i]), float64(c.within[i]), float64(g.size[g.found[i]])
		units[u].add(sums{
			articles: 1, both: (within - 1) / 2, story: (all - 1) / 2, found: (size - 1) / 2,
			precision: within / size, recall: within / all,
		})
	}
	return units
}

func total(units []sums) (t sums) {
	for _, u := range units {
		t.add(u)
	}
	return t
}

// figures are precision, recall and F1 of pairs, the same of B-cubed, and the
// adjusted Rand index.
type figures [7]float64

func (s sums) figures() (f figures) {
	ratio := func(part, whole float64) float64 {
		if whole == 0 {
			return 1
		}
		return part / whole
	}
	f[0], f[1] = ratio(s.both, s.found), ratio(s.both, s.story)
	f[2] = f1(f[0], f[1])
	f[3], f[4] = ratio(s.precision, s.articles), ratio(s.recall, s.articles)
	f[5] = f1(f[3], f[4])
	f[6] = 1
	pairs := s.articles * (s.articles - 1) / 2
	if pairs > 0 {
		chance := s.story * s.found / pairs
		if most := (s.story + s.found) / 2; most != chance {
			f[6] = (s.both - chance) / (most - chance)
		}
	}
	return f
}

// spread holds each figure of all drawn samples, ascending.
type spread [len(figures{})][]float64

// bootstrap draws as many units as there are, with replacement, opt.Rounds
// times. Cost: units times rounds.
func bootstrap(units []sums, opt Options) (s spread) {
	random := rand.New(rand.NewPCG(opt.Seed, 0x9E3779B97F4A7C15))
	for range opt.Rounds {
		var sample sums
		for range units {
			sample.add(units[random.IntN(len(units))])
		}
		for i, v := range sample.figures() {
			s[i] = append(s[i], v)
		}
	}
	for i := range s {
		slices.Sort(s[i])
	}
	return s
}

// of returns figure i with its interval: the middle 95 % of the samples, and
// never without the figure itself.
func (s *spread) of(f figures, i int) Estimate {
	v := s[i]
	if len(v) == 0 {
		return Estimate{f[i], f[i], f[i]}
	}
	cut := len(v) / 40 // 2.5 %
	return Estimate{f[i], min(f[i], v[cut]), max(f[i], v[len(v)-1-cut])}
}
