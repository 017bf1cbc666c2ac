package tune

import (
	"math/rand/v2"

	"dedupe/cluster"
	"dedupe/similarity"
)

// world is a table of invented evidence in which stories are known: pairs of one
// story share more than others, and some of either sort lie.
type world struct {
	table     *Table
	stories   []int32 // of each article
	decisions []cluster.Decision
}

func newWorld(seed uint64, articles int, decided bool) world {
	random := rand.New(rand.NewPCG(seed, 1))
	w := world{stories: make([]int32, articles)}
	for i := range w.stories {
		w.stories[i] = int32(random.IntN(articles / 4))
	}
	var pairs []Pair
	for b := range articles {
		for a := range b {
			same := w.stories[a] == w.stories[b]
			if !same && random.IntN(8) > 0 {
				continue
			}
			x := 0.2 + 0.4*random.Float64()
			if same {
				x = 0.3 + 0.7*random.Float64()
			}
			pairs = append(pairs, pair(a, b, x, min(1, x+0.3*random.Float64()*random.Float64())))
		}
		if decided && b > 0 && random.IntN(6) == 0 {
			w.decisions = append(w.decisions, cluster.Decision{A: random.IntN(b), B: b, Same: random.IntN(2) == 0})
		}
	}
	now := similarity.DefaultThresholds()
	for i := range pairs {
		pairs[i].Linked = similarity.Decide(pairs[i].Evidence, now).Linked()
	}
	random.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	clusters := make([]int64, articles)
	table := New(clusters, pairs, w.decisions)
	size := map[int]int{}
	leader := naive(table, now, w.decisions)
	for _, l := range leader {
		size[l]++
	}
	for i, l := range leader {
		if size[l] > 1 {
			clusters[i] = int64(l + 1)
		}
	}
	w.table = New(clusters, pairs, w.decisions)
	return w
}

// pair is one of two texts, as long as those for which thresholds stand as given, of
// which so much is shared.
func pair(a, b int, containment, order float64) Pair {
	shared := int(containment * 1000)
	return Pair{A: int32(a), B: int32(b), Evidence: similarity.Evidence{
		WordsA: 80, WordsB: 80, TotalA: 80, TotalB: 80, LeftA: 1000, LeftB: 1000, Shared: shared, Passage: shared, // in one piece
		Resemblance: containment / (2 - containment), ContainmentA: containment, ContainmentB: containment, Order: order,
	}}
}

// naive groups all articles at once, without components and memory.
func naive(t *Table, th similarity.Thresholds, decisions []cluster.Decision) []int {
	var links []cluster.Link
	for i := range t.pairs {
		p := &t.pairs[i]
		if v := similarity.Decide(p.Evidence, th); v.Linked() {
			links = append(links, cluster.Link{A: int(p.A), B: int(p.B), Strength: float64(float32(v.Strength())), Whole: v.Whole()})
		}
	}
	return cluster.Group(len(t.cluster), links, decisions)
}
