package tune

import "dedupe/similarity"

// bins of a distribution: each a twentieth of the range from 0 to 1.
const bins = 20

// Distribution is how often pairs have each value of a figure.
type Distribution struct {
	Figure string    `json:"figure"`
	Key    string    `json:"setting"` // the threshold that it is compared with
	Now    float64   `json:"now"`     // its value
	Counts [bins]int `json:"counts"`  // pairs from i/20 to below (i+1)/20; the last takes 1 too
	Valley float64   `json:"valley"`  // middle of the emptiest part between two peaks; 0: there is none
}

// Distributions returns that of each figure over the pairs of two outlets that
// can be judged. Only pairs that share enough to be compared are stored, so what is
// below Lowest is a small part of what there is.
func (t *Table) Distributions(now similarity.Thresholds) (list []Distribution) {
	for _, th := range Thresholds() {
		if th.of == nil {
			continue
		}
		d := Distribution{Figure: th.Figure, Key: th.Key, Now: th.Get(now)}
		for i := range t.pairs {
			e := &t.pairs[i].Evidence
			if x, ok := th.of(e); ok && !e.SameOutlet && e.Words() >= now.MinWords {
				d.Counts[min(bins-1, max(0, int(x*bins+1e-9)))]++
			}
		}
		d.Valley = valley(d.Counts[:])
		list = append(list, d)
	}
	return list
}

// Depth that makes a dip a valley: both peaks beside it are so much higher, and
// by so many pairs, that chance does not make it.
const (
	deep  = 1.5
	pairs = 5
)

// valley returns the middle of the lowest stretch between two peaks of a
// distribution that is smoothed a little, or 0.
//
//	 _                 _
//	| |_           _  | |     the lowest stretch with a higher peak on
//	|   |___    __| |_| |     either side, here in the middle
//	|       |__|        |
func valley(counts []int) float64 {
	n := len(counts)
	smooth := make([]float64, n)
	for i := range counts {
		left, right := counts[max(0, i-1)], counts[min(n-1, i+1)]
		smooth[i] = float64(left+2*counts[i]+right) / 4
	}
	peak := func(values []float64) (top float64) {
		for _, v := range values {
			top = max(top, v)
		}
		return top
	}
	from, to := -1, -1
	for i := 1; i < n-1; i++ {
		beside := min(peak(smooth[:i]), peak(smooth[i+1:]))
		if beside < deep*smooth[i]+pairs {
			continue
		}
		switch {
		case from < 0 || smooth[i] < smooth[from]:
			from, to = i, i
		case smooth[i] == smooth[from] && to == i-1:
			to = i
		}
	}
	if from < 0 {
		return 0
	}
	return float64(from+to+1) / 2 / float64(n)
}
