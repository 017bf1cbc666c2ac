package similarity

// measureOrder is the weighted share of the shorter text's words that stand in
// the longer one in the same order: the heaviest common subsequence over the
// weight of the shorter text. Boilerplate counts on neither side.
//
// The subsequence is found in the manner of Hunt and Szymanski (1977): walk one
// text, and for every place of the word in the other, from the last to the
// first, extend the best chain that ends before it. A Fenwick tree holds the
// best chains by place:
//
//	b:  ... summit ... Orban ... warrant ...
//	a:      17            40        52          chain 17 < 40 < 52
//
// Cost: one step of log n for each pair of equal words; of a word's places in the
// loaded text the last maxPlaces count: more say nothing of order.
func (s *Scale) measureOrder(b *Text) float64 {
	const maxPlaces = 16
	a, words := s.a, s.words()
	n := len(a.Words)
	if cap(s.order) < n+1 {
		s.order = make([]uint32, n+1)
	}
	tree := s.order[:n+1]
	clear(tree)
	weightB, best := 0, uint32(0)
	for i, w := range b.Words {
		if masked(b.Boilerplate, i) {
			continue
		}
		weightB += int(w.Weight())
		if !words.may(w.Hash()) {
			continue
		}
		places := 0
		for p := words.last(w.Hash()); p != 0 && places < maxPlaces; p = words.prev[p-1] {
			places++
			if masked(a.Boilerplate, int(p)-1) {
				continue
			}
			chain := uint32(0)
			for j := p - 1; j > 0; j &= j - 1 {
				chain = max(chain, tree[j])
			}
			chain += uint32(min(w.Weight(), a.Words[p-1].Weight()))
			best = max(best, chain)
			for j := p; int(j) <= n && tree[j] < chain; j += j & -j {
				tree[j] = chain
			}
		}
	}
	if s.part { // of the longer text there is more
		return share(int(best), s.weight)
	}
	return share(int(best), min(s.weight, weightB))
}

func masked(boilerplate []bool, i int) bool { return boilerplate != nil && boilerplate[i] }
