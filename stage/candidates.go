package stage

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"dedupe/candidate"
	"dedupe/engine"
)

// Anchors takes article lines in any order and writes a posting line for each anchor of each.
func (s *Stages) Anchors(in io.Reader, out io.Writer) (err error) {
	w := s.writer(out)
	defer func() { err = w.flush(err) }()
	return each(s.lines(in), func(a *articleLine) error {
		t, err := readText(a.Article.Text)
		if err != nil {
			return err
		}
		place := a.At + sketchOf(a.Article.Sampled, a.Article.Outlet)
		keys, whole := s.few.Anchors(t)
		for _, key := range keys {
			if err := w.write(&posting{V: s.version, Anchor: fmt.Sprintf("%09x", key), Place: place, Whole: key == whole}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Candidates takes posting lines, sorted, and writes a hits line for each article and each of its
// anchors that gives it candidates. Memory: some thousand postings, however many have an anchor.
func (s *Stages) Candidates(in io.Reader, out io.Writer) (err error) {
	w := s.writer(out)
	defer func() { err = w.flush(err) }()
	var failed error
	sorted := candidate.Sorted[string]{
		Window: candidate.Window{Seconds: int64(s.opt.Window / time.Second)},
		Heads:  s.opt.Candidates.Heads, Rare: s.opt.Candidates.Rare,
		Give: func(key uint64, article string, whole, rare bool, candidates []string) {
			if failed == nil {
				failed = w.write(&about{V: s.version, At: article[:atLen], Hits: fmt.Sprintf("%09x", key), Own: article[atLen:],
					Whole: whole, Rare: rare, Shared: strings.Join(candidates, "")})
			}
		},
	}
	err = eachGroup(s.lines(in), func(p *posting) error {
		key, err := strconv.ParseUint(p.Anchor, 16, candidate.KeyBits)
		if err != nil {
			return fmt.Errorf("anchor: %w", err)
		}
		if len(p.Place) != placeLen {
			return fmt.Errorf("%.60q is no place of %d characters", p.Place, placeLen)
		}
		place, _, err := readPlace(p.Place)
		if err != nil {
			return err
		}
		if err := sorted.Add(key, place, p.Whole, p.Place); err != nil {
			return err
		}
		return failed
	}, func() error {
		if err := sorted.Flush(); err != nil {
			return err
		}
		return failed
	})
	return err
}

// Purpose is what candidates are wanted for.
type Purpose bool

// The purposes.
const (
	ToLearn Purpose = false // what of a text is boilerplate
	ToLink  Purpose = true  // what an article is a copy of, once votes are known
)

// Rank takes hits lines, sorted, and writes a wanted line for each candidate that is worth
// comparing. To link, the article lines are sorted among them, and Know was called with all votes.
// Memory: the lines of one article.
func (s *Stages) Rank(in io.Reader, out io.Writer, purpose Purpose) (err error) {
	w := s.writer(out)
	defer func() { err = w.flush(err) }()
	l := s.lines(in)
	var own member   // the article
	var hits []about // of it
	return eachGroup(l, func(a *about) error {
		switch {
		case a.Article != nil && purpose == ToLink:
			if len(hits) > 0 || own.Key != "" {
				return fmt.Errorf("two articles stand at place %.60q, or the lines are not sorted as bytes", a.At)
			}
			return json.Unmarshal(a.Article, &own)
		case a.Article != nil:
		case a.Hits == "":
			return fmt.Errorf("it is neither an article nor hits")
		default:
			hits = append(hits, *a)
		}
		return nil
	}, func() error {
		defer func() { own, hits = member{}, hits[:0] }()
		if len(hits) == 0 {
			return nil
		}
		at := hits[0].At
		list, shared, err := sharing(at, hits)
		if err != nil {
			return err
		}
		n := uint32(len(list)) // the article stands last
		var others []uint32
		likely := 0
		if purpose == ToLink {
			if own.Key == "" {
				return fmt.Errorf("the line of article %.60q is missing before its hits: sort article lines and hits together", at)
			}
			list[n-1].Language = own.Language
			if list[n-1].Text, err = readText(own.Text); err != nil {
				return err
			}
			s.few.Set(loose(list))
			others, likely, err = s.few.ToLink(n, shared)
		} else {
			s.few.Set(loose(list))
			others = s.few.ToLearn(n, shared)
			likely = len(others)
		}
		for rank, other := range others {
			if err == nil {
				err = w.write(&about{V: s.version, At: list[other-1].at, Wanted: at, Rank: rankOf(rank, rank < likely)})
			}
		}
		return err
	})
}

// rankOf is the rank of a candidate as it is written, four digits: 1 before those that share less
// than is required of a copy, which come last, and 0 before the others.
func rankOf(rank int, likely bool) string {
	if likely {
		return fmt.Sprintf("%04d", rank)
	}
	return fmt.Sprintf("1%03d", rank)
}

// isLikely reads rankOf.
func isLikely(rank string) bool { return rank < "1" }

// placed is an article with its place as it is written.
type placed struct {
	at string
	engine.Loose
}

func loose(list []placed) (out []engine.Loose) {
	for i := range list {
		out = append(out, list[i].Loose)
	}
	return out
}

// sharing reads the hits of an article: it and its candidates in canonical order, so that it is the
// last one, and what it shares with them.
func sharing(at string, hits []about) (list []placed, shared []engine.Shared, err error) {
	all := []string{at + hits[0].Own}
	for _, h := range hits {
		if len(h.Shared)%placeLen != 0 {
			return nil, nil, fmt.Errorf("what is shared by anchor %.20q is cut", h.Hits)
		}
		for rest := h.Shared; rest != ""; rest = rest[placeLen:] {
			all = append(all, rest[:placeLen])
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	for _, x := range all {
		p, outlet, err := readPlace(x)
		if err != nil {
			return nil, nil, err
		}
		list = append(list, placed{x[:atLen], engine.Loose{Place: p, Outlet: outlet}})
	}
	if last := list[len(list)-1].at; last != at {
		return nil, nil, fmt.Errorf("candidate %.60q does not stand before article %.60q", last, at)
	}
	for _, h := range hits {
		key, err := strconv.ParseUint(h.Hits, 16, candidate.KeyBits)
		if err != nil {
			return nil, nil, fmt.Errorf("anchor: %w", err)
		}
		x := engine.Shared{Key: key, Whole: h.Whole, Rare: h.Rare}
		for rest := h.Shared; rest != ""; rest = rest[placeLen:] {
			i, _ := slices.BinarySearch(all, rest[:placeLen])
			x.With = append(x.With, uint32(i+1))
		}
		shared = append(shared, x)
	}
	return list, shared, nil
}

// Fetch takes article lines and wanted lines, sorted together, and writes a beside line for each
// wanted one: the text, for the article that is to be seen beside it. Memory: a text. In Spark it is
// a join.
func (s *Stages) Fetch(in io.Reader, out io.Writer) (err error) {
	w := s.writer(out)
	defer func() { err = w.flush(err) }()
	var own about
	return eachGroup(s.lines(in), func(a *about) error {
		switch {
		case a.Article != nil && own.At == a.At:
			return fmt.Errorf("two articles stand at place %.60q", a.At)
		case a.Article != nil:
			own = *a
			return nil
		case a.Wanted == "":
			return fmt.Errorf("it is neither an article nor wanted")
		case own.At != a.At:
			return fmt.Errorf("the line of article %.60q is missing before it: sort article lines and wanted lines together", a.At)
		}
		return w.write(&about{V: s.version, At: a.Wanted, Beside: a.Rank, Of: a.At, Text: own.Article})
	}, func() error { return nil })
}
