package report

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"dedupe/article"
	"dedupe/storage"
)

// Spread is how stories went from outlet to outlet, for the plots of a page.
type Spread struct {
	Clusters int         `json:"clusters"`
	Days     []DayCount  `json:"days"`    // clusters by the day of their first article, oldest first, no day left out
	Earlier  int         `json:"earlier"` // clusters before those days
	Sizes    []RangeSize `json:"sizes"`   // clusters by the number of their outlets
	Lags     []RangeSize `json:"lags"`    // first articles of the other outlets by the minutes after the first one
	Undated  int         `json:"undated"` // such articles that could not be told: no time is known, or not who was first
	Outlets  []string    `json:"outlets"` // of the matrix: those with the most stories in it
	Matrix   [][]int     `json:"matrix"`  // [i][j]: stories that outlet i published first and j later
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

// Spreader gathers a Spread, cluster by cluster. The zero value is ready, for the days of UTC.
type Spreader struct {
	Zone *time.Location // of the days; nil is UTC

	clusters, undated int
	days              map[int64]int // by day since 1970
	outlets           []int         // a value a cluster
	minutes           []int         // a value an outlet but the first
	edges             map[[2]string]int
}

// Add takes a cluster in: the outing of each of its outlets, the earliest first. Where it
// is not known who was first, it tells neither a lag nor an order; a cluster without a date
// is on no day.
func (s *Spreader) Add(outings []storage.Appearance) {
	if len(outings) == 0 {
		return
	}
	if s.days == nil {
		s.days, s.edges = map[int64]int{}, map[[2]string]int{}
	}
	s.clusters++
	s.outlets = append(s.outlets, len(outings))
	if i := slices.IndexFunc(outings, func(o storage.Appearance) bool { return o.Dated }); i >= 0 {
		s.days[day(s.calendarDay(&outings[i]))]++
	}
	first := firstOf(outings)
	if first == nil {
		s.undated += len(outings) - 1
		return
	}
	for i := range outings {
		o := &outings[i]
		if first.Before(o) {
			s.edges[[2]string{first.Outlet, o.Outlet}]++
		}
		switch {
		case o == first:
		case first.Exact() && o.Exact():
			s.minutes = append(s.minutes, int(o.At.Sub(first.At)/time.Minute))
		default:
			s.undated++
		}
	}
}

// calendarDay is the day of an outing in the zone.
func (s *Spreader) calendarDay(o *storage.Appearance) time.Time {
	m := article.Moment{At: o.At, Known: article.ToDay}
	if o.Exact() {
		m.Known = article.ToMinute
	}
	return m.Day(cmp.Or(s.Zone, time.UTC))
}

// firstOf returns the outing of the outlet that published a story first, nil where more than
// one may have, or none has a date.
func firstOf(story []storage.Appearance) (first *storage.Appearance) {
	for i := range story {
		if o := &story[i]; o.Dated && (first == nil || o.Latest.Before(first.Latest)) {
			first = o
		}
	}
	for i := range story {
		if o := &story[i]; first != nil && o != first && o.Dated && !first.Before(o) {
			return nil
		}
	}
	return first
}

// byStory gathers what storage yields outlet by outlet: the outlets of one cluster at a time.
// A slice is valid until the next one.
func byStory(outings iter.Seq2[storage.Appearance, error]) iter.Seq2[[]storage.Appearance, error] {
	return func(yield func([]storage.Appearance, error) bool) {
		var story []storage.Appearance
		for at, err := range outings {
			if err != nil {
				yield(nil, err)
				return
			}
			if len(story) > 0 && story[0].Cluster != at.Cluster {
				if !yield(story, nil) {
					return
				}
				story = story[:0]
			}
			story = append(story, at)
		}
		if len(story) > 0 {
			yield(story, nil)
		}
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

// matrix counts who published first among the outlets that take part most often.
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
