package main

import (
	"cmp"
	"context"
	"slices"

	"dedupe/detect"
	"dedupe/report"
	"dedupe/storage"
)

// suspicionWords are what a report calls the reasons to look at a cluster.
var suspicionWords = [detect.Suspicions]string{
	detect.Contradicted: report.Contradicted, detect.Weak: report.Weak, detect.Joint: report.Joint,
	detect.Forms: report.Forms, detect.Huge: report.Huge,
}

// inside begins to gather what is known inside a cluster, with what people
// decided.
func (s *summarizer) inside(cluster int64) *detect.Inside {
	in := detect.NewInside()
	for _, d := range s.decided[cluster] {
		in.Decided(d.A, d.B, d.Same, d.Same == d.Followed())
	}
	return in
}

// add takes in a pair, by the thresholds that a run judges it by.
func (s *summarizer) add(in *detect.Inside, p *storage.InsidePair) {
	t := s.thresholds
	if !s.overrides.None() {
		a, b := s.overrides.Of(p.OutletA, p.LanguageA), s.overrides.Of(p.OutletB, p.LanguageB)
		t = a.Apply(s.thresholds).Strictest(b.Apply(s.thresholds))
	}
	in.Add(p.A, p.B, p.Kind, p.Evidence, t)
}

// suspicions lists why a person should look at a cluster of so many articles.
func suspicions(in *detect.Inside, size int) (list []report.Suspicion) {
	for i, n := range in.Suspicions(size) {
		if n > 0 {
			list = append(list, report.Suspicion{Reason: suspicionWords[i], Count: n})
		}
	}
	return list
}

// suspected is a cluster that a person should look at, and how gravely.
type suspected struct {
	id           int64
	contradicted int     // decisions not followed
	confidence   float64 // of the member that is held least
	size         int
}

// gravest orders suspected clusters: those most against what people said, then
// those held least, then those of most articles.
func gravest(a, b suspected) int {
	return cmp.Or(cmp.Compare(b.contradicted, a.contradicted), cmp.Compare(a.confidence, b.confidence),
		cmp.Compare(b.size, a.size), cmp.Compare(b.id, a.id))
}

// suspicious returns the clusters that a person should look at, the gravest
// first. It reads all pairs inside of clusters.
func (s *summarizer) suspicious(ctx context.Context) ([]int64, error) {
	sizes, err := s.Sizes(ctx)
	if err != nil {
		return nil, err
	}
	var list []suspected
	look := func(id int64, in *detect.Inside) {
		if id == 0 {
			return
		}
		if counts := in.Suspicions(sizes[id]); counts != [detect.Suspicions]int{} {
			list = append(list, suspected{id, counts[detect.Contradicted], in.Confidence(), sizes[id]})
		}
		delete(sizes, id)
	}
	var at int64
	var in *detect.Inside
	for p, err := range s.Inside(ctx, 0, !s.overrides.None()) {
		if err != nil {
			return nil, err
		}
		if p.Cluster != at {
			look(at, in)
			at, in = p.Cluster, s.inside(p.Cluster)
		}
		s.add(in, &p)
	}
	look(at, in)
	for id := range sizes { // of which no pair is stored
		look(id, s.inside(id))
	}
	slices.SortFunc(list, gravest)
	ids := make([]int64, len(list)) // not nil, which would be any
	for i := range list {
		ids[i] = list[i].id
	}
	return ids, nil
}
