package report

import (
	"cmp"
	"slices"
	"time"

	"dedupe/storage"
)

// Spread is how stories went from outlet to outlet, for the plots of a page.
type Spread struct {
	Clusters int         `json:"clusters"`
	Days     []DayCount  `json:"days"`    // clusters by the day of their first article, oldest first, no day left out
	Earlier  int         `json:"earlier"` // clusters before those days
	Sizes    []RangeSize `json:"sizes"`   // clusters by the number of their outlets
	Lags     []RangeSize `json:"lags"`    // first articles of the other outlets by the minutes after the first one
	Undated  int         `json:"undated"` // such articles that could not be told, for want of a date
	Outlets  []string    `json:"outlets"` // of the matrix: those with the most stories in it
	Matrix   [][]int     `json:"matrix"`  // [i][j]: stories that outlet i had first and j later
}

// DayCount is a bar of Days.
type DayCount struct {
	Day   time.Time `json:"day"`
	Count int       `json:"count"`
}

// RangeSize is how many values lie from From to below To; To 0 is no end.
type RangeSize struct {
	From  int `json:"from"`
	To    int `json:"to,omitempty"`
	Count int `json:"count"`
}

// Bounds of a Spread: what fits on a page.
const (
	maxDays    = 60
	maxOutlets = 12
)

// Spreader gathers a Spread, cluster by cluster. The zero value is ready.
type Spreader struct {
	clusters, undated int
	days              map[int64]int // by day since 1970
	outlets           []int         // a value a cluster
	minutes           []int         // a value an outlet but the first
	edges             map[[2]string]int
}

// Add takes a cluster in: the outing of each of its outlets, the earliest
// first. A first one without date tells neither a lag nor who copied.
func (s *Spreader) Add(outings []storage.Appearance) {
	if len(outings) == 0 {
		return
	}
	if s.days == nil {
		s.days, s.edges = map[int64]int{}, map[[2]string]int{}
	}
	first := outings[0]
	s.clusters++
	s.days[day(first.At)]++
	s.outlets = append(s.outlets, len(outings))
	for _, o := range outings[1:] {
		if first.Dated {
			s.edges[[2]string{first.Outlet, o.Outlet}]++
		}
		if !first.Dated || !o.Dated {
			s.undated++
			continue
		}
		s.minutes = append(s.minutes, int(o.At.Sub(first.At)/time.Minute))
	}
}

const secondsPerDay = 24 * 60 * 60

// day is the day of UTC since 1970; days before have negative numbers.
func day(t time.Time) int64 {
	n := t.Unix()
	return (n - (n%secondsPerDay+secondsPerDay)%secondsPerDay) / secondsPerDay
}

// Spread returns what was gathered.
func (s *Spreader) Spread() Spread {
	r := Spread{Clusters: s.clusters, Undated: s.undated,
		Sizes: ranges(s.outlets, 1, 2, 3, 4, 5, 8, 16, 32),
		Lags:  ranges(s.minutes, 0, 15, 60, 3*60, 6*60, 12*60, 24*60, 2*24*60, 7*24*60),
	}
	if len(s.days) > 0 {
		last := int64(0)
		first := int64(0)
		for i, d := range sortedKeys(s.days) {
			if i == 0 {
				first = d
			}
			last = d
		}
		first = max(first, last-maxDays+1)
		shown := 0
		for d := first; d <= last; d++ {
			r.Days = append(r.Days, DayCount{time.Unix(d*secondsPerDay, 0).UTC(), s.days[d]})
			shown += s.days[d]
		}
		r.Earlier = s.clusters - shown
	}
	s.matrix(&r)
	return r
}

// ranges counts values by the ranges that begin at the given starts, of which
// the last has no end. Values below the first count there.
func ranges(values []int, starts ...int) []RangeSize {
	list := make([]RangeSize, len(starts))
	for i, from := range starts {
		list[i].From = from
		if i > 0 {
			list[i-1].To = from
		}
	}
	for _, v := range values {
		i, found := slices.BinarySearch(starts, v)
		if !found {
			i = max(0, i-1)
		}
		list[i].Count++
	}
	return list
}

// matrix counts who copied whom among the outlets that take part most often.
func (s *Spreader) matrix(r *Spread) {
	stories := map[string]int{}
	for e, n := range s.edges {
		stories[e[0]] += n
		stories[e[1]] += n
	}
	names := sortedKeys(stories)
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(stories[b], stories[a]) })
	r.Outlets = names[:min(len(names), maxOutlets)]
	for _, first := range r.Outlets {
		row := make([]int, len(r.Outlets))
		for j, later := range r.Outlets {
			row[j] = s.edges[[2]string{first, later}]
		}
		r.Matrix = append(r.Matrix, row)
	}
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
