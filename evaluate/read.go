package evaluate

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Bounds of what Read takes.
const (
	maxGold = 1 << 30 // bytes
	maxLine = 1 << 20
)

// columns are the fields of a row of gold, with the names that a header or a
// JSON record may give them. The exports of dedupe are gold as they are.
var columns = [...][]string{
	colArticle: {"id", "article"},
	colStory:   {"cluster", "story"},
	colA:       {"id1", "article_a", "a"},
	colB:       {"id2", "article_b", "b"},
	colLabel:   {"label"},
	colKind:    {"kind"},
}

const (
	colArticle = iota
	colStory
	colA
	colB
	colLabel
	colKind
)

type row [len(columns)]string

// originals are the kinds of those articles that others of their cluster were
// made from.
var originals = []string{"original", "base"}

// Read adds what r says to the gold: a table of tab-separated values, CSV with
// a header, or JSON lines, told apart by the first line. A table of clusters has
// the columns id and cluster, one of pairs id1, id2, label and perhaps kind;
// others are ignored. Without a header, values parted by tabs are id, cluster
// and perhaps kind. An empty cluster means that the article is alone.
//
// A table of clusters may have a column kind too. Where it says "original" or
// "base" of an article, the others of its cluster are also added as pairs with it,
// labelled copy, each with its own kind.
//
// An error names the line. What was read before it has been added.
func (g *Gold) Read(r io.Reader) error {
	limited := &io.LimitedReader{R: r, N: maxGold + 1}
	in := bufio.NewReaderSize(limited, 1<<16)
	if bom, _ := in.Peek(3); string(bom) == "\ufeff" {
		in.Discard(3)
	}
	head, _ := in.Peek(1 << 16)
	head, _, _ = bytes.Cut(bytes.TrimLeft(head, "\r\n"), []byte("\n"))
	t := taker{gold: g}
	var err error
	switch {
	case len(bytes.TrimSpace(head)) == 0:
		err = errors.New("line 1: empty: want a header or a JSON record")
	case bytes.TrimSpace(head)[0] == '{':
		err = t.lines(in, t.json)
	case bytes.ContainsRune(head, '\t'):
		err = t.lines(in, t.tabs)
	default:
		err = t.csv(in)
	}
	if limited.N <= 0 {
		err = fmt.Errorf("more than %d bytes", maxGold)
	}
	if err == nil {
		err = t.addCopies()
	}
	if err != nil {
		return fmt.Errorf("read gold: %w", err)
	}
	return nil
}

// taker adds rows to gold.
type taker struct {
	gold   *Gold
	header []int    // column of each field, or -1; nil: not seen yet
	tabbed bool     // tabs part the fields
	copies []member // rows of clusters that have a kind
}

type member struct {
	article, story, kind string
	line                 int
}

// form says what a row or header is about: 'p' a pair, 'c' a cluster, 0 neither.
func (r row) form() byte {
	switch {
	case r[colA] != "" && r[colB] != "" && r[colLabel] != "":
		return 'p'
	case r[colArticle] != "" && r[colStory] != "":
		return 'c'
	}
	return 0
}

func (t *taker) take(r row) error {
	if t.gold.Name != nil {
		for _, c := range []int{colArticle, colA, colB} {
			r[c] = t.gold.Name(r[c])
		}
	}
	if r[colA] != "" || r[colB] != "" {
		return t.gold.AddPair(Pair{A: r[colA], B: r[colB], Label: r[colLabel], Kind: r[colKind]})
	}
	if r[colStory] == "" {
		r[colStory] = "alone: " + r[colArticle]
	}
	if err := t.gold.Add(r[colArticle], r[colStory]); err != nil {
		return err
	}
	if r[colKind] != "" {
		t.copies = append(t.copies, member{article: r[colArticle], story: r[colStory], kind: r[colKind]})
	}
	return nil
}

// addCopies adds the pairs of an original and what was made from it.
func (t *taker) addCopies() error {
	from := map[string]string{}
	for _, m := range t.copies {
		if slices.Contains(originals, m.kind) {
			if other, ok := from[m.story]; ok && other != m.article {
				return fmt.Errorf("line %d: cluster %q has two originals, %q and %q", m.line, m.story, other, m.article)
			}
			from[m.story] = m.article
		}
	}
	for _, m := range t.copies {
		original, ok := from[m.story]
		if !ok || original == m.article {
			continue
		}
		if err := t.gold.AddPair(Pair{A: original, B: m.article, Label: "copy", Kind: m.kind}); err != nil {
			return fmt.Errorf("line %d: %w", m.line, err)
		}
	}
	return nil
}
