package similarity

import "slices"

// others is how many other stories must have much of an article before that says nothing.
const others = 3

// Elsewhere returns how much of an article stands in other stories: of its comparisons with
// its candidates, those that DefaultThresholds do not link, the mean share of words in the
// same order and the mean containment of the three that have most. Of a police brief or a
// court report it is half, of most news nothing. With fewer than three, those that lack
// have nothing. A passage that one page has of the other's story, as a teaser or a quote, is
// left out: it is none of the stock phrases that many stories have. Thresholds that are set
// have no part in it, so that it is evidence. Cost: a decision and a step for each pair.
func Elsewhere(pairs []Evidence) (order, containment float64) {
	var inOrder, contained []float64
	t := DefaultThresholds()
	for _, e := range pairs {
		e.OrderElsewhere, e.ContainmentElsewhere = 0, 0
		if t.Rule(e).Kind != Distinct || t.teased(&e) {
			continue
		}
		inOrder = append(inOrder, max(e.Order, 0))
		contained = append(contained, e.Containment())
	}
	return most(inOrder), most(contained)
}

// most is the mean of the largest figures, rounded.
func most(of []float64) float64 {
	slices.Sort(of)
	sum := 0.0
	for _, x := range of[max(0, len(of)-others):] {
		sum += x
	}
	return round(sum / others)
}

// beyond is what a share is beyond another one, of what that leaves: 0 for as much, 1 for
// all.
func beyond(share, other float64) float64 {
	if share <= other || other >= 1 {
		return 0
	}
	return (share - other) / (1 - other)
}
