package stage

import (
	"context"
	"fmt"
	"io"

	"github.com/go-json-experiment/json"

	"dedupe/boilerplate"
	"dedupe/engine"
	"dedupe/similarity"
)

// Given is what stages found out, for engine.IngestGiven. Memory: the votes, and 60 bytes for each
// article; judged lines are read where they stand.
type Given struct {
	judged io.ReaderAt
	lines  map[engine.At]extent
	votes  map[engine.At][]boilerplate.Passage
}

// extent is where a line stands in a file.
type extent struct{ from, size int64 }

// Given reads vote lines and judged lines, both in any order.
func (s *Stages) Given(votes io.Reader, judged io.ReaderAt) (*Given, error) {
	g := &Given{judged: judged, lines: map[engine.At]extent{}, votes: map[engine.At][]boilerplate.Passage{}}
	err := each(s.lines(votes), func(v *Vote) error {
		at, err := readAt(v.At)
		for _, p := range v.Votes {
			g.votes[at] = append(g.votes[at], boilerplate.Passage{Start: p[0], Len: p[1]})
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("votes: %w", err)
	}
	in := &counting{in: io.NewSectionReader(judged, 0, 1<<62)}
	l := s.lines(in)
	from := int64(0)
	err = each(l, func(j *Judged) error {
		at, err := readAt(j.At)
		if err != nil {
			return err
		}
		if _, twice := g.lines[at]; twice {
			return fmt.Errorf("article %.60q was judged on a line before", j.At)
		}
		end := in.n - int64(l.in.Buffered())
		g.lines[at] = extent{from, end - from}
		from = end
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("judged lines: %w", err)
	}
	return g, nil
}

// counting counts what was read.
type counting struct {
	in io.Reader
	n  int64
}

func (c *counting) Read(p []byte) (n int, err error) {
	n, err = c.in.Read(p)
	c.n += int64(n)
	return n, err
}

func readAt(s string) (engine.At, error) {
	p, _, err := readPlace(s)
	return engine.At{Date: p.Date, Key: p.Key}, err
}

// Begin implements engine.Given.
func (g *Given) Begin([]engine.GivenText) error { return nil }

// Knows implements engine.Given: lines are of all articles.
func (g *Given) Knows(engine.At) bool { return true }

// Learned implements engine.Given.
func (g *Given) Learned(engine.At) []*boilerplate.Set { return nil }

// Passages implements engine.Given.
func (g *Given) Passages(_ context.Context, article engine.At) ([]boilerplate.Passage, error) {
	return g.votes[article], nil
}

// Pairs implements engine.Given.
func (g *Given) Pairs(_ context.Context, article engine.At) (pairs engine.GivenPairs, err error) {
	where, is := g.lines[article]
	if !is {
		return pairs, fmt.Errorf("the article of key %016x… has no judged line: stages were given other records", article.Key)
	}
	data := make([]byte, where.size)
	if _, err := g.judged.ReadAt(data, where.from); err != nil && err != io.EOF {
		return pairs, err
	}
	var j Judged
	if err := json.Unmarshal(data, &j); err != nil {
		return pairs, err
	}
	pairs.Words = j.Words
	for _, p := range j.Pairs {
		x := engine.GivenPair{}
		if x.A, err = readAt(p.At); err != nil {
			return pairs, err
		}
		if x.Evidence, err = similarity.Unpack(p.Evidence); err != nil {
			return pairs, err
		}
		pairs.Pairs = append(pairs.Pairs, x)
	}
	return pairs, nil
}
