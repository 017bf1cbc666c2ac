package stage

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
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
		place := a.At + sketchOf(a.Article.Size, a.Article.Outlet)
		keys, whole := s.few.Anchors(t)
		for _, key := range keys {
			w.plain(&posting{V: s.version, Anchor: fmt.Sprintf("%09x", key), Place: place, Whole: key == whole})
		}
		return w.err
	})
}

// Candidates takes posting lines, sorted, and writes a hits line for each article and each of its
// anchors that gives it candidates. Memory: some thousand postings, however many have an anchor.
func (s *Stages) Candidates(in io.Reader, out io.Writer) (err error) {
	w := s.writer(out)
	defer func() { err = w.flush(err) }()
	sorted := candidate.Sorted[string]{
		Window: candidate.Window{Seconds: int64(s.opt.Window / time.Second)},
		Heads:  s.opt.Candidates.Heads, Rare: s.opt.Candidates.Rare,
		Give: func(key uint64, article string, whole, rare bool, candidates []string) {
			w.plain(&hitsLine{V: s.version, At: article[:atLen], Key: fmt.Sprintf("%09x", key), Own: article[atLen:],
				Whole: whole, Rare: rare, Shared: candidates})
		},
	}
	return eachGroup(s.lines(in), func(p *posting) error {
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
		return errors.Join(sorted.Add(key, place, p.Whole, p.Place), w.err)
	}, func() error { return errors.Join(sorted.Flush(), w.err) })
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
		list, places, shared, err := sharing(at, hits)
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
			s.few.Set(list)
			others, likely, err = s.few.ToLink(n, shared)
		} else {
			s.few.Set(list)
			others = s.few.ToLearn(n, shared)
			likely = len(others)
		}
		for rank, other := range others {
			if err == nil {
				err = w.write(&about{V: s.version, At: places[other-1][:atLen], Wanted: at, Rank: rankOf(rank, rank < likely)})
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

// sharing reads the hits of an article: it and its candidates in canonical order, so that it is the
// last one, their places as they are written, and what it shares with them.
func sharing(at string, hits []about) (list []engine.Loose, places []string, shared []engine.Shared, err error) {
	places = []string{at + hits[0].Own}
	number := map[string]uint32{}
	for _, h := range hits {
		if len(h.Shared)%placeLen != 0 {
			return nil, nil, nil, fmt.Errorf("what is shared by anchor %.20q is cut", h.Hits)
		}
		for rest := h.Shared; rest != ""; rest = rest[placeLen:] {
			if _, met := number[rest[:placeLen]]; !met {
				number[rest[:placeLen]] = 0
				places = append(places, rest[:placeLen])
			}
		}
	}
	slices.Sort(places)
	for i, x := range places {
		p, outlet, err := readPlace(x)
		if err != nil {
			return nil, nil, nil, err
		}
		number[x] = uint32(i + 1)
		list = append(list, engine.Loose{Place: p, Outlet: outlet})
	}
	if last := places[len(places)-1][:atLen]; last != at || len(number) != len(places) {
		return nil, nil, nil, fmt.Errorf("candidate %.60q does not stand before article %.60q", last, at)
	}
	for _, h := range hits {
		key, err := strconv.ParseUint(h.Hits, 16, candidate.KeyBits)
		if err != nil {
			return nil, nil, nil, fmt.Errorf("anchor: %w", err)
		}
		x := engine.Shared{Key: key, Whole: h.Whole, Rare: h.Rare, With: make([]uint32, 0, len(h.Shared)/placeLen)}
		for rest := h.Shared; rest != ""; rest = rest[placeLen:] {
			x.With = append(x.With, number[rest[:placeLen]])
		}
		shared = append(shared, x)
	}
	return list, places, shared, nil
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
