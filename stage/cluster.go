package stage

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"dedupe/engine"
	"dedupe/similarity"
)

// canonical sorts places, and numbers them from 1.
func canonical(places []string) map[string]uint32 {
	slices.Sort(places)
	number := make(map[string]uint32, len(places))
	for i, at := range places {
		number[at] = uint32(i + 1)
	}
	return number
}

// Components takes judged lines in any order, twice, and writes those of articles that are linked
// with any other, each with its component: all that links connect. Memory: 150 bytes for each of
// these. In Spark it is done by joins.
func (s *Stages) Components(in io.ReadSeeker, out io.Writer) (err error) {
	up := map[string]string{} // an earlier article of the same component, or itself
	find := func(at string) string {
		for up[at] != at {
			up[at] = up[up[at]]
			at = up[at]
		}
		return at
	}
	enter := func(at string) string {
		if up[at] == "" {
			up[at] = at
		}
		return find(at)
	}
	err = each(s.lines(in), func(j *Judged) error {
		for _, p := range j.Pairs {
			if p.Linked {
				a, b := enter(p.At), enter(j.At)
				up[max(a, b)] = min(a, b)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("read the lines again: %w", err)
	}
	w := s.writer(out)
	defer func() { err = w.flush(err) }()
	return each(s.lines(in), func(j *Judged) error {
		if up[j.At] == "" {
			return nil
		}
		j.Component = find(j.At)
		return w.write(j)
	})
}

// Cluster takes judged lines with their components, sorted, and writes a line for each article
// that is in a cluster of two or more. Memory: the lines of one component.
func (s *Stages) Cluster(in io.Reader, out io.Writer) (err error) {
	w := s.writer(out)
	defer func() { err = w.flush(err) }()
	var list []Judged
	return eachGroup(s.lines(in), func(j *Judged) error {
		list = append(list, *j)
		return nil
	}, func() error {
		defer func() { clear(list); list = list[:0] }()
		slices.SortFunc(list, func(a, b Judged) int { return cmp.Compare(a.At, b.At) })
		clusters, err := s.group(list)
		for _, c := range clusters {
			for _, n := range c.Members {
				if err == nil {
					err = w.write(list[n-1].clustered(&list[c.Members[0]-1], n == c.Representative, len(c.Members)))
				}
			}
		}
		return err
	})
}

// group groups a component, which is given in canonical order.
func (s *Stages) group(list []Judged) ([]engine.Cluster, error) {
	places := make([]string, len(list))
	for i := range list {
		places[i] = list[i].At
	}
	number := canonical(places)
	tied := make([]engine.Tied, len(list))
	for i := range list {
		j := &list[i]
		l, err := j.loose(j.At, nil)
		if err != nil {
			return nil, err
		}
		tied[i] = engine.Tied{Loose: l, Words: j.Words, Agency: j.Agency}
		for _, p := range j.Pairs {
			if !p.Linked {
				continue
			}
			with := number[p.At]
			if with == 0 {
				return nil, fmt.Errorf("article %.60q is linked with %.60q, which is not in component %.60q", j.At, p.At, j.Component)
			}
			e, err := similarity.Unpack(p.Evidence)
			if err != nil {
				return nil, err
			}
			v := similarity.Verdict{Evidence: e}
			if p.Kind == similarity.Identical.String() {
				v.Kind = similarity.Identical
			}
			tied[i].Links = append(tied[i].Links, engine.Tie{With: with, Strength: v.Strength(), Whole: v.Whole()})
		}
	}
	return s.few.Group(tied)
}

func (j *Judged) clustered(first *Judged, represents bool, size int) *Clustered {
	c := &Clustered{V: j.V, Cluster: first.Key, Article: j.ID, Key: j.Key, Outlet: j.Spelt, URL: j.URL, Title: j.Title,
		Published: j.Published, Representative: represents, Size: size}
	if c.Article == "" {
		c.Article = j.Key
	}
	return c
}
