package stage

import (
	"fmt"
	"io"
	"strconv"

	"github.com/go-json-experiment/json"

	"dedupe/engine"
)

// Know makes what votes say boilerplate, of vote lines in any order. Memory: the shingles.
func (s *Stages) Know(votes io.Reader) error {
	return each(s.lines(votes), func(v *Vote) error {
		for _, digits := range v.Shingles {
			h, err := strconv.ParseUint(digits, 16, 64)
			if err != nil {
				return fmt.Errorf("shingle: %w", err)
			}
			s.few.Know(h)
		}
		return nil
	})
}

// scene is an article and the texts that it is to be seen beside.
type scene struct {
	at      string
	own     member
	others  []string // places, in the order of their ranks
	likely  int      // so many of the first share as much as is required of a copy
	members map[string]*member
}

// scenes takes article lines and beside lines, sorted together, and calls do for each article that
// has enough of these. The articles of a scene are set in canonical order: n is the number of the
// one, others are those of the rest in the order of their ranks, and at says where each number stands.
func (s *Stages) scenes(in io.Reader, enough int, do func(c *scene, n uint32, others []uint32, at []string) error) error {
	c := &scene{}
	return eachGroup(s.lines(in), func(a *about) error {
		switch {
		case a.Article != nil && c.at != "":
			return fmt.Errorf("two articles stand at place %.60q, or the lines are not sorted as bytes", a.At)
		case a.Article != nil:
			c.at, c.members = a.At, map[string]*member{}
			return json.Unmarshal(a.Article, &c.own)
		case a.Text == nil:
			return fmt.Errorf("it is neither an article nor one to be seen beside it")
		case c.at != a.At:
			return fmt.Errorf("the line of article %.60q is missing before it: sort article lines and beside lines together", a.At)
		}
		if isLikely(a.Beside) {
			c.likely++
		}
		m := &member{}
		c.others, c.members[a.Of] = append(c.others, a.Of), m
		return json.Unmarshal(a.Text, m)
	}, func() error {
		defer func() { *c = scene{} }()
		if len(c.others) < enough {
			return nil
		}
		return s.stage(c, do)
	})
}

// stage sets the articles of a scene.
func (s *Stages) stage(c *scene, do func(c *scene, n uint32, others []uint32, at []string) error) error {
	places := append([]string{c.at}, c.others...)
	c.members[c.at] = &c.own
	number := canonical(places)
	list := make([]engine.Loose, len(places))
	for _, at := range places {
		m := c.members[at]
		t, err := readText(m.Text)
		if err != nil {
			return err
		}
		if list[number[at]-1], err = m.loose(at, t); err != nil {
			return err
		}
	}
	s.few.Set(list)
	others := make([]uint32, len(c.others))
	for i, at := range c.others {
		others[i] = number[at]
	}
	return do(c, number[c.at], others, places)
}

// Learn takes article lines and beside lines, sorted together, and writes a vote line for each
// article that shows something to be boilerplate. Memory: the texts that one is seen beside, 16.
func (s *Stages) Learn(in io.Reader, out io.Writer) (err error) {
	w := s.writer(out)
	defer func() { err = w.flush(err) }()
	return s.scenes(in, 1, func(c *scene, n uint32, others []uint32, _ []string) error {
		passages, shingles, err := s.few.Learn(n, others)
		if err != nil || len(passages) == 0 {
			return err
		}
		v := Vote{V: s.version, At: c.at, Key: c.own.Key}
		for _, p := range passages {
			v.Votes = append(v.Votes, [2]int{p.Start, p.Len})
		}
		for _, h := range shingles {
			v.Shingles = append(v.Shingles, hex64(h))
		}
		return w.write(&v)
	})
}

// Compare takes article lines and beside lines, sorted together, and writes a judged line for each
// article. Know was called with all votes. Memory: the texts that one is seen beside, 18.
func (s *Stages) Compare(in io.Reader, out io.Writer) (err error) {
	w := s.writer(out)
	defer func() { err = w.flush(err) }()
	return s.scenes(in, 0, func(c *scene, n uint32, others []uint32, at []string) error {
		words, pairs, err := s.few.Judge(n, others, c.likely)
		if err != nil {
			return err
		}
		j := Judged{V: s.version, At: c.at, member: c.own, Words: words}
		j.Text = nil
		for _, p := range pairs {
			j.Pairs = append(j.Pairs, Pair{At: at[p.A-1], Key: c.members[at[p.A-1]].Key, Kind: p.Verdict.Kind.String(),
				Linked: p.Verdict.Linked(), Evidence: p.Verdict.Evidence.Pack(nil)})
		}
		return w.write(&j)
	})
}
